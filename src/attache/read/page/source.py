"""Who and when: the title, outlet, account, authors and date of a page, where they stand on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from attache.lexicon.fold import fold
from attache.read.page.capture import CaptureRead
from attache.read.page.dates import Dated, find_dates, find_ending
from attache.read.page.rows import Row, clean
from attache.read.page.words import Outlet, PageWords, normal
from attache.record import Published, Span

_SPLIT = re.compile(r"\s*[_|｜–—]\s*|\s+[-·»]\s+|\s*-{2,}\s*|(?<=[㐀-鿿」』”》)])-(?=[㐀-鿿]{2,12}$)")
_SAME = re.compile(r"[\W_]+")
_META_TITLES = ("og:title", "twitter:title", "ld:headline", "headline", "title", "articletitle", "dc.title")
_META_DATES = (
    "article:published_time", "ld:datepublished", "og:published_time", "datepublished", "publishdate", "pubdate",
    "publish_date", "publish-date", "publication_date", "publish_time", "publishtime", "data-publishtime", "apub:time",
    "article.published", "og:pubdate", "bytedance:published_time", "weibo:article:create_at", "dc.date.issued",
    "dc.date", "dcterms.created", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "article:create_at", "og:release_date", "og:time", "firstpublished", "date", "_pubtime", "pubtime", "dateupdate",
)  # fmt: skip
_META_AUTHORS = ("author", "article:author", "ld:author", "byl", "parsely-author", "sailthru.author", "dc.creator")
_META_SOURCES = ("source", "mediaid", "og:article:author", "article:source", "contentsource")
_NO_SOURCE = frozenset(
    ("通讯社", "网络", "互联网", "综合", "本站", "原创", "网络整理", "综合报道", "媒体", "未知", "default")
)
_EDGE = " :：/|丨()（）[]【】,，;；·《》<>-→"
_SITE_END = re.compile("(?:报|周刊|社|通讯|新闻网|网|在线|电视台|电台|广播)$")
# A label whose value is missing, taken with the next label for its value.
_LABEL = re.compile(
    "^(?:作者|编辑|责任编辑|来源|记者|未知|佚名|匿名|点赞数?|阅读数?|评论数?)$"
    "|(?:^|发布|更新|发表|采集)(?:时间|日期)$|^本站|推荐文章"
)
_REPORT = re.compile("(?:报道|报导|综合)$")
_TRAIL = re.compile(r"(?:\s|_nn\d+|_n\d+|\d{5,}|责任编辑.*|本文来源.*|浏览.*|阅读.*|举报.*)+$", re.I)
_BRACKETS = str.maketrans("（）【】，：；", "()[],:;")
_REPORTER = re.compile(r"(?:记者|記者)(?P<names>[^\d()。,:;\s]{2,12})")
_PEOPLE = re.compile(
    r"\((?:记者|記者|特约记者|特約記者|见习记者|见習記者|通讯员|通訊員|本报记者)\s*(?P<names>[^()。]{2,24})\)"
)
_ONE_NAME = re.compile(r"(?!.*(?:时间|日期|更新|发布|发表|编辑|本站))[^\W\d][\w·.-]{1,15}")
_LATIN_NAMES = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|el)){1,4}")


def same(text: str) -> str:
    """``text`` reduced to what titles are compared by."""
    return _SAME.sub("", text).lower()


def head_titles(read: CaptureRead) -> list[str]:
    """What the head of an HTML page calls the page, the surest first."""
    titles = [read.meta[key] for key in _META_TITLES if read.meta.get(key)]
    if read.lines and read.lines[0].tag == "title":
        titles.append(read.capture.text[read.lines[0].start : read.lines[0].end])
    return [t for t in titles if t.strip()]


def strip_site(title: str, words: PageWords) -> str:
    """``title`` without the names of sections and of the site at its end."""
    pieces = [(m.start(), m.end()) for m in _SPLIT.finditer(title)]
    end = len(title)
    known = False
    for start, stop in reversed(pieces):
        tail = normal(fold(title[stop:end]).text)
        if tail in words.outlet_names:
            known = True
            end = start
        elif known and len(tail) <= 8 and start >= 8:
            end = start
        else:
            break
    return title[:end].rstrip() or title


def first_piece(title: str) -> str:
    """The piece of a head title before the first separator that leaves enough."""
    for match in _SPLIT.finditer(title):
        if match.start() >= 8:
            return title[: match.start()]
    return title


def find_outlet(read: CaptureRead, rows: list[Row], words: PageWords, title: str | None) -> Outlet | None:
    """The medium or platform that the page says it is of: address, marks, head title, agency credit."""
    by_host = _by_host(read.capture.uri, words)
    if by_host is not None:
        return by_host
    for row in rows:
        if row.kind not in ("paragraph", "heading", "recommendation", "channel headline") and row.size <= 300:
            for outlet in words.marked:
                if row.text.startswith(tuple(outlet.marks)) or any(m in row.text for m in outlet.inside):
                    return outlet
    for given in [read.meta.get("og:site_name"), *([title] if title else []), *head_titles(read)]:
        found = _by_suffix(given or "", words)
        if found is not None:
            return found
    return None


def _by_host(uri: str, words: PageWords) -> Outlet | None:
    """The outlet whose host (and path) an address has; the longest host wins."""
    parts = urlsplit(uri if "//" in uri else "")
    host, best = parts.netloc.lower().split(":")[0], None
    if not host:
        return None
    size = 0
    for outlet in words.outlets:
        for known in outlet.hosts:
            name, _, path = known.partition("/")
            fits = host == name or host.endswith("." + name)
            if fits and parts.path.startswith("/" + path) and len(known) > size:
                best, size = outlet, len(known)
    return best


def _by_suffix(title: str, words: PageWords) -> Outlet | None:
    pieces = [normal(fold(p).text) for p in _SPLIT.split(title)]
    return next((words.outlet_names[p] for p in reversed(pieces) if p in words.outlet_names), None)


def find_credit(rows: list[Row], words: PageWords) -> tuple[Outlet, re.Match[str], Row] | None:
    """The agency credit at the head of the body."""
    seen = 0
    for row in rows:
        if row.kind not in ("paragraph", "dateline"):
            continue
        match = words.credit.match(row.text)
        if match is not None:
            name = match["name"] or match["name2"] or match["name3"]
            for outlet in words.outlets:
                if any(normal(fold(c).text) == name for c in outlet.credits):
                    return outlet, match, row
        seen += row.kind == "paragraph"
        if seen >= 3:
            return None
    return None


def read_byline(text: str, raw: str, words: PageWords) -> dict[str, list[str]]:
    """Names by role in a byline (``text``: its normal form, as long as ``raw`` or else used instead)."""
    raw = raw if len(raw) == len(text) else text
    hits = [m for m in words.role_words.finditer(text) if _opens_role(text, m)]
    found: dict[str, list[str]] = {}
    for match, after in zip(hits, [*hits[1:], None], strict=False):
        stretch = raw[match.end() : after.start() if after else len(raw)]
        role = words.roles[match[0]]
        names = [n for n in split_names(stretch, whole=role == "source") if not _LABEL.search(normal(fold(n).text))]
        if names:
            found.setdefault(role, []).extend(names)
    return found


def _opens_role(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else ""
    return before in " ([;,/|·]>〈、" and after in ":/| 丨" and after != ""


def split_names(stretch: str, *, whole: bool = False) -> list[str]:
    """Names in what follows a role."""
    dates = find_dates(stretch.lower())
    for one in reversed(dates):
        stretch = stretch[: one.start] + " " + stretch[one.end :]
    stretch = clean(_TRAIL.sub("", stretch.strip(_EDGE))).strip(_EDGE)
    if not stretch or len(stretch) > 40:
        return []
    if whole:
        name = re.split(r"\s{1,}(?=[㐀-鿿\d])|[,;|]", stretch)[0].strip(" ·《》")
        return [name] if 1 < len(name) <= 30 else []
    if re.search("[㐀-鿿]", stretch):
        names = re.split(r"[\s,;、/|&+和]+", stretch)
    else:
        names = re.split(r"\s*(?:,|;|/|&|\band\b)\s*", stretch)
    return [n.strip("·. ") for n in names if 1 < len(n.strip("·. ")) <= 24]


def find_authors(rows: list[Row], words: PageWords, meta: Mapping[str, str]) -> dict[str, list[str]]:
    """Names by role from the bylines of the page and the credit at the head of its text."""
    found: dict[str, list[str]] = {}
    previous = ""
    for row in rows:
        if row.kind in ("byline", "dateline", "caption") and row.size <= 160:
            given = read_byline(row.text, row.raw, words) if row.kind != "caption" else {}
            if not given and row.kind == "byline":
                given = _bare_byline(row.raw, previous, words)
            elif not given and row.dates and not row.bare:
                given = _beside_date(row)
            for role, names in given.items():
                found.setdefault(role, []).extend(names)
        previous = row.text.strip(" :") if row.kind == "byline" else ""
    credit = find_credit(rows, words)
    if credit is not None:
        row = credit[2]
        raw = row.raw
        size = len(credit[1][0])
        # The names as they stand, where folding moved nothing.
        whole = normal(fold(raw[:size]).text) == credit[1][0].strip()
        found.setdefault("author", []).extend(_credited(_narrow(raw[:size]) if whole else credit[1][0]))
    signed = _signed(meta, words)
    beside = [name for name in found.get("source", []) if name in signed]
    if beside:  # a bare name beside the date, which the meta data knows for a person's
        found["source"] = [name for name in found["source"] if name not in signed]
        found.setdefault("author", []).extend(beside)
    if not found.get("author"):
        found["author"] = signed
    return {role: list(dict.fromkeys(names)) for role, names in found.items()}


def _signed(meta: Mapping[str, str], words: PageWords) -> list[str]:
    """The people whom the meta data names as authors."""
    for key in _META_AUTHORS:
        if meta.get(key) and not meta[key].startswith("http") and "@" not in meta[key]:
            names = [(n, normal(fold(n).text)) for n in split_names(meta[key])]
            return [n for n, plain in names if plain not in words.outlet_names and not _LABEL.search(plain)]
    return []


def _beside_date(row: Row) -> dict[str, list[str]]:
    """A name that stands with a date on one line, without a word that says whose it is."""
    if len(row.raw) != len(row.text) or not row.dates[0].start:
        return {}
    name = row.raw[: row.dates[0].start].strip(_EDGE)
    plain = row.text[: row.dates[0].start].strip(_EDGE)  # the labels are known in simplified script
    return {"source": [name]} if _ONE_NAME.fullmatch(plain) and plain not in _NO_SOURCE else {}


def _bare_byline(raw: str, previous: str, words: PageWords) -> dict[str, list[str]]:
    """A byline that is nothing but a name, after a label or in Latin letters."""
    text = clean(raw)
    if previous in words.roles:
        role = words.roles[previous]
        return {role: split_names(text, whole=role == "source")}
    text = re.sub(r"^(?:null|undefined|by)\s+", "", text, flags=re.I)
    names = re.split(r"\s*(?:,|&|\band\b|/)\s*", re.sub(r"[(（].*", "", text))
    plain = normal(fold(text).text)
    if _REPORT.search(plain) or _LABEL.search(plain):
        return {}
    if names and all(_LATIN_NAMES.fullmatch(n) or re.fullmatch("[㐀-鿿·]{2,12}", n) for n in names):
        return {"author": names}
    return {}


def _narrow(raw: str) -> str:
    return raw.translate(_BRACKETS)


def _credited(credit: str) -> list[str]:
    """Reporters named in an agency's credit."""
    people = _PEOPLE.search(credit)
    if people is not None:
        return split_names(people["names"])
    match = _REPORTER.search(credit)
    if match is None:
        return []
    # 记者黄小明台北14日专电: a name of three characters, or of two where no more than two are left for the place.
    names = match["names"]
    return [names[: 3 if len(names) >= 5 else 2]]


