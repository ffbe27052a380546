"""What can be traded now: pairs with their rules, their best offers and what an order costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from backend.core.model.amounts import MONEY, ZERO

if TYPE_CHECKING:
    from backend.core.rebalancing.order_bounds import OrderBounds

Side = Literal["BUY", "SELL"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that this account may trade, as it is offered now.

    `bid`, `ask`: prices in the quote asset, above zero. `fee_rate`: of the taker, after any discount, a ratio of what
    is received. `fee_apart`: it is paid in another asset (BNB), so all of what is bought arrives.
    """

    symbol: str
    base: str
    quote: str
    bid: Decimal
    ask: Decimal
    bounds: OrderBounds
    fee_rate: Decimal
    fee_apart: bool = False


@dataclass(frozen=True)
class Market:
    """Pairs, and the prices of assets in the reporting currency: what coins are worth in the middle of the market.

    `deep`: over which assets two orders may go, where the best offers speak for more than a few coins; None: over any.
    """

    pairs: tuple[Pair, ...]
    prices: Mapping[str, Decimal]
    deep: frozenset[str] | None = None

    @cached_property
    def _between(self) -> Mapping[tuple[str, str], tuple[Pair, Side]]:
        found: dict[tuple[str, str], tuple[Pair, Side]] = {}
        for pair in sorted(self.pairs, key=lambda pair: pair.symbol, reverse=True):
            found[pair.base, pair.quote] = pair, "SELL"
            found[pair.quote, pair.base] = pair, "BUY"
        return found

    @cached_property
    def _neighbours(self) -> Mapping[str, frozenset[str]]:
        beside: dict[str, set[str]] = {}
        for given, received in self._between:
            beside.setdefault(given, set()).add(received)
        return {asset: frozenset(others) for asset, others in beside.items()}

    def between(self, given: str, received: str) -> tuple[Pair, Side] | None:
        """The pair that turns one asset into the other in one order, and the order's side; None: there is none."""
        return self._between.get((given, received))

    def over_one(self, given: str, received: str) -> list[str]:
        """Assets over which two orders turn one asset into the other, by name."""
        near, far = self._neighbours.get(given, frozenset()), self._neighbours.get(received, frozenset())
        both = (near & far) - {given, received}
        return sorted(both if self.deep is None else both & self.deep)

    def reaching(self, wanted: str) -> frozenset[str]:
        """Assets that one order or two turn into another, itself among them."""
        near = self._neighbours.get(wanted, frozenset())
        over = near if self.deep is None else near & self.deep
        return near.union({wanted}, *(self._neighbours[asset] for asset in over))

    def max_position(self, asset: str) -> Decimal | None:
        """How much of an asset may be held for more of it to be bought, by the strictest of its pairs; None: any."""
        bounds = [pair.bounds.max_position for pair in self.pairs if pair.base == asset]
        return min((most for most in bounds if most is not None), default=None)

    def value(self, asset: str, quantity: Decimal) -> Decimal:
        """Worth of a quantity in the reporting currency.

        Raises:
            KeyError: the asset has no price; such assets are left out before anything is planned.
        """
        with localcontext(MONEY):
            return quantity * self.prices[asset]


def tradable_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Those with offers on both sides: where nobody buys or nobody sells, a market order ends in nothing."""
    return tuple(pair for pair in pairs if pair.bid > ZERO and pair.ask >= pair.bid)
