"""What an account holds and what came in and went out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from backend.core.model.amounts import ZERO, total


@dataclass(frozen=True, slots=True)
class Balance:
    """Quantity of one asset in one wallet; `locked` stands in open orders."""

    wallet: str
    asset: str
    free: Decimal
    locked: Decimal

    @property
    def total(self) -> Decimal:
        return total([self.free, self.locked])


class EventKind(StrEnum):
    """Why a balance changed. FINANCE.md section 3 says which kinds are flows."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    TRADE = "trade"
    # What the exchange's reports do not explain yet: counted as a flow and marked, until its cause is found.
    UNEXPLAINED = "unexplained"


FLOW_KINDS = frozenset({EventKind.DEPOSIT, EventKind.WITHDRAWAL, EventKind.UNEXPLAINED})


@dataclass(frozen=True, slots=True)
class Leg:
    """One signed quantity of one asset. A fee is a leg of its own: it is a cost, never a flow."""

    asset: str
    amount: Decimal
    role: Literal["in", "out", "fee"]


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One movement with all its legs.

    `source` and `external_id` together are unique in an account: recording an event twice changes nothing.
    `sequence` orders events of one instant (trade ids).
    """

    source: str
    external_id: str
    kind: EventKind
    at_ms: int
    legs: tuple[Leg, ...]
    symbol: str | None = None
    price: Decimal | None = None
    side: Literal["BUY", "SELL"] | None = None
    note: str = ""

    def flow_legs(self) -> tuple[Leg, ...]:
        """The legs that cross the border of the portfolio."""
        if self.kind not in FLOW_KINDS:
            return ()
        return tuple(leg for leg in self.legs if leg.role != "fee" and leg.amount != ZERO)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money that crossed the border of the portfolio; `amount` in the reporting currency, negative = out.

    `amount` is None while the coin has no price at that instant: unknown, not zero.
    `status`: exact, estimated, to_confirm or pending (its effect is being computed).
    `import_id`: the import that wrote it; `edited`: its figures were changed by hand since.
    """

    id: int | None
    account_id: int
    at_ms: int
    amount: Decimal | None
    asset: str | None
    quantity: Decimal | None
    price: Decimal | None
    description: str
    source: str
    external_id: str
    status: str
    reason: str | None = None
    import_id: int | None = None
    edited: bool = False
