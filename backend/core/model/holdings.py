"""What an account holds and what came in and went out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from backend.core.model.amounts import ZERO, minus, total


@dataclass(frozen=True, slots=True)
class Balance:
    """One asset in one wallet of an account, whatever the number of pairs, subscriptions and products it stands in.

    `locked` stands in open orders or is held back: it is owned. `borrowed` and its `interest` are owed. `unrealized` is
    the profit of open futures positions that is paid in this asset: worth money already, owned by nobody yet.
    """

    wallet: str
    asset: str
    free: Decimal
    locked: Decimal
    borrowed: Decimal = ZERO
    interest: Decimal = ZERO
    unrealized: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """What is owned less what is owed; may be negative."""
        return minus(total([self.free, self.locked]), self.borrowed, self.interest)

    @property
    def valued(self) -> Decimal:
        """The quantity that is multiplied with the price: what is owned, and unrealised profit."""
        return total([self.total, self.unrealized])


class EventKind(StrEnum):
    """Why a balance changed. FINANCE.md section 3 says which kinds are flows."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    TRADE = "trade"
    # One coin for another outside the order book (Convert, dust to BNB, a stablecoin that the exchange exchanged): one
    # leg `out`, one `in`, at most one `fee`; neither flow nor income. `price`, `side` and `symbol` are None.
    CONVERT = "convert"
    # A coin that goes on as another one (a new name, other units): one leg `out`, one `in`. Nothing was sold, its lots
    # go on with their dates and costs.
    RENAME = "rename"
    # Earned or paid by what is held: no flow. `FUTURES_*` is told by the futures wallets alone.
    REWARD = "reward"
    INTEREST = "interest"
    FUNDING = "funding"
    FUTURES_RESULT = "futures_result"
    FUTURES_FEE = "futures_fee"
    # Borrowed or paid back: one leg for the coins, one for the debt. Together they change nothing that is owned.
    LOAN = "loan"
    # What the exchange's reports do not explain yet: counted as a flow and marked, until its cause is found.
    UNEXPLAINED = "unexplained"
    # The same after the user has said what it is: money that crossed the border, or income or a loss.
    ADJUSTMENT_FLOW = "adjustment_flow"
    ADJUSTMENT_INCOME = "adjustment_income"
    # A withdrawal to, or a deposit from, an own wallet outside the exchange that counts in the value: a leg as it was
    # told, one that takes it back, and the fee. Seen by readers, never stored.
    KEPT_OUTSIDE = "kept_outside"


FLOW_KINDS = frozenset({EventKind.DEPOSIT, EventKind.WITHDRAWAL, EventKind.UNEXPLAINED, EventKind.ADJUSTMENT_FLOW})
# What futures wallets tell of their contracts.
FUTURES_KINDS = frozenset({EventKind.FUNDING, EventKind.FUTURES_RESULT, EventKind.FUTURES_FEE})
# Income (positive) and costs (negative) of the portfolio itself: they move its return and are no flows.
INCOME_KINDS = FUTURES_KINDS | {EventKind.REWARD, EventKind.INTEREST, EventKind.ADJUSTMENT_INCOME}


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
    `sequence` orders events of one instant (trade ids). `transaction` and `address`: where a deposit or withdrawal went
    over a chain, or between two users of the exchange, as its list tells it; else empty. `wallet`: where it happened,
    where its list tells another one than its kind says (`core/ledger/wallet_sums.py`). `since_ms`: of an entry that
    stands in for unknown events, when the sums were right last: they happened after it; of coins that must have been
    there before the first event, when the last of them were short: they came before it. `settled`: False where the list
    that it was just read from may still change it; never stored.
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
    transaction: str = ""
    address: str = ""
    wallet: str = ""
    since_ms: int | None = None
    settled: bool = True

    @property
    def stretch(self) -> tuple[int, int] | None:
        """From when to when, both ends outside, what it stands in for happened; None where it stands in for nothing."""
        return None if self.since_ms is None else (min(self.since_ms, self.at_ms), max(self.since_ms, self.at_ms))

    def flow_legs(self) -> tuple[Leg, ...]:
        """The legs that cross the border of the portfolio."""
        if self.kind not in FLOW_KINDS:
            return ()
        return tuple(leg for leg in self.legs if leg.role != "fee" and leg.amount != ZERO)


# Events of a ledger by the numbers of their rows, each with a mark of all that its row said; None: not made of it yet.
KnownEvents = dict[int, tuple[int, LedgerEvent | None]]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money that crossed the border of the portfolio; `amount` in the reporting currency, negative = out.

    `amount` is None while the coin has no price at that instant: unknown, not zero.
    `status`: exact, estimated, to_confirm, pending (its effect is being computed) or not_flow (the user said that it is
    none: listed, never counted).
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
