"""The process replays a folder of candles: from the past, fast, through a gap."""

import csv
import gzip
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from backend.tests.simulator.harness import ROOT, SimulatorProcess

pytestmark = pytest.mark.process
CANDLES = ROOT / "backend" / "tests" / "fixtures" / "candles"
HOUR = 3_600_000
MARCH = 1_709_251_200_000  # 2024-03-01 00:00 UTC


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    arguments = ["--market-data", str(CANDLES), "--start-time", "2024-03-09T23:30:00Z", "--speed", "0"]
    with SimulatorProcess(tmp_path_factory.mktemp("replay"), arguments) as process:
        process.open_account(balances={"spot": {"USDT": "10000"}}, created_at="2024-02-01T00:00:00Z")
        yield process


def closes(name: str) -> dict[int, Decimal]:
    with gzip.open(CANDLES / name, "rt", encoding="utf-8") as stream:
        return {int(row["open_time"]): Decimal(row["close"]) for row in csv.DictReader(stream)}


def test_klines_are_the_files_rows_with_their_gap(replay: SimulatorProcess) -> None:
    replay.control("/sim/clock", {"set": "2024-03-20T00:00:00Z"})
    rows = replay.get("/api/v3/klines", symbol="ETHUSDT", interval="1h", startTime=MARCH, limit=1000).json()
    wanted = {at: close for at, close in closes("ETHUSDT-1h.csv.gz").items() if at < MARCH + 19 * 24 * HOUR}
    assert {row[0]: Decimal(row[4]) for row in rows[:-1]} == wanted
    gap = MARCH + (9 * 24 + 2) * HOUR
    assert not {gap, gap + HOUR, gap + 2 * HOUR} & {row[0] for row in rows}


def test_a_coin_without_candles_at_that_time_has_no_price(replay: SimulatorProcess) -> None:
    replay.control("/sim/clock", {"set": "2024-04-10T00:00:00Z"})
    listed = {row["symbol"] for row in replay.get("/api/v3/ticker/price").json()}
    assert listed == {"BTCUSDT", "ETHUSDT"}


def test_a_history_on_recorded_prices_is_true_to_them(replay: SimulatorProcess) -> None:
    wish = {"api_key": "key", "days": 40, "seed": 1, "trades": 20, "flows": 6, "symbols": ["BTCUSDT", "ETHUSDT"]}
    replay.control("/sim/history", wish)
    known: set[Decimal] = set()
    for file in CANDLES.glob("*.csv.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            known |= {Decimal(row[column]) for row in csv.DictReader(stream) for column in ("open", "close")}
    orders = replay.control("/sim/orders?api_key=key")
    assert len(orders) == 20
    assert all(
        Decimal(trade["price"]) in known
        for symbol in ("BTCUSDT", "ETHUSDT")
        for trade in replay.signed("GET", "/api/v3/myTrades", "key", "secret", symbol=symbol).json()
    )


def test_it_runs_fast_and_keeps_one_story(tmp_path: Path) -> None:
    arguments = ["--market-data", str(CANDLES), "--start-time", "2024-03-05T06:05:00Z", "--speed", "600"]
    with SimulatorProcess(tmp_path, arguments) as fast:
        minutes = closes("BTCUSDT-1m-2024-03-05.csv.gz")
        checked = 0
        for _ in range(40):
            ticker = fast.get("/api/v3/ticker/24hr", symbol="BTCUSDT").json()
            minute = ticker["closeTime"] // 60_000 * 60_000 - 60_000
            if minute in minutes:
                assert Decimal(ticker["lastPrice"]) == minutes[minute]
                checked += 1
        assert checked >= 30
