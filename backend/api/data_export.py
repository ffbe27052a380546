"""/api/portfolio/export/all: every list of the program as one file."""

from __future__ import annotations

from typing import Any, Final

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.wsgi import wrap_file

from backend.api.deps import services
from backend.api.schemas.common import NoQuery

data_export = APIBlueprint("data_export", __name__, url_prefix="/api/portfolio", tag="Positions")
ZIP: Final = "application/zip"
# So much of it is in memory at once.
PIECE_BYTES: Final = 64 * 1024
FILE: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {
        "description": "A ZIP: csv/LIST.csv and json/LIST.json of every list, and manifest.json, which says what they "
        "are, in which units, and how to check them. Its name has the instant at which it was made",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
    },
    409: {"description": "Another one is being made"},
    422: {"description": "A parameter cannot be used"},
}


@data_export.get("/export/all")
@data_export.input(NoQuery, location="query")
@data_export.doc(summary="All data as CSV and JSON in one file, of one moment", responses=FILE)
def get_all(query_data: NoQuery) -> Response:
    api = services()
    taken = api.data_export.take()
    api.feed.catch_up()
    answer = Response(wrap_file(request.environ, taken.content, PIECE_BYTES), mimetype=ZIP, direct_passthrough=True)
    answer.call_on_close(taken.content.close)
    answer.content_length = taken.facts.size_bytes
    answer.headers["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
