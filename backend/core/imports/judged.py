"""Lines of a file and what a commit would do with them, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from backend.core.flow_rules import FlowLimits
    from backend.core.imports.answers import Answers, Question
    from backend.core.imports.cash_flow_file import FlowLine
    from backend.core.imports.statements.covered import Covered
    from backend.core.imports.statements.entries import StatementLine
    from backend.core.imports.table import Column
    from backend.core.model.holdings import CashFlow, LedgerEvent
    from backend.core.model.imported import ImportedValue
    from backend.core.model.imports import FileImport, Repeat
    from backend.core.model.wallet_moves import WalletMove
    from backend.core.ports import UnitOfWork

# `ignored`: a line of a statement that moves nothing.
LineState = Literal["new", "known", "error", "ignored"]


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line and what a commit would do with it; `reason` says why it cannot be recorded, or need not be.

    `position` numbers the lines of all files of an import; `file` is empty where there is only one.
    """

    line: FlowLine | StatementLine
    state: LineState
    reason: str | None
    position: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines, and what a commit writes of them. `events` are made when they are asked for: there may be many.

    `covered`: what the files tell whole, known lines included; `repeats`: what they tell again of earlier imports.
    `moves`: between own wallets; which of them count is decided where they are read.
    """

    lines: Sequence[JudgedLine]
    flows: Sequence[CashFlow] = ()
    events: Callable[[], Sequence[LedgerEvent]] = tuple
    covered: Sequence[Covered] = ()
    values: Sequence[ImportedValue] = ()
    repeats: Sequence[Repeat] = ()
    moves: Sequence[WalletMove] = ()


class FileReading(Protocol):
    """A file as it is read with the answers given so far."""

    @property
    def columns(self) -> Sequence[Column]: ...

    @property
    def answers(self) -> Answers: ...

    @property
    def questions(self) -> Sequence[Question]: ...

    def judged(self, unit: UnitOfWork, file: FileImport, limits: FlowLimits) -> Judged:
        """What a commit would do with each line, as the account stands now."""
