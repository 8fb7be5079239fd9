"""HTML flattened into a stream of lines: block elements and ``br`` break lines, inline elements do not.

What the markup says is kept beside the text: per line its box (the innermost block element), link and
time; per box its tag, classes and parent. No recursion: depth costs nothing.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
        "caption",
        "amp-img",
        "picture",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "object",
        "embed",
        "select",
        "canvas",
        "textarea",
        "map",
        "input",
        "link",
        "meta",
        "base",
        "head",
        "-comment",
        "-doctype",
        "source",
        "track",
        "frameset",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_EDGE = " \t\r\n\f\xa0\u3000\u200b\ufeff"
# visibility: hidden is no sign: some platforms show the article itself by script.
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_NESTING = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_FLAT_TAGS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dt",
        "dd",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "base",
        "col",
        "area",
        "source",
        "track",
        "wbr",
        "embed",
        "param",
        "html",
        "head",
        "body",
        "colgroup",
        "rp",
        "rt",
    ]
)
_MOST_TAGS = 8_000  # more tags than this are first looked at for depth: the parser's time grows with its square
_DEEPEST = 400


class Line(NamedTuple):
    """A line of the capture and what its markup says. For plain text only ``start`` and ``end`` say anything.

    ``tag`` and ``classes`` are of the innermost block element (classes: class and id, lower case); ``href`` is
    the link that the line stands in, ``linked`` how many of its characters stand in links; ``when`` the
    ``datetime`` of a time element in it; ``box`` indexes ``CaptureRead.boxes`` (-1: none); ``bold`` how many of
    its characters are in bold type.
    """

    start: int
    end: int
    tag: str = ""
    classes: str = ""
    href: str | None = None
    linked: int = 0
    when: str | None = None
    box: int = -1
    bold: int = 0


class Box(NamedTuple):
    """A block element: ``parent`` indexes the boxes (-1 for the root)."""

    parent: int
    tag: str
    classes: str
    hidden: bool


class Flat(NamedTuple):
    """The line stream, its lines, boxes and meta data."""

    text: str
    lines: list[Line]
    boxes: list[Box]
    meta: dict[str, str]


def flatten(markup: str) -> Flat:
    """Flatten ``markup``. The page's ``<title>`` is the first line, in a box of its own."""
    if markup.count("<") > _MOST_TAGS:
        markup = _levelled(markup)
    tree = LexborHTMLParser(markup)
    writer = _Writer()
    head = tree.head
    if head is not None:
        _read_head(head, writer)
    for node in tree.css('script[type="application/ld+json"]'):
        _read_linked_data(node.text() or "", writer.meta)
    body = tree.body
    if body is not None:
        _walk(body, writer)
    return Flat("\n".join(writer.pieces), writer.lines, writer.boxes, writer.meta)


def _levelled(markup: str) -> str:
    """``markup`` without the tags that open deeper than ``_DEEPEST``: the text is kept, the depth is not."""
    depth = 0
    deepest = 0
    for match in _NESTING.finditer(markup):
        if match[2].lower() in _FLAT_TAGS or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest <= _DEEPEST:
        return markup
    pieces, done, depth = [], 0, 0
    for match in _NESTING.finditer(markup):
        if match[2].lower() in _FLAT_TAGS or match[3]:
            continue
        drop = depth > _DEEPEST if match[1] else depth >= _DEEPEST
        depth = max(0, depth - 1) if match[1] else depth + 1
        if drop:
            pieces.append(markup[done : match.start()])
            done = match.end()
    return "".join([*pieces, markup[done:]])


