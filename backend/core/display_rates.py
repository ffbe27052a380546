"""Prices of the currencies that figures can be shown in, each at the instant of its figure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal, get_args

from backend.core.model.amounts import MONEY, ONE
from backend.core.model.instants import HOUR_MS
from backend.core.valuation import DIVISION

if TYPE_CHECKING:
    from backend.core.ports import UnitOfWork

DisplayCurrency = Literal["USDT", "EUR", "BTC", "ETH"]
DISPLAY_CURRENCIES: Final[Sequence[DisplayCurrency]] = get_args(DisplayCurrency)
NO_RATE: Final = "no_rate"
# Prices are stored at every snapshot, so hourly: an older one is none of the time.
OLDEST_RATE_MS: Final = HOUR_MS


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of `currency` was worth in the reporting currency.

    `now`: at the instant of the present value. `past`: by instant, in ms. None: not known, never one and never zero.
    """

    currency: str
    now: Decimal | None
    past: Mapping[int, Decimal]
    _instants: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_instants", sorted(self.past))

    def at(self, at_ms: int) -> Decimal | None:
        """The price of an instant, or the last one before it, at most an hour older."""
        place = bisect_right(self._instants, at_ms)
        if place == 0 or at_ms - self._instants[place - 1] > OLDEST_RATE_MS:
            return None
        return self.past[self._instants[place - 1]]

    def shown(self, value: Decimal | None) -> Decimal | None:
        """A present value in the currency."""
        return converted(value, self.now)

    def then(self, value: Decimal | None, at_ms: int) -> Decimal | None:
        """A value of an instant in the currency, at the price of that instant."""
        return converted(value, self.at(at_ms))

    def growth(self, ratio: float | None, start_ms: int, end: Decimal | None) -> float | None:
        """A time-weighted return in the currency, from `start_ms` until its price is `end`.

        Value and flows of an instant are divided by the same price, so that all but the first and the last cancel out:
        `(1 + r) x price at the start / price at the end - 1` is the return by the law
        (docs/formulas.md#another-display-currency).
        """
        start = self.at(start_ms)
        return None if ratio is None or start is None or end is None else (1.0 + ratio) * float(start / end) - 1.0


def converted(value: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """A value divided by a price, to 60 digits; unknown where either is."""
    if value is None or rate is None:
        return None
    with localcontext(MONEY):
        return value / rate


def stored_rates(unit: UnitOfWork, currency: str, reporting: str, instants_ms: Sequence[int]) -> dict[int, Decimal]:
    """The stored prices of a currency at some instants, by its pair with the reporting currency or the inverse one."""
    found = _known(unit, currency + reporting, instants_ms)
    missing = [at_ms for at_ms in instants_ms if at_ms not in found]
    if missing:
        with localcontext(DIVISION):
            for at_ms, price in _known(unit, reporting + currency, missing).items():
                found[at_ms] = ONE / price
    return found


def latest_rate(unit: UnitOfWork, currency: str, reporting: str, by_ms: int) -> Decimal | None:
    """The newest stored price not later than an instant, and at most an hour older."""
    for symbol, inverse in ((currency + reporting, False), (reporting + currency, True)):
        point = unit.prices.latest(symbol, by_ms)
        if point is not None and point.price and by_ms - point.at_ms <= OLDEST_RATE_MS:
            with localcontext(DIVISION):
                return ONE / point.price if inverse else point.price
    return None


def _known(unit: UnitOfWork, symbol: str, instants_ms: Sequence[int]) -> dict[int, Decimal]:
    return {at: point.price for at, point in unit.prices.known(symbol, instants_ms).items() if point.price}
