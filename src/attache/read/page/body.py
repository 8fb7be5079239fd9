"""Where the article stands in HTML: the element whose text is worth most, furniture counted against it."""

from __future__ import annotations

from typing import NamedTuple

from attache.read.page.html import Box
from attache.read.page.rows import Row
from attache.read.page.words import PageWords
from attache.record import PartKind

_TAG_KINDS: dict[str, PartKind] = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "navigation",
    "figcaption": "caption",
    "caption": "caption",
    "button": "navigation",
    "label": "navigation",
    "option": "navigation",
    "form": "navigation",
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MOST_GAP = 10  # lines of furniture that an article may hold in one place
LEAD = 0.2  # what the element of the first text after the title must be worth beside the best to be believed
BEFORE = 0.2  # what text counts that stands before the title
ELSEWHERE = 0.2  # what an element counts without the text right after the title
AFTER = 0.1  # what text counts that comes after the article has ended


class Body(NamedTuple):
    """The article in the rows: [first, last), and per box what its markup says it is (None: nothing)."""

    first: int
    last: int
    box: int
    kinds: list[PartKind | None]


def find_body(rows: list[Row], boxes: tuple[Box, ...], words: PageWords, title: int | None) -> Body:
    """The best element of a page; (0, 0) where no text is worth anything."""
    kinds = _kinds(rows, boxes, words, _masses(rows, boxes), title)
    worths = _worths(rows, boxes, kinds, title)
    inside = inside_of(boxes)
    sums = [0.0] * len(boxes)
    for row, value in zip(rows, worths, strict=True):
        sums[row.line.box] += value
    _add_up(sums, boxes)
    best = max(range(len(boxes)), key=lambda i: (sums[i], i), default=-1)
    lead = _lead(rows, worths, title)
    if lead is not None and best >= 0:
        best = _with_lead(best, rows[lead].line.box, sums, boxes)
    if best < 0 or sums[best] <= 0:
        return Body(0, 0, -1, kinds)
    rows_in = [i for i, row in enumerate(rows) if best <= row.line.box < inside[best]]
    return Body(rows_in[0], rows_in[-1] + 1, best, kinds)


def _listed(rows: list[Row], boxes: tuple[Box, ...]) -> set[int]:
    """Boxes inside list items that lead to another page: an item with a headline that is a link."""
    item = [-1] * len(boxes)
    for index, box in enumerate(boxes):
        item[index] = index if box.tag == "li" else item[box.parent] if box.parent >= 0 else -1
    leading = {item[row.line.box] for row in rows if row.links > 0.8 and not row.prose and row.size >= 8} - {-1}
    return {index for index, holder in enumerate(item) if holder in leading}


def _lead(rows: list[Row], worths: list[float], title: int | None) -> int | None:
    """The first running text after the title."""
    if title is None or rows[title].line.tag == "title":
        return None
    return next((i for i in range(title + 1, len(rows)) if rows[i].prose and worths[i] >= 25), None)


def _with_lead(best: int, lead: int, sums: list[float], boxes: tuple[Box, ...]) -> int:
    """The best element again, those that leave out the text right after the title counting as other articles.

    Where what holds that text and not the best is worth next to nothing, it is a standfirst, and the best stays.
    """
    holders = _ancestors(lead, boxes)
    above = _ancestors(best, boxes)
    own = max((sums[i] for i in holders if i not in above), default=0.0)
    if best in holders or own < LEAD * sums[best]:
        return best
    fair = [value if i in holders or value < 0 else value * ELSEWHERE for i, value in enumerate(sums)]
    return max(range(len(boxes)), key=lambda i: (fair[i], i))


def _ancestors(box: int, boxes: tuple[Box, ...]) -> set[int]:
    """A box and all that hold it."""
    found = set()
    while box >= 0:
        found.add(box)
        box = boxes[box].parent
    return found


def _add_up(sums: list[float], boxes: tuple[Box, ...]) -> None:
    """Give each box what its descendants hold: boxes stand in document order."""
    for index in range(len(boxes) - 1, 0, -1):
        parent = boxes[index].parent
        if parent >= 0:
            sums[parent] += sums[index]


