"""/api/rebalancing/backtest: rules tried on prices of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import backtests as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import backtests as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import NotFoundError

if TYPE_CHECKING:
    from flask import Response

backtests = APIBlueprint("backtests", __name__, url_prefix="/api/rebalancing", tag="Rebalancing")
# It changes without a new revision of the data, while it is computed.
AT_ONCE_S = 0.0


@backtests.post("/backtest")
@backtests.input(NoQuery, location="query")
@backtests.input(schemas.BacktestIn)
@backtests.output(schemas.BacktestStarted, status_code=202)
@backtests.doc(summary="Try rebalancing rules on prices of the past, in the background", responses=[404, 409, 422, 503])
@idempotent
def post_backtest(query_data: NoQuery, json_data: schemas.BacktestIn) -> Response:
    book = services().backtests
    return json_answer({"job_id": book.start(shape.request_of(json_data, book.base_asset))}, 202)


@backtests.get("/backtests")
@backtests.input(schemas.BacktestListQuery, location="query")
@backtests.output(schemas.BacktestListOut)
@backtests.doc(summary="The newest backtests", responses=[422])
def get_backtests(query_data: schemas.BacktestListQuery) -> Response:
    limit = query_data.limit

    def draft() -> Draft:
        return Draft({"items": [shape.row(one) for one in services().backtests.newest(limit)]}, AT_ONCE_S)

    return send(services().cache.get(("backtests", limit), draft))


@backtests.get("/backtest/<int:job_id>")
@backtests.input(NoQuery, location="query")
@backtests.output(schemas.BacktestOut)
@backtests.doc(summary="How far a backtest is, and what came of it so far", responses=[404, 422])
def get_backtest(job_id: int, query_data: NoQuery) -> Response:
    def draft() -> Draft:
        book = services().backtests
        return Draft(shape.backtest(book.view(_number(job_id)), book.base_asset), AT_ONCE_S)

    return send(services().cache.get(("backtest", job_id), draft))


@backtests.delete("/backtest/<int:job_id>")
@backtests.input(NoQuery, location="query")
@backtests.output(schemas.BacktestOut)
@backtests.doc(summary="Cancel a backtest; what it found so far stays", responses=[404, 409, 422, 503])
@idempotent
def delete_backtest(job_id: int, query_data: NoQuery) -> Response:
    book = services().backtests
    return json_answer(shape.backtest(book.cancel(_number(job_id)), book.base_asset))


def _number(job_id: int) -> int:
    if job_id > MAX_ID:
        raise NotFoundError(f"There is no backtest {job_id}")
    return job_id
