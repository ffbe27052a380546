"""Lists that are downloaded as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from zlib import crc32

from flask import Response, request

from backend.api.answers import READ_HEADERS
from backend.api.deps import services
from backend.api.schemas.common import Query
from backend.api.shapes.export import as_csv, as_json
from backend.core.export_rows import Export


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
