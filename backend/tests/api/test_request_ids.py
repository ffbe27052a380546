"""Each answer carries the id of its request, whoever gives it; one that a proxy sent is taken if well-formed."""

from __future__ import annotations

import pytest

from backend.api.request_layer import REQUESTS
from backend.api.request_metrics import RequestMetrics
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation, with_dashboard

KEPT = "/api/portfolio/overview"
FILE = "/assets/main-1a2b.js"


def told(api: Api) -> dict[tuple[str, str, str], float]:
    """Requests counted so far, by route, method and status."""
    metrics: RequestMetrics = api.app.extensions[REQUESTS]
    return {
        (one.labels["route"], one.labels["method"], one.labels["status"]): one.value
        for family in metrics.registry.collect()
        for one in family.samples
        if one.name == "portfolio_http_requests_total"
    }


@pytest.mark.parametrize("path", [KEPT, FILE, "/absent", "/api/portfolio/nav?limit=x", "/health"])
def test_a_well_formed_id_is_sent_back_by_everything_that_answers(empty: Installation, path: str) -> None:
    client = empty.api.app.test_client()
    for attempt in range(3):  # the first from the application, further ones from memory
        given = f"proxy-{attempt}.{'x' * 20}_1"
        assert client.get(path, headers={"X-Request-ID": given}).headers.getlist("X-Request-Id") == [given]
    own = {client.get(path).headers["X-Request-Id"] for _ in range(3)}
    assert len(own) == 3


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with space 1", 'quoted"12345', "-leading-dash", "sémantique-1", "a;b;c;d;e;f;g"]
)
def test_what_is_not_well_formed_is_not_taken(empty: Installation, given: str) -> None:
    answer = empty.api.get(KEPT, headers={"X-Request-ID": given.encode().decode("latin-1")})
    assert answer.headers["X-Request-Id"] != given


def test_a_name_that_is_not_ours_gets_an_id_too(empty: Installation) -> None:
    answer = empty.api.app.test_client().get("/", headers={"Host": "evil.example", "X-Request-ID": "given-12345"})
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (403, "given-12345")


def test_requests_are_counted_by_route_also_those_that_are_answered_before_flask(empty: Installation) -> None:
    api = with_dashboard(empty.api.app, empty.api.app.extensions["portfolio"].dashboard)
    client = api.app.test_client()
    for _ in range(3):
        client.get(KEPT)
        client.get(FILE)
        client.get("/api/accounts/12345")
        client.get("/api/absent/12345")
    client.open(KEPT, method="BREW")
    counted = told(api)
    assert counted[KEPT, "GET", "200"] == 3
    assert counted["file", "GET", "200"] == 2  # the first came from the application
    assert counted["/<page:path>", "GET", "200"] == 1
    assert not any("12345" in route for route, _, _ in counted)
    assert sum(count for (_, method, _), count in counted.items() if method == "other") == 1
