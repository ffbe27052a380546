"""Real candles and a real exchangeInfo: digits, gaps, coarse candles, known facts."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.tests.simulator.world import KEY, World

HOUR = 3_600_000


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture(scope="module")
def real(market_data: Path, exchange_info_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Real candles and a real listing, at the very end of the hourly data."""
    world = World(
        tmp_path_factory.mktemp("real"),
        datetime(2026, 1, 2, tzinfo=UTC),
        market_data=market_data,
        exchange_info=exchange_info_file,
    )
    yield world
    world.close()


def klines(world: World, symbol: str, interval: str, start: int, limit: int = 1, **params: Any) -> Any:
    return world.get("/api/v3/klines", symbol=symbol, interval=interval, startTime=start, limit=limit, **params).json()


def rows_of(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("name", "symbol", "interval"),
    [
        ("hourly/SOLUSDT-1h.csv.gz", "SOLUSDT", "1h"),
        ("minute/BTCUSDT-1m-2024-02-12.csv.gz", "BTCUSDT", "1m"),
        ("daily/SHIBUSDT-1d.csv.gz", "SHIBUSDT", "1d"),
        ("daily/PEPEUSDT-1d.csv.gz", "PEPEUSDT", "1d"),
    ],
)
def test_every_digit_of_a_file_comes_out_again(
    real: World, market_data: Path, name: str, symbol: str, interval: str
) -> None:
    rows = rows_of(market_data / name)
    for first in (0, len(rows) // 2, len(rows) - 500):
        page = klines(real, symbol, interval, int(rows[first]["open_time"]), 400)
        assert len(page) == 400
        for shown, row in zip(page, rows[first : first + 400], strict=True):
            assert shown[0] == int(row["open_time"])
            assert [Decimal(cell) for cell in shown[1:6]] == [
                Decimal(row[column]) for column in ("open", "high", "low", "close", "volume")
            ]


def test_known_facts_are_in_the_daily_candles(real: World, market_data: Path) -> None:
    with (market_data / "anchors.csv").open(encoding="utf-8") as stream:
        anchors = list(csv.DictReader(stream))
    assert len(anchors) > 30
    columns = {"high": 2, "low": 3, "close": 4}
    for anchor in anchors:
        (row,) = klines(real, anchor["symbol"], "1d", ms(anchor["date_utc"]))
        assert Decimal(row[columns[anchor["field"]]]) == Decimal(anchor["value"]), anchor


def test_aggregated_minutes_equal_the_hours_of_another_source(real: World, market_data: Path) -> None:
    hours = {int(row["open_time"]): row for row in rows_of(market_data / "hourly/ETHUSDT-1h.csv.gz")}
    page = klines(real, "ETHUSDT", "1h", ms("2024-10-01T04:00"), 800)
    assert len(page) == 800
    for shown in page:
        row = hours[shown[0]]
        assert [Decimal(cell) for cell in shown[1:5]] == [Decimal(row[c]) for c in ("open", "high", "low", "close")]


@pytest.fixture
def outage(market_data: Path, tmp_path: Path) -> Iterator[World]:
    """The exchange was down on 2023-03-24: the hour of 13:00 is missing. The clock stands inside it."""
    world = World(tmp_path / "outage", datetime(2023, 3, 24, 13, 30, tzinfo=UTC), market_data=market_data)
    yield world
    world.close()


def test_in_the_outage_the_last_price_stands_for_trading_and_klines_show_the_gap(outage: World) -> None:
    noon = ms("2023-03-24T12:00")
    before = klines(outage, "BTCUSDT", "1h", noon - HOUR, 5)
    assert [row[0] for row in before] == [noon - HOUR, noon]
    last_close = before[-1][4]
    assert outage.get("/api/v3/ticker/price", symbol="BTCUSDT").json()["price"] == last_close
    outage.open_account(balances={"spot": {"USDT": "1000"}})
    order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "500"}
    filled = outage.signed("POST", "/api/v3/order", **order).json()
    assert filled["fills"][0]["price"] == last_close
    outage.control("/sim/clock", {"set": "2023-03-24T15:00:00Z"})
    after = klines(outage, "BTCUSDT", "1h", noon, 5)
    assert [row[0] for row in after] == [noon, noon + 2 * HOUR, noon + 3 * HOUR]


def test_a_coarse_candle_moves_in_its_last_minute(real: World) -> None:
    start = ms("2021-11-10T16:00")  # hourly candles only
    (hour,) = klines(real, "ETHUSDT", "1h", start)
    minutes = klines(real, "ETHUSDT", "1m", start, 60)
    assert all(row[1:5] == [hour[1]] * 4 for row in minutes[:59])
    assert minutes[59][1:6] == hour[1:6]


def test_a_coin_has_no_price_before_its_first_and_after_its_last_candle(market_data: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "early", datetime(2020, 8, 11, 0, 0, 59, tzinfo=UTC), market_data=market_data)
    world.open_account(balances={"spot": {"SOL": "3"}})
    assert world.get("/api/v3/ticker/price", symbol="SOLUSDT").status == 400
    assert "SOLUSDT" not in {row["symbol"] for row in world.get("/api/v3/ticker/24hr").json()}
    assert world.free("SOL") == 3
    world.control("/sim/clock", {"advance_s": 1})
    assert world.get("/api/v3/ticker/price", symbol="SOLUSDT").json()["price"] == "2.85000000"
    world.control("/sim/clock", {"set": "2024-09-11T00:00:00Z"})
    assert world.get("/api/v3/ticker/price", symbol="MATICUSDT").status == 400
    world.close()


def test_without_candles_a_listed_symbol_has_no_price(real: World) -> None:
    listed = real.get("/api/v3/exchangeInfo", symbol="ETHBTC")
    assert listed.status == 200
    assert real.get("/api/v3/ticker/price", symbol="ETHBTC").error[0] == -1121
    assert klines(real, "ETHBTC", "1h", ms("2021-01-01T00:00")) == []


def test_the_listing_is_the_file_as_it_is_and_the_symbols_it_lacks(real: World, exchange_info_file: Path) -> None:
    with gzip.open(exchange_info_file, "rt", encoding="utf-8") as stream:
        recorded = {row["symbol"]: row for row in json.load(stream)["symbols"]}
    shown = {row["symbol"]: row for row in real.get("/api/v3/exchangeInfo").json()["symbols"]}
    assert all(shown[name] == row for name, row in recorded.items())
    added = set(shown) - set(recorded)
    assert {"PEPEUSDT", "TONUSDT", "POLUSDT"} <= added
    assert shown["POLUSDT"]["quoteAsset"] == "USDT"


def test_trades_of_the_past_fill_at_the_close_of_the_minute_before(market_data: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "trades", datetime(2024, 11, 1, tzinfo=UTC), market_data=market_data)
    world.open_account(balances={"spot": {"USDT": "100000"}}, created_at="2024-10-01T03:00:00Z")
    trade = {"api_key": KEY, "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.1", "at": "2024-10-10T11:12:13.456Z"}
    (fill,) = world.control("/sim/trade", trade)["fills"]
    rows = {int(row["open_time"]): row for row in rows_of(market_data / "minute/BTCUSDT-1m-2024-10-01.csv.gz")}
    assert Decimal(fill["price"]) == Decimal(rows[ms("2024-10-10T11:11")]["close"])
    world.close()
