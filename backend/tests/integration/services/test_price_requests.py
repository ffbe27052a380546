"""How many questions a first import asks about candles, by the exchange's own log of what reached it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from backend.exchange.simulator.wire import iso
from backend.tests.histories.in_process import KEY, NOW, SECRET, Clock, OwnExchange, house
from backend.tests.process.long_account import CROSSES, MANY
from backend.tests.process.reference import DAY, MINUTE

DAYS: Final = 8
FILLS: Final = 500
FLOWS: Final = 80
COINS: Final = MANY[:12]
SYMBOLS: Final = [f"{coin}USDT" for coin in COINS] + list(CROSSES)
KLINES: Final = "/api/v3/klines"


def test_minutes_of_a_coin_that_fit_on_a_page_are_one_question(tmp_path: Path, database: Path) -> None:
    clock = Clock()
    exchange = OwnExchange(tmp_path, clock)
    opened = {"name": "prices", "api_key": KEY, "api_secret": SECRET, "balances": {}}
    exchange.control("accounts", opened | {"created_at": iso(NOW - (DAYS + 1) * DAY)})
    wish = {"api_key": KEY, "days": DAYS, "seed": 5, "trades": FILLS, "flows": FLOWS, "symbols": SYMBOLS}
    exchange.control("history", wish)
    home = house(exchange, clock, database)
    try:
        home.step()
        minutes = {event.at_ms for event in home.events()}
        with home.store.read() as unit:
            priced = sum(len(unit.prices.known(symbol, sorted(minutes))) for symbol in SYMBOLS)
    finally:
        home.dispose()
    asked = sum(row["count"] for row in exchange.simulator.limits.log()["requests"] if row["path"] == KLINES)
    # No page is shorter than this, and whoever asks for the next one begins where a price is wanted.
    pages = DAYS * DAY // (998 * MINUTE) + 1
    assert asked <= len(SYMBOLS) * (pages + 4)
    # Each price was a question of its own once, where fewer than four of a coin were close together.
    assert priced > 4 * asked
