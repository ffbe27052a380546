"""The whole way through on real prices: exchange, import, snapshots, API, against figures computed a second time."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

from backend.tests.process.agreement import Agreement
from backend.tests.process.harness import SHARED, NeverHappened, Product, simulator, wait_for
from backend.tests.process.made_up import write_market
from backend.tests.process.reference import DAY, PriceBook, iso, milliseconds
from backend.tests.process.scripts import (
    ACROSS_GAPS,
    ALL_SOLD_AGAIN,
    BY_THE_MINUTE,
    EVERYTHING_LIVE,
    IN_MANY_WALLETS,
    LEFT_AND_RETURNED,
    MADE_UP,
    TWO_YEARS,
)
from backend.tests.process.stage import History, Stage
from backend.tests.simulator.harness import ROOT

pytestmark = pytest.mark.process

MARKET_DATA: Final = SHARED / "market-data"
EXCHANGE_INFO: Final = SHARED / "binance" / "exchange-info" / "spot-mainnet-2023-04-10.json.gz"
KEY, SECRET = "scripted-account", "secret-of-the-scripted-account"
SPEED: Final = 200_000
# At that speed a second is more than two days: time enough to stop the clock.
STOP_BEFORE_H: Final = 60
IMPORT_S, SETTLE_S = 90.0, 150.0
MOST_STEPS: Final = 2_000
# Nothing may be stale, on a busy machine either: data are after two intervals.
INTERVAL_S: Final = "10"

needs_shared = pytest.mark.skipif(not MARKET_DATA.is_dir(), reason="the recorded prices (../shared) are not here")


def agrees(history: History, tmp_path: Path, market_data: Path, *options: str) -> Agreement:
    """Play a history before and while the product runs; then every figure must agree with the reference."""
    prices = PriceBook(market_data)
    arguments = ["--market-data", str(market_data), "--start-time", history.joined, "--speed", "0", *options]
    with simulator(tmp_path / "exchange", *arguments) as exchange:
        stage = Stage(exchange, prices, KEY, SECRET)
        stage.open_account(history.begin)
        stage.play(history.past)
        every = {"BALANCE_UPDATE_INTERVAL": INTERVAL_S}
        with Product.on_simulator(tmp_path / "product", exchange.url, KEY, SECRET, **every) as product:
            if len(history.past) > 1:
                imported = Agreement(product, stage.movements(), prices, stage.now())
                settle(imported, product, IMPORT_S)
                imported.check()
            end = stage.play_live(history.live, milliseconds(history.end), SPEED, STOP_BEFORE_H)
            final = Agreement(product, stage.movements(), prices, end)
            settle(final, product, SETTLE_S)
            final.check()
    return final


def settle(agreement: Agreement, product: Product, within_s: float) -> None:
    """Wait until everything is read. On a busy machine that takes long, but no step of it may take `within_s`."""
    lacking = agreement.lacking()
    for _ in range(MOST_STEPS):
        if not lacking:
            return
        before = lacking
        try:
            wait_for(lambda seen=before: agreement.lacking() != seen, "the next step", within_s, 0.2)  # type: ignore[misc]
        except NeverHappened as never:
            words = "; ".join(before)
            raise NeverHappened(f"{never}: {words}; its log ends with\n{product.log_tail()}") from None
        lacking = agreement.lacking()
    raise NeverHappened(f"it goes on and on: {'; '.join(lacking)}")


@needs_shared
@pytest.mark.parametrize(
    "history",
    [ACROSS_GAPS, BY_THE_MINUTE, LEFT_AND_RETURNED, ALL_SOLD_AGAIN, TWO_YEARS, EVERYTHING_LIVE],
    ids=lambda history: history.name,
)
def test_every_figure_agrees_with_candles_and_ledger(history: History, tmp_path: Path) -> None:
    agreed = agrees(history, tmp_path, MARKET_DATA, "--exchange-info", str(EXCHANGE_INFO))
    coins = {asset for row in agreed.rows for asset in row.held} - {"USDT"}
    assert agreed.rows[-1].at - agreed.rows[0].at >= 90 * DAY
    assert len(coins) >= 5
    assert len(agreed.flows) >= 20
    assert iso(agreed.rows[-1].at) > history.joined


def test_every_figure_agrees_on_made_up_candles(tmp_path: Path) -> None:
    write_market(tmp_path / "candles", seed=5)
    agreed = agrees(MADE_UP, tmp_path, tmp_path / "candles")
    assert any(not row.held for row in agreed.rows[1:])
    assert len(agreed.flows) >= 20


def test_every_figure_agrees_with_money_in_many_wallets(tmp_path: Path) -> None:
    write_market(tmp_path / "candles", seed=6)
    agreed = agrees(IN_MANY_WALLETS, tmp_path, tmp_path / "candles")
    assert {"reward", "transfer", "interest", "borrow", "futures_commission", "realized_pnl"} <= agreed.kinds


def test_the_check_imports_nothing_of_the_program() -> None:
    """All modules it is made of, whatever they import of each other, and nothing but tests among them."""
    seen: set[str] = set()
    waiting = ["backend.tests.process.test_real_prices"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting += [found for found in _imported(name) if found.split(".")[0] == "backend" and found not in seen]
    assert {"backend.tests.process.reference", "backend.tests.process.agreement"} < seen
    assert all(name.startswith("backend.tests.") for name in seen), sorted(seen)
    assert not any(name.startswith("backend") for name in _imported("backend.tests.process.reference"))


def _imported(module: str) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names
