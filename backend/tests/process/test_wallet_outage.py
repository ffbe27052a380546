"""A wallet that does not answer for hours while money moves: a marked gap, no cliff, and exact beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.tests.leaks import SECRET
from backend.tests.process.agreement import same_money, same_percent
from backend.tests.process.harness import Product, simulator, wait_for
from backend.tests.process.made_up import write_market
from backend.tests.process.reference import HOUR, PriceBook, Row, iso, milliseconds, snapshots
from backend.tests.process.stage import Stage, buy, deposit, move, reward
from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process

KEY: Final = "scripted-account"
JOINED: Final = "2023-03-02T10:20:30"
# An hour of the exchange is three seconds here.
SPEED: Final = 1200
FUNDING_PATH: Final = "/sapi/v1/asset/get-funding-asset"
PAST: Final = [
    deposit("2023-02-20T09:09:09", "USDT", "10000"),
    buy("2023-02-20T11:00:07", "BTC", "3000"),
    move("2023-02-21T03:00:00", "spot", "funding", "BTC", "0.05"),
    move("2023-02-22T03:00:00", "spot", "earn_flexible", "USDT", "2500"),
    reward("2023-02-25T00:00:01", "USDT", "1.25", "earn_flexible"),
]


def test_an_outage_of_a_wallet_is_a_gap_in_the_chart_and_nothing_else(tmp_path: Path) -> None:
    write_market(tmp_path / "candles", seed=8)
    prices = PriceBook(tmp_path / "candles")
    arguments = ["--market-data", str(tmp_path / "candles"), "--start-time", JOINED, "--speed", "0"]
    with simulator(tmp_path / "exchange", *arguments) as exchange:
        stage = Stage(exchange, prices, KEY, SECRET)
        stage.open_account(PAST[0].at)
        stage.play(PAST)
        with Product.on_simulator(tmp_path / "product", exchange.url, KEY, SECRET) as product:
            wait_for(lambda: tracked(product, stage.now() // HOUR * HOUR), "the past is read", 60, 0.2)
            stage.set_clock(speed=SPEED)
            passes(stage, product, stage.now() + 2 * HOUR)
            went_out = stage.now()
            exchange.control("/sim/faults", {"kinds": ["http_500"], "match": FUNDING_PATH})
            wait_for(lambda: unknown_wallets(product), "the wallet is unknown", 30, 0.1)
            meanwhile = went_out + HOUR
            wait_for(lambda: stage.now() >= meanwhile, "an hour", 60)
            stage.play(
                [deposit(iso(meanwhile), "USDT", "4000"), move(iso(meanwhile), "funding", "spot", "BTC", "0.02")]
            )
            wait_for(lambda: stage.now() >= went_out + 3 * HOUR, "two more hours", 60)
            heal(exchange)
            came_back = stage.now()
            wait_for(lambda: not unknown_wallets(product), "the wallet is back", 30, 0.1)
            passes(stage, product, stage.now() + 3 * HOUR)
            stage.set_clock(speed=0)
            end = stage.now()
            wait_for(lambda: tracked(product, end // HOUR * HOUR), "the last slot", 60, 0.2)
            rows = snapshots(stage.movements(), prices, end)
            check(product, rows, went_out, came_back, meanwhile)


def heal(exchange: SimulatorProcess) -> None:
    exchange.session.delete(exchange.url + "/sim/faults", timeout=10)


def tracked(product: Product, at: int) -> bool:
    answer = product.get("/api/performance/stats")
    recomputing = product.get("/api/portfolio/overview")["sync"]["import_progress"] is not None
    return bool(answer["tracking"]["last"] == iso(at)) and not recomputing


def passes(stage: Stage, product: Product, at: int) -> None:
    """Wait until the clock and the snapshots have passed an instant."""
    wanted = at // HOUR * HOUR
    wait_for(
        lambda: milliseconds(product.get("/api/performance/stats")["tracking"]["last"]) >= wanted,
        f"a snapshot of {iso(wanted)}",
        60,
    )
    assert stage.now() >= at - HOUR


def unknown_wallets(product: Product) -> bool:
    return product.get("/api/portfolio/balances")["complete"] is False


def check(product: Product, rows: list[Row], went_out: int, came_back: int, flow_at: int) -> None:
    by_instant = {row.at: row for row in rows}
    shown = {milliseconds(item["timestamp"]): item for item in product.all_items("/api/performance/snapshots")}
    missing = sorted(row.at for row in rows if row.at not in shown)
    # Nothing but slots is missing, in one piece, and all of them lie in the outage.
    assert missing == list(range(missing[0], missing[-1] + 1, HOUR))
    assert len(missing) >= 2
    assert went_out - HOUR < missing[0]
    assert missing[-1] <= came_back + HOUR
    assert flow_at in shown
    for at, item in shown.items():
        row_agrees(item, by_instant[at], rows)
    stats = product.get("/api/performance/stats")
    assert stats["tracking"]["missing"] == len(missing)
    assert (stats["periods"]["total"]["status"], stats["periods"]["7d"]["status"]) == ("exact", "exact")
    chart = product.get("/api/performance/twr-history?days=0&points=2000")
    assert chart["gaps"] == [{"from": iso(missing[0] - HOUR), "to": iso(missing[-1] + HOUR)}]
    for point in chart["series"]:
        same_money(point["value_usd"], by_instant[milliseconds(point["t"])].value, f"chart at {point['t']}")


def row_agrees(item: Mapping[str, Any], row: Row, rows: list[Row]) -> None:
    what = f"snapshot of {item['timestamp']}"
    assert (item["status"], item["reason"]) == ("exact", None), what
    same_money(item["total_value_usd"], row.value, f"{what}, value")
    same_money(item["flow_usd"], row.flow, f"{what}, flow")
    same_percent(item["twr"], row.growth - 1, f"{what}, twr")
    before = [one.flow for one in rows if one.at < row.at]
    same_money(item["pnl"], row.value - rows[0].value - sum(before, Decimal(0)), f"{what}, profit")
