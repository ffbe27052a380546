"""Lists that are downloaded as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal
from zlib import crc32

from flask import Response, request

from backend.api.answers import READ_HEADERS
from backend.api.deps import services
from backend.api.schemas.common import Query
from backend.api.shapes.export import as_csv, as_json

if TYPE_CHECKING:
    from backend.core.export_rows import Export

CELL: Final[Mapping[str, Any]] = {"type": ["string", "number", "boolean", "null"]}


def exported(row: Mapping[str, Any], note: str, totals: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a list as JSON. `row`, `totals`: schemas; `note`: its type."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["columns", "note", "items", "totals"],
        "properties": {
            "columns": {"type": "array", "items": {"type": "string"}},
            "note": {"type": note} if note == "null" else {"type": [note, "null"]},
            "items": {"type": "array", "items": row},
            "totals": totals,
        },
    }


def cells(columns: Iterable[str]) -> dict[str, Any]:
    """The schema of a row, or of sums, by column."""
    named = dict.fromkeys(sorted(set(columns)), CELL)
    return {"type": "object", "additionalProperties": False, "properties": named}


def as_file(asked: Query, kind: Literal["csv", "json"], export: Callable[[], Export]) -> Response:
    """The list that was asked for as a file, or 304 where the client has it as it stands."""
    # Before the rows are read: what is told may be newer than its tag, never older.
    question = crc32(asked.model_dump_json().encode())
    tag = f"{services().cache.revision()}-{question:08x}"
    found = export()
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        written = as_csv(found) if kind == "csv" else as_json(found)
        answer = Response(written, mimetype="text/csv" if kind == "csv" else "application/json")
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}.{kind}"'
    answer.headers["ETag"] = f'W/"{tag}"'
    answer.headers.extend(READ_HEADERS)
    return answer
