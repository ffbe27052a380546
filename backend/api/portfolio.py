"""/api/portfolio: what is held and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.overview import overview
from backend.api.schemas.common import AccountQuery, DisplayQuery
from backend.api.schemas.portfolio import BalancesOut, ConnectionOut, NavOut, OverviewOut, RefreshOut, RefreshQuery
from backend.api.shapes import portfolio as shape
from backend.api.writes import idempotent, json_answer

if TYPE_CHECKING:
    from flask import Response

portfolio = APIBlueprint("portfolio", __name__, url_prefix="/api/portfolio", tag="Portfolio")
FORCE_EVERY_S = 5.0


@portfolio.get("/balances")
@portfolio.input(DisplayQuery, location="query")
@portfolio.output(BalancesOut)
@portfolio.doc(summary="Current balances, valued", responses=[404, 422])
def get_balances(query_data: DisplayQuery) -> Response:
    account, currency = query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        shown = api.portfolio.balances(account) if currency is None else api.display.balances(account, currency)
        wanted = api.rebalancing.allocation_of(shown, account)
        return shape.balances(shown, api.settings.hidden(account, shown), wanted)

    return send(services().cache.get(("balances", account, currency), draft))


@portfolio.get("/overview")
@portfolio.input(DisplayQuery, location="query")
@portfolio.output(OverviewOut)
@portfolio.doc(summary="Total value, profit and what needs attention", responses=[404, 422])
def get_overview(query_data: DisplayQuery) -> Response:
    account, currency = query_data.account, query_data.display
    if currency is None:
        return overview(account)

    def draft() -> Draft:
        return shape.overview(services().display.overview(account, currency))

    return send(services().cache.get(("overview", account, currency), draft, heavy=True))


@portfolio.get("/nav")
@portfolio.input(DisplayQuery, location="query")
@portfolio.output(NavOut)
@portfolio.doc(summary="Net asset value by wallet", responses=[404, 422])
def get_nav(query_data: DisplayQuery) -> Response:
    account, currency = query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        return shape.nav(
            api.portfolio.balances(account) if currency is None else api.display.balances(account, currency)
        )

    return send(services().cache.get(("nav", account, currency), draft))


@portfolio.post("/refresh")
@portfolio.input(RefreshQuery, location="query")
@portfolio.output(RefreshOut, status_code=202)
@portfolio.doc(summary="The balances at hand; starts a refresh", responses=[404, 422, 429, 503])
@idempotent
def post_refresh(query_data: RefreshQuery) -> Response:
    api = services()
    if query_data.force:
        api.jobs.throttle("refresh", FORCE_EVERY_S)
    job_id = api.jobs.submit("refresh", query_data.account, {})
    if query_data.force:
        api.jobs.wait(job_id, api.job_timeout_s)
        api.feed.catch_up()
    shown = api.portfolio.balances(query_data.account)
    wanted = api.rebalancing.allocation_of(shown, query_data.account)
    body = shape.balances(shown, api.settings.hidden(query_data.account, shown), wanted).body
    return json_answer(body | {"job_id": job_id, "refreshed": query_data.force}, 202)


@portfolio.get("/connection/test")
@portfolio.input(AccountQuery, location="query")
@portfolio.output(ConnectionOut)
@portfolio.doc(summary="Call the exchange with the account's key", responses=[404, 422, 429, 503])
def get_connection_test(query_data: AccountQuery) -> Response:
    api = services()
    api.portfolio.balances(query_data.account)  # an account that does not exist is not one without a key
    job_id = api.jobs.submit("connection_test", query_data.account, {})
    job = api.jobs.wait(job_id, api.job_timeout_s)
    return json_answer(dict(job.result))
