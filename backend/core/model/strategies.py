"""What is kept of automatic runs, of the scores of runs, and of conversions. Instants in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from backend.core.model.rebalancing import Strategy

# run: one began; nothing_to_do: the plan had no orders; inside_band: no drift reaches the threshold; not_started: the
# reason says what stood in its way; put_off: it waits, or a later one came while it did.
DueOutcome = Literal["run", "nothing_to_do", "inside_band", "not_started", "put_off"]
# What a due run waits for: another one, its cooldown, a deposit that settles.
PutOff = Literal["running", "cooldown", "settling"]
# Of these nobody has to know for ever.
QUIET: Final = ("nothing_to_do", "inside_band", "put_off")


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
class NewDue:
    """A due instant and what became of it. `reason`: a code, `detail` in words; `run_id` where a run began.

    `drift`: the largest of either sign that the plan saw, a ratio, of `drift_asset`; None: it came to no plan.
    `put_off`: what it had to wait for.
    """

    account_id: int
    due_ms: int
    at_ms: int
    strategy: Strategy
    dry_run: bool
    outcome: DueOutcome
    reason: str | None = None
    detail: str = ""
    run_id: int | None = None
    drift: Decimal | None = None
    drift_asset: str | None = None
    put_off: PutOff | None = None


@dataclass(frozen=True, slots=True)
class StrategyDue(NewDue):
    """The same in its place; ids rise."""

    id: int = field(kw_only=True)


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
