"""Cash flows of before anything is known of an account: said in words, in no sum, counted once a line tells of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.api.installation import Installation
from backend.tests.api.test_without_a_key import BOUGHT, history, imported, made, without_key
from backend.tests.simulator.harness import SimulatorProcess

OWN: Final = "Date,Type,Amount,Asset\n2026-01-05T10:00:00Z,deposit,100,USDT\n2026-01-06T10:00:00Z,deposit,0.01,BTC\n"
EARLIER: Final = BOUGHT.splitlines()[0] + "\n1,26-01-02 10:00:00,Spot,Deposit,BNB,2,\n"


def flows_of(running: Installation) -> dict[str, Any]:
    items = running.api.read("/api/performance/cashflows", limit=50)["items"]
    return {one["timestamp"]: (one["status"], one["reason"], one["counted"]) for one in items}


def test_flows_older_than_the_first_line_wait_for_a_statement_and_say_so(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with Installation(without_key(exchange.url, tmp_path), tmp_path) as running:
        account = made(running)
        # Nothing can settle before the first statement.
        preview: Any = running.api.post(
            "/api/imports", json={"account": account, "name": "own.csv", "content": OWN}
        ).json
        assert running.api.post(f"/api/imports/{preview['import_id']}/commit").status_code == 200
        imported(running, account, **history(BOUGHT))
        waits = ("pending", "before_first_entry", False)
        told = flows_of(running)
        assert {told["2026-01-05T10:00:00Z"], told["2026-01-06T10:00:00Z"]} == {waits}
        figures = running.api.read("/api/performance/cashflows", limit=50)["totals"]
        assert (Decimal(figures["deposits_usd"]), figures["deposits"]) == (Decimal(5000), 1)
        first = running.api.read("/api/performance/twr/0")
        assert first["start"] == "2026-03-01T10:00:00Z"
        undone = imported(running, account, **history(EARLIER))
        told = flows_of(running)
        assert {told["2026-01-05T10:00:00Z"], told["2026-01-06T10:00:00Z"]} == {("exact", None, True)}
        assert running.api.read("/api/performance/cashflows", limit=50)["totals"]["deposits"] == 4
        assert running.api.read("/api/performance/twr/0")["start"] == "2026-01-02T10:00:00Z"
        assert running.api.post(f"/api/imports/{undone}/undo").status_code == 200
        running.settled()
        told = flows_of(running)
        assert {told["2026-01-05T10:00:00Z"], told["2026-01-06T10:00:00Z"]} == {waits}
