"""A history played on prices before and while the product runs, and every figure held against a second reckoning."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from backend.tests.leaks import SECRET
from backend.tests.process.agreement import Agreement
from backend.tests.process.harness import SHARED, NeverHappened, Product, simulator, wait_for
from backend.tests.process.reference import PriceBook, milliseconds
from backend.tests.process.stage import History, Stage

MARKET_DATA: Final = SHARED / "market-data"
EXCHANGE_INFO: Final = SHARED / "binance" / "exchange-info" / "spot-mainnet-2023-04-10.json.gz"
KEY: Final = "scripted-account"
SPEED: Final = 200_000
# At that speed a second is more than two days: time enough to stop the clock.
STOP_BEFORE_H: Final = 60
IMPORT_S, SETTLE_S = 90.0, 150.0
MOST_STEPS: Final = 2_000
# Nothing may be stale, on a busy machine either: data are after two intervals.
INTERVAL_S: Final = "10"


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


def agrees_on_recorded_prices(history: History, folder: Path) -> Agreement:
    """The same on the prices that were recorded (../shared)."""
    return agrees(history, folder, MARKET_DATA, "--exchange-info", str(EXCHANGE_INFO))
