"""/api/rebalancing/allocation, /settings and /plan: what is wanted, and what would be traded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import rebalancing as schemas
from backend.api.schemas.common import AccountQuery, NoQuery
from backend.api.shapes import rebalancing as shape
from backend.api.writes import idempotent, json_answer
from backend.core.model.amounts import plain
from backend.core.model.rebalancing import MAKE_PLAN
from backend.core.rebalancing.targets import check_percents

if TYPE_CHECKING:
    from flask import Response

    from backend.core.rebalancing_book import AllocationView, SettingsView

NO_ACCOUNT = "There is no such account"
# Codes of core.rebalancing.errors.
NO_PLAN = (
    "Why there is no plan: no-targets, unpriced-asset, empty-portfolio, base-asset-not-traded, account-without-key, "
    "plan-impossible, stale-data; or the Idempotency-Key is in use"
)

rebalancing = APIBlueprint("rebalancing", __name__, url_prefix="/api/rebalancing", tag="Rebalancing")


@rebalancing.get("/allocation")
@rebalancing.input(AccountQuery, location="query")
@rebalancing.output(schemas.AllocationOut)
@rebalancing.doc(summary="Target weights, and how far from them the portfolio is", responses=[404, 422])
def get_allocation(query_data: AccountQuery) -> Response:
    def draft() -> Draft:
        return shape.allocation(services().rebalancing.allocation(query_data.account))

    return send(services().cache.get(("allocation", query_data.account), draft))


@rebalancing.post("/allocation")
@rebalancing.input(AccountQuery, location="query")
@rebalancing.input(schemas.AllocationIn)
@rebalancing.output(schemas.AllocationOut)
@rebalancing.doc(summary="Set the target weights", responses=[404, 422, 503])
@idempotent
def post_allocation(query_data: AccountQuery, json_data: schemas.AllocationIn) -> Response:
    wanted = shape.percents_of(json_data.allocations)
    return _allocated(services().rebalancing.set_allocation(query_data.account, wanted))


@rebalancing.delete("/allocation")
@rebalancing.input(AccountQuery, location="query")
@rebalancing.output(schemas.AllocationOut)
@rebalancing.doc(summary="Forget an account's own target weights: those of all accounts count again", responses=[404])
@idempotent
def delete_allocation(query_data: AccountQuery) -> Response:
    return _allocated(services().rebalancing.forget_allocation(query_data.account))


@rebalancing.get("/settings")
@rebalancing.input(AccountQuery, location="query")
@rebalancing.output(schemas.RebalancingSettingsOut)
@rebalancing.doc(summary="How an account is rebalanced", responses=[404, 422])
def get_rebalancing_settings(query_data: AccountQuery) -> Response:
    return _settings(services().rebalancing.settings(query_data.account))


@rebalancing.put("/settings")
@rebalancing.input(AccountQuery, location="query")
@rebalancing.input(schemas.RebalancingSettingsIn)
@rebalancing.output(schemas.RebalancingSettingsOut)
@rebalancing.doc(summary="Set how an account is rebalanced; saving never trades", responses=[404, 422, 503])
@idempotent
def put_rebalancing_settings(query_data: AccountQuery, json_data: schemas.RebalancingSettingsIn) -> Response:
    limits = shape.changes_of(json_data.limits) if json_data.limits is not None else {}
    api = services()
    view = api.rebalancing.change_settings(query_data.account, shape.changes_of(json_data), limits)
    api.feed.catch_up()
    return _settings(view)


@rebalancing.post("/plan")
@rebalancing.input(NoQuery, location="query")
@rebalancing.input(schemas.PlanIn)
@rebalancing.output(schemas.PlanOut)
@rebalancing.doc(
    summary="Plan the orders that lead to the targets; nothing is sent", responses={404: NO_ACCOUNT, 409: NO_PLAN}
)
@idempotent
def post_plan(query_data: NoQuery, json_data: schemas.PlanIn) -> Response:
    api = services()
    account = api.rebalancing.account_to_plan(json_data.account)
    wanted = None if json_data.allocations is None else shape.percents_of(json_data.allocations)
    if wanted is not None:
        check_percents(wanted)
    payload = {
        "mode": json_data.mode,
        "amount_usd": json_data.amount_usd,
        "allocations": None if wanted is None else {asset: plain(share) for asset, share in wanted.items()},
    }
    job = api.jobs.wait(api.jobs.submit(MAKE_PLAN, account, payload), api.job_timeout_s)
    made = api.rebalancing.plan(str(job.result["plan_id"]))
    return json_answer(shape.plan(made, expired=False))


@rebalancing.get("/plan/<plan_id>")
@rebalancing.input(NoQuery, location="query")
@rebalancing.output(schemas.PlanOut)
@rebalancing.doc(summary="A plan as it was made", responses=[404, 422])
def get_plan(plan_id: str, query_data: NoQuery) -> Response:
    book = services().rebalancing
    found = book.plan(plan_id)
    return json_answer(shape.plan(found, book.expired(found)))


def _allocated(view: AllocationView) -> Response:
    # What is read next has it already.
    services().feed.catch_up()
    return json_answer(shape.allocation(view).body)


def _settings(view: SettingsView) -> Response:
    return json_answer(shape.settings(view, services().environment))
