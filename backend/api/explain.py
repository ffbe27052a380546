"""/api/performance/explain: any figure, opened to its formula and its rows."""

from __future__ import annotations

from typing import Any, Final

from apiflask import APIBlueprint
from flask import Response

from backend.api.answers import READ_HEADERS, Draft, send
from backend.api.deps import services
from backend.api.schemas import explain as schemas
from backend.api.shapes import explain as shape
from backend.api.shapes.export import as_csv
from backend.core.explain.book import Question
from backend.core.explain.model import Explained
from backend.core.ledger.lots import Method

explain = APIBlueprint("explain", __name__, url_prefix="/api/performance", tag="Performance")
ANSWERS: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
    404: {"description": "There is no such account"},
    422: {"description": "A parameter cannot be used"},
}


@explain.get("/explain")
@explain.input(schemas.ExplainQuery, location="query")
@explain.output(schemas.ExplainOut)
@explain.doc(summary="How a figure was made: formula, linked sub-periods, rows, gaps", responses=ANSWERS)
def get_explain(query_data: schemas.ExplainQuery) -> Response:
    asked = query_data

    def found() -> Explained:
        return services().explain.explain(
            Question(
                metric=asked.metric,
                days=asked.days,
                account=asked.account,
                benchmark=asked.of == "benchmark",
                currency=asked.display,
                asset=asked.asset,
                positions=() if asked.position is None else tuple(asked.position.split(",")),
                method=Method(asked.method),
            )
        )

    if asked.format == "csv":
        file = shape.explained_file(found(), asked)
        answer = Response(as_csv(file), mimetype="text/csv")
        answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}.csv"'
        answer.headers.extend(READ_HEADERS)
        return answer

    def draft() -> Draft:
        return shape.explained(found(), asked)

    return send(services().cache.get(("explain", asked.model_dump_json()), draft))
