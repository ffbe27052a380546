"""/api/rebalancing/convert and /conversions: one asset into another, with the journal of every run."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.rebalancing import NO_ACCOUNT, NO_PLAN
from backend.api.runs import NOT_EXECUTED, begun_run
from backend.api.schemas import conversions as schemas
from backend.api.schemas.common import NoQuery
from backend.api.schemas.runs import RunsQuery
from backend.api.shapes import conversions as shape
from backend.api.writes import idempotent, json_answer, write_token
from backend.core.model.amounts import plain
from backend.core.model.rebalancing import MAKE_PLAN, StoredPlan

if TYPE_CHECKING:
    from flask import Response

conversions = APIBlueprint("conversions", __name__, url_prefix="/api/rebalancing", tag="Rebalancing")


@conversions.post("/convert")
@conversions.input(NoQuery, location="query")
@conversions.input(schemas.ConvertIn)
@conversions.output(schemas.ConvertOut, status_code=202)
@conversions.doc(
    summary="Convert one asset into another, or (dry_run) record what would be sent",
    responses={404: NO_ACCOUNT, 409: NOT_EXECUTED},
)
@idempotent
def post_convert(query_data: NoQuery, json_data: schemas.ConvertIn) -> Response:
    api = services()
    account = api.rebalancing.account_to_plan(json_data.account)
    if not json_data.dry_run:
        api.conversions.confirm(account, json_data.confirmation)
    plan = _planned(account, json_data)
    run_id = begun_run(plan.plan_id, plan.hash, json_data.dry_run, json_data.confirmation)
    return json_answer(shape.started(plan, run_id, json_data.dry_run), 202)


@conversions.post("/convert/plan")
@conversions.input(NoQuery, location="query")
@conversions.input(schemas.ConvertPlanIn)
@conversions.output(schemas.ConvertPlanOut)
@conversions.doc(
    summary="What a conversion would give, order by order; executed as any plan, by its id and hash",
    responses={404: NO_ACCOUNT, 409: NO_PLAN},
)
@idempotent
def post_convert_plan(query_data: NoQuery, json_data: schemas.ConvertPlanIn) -> Response:
    account = services().rebalancing.account_to_plan(json_data.account)
    return json_answer(shape.planned(_planned(account, json_data)))


@conversions.get("/conversions")
@conversions.input(RunsQuery, location="query")
@conversions.output(schemas.ConversionsOut)
@conversions.doc(summary="Conversions, the newest first", responses=[404, 422])
def get_conversions(query_data: RunsQuery) -> Response:
    api, asked = services(), query_data

    def draft() -> Draft:
        return Draft(
            shape.conversions(*api.conversions.page(asked.account, asked.limit, asked.before), api.environment)
        )

    return send(api.cache.get(("conversions", asked.account, asked.limit, asked.before), draft))


def _planned(account: int, asked: schemas.ConvertPlanIn) -> StoredPlan:
    """Have the collector plan a conversion; what cannot be is raised here."""
    api = services()
    wish = {"from": asked.given, "to": asked.taken, "amount": plain(Decimal(asked.amount))}
    payload = {"convert": wish, "request": write_token()}
    made = api.jobs.wait(api.jobs.submit(MAKE_PLAN, account, payload), api.job_timeout_s)
    return api.rebalancing.plan(str(made.result["plan_id"]))
