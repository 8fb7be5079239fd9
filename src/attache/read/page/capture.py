"""Bytes to a capture: the decoded text, and per line the evidence that its markup gives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from attache.read.page.decode import UnreadableError, decode
from attache.read.page.html import Box, Line, flatten
from attache.record import Capture

MOST_BYTES = 20_000_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_ROOT = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(
    r"</?(?:p|div|br|span|a|img|h[1-6]|ul|ol|li|table|tr|td|section|article|strong|em|b|i|meta|title|script|"
    r"blockquote|figure|header|main|time|font|center)\b[^<>]{0,2000}>",
    re.I,
)
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

__all__ = ["MOST_BYTES", "Box", "CaptureError", "CaptureRead", "Line", "read_capture"]


class CaptureError(ValueError):
    """A capture that cannot be read: ``uri`` says which, ``why`` what is wrong with it."""

    def __init__(self, uri: str, why: str) -> None:
        super().__init__(f"{uri}: {why}")
        self.uri = uri
        self.why = why


class CaptureRead(NamedTuple):
    """A capture, its lines in order, and for HTML its boxes (elements that hold lines) and its meta data.

    ``meta`` holds what the head says (names in lower case): meta tags, ``canonical``, ``ld:`` keys of linked data.
    """

    capture: Capture
    lines: list[Line]
    boxes: tuple[Box, ...] = ()
    meta: Mapping[str, str] = MappingProxyType({})


def read_capture(
    data: bytes, uri: str, *, media_type: str | None = None, captured_at: str | None = None
) -> CaptureRead:
    """Decode ``data`` and cut it into lines. ``media_type`` counts for its charset only. Raises CaptureError."""
    if len(data) > MOST_BYTES:
        raise CaptureError(uri, f"it is {len(data):,} bytes, more than the {MOST_BYTES:,} that are read")
    if not data.strip():
        raise CaptureError(uri, "it is empty")
    declared = _CHARSET.search(media_type or "")
    try:
        text = decode(data, declared[1] if declared else None).text
    except UnreadableError as error:
        raise CaptureError(uri, str(error)) from error
    digest = hashlib.sha256(data).hexdigest()
    html = is_html(text)
    flat = flatten(text) if html else None
    body = text if flat is None else flat.text
    if not body.strip():
        raise CaptureError(uri, "it holds no text" if html else "it is empty")
    capture = Capture(
        id=digest,
        uri=uri,
        media_type="text/html" if html else "text/plain",
        captured_at=captured_at,
        text=body,
    )
    if flat is None:
        return CaptureRead(capture, plain_lines(body))
    return CaptureRead(capture, flat.lines, tuple(flat.boxes), flat.meta)


def is_html(text: str) -> bool:
    """Whether ``text`` is HTML, a whole page or a fragment, by what stands in it."""
    if _ROOT.match(text):
        return True
    tags, size = 0, 0
    for match in _TAG.finditer(text[:40_000]):
        tags += 1
        size += len(match[0])
    # An article that mentions a tag or two is no HTML; a fragment opens with one, or is full of them and closes some.
    dense = tags >= 6 and size * 12 > min(len(text), 40_000) and "</" in text
    return tags >= 2 and (text.lstrip().startswith("<") or dense)


def plain_lines(text: str) -> list[Line]:
    """The lines of a plain text, empty ones included, without their line ends."""
    lines, start = [], 0
    for match in _BREAK.finditer(text):
        lines.append(Line(start, match.start()))
        start = match.end()
    if start < len(text):
        lines.append(Line(start, len(text)))
    return lines
