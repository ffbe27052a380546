"""What the user says of a change that nothing explains, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import (
    KEY,
    NOON,
    READY_WITHIN_S,
    UNSETTLED,
    Installation,
    open_history,
    simulator_settings,
)
from backend.tests.simulator.harness import SimulatorProcess

FLOWS = "/api/performance/cashflows"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An account that was given 25 ADA for a reason that no report tells."""
    folder = tmp_path_factory.mktemp("decisions")
    with SimulatorProcess(folder / "exchange", ["--start-time", NOON]) as process:
        open_history(process, days=10, flows=4)
        with Installation(simulator_settings(process.url, folder), folder) as running:
            running.settled()
            # Income of the funding wallet stands in no history.
            gift = {"kind": "gift", "asset": "ADA", "amount": "25", "wallet": "funding"}
            process.control("/sim/reward", {"api_key": KEY, **gift})
            running.refresh()
            recomputed(running)
            yield running


def recomputed(running: Installation) -> Any:
    """Wait until the returns are computed; returns the overview. Profit is not split while something is unexplained."""
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        overview = running.api.read("/api/portfolio/overview")
        if not {item["kind"] for item in overview["attention"]} & UNSETTLED:
            return overview
        assert time.monotonic() < deadline
        running.container.feed.after(running.container.feed.revision, 0.5)


@pytest.fixture
def api(changed: Installation) -> Iterator[Api]:
    """The installation with nothing decided."""
    yield changed.api
    decide(changed.api, None)
    recomputed(changed)


def unexplained(api: Api) -> Any:
    (row,) = (row for row in api.read(FLOWS, limit=1000)["items"] if row["decided"] or row["status"] == "to_confirm")
    return row


def decide(api: Api, decision: str | None, **headers: str) -> Any:
    path = f"{FLOWS}/{unexplained(api)['id']}/decision"
    answer = api.post(path, json={"decision": decision}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json


def net_deposits(api: Api) -> Decimal:
    return Decimal(api.read(FLOWS)["totals"]["net_usd"])


def test_it_waits_and_counts_until_the_user_decides(api: Api) -> None:
    row = unexplained(api)
    assert (row["asset"], row["quantity"], row["status"], row["decided"]) == ("ADA", "25", "to_confirm", False)
    assert api.read(FLOWS)["totals"]["reason"] == "unexplained_change"


def test_confirmed_it_counts_without_doubt(api: Api, changed: Installation) -> None:
    before = net_deposits(api)
    item = decide(api, "flow")["item"]
    assert item["decided"] is True
    recomputed(changed)
    assert (unexplained(api)["status"], net_deposits(api)) == ("exact", before)
    assert api.read(FLOWS)["totals"]["status"] == "exact"


def test_set_aside_it_is_listed_and_counts_in_no_sum(api: Api, changed: Installation) -> None:
    before, profit = net_deposits(api), Decimal(api.read("/api/portfolio/overview")["total_pnl_usd"])
    decide(api, "not_flow")
    overview = recomputed(changed)
    row = unexplained(api)
    assert (row["status"], row["decided"]) == ("not_flow", True)
    assert net_deposits(api) == before - Decimal(row["amount_usd"])
    assert Decimal(overview["total_pnl_usd"]) == profit + Decimal(row["amount_usd"])
    assert api.read("/api/performance/twr-history?days=0")["flows"][-1]["t"] != row["timestamp"]


def test_a_decision_is_taken_back(api: Api, changed: Installation) -> None:
    before = net_deposits(api)
    decide(api, "not_flow")
    decide(api, None)
    recomputed(changed)
    assert (unexplained(api)["status"], net_deposits(api)) == ("to_confirm", before)


def test_the_same_key_decides_once(api: Api) -> None:
    key = {"Idempotency-Key": "decide-once"}
    assert decide(api, "flow", **key) == decide(api, "flow", **key)


def test_what_the_exchange_reported_is_not_for_the_user_to_decide(api: Api) -> None:
    told = next(row for row in api.read(FLOWS, limit=1000)["items"] if row["status"] == "exact" and not row["decided"])
    assert api.post(f"{FLOWS}/{told['id']}/decision", json={"decision": "flow"}).status_code == 403


@pytest.mark.parametrize("body", [{}, {"decision": "maybe"}, {"decision": "flow", "note": "x"}])
def test_another_answer_is_refused(api: Api, body: dict[str, str]) -> None:
    answer = api.post(f"{FLOWS}/{unexplained(api)['id']}/decision", json=body)
    assert field_errors(answer) <= {"decision", "note"}


@pytest.mark.parametrize("number", ["999999", "99999999999999999999"])
def test_a_flow_that_is_not_there_is_not_found(api: Api, number: str) -> None:
    assert api.post(f"{FLOWS}/{number}/decision", json={"decision": "flow"}).status_code == 404
