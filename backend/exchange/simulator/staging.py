"""What a scenario has in store beside the market's course: falls within minutes, a stablecoin that loses its peg,
a coin that is delisted, a ban. Everything follows from the scenario's name and the instant of the first start, so
that it is the same after a restart; once control pins a price, that symbol follows control alone.
"""

from decimal import Decimal
from typing import Final

from backend.exchange.simulator.coins import coin_of
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.limits import Limits
from backend.exchange.simulator.pins import Mark, Regime
from backend.exchange.simulator.records import StatusSet
from backend.exchange.simulator.symbols import DELISTED
from backend.exchange.simulator.wire import DAY_MS, HOUR_MS, MINUTE_MS, units_of

DOLLAR: Final = "USDT"
BEGINS_MS: Final = 2 * HOUR_MS  # after the first start
FLASH: Final = tuple((minute, 1 - Decimal("0.04") * minute) for minute in range(1, 11)) + tuple(
    (10 + 5 * step, Decimal("0.60") + Decimal("0.04") * step) for step in range(1, 10)
)  # minutes from the begin, factor on the price of the begin: 40 % down in ten minutes, back within the hour
FLASH_ENDS: Final = 60
DEPEGGED: Final = "USDC"
DEPEG: Final = ((0, "0.97"), (1, "0.94"), (2, "0.90"), (4, "0.88"), (24, "0.92"), (36, "0.96"), (60, "0.985"))  # hours
DEPEG_ENDS: Final = 72
LEAVING: Final = "SANDUSDT"
LEAVES_MS: Final = DAY_MS
BAN_AFTER_S, BAN_FOR_S = 60, 120


def stage(scenario: str, first_ms: int, exchange: Exchange, limits: Limits) -> None:
    """Prepare what is to come; `first_ms` is the exchange's instant of its first start."""
    match scenario:
        case "flash_crash":
            _flash_crash(exchange, first_ms + BEGINS_MS)
        case "depeg":
            _depeg(exchange, first_ms + BEGINS_MS)
        case "delisting":
            _delisting(exchange, first_ms + LEAVES_MS)
        case "ban":
            limits.plan_ban(after_s=BAN_AFTER_S, for_s=BAN_FOR_S)


def _flash_crash(exchange: Exchange, begin: int) -> None:
    """Every coin that goes with the market falls against dollars; pairs of two coins stay."""
    market, book = exchange.market, exchange.book
    for symbol in book.names():
        listed = book.get(symbol)
        price = market.price_units(symbol, begin)
        if listed is None or listed.quote != DOLLAR or not coin_of(listed.base).market_pull or price is None:
            continue
        course: list[tuple[int, Regime]] = [
            (begin + minute * MINUTE_MS, max(1, int(price * factor))) for minute, factor in FLASH
        ]
        market.pins.plan(symbol, [*course, (begin + FLASH_ENDS * MINUTE_MS, Mark.FREE)])


def _depeg(exchange: Exchange, begin: int) -> None:
    """The stablecoin falls against dollars, and what is quoted in it rises."""
    market, book = exchange.market, exchange.book
    for symbol in book.names():
        listed = book.get(symbol)
        if listed is None or DEPEGGED not in (listed.base, listed.quote):
            continue
        course: list[tuple[int, Regime]] = []
        for hour, level in DEPEG:
            at = begin + hour * HOUR_MS
            price = market.price_at(symbol, at)
            if price is not None:
                worth = price * Decimal(level) if listed.base == DEPEGGED else price / Decimal(level)
                course.append((at, units_of(worth)))
        market.pins.plan(symbol, [*course, (begin + DEPEG_ENDS * HOUR_MS, Mark.FREE)])


def _delisting(exchange: Exchange, at: int) -> None:
    """The coin loses nine tenths in the day before, then its symbol is gone."""
    market = exchange.market
    price = market.price_units(LEAVING, at - DAY_MS // 2)
    if price is None:
        return
    fall: list[tuple[int, Regime]] = [(at - DAY_MS // 2, max(1, price // 3)), (at - HOUR_MS, max(1, price // 10))]
    market.pins.plan(LEAVING, [*fall, (at, Mark.GONE)])
    exchange.staged_statuses.append(StatusSet(at, LEAVING, DELISTED))
