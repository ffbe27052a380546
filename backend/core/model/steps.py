"""What is handed to workers: steps of accounts and backtests. What is asked and what came of it, as both travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn, Self, cast

from backend.core.errors import (
    DatabaseUnavailableError,
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    LeaseLostError,
    Remedy,
    RequestBudgetError,
)

StepKind = Literal["refresh", "catch_up"]
STEP_KINDS: Final[tuple[StepKind, ...]] = ("refresh", "catch_up")
BACKTEST: Final = "backtest"


@dataclass(frozen=True, slots=True)
class StepAsk:
    """What is asked: `refresh` reads the account, `catch_up` makes on what is left of its past.

    `for_user`: somebody waits for it. `manual_snapshot`: a row is taken when the balances are read.
    """

    kind: StepKind = "refresh"
    for_user: bool = False
    manual_snapshot: bool = False


@dataclass(frozen=True, slots=True)
class StepDone:
    """What came of it. `at_ms`: instant of the new value (exchange's clock), 0 where none was read.

    `more`: some of the past is left to be made. `others`: accounts whose figures changed with this one's.
    """

    at_ms: int
    more: bool
    others: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HandOut:
    """A step on its way to a worker: under which lease, and which turn of the account it is."""

    account_id: int
    epoch: int
    turn: int
    ask: StepAsk

    @property
    def whose(self) -> str:
        """What goes to the same worker each time."""
        return str(self.account_id)

    @property
    def urgent(self) -> bool:
        """Whether it goes before others."""
        return self.ask.for_user

    @property
    def bounded(self) -> bool:
        """Whether it is to come to an end after a while, for others of the account wait for it."""
        return True

    def written(self) -> dict[str, Any]:
        """As JSON."""
        ask = self.ask
        return {
            "account": self.account_id,
            "epoch": self.epoch,
            "turn": self.turn,
            "kind": ask.kind,
            "for_user": ask.for_user,
            "manual_snapshot": ask.manual_snapshot,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The hand-out of a JSON object.

        Raises:
            ValueError: it is none.
        """
        account, epoch, turn = _numbers(told, "account")
        if told.get("kind") not in STEP_KINDS:
            raise ValueError("not a hand-out")
        flags = told.get("for_user") is True, told.get("manual_snapshot") is True
        return cls(account, epoch, turn, StepAsk(cast(StepKind, told["kind"]), *flags))


@dataclass(frozen=True, slots=True)
class BacktestHandOut:
    """A backtest on its way to a worker: under which lease, and which turn of the backtest it is."""

    number: int
    epoch: int
    turn: int

    @property
    def whose(self) -> str:
        """What goes to the same worker each time."""
        return f"{BACKTEST} {self.number}"

    @property
    def urgent(self) -> bool:
        """It goes behind everything else."""
        return False

    @property
    def bounded(self) -> bool:
        """It may take hours: nothing waits for it, and each result is kept as soon as it is there."""
        return False

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": BACKTEST, "backtest": self.number, "epoch": self.epoch, "turn": self.turn}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The hand-out of a JSON object.

        Raises:
            ValueError: it is none.
        """
        return cls(*_numbers(told, BACKTEST))


Handed = HandOut | BacktestHandOut


def handed_read(told: Mapping[str, Any]) -> Handed:
    """What a message tells to do.

    Raises:
        ValueError: nothing that is handed out.
    """
    return BacktestHandOut.read(told) if told.get("kind") == BACKTEST else HandOut.read(told)


def _numbers(told: Mapping[str, Any], name: str) -> tuple[int, int, int]:
    found = [told.get(one) for one in (name, "epoch", "turn")]
    if not all(type(one) is int for one in found):
        raise ValueError("not a hand-out")
    number, epoch, turn = cast(list[int], found)
    return number, epoch, turn


def done_written(done: StepDone) -> dict[str, Any]:
    """A good outcome as JSON."""
    return {"at_ms": done.at_ms, "more": done.more, "others": sorted(done.others)}


def failure_written(error: Exception) -> dict[str, Any]:
    """A bad outcome as JSON; of a fault of ours no text travels, for it may hold anything."""
    if isinstance(error, ExchangeLimitedError):
        kind = "budget" if isinstance(error, RequestBudgetError) else "limited"
        return {"failed": kind, "detail": str(error), "wait_s": error.retry_after_s, "banned": error.banned}
    if isinstance(error, ExchangeError):
        kind = "unavailable" if isinstance(error, ExchangeUnavailableError) else "exchange"
        return {"failed": kind, "code": error.code, "detail": str(error), "remedy": error.remedy.value}
    if isinstance(error, DomainError):
        named = {LeaseLostError: "lease", DatabaseUnavailableError: "database"}
        return {"failed": named.get(type(error), "domain"), "code": error.code, "detail": str(error)}
    return {"failed": "fault"}


def outcome_read(told: Mapping[str, Any]) -> StepDone:
    """The outcome of a step that a worker did; raises as `raise_failure`."""
    raise_failure(told)
    return StepDone(int(told["at_ms"]), bool(told["more"]), frozenset(int(one) for one in told["others"]))


def raise_failure(told: Mapping[str, Any]) -> None:
    """Let whoever waits meet what a worker met.

    Raises:
        DomainError: the worker met it.
        RuntimeError: a fault of ours; the worker's log says which.
    """
    if "failed" in told:
        _raise(told)


def _raise(told: Mapping[str, Any]) -> NoReturn:
    words = str(told.get("detail", ""))
    error: DomainError
    match told["failed"]:
        case "budget":
            raise RequestBudgetError(words, float(told["wait_s"]), bool(told["banned"]))
        case "limited":
            raise ExchangeLimitedError(words, float(told["wait_s"]), bool(told["banned"]))
        case "exchange":
            error = ExchangeError(words, remedy=Remedy(told["remedy"]))
        case "unavailable":
            error = ExchangeUnavailableError(words, remedy=Remedy(told["remedy"]))
        case "lease":
            raise LeaseLostError(words)
        case "database":
            error = DatabaseUnavailableError(words)
        case "domain":
            error = DomainError(words)
        case _:
            raise RuntimeError("A step failed in a worker: its log says why")
    error.code = str(told["code"])
    raise error
