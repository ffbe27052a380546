"""Exports of the exchange, one or several at once: each line judged by what the ledger was told before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.imports.judged import Judged
from backend.core.imports.statements.covered import Covered, covered
from backend.core.imports.statements.entries import UNKNOWN_FORM, Entry, StatementLine, Told, View
from backend.core.imports.statements.judged_lines import JudgedLines
from backend.core.imports.statements.merge import FARTHEST_MS, Key, doubles, key_of, told_again
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.model.imports import FileImport, Repeat

if TYPE_CHECKING:
    from backend.core.flow_rules import FlowLimits
    from backend.core.imports.answers import Answers, Question
    from backend.core.imports.table import Column
    from backend.core.model.holdings import LedgerEvent
    from backend.core.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class NamedText:
    """A file, decoded."""

    name: str
    text: str


class StatementReading:
    """The files of one import. A file that is no export of the exchange is one line that says so."""

    def __init__(self, files: Sequence[NamedText], answers: Answers) -> None:
        self.columns: Sequence[Column] = ()
        self.answers = answers
        found: dict[str, Question] = {}
        self._told: list[tuple[str, Told]] = []
        self._views: list[View | None] = []
        for file in files:
            read = StatementFile.recognised(file.name, file.text, answers)
            if read is None:
                unknown = Told([StatementLine(1, reason=UNKNOWN_FORM, detail=file.name[:40])])
                self._told.append((file.name, unknown))
                self._views.append(None)
                continue
            for question in read.questions:
                found.setdefault(question.about, question)
            self._told.append((file.name, read.told()))
            self._views.append(read.view)
        self.questions: Sequence[Question] = list(found.values())

    @property
    def line_count(self) -> int:
        return sum(len(told.lines) for _, told in self._told)

    def judged(self, unit: UnitOfWork, file: FileImport, limits: FlowLimits) -> Judged:
        instants = [entry.event.at_ms for _, told in self._told for entry in told.entries]
        stored: Sequence[LedgerEvent] = ()
        if instants:
            reach = 2 * FARTHEST_MS
            stored = unit.ledger.told(file.account_id, min(instants) - reach, max(instants) + reach)
        judged = judge(self._told, stored, file.id, replace(limits, first_ms=None))
        return replace(judged, covered=list(self._covered(limits.present_ms)))

    def _covered(self, present_ms: int) -> Iterator[Covered]:
        for view, (_, told) in zip(self._views, self._told, strict=True):
            if view is not None:
                yield from covered(view, told.wallets, told.lines, told.entries, present_ms)


def judge(
    told: Sequence[tuple[str, Told]], stored: Sequence[LedgerEvent], import_id: int, limits: FlowLimits
) -> Judged:
    """What becomes of each line, and the events to record: all that no file of the same kind told before.

    Args:
        told: what each file tells, by its name.
        stored: everything told so far around the instants of the files, superseded events too.
    """
    kept: list[Sequence[Entry]] = []
    # A byte for each line: a long file has many.
    states = [bytearray(max((line.n for line in one.lines), default=0) + 1) for _, one in told]
    refused: dict[tuple[int, int], str] = {}
    before = {key_of(event) for event in stored}
    repeats: dict[Key, Repeat] = {}
    for number, (_, one) in enumerate(told):
        entries = _possible(one.entries, number, limits, refused)
        again = told_again([entry.event for entry in entries], (*stored, *_events(kept)))
        for entry, known in zip(entries, again, strict=True):
            _note(states[number], entry, new=known is None)
            if known is not None and key_of(known) in before:
                repeats[key_of(known)] = Repeat(known.source, known.external_id, len(entry.lines))
        fresh = entries if not any(again) else [one for one, known in zip(entries, again, strict=True) if known is None]
        kept.append(fresh)

    def events() -> list[LedgerEvent]:
        return [
            _named(entry, f"{import_id}:{number}:{position}")
            for number, entries in enumerate(kept)
            for position, entry in enumerate(entries)
        ]

    # Where nothing else tells of the account nothing is compared, and a long file is not kept twice.
    if any(kept) and len({event.source for event in (*stored, *_events(kept))}) > 1:
        states = _compared(states, kept, events(), stored)
    lines = JudgedLines([(name, one.lines) for name, one in told], states, refused)
    moves = [
        replace(move, external_id=f"{import_id}:{number}:{position}")
        for number, (_, one) in enumerate(told)
        for position, move in enumerate(one.moves)
        if limits.refusal(move.at_ms) is None
    ]
    return Judged(lines, events=events, repeats=list(repeats.values()), moves=moves)


def _possible(
    entries: Sequence[Entry], number: int, limits: FlowLimits, refused: dict[tuple[int, int], str]
) -> Sequence[Entry]:
    """Entries at instants that can be; the lines of the others are refused."""
    impossible = set()
    for place, entry in enumerate(entries):
        refusal = limits.refusal(entry.event.at_ms)
        if refusal is not None:
            impossible.add(place)
            refused.update(((number, n), refusal.code) for n in entry.lines)
    return [one for place, one in enumerate(entries) if place not in impossible] if impossible else entries


def _named(entry: Entry, name: str) -> LedgerEvent:
    return entry.event if entry.event.external_id else replace(entry.event, external_id=name)


def _events(kept: Iterable[Iterable[Entry]]) -> Iterator[LedgerEvent]:
    return (entry.event for entries in kept for entry in entries)


def _note(state: bytearray, entry: Entry, new: bool) -> None:
    """A line is new when any event that it tells is."""
    for n in entry.lines:
        state[n] |= new


def _compared(
    states: Sequence[bytearray],
    kept: Sequence[Sequence[Entry]],
    events: Sequence[LedgerEvent],
    stored: Sequence[LedgerEvent],
) -> list[bytearray]:
    """The lines once more: what was told before, or by another file of the import, is not new."""
    stand_ins = doubles((*stored, *events))
    before = {key_of(event) for event in stored}
    there: set[Key] = set(stand_ins)
    for told_worse, told_better in stand_ins.items():
        if told_worse in before:
            there.update(told_better)
    found = [bytearray(len(state)) for state in states]
    places = [(number, entry) for number, entries in enumerate(kept) for entry in entries]
    for (number, entry), event in zip(places, events, strict=True):
        _note(found[number], entry, new=key_of(event) not in there)
    return found
