"""Completeness over the API, as the collector prepared it, and on the command line, compared anew."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from backend.tests.api.contract import Api, field_errors
from backend.tests.api.installation import Installation, open_history, simulator_settings
from backend.tests.forks import run
from backend.tests.simulator.harness import SimulatorProcess

PARTS = ("flows_usd", "realized_pnl_usd", "unrealized_change_usd", "income_usd", "residual_usd")
EXACT = Decimal("1e-18")


def certificate_command(settings: dict[str, str], *options: str) -> tuple[int, str]:
    """Exit code and output of the command over an installation's data."""
    code, told, _ = run(["certificate", *options], os.environ | settings | {"LOG_LEVEL": "ERROR"})
    return code, told


def test_a_history_that_was_read_whole_is_certified_coin_by_coin(api: Api) -> None:
    found = api.read("/api/imports/certificate")
    assert (found["complete"], found["reason"]) == (True, None)
    (account,) = found["accounts"]
    assert (account["complete"], account["unknown_wallets"]) == (True, [])
    assert account["compared_at"] == found["as_of"]
    held: dict[str, Decimal] = {}
    for line in api.read("/api/portfolio/balances")["balances"]:
        held[line["asset"]] = held.get(line["asset"], Decimal(0)) + Decimal(line["total"])
    assert {row["asset"]: Decimal(row["reported"]) for row in found["assets"]} == held
    for row in found["assets"]:
        assert row["replayed"] == row["reported"]
        assert (row["difference"], row["wallet"], row["likely_cause"]) == ("0", "all", None)
        assert sum(Decimal(wallet["reported"]) for wallet in row["wallets"]) == held[row["asset"]]


@pytest.mark.parametrize("days", [0, 1, 7, 30])
def test_the_closing_equation_of_a_window_rests_on_the_rows_of_its_profit_and_closes(api: Api, days: int) -> None:
    found = api.read("/api/performance/attribution", days=days)
    profit = api.read(f"/api/performance/pnl/{days}")
    for name in ("start", "end", "start_value_usd", "end_value_usd"):
        assert found[name] == profit[name]
    assert (found["status"], found["findings"], found["findings_total"]) == (profit["status"], [], 0)
    assert found["flows_usd"] == profit["net_flows_usd"]
    change = Decimal(found["end_value_usd"]) - Decimal(found["start_value_usd"])
    assert Decimal(found["change_usd"]) == change
    assert abs(sum(Decimal(found[name]) for name in PARTS) - Decimal(found["fees_usd"]) - change) < EXACT
    assert abs(Decimal(found["residual_usd"])) < EXACT
    assert Decimal(found["tolerance_usd"]) >= Decimal("0.01")


def test_a_window_longer_than_the_history_says_when_it_will_be_there(api: Api) -> None:
    found = api.read("/api/performance/attribution", days=3650)
    assert (found["status"], found["reason"], found["residual_usd"]) == ("unavailable", "history_too_short", None)
    assert found["available_from"] is not None


def test_what_cannot_be_asked_is_refused(api: Api) -> None:
    assert field_errors(api.get("/api/performance/attribution?days=-1")) == {"days"}
    assert field_errors(api.get("/api/imports/certificate?wallet=spot")) == {"wallet"}
    assert api.get("/api/imports/certificate?account=4711").status_code == 404


def test_before_anything_was_read_nothing_is_certified(empty: Installation) -> None:
    found = empty.api.read("/api/imports/certificate")
    assert (found["complete"], found["reason"], found["accounts"]) == (False, "not_compared", [])
    found = empty.api.read("/api/performance/attribution")
    assert (found["status"], found["change_usd"]) == ("unavailable", None)


def test_the_command_certifies_what_is_stored_and_fails_with_the_coin_that_lost_a_row(tmp_path: Path) -> None:
    (tmp_path / "exchange").mkdir()
    with SimulatorProcess(tmp_path / "exchange", ["--start-time", "2026-06-01T12:00:30Z"]) as exchange:
        open_history(exchange, days=5, flows=3)
        settings = simulator_settings(exchange.url, tmp_path)
        with Installation(settings, tmp_path) as running:
            running.settled()
    assert certificate_command(settings)[0] == 0
    code, written = certificate_command(settings, "--json")
    whole: Any = json.loads(written)
    assert (code, whole["complete"]) == (0, True)
    with Installation(settings, tmp_path, collecting=False) as standing:
        with standing.container.engine.execution_options(writing=True).begin() as connection:
            gone = connection.execute(
                text("DELETE FROM ledger_events WHERE id = (SELECT max(id) FROM ledger_events WHERE kind = 'deposit')"
                     " RETURNING asset_in, amount_in")
            ).one()  # fmt: skip
        # The prepared answer is of the last comparison; the command looks at the rows themselves.
        assert standing.api.read("/api/imports/certificate")["complete"] is True
    code, written = certificate_command(settings)
    assert code == 1
    assert f"  {gone.asset_in}: ledger" in written
    code, written = certificate_command(settings, "--json")
    wrong = {row["asset"]: row["difference"] for row in json.loads(written)["assets"] if row["difference"] != "0"}
    assert (code, wrong) == (1, {gone.asset_in: str(gone.amount_in)})


def test_the_command_over_an_empty_folder_certifies_nothing(tmp_path: Path) -> None:
    code, written = certificate_command({"DATA_DIR": str(tmp_path), "LOG_LEVEL": "ERROR"})
    assert (code, written.strip()) == (1, "No account was read yet: nothing is certified")
