"""/api/performance: risk figures, drawdowns and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import risk as schemas
from backend.api.shapes import risk as shape
from backend.core.ledger.lots import Method

if TYPE_CHECKING:
    from flask import Response

risk = APIBlueprint("risk", __name__, url_prefix="/api/performance", tag="Performance")


@risk.get("/risk")
@risk.input(schemas.RiskQuery, location="query")
@risk.output(schemas.RiskOut)
@risk.doc(summary="Risk figures of a window, beside those of the benchmark", responses=[404, 422])
def get_risk(query_data: schemas.RiskQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        api = services()
        in_reporting = asked.display in (None, api.reporting_currency)
        return shape.risk(
            api.risk.risk(asked.days, asked.account, asked.display),
            api.profits.round_trips(asked.days, Method(asked.method), asked.account),
            in_reporting,
        )

    return send(services().cache.get(("risk", asked.model_dump_json()), draft, heavy=True))


@risk.get("/drawdowns")
@risk.input(schemas.DrawdownsQuery, location="query")
@risk.output(schemas.DrawdownsOut)
@risk.doc(summary="The deepest falls below a peak, the deepest first", responses=[404, 422])
def get_drawdowns(query_data: schemas.DrawdownsQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        return shape.drawdowns(services().risk.drawdowns(asked.days, asked.limit, asked.account, asked.display))

    return send(services().cache.get(("drawdowns", asked.model_dump_json()), draft, heavy=True))


@risk.get("/daily")
@risk.input(schemas.DailyQuery, location="query")
@risk.output(schemas.DailyOut)
@risk.doc(summary="Days: average and closing value beside the benchmark, and how both stand now", responses=[404, 422])
def get_daily(query_data: schemas.DailyQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        return shape.daily(services().daily.daily(asked.days, asked.account, asked.display))

    return send(services().cache.get(("daily", asked.model_dump_json()), draft, heavy=True))
