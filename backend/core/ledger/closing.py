"""The closing equation: change of value = flows + realised + change of unrealised + income - fees + residual.

The left side is what the snapshots say. The parts on the right are booked here from the ledger and the prices alone, so
that whatever is missing from the ledger, counted twice or wrong in a stored row has nowhere to hide but the residual
(docs/proof.md). Nothing here is shared with the cost basis: each is a check of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.model.holdings import FLOW_KINDS, INCOME_KINDS, EventKind, LedgerEvent, Leg

PriceAt = Callable[[str], Decimal | None]
# Two coins change hands at the worth of one of them.
EXCHANGES: Final = frozenset({EventKind.TRADE, EventKind.CONVERT})
# A residual up to this much, in the reporting currency or as a share of the value, raises no alarm. The sums are exact:
# what is let through is dust, not rounding.
LEAST: Final = Decimal("0.01")
SHARE: Final = Decimal("0.000001")


def tolerance(*values: Decimal) -> Decimal:
    """The residual that an interval with these values at its ends may have."""
    with localcontext(MONEY):
        return max(LEAST, *(abs(value) * SHARE for value in values))


@dataclass(frozen=True, slots=True)
class Closing:
    """Running sums since the first event up to just before an instant, in the reporting currency.

    `unrealized` is a level: market value less cost of what is held, open futures profit included. `realized` is before
    fees. Income paid (interest, funding) counts as less income.
    """

    at_ms: int
    flows: Decimal
    realized: Decimal
    unrealized: Decimal
    income: Decimal
    fees: Decimal

    @property
    def explained(self) -> Decimal:
        """The value that the parts add up to."""
        with localcontext(MONEY):
            return self.flows + self.realized + self.unrealized + self.income - self.fees

    def residual(self, value: Decimal) -> Decimal:
        """What a value of this instant holds beyond the parts, since the first event."""
        with localcontext(MONEY):
            return value - self.explained


@dataclass(frozen=True, slots=True)
class Mark:
    """The sums of an instant before its prices are known: `held` are the quantities to be priced."""

    sums: Closing
    held: Mapping[str, Decimal]

    def closing(self, prices: Mapping[str, Decimal | None]) -> Closing:
        """With market values; a coin without a price is outside them."""
        with localcontext(MONEY):
            return replace(self.sums, unrealized=self.sums.unrealized + worth_of(self.held, prices))


@dataclass(slots=True)
class _Held:
    """A signed quantity at average cost; what is owed has a negative quantity and a negative cost."""

    quantity: Decimal = ZERO
    cost: Decimal = ZERO

    def change(self, quantity: Decimal, worth: Decimal) -> Decimal:
        """Add a signed quantity of a signed worth; returns what was realised by what it closed."""
        if self.quantity == ZERO or (self.quantity > ZERO) == (quantity > ZERO):
            self.quantity += quantity
            self.cost += worth
            return ZERO
        closed = min(abs(quantity), abs(self.quantity))
        # Whole is whole: no rounding of a division stays behind.
        cost = self.cost if closed == abs(self.quantity) else self.cost * closed / abs(self.quantity)
        paid = worth if closed == abs(quantity) else worth * closed / abs(quantity)
        self.quantity += quantity
        self.cost += (worth - paid) - cost
        return -paid - cost

    def share(self, quantity: Decimal) -> Decimal:
        """The worth at which a change realises nothing: its share of the cost."""
        if self.quantity == ZERO or (self.quantity > ZERO) == (quantity > ZERO):
            return ZERO
        return -self.cost * min(abs(quantity), abs(self.quantity)) / abs(self.quantity)


class ClosingBook:
    """Books events in booking order, each leg at its worth in `reporting` at its own instant.

    A coin without a price is worth what it cost: nothing is realised by it. What no report explains, and kinds that
    are not known here, change what is held and are in no part: they are the residual.
    """

    def __init__(self, reporting: str) -> None:
        self._reporting = reporting
        self._held: dict[str, _Held] = {}
        self._flows = self._realized = self._income = self._fees = ZERO

    def book(self, event: LedgerEvent, price_of: PriceAt) -> None:
        """Book one event; `price_of` tells prices at its instant."""
        if event.kind is EventKind.LOAN:
            return
        with localcontext(MONEY):
            exchanged = self._exchanged(event, price_of) if event.kind in EXCHANGES else None
            if event.kind is EventKind.RENAME:
                exchanged = self._carried(event)
            # Coins that went to an own wallet outside are held as before: only the fee left.
            fees_alone = event.kind is EventKind.KEPT_OUTSIDE
            for leg in event.legs:
                if fees_alone and leg.role != "fee":
                    continue
                worth = self._worth(leg, price_of)
                if exchanged is not None and leg.role != "fee":
                    worth = exchanged if leg.role == "in" else -exchanged
                self._realized += self._change(leg.asset, leg.amount, worth)
                self._name(event.kind, leg, worth)

    def enter(self, amount: Decimal) -> None:
        """A flow that the user recorded by hand: money, no coins."""
        with localcontext(MONEY):
            self._flows += amount

    def mark(self, at_ms: int, profit: Mapping[str, Decimal]) -> Mark:
        """The sums up to just before an instant, with what open futures positions have earned by then."""
        with localcontext(MONEY):
            cost = sum((one.cost for one in self._held.values()), ZERO)
            both = {
                asset: (self._held[asset].quantity if asset in self._held else ZERO) + profit.get(asset, ZERO)
                for asset in dict.fromkeys([*self._held, *profit])
            }
            held = {asset: quantity for asset, quantity in both.items() if quantity != ZERO}
            return Mark(Closing(at_ms, self._flows, self._realized, -cost, self._income, self._fees), held)

    def _change(self, asset: str, quantity: Decimal, worth: Decimal) -> Decimal:
        held = self._held.setdefault(asset, _Held())
        if asset != self._reporting:
            return held.change(quantity, worth)
        # It costs 1, always.
        held.quantity += quantity
        held.cost += quantity
        return ZERO

    def _name(self, kind: EventKind, leg: Leg, worth: Decimal) -> None:
        """Count a leg as the part that it is."""
        if leg.role == "fee" or kind is EventKind.FUTURES_FEE:
            self._fees -= worth
        elif kind is EventKind.FUTURES_RESULT:
            self._realized += worth
        elif kind in INCOME_KINDS:
            self._income += worth
        elif kind in FLOW_KINDS and kind is not EventKind.UNEXPLAINED:
            self._flows += worth

    def _exchanged(self, event: LedgerEvent, price_of: PriceAt) -> Decimal | None:
        """The worth of an exchange: of the money in it, else of its quote coin, else of what has a price."""
        legs = sorted((leg for leg in event.legs if leg.role != "fee"), key=lambda leg: leg.role, reverse=True)
        if len(legs) != 2:
            return None
        if event.side == "SELL":
            legs.reverse()
        money = [leg for leg in legs if leg.asset == self._reporting]
        for leg in (*money, *legs):
            price = self._price(leg.asset, price_of)
            if price is not None:
                return abs(leg.amount) * price
        sold = next(leg for leg in legs if leg.role == "out")
        return abs(self._held[sold.asset].share(sold.amount)) if sold.asset in self._held else ZERO

    def _carried(self, event: LedgerEvent) -> Decimal | None:
        """What a coin cost that goes on as another one: nothing is realised by that."""
        sold = next((leg for leg in event.legs if leg.role == "out"), None)
        if sold is None or self._reporting in {leg.asset for leg in event.legs}:
            return None
        return abs(self._held[sold.asset].share(sold.amount)) if sold.asset in self._held else ZERO

    def _worth(self, leg: Leg, price_of: PriceAt) -> Decimal:
        price = self._price(leg.asset, price_of)
        if price is not None:
            return leg.amount * price
        return self._held[leg.asset].share(leg.amount) if leg.asset in self._held else ZERO

    def _price(self, asset: str, price_of: PriceAt) -> Decimal | None:
        return ONE if asset == self._reporting else price_of(asset)


def worth_of(held: Mapping[str, Decimal], prices: Mapping[str, Decimal | None]) -> Decimal:
    """Quantities at prices; a coin without one is outside the value."""
    with localcontext(MONEY):
        return sum(
            (quantity * price for asset, quantity in held.items() if (price := prices.get(asset)) is not None), ZERO
        )
