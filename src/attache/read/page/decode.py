"""Bytes to text: which encoding a captured page is in, by its bytes first and its declaration second.

A declaration is believed only where the bytes decode by it; where several encodings fit (Big5 and GB18030
often both do) the text that reads like text wins.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"OggS", "audio"),
    (b"ID3", "audio"),
    (b"RIFF", "audio or video"),
    (b"SQLite format 3", "a database"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.I)
# What pages call an encoding, and the wider one that browsers read it by.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "utf8": "utf-8", "unicode": "utf-16-le", "utf-16": "utf-16-le",
}  # fmt: skip
_GUESSES = ("gb18030", "big5hkscs")
_SAMPLE = 60_000
# The commonest characters of either script, and of Japanese: in running text they are a quarter of all that
# stands there, in text decoded by the wrong table next to none of it.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后"
    "这國來個說們為時會過學對裡後這發現經與關報導將於從還當兩應實開問題長東車書電話點號體"
    "发现经与关报导将于从还当两应实开问题长东车书电话点号体日月美英法德俄新闻社表示政府总统部外交议員员"
    "の、。「」，！？：；（）“”《》・はがをにでともし"
)
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")
_WORDS = re.compile(r"[㐀-鿿゠-ヿ぀-ゟ가-힣，。、；：？！“”「」《》（）]")


class UnreadableError(ValueError):
    """The bytes are not text in any encoding that is known here; the message says what they look like."""


class Decoded(NamedTuple):
    """The text without its byte order mark, and the Python name of the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Decode ``data``; ``charset`` is what the transport declared. Raises UnreadableError."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"it is {what}, not text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(Decoded(_tolerant(data[len(bom) :], encoding), encoding))
    if data.count(0) > len(data) // 1000:
        return _wide(data)
    text = _strict(data, "utf-8")
    if text is not None:
        return _checked(Decoded(text, "utf-8"))
    return _checked(_best(data, _candidates(data, charset)))


def _candidates(data: bytes, charset: str | None) -> list[str]:
    """Encodings to try, the declared ones first."""
    named = [charset] if charset else []
    named += [m[1].decode("ascii") for m in _DECLARED.finditer(data[:4096])]
    guess = from_bytes(data[:_SAMPLE], cp_isolation=None if len(data) < 200 else _isolation()).best()
    tried = [_WIDER.get(name.lower(), name.lower()) for name in named]
    tried += [*_GUESSES, "utf-8", *(_WIDER.get(guess.encoding, guess.encoding) for guess in [guess] if guess)]
    return list(dict.fromkeys(name for name in tried if _known(name)))


def _isolation() -> list[str]:
    """Encodings that news pages come in; charset-normalizer is slow over all of them."""
    return ["utf_8", "gb18030", "big5", "big5hkscs", "cp1252", "cp1251", "shift_jis", "euc_jp", "euc_kr", "utf_16"]


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _best(data: bytes, names: list[str]) -> Decoded:
    """The candidate whose text reads most like text; the earlier one where two read alike."""
    best: tuple[float, Decoded] | None = None
    for name in names:
        text = _strict(data, name)
        if text is None and name in ("utf-8", *_GUESSES):
            text = data.decode(name, "replace")
        if text is None:
            continue
        score = _likeness(text)
        if best is None or score > best[0] + 0.02:
            best = score, Decoded(text, name)
    if best is None:
        raise UnreadableError("it decodes by no known encoding")
    return best[1]


def _strict(data: bytes, encoding: str) -> str | None:
    """Text, or None where a byte does not fit; a character cut off at the very end is forgiven."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode(encoding, "ignore")
        return None
    except (UnicodeError, ValueError):
        return None


def _tolerant(data: bytes, encoding: str) -> str:
    text = _strict(data, encoding)
    return data.decode(encoding, "replace") if text is None else text


def _likeness(text: str) -> float:
    """How much ``text`` reads like a page: 1 and more for ordinary text, below 0 for noise."""
    sample = text[:_SAMPLE]
    wide = _WORDS.findall(sample)
    odd = len(_ODD.findall(sample))
    high = sum(1 for c in sample if c > "\x7f") or 1
    common = sum(1 for c in wide if c in _COMMON)
    return common / high + 0.3 * len(wide) / high - 8 * odd / high


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a byte order mark, or nothing that is text."""
    best: tuple[float, Decoded] | None = None
    for name in ("utf-16-le", "utf-16-be"):
        text = _strict(data, name)
        if text is None or not text or "\x00" in text:
            continue
        plain = sum(1 for c in text[:_SAMPLE] if c in "\t\n\r" or " " <= c <= "\u024f" or _WORDS.match(c))
        share = plain / len(text[:_SAMPLE])
        if best is None or share > best[0]:
            best = share, Decoded(text, name)
    if best is None or best[0] < 0.8:
        raise UnreadableError("it is filled with NUL bytes" if data.count(0) > len(data) // 3 else "it is binary data")
    return _checked(best[1])


def _checked(found: Decoded) -> Decoded:
    """Refuse text that is mostly control characters or replacement marks."""
    text = found.text.removeprefix("\ufeff")
    odd = len(_ODD.findall(text[:200_000]))
    if odd * 50 > len(text[:200_000]):
        raise UnreadableError("it is binary data" if "\ufffd" not in text else "it decodes by no known encoding")
    return Decoded(text, found.encoding)
