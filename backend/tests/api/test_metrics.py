"""/metrics: for this machine or with the token; the same names in the answer, in the guide and on the board."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any, Final, get_args

import pytest
from prometheus_client.parser import text_string_to_metric_families

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.config import PROJECT_ROOT
from backend.core.model.alerts import AlertKind
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.database_places import NAME, lose_database

TOKEN: Final = "a-token-of-forty-characters-for-metrics-1"
MONITORING: Final = PROJECT_ROOT / "deploy" / "monitoring"
ONLY_WHILE_USED: Final = frozenset({f"portfolio_exchange_{one}" for one in ("weight_used", "weight_limit", "silent")})
METRIC: Final = re.compile(r"\bportfolio_[a-z0-9_]+")


def read(api: Api) -> dict[str, dict[tuple[str, ...], float]]:
    """Values by name and labels (in the order of their names)."""
    answer = api.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            assert labels not in found.setdefault(sample.name, {}), sample
            found[sample.name][labels] = sample.value
    return found


@pytest.fixture
def guarded(installation: Installation) -> Api:
    """The same services with a token."""
    services: ApiServices = installation.api.app.extensions["portfolio"]
    return Api(create_app(replace(services, metrics_token=TOKEN)), installation.api.contract)


def test_what_is_told_agrees_with_the_api(installation: Installation) -> None:
    installation.settled()
    api = installation.api
    metrics = read(api)
    nav: Any = api.read("/api/portfolio/nav")
    (account,) = {wallet["account"] for wallet in nav["wallets"]}
    overview: Any = api.read("/api/portfolio/overview")
    (name,) = [one["name"] for one in overview["accounts"]]
    key = (name, str(account))
    assert metrics["portfolio_nav"] == {(*key, "USDT"): pytest.approx(float(overview["total_value_usd"]))}
    assert metrics["portfolio_nav_complete"] == {key: 1.0}
    assert metrics["portfolio_sync_lag_seconds"][key] >= 0
    assert metrics["portfolio_sync_failures"] == {key: 0.0}
    tracking: Any = api.read("/api/performance/stats")["tracking"]
    assert metrics["portfolio_snapshot_gaps"] == {key: tracking["missing"]}
    assert metrics["portfolio_build_info"] == {("simulator", api.read("/health")["version"]): 1.0}
    assert metrics["portfolio_kill_switch"] == {(): 0.0}
    assert metrics["portfolio_orders"]["filled",] == 0.0
    worked = api.read("/health")["refreshes_24h"]["worked"]
    assert metrics["portfolio_refreshes_24h"] == {("worked",): worked, ("failed",): 0.0}
    for one in ("database_up", "database_writable", "schema_current", "collector_lease_held"):
        assert metrics[f"portfolio_{one}"] == {(): 1.0}
    severities = [item["severity"] for item in overview["attention"]]
    assert metrics["portfolio_alerts"] == {(one,): severities.count(one) for one in ("danger", "warn", "info")}


def test_alerts_are_told_by_kind_with_those_of_which_there_is_none(installation: Installation) -> None:
    installation.settled()
    listed: Any = installation.api.read("/api/alerts?limit=200")
    metrics = read(installation.api)
    for name, alerts in (
        ("portfolio_alerts_listed", listed["items"]),
        ("portfolio_alerts_unread", [one for one in listed["items"] if not one["read"]]),
    ):
        counted = Counter(one["kind"] for one in alerts)
        assert metrics[name] == {(kind,): counted[kind] for kind in get_args(AlertKind)}
    assert metrics["portfolio_alerts_firing"].keys() == metrics["portfolio_alerts_listed"].keys()


def test_requests_are_measured_by_route(installation: Installation) -> None:
    installation.settled()
    known = read(installation.api)
    before = known["portfolio_http_requests_total"].get(("GET", "/api/portfolio/nav", "200"), 0)
    # Of every status.
    measured = known["portfolio_http_request_duration_seconds_count"].get(("GET", "/api/portfolio/nav"), 0)
    installation.api.read("/api/portfolio/nav")
    installation.api.read("/api/portfolio/nav")
    metrics = read(installation.api)
    assert metrics["portfolio_http_requests_total"]["GET", "/api/portfolio/nav", "200"] == before + 2
    assert metrics["portfolio_http_request_duration_seconds_count"]["GET", "/api/portfolio/nav"] == measured + 2
    assert metrics["portfolio_http_request_duration_seconds_sum"]["GET", "/api/portfolio/nav"] > 0


@pytest.mark.parametrize(
    ("environ", "headers", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, {}, 200),
        ({"REMOTE_ADDR": "::1"}, {"Host": "[::1]:5000"}, 200),
        ({"REMOTE_ADDR": "192.168.1.7"}, {}, 401),
        ({"REMOTE_ADDR": ""}, {}, 401),
        # Through a proxy of this machine somebody else asks.
        ({"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "192.168.1.7"}, 401),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"X-Real-IP": "192.168.1.7"}, 401),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"Host": "192.168.1.2"}, 401),
        ({"REMOTE_ADDR": "192.168.1.7"}, {"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"Authorization": f"bearer {TOKEN}", "X-Forwarded-For": "1.2.3.4"}, 200),
        ({"REMOTE_ADDR": "192.168.1.7"}, {"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"REMOTE_ADDR": "192.168.1.7"}, {"Authorization": "Bearer "}, 401),
        ({"REMOTE_ADDR": "192.168.1.7"}, {"Authorization": f"Basic {TOKEN}"}, 401),
        ({"REMOTE_ADDR": "192.168.1.7"}, {"Authorization": "Bearer t\xf6ken"}, 401),
    ],
)
def test_only_this_machine_and_who_has_the_token_is_answered(
    guarded: Api, environ: dict[str, str], headers: dict[str, str], status: int
) -> None:
    answer = guarded.get("/metrics", environ_base=environ, headers=headers)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")


def test_without_a_token_no_token_is_good(installation: Installation) -> None:
    for given in ("", "None", "x"):
        answer = installation.api.get(
            "/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"}, headers={"Authorization": f"Bearer {given}"}
        )
        assert answer.status_code == 401


def test_without_the_database_it_says_so_and_tells_what_it_can(
    empty: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.container.engine.dispose()
    lose_database(empty.container.settings.data_dir / NAME)
    metrics = read(empty.api)
    assert (metrics["portfolio_database_up"], metrics["portfolio_database_writable"]) == ({(): 0.0}, {(): 0.0})
    assert "portfolio_nav" not in metrics
    assert metrics["portfolio_log_lines_dropped_total"] == {(): 0.0}


def documented() -> set[str]:
    """The names of the table in the guide."""
    guide = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return {found[1] for found in re.finditer(r"^\| `(portfolio_[a-z0-9_]+)`", guide, re.MULTILINE)}


def test_the_guide_names_exactly_the_metrics_there_are(installation: Installation) -> None:
    installation.settled()
    installation.api.read("/api/portfolio/nav")
    own = {
        re.sub(r"_(bucket|sum|count)$", "", name) for name in read(installation.api) if name.startswith("portfolio_")
    }
    assert own | ONLY_WHILE_USED == documented()


def test_the_board_and_the_rules_are_whole_and_ask_for_metrics_that_exist() -> None:
    board = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    expressions = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    assert len(expressions) >= 12
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)
    assert all(panel["title"] and panel["gridPos"]["w"] <= 24 for panel in board["panels"])
    rules = (MONITORING / "alerts.yml").read_text(encoding="utf-8")
    asked = {name for text in (*expressions, rules) for name in METRIC.findall(text)}
    known = documented() | {f"portfolio_http_request_duration_seconds_{one}" for one in ("bucket", "sum", "count")}
    assert asked - known == set()
    assert {"portfolio_nav", "portfolio_sync_lag_seconds", "portfolio_snapshot_gaps", "portfolio_alerts"} <= asked


def test_the_scrape_example_asks_where_the_program_answers() -> None:
    example = (MONITORING / "prometheus.yml").read_text(encoding="utf-8")
    assert "metrics_path: /metrics" in example
    assert "127.0.0.1:5000" in example
    assert "alerts.yml" in example
