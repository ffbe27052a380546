"""The past that the exchange stages for an account: what the API says of it, against its ledger times its candles."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.bootstrap import Container
from backend.config import load_settings
from backend.tests.database_places import url_of
from backend.tests.histories.in_process import KEY, NOW, URL
from backend.tests.histories.judge import SPANS, Played, played, truth_of, wrong_returns
from backend.tests.histories.script import Call, Crossing, Look, Pass, Script
from backend.tests.process.agreement import same_money, same_percent
from backend.tests.process.reference import DAY, HOUR, Row, iso, movements, window

SEEDS: Final = (3, 4)
OTHERS: Final = {"convert": 6, "reward": 12, "dust": 4, "transfer": 10}


def staged(seed: int) -> Script:
    """120 days with everything that can be staged; the program reads them, and looks again an hour later."""
    script = Script(f"staged {seed}", "master", NOW - 121 * DAY)
    wish = {"days": 120, "seed": seed, "trades": 90, "flows": 14, "others": OTHERS}
    script.steps += [Call("history", {"api_key": KEY, **wish}), Look(), Pass(NOW + HOUR), Look()]
    return script


def take_flows_from_the_ledger(one: Played) -> None:
    for move in movements(one.exchange.ledger()):
        if move.kind in ("deposit", "withdrawal"):
            one.script.crossings.append(Crossing(move.at, move.asset, move.change))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_staged_past_has_the_returns_of_ledger_and_candles(seed: int, tmp_path: Path, database: Path) -> None:
    with played(staged(seed), tmp_path / "played", database) as one:
        take_flows_from_the_ledger(one)
        kinds = {move.kind for move in movements(one.exchange.ledger())}
        assert {"deposit", "withdrawal", "trade", "commission", "convert", "reward", "dust", "transfer"} <= kinds
        truth = truth_of(one)
        assert len(truth) > 2_880
        assert wrong_returns(one, truth) == []
        api_agrees(one, truth)


def api_agrees(one: Played, truth: list[Row]) -> None:
    """What is shown is the same, to the last digit."""
    settings = {
        "DATABASE_URL": url_of(one.home.database),
        "DATA_DIR": str(one.home.database.parent),
        "BINANCE_SIMULATOR_URL": URL,
        "BINANCE_API_KEY": KEY,
        "BINANCE_API_SECRET": "secret",
    }
    container = Container(load_settings(settings, one.home.database.parent / "absent.env"))
    client = container.app().test_client()

    def read(path: str) -> Any:
        answer = client.get(path, headers={"Host": "localhost"})
        assert answer.status_code == 200, answer.text
        return json.loads(answer.text, parse_float=Decimal)

    for days in SPANS:
        expected = window(truth, days)
        assert expected is not None
        twr, pnl = read(f"/api/performance/twr/{days}"), read(f"/api/performance/pnl/{days}")
        assert (twr["status"], pnl["status"]) == ("exact", "exact")
        assert (twr["start"], twr["end"]) == (iso(expected.opening.at), iso(expected.closing.at))
        same_percent(twr["twr_percent"], expected.twr, f"{days} days")
        same_percent(twr["benchmark_twr_percent"], expected.benchmark, f"{days} days, benchmark")
        same_money(pnl["pnl_usd"], expected.profit, f"{days} days, profit")
    container.engine.dispose()
