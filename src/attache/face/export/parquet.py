"""Parquet: an act a row with its tellings and disputes nested, the lexicon's digest in the file's metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from attache.face.export.about import About, Exported, Written
from attache.face.export.flat import COLUMNS, row
from attache.ledger.noun import Act, Dispute, Telling

GROUP = 5000  # rows written at once
_TEXT = pa.string()
_KINDS = {"text": _TEXT, "number": pa.float64(), "count": pa.int64(), "list": pa.list_(_TEXT)}
_TELLING = pa.struct(
    [
        ("page", _TEXT), ("event", _TEXT), ("uri", _TEXT), ("outlet", _TEXT), ("account", _TEXT), ("country", _TEXT),
        ("published", _TEXT), ("taken_in", _TEXT), ("status", _TEXT), ("claimants", pa.list_(_TEXT)), ("when", _TEXT),
        ("start", pa.int64()), ("end", pa.int64()), ("words", _TEXT), ("confidence", pa.float64()),
        ("origin", pa.int64()), ("origin_why", _TEXT), ("denies", pa.bool_()),
    ]
)  # fmt: skip
_DISPUTE = pa.struct(
    [
        ("what", _TEXT), ("by", pa.list_(_TEXT)), ("declined", pa.bool_()), ("page", _TEXT), ("start", pa.int64()),
        ("end", pa.int64()), ("words", _TEXT), ("about", _TEXT), ("values", pa.list_(_TEXT)),
    ]
)  # fmt: skip


def schema(about: About) -> pa.Schema:
    """The columns, with where the file comes from as metadata."""
    fields = [(name, _KINDS[kind]) for name, kind in COLUMNS.items()]
    fields += [("tellings", pa.list_(_TELLING)), ("disputes", pa.list_(_DISPUTE))]
    said = {"version": about.version, "lexicon": about.lexicon, "written_with": about.written_with}
    if about.as_of:
        said["as_of"] = about.as_of
    return pa.schema(fields, metadata={f"attache.{name}": value for name, value in said.items()})


def write(acts: Iterable[Exported], out: IO[bytes], about: About) -> Written:
    """Write acts as Parquet."""
    columns = schema(about)
    stream = iter(acts)
    count = 0
    with pq.ParquetWriter(out, columns, compression="zstd") as writer:
        while group := [_nested(act) for act in islice(stream, GROUP)]:
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=columns))
            count += len(group)
    return Written(count, count, Counter())


def _nested(act: Exported) -> dict[str, Any]:
    if not isinstance(act, Act):
        return {**row(act), "tellings": [], "disputes": []}
    return {
        **row(act),
        "tellings": [_telling(one) for one in act.tellings],
        "disputes": [_dispute(one) for one in act.disputes],
    }


def _telling(one: Telling) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in one.__struct_fields__ if _TELLING.get_field_index(name) >= 0}
    plain["claimants"] = [claimant.text for claimant in one.claimants]
    return {**plain, "start": one.evidence.start, "end": one.evidence.end, "words": one.evidence.text}


def _dispute(one: Dispute) -> dict[str, Any]:
    said = one.denial
    return {
        "what": one.what, "by": [claimant.text for claimant in one.by], "declined": one.declined, "page": one.page,
        "start": said.start if said else None, "end": said.end if said else None, "words": said.text if said else None,
        "about": one.about or None, "values": [side.value for side in one.sides],
    }  # fmt: skip
