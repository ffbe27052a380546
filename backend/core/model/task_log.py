"""What the collector's tasks did: one line a run, and how many refreshes worked. Instants are this machine's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from backend.core.errors import DomainError, ExchangeError, Remedy

if TYPE_CHECKING:
    from backend.core.model.runs import Run
    from backend.core.model.valuation import Valuation

# From the least to the gravest: a retry mends itself, a warning waits for somebody or something else.
LogLevel = Literal["ok", "run", "retry", "warning"]
TaskName = Literal[
    "balances", "history", "snapshot", "books", "streams", "runs", "keys", "connection_test", "demo_action"
]
LEVELS: Final[tuple[LogLevel, ...]] = get_args(LogLevel)
# Of these the program asks again by itself.
MENDED: Final = frozenset({Remedy.RETRY, Remedy.BACK_OFF, Remedy.WAIT, Remedy.MEASURE_CLOCK, Remedy.SPLIT_WINDOW})
# The balances are shown, without what could not be read.
PARTIAL: Final = "partial"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One run of a task. Nothing in it is a secret or an amount of money.

    `detail`: the words of an error, or the wallets that are missing; `numbers`: counts by name. `answer_ms`: how long
    the exchange took for one answer. `environment` is named where no account is.
    """

    level: LogLevel
    task: TaskName
    account_id: int | None
    code: str | None = None
    detail: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    duration_ms: int | None = None
    answer_ms: int | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line in its place; ids rise."""

    id: int
    at_ms: int
    line: TaskLine


@dataclass(frozen=True, slots=True)
class Measured:
    """How long one run took that went well, and one answer of the exchange in it."""

    task: TaskName
    at_ms: int
    duration_ms: int
    answer_ms: int | None


@dataclass(frozen=True, slots=True)
class RefreshCount:
    """Tries to refresh balances. `since_ms`: the first that is counted; None: there was none."""

    worked: int
    failed: int
    since_ms: int | None


def refresh_line(account_id: int, valuation: Valuation, took_ms: int, answer_ms: int | None) -> TaskLine:
    """The line of a refresh that went well; one that lacks a wallet is made again."""
    numbers = {"assets": len({line.balance.asset for line in valuation.lines})}
    if valuation.unknown_wallets:
        missing = ", ".join(valuation.unknown_wallets)
        return TaskLine("retry", "balances", account_id, PARTIAL, missing, numbers, took_ms, answer_ms)
    return TaskLine("ok", "balances", account_id, None, "", numbers, took_ms, answer_ms)


def failure_line(task: TaskName, account_id: int, error: DomainError, tries: int = 1) -> TaskLine:
    """The line of a run that failed, for the `tries`th time in a row."""
    mends = isinstance(error, ExchangeError) and error.remedy in MENDED
    numbers = {"tries": tries} if tries > 1 else {}
    return TaskLine("retry" if mends else "warning", task, account_id, error.code, str(error), numbers)


def run_begun_line(account_id: int, run_id: int, orders: int) -> TaskLine:
    """The line of a run of a plan that begins to send orders."""
    return TaskLine("run", "runs", account_id, numbers={"run": run_id, "orders": orders})


def run_ended_line(
    run: Run, filled: int, orders: int, ended_ms: int, bad: bool, code: str | None = None, detail: str = ""
) -> TaskLine:
    """The line of a run that is over.

    Args:
        filled: orders that were filled, wholly or in part.
        bad: somebody has to know; a run that ended well, or as somebody wished, is none.
    """
    level: LogLevel = "warning" if bad else "ok" if code is None else "run"
    numbers = {"run": run.id, "orders": orders, "filled": filled, "dry_run": int(run.dry_run)}
    return TaskLine(level, "runs", run.account_id, code, detail, numbers, max(ended_ms - run.created_ms, 0))


def told_again(tries: int) -> bool:
    """Whether a failure that goes on is told once more: at the 2nd, 4th, 8th, 16th ... try."""
    return tries & (tries - 1) == 0
