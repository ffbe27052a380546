"""/api/rebalancing/execute, /runs and /kill-switch; /api/accounts/<id>/arm: what sends orders, and what stops it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import runs as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import runs as shape
from backend.api.shapes.accounts import armed
from backend.api.writes import idempotent, json_answer, write_token
from backend.core.errors import NotFoundError
from backend.core.model.runs import EXECUTE_RUN

if TYPE_CHECKING:
    from flask import Response

    from backend.core.trading_rights import Standing, SwitchView

WORDS_404 = "There is no such number"
NOT_EXECUTED = (
    "Why it is not executed: plan-expired, plan-changed, plan-used, plan-empty, price-moved, trading-disarmed, "
    "kill-switch, clock-apart, not-reconciled, run-active, needs-review, limit-symbol, limit-per-trade, limit-share, "
    "limit-per-run, limit-per-day, limit-slippage; or the Idempotency-Key is in use"
)
NOT_STOPPED = "run-over: it has ended; or the Idempotency-Key is in use"
FILE_HOLDS = "kill-switch: the file in the data folder still stops all sending; or the Idempotency-Key is in use"

runs = APIBlueprint("runs", __name__, url_prefix="/api/rebalancing", tag="Rebalancing")
arming = APIBlueprint("arming", __name__, url_prefix="/api/accounts", tag="Accounts")


@runs.post("/execute")
@runs.input(NoQuery, location="query")
@runs.input(schemas.ExecuteIn)
@runs.output(schemas.RunStartedOut, status_code=202)
@runs.doc(
    summary="Execute a plan, or (dry_run) record what would be sent",
    responses={404: "There is no such plan", 409: NOT_EXECUTED},
)
@idempotent
def post_execute(query_data: NoQuery, json_data: schemas.ExecuteIn) -> Response:
    api = services()
    run_id = begun_run(json_data.plan_id, json_data.hash, json_data.dry_run, json_data.confirmation)
    return json_answer({"environment": api.environment, "run_id": run_id, "dry_run": json_data.dry_run}, 202)


@runs.get("/runs")
@runs.input(schemas.RunListQuery, location="query")
@runs.output(schemas.RunsOut)
@runs.doc(summary="Runs, the newest first", responses=[404, 422])
def get_runs(query_data: schemas.RunListQuery) -> Response:
    api, asked = services(), query_data

    def draft() -> Draft:
        page = api.runs.page(asked.account, asked.limit, asked.before, asked.open)
        return Draft(shape.runs(*page, api.environment))

    return send(api.cache.get(("runs", asked.account, asked.limit, asked.before, asked.open), draft))


@runs.get("/runs/<int:run_id>")
@runs.input(NoQuery, location="query")
@runs.output(schemas.RunDetailOut)
@runs.doc(summary="A run with its orders: planned beside filled", responses=[404, 422])
def get_run(run_id: int, query_data: NoQuery) -> Response:
    api = services()
    _refuse_beyond(run_id)
    return send(api.cache.get(("run", run_id), lambda: Draft(shape.run_detail(api.runs.run(run_id)))))


@runs.post("/runs/<int:run_id>/stop")
@runs.input(NoQuery, location="query")
@runs.output(schemas.RunDetailOut)
@runs.doc(
    summary="Stop a run after the order under way; a run that needs review: it was reviewed",
    responses={404: WORDS_404, 409: NOT_STOPPED},
)
@idempotent
def post_stop(run_id: int, query_data: NoQuery) -> Response:
    api = services()
    _refuse_beyond(run_id)
    view = api.runs.stop(run_id)
    api.feed.catch_up()
    return json_answer(shape.run_detail(view))


@runs.get("/kill-switch")
@runs.input(NoQuery, location="query")
@runs.output(schemas.KillSwitchOut)
@runs.doc(summary="Whether orders may be sent at all", responses=[422])
def get_kill_switch(query_data: NoQuery) -> Response:
    # The file comes and goes without an event: it is looked for each time.
    return json_answer(shape.kill_switch(services().kill_switch.view(), services().environment))


@runs.post("/kill-switch")
@runs.input(NoQuery, location="query")
@runs.output(schemas.KillSwitchOut)
@runs.doc(summary="Stop all sending of orders; answers once no send can begin any more", responses=[422, 503])
@idempotent
def post_kill_switch(query_data: NoQuery) -> Response:
    return _switched(services().kill_switch.throw())


@runs.delete("/kill-switch")
@runs.input(NoQuery, location="query")
@runs.output(schemas.KillSwitchOut)
@runs.doc(summary="Let orders be sent again", responses={409: FILE_HOLDS})
@idempotent
def delete_kill_switch(query_data: NoQuery) -> Response:
    return _switched(services().kill_switch.lift())


@arming.post("/<int:account_id>/arm")
@arming.input(NoQuery, location="query")
@arming.input(schemas.ArmIn)
@arming.output(schemas.ArmedOut)
@arming.doc(summary="Let an account trade for some minutes", responses=[403, 404, 422, 503])
@idempotent
def post_arm(account_id: int, query_data: NoQuery, json_data: schemas.ArmIn) -> Response:
    _refuse_beyond(account_id)
    return _armed(account_id, services().rights.arm(account_id, json_data.minutes, json_data.confirmation))


@arming.post("/<int:account_id>/disarm")
@arming.input(NoQuery, location="query")
@arming.output(schemas.ArmedOut)
@arming.doc(summary="Let an account trade no more; a run under way sends nothing more", responses=[404, 422, 503])
@idempotent
def post_disarm(account_id: int, query_data: NoQuery) -> Response:
    _refuse_beyond(account_id)
    return _armed(account_id, services().rights.disarm(account_id))


def begun_run(plan_id: str, plan_hash: str, dry_run: bool, confirmation: str | None) -> int:
    """Have the collector begin the run of a plan; what it refuses is raised here."""
    api = services()
    payload = {
        "plan_id": plan_id,
        "hash": plan_hash,
        "dry_run": dry_run,
        "confirmation": confirmation,
        "source": "user",
        "request": write_token(),
        # After this nobody waits for it any more, and it is not begun.
        "until_machine_ms": round((time.time() + api.job_timeout_s) * 1000),
    }
    job = api.jobs.wait(api.jobs.submit(EXECUTE_RUN, None, payload), api.job_timeout_s)
    api.feed.catch_up()
    return int(job.result["run_id"])


def _switched(view: SwitchView) -> Response:
    services().feed.catch_up()
    return json_answer(shape.kill_switch(view, services().environment))


def _armed(account_id: int, standing: Standing) -> Response:
    services().feed.catch_up()
    return json_answer({"environment": services().environment, "id": account_id} | armed(standing))


def _refuse_beyond(number: int) -> None:
    if number > MAX_ID:
        raise NotFoundError(WORDS_404)
