"""What a user says of a file, and what must be asked before it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from backend.core.imports.instants import DateOrder
    from backend.core.imports.numbers import DecimalMark

Role = Literal["date", "time", "type", "amount", "asset", "quantity", "note"]
QuestionField = Literal["columns", "decimal_mark", "date_order", "time_zone", "direction"]
# Which of the two an export of deposits or withdrawals is, where neither heading nor name tells.
Direction = Literal["deposit", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Answers:
    """How to read a file; None: found out from the file, or asked where it does not tell.

    `columns` maps a role to the index of its column, counted from 0; a role that is not in it has no column.
    """

    delimiter: str | None = None
    header: bool | None = None
    columns: Mapping[Role, int] | None = None
    decimal_mark: DecimalMark | None = None
    date_order: DateOrder | None = None
    time_zone: str | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, and what `Question.example` means with it."""

    value: str
    reading: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not tell; open while `answer` is None."""

    about: QuestionField
    answer: str | None
    example: str | None = None
    options: tuple[Option, ...] = ()
