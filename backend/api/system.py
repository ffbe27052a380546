"""/health, the demo's controls, and the description of the API itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint
from flask import Response, current_app, json, render_template

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.gate import is_stranger
from backend.api.schemas.common import NoQuery
from backend.api.schemas.system import DemoActionIn, DemoActionOut, HealthOut, LatenciesOut, LogsOut, LogsQuery
from backend.api.shapes import system as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import DatabaseUnavailableError, NotFoundError

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

system = APIBlueprint(
    "system",
    __name__,
    tag="System",
    template_folder="templates",
    static_folder="static",
    static_url_path="/api-docs/page",
)
STARTED: Final = "portfolio.started_ms"
# The last hour moves on without news, too.
LATENCIES_STAND_S: Final = 30.0
DOWN: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    503: {
        "description": "Pages cannot be served",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HealthOut"}}},
    }
}


@system.record
def _remember_the_start(state: BlueprintSetupState) -> None:
    state.app.extensions[STARTED] = int(time.time() * 1000)


@system.get("/health")
@system.input(NoQuery, location="query")
@system.output(HealthOut)
@system.doc(summary="Whether the program works: 200 ok or degraded, 503 down", responses=DOWN)
def get_health(query_data: NoQuery) -> Response:
    api = services()
    pages = (api.dashboard / "index.html").is_file()
    started_ms: int = current_app.extensions[STARTED]
    before = time.perf_counter()
    try:
        view = api.portfolio.health()
        database_ms = (time.perf_counter() - before) * 1000
        limits, refreshes = api.limits(), api.tasks.refreshes()
        checks = api.checks.look()
    except DatabaseUnavailableError as error:
        # Nobody can sign in to be told; these words name no account.
        body = shape.health_down(api.environment, str(error), pages, started_ms)
    else:
        body = shape.health(view, pages, started_ms, database_ms, limits, refreshes, checks)
        if is_stranger():
            body = shape.without_words(body)
    return json_answer(body, 503 if body["status"] == "down" else 200)


@system.get("/api/logs")
@system.input(LogsQuery, location="query")
@system.output(LogsOut)
@system.doc(summary="What the collector's tasks did, newest first", responses=[404, 422])
def get_logs(query_data: LogsQuery) -> Response:
    api, asked = services(), query_data

    def draft() -> Draft:
        lines, cursor = api.tasks.lines(asked.level, asked.task, asked.account, asked.limit, asked.cursor)
        return Draft(shape.logs(api.environment, lines, cursor))

    return send(api.cache.get(("logs", asked.level, asked.task, asked.account, asked.limit, asked.cursor), draft))


@system.get("/api/logs/latency")
@system.input(NoQuery, location="query")
@system.output(LatenciesOut)
@system.doc(summary="How long refreshes, snapshots and the exchange's answers took in the last hour")
def get_latency(query_data: NoQuery) -> Response:
    api = services()

    def draft() -> Draft:
        return Draft(shape.latencies(api.environment, api.tasks.latencies()), LATENCIES_STAND_S)

    return send(api.cache.get("latency", draft))


@system.post("/api/demo/actions")
@system.input(NoQuery, location="query")
@system.input(DemoActionIn)
@system.output(DemoActionOut, status_code=202)
@system.doc(summary="Deposit, withdraw or move a price in the demo", tags=["Demo"], responses=[404, 422, 503])
@idempotent
def post_demo_action(query_data: NoQuery, json_data: DemoActionIn) -> Response:
    api = services()
    if not api.demo_controls:
        raise NotFoundError("The demo's controls exist in demo mode only")
    job_id = api.jobs.submit("demo_action", None, shape.demo_action(json_data))
    job = api.jobs.wait(job_id, api.job_timeout_s)
    api.feed.catch_up()
    return json_answer({"job_id": job_id, "detail": str(job.result["detail"])}, 202)


@system.get("/openapi.json")
@system.doc(hide=True)
def get_openapi() -> Response:
    return Response(json.dumps(current_app.spec), mimetype="application/json")  # type: ignore[attr-defined]  # APIFlask


@system.get("/docs")
@system.doc(hide=True)
def get_docs() -> str:
    return render_template("swagger.html")


@system.get("/redoc")
@system.doc(hide=True)
def get_redoc() -> str:
    return render_template("redoc.html")
