"""CSV text as records with their line numbers, whatever its separator, quotes, byte-order mark and line ends."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
UNCLOSED_QUOTE: Final = "quote_not_closed"
MISPLACED_QUOTE: Final = "quote_misplaced"
CELL_TOO_LONG: Final = "cell_too_long"
# Records looked at to find the separator.
SNIFFED: Final = 20
SAMPLES: Final = 3
_EXCEL_HINT: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
# A heading does not start with a number, a sign, or a currency sign before a number.
_DATUM: Final = re.compile(r"[\s(+\-−$€£]*\d")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SPACES: Final = "  \t\u00a0\ufeff"


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `n` is the line of the file that it starts on, from 1. With a `fault` it could not be read."""

    n: int
    cells: tuple[str, ...]
    fault: str | None = None

    def cell(self, index: int | None) -> str:
        """A cell without the space around it; empty where the record has none."""
        return self.cells[index] if index is not None and index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (empty without one) and its first values."""

    index: int
    name: str
    samples: tuple[str, ...]


class Table:
    """A CSV file. Records are read anew at each pass, so that only the text is kept.

    Args:
        text: the file, decoded.
        delimiter: what separates its cells; None to find out.
        header: whether its first record names the columns; None to find out.
    """

    def __init__(self, text: str, delimiter: str | None = None, header: bool | None = None) -> None:
        self._text = text.removeprefix("\ufeff")
        self._first_line = 1
        hint = _EXCEL_HINT.match(self._text)
        if hint is not None:
            self._text = self._text[hint.end() :]
            self._first_line = 2
            delimiter = delimiter or (hint.group(1) if hint.group(1) in DELIMITERS else None)
        self.delimiter = delimiter or self._likely_delimiter()
        first = next(self._all(), None)
        self.header = _names_columns(first) if header is None else header
        self.columns = self._columns(first)

    def records(self) -> Iterator[Record]:
        """Every record that is not blank, the heading left out."""
        return islice(self._all(), 1 if self.header else 0, None)

    def _all(self, delimiter: str | None = None) -> Iterator[Record]:
        # Every kind of line end, and a mixture of them, ends a line. No copy is made: a file of 16 MiB would take 64.
        lines = (found.group() for found in _LINE.finditer(self._text))
        reader = csv.reader(lines, delimiter=delimiter or self.delimiter, strict=True)
        while True:
            n = reader.line_num + self._first_line
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record(n, (), _fault(error))
                continue
            stripped = tuple(cell.strip(_SPACES) for cell in cells)
            if any(stripped):
                yield Record(n, stripped)

    def _likely_delimiter(self) -> str:
        """The separator that gives every record as many cells as the first, and the most of them."""

        def score(delimiter: str) -> tuple[bool, int, int]:
            widths = [len(record.cells) for record in islice(self._all(delimiter), SNIFFED) if record.fault is None]
            first = widths[0] if widths else 1
            return first > 1, sum(width == first for width in widths) * (first > 1), first

        return max(DELIMITERS, key=score)

    def _columns(self, first: Record | None) -> tuple[Column, ...]:
        records = list(islice(self.records(), SNIFFED))
        width = max((len(record.cells) for record in [*records, *([first] if first else [])]), default=0)
        return tuple(
            Column(
                index,
                first.cell(index) if first is not None and self.header else "",
                tuple(islice((cell for record in records if (cell := record.cell(index))), SAMPLES)),
            )
            for index in range(width)
        )


def _names_columns(first: Record | None) -> bool:
    return first is not None and first.fault is None and not any(_DATUM.match(cell) for cell in first.cells)


def _fault(error: csv.Error) -> str:
    text = str(error)
    if "end of data" in text:
        return UNCLOSED_QUOTE
    return CELL_TOO_LONG if "field limit" in text else MISPLACED_QUOTE
