"""/api/logs/lines: the program's own log, followed by id; /api/logs/export: the same as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from apiflask import APIBlueprint
from flask import Response

from backend.api.deps import services
from backend.api.schemas.logs import LinesFilter, LinesOut, LinesQuery
from backend.api.shapes import logs as shape
from backend.api.writes import json_answer
from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.log_lines import LogFilter, NumberedLine

logs = APIBlueprint("logs", __name__, tag="System")
NDJSON: Final = "application/x-ndjson"
FILE: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {"description": "One JSON object a line, newest first", "content": {NDJSON: {"schema": {"type": "string"}}}},
    404: {"description": "There is no such account"},
}


@logs.get("/api/logs/lines")
@logs.input(LinesQuery, location="query")
@logs.output(LinesOut)
@logs.doc(summary="The program's log, newest first, by level, component, account and request", responses=[404, 422])
def get_lines(query_data: LinesQuery) -> Response:
    api, asked = services(), query_data
    if asked.before is not None and asked.after is not None:
        raise BadInputError("Ask for lines before an id or after one, not both", "after")
    wanted = _wanted(asked)
    if asked.after is not None:
        page = api.logs.since(wanted, asked.limit, asked.after)
    else:
        page = api.logs.page(wanted, asked.limit, asked.before)
    return json_answer(shape.lines(api.environment, page), 200)


@logs.get("/api/logs/export")
@logs.input(LinesFilter, location="query")
@logs.doc(summary="The newest 100,000 lines that match, as a file", responses=FILE)
def get_export(query_data: LinesFilter) -> Response:
    pages = services().logs.export(_wanted(query_data))
    # The first page is read here: a database that cannot be read is a refusal, not a file that breaks off.
    first: Sequence[NumberedLine] = next(pages, ())

    def written() -> Iterator[str]:
        yield _written(first)
        for page in pages:
            yield _written(page)

    answer = Response(written(), mimetype=NDJSON)
    answer.headers["Content-Disposition"] = 'attachment; filename="log.jsonl"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted(asked: LinesFilter) -> LogFilter:
    api = services()
    if asked.account is not None and asked.account not in {one.account.id for one in api.accounts.all()}:
        raise NotFoundError(f"There is no account {asked.account} in the {api.environment} environment")
    return LogFilter(asked.level, asked.component, asked.account, asked.request_id)


def _written(page: Sequence[NumberedLine]) -> str:
    return "".join(f"{json.dumps(shape.line(one), ensure_ascii=False)}\n" for one in page)
