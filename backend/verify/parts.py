"""What the value of an account is made of, booked from its events in plain sums: the closing equation once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.verify.differences import EXACT

Price = Callable[[str, int], Decimal | None]
CROSSING: Final = {EventKind.DEPOSIT, EventKind.WITHDRAWAL, EventKind.ADJUSTMENT_FLOW}
EARNED: Final = {EventKind.REWARD, EventKind.INTEREST, EventKind.FUNDING, EventKind.ADJUSTMENT_INCOME}


class Parts:
    """Running sums up to an instant. Each coin is held at average cost; the reporting currency costs 1."""

    def __init__(self, reporting: str) -> None:
        self.reporting = reporting
        self.flows = self.realized = self.income = self.fees = ZERO
        self._quantity: dict[str, Decimal] = {}
        self._cost: dict[str, Decimal] = {}

    def book(self, event: LedgerEvent, price: Price) -> None:
        """Take in an event; each leg counts at its worth at its own instant."""
        if event.kind is EventKind.LOAN:
            return
        with localcontext(EXACT):
            for leg, worth in self._worths(event, price):
                self._take(event.kind, leg, worth)

    def enter(self, amount: Decimal) -> None:
        """A flow of money that is in no coin."""
        self.flows = EXACT.add(self.flows, amount)

    def unrealized(self, profit: Mapping[str, Decimal], price: Mapping[str, Decimal | None]) -> Decimal:
        """Market value of what is held and of open profit, less cost; a coin without a price is outside."""
        with localcontext(EXACT):
            worth = ZERO
            for asset in {**self._quantity, **profit}:
                quantity = self._quantity.get(asset, ZERO) + profit.get(asset, ZERO)
                known = price.get(asset)
                if known is not None:
                    worth += quantity * known
            return worth - sum(self._cost.values(), ZERO)

    @property
    def assets(self) -> list[str]:
        """Every coin that was ever held."""
        return list(self._quantity)

    def _worths(self, event: LedgerEvent, price: Price) -> Iterator[tuple[Leg, Decimal]]:
        legs = [leg for leg in event.legs if event.kind is not EventKind.KEPT_OUTSIDE or leg.role == "fee"]
        sides = [leg for leg in legs if leg.role != "fee"]
        both: Decimal | None = None
        if event.kind in (EventKind.TRADE, EventKind.CONVERT) and len(sides) == 2:
            both = self._exchange(event, sides, price)
        if event.kind is EventKind.RENAME and not any(leg.asset == self.reporting for leg in legs):
            sold = next((leg for leg in legs if leg.role == "out"), None)
            both = None if sold is None else abs(self._at_cost(sold))
        for leg in legs:
            if both is not None and leg.role != "fee":
                yield leg, both if leg.role == "in" else -both
            else:
                known = self._price(leg.asset, event.at_ms, price)
                yield leg, leg.amount * known if known is not None else self._at_cost(leg)

    def _exchange(self, event: LedgerEvent, sides: list[Leg], price: Price) -> Decimal:
        """Both sides are worth the money among them, else the quote coin, else whichever has a price, else the cost."""
        given = "out" if event.side != "SELL" else "in"
        for leg in sorted(sides, key=lambda leg: (leg.asset != self.reporting, leg.role != given)):
            known = self._price(leg.asset, event.at_ms, price)
            if known is not None:
                return abs(leg.amount) * known
        return abs(self._at_cost(next(leg for leg in sides if leg.role == "out")))

    def _price(self, asset: str, at_ms: int, price: Price) -> Decimal | None:
        return Decimal(1) if asset == self.reporting else price(asset, at_ms)

    def _at_cost(self, leg: Leg) -> Decimal:
        """The worth at which a leg realises nothing."""
        held = self._quantity.get(leg.asset, ZERO)
        if held == 0 or (held > 0) == (leg.amount > 0):
            return ZERO
        return -self._cost[leg.asset] * min(abs(leg.amount), abs(held)) / abs(held)

    def _take(self, kind: EventKind, leg: Leg, worth: Decimal) -> None:
        asset, held = leg.asset, self._quantity.get(leg.asset, ZERO)
        cost = self._cost.get(asset, ZERO)
        self._quantity[asset] = held + leg.amount
        if asset == self.reporting:
            self._cost[asset] = cost + leg.amount
        elif held == 0 or (held > 0) == (leg.amount > 0):
            self._cost[asset] = cost + worth
        else:
            closed = min(abs(held), abs(leg.amount))
            gone = cost if closed == abs(held) else cost * closed / abs(held)
            paid = worth if closed == abs(leg.amount) else worth * closed / abs(leg.amount)
            self._cost[asset] = cost - gone + (worth - paid)
            self.realized += -paid - gone
        if leg.role == "fee" or kind is EventKind.FUTURES_FEE:
            self.fees -= worth
        elif kind is EventKind.FUTURES_RESULT:
            self.realized += worth
        elif kind in EARNED:
            self.income += worth
        elif kind in CROSSING:
            self.flows += worth
