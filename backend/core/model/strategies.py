"""What is kept of automatic runs, of the scores of runs, and of conversions. Instants in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from backend.core.model.rebalancing import Strategy

# run: one began; nothing_to_do: the plan had no orders; not_started: the reason says what stood in its way.
DueOutcome = Literal["run", "nothing_to_do", "not_started"]


@dataclass(frozen=True, slots=True)
class StrategyClock:
    """How far the automatic runs of an account are, by this machine's clock.

    `chosen`: a mark of all that was set; another one starts the clock anew. `newest_flow`: number of the newest deposit
    that was seen, at `deposit_seen_ms`. `failing`: code of what kept the present due instant from being dealt with.
    """

    account_id: int
    chosen: str
    started_ms: int
    last_due_ms: int | None = None
    newest_flow: int | None = None
    deposit_seen_ms: int | None = None
    failing: str | None = None


@dataclass(frozen=True, slots=True)
class StrategyDue:
    """A due instant that was dealt with, once. `reason`: a code, `detail` in words; `run_id` where a run began."""

    id: int
    account_id: int
    due_ms: int
    at_ms: int
    strategy: Strategy
    dry_run: bool
    outcome: DueOutcome
    reason: str | None
    detail: str
    run_id: int | None


@dataclass(frozen=True, slots=True)
class NewDue:
    """The same before it has a number."""

    account_id: int
    due_ms: int
    at_ms: int
    strategy: Strategy
    dry_run: bool
    outcome: DueOutcome
    reason: str | None = None
    detail: str = ""
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class ScorePrice:
    """The price of a coin that runs traded and that is not held now; None: it has none."""

    asset: str
    price: Decimal | None
    at_ms: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """One asset turned into another by one run. `amount`: of `given`, as it was asked for.

    `expected`: of `taken`, as it was planned.
    """

    run_id: int
    account_id: int
    at_ms: int
    given: str
    taken: str
    amount: Decimal
    expected: Decimal
    route: tuple[str, ...]


Changes = Mapping[str, Decimal]