def find_published(read: CaptureRead, rows: list[Row], *, title: int | None, first: int, last: int) -> Published:
    """The date that stands on the page: near the title, in the meta data, at the end; else unknown. Never made up."""
    near = _near_title(rows, title, first)
    ending = _ending_code(rows, first, last)
    if ending is not None and (near is None or near[0].fine == 1):
        if near is None or near[0].day != ending[0].day:
            return _stated(read, *ending, "the date code that closes the text")
        return _stated(read, *near, "the date under the title")
    if near is not None and not near[0].edtf.startswith("X"):
        return _stated(read, *near, "the date beside the title")
    meta = _from_meta(read)
    if meta is not None and (near is None or (meta.edtf or "")[5:10] == near[0].edtf[5:10]):
        return meta
    if near is not None:
        return _yearless(read, *near)
    for row in rows[last : last + 6]:
        if row.kind not in ("dateline", "byline", "notice", "share bar"):
            break  # further down stand the dates of other pages and of comments
        if row.dates and row.kind != "notice" and not row.dates[0].edtf.startswith("X"):
            return _stated(read, row.dates[0], row, "the date after the text")
    return Published(edtf=None, basis="unknown", why="no date of publication stands on the page")


def _yearless(read: CaptureRead, one: Dated, row: Row) -> Published:
    """A date without a year: of the last such day before the page was fetched, where that is known."""
    shown = _stated(
        read, one, row, "the date beside the title; its year is that of the last such day before the capture"
    )
    fetched = find_dates((read.capture.captured_at or "").lower())
    if not fetched:
        why = "the date beside the title gives no year, and when the page was fetched is not known"
        return Published(edtf=None, basis="unknown", why=why, evidence=shown.evidence)
    year = int(fetched[0].edtf[:4])
    if one.edtf[4:10] > fetched[0].edtf[4:10]:
        year -= 1
    edtf = f"{year}{one.edtf[4:]}"
    return Published(edtf=edtf, basis="stated", why=shown.why, evidence=shown.evidence)


