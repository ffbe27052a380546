"""Numbers as people and programs write them: 1,234.50 and 1.234,50, with grouping, sign and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from backend.core.model.amounts import ZERO, parse_amount

DecimalMark = Literal[".", ","]
MARKS: Final[tuple[DecimalMark, ...]] = (".", ",")
NOT_A_NUMBER: Final = "number_unreadable"
MARK_UNKNOWN: Final = "decimal_mark_needed"
TOO_LONG: Final = "number_too_long"
# What the API takes of a cash flow entered by hand.
MOST_DIGITS: Final = 18
_GROUP: Final = "_"
_GROUPERS: Final = str.maketrans(dict.fromkeys(" \xa0\u202f\u2009'’", _GROUP) | {"−": "-", "–": "-"})
_SHAPE: Final = re.compile(
    r"(?P<open>\()?_*(?P<sign>[+-]?)_*(?P<before>[^\W\d_]{0,12}[$€£¥₿]?|[$€£¥₿]?)_*(?P<inner>[+-]?)_*"
    r"(?P<digits>[\d.,][\d.,_]*?)(?P<power>[eE][+-]?\d{1,2})?_*(?P<after>[^\W\d_]{0,12}|[$€£¥₿])_*(?P<close>\))?"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,_]\d{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A signed number and the unit written beside it, in capitals (empty: none)."""

    value: Decimal
    unit: str


class NumberFault(Exception):
    """A cell that holds no number, or one that can be read in two ways; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_number(text: str, mark: DecimalMark | None) -> Number:
    """Read one cell.

    Args:
        mark: the decimal mark of the file; None while it is not known.

    Raises:
        NumberFault: no number, too long a one, or without `mark` one with two readings.
    """
    shape = _shape(text)
    if shape is None:
        raise NumberFault(NOT_A_NUMBER)
    values = set(_readings(shape, MARKS if mark is None else (mark,)).values())
    if len(values) > 1:
        raise NumberFault(MARK_UNKNOWN)
    value = next(iter(values), None)
    if value is None:
        raise NumberFault(NOT_A_NUMBER)
    if value.adjusted() >= MOST_DIGITS or _decimals(value) > MOST_DIGITS:
        raise NumberFault(TOO_LONG)
    outgoing = "-" in (shape["sign"], shape["inner"]) or bool(shape["open"])
    return Number(-value if outgoing and value != ZERO else value, (shape["before"] or shape["after"]).upper())


@dataclass(frozen=True, slots=True)
class MarkEvidence:
    """What the numbers of a file say of its decimal mark.

    `mark` is None when they leave it open or contradict each other; `example` is then one that both marks can read.
    """

    mark: DecimalMark | None
    example: str | None

    @property
    def must_ask(self) -> bool:
        """Whether some number means two things."""
        return self.mark is None and self.example is not None


def decimal_mark(texts: Iterable[str]) -> MarkEvidence:
    """Find the decimal mark of a file's numbers without guessing."""
    proven: set[DecimalMark] = set()
    example: str | None = None
    for text in texts:
        shape = None if text.isdecimal() else _shape(text)
        found = {} if shape is None else _readings(shape, MARKS)
        if len(found) == 1:
            proven.update(found)
        elif len(set(found.values())) > 1 and example is None:
            example = text
    return MarkEvidence(next(iter(proven)) if len(proven) == 1 else None, example)


def _shape(text: str) -> re.Match[str] | None:
    """The parts of a written number; None where it is none."""
    shape = _SHAPE.fullmatch(text.strip().translate(_GROUPERS))
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return None
    signs = shape["sign"] + shape["inner"]
    twice = len(signs) > 1 or (signs and shape["open"]) or (shape["before"] and shape["after"])
    return None if twice else shape


def _readings(shape: re.Match[str], marks: Iterable[DecimalMark]) -> dict[DecimalMark, Decimal]:
    """What the digits mean with each decimal mark that gives them a meaning."""
    found = {mark: _reading(shape["digits"], shape["power"] or "", mark) for mark in marks}
    return {mark: value for mark, value in found.items() if value is not None}


def _reading(digits: str, power: str, mark: DecimalMark) -> Decimal | None:
    """What digits mean with this decimal mark, None where they mean nothing."""
    whole, found, fraction = digits.strip(_GROUP).partition(mark)
    if found and not (fraction.isdecimal() or (fraction == "" and whole)):
        return None
    if not whole.isdecimal() and not (whole == "" and fraction):
        # One kind of grouping, in threes, and no number starts with an empty thousand.
        kinds = {char for char in whole if not char.isdecimal()}
        if len(kinds) != 1 or mark in kinds or not _GROUPED.fullmatch(whole) or whole.startswith("0"):
            return None
        whole = re.sub(r"[.,_]", "", whole)
    if not (whole + fraction).isascii() or len(whole + fraction) > 4 * MOST_DIGITS:
        return None
    try:
        return parse_amount(f"{whole or '0'}.{fraction or '0'}{power}")
    except ValueError:
        return None


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
