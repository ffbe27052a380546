"""The state machine of one order: what an answer, an error or silence makes of it. No clock, no network.

Source: docs/decisions/0025-order-journal.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from backend.core.errors import (
    ClockSkewError,
    DatabaseUnavailableError,
    DomainError,
    DuplicateOrderError,
    ExchangeLimitedError,
    FilterRefusedError,
    InsufficientBalanceError,
    OrderLimitError,
    OrderRejectedError,
)
from backend.core.model.amounts import ZERO

if TYPE_CHECKING:
    from backend.core.model.orders import Order
    from backend.core.model.runs import Attempt, AttemptState

# How long after its stamp the exchange may still take an order.
RECV_WINDOW_MS: Final = 3_000
# Reads were seen to lag by more than 15 s: before this long after the window, not found says nothing.
SETTLE_MS: Final = 60_000
AGREEMENTS: Final = 2
# Reads that answer and do not agree for this long are for a person to look at; so is an order that does not end.
REVIEW_MS: Final = 300_000
# Looks follow each other in seconds; a longer pause (a machine that slept) counts as this much.
MOST_BETWEEN_MS: Final = 60_000
# Refusals of the moment after which a leg is given up.
MOST_REFUSALS: Final = 5
SHORT: Final = "insufficient-balance"
# Texts of -2010 that say for certain that nothing was placed. With any other the order is looked for.
CERTAIN_TEXTS: Final = (
    "market is closed",
    "symbol is not permitted",
    "action is disabled",
    "not supported for this symbol",
    "rejected by risk",
)
STATUSES: Final[dict[str, AttemptState]] = {
    "NEW": "OPEN",
    "PENDING_NEW": "OPEN",
    "PENDING_CANCEL": "OPEN",
    "PARTIALLY_FILLED": "PARTIAL",
}


def client_order_id(environment: str, account_id: int, plan_id: str, n: int, attempt: int) -> str:
    """The id of one attempt: the same whenever it is asked for, letters and digits, 32 of them."""
    named = f"{environment}|{account_id}|{plan_id}|{n}|{attempt}"
    return f"r{sha256(named.encode()).hexdigest()[:31]}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What becomes of an attempt that brought an error.

    REFUSED: nothing was placed and the leg may be tried again after `wait_s`, with a clock or rules read anew.
    REJECTED: nothing was placed and trying again does not help. UNKNOWN: it must be looked for.
    """

    state: Literal["REFUSED", "REJECTED", "UNKNOWN"]
    code: str
    detail: str
    wait_s: float = 0.0


def refusal(error: DomainError) -> Refusal:
    """What an error of a send says about the order. Whatever is not certain is UNKNOWN."""
    words = str(error)
    match error:
        case ExchangeLimitedError() | OrderLimitError():
            return Refusal("REFUSED", error.code, words, error.retry_after_s)
        case ClockSkewError() | FilterRefusedError():
            return Refusal("REFUSED", _filter_code(error), words)
        case DatabaseUnavailableError():
            # The budget of requests could not be booked: nothing left this machine.
            return Refusal("REFUSED", error.code, words, 1.0)
        case InsufficientBalanceError():
            # Prices moved between the offer and the order: it is sized once more by what is there.
            return Refusal("REFUSED", SHORT, words)
        case DuplicateOrderError():
            return Refusal("UNKNOWN", "duplicate-order", words)
        case OrderRejectedError() if any(text in words.lower() for text in CERTAIN_TEXTS):
            return Refusal("REJECTED", "order-rejected", words)
        case _:
            return Refusal("UNKNOWN", error.code, words)


def _filter_code(error: DomainError) -> str:
    if isinstance(error, FilterRefusedError):
        return f"filter-{error.filter_name or 'unknown'}".lower().replace("_", "-")
    return error.code


def answered(attempt: Attempt, order: Order) -> Attempt:
    """The attempt as an answer about an order tells it; one that is not ours tells nothing."""
    ours = order.client_id == attempt.client_order_id and order.symbol == attempt.symbol
    if not ours or order.side != attempt.side:
        return replace(attempt, state="UNKNOWN", error="another-order")
    if order.ended:
        # Of an amount of money nobody can say how many coins are all of it: the exchange does.
        by_money = attempt.quote_quantity is not None
        whole = order.status == "FILLED" if by_money else order.executed == order.quantity
        ended: AttemptState = "REJECTED" if order.executed == ZERO else "FILLED" if whole else "ENDED"
        state = ended
        error = None if whole and ended == "FILLED" else _why(order)
    elif order.status in STATUSES:
        state, error = STATUSES[order.status], None
    else:
        return replace(attempt, state="UNKNOWN", error="unknown-status")
    return replace(
        attempt,
        state=state,
        order_id=order.order_id,
        executed=order.executed,
        executed_quote=order.executed_quote,
        error=error,
    )


def _why(order: Order) -> str:
    return f"{order.status} {order.expiry_reason or ''}".strip().lower().replace(" ", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class Look:
    """What the exchange's reads show of an order that its own question did not find.

    `at_ms`: an instant that the exchange's clock had passed before the first of them. `agrees`: neither open orders
    nor trades nor balances know of it. None: not all of them answered, which says nothing.
    """

    at_ms: int
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long answers were of no use. What passed without an answer does not count: silence is no verdict."""

    spent_ms: int = 0
    last_ms: int | None = None

    @property
    def over(self) -> bool:
        return self.spent_ms >= REVIEW_MS

    def answered(self, at_ms: int) -> Patience:
        """One more answer of no use, at an instant of the exchange's clock."""
        passed = 0 if self.last_ms is None else min(max(at_ms - self.last_ms, 0), MOST_BETWEEN_MS)
        return Patience(self.spent_ms + passed, at_ms)

    def unanswered(self) -> Patience:
        """The exchange was silent: the next answer begins where the last one was."""
        return Patience(self.spent_ms)


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for an order that may have been placed, put together."""

    attempt: Attempt
    agreed: int = 0
    disputed: Patience = Patience()

    @property
    def counts_from_ms(self) -> int:
        """Before this instant of the exchange's clock, not found says nothing."""
        return self.attempt.stamp_ms + self.attempt.recv_window_ms + SETTLE_MS

    @property
    def verdict(self) -> Literal["look_again", "absent", "needs_review"]:
        if self.agreed >= AGREEMENTS:
            return "absent"
        return "needs_review" if self.disputed.over else "look_again"

    def after(self, look: Look) -> Search:
        """The search with one more look; looks before the order could be seen count for nothing."""
        if look.at_ms <= self.counts_from_ms:
            return self
        if look.agrees is None:
            return self.unanswered()
        if look.agrees:
            return replace(self, agreed=self.agreed + 1)
        return replace(self, agreed=0, disputed=self.disputed.answered(look.at_ms))

    def unanswered(self) -> Search:
        """The search after a question without an answer."""
        return replace(self, disputed=self.disputed.unanswered())