def _stated(read: CaptureRead, one: Dated, row: Row, why: str) -> Published:
    span = Span(start=row.start, end=row.end, text=read.capture.text[row.start : row.end])
    return Published(edtf=one.edtf, basis="stated", why=why, evidence=[span])


def _near_title(rows: list[Row], title: int | None, first: int) -> tuple[Dated, Row] | None:
    """The finest date of the day that stands first beside the title; a second, finer date wins over a bare day."""
    start = max(0, (title if title is not None else first) - 6)
    found: list[tuple[Dated, Row]] = []
    for index in range(start, min(len(rows), first + 6)):
        row = rows[index]
        if row.kind in ("dateline", "byline") or (row.bare and row.kind in (None, "heading", "navigation")):
            if row.line.when and (stamp := find_dates(row.line.when.lower())):
                found.append((stamp[0], row))
            found += [(one, row) for one in row.dates[:1]]
    if not found:
        return None
    if title is not None:
        behind = [f for f in found if f[1].start >= rows[title].start]
        found = behind or found
    return max(found, key=lambda f: (not f[0].edtf.startswith("X"), min(f[0].fine, 2), -f[1].start))


def _ending_code(rows: list[Row], first: int, last: int) -> tuple[Dated, Row] | None:
    for row in rows[first:last]:
        if row.size > 8 and row.text[-1].isdigit() and (one := find_ending(row.text)):
            return one, row
    return None


