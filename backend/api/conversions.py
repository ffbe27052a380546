"""/api/rebalancing/convert and /conversions: one asset into another, with the journal of every run."""

from __future__ import annotations

from decimal import Decimal

from apiflask import APIBlueprint
from flask import Response

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.rebalancing import NO_ACCOUNT
from backend.api.runs import NOT_EXECUTED, begun_run
from backend.api.schemas import conversions as schemas
from backend.api.schemas.common import NoQuery
from backend.api.schemas.runs import RunsQuery
from backend.api.shapes import conversions as shape
from backend.api.writes import idempotent, json_answer, write_token
from backend.core.model.amounts import plain
from backend.core.model.rebalancing import MAKE_PLAN

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
    wish = {"from": json_data.given, "to": json_data.taken, "amount": plain(Decimal(json_data.amount))}
    asked = {"convert": wish, "request": write_token()}
    made = api.jobs.wait(api.jobs.submit(MAKE_PLAN, account, asked), api.job_timeout_s)
    plan = api.rebalancing.plan(str(made.result["plan_id"]))
    run_id = begun_run(plan.plan_id, plan.hash, json_data.dry_run, json_data.confirmation)
    return json_answer(shape.started(plan, run_id, json_data.dry_run), 202)


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
