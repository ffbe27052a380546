"""Any CSV as cash flows: which column is what, what must be asked, and each line read or refused with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from decimal import Decimal
from typing import Final

from backend.core.imports.answers import Answers, Option, Question, Role
from backend.core.imports.instants import (
    DateOrder,
    InstantFault,
    When,
    date_order,
    day_of,
    needs_zone,
    read_when,
    zone_in_label,
    zone_named,
)
from backend.core.imports.numbers import MARKS, DecimalMark, Number, NumberFault, decimal_mark, read_number
from backend.core.imports.table import Column, Record, Table
from backend.core.model.amounts import ZERO, plain

NOTE_LIMIT: Final = 500
NO_DATE: Final = "date_missing"
NO_AMOUNT: Final = "amount_missing"
NO_ASSET: Final = "asset_missing"
BAD_ASSET: Final = "asset_unreadable"
UNKNOWN_TYPE: Final = "type_unknown"
SIGN_AGAINST_TYPE: Final = "sign_against_type"
OTHER_CURRENCY: Final = "other_currency"
TWO_UNITS: Final = "units_differ"
NOTE_TOO_LONG: Final = "note_too_long"
ZERO_AMOUNT: Final = "zero"
# Words by which files call a column, written as `_key` writes them; the first found wins.
_HEADINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    "date": (
        *("date", "datetime", "timestamp", "time", "dateutc", "timeutc", "utctime", "createdtime", "transactiondate"),
        *("completeddate", "heure", "dateheure", "horodatage", "dateoperation", "datum", "fecha", "instant"),
    ),
    "time": ("time", "heure", "hour", "zeit", "hora"),
    "type": ("type", "direction", "operation", "sens", "side", "transactiontype", "sensoperation", "nature"),
    "amount": (
        *("amount", "amountusd", "amountusdt", "montant", "montantusd", "montantusdt", "value", "valeur", "total"),
        *("betrag", "importe", "valueusd", "valueusdt"),
    ),
    "asset": ("asset", "coin", "currency", "actif", "devise", "monnaie", "token", "crypto"),
    "quantity": ("quantity", "qty", "quantite", "units", "size", "quantityofasset"),
    "note": ("note", "description", "comment", "commentaire", "memo", "remark", "label", "libelle", "notes", "details"),
}
# "Debit" and "credit" are left out: they mean the opposite in the statement of a bank.
_INCOMING: Final = frozenset(
    [
        *("deposit", "deposits", "in", "incoming", "received", "receive"),
        *("depot", "versement", "apport", "entree", "entrant", "einzahlung", "deposito"),
    ]
)
_OUTGOING: Final = frozenset(
    [
        *("withdraw", "withdrawal", "withdrawals", "out", "outgoing", "sent", "send"),
        *("retrait", "sortie", "sortant", "auszahlung", "retiro"),
    ]
)
_ASSET: Final = re.compile(r"\S{1,20}")
_DISARMED: Final = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of the file. With a `fault` it cannot be recorded, and `detail` is the text that is to blame.

    `amount` in the reporting currency, `quantity` of `asset`; both signed, negative = out; either may be None.
    """

    n: int
    when: When | None
    amount: Decimal | None
    asset: str | None
    quantity: Decimal | None
    note: str
    fault: str | None = None
    detail: str = ""


