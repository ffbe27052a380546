"""What an interval of the closing equation does not explain: how much, in which coin, and why most likely."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.closing import Closing, tolerance, worth_of
from backend.core.model.amounts import MONEY, ZERO, minus, product, total
from backend.core.model.valuation import Holding

# Causes that lie in the stored row itself, not in the ledger: value and return of the interval rest on them.
PRICE: Final = "price"
QUANTITY: Final = "quantity"
VALUE: Final = "value"
ROW_CAUSES: Final = frozenset({PRICE, QUANTITY, VALUE})
# Money that the user recorded and that no balance shows.
ENTERED_FLOW: Final = "entered_flow"
Prices = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class CoinResidual:
    """The part of one coin; `asset` is None for money that is in no coin. `quantity`: what is missing (+) or too much
    (-) in the ledger, or in the stored row; None where a price is wrong.
    """

    asset: str | None
    quantity: Decimal | None
    value: Decimal
    cause: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An interval (`after_ms`, `until_ms`] whose residual is above the tolerance; the largest part names the cause."""

    after_ms: int
    until_ms: int
    residual: Decimal
    cause: str
    coins: tuple[CoinResidual, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One snapshot as it is stored, and what the ledger and the prices say that it should be."""

    closing: Closing
    value: Decimal
    stored: Mapping[str, Holding]
    held: Mapping[str, Decimal]
    prices: Prices

    @property
    def residual(self) -> Decimal:
        return self.closing.residual(self.value)

    def errors(self) -> dict[str | None, CoinResidual]:
        """Where the stored row differs from what it should be, by coin; None: the sum itself."""
        found: dict[str | None, CoinResidual] = {}
        for asset in dict.fromkeys([*self.stored, *self.held]):
            holding = self.stored.get(asset, Holding(ZERO, None))
            quantity, price = self.held.get(asset, ZERO), self.prices.get(asset)
            wrong = minus(product(holding.quantity, holding.price or ZERO), product(quantity, price or ZERO))
            if wrong != ZERO:
                same = holding.quantity == quantity
                missing = None if same else minus(holding.quantity, quantity)
                found[asset] = CoinResidual(asset, missing, wrong, PRICE if same else QUANTITY)
        own = worth_of(
            {asset: holding.quantity for asset, holding in self.stored.items()},
            {asset: holding.price for asset, holding in self.stored.items()},
        )
        if self.value != own:
            found[None] = CoinResidual(None, None, minus(self.value, own), VALUE)
        return found


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What stands in the ledger for an event that nobody told, worth `value` at its instant."""

    asset: str
    quantity: Decimal
    value: Decimal


def finding(
    before: Look,
    after: Look,
    unexplained: Sequence[Unexplained],
    entered: Sequence[Decimal],
    causes_of: Callable[[Mapping[str, Decimal], Mapping[str, Decimal]], Mapping[str, str]],
) -> Finding | None:
    """What the interval between two snapshots does not explain; None within the tolerance.

    Args:
        unexplained: entries of the interval that stand in for events.
        entered: flows of the interval that the user recorded.
        causes_of: the likely causes of unexplained quantities, by asset and with the prices of each.
    """
    residual = minus(after.residual, before.residual)
    if abs(residual) <= tolerance(before.value, after.value):
        return None
    change: dict[str, Decimal] = {}
    worth: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for one in unexplained:
            change[one.asset] = change.get(one.asset, ZERO) + one.quantity
            worth[one.asset] = worth.get(one.asset, ZERO) + one.value
        prices = {asset: worth[asset] / change[asset] for asset in change if change[asset] != ZERO}
    causes = causes_of(change, prices)
    coins = [CoinResidual(asset, change[asset], worth[asset], causes[asset]) for asset in change]
    if entered:
        coins.append(CoinResidual(None, None, minus(ZERO, total(list(entered))), ENTERED_FLOW))
    earlier, later = before.errors(), after.errors()
    for asset in dict.fromkeys([*later, *earlier]):
        now, then = later.get(asset), earlier.get(asset)
        wrong = minus(now.value if now else ZERO, then.value if then else ZERO)
        if wrong != ZERO:
            told = now or then
            assert told is not None, "an asset of neither look"
            coins.append(CoinResidual(asset, told.quantity, wrong, told.cause))
    coins.sort(key=lambda one: abs(one.value), reverse=True)
    return Finding(
        before.closing.at_ms, after.closing.at_ms, residual, coins[0].cause if coins else VALUE, tuple(coins)
    )
