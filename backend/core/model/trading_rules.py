"""What an order of a symbol must keep to. A rule that is None does not exist; a bound of zero is off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.core.model.market import Symbol


@dataclass(frozen=True, slots=True)
class LotRule:
    """LOT_SIZE and MARKET_LOT_SIZE. A step of zero is no rule, never a divisor."""

    minimum: Decimal
    maximum: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class PriceRule:
    """PRICE_FILTER. Zero switches a bound off."""

    minimum: Decimal
    maximum: Decimal
    tick: Decimal


@dataclass(frozen=True, slots=True)
class NotionalRule:
    """NOTIONAL, or the older MIN_NOTIONAL without a maximum: bounds of price x quantity.

    `average_minutes`: over how long the price of a market order is averaged; 0 = the last price; None: futures.
    """

    minimum: Decimal
    minimum_for_market: bool
    maximum: Decimal | None
    maximum_for_market: bool
    average_minutes: int | None


@dataclass(frozen=True, slots=True)
class PercentRule:
    """PERCENT_PRICE and PERCENT_PRICE_BY_SIDE: bounds of the price as multiples of the average."""

    bid_up: Decimal
    bid_down: Decimal
    ask_up: Decimal
    ask_down: Decimal
    average_minutes: int | None


@dataclass(frozen=True, slots=True)
class SymbolRules:
    """Everything known about one symbol; a symbol may have both notional rules, either or none.

    `permission_sets`: the account needs a right of every set. `contract_size`: of COIN-M contracts, in USD.
    `max_position`: of the base asset, what an account may hold at most for a purchase to be taken.
    """

    symbol: Symbol
    status: str
    permission_sets: tuple[frozenset[str], ...]
    order_types: frozenset[str]
    market_by_quote: bool
    lot: LotRule | None
    market_lot: LotRule | None
    price: PriceRule | None
    notional: NotionalRule | None
    min_notional: NotionalRule | None
    percent_price: PercentRule | None
    contract_size: Decimal | None = None
    max_position: Decimal | None = None

    def permits(self, rights: Collection[str]) -> bool:
        """Whether an account with these permissions may trade it: one of each set."""
        return all(not needed.isdisjoint(rights) for needed in self.permission_sets)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """`limit` of `kind` (REQUEST_WEIGHT, ORDERS, RAW_REQUESTS) in `intervals` x `interval` (SECOND, MINUTE, DAY)."""

    kind: str
    interval: str
    intervals: int
    limit: int
