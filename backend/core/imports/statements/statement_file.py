"""One export of the exchange: recognised by its header, read line by line, with what it leaves open as questions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from sys import intern
from typing import Final, get_args

from backend.core.imports.answers import Answers, Direction, Option, Question
from backend.core.imports.instants import DateOrder, date_order, day_of, needs_zone, zone_in_label, zone_named
from backend.core.imports.statements.cells import SHORT_YEAR, instant, number
from backend.core.imports.statements.entries import (
    NO_MOVE,
    WRONG_WIDTH,
    Entry,
    RowFault,
    Skip,
    StatementLine,
    Told,
    leg,
)
from backend.core.imports.statements.forms import Form, form_of
from backend.core.imports.statements.orders import orders_of
from backend.core.imports.statements.transactions import Row, put_together, row_of
from backend.core.imports.statements.views import Reading, reader_of
from backend.core.imports.table import Record, Table
from backend.core.model.amounts import ZERO

EMPTY: Final = "no data matches the criteria"
# Columns that hold an instant, the one that is read first.
_INSTANTS: Final = ("time", "createdtime", "autoinvestdate", "subscriptiondate")
_WORDS: Final = ("operation", "side", "type", "ordertype", "label")
# Rows looked at to find out whether rows are quoted as a whole.
WRAPPED_WITHIN: Final = 5
HEAD_CHARS: Final = 20_000
_YEAR_FIRST: Final = re.compile(r"\d{2,4}-")


class StatementFile:
    """A recognised export.

    Args:
        name: the file's name; it may state the zone, and whether deposits or withdrawals are meant.
        answers: what the user says where the file does not tell.
    """

    def __init__(self, name: str, table: Table, form: Form, columns: Mapping[str, int], answers: Answers) -> None:
        self.name = name
        self.view = form.view
        self._table = table
        self._columns = columns
        self.questions: list[Question] = []
        clock = next((one for one in _INSTANTS if one in columns), None)
        self._clock = None if clock is None else columns[clock]
        self._reading = Reading(
            zone_named(zone) if (zone := self._zone(answers.time_zone)) is not None else None,
            self._order(answers.date_order),
            self._direction(answers.direction),
        )

    @classmethod
    def recognised(cls, name: str, text: str, answers: Answers) -> StatementFile | None:
        """The export that a text is; None when its header is none of the exchange's."""
        table = Table(_unwrapped(text), header=True)
        if not table.columns:
            return None
        first = next(table.records(), None)
        found = form_of([one.name for one in table.columns if one.name], () if first is None else first.cells)
        return None if found is None else cls(name, table, found[0], found[1], answers)

    def told(self) -> Told:
        """Every line, and the events that they come to."""
        told = Told()
        if self.view == "transactions":
            put_together(self._history_rows(told), told)
            return told
        if self.view == "orders":
            orders_of(self._lines(told), self._reading, told)
            return told
        read = reader_of(self.view, self._columns)
        for line, cells in self._lines(told):
            try:
                events = read(cells, self._reading)
            except RowFault as fault:
                line.reason, line.detail, line.at_ms = fault.code, fault.detail, self._instant(cells)
                continue
            except Skip as skip:
                line.reason, line.ignored, line.at_ms = skip.reason, True, self._instant(cells)
                continue
            line.at_ms, line.kind = events[0].at_ms, events[0].kind
            # Of one event the very legs: a long file has many.
            line.legs = events[0].legs if len(events) == 1 else tuple(one for event in events for one in event.legs)
            told.entries.extend(Entry(event, (line.n,)) for event in events)
        return told

    def _history_rows(self, told: Told) -> Iterator[Row]:
        for line, cells in self._lines(told):
            try:
                line.at_ms = instant(cells["time"], self._reading.zone, self._reading.order).at_ms
                change = number(cells["change"])
            except RowFault as fault:
                line.reason, line.detail = fault.code, fault.detail
                continue
            line.legs = (leg(intern(cells["coin"]), change),)
            told.wallets.add(cells["account"])
            row = row_of(line, cells["account"], cells["remark"])
            if row is not None:
                yield row

    def _lines(self, told: Told) -> Iterator[tuple[StatementLine, Mapping[str, str]]]:
        """Lines with their cells by column; those that are none are noted and left out."""
        for record in self._table.records():
            line = StatementLine(record.n)
            if self._says_empty(record):
                line.reason, line.ignored = NO_MOVE, True
                told.lines.append(line)
                continue
            told.lines.append(line)
            if record.fault is not None:
                line.reason = record.fault
            elif len(record.cells) < len(self._columns) - 1 and self.view != "orders":
                line.reason = WRONG_WIDTH
            else:
                cells = {name: record.cell(index) for name, index in self._columns.items()}
                line.words = intern(next((cells[name] for name in _WORDS if name in cells), ""))
                yield line, cells

    def _instant(self, cells: Mapping[str, str]) -> int | None:
        """When a line without an event was; None where it does not say so legibly."""
        text = next((cells[name] for name in _INSTANTS if cells.get(name)), "")
        try:
            return instant(text, self._reading.zone, self._reading.order).at_ms
        except RowFault:
            return None

    def _says_empty(self, record: Record) -> bool:
        text = "".join(record.cells).strip(". ").lower()
        return text == EMPTY

    def _instants(self) -> Iterator[str]:
        if self._clock is not None:
            for record in self._table.records():
                if not self._says_empty(record) and (text := record.cell(self._clock)):
                    yield text

    def _zone(self, answer: str | None) -> str | None:
        """Where the file's clock hangs: its heading and its name say it, else it is asked."""
        heading = "" if self._clock is None else self._table.columns[self._clock].name
        stated = zone_in_label(heading) or zone_in_label(self.name)
        if stated is not None:
            return stated
        example = next((text for text in self._instants() if needs_zone(_with_century(text), "")), None)
        if example is not None:
            self.questions.append(Question("time_zone", answer, example))
        return answer

    def _order(self, answer: DateOrder | None) -> DateOrder | None:
        """The exchange writes the year first; what a spreadsheet made of it is found out or asked."""
        first = next(self._instants(), "")
        if not first or _YEAR_FIRST.match(first):
            return "ymd"
        found = date_order(self._instants())
        if found.must_ask and found.example is not None:
            options = tuple(
                Option(order, day.isoformat())
                for order in found.options
                if (day := day_of(found.example, order)) is not None
            )
            self.questions.append(Question("date_order", answer, found.example, options))
        return answer or found.order

    def _direction(self, answer: Direction | None) -> Direction | None:
        """Deposits and withdrawals have one header in some exports: the name tells, or that fees were paid."""
        if self.view != "fiat" and "transactionfee" not in self._columns:
            return None
        told = [word for word in get_args(Direction) if word[:8] in self.name.lower()]
        if len(told) == 1:
            return "deposit" if told[0] == "deposit" else "withdrawal"
        fees = self._columns.get("transactionfee")
        if fees is not None and any(_is_paid(record.cell(fees)) for record in self._table.records()):
            return "withdrawal"
        amounts = (record.cell(self._columns["amount"]) for record in self._table.records())
        example = next((text for text in amounts if text), None)
        if example is not None:
            options = tuple(
                Option(word, f"{sign}{example}") for word, sign in zip(get_args(Direction), "+-", strict=True)
            )
            self.questions.append(Question("direction", answer, example, options))
        return answer


def _unwrapped(text: str) -> str:
    """Some exports quote whole rows again: then a row is the text of its one cell."""
    text = text.removeprefix("\ufeff")
    if not any(_one_cell(line) is not None for line in islice(io.StringIO(text[:HEAD_CHARS]), WRAPPED_WITHIN)):
        return text
    return "\n".join(line if (cell := _one_cell(line)) is None else cell for line in text.splitlines())


def _one_cell(line: str) -> str | None:
    """The cell of a row that is nothing but one quoted cell with a row in it; None of any other row."""
    line = line.strip()
    if not (line.startswith('"') and line.endswith('"') and "," in line):
        return None
    try:
        cells = next(csv.reader([line], strict=True))
    except csv.Error:
        return None
    return cells[0] if len(cells) == 1 and "," in cells[0] else None


def _with_century(text: str) -> str:
    return f"20{text}" if SHORT_YEAR.match(text) else text


def _is_paid(text: str) -> bool:
    try:
        return bool(text) and number(text) != ZERO
    except RowFault:
        return False
