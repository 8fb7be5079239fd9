"""The part of JSON Schema that ``attache schema`` speaks, checked without a library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
REFERENCES = ("$defs", "$ref", "anyOf", "type", "enum")
MEMBERS = ("properties", "required", "additionalProperties", "items")
KNOWN = frozenset([*REFERENCES, *MEMBERS, "title", "description", "default"])


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Where a value breaks a schema. Raises AssertionError for a keyword that is not known here."""
    assert set(schema) <= KNOWN, sorted(set(schema) - KNOWN)
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "anyOf" in schema and not any(not list(faults(value, one, root, path)) for one in schema["anyOf"]):
        yield f"{path}: fits none of {len(schema['anyOf'])} schemas"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is not in {schema['enum']}"
    if "type" in schema:
        fits = isinstance(value, TYPES[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
        if not fits:
            yield f"{path}: {value!r} is no {schema['type']}"
            return
    if isinstance(value, dict):
        yield from _members(value, schema, root, path)
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], root, f"{path}[{index}]")


def _members(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{path}: {name} is missing" for name in schema.get("required", []) if name not in value)
    for name, item in value.items():
        rest = schema.get("additionalProperties", True)
        if name in known:
            yield from faults(item, known[name], root, f"{path}.{name}")
        elif rest is False:
            yield f"{path}: {name} is unknown"
        elif isinstance(rest, dict):
            yield from faults(item, rest, root, f"{path}.{name}")
