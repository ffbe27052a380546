"""/api/rebalancing/automatic and /score: runs that begin by themselves, and what runs made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import strategies as schemas
from backend.api.schemas.common import MAX_ID, AccountQuery, NoQuery
from backend.api.schemas.runs import RunsQuery
from backend.api.shapes import strategies as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import NotFoundError

if TYPE_CHECKING:
    from flask import Response

strategies = APIBlueprint("strategies", __name__, url_prefix="/api/rebalancing", tag="Rebalancing")


@strategies.get("/automatic")
@strategies.input(AccountQuery, location="query")
@strategies.output(schemas.AutomaticOut)
@strategies.doc(summary="Automatic runs: when the next one is due, and what holds it", responses=[404, 422])
def get_automatic(query_data: AccountQuery) -> Response:
    return _automatic(query_data.account)


@strategies.put("/automatic")
@strategies.input(NoQuery, location="query")
@strategies.input(schemas.PauseIn)
@strategies.output(schemas.AutomaticOut)
@strategies.doc(summary="Have all automatic runs rest, or go on; going on begins none at once", responses=[422, 503])
@idempotent
def put_automatic(query_data: NoQuery, json_data: schemas.PauseIn) -> Response:
    api = services()
    api.strategies.set_pause(json_data.paused)
    api.feed.catch_up()
    return _automatic(None)


@strategies.get("/automatic/log")
@strategies.input(RunsQuery, location="query")
@strategies.output(schemas.DuesOut)
@strategies.doc(summary="Due automatic runs and what became of each, the newest first", responses=[404, 422])
def get_automatic_log(query_data: RunsQuery) -> Response:
    api, asked = services(), query_data

    def draft() -> Draft:
        found = api.strategies.dues(asked.account, asked.limit + 1, asked.before)
        return Draft(shape.dues(found, asked.limit, api.environment))

    return send(api.cache.get(("dues", asked.account, asked.limit, asked.before), draft))


@strategies.get("/score")
@strategies.input(AccountQuery, location="query")
@strategies.output(schemas.ScoresOut)
@strategies.doc(summary="What all runs made beside not having traded, after fees", responses=[404, 422])
def get_score(query_data: AccountQuery) -> Response:
    account = query_data.account

    def draft() -> Draft:
        view = services().scores.accounts(account)
        return Draft(shape.scores(view), view.basis.expires_s)

    return send(services().cache.get(("score", account), draft))


@strategies.get("/runs/<int:run_id>/score")
@strategies.input(NoQuery, location="query")
@strategies.output(schemas.RunScoreOut)
@strategies.doc(summary="What a run made beside not having traded: the lines that add up to it", responses=[404, 422])
def get_run_score(run_id: int, query_data: NoQuery) -> Response:
    if run_id > MAX_ID:
        raise NotFoundError("There is no such number")

    def draft() -> Draft:
        view = services().scores.run(run_id)
        return Draft(shape.run_score(view), view.basis.expires_s)

    return send(services().cache.get(("run-score", run_id), draft))


def _automatic(account: int | None) -> Response:
    # What is due changes by the clock alone: it is never kept.
    api = services()
    return json_answer(shape.automatic(api.strategies.automatic(account), api.environment))