class _LineFault(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class CashFlowFile:
    """A file read as cash flows with the answers given so far.

    Args:
        name: the file's name; it may state a zone.
        reporting: the reporting currency, which amounts are in.
    """

    def __init__(self, text: str, name: str, answers: Answers, reporting: str) -> None:
        self.table = Table(text, answers.delimiter, answers.header)
        self._reporting = reporting
        columns = answers.columns if answers.columns is not None else suggested_columns(self.table.columns)
        width = len(self.table.columns)
        mapped = {role: index for role, index in columns.items() if 0 <= index < width}
        self.questions: list[Question] = []
        self.answers = replace(answers, delimiter=self.table.delimiter, header=self.table.header, columns=mapped)
        self._columns = mapped
        if not _enough(mapped):
            self.questions.append(Question("columns", None))
        self._ask_mark(answers.decimal_mark)
        self._ask_order(answers.date_order)
        self._ask_zone(answers.time_zone, name)
        self._zone: tzinfo | None = zone_named(self.answers.time_zone) if self.answers.time_zone else None

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.table.columns

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return all(question.answer is not None for question in self.questions)

    def lines(self) -> Iterator[FlowLine]:
        """Every line in the order of the file; none while date and amount have no column."""
        if not _enough(self._columns):
            return
        for record in self.table.records():
            try:
                yield self._line(record)
            except _LineFault as fault:
                yield FlowLine(record.n, None, None, None, None, "", fault.code, fault.detail)

    def _texts(self, *roles: Role) -> Iterator[str]:
        indexes = [self._columns[role] for role in roles if role in self._columns]
        for record in self.table.records():
            for index in indexes:
                if text := record.cell(index):
                    yield text

    def _ask_mark(self, answer: DecimalMark | None) -> None:
        found = decimal_mark(self._texts("amount", "quantity"))
        if found.must_ask and found.example is not None:
            options = tuple(Option(mark, plain(read_number(found.example, mark).value)) for mark in MARKS)
            self.questions.append(Question("decimal_mark", answer, found.example, options))
        self.answers = replace(self.answers, decimal_mark=answer or found.mark)

    def _ask_order(self, answer: DateOrder | None) -> None:
        found = date_order(self._texts("date"))
        if found.must_ask and found.example is not None:
            options = tuple(
                Option(order, day.isoformat())
                for order in found.options
                if (day := day_of(found.example, order)) is not None
            )
            self.questions.append(Question("date_order", answer, found.example, options))
        self.answers = replace(self.answers, date_order=answer or found.order)

    def _ask_zone(self, answer: str | None, name: str) -> None:
        if "date" not in self._columns:
            return
        example = next(
            (
                " ".join(filter(None, (text, clock)))
                for record in self.table.records()
                if (text := record.cell(self._columns["date"]))
                and needs_zone(text, clock := record.cell(self._columns.get("time")))
            ),
            None,
        )
        labels = [self.table.columns[self._columns[role]].name for role in ("date", "time") if role in self._columns]
        stated = next(filter(None, map(zone_in_label, [*labels, name])), None)
        if example is not None and stated is None:
            self.questions.append(Question("time_zone", answer, example))
        self.answers = replace(self.answers, time_zone=answer or (stated if example is not None else None))

    def _line(self, record: Record) -> FlowLine:
        if record.fault is not None:
            raise _LineFault(record.fault, "")
        columns = self._columns
        when = self._when(record.cell(columns["date"]), record.cell(columns.get("time")))
        amount = self._number(record.cell(columns.get("amount")))
        quantity = self._number(record.cell(columns.get("quantity")))
        asset = self._asset(record.cell(columns.get("asset")), quantity)
        if amount is None and quantity is None:
            raise _LineFault(NO_AMOUNT, "")
        if amount is not None and amount.unit not in ("", "$", "US$", self._reporting):
            raise _LineFault(OTHER_CURRENCY, amount.unit)
        if amount is None and asset is None:
            raise _LineFault(NO_ASSET, "")
        direction = self._direction(record.cell(columns.get("type")), amount, quantity)
        note = record.cell(columns.get("note"))
        # Exports of spreadsheets and of this program disarm text that looks like a formula.
        note = note[1:] if _DISARMED.match(note) else note
        if len(note) > NOTE_LIMIT:
            raise _LineFault(NOTE_TOO_LONG, f"{note[:40]}…")
        signed = None if quantity is None or asset is None else abs(quantity.value) * direction
        if amount is not None:
            worth: Decimal | None = abs(amount.value) * direction
        else:
            worth = signed if asset == self._reporting else None
        if (worth if worth is not None else signed) == ZERO:
            raise _LineFault(ZERO_AMOUNT, "")
        return FlowLine(record.n, when, worth, asset, signed, note)

    def _when(self, text: str, clock: str) -> When:
        if not text:
            raise _LineFault(NO_DATE, "")
        try:
            return read_when(text, clock, self.answers.date_order, self._zone)
        except InstantFault as fault:
            raise _LineFault(fault.code, " ".join(filter(None, (text, clock)))) from fault

    def _number(self, text: str) -> Number | None:
        if not text:
            return None
        try:
            return read_number(text, self.answers.decimal_mark)
        except NumberFault as fault:
            raise _LineFault(fault.code, text) from fault

    def _asset(self, text: str, quantity: Number | None) -> str | None:
        unit = quantity.unit if quantity is not None else ""
        asset = text.upper()
        if asset and unit and asset != unit:
            raise _LineFault(TWO_UNITS, f"{unit}, {asset}")
        asset = asset or unit
        if asset and _ASSET.fullmatch(asset) is None:
            raise _LineFault(BAD_ASSET, text[:40])
        return asset or None

    def _direction(self, text: str, amount: Number | None, quantity: Number | None) -> int:
        """1 into the portfolio, -1 out of it: what the type says, else the sign."""
        negative = any(number is not None and number.value < ZERO for number in (amount, quantity))
        if "type" not in self._columns:
            return -1 if negative else 1
        words = set(re.findall(r"[a-z]+", _without_accents(text)))
        incoming, outgoing = bool(words & _INCOMING), bool(words & _OUTGOING)
        if incoming == outgoing:
            raise _LineFault(UNKNOWN_TYPE, text[:40])
        if incoming and negative:
            raise _LineFault(SIGN_AGAINST_TYPE, text[:40])
        return 1 if incoming else -1


def suggested_columns(columns: tuple[Column, ...]) -> dict[Role, int]:
    """Which column is what, by the words of the heading."""
    keys = {column.index: _key(column.name) for column in columns if column.name}
    found: dict[Role, int] = {}
    for role, words in _HEADINGS.items():
        for word in words:
            index = next((at for at, key in keys.items() if key == word and at not in found.values()), None)
            if index is not None:
                found[role] = index
                break
    if "amount" in found and "asset" in found and "quantity" not in found:
        # "Coin, Amount": an amount of that coin, not of the reporting currency.
        found["quantity"] = found.pop("amount")
    return found


def _enough(columns: Mapping[Role, int]) -> bool:
    return "date" in columns and ("amount" in columns or "quantity" in columns)


def _key(heading: str) -> str:
    """A heading's letters alone, in lower case, without accents and without what stands in brackets."""
    return re.sub(r"[^a-z]", "", re.sub(r"\(.*?\)", "", _without_accents(heading)))


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
