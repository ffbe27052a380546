"""/api/performance/benchmark and compare, and /api/settings/benchmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import benchmark as schemas
from backend.api.schemas.common import NoQuery
from backend.api.shapes import benchmark as shape
from backend.api.writes import idempotent, json_answer
from backend.core.model.jobs import RECOMPUTE

if TYPE_CHECKING:
    from flask import Response

benchmark = APIBlueprint("benchmark", __name__, url_prefix="/api", tag="Performance")


@benchmark.get("/performance/benchmark")
@benchmark.input(schemas.BenchmarkQuery, location="query")
@benchmark.output(schemas.BenchmarkOut)
@benchmark.doc(summary="The benchmark of a window, and what holding only would have made", responses=[404, 422])
def get_benchmark(query_data: schemas.BenchmarkQuery) -> Response:
    days, account, currency = query_data.days, query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        view = api.benchmarks.view(days, account)
        return shape.benchmark(view if currency is None else api.display.benchmark(view, account, currency), days)

    return send(services().cache.get(("benchmark", days, account, currency), draft, heavy=True))


@benchmark.get("/performance/compare")
@benchmark.input(schemas.CompareQuery, location="query")
@benchmark.output(schemas.CompareOut)
@benchmark.doc(summary="Accounts side by side", responses=[404, 422])
def get_comparison(query_data: schemas.CompareQuery) -> Response:
    days, points = query_data.days, query_data.points
    accounts = [int(one) for one in query_data.accounts.split(",")] if query_data.accounts else []

    def draft() -> Draft:
        return shape.comparison(services().comparisons.compare(accounts, days, points), days)

    return send(services().cache.get(("compare", tuple(accounts), days, points), draft))


@benchmark.get("/settings/benchmark")
@benchmark.input(NoQuery, location="query")
@benchmark.output(schemas.BenchmarkSettingsOut)
@benchmark.doc(summary="What the benchmark is made of", tags=["Settings"], responses=[422])
def get_benchmark_settings(query_data: NoQuery) -> Response:
    return json_answer(shape.settings(services().benchmarks.choice()))


@benchmark.put("/settings/benchmark")
@benchmark.input(NoQuery, location="query")
@benchmark.input(schemas.BenchmarkSettingsIn)
@benchmark.output(schemas.BenchmarkSettingsOut)
@benchmark.doc(summary="Set what the benchmark is made of", tags=["Settings"], responses=[409, 422, 503])
@idempotent
def put_benchmark_settings(query_data: NoQuery, json_data: schemas.BenchmarkSettingsIn) -> Response:
    api = services()
    chosen = api.benchmarks.choose(shape.plan_of(json_data), shape.hold_since_of(json_data))
    if chosen.recomputing:
        # Not waited for: the answer says that figures are those of before.
        api.jobs.submit(RECOMPUTE, None, {})
    api.feed.catch_up()
    return json_answer(shape.settings(chosen))
