"""What a statement tells: events, the lines that told them, and what became of every line."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from sys import intern
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind, LedgerEvent, Leg

if TYPE_CHECKING:
    from backend.core.model.wallet_moves import WalletMove

View = Literal[
    "trades",
    "converts",
    "deposits",
    "withdrawals",
    "fiat",
    "fiat_buys",
    "p2p",
    "futures_income",
    "futures_trades",
    "staking",
    "auto_invest",
    "transactions",
    "earn",
    "earn_locked",
    "orders",
    "tax_report",
]
PREFIX: Final = "statement:"
# Noted of an order of which the fills, and so the fees, are not told.
WHOLE_ORDER: Final = "order"
# Reasons of lines that move nothing, and of lines that cannot be recorded.
OWN_MOVE: Final = "own_move"
NO_MOVE: Final = "moves_nothing"
NOT_COMPLETED: Final = "not_completed"
UNKNOWN_OPERATION: Final = "operation_unknown"
UNKNOWN_STATUS: Final = "status_unknown"
UNKNOWN_TYPE: Final = "type_unknown"
UNKNOWN_FORM: Final = "form_unknown"
NO_COUNTERPART: Final = "counterpart_missing"
AMBIGUOUS: Final = "legs_ambiguous"
BAD_NUMBER: Final = "number_unreadable"
BAD_PAIR: Final = "pair_unreadable"
NO_DATE: Final = "date_missing"
WRONG_WIDTH: Final = "cells_missing"
NO_DIRECTION: Final = "direction_needed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a file tells it.

    `event.external_id` is the exchange's own id where the file has one that no other row can bear, else empty: the
    import then names it by its line. `lines`: the lines that tell it.
    """

    event: LedgerEvent
    lines: tuple[int, ...]


@dataclass(slots=True)
class StatementLine:
    """A line of a statement. `reason` with `ignored`: why it needs no event; without: why it cannot be recorded.

    `legs` is what it moves; `words` is what the file calls it.
    """

    n: int
    at_ms: int | None = None
    kind: EventKind | None = None
    legs: tuple[Leg, ...] = ()
    words: str = ""
    reason: str | None = None
    detail: str = ""
    ignored: bool = False

    @property
    def refused(self) -> bool:
        """Whether it cannot be recorded, so that nobody knows what it moved."""
        return self.reason is not None and not self.ignored


@dataclass(slots=True)
class Told:
    """Everything that one file tells."""

    lines: list[StatementLine] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    # The wallets that a transaction history names.
    wallets: set[str] = field(default_factory=set)
    # Moves between own wallets, without names.
    moves: list[WalletMove] = field(default_factory=list)


class RowFault(Exception):
    """A row that cannot be recorded; `code` says why and `detail` is the text that is to blame."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail[:40]


class Skip(Exception):
    """A row that needs no event, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def source_of(view: View) -> str:
    """The source of a view's events in the ledger."""
    return intern(f"{PREFIX}{view}")  # every line of a long file has it


def leg(asset: str, amount: Decimal, fee: bool = False) -> Leg:
    """A leg with the role that its sign tells."""
    return Leg(asset, amount, "fee" if fee else "in" if amount > ZERO else "out")