def _from_meta(read: CaptureRead) -> Published | None:
    for key in _META_DATES:
        given = read.meta.get(key)
        dates = find_dates((given or "").lower())
        if dates and given:
            return Published(edtf=dates[0].edtf, basis="stated", why=f"meta data: {key} = {given[:60]}")
    return None


def find_account(read: CaptureRead, rows: list[Row], site: Outlet | None, source: str | None) -> str | None:
    """The self-media account: its card, a meta tag that the platform names it by, or the source on a platform."""
    for row in rows:
        if row.kind == "account card" and row.fields.get("name"):
            return str(row.fields["name"])
    if site is None or site.kind != "platform":
        return None
    named = next((read.meta[key] for key in site.account_metas if read.meta.get(key)), None)
    return named or source


def stated_source(found: dict[str, list[str]], meta: Mapping[str, str]) -> str | None:
    """The medium that the page says its text comes from; None where it only says that it comes from several."""
    given = [*found.get("source", []), *(meta[key] for key in _META_SOURCES if meta.get(key))]
    for name in given:
        first = re.split(r"[+＋、,;/|]", name.strip("《》 "))[0].strip()
        if first in _NO_SOURCE or _LABEL.search(normal(fold(first).text)):
            continue
        if 1 < len(first) <= 24 and not first.startswith("http"):
            return first
    return None


def stated_site(read: CaptureRead) -> str | None:
    """What a site calls itself that no list knows: in its meta data, or at an end of the head's title."""
    given = read.meta.get("og:site_name", "").strip()
    if 1 < len(given) <= 24:
        return given
    for title in head_titles(read):
        pieces = _SPLIT.split(title)
        for piece in (pieces[-1], pieces[0]) if len(pieces) > 1 else ():
            if len(piece) <= 12 and _SITE_END.search(normal(fold(piece).text)):
                return piece.strip()
    return None


def name_outlet(
    site: Outlet | None, source: str | None, credit: Outlet | None, stated: str | None, words: PageWords
) -> str | None:
    """The medium that answers for the text: the page's own, but on a portal the one that the portal has it from."""
    if site is not None and site.kind != "portal":
        return site.name
    if source is not None:
        known = words.outlet_names.get(normal(fold(source).text))
        return known.name if known else source
    chosen = credit or site
    return chosen.name if chosen else stated
