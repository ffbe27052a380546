"""The orders of a backtest sent to the built-in exchange, on the same candles: the same to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from backend.core.model.instants import from_ms, iso_ms
from backend.core.rebalancing.backtest import Track, follow
from backend.core.rebalancing.backtest_inputs import BacktestInputs, Costs, PriceTable, Rule, TradedPair
from backend.core.rebalancing.order_bounds import market_order_bounds
from backend.exchange.binance.rules_parse import symbol_rules
from backend.exchange.candle_folder import CandleFolder
from backend.tests.simulator.candle_writer import write_candles
from backend.tests.simulator.harness import ROOT, SimulatorProcess
from backend.tests.simulator.world import KEY, SECRET, World

HOUR_MS: Final = 3_600_000
START_MS: Final = 1_704_067_200_000
SHARED: Final = ROOT.parent / "shared" / "market-data" / "hourly"
COINS: Final = {"BTC": 42_000.0, "ETH": 2_300.0, "BNB": 310.0, "DOGE": 0.09, "SHIB": 0.0000103}
Ask = Callable[..., Any]
HOURS: Final = 240
RULES: Final = {
    "hourly": Rule("periodic", HOUR_MS),
    "daily": Rule("periodic", 24 * HOUR_MS),
    "threshold": Rule("threshold", None, Decimal("0.02")),
}


def made_up(folder: Path, seed: int) -> Path:
    """Hourly candles of five coins that move a lot."""
    rng = np.random.default_rng(seed)
    for coin, level in COINS.items():
        path = level * np.exp(np.cumsum(rng.normal(0, 0.02, HOURS + 1)))
        digits = 8 if level < 0.001 else 5 if level < 1 else 2
        cells = [f"{price:.{digits}f}" for price in path]
        rows = [
            (START_MS + hour * HOUR_MS, cells[hour], *_around(cells[hour], cells[hour + 1]), cells[hour + 1], "10")
            for hour in range(HOURS)
        ]
        write_candles(folder, f"{coin}USDT-1h", rows)
    return folder


def _around(one: str, other: str) -> tuple[str, str]:
    return max(one, other, key=Decimal), min(one, other, key=Decimal)


def inputs(
    folder: Path,
    exchange_info: object,
    targets: dict[str, str],
    start: str,
    costs: Costs,
    since_ms: int = START_MS,
    hours: int = HOURS,
) -> BacktestInputs:
    rules = {rule.symbol.name: rule for rule in symbol_rules(exchange_info)}
    files = CandleFolder(folder)
    coins = [coin for coin in targets if coin != "USDT"]
    closes = {coin: files.closes(f"{coin}USDT", HOUR_MS) for coin in coins}
    at_ms = since_ms + HOUR_MS * np.arange(1, hours + 1, dtype=np.int64)
    table = PriceTable(
        at_ms, {coin: np.array([closes[coin].get(at, 0) for at in at_ms.tolist()], np.int64) for coin in coins}
    )
    return BacktestInputs(
        "USDT",
        {coin: Decimal(weight) for coin, weight in targets.items()},
        {coin: TradedPair(f"{coin}USDT", market_order_bounds(rules[f"{coin}USDT"])) for coin in coins},
        table,
        Decimal(start),
        costs,
    )


def replay(track: Track, given: BacktestInputs, clock: Callable[[str], object], signed: Ask) -> None:
    """Send every order at its instant, and compare what the exchange says of it, and what it holds at the end."""
    for fill in track.fills:
        clock(iso_ms(fill.at_ms))
        order = {"symbol": fill.symbol, "side": fill.side, "type": "MARKET", "quantity": f"{fill.quantity:f}"}
        answer = signed("POST", "/api/v3/order", newOrderRespType="FULL", **order)
        assert answer.get("status") == "FILLED", (fill, answer)
        (told,) = answer["fills"]
        assert answer["transactTime"] == fill.at_ms
        assert Decimal(told["qty"]) == fill.quantity
        assert Decimal(told["price"]) == fill.price
        assert Decimal(answer["cummulativeQuoteQty"]) == fill.quote
        assert (Decimal(told["commission"]), told["commissionAsset"]) == (fill.fee, fill.fee_asset)
    told_free = {row["asset"]: Decimal(row["free"]) for row in signed("GET", "/api/v3/account")["balances"]}
    held = track.stretches[-1].held
    assert {asset: told_free.get(asset, 0) for asset in held} == held
    assert {asset for asset, free in told_free.items() if free} <= set(held)


def at(ms: int) -> datetime:
    return from_ms(ms).astimezone(UTC)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize(
    ("seed", "targets", "start", "bnb"),
    [
        (1, {"BTC": "0.4", "ETH": "0.3", "DOGE": "0.2", "SHIB": "0.1"}, "25000", False),
        (2, {"BTC": "0.5", "BNB": "0.2", "DOGE": "0.1", "USDT": "0.2"}, "7000.12345678", True),
        # So little BNB that it is spent for fees again and again.
        (3, {"BTC": "0.55", "ETH": "0.449", "BNB": "0.001"}, "90000", True),
    ],
)
def test_the_exchange_does_the_same_to_the_last_digit(
    name: str, seed: int, targets: dict[str, str], start: str, bnb: bool, tmp_path: Path
) -> None:
    folder = made_up(tmp_path / "candles", seed)
    world = World(tmp_path / "exchange", at(START_MS + HOUR_MS), market_data=folder)
    costs = Costs(Decimal("0.001"), bnb_discount=bnb)
    given = inputs(folder, world.get("/api/v3/exchangeInfo").json(), targets, start, costs)
    track = follow(given, RULES[name])
    world.open_account(balances={"spot": {"USDT": start}})
    replay(
        track,
        given,
        lambda instant: world.control("/sim/clock", {"set": instant}),
        lambda method, path, **fields: world.signed(method, path, **fields).json(),
    )
    assert track.runs > 5
    paid_in = {fill.fee_asset for fill in track.fills}
    assert ("BNB" in paid_in) == bnb
    world.close()


def over_rest(folder: Path, data: Path, targets: dict[str, str], start_ms: int, rule: Rule) -> Track:
    """The same over the sockets of a real process."""
    arguments = ["--market-data", str(folder), "--start-time", iso_ms(start_ms), "--speed", "0"]
    with SimulatorProcess(data, arguments) as process:
        listing = process.get("/api/v3/exchangeInfo").json()
        given = inputs(folder, listing, targets, "50000", Costs(Decimal("0.001"), bnb_discount="BNB" in targets))
        track = follow(given, rule)
        process.open_account(KEY, SECRET, balances={"spot": {"USDT": "50000"}})
        replay(
            track,
            given,
            lambda instant: process.control("/sim/clock", {"set": instant}),
            lambda method, path, **fields: process.signed(method, path, KEY, SECRET, **fields).json(),
        )
    return track


def test_a_process_does_the_same_over_rest(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "candles", 9)
    targets = {"BTC": "0.4", "ETH": "0.25", "BNB": "0.1", "SHIB": "0.15", "USDT": "0.1"}
    track = over_rest(folder, tmp_path / "exchange", targets, START_MS + HOUR_MS, RULES["threshold"])
    assert len(track.fills) > 50


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared/market-data is absent")
@pytest.mark.parametrize("name", RULES)
def test_the_same_on_real_candles(name: str, tmp_path: Path) -> None:
    """A month that ends behind the outage of 24 March 2023, an hour of which has no candle."""
    since_ms, hours = 1_677_628_800_000, 24 * 30
    targets = {"BTC": "0.3", "ETH": "0.2", "BNB": "0.1", "SOL": "0.1", "XRP": "0.1", "ADA": "0.1", "DOGE": "0.1"}
    world = World(tmp_path / "exchange", at(since_ms + HOUR_MS), market_data=SHARED)
    listing = world.get("/api/v3/exchangeInfo").json()
    costs = Costs(Decimal("0.001"), bnb_discount=True)
    given = inputs(SHARED, listing, targets, "123456.78", costs, since_ms, hours)
    assert not given.prices.known.all()
    track = follow(given, RULES[name])
    world.open_account(balances={"spot": {"USDT": "123456.78"}})
    replay(
        track,
        given,
        lambda instant: world.control("/sim/clock", {"set": instant}),
        lambda method, path, **fields: world.signed(method, path, **fields).json(),
    )
    assert track.runs > 1
    world.close()