def _worths(rows: list[Row], boxes: tuple[Box, ...], kinds: list[PartKind | None], title: int | None) -> list[float]:
    """Worth of each row; text that comes after the article has plainly ended counts little.

    The article begins at the title. It has ended where many lines of furniture stand after its text, or a header
    opens a list of other pages after most of the text that the page has.
    """
    worths = [worth(row, kinds[row.line.box], boxes[row.line.box]) for row in rows]
    listed = _listed(rows, boxes)
    for index, row in enumerate(rows):
        if worths[index] > 0 and row.line.box in listed:
            worths[index] *= AFTER
    if title is None or rows[title].line.tag == "title":
        return worths
    for index in range(title):
        worths[index] *= BEFORE if worths[index] > 0 else 1
    begun, gap, ended = 0.0, 0.0, False
    parents: set[int] = set()  # what holds the paragraphs of the article: its further children are of it too
    for index in range(title + 1, len(rows)):
        row = rows[index]
        if worths[index] > 0 and row.prose:
            gap = 0.0
            parent = boxes[row.line.box].parent
            if ended and parent not in parents:
                worths[index] *= AFTER
            else:
                begun += worths[index]
                parents.add(parent)
                ended = False
            continue
        gap += 1.0 if worths[index] <= -1.5 else 0.2 if worths[index] < 0 else 0.0
        opens = row.cue is not None and row.cue.ends and row.cue.opens is not None
        ended = ended or (begun > 60 and (gap >= MOST_GAP or (opens and begun > 200)))
    return worths


def inside_of(boxes: tuple[Box, ...]) -> list[int]:
    """Per box the index after its last descendant: boxes stand in document order."""
    last = list(range(1, len(boxes) + 1))
    for index in range(len(boxes) - 1, -1, -1):
        parent = boxes[index].parent
        if parent >= 0 and last[index] > last[parent]:
            last[parent] = last[index]
    return last


def worth(row: Row, kind: PartKind | None, box: Box) -> float:
    """What a row speaks for (characters of Chinese text) or against its element being the article."""
    size = row.size if row.han else row.size / 2.5
    if box.hidden:
        return 0.0
    if kind is not None and kind not in ("caption", "byline"):
        return -min(size, 24) / 2 - 1
    links = row.links
    if links > 0.5:
        return -min(size, 24) / 2 - 1
    if row.cue is not None and not row.prose:
        return -2.0
    if row.prose:
        return size * (1 - links)
    if box.tag in _HEADINGS:
        return 0.0
    return min(size, 30) / 6 if row.final and size >= 6 else -1.0


def _masses(rows: list[Row], boxes: tuple[Box, ...]) -> list[float]:
    """Per box its share of the running text of the page."""
    sums = [0.0] * len(boxes)
    for row in rows:
        if row.prose and row.links < 0.5:
            sums[row.line.box] += row.size
    _add_up(sums, boxes)
    total = sum(sums[i] for i, box in enumerate(boxes) if box.parent < 0) or 1.0
    return [value / total for value in sums]


def _kinds(
    rows: list[Row], boxes: tuple[Box, ...], words: PageWords, masses: list[float], title: int | None
) -> list[PartKind | None]:
    """What each box is by its own or an ancestor's tag, class or id.

    A box that holds the title or most of the text is no furniture, whatever its classes say.
    """
    named = title is not None and rows[title].line.tag != "title"
    holders = _ancestors(rows[title].line.box, boxes) if title is not None and named else set()
    kinds: list[PartKind | None] = []
    for index, box in enumerate(boxes):
        above = kinds[box.parent] if box.parent >= 0 else None
        kind = above
        if (above is None or above in ("byline", "caption")) and index not in holders and masses[index] < 0.5:
            own = _TAG_KINDS.get(box.tag) or (words.markup_kind(box.classes) if box.classes else None)
            kind = own or above
        kinds.append(kind)
    return kinds
