"""A step of an account: what is asked, what came of it, and both as they travel to a worker and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn, Self, cast

from backend.core.errors import (
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    LeaseLostError,
    Remedy,
    RequestBudgetError,
)

StepKind = Literal["refresh", "catch_up"]
STEP_KINDS: Final[tuple[StepKind, ...]] = ("refresh", "catch_up")


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
        numbers = [told.get(name) for name in ("account", "epoch", "turn")]
        if told.get("kind") not in STEP_KINDS or not all(type(one) is int for one in numbers):
            raise ValueError("not a hand-out")
        account, epoch, turn = cast(list[int], numbers)
        flags = told.get("for_user") is True, told.get("manual_snapshot") is True
        return cls(account, epoch, turn, StepAsk(cast(StepKind, told["kind"]), *flags))


def done_written(done: StepDone) -> dict[str, Any]:
    """A good outcome as JSON."""
    return {"at_ms": done.at_ms, "more": done.more, "others": sorted(done.others)}


def failure_written(error: Exception) -> dict[str, Any]:
    """A bad outcome as JSON; of a fault of ours no text travels, for it may hold anything."""
    if isinstance(error, ExchangeLimitedError):
        kind = "budget" if isinstance(error, RequestBudgetError) else "limited"
        return {"failed": kind, "detail": str(error), "wait_s": error.retry_after_s, "banned": error.banned}
    if isinstance(error, ExchangeError):
        return {"failed": "exchange", "code": error.code, "detail": str(error), "remedy": error.remedy.value}
    if isinstance(error, DomainError):
        kind = "lease" if isinstance(error, LeaseLostError) else "domain"
        return {"failed": kind, "code": error.code, "detail": str(error)}
    return {"failed": "fault"}


def outcome_read(told: Mapping[str, Any]) -> StepDone:
    """The outcome of a step that a worker did.

    Raises:
        DomainError: the step met it there.
        RuntimeError: a fault of ours; the worker's log says which.
    """
    if "failed" in told:
        _raise(told)
    return StepDone(int(told["at_ms"]), bool(told["more"]), frozenset(int(one) for one in told["others"]))


def _raise(told: Mapping[str, Any]) -> NoReturn:
    words = str(told.get("detail", ""))
    match told["failed"]:
        case "budget":
            raise RequestBudgetError(words, float(told["wait_s"]), bool(told["banned"]))
        case "limited":
            raise ExchangeLimitedError(words, float(told["wait_s"]), bool(told["banned"]))
        case "exchange":
            error: DomainError = ExchangeError(words, remedy=Remedy(told["remedy"]))
        case "lease":
            raise LeaseLostError(words)
        case "domain":
            error = DomainError(words)
        case _:
            raise RuntimeError("A step failed in a worker: its log says why")
    error.code = str(told["code"])
    raise error