class _Writer:
    """Collects the lines; one is open at a time."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.meta: dict[str, str] = {}
        self._open: list[str] = []
        self._at = 0
        self._linked = self._bold = 0
        self._href: str | None = None
        self._when: str | None = None

    def box(self, parent: int, tag: str, classes: str, hidden: bool) -> int:
        self.boxes.append(Box(parent, tag, classes, hidden))
        return len(self.boxes) - 1

    def add(self, text: str, href: str | None, bold: bool) -> None:
        self._open.append(text)
        if href is not None or bold:
            size = len(text.strip(_EDGE))
            if href is not None and size:
                self._linked += size
                self._href = href
            if bold:
                self._bold += size

    def time(self, when: str) -> None:
        self._when = self._when or when

    def close(self, box: int) -> None:
        """End the open line; nothing happens where it is blank."""
        if not self._open:
            return
        text = _SPACE.sub(" ", "".join(self._open)).strip(_EDGE)
        if text:
            kind = self.boxes[box]
            start = self._at
            linked = min(self._linked, len(text))
            href = self._href if linked * 2 > len(text) else None
            end = start + len(text)
            self.lines.append(
                Line(start, end, kind.tag, kind.classes, href, linked, self._when, box, min(self._bold, len(text)))
            )
            self.pieces.append(text)
            self._at = end + 1
            self._when = None
        self._open.clear()
        self._linked = self._bold = 0
        self._href = None


def _read_head(head: LexborNode, writer: _Writer) -> None:
    """Meta tags and the canonical address into ``writer.meta``; the title as a line."""
    title = head.css_first("title")
    if title is not None:
        box = writer.box(-1, "title", "", False)
        writer.add(title.text() or "", None, False)
        writer.close(box)
    for node in head.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content and content.strip():
            writer.meta.setdefault(name.lower(), content.strip())
    for node in head.css("link[rel~=canonical]"):
        if node.attributes.get("href"):
            writer.meta.setdefault("canonical", str(node.attributes["href"]).strip())
    root = head.parent
    if root is not None:
        for key in ("lang", "data-publishtime"):
            if root.attributes.get(key):
                writer.meta.setdefault(key, str(root.attributes[key]))


def _read_linked_data(script: str, meta: dict[str, str]) -> None:
    """Dates, headline, author and publisher of a JSON-LD block, under ``ld:`` keys; broken blocks are passed over."""
    try:
        found: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    for _ in range(200):
        if not found:
            return
        item = found.pop(0)
        if isinstance(item, list):
            found[:0] = item[:50]
        elif isinstance(item, dict):
            found += [item[key] for key in ("@graph", "mainEntity") if key in item]
            kind = str(item.get("@type"))
            if "Article" in kind or "Posting" in kind or "datePublished" in item:
                _read_article(item, meta)


def _read_article(item: dict[str, Any], meta: dict[str, str]) -> None:
    for key in ("datePublished", "headline"):
        if isinstance(item.get(key), str) and item[key].strip():
            meta.setdefault(f"ld:{key.lower()}", item[key].strip())
    for key in ("author", "publisher"):
        given = item.get(key)
        people = given if isinstance(given, list) else [given]
        names = [p.get("name") if isinstance(p, dict) else p for p in people[:8]]
        kept = [n.strip() for n in names if isinstance(n, str) and n.strip()]
        if kept:
            meta.setdefault(f"ld:{key}", "; ".join(kept))


class _Frame(NamedTuple):
    """What holds for the children of an element."""

    box: int
    href: str | None
    bold: bool
    block: bool
    pre: bool


def _enter(node: LexborNode, tag: str, above: _Frame, writer: _Writer) -> _Frame:
    """The frame of an element, after its line break and its evidence have been written."""
    if tag in _BLOCKS or "-" in tag:
        writer.close(above.box)
        attributes = node.attributes
        classes = " ".join(v for k in ("class", "id", "itemprop", "role") if (v := attributes.get(k))).lower()
        hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
        box = writer.box(above.box, tag, classes, hidden or (above.box >= 0 and writer.boxes[above.box].hidden))
        bold = above.bold or tag == "th"
        return _Frame(box, above.href, bold, True, above.pre or tag == "pre")
    if tag == "a":
        return above._replace(href=node.attributes.get("href") or "", block=False)
    if tag in ("b", "strong"):
        return above._replace(bold=True, block=False)
    if tag == "time":
        writer.time(node.attributes.get("datetime") or "")
    return above._replace(block=False)


def _walk(body: LexborNode, writer: _Writer) -> None:
    """Go through ``body`` in document order without recursion."""
    root = _Frame(writer.box(-1, "body", "", False), None, False, True, False)
    stack = [root]
    up: list[LexborNode] = []
    node = body.child
    while node is not None or len(stack) > 1:
        if node is None:
            frame = stack.pop()
            if frame.block:
                writer.close(frame.box)
            parent = up.pop()
            node = parent.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            frame = stack[-1]
            if frame.pre and "\n" in text:
                for piece in text.split("\n"):
                    writer.add(piece, frame.href, frame.bold)
                    writer.close(frame.box)
            else:
                writer.add(text, frame.href, frame.bold)
        elif tag == "br":
            writer.close(stack[-1].box)
        elif tag not in _DROPPED:
            child = node.child
            stack.append(_enter(node, tag, stack[-1], writer))
            up.append(node)
            node = child
            continue
        node = node.next
    writer.close(root.box)
