"""/api/reports: a month or a year on one page, made to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import reports as schemas
from backend.api.schemas.common import AccountQuery
from backend.api.shapes import reports as shape
from backend.core.calendar_periods import calendar_period
from backend.core.ledger.lots import Method

if TYPE_CHECKING:
    from flask import Response

reports = APIBlueprint("reports", __name__, url_prefix="/api/reports", tag="Reports")


@reports.get("")
@reports.input(schemas.ReportQuery, location="query")
@reports.output(schemas.ReportOut)
@reports.doc(summary="A month or a year: returns, flows, risk, holdings, fees, best and worst", responses=[404, 422])
def get_report(query_data: schemas.ReportQuery) -> Response:
    asked = query_data

    def draft() -> Draft:
        period = calendar_period(asked.period)
        return shape.report(services().reports.report(period, Method(asked.method), asked.account, asked.display))

    return send(services().cache.get(("report", asked.model_dump_json()), draft))


@reports.get("/periods")
@reports.input(AccountQuery, location="query")
@reports.output(schemas.ReportPeriodsOut)
@reports.doc(summary="The months and years that a report can be made of", responses=[404, 422])
def get_periods(query_data: AccountQuery) -> Response:
    account = query_data.account

    def draft() -> Draft:
        return shape.periods(services().reports.periods(account))

    return send(services().cache.get(("report-periods", account), draft))
