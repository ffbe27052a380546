"""Runs of plans and the journal of their orders. Instants are of the exchange's clock unless named otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from backend.core.model.rebalancing import PlannedOrder

# queued: written, nothing sent yet; running: a collector works on it; needs_review: a person must look at the exchange.
RunState = Literal["queued", "running", "complete", "stopped", "failed", "needs_review"]
RunSource = Literal["user", "strategy", "conversion"]
# PLANNED: not sent, or certainly refused for the moment. SENDING: it may be on its way. UNKNOWN: it may have been
# placed. OPEN, PARTIAL: placed and not ended. FILLED: wholly; ENDED: ended by the exchange with a part filled.
# REJECTED: ended with nothing filled. SKIPPED: a limit or a filter forbade it. STOPPED: the run ended before it.
LegState = Literal[
    "PLANNED",
    "SENDING",
    "UNKNOWN",
    "OPEN",
    "PARTIAL",
    "FILLED",
    "ENDED",
    "REJECTED",
    "NEEDS_REVIEW",
    "SKIPPED",
    "STOPPED",
]
# Of one try to place a leg. REFUSED: certainly not placed; ABSENT: proven never to have been placed.
AttemptState = Literal[
    "SENDING", "UNKNOWN", "OPEN", "PARTIAL", "FILLED", "ENDED", "REJECTED", "REFUSED", "ABSENT", "NEEDS_REVIEW"
]
# The job that executes a plan.
EXECUTE_RUN: Final = "execute_run"
# A run that a collector must take up again.
UNFINISHED_RUNS: Final = frozenset({"queued", "running"})
# Nothing new is sent for an account while one of its runs is in one of these.
BLOCKING_RUNS: Final = UNFINISHED_RUNS | {"needs_review"}
FINAL_LEGS: Final = frozenset({"FILLED", "ENDED", "REJECTED", "NEEDS_REVIEW", "SKIPPED", "STOPPED"})
# What the exchange may still be doing.
PENDING: Final = frozenset({"SENDING", "UNKNOWN", "OPEN", "PARTIAL"})


@dataclass(frozen=True, slots=True)
class NewRun:
    """One execution of one plan, before its first order.

    `portfolio`: what the account was worth in the plan. `start`: spot quantities at its beginning, by asset; empty in a
    dry run. `request`: names the write that asked for it.
    """

    account_id: int
    environment: str
    plan_id: str
    plan_hash: str
    dry_run: bool
    source: RunSource
    portfolio: Decimal
    created_ms: int
    start: Mapping[str, Decimal] = field(default_factory=dict)
    request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(NewRun):
    """The same in its place, and how far it is.

    `reason`: a code that says why it ended as it did, `detail` in words. `epoch`: of the lease under which it was
    written last.
    """

    id: int
    state: RunState
    reason: str | None
    detail: str
    created_machine_ms: int
    finished_ms: int | None
    stop_asked: bool
    epoch: int | None


@dataclass(frozen=True, slots=True)
class RunLeg:
    """One order of a run as it was planned, and how far it has come. `error`: a code, `detail` in words."""

    run_id: int
    planned: PlannedOrder
    state: LegState
    error: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to place a leg; the journal has it before the exchange can.

    `quantity`: of the base asset; with a `quote_quantity` so much of the quote asset is to be spent, and the quantity
    is what that would buy at the offer. `stamp_ms`, `recv_window_ms`: as they are signed. `price`: the offer it was
    sized with; `worth`: in the reporting currency. `executed`: of the base asset, `executed_quote` None while it is not
    told. `error`: a code.
    """

    run_id: int
    n: int
    attempt: int
    client_order_id: str
    symbol: str
    side: Literal["BUY", "SELL"]
    quantity: Decimal
    price: Decimal
    worth: Decimal
    stamp_ms: int
    recv_window_ms: int
    state: AttemptState
    order_id: str | None = None
    executed: Decimal | None = None
    executed_quote: Decimal | None = None
    error: str | None = None
    quote_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RunFill:
    """A trade of an order of ours, once: trade ids are unique for an account and symbol."""

    run_id: int
    n: int
    symbol: str
    side: Literal["BUY", "SELL"]
    trade_id: str
    order_id: str
    price: Decimal
    quantity: Decimal
    quote: Decimal
    commission: Decimal
    commission_asset: str
    at_ms: int
