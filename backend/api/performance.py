"""/api/performance: how well it did, and the snapshots and cash flows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.recompute import still_recomputing
from backend.api.schemas import cash_flows as flows
from backend.api.schemas import performance as schemas
from backend.api.schemas.common import MAX_ID, AccountQuery, DisplayQuery, NoQuery
from backend.api.shapes import performance as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.instants import to_ms
from backend.core.model.jobs import RECOMPUTE
from backend.core.views import FlowChange

if TYPE_CHECKING:
    from flask import Response

performance = APIBlueprint("performance", __name__, url_prefix="/api/performance", tag="Performance")


def _days(days: int) -> int:
    if days > schemas.MAX_DAYS:
        raise BadInputError(f"days must be from 0 (everything) to {schemas.MAX_DAYS}", "days")
    return days


def _flow_id(flow_id: int) -> int:
    if flow_id > MAX_ID:
        raise NotFoundError("There is no such cash flow")
    return flow_id


@performance.get("/twr/<int:days>")
@performance.input(AccountQuery, location="query")
@performance.output(schemas.TwrOut)
@performance.doc(summary="Time-weighted return of the last days (0: total)", responses=[404, 422])
def get_twr(days: int, query_data: AccountQuery) -> Response:
    days = _days(days)

    def draft() -> Draft:
        return shape.twr(services().performance.window(days, query_data.account), days)

    return send(services().cache.get(("twr", days, query_data.account), draft))


@performance.get("/pnl/<int:days>")
@performance.input(AccountQuery, location="query")
@performance.output(schemas.PnlOut)
@performance.doc(summary="Profit of the last days (0: total)", responses=[404, 422])
def get_pnl(days: int, query_data: AccountQuery) -> Response:
    days = _days(days)

    def draft() -> Draft:
        return shape.pnl(services().performance.window(days, query_data.account), days)

    return send(services().cache.get(("pnl", days, query_data.account), draft))


@performance.get("/stats")
@performance.input(DisplayQuery, location="query")
@performance.output(schemas.StatsOut)
@performance.doc(summary="Tracking statistics and all windows", responses=[404, 422])
def get_stats(query_data: DisplayQuery) -> Response:
    account, currency = query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        return shape.stats(
            api.performance.statistics(account) if currency is None else api.display.statistics(account, currency),
            api.benchmarks.followed(account),
        )

    return send(services().cache.get(("stats", account, currency), draft, heavy=True))


@performance.get("/twr-history")
@performance.input(schemas.HistoryQuery, location="query")
@performance.output(schemas.TwrHistoryOut)
@performance.doc(summary="The growth of a window as chart points", responses=[404, 422])
def get_twr_history(query_data: schemas.HistoryQuery) -> Response:
    days, points, account, currency = query_data.days, query_data.points, query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        ready = api.charts.find(days, points, account, currency)
        if ready is not None:
            return shape.stored_history(*ready)
        return shape.history(
            api.performance.history(days, points, account)
            if currency is None
            else api.display.history(days, points, account, currency)
        )

    return send(services().cache.get(("history", days, points, account, currency), draft, heavy=True))


@performance.get("/monthly")
@performance.input(schemas.MonthlyQuery, location="query")
@performance.output(schemas.MonthlyOut)
@performance.doc(summary="Month-end values, returns and cash flows", responses=[404, 422])
def get_monthly(query_data: schemas.MonthlyQuery) -> Response:
    months, account, currency = query_data.months, query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        return shape.monthly(
            api.performance.monthly(months, account)
            if currency is None
            else api.display.monthly(months, account, currency)
        )

    return send(services().cache.get(("monthly", months, account, currency), draft, heavy=True))


@performance.get("/snapshots")
@performance.input(schemas.SnapshotsQuery, location="query")
@performance.output(schemas.SnapshotsOut)
@performance.doc(summary="Snapshots, newest first", responses=[404, 422])
def get_snapshots(query_data: schemas.SnapshotsQuery) -> Response:
    before = query_data.before
    if before is not None and before.tzinfo is None:
        raise BadInputError("before needs a zone, such as 2026-11-20T14:00:00Z", "before")
    before_ms = None if before is None else to_ms(before)
    key = ("snapshots", before_ms, query_data.limit, query_data.cursor, query_data.account)

    def draft() -> Draft:
        page = services().performance.snapshots(before_ms, query_data.limit, query_data.cursor, query_data.account)
        return shape.snapshots(page)

    return send(services().cache.get(key, draft))


@performance.post("/snapshots")
@performance.input(AccountQuery, location="query")
@performance.output(schemas.SnapshotCreatedOut, status_code=201)
@performance.doc(summary="Take a snapshot now", responses=[404, 409, 422, 429, 503])
@idempotent
def post_snapshot(query_data: AccountQuery) -> Response:
    api = services()
    api.performance.require_fresh(query_data.account)
    job_id = api.jobs.submit("snapshot", query_data.account, {})
    job = api.jobs.wait(job_id, api.job_timeout_s)
    api.feed.catch_up()
    page = api.performance.snapshots(int(job.result["at_ms"]), 1, None, query_data.account)
    return json_answer(shape.snapshot_created(page), 201)


@performance.get("/cashflows")
@performance.input(flows.CashFlowsQuery, location="query")
@performance.output(flows.CashFlowsOut)
@performance.doc(summary="Cash flows, newest first", responses=[404, 422])
def get_cash_flows(query_data: flows.CashFlowsQuery) -> Response:
    asked = (
        query_data.limit,
        query_data.cursor,
        query_data.type,
        query_data.q,
        query_data.account,
        query_data.waiting,
    )

    def draft() -> Draft:
        return shape.cash_flows(services().performance.cash_flows(*asked))

    return send(services().cache.get(("cashflows", *asked), draft))


@performance.post("/cashflows")
@performance.input(NoQuery, location="query")
@performance.input(flows.CashFlowIn)
@performance.output(flows.CashFlowChangedOut, status_code=201)
@performance.doc(summary="Record a deposit or withdrawal by hand", responses=[404, 409, 422, 503])
@idempotent
def post_cash_flow(query_data: NoQuery, json_data: flows.CashFlowIn) -> Response:
    change = services().performance.add_cash_flow(shape.new_flow(json_data), json_data.account)
    return json_answer(_settle(change), 201)


@performance.put("/cashflows/<int:flow_id>")
@performance.input(NoQuery, location="query")
@performance.input(flows.CashFlowChangeIn)
@performance.output(flows.CashFlowChangedOut)
@performance.doc(summary="Change a cash flow", responses=[403, 404, 409, 422, 503])
@idempotent
def put_cash_flow(flow_id: int, query_data: NoQuery, json_data: flows.CashFlowChangeIn) -> Response:
    change = services().performance.change_cash_flow(_flow_id(flow_id), shape.flow_change(json_data))
    return json_answer(_settle(change))


@performance.delete("/cashflows/<int:flow_id>")
@performance.input(NoQuery, location="query")
@performance.output(flows.CashFlowDeletedOut)
@performance.doc(summary="Delete a cash flow entered by hand", responses=[403, 404, 409, 503])
@idempotent
def delete_cash_flow(flow_id: int, query_data: NoQuery) -> Response:
    change = services().performance.delete_cash_flow(_flow_id(flow_id))
    return json_answer(_settle(change))


@performance.post("/cashflows/<int:flow_id>/decision")
@performance.input(NoQuery, location="query")
@performance.input(flows.CashFlowDecisionIn)
@performance.output(flows.CashFlowChangedOut)
@performance.doc(summary="Say whether an unexplained change was a cash flow", responses=[403, 404, 409, 422, 503])
@idempotent
def post_cash_flow_decision(flow_id: int, query_data: NoQuery, json_data: flows.CashFlowDecisionIn) -> Response:
    return json_answer(_settle(services().performance.decide(_flow_id(flow_id), json_data.decision)))


@performance.post("/cashflows/<int:flow_id>/move")
@performance.input(NoQuery, location="query")
@performance.input(flows.CashFlowMoveIn)
@performance.output(flows.CashFlowChangedOut)
@performance.doc(
    summary="Say whether two cash flows are one move between own accounts", responses=[403, 404, 409, 422, 503]
)
@idempotent
def post_cash_flow_move(flow_id: int, query_data: NoQuery, json_data: flows.CashFlowMoveIn) -> Response:
    change, other = services().performance.decide_move(_flow_id(flow_id), json_data.other, json_data.decision)
    # Costs of the one that received rest on those of the other: both are asked for, and this one is waited for.
    services().jobs.submit(RECOMPUTE, other.flow.account_id, {"from_ms": other.flow.at_ms})
    return json_answer(_settle(change))


@performance.post("/cashflows/<int:flow_id>/address")
@performance.input(NoQuery, location="query")
@performance.input(flows.CashFlowAddressIn)
@performance.output(flows.CashFlowChangedOut)
@performance.doc(summary="Say whether a deposit came from an own address", responses=[403, 404, 409, 422, 503])
@idempotent
def post_cash_flow_address(flow_id: int, query_data: NoQuery, json_data: flows.CashFlowAddressIn) -> Response:
    flow, changed = services().addresses.say_return(_flow_id(flow_id), json_data.decision, json_data.address)
    return json_answer(_settle(FlowChange(flow, changed.get(flow.account_id))))


def _settle(change: FlowChange) -> dict[str, object]:
    recomputing = still_recomputing(change.flow.account_id, change.recompute_from_ms)
    return shape.flow_changed(services().performance.flow_after(change), change, recomputing)
