"""Statements in a line: what a text tells, and what counts of several."""

from __future__ import annotations

from collections.abc import Sequence

from backend.core.flow_rules import FlowLimits
from backend.core.imports.answers import Answers
from backend.core.imports.judged import Judged
from backend.core.imports.statements.entries import Told
from backend.core.imports.statements.merge import doubles, key_of
from backend.core.imports.statements.reading import judge
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.model.holdings import LedgerEvent

UTC = Answers(time_zone="UTC")
LIMITS = FlowLimits(None, 2_000_000_000_000)
HISTORY = "User ID,Time,Account,Operation,Coin,Change,Remark"
TRADES = "Time,Pair,Side,Price,Executed,Amount,Fee"


def opened(header: str, *rows: str, name: str = "export.csv", answers: Answers = UTC) -> StatementFile:
    file = StatementFile.recognised(name, "\n".join((header, *rows)), answers)
    assert file is not None
    return file


def told(header: str, *rows: str, name: str = "export.csv", answers: Answers = UTC) -> Told:
    return opened(header, *rows, name=name, answers=answers).told()


def history(*rows: str) -> Told:
    """A transaction history; a row is `time account operation coin change`, separated by commas."""
    return told(HISTORY, *(f"1,24-03-01 {row}," for row in rows))


def legs(event: LedgerEvent) -> list[str]:
    """`BTC +0.02`, a fee in brackets."""
    return [
        f"({one.asset} {one.amount:+f})" if one.role == "fee" else f"{one.asset} {one.amount:+f}" for one in event.legs
    ]


def all_legs(found: Told) -> list[list[str]]:
    return [legs(entry.event) for entry in found.entries]


def reasons(found: Told) -> dict[int, str]:
    """The reason of each line that has one."""
    return {line.n: line.reason for line in found.lines if line.reason is not None}


def imported(files: Sequence[Told], before: Sequence[LedgerEvent] = ()) -> list[LedgerEvent]:
    """Everything that is recorded when files are imported one after the other."""
    stored = list(before)
    for number, file in enumerate(files, start=1):
        stored += looked_at(file, stored, number).events()
    return stored


def looked_at(file: Told, stored: Sequence[LedgerEvent], number: int = 99) -> Judged:
    return judge([("", file)], stored, number, LIMITS)


def counting(stored: Sequence[LedgerEvent]) -> list[LedgerEvent]:
    """What counts of everything recorded, in order of time."""
    worse = doubles(stored)
    return sorted((event for event in stored if key_of(event) not in worse), key=lambda event: event.at_ms)


def states(judged: Judged) -> list[str]:
    return [line.state for line in judged.lines]
