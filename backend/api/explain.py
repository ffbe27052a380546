"""/api/performance/explain: any figure, opened to its formula and its rows."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint
from flask import Response

from backend.api.answers import READ_HEADERS, Draft, send
from backend.api.deps import services
from backend.api.schemas import explain as schemas
from backend.api.shapes import explain as shape
from backend.api.shapes.export import as_csv
from backend.core.calendar_periods import calendar_period
from backend.core.errors import BadInputError
from backend.core.explain.book import Question
from backend.core.explain.spans import Instants, Span
from backend.core.ledger.lots import Method
from backend.core.model.instants import to_ms

if TYPE_CHECKING:
    from backend.core.explain.model import Explained

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
                span=_span(asked),
                account=asked.account,
                benchmark=asked.of == "benchmark",
                currency=asked.display,
                asset=asked.asset,
                positions=() if asked.position is None else tuple(asked.position.split(",")),
                method=Method(asked.method),
                number=asked.number,
                day_ms=_day_ms(asked),
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


def _span(asked: schemas.ExplainQuery) -> Span:
    """The time that is asked about.

    Raises:
        BadInputError: two times at once, half a time, or an instant without its zone.
    """
    ends = (asked.from_, asked.to)
    told = [name for name, one in (("month", asked.month), ("year", asked.year), ("from", asked.from_)) if one]
    if len(told) + (asked.days > 0) > 1:
        raise BadInputError("One of days, month, year, or from and to", told[0])
    if (asked.from_ is None) is not (asked.to is None):
        raise BadInputError("from and to come together", "to" if asked.to is None else "from")
    period = asked.month or asked.year
    if period is not None:
        return calendar_period(period)
    start, end = ends
    return asked.days if start is None or end is None else Instants(to_ms(start), to_ms(end))


def _day_ms(asked: schemas.ExplainQuery) -> int | None:
    return None if asked.date is None else to_ms(datetime.combine(asked.date, time(), UTC))
