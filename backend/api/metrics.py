"""/metrics: what a Prometheus server asks for, again and again. For this machine, or with METRICS_TOKEN."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint
from flask import Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, ProcessCollector, generate_latest
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from backend.api.deps import services
from backend.api.host_guard import is_loopback_name
from backend.api.request_layer import REQUESTS
from backend.api.schemas.common import NoQuery
from backend.api.shapes.metrics import families
from backend.core.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from backend.api.request_metrics import RequestMetrics
    from backend.core.metrics_book import ProgramMetrics
    from backend.core.model.request_budget import LimitUse

metrics = APIBlueprint("metrics", __name__, tag="System")
# What a proxy adds: who asks through one is not on this machine, though the proxy is.
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
TEXT: Final = "text/plain"
ANSWERS: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {"description": "Metrics in Prometheus' text format", "content": {TEXT: {"schema": {"type": "string"}}}},
    401: {"description": "Not from this machine, and without the token of METRICS_TOKEN"},
}


@metrics.get("/metrics")
@metrics.input(NoQuery, location="query")
@metrics.doc(
    summary="Metrics for Prometheus, for this machine or with the token of METRICS_TOKEN (docs/operations.md)",
    responses=ANSWERS,
)
def get_metrics(query_data: NoQuery) -> Response:
    if not (_from_this_machine() or _has_token()):
        raise Unauthorized(
            "Metrics are for this machine, or for who sends METRICS_TOKEN as a bearer token",
            www_authenticate=WWWAuthenticate("bearer"),
        )
    requests: RequestMetrics = current_app.extensions[REQUESTS]
    answer = Response(generate_latest(_Everything(requests.registry)), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class _Everything(CollectorRegistry):
    """What is counted in this process, and what is read at this moment."""

    def __init__(self, counted: CollectorRegistry) -> None:
        super().__init__(auto_describe=False)
        self._counted = counted
        ProcessCollector(registry=self)

    def collect(self) -> Iterator[Metric]:
        yield from super().collect()
        yield from self._counted.collect()
        api = services()
        program: ProgramMetrics | None = None
        limits: Sequence[LimitUse] = ()
        switch_on: bool | None = None
        with suppress(DatabaseUnavailableError):
            limits, switch_on = api.limits(), api.rights.state().on
            program = api.metrics.read()
        yield from families(
            program, limits, switch_on, api.checks.look(), api.log_memory, api.environment, api.reporting_currency
        )


def _from_this_machine() -> bool:
    try:
        host = request.host
    except ValueError:
        return False
    asked = is_loopback_name(request.remote_addr or "") and is_loopback_name(host)
    return asked and not any(name in request.headers for name in FORWARDED)


def _has_token() -> bool:
    token = services().metrics_token
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
