"""A list of an export as CSV and as JSON: pieces of text, one a batch of rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from backend.core.export_text import CSV_LINE_END, FORMULA, MARK, disarmed

if TYPE_CHECKING:
    from backend.db.export_query import ListColumn

Batches = Iterable[Sequence[Sequence[Any]]]
COMPACT: Final = (",", ":")
WORDS: Final = {True: "true", False: "false", None: None}


def csv_pieces(columns: Sequence[ListColumn], found: Batches) -> Iterator[str]:
    """RFC 4180 with CRLF; text that a spreadsheet would run is disarmed with an apostrophe."""
    yield MARK + _lines([[column.name for column in columns]])
    # Figures never start a formula; what strangers may have written does.
    texts = [place for place, column in enumerate(columns) if column.kind == "text"]
    answers = [place for place, column in enumerate(columns) if column.kind == "boolean"]
    for rows in found:
        cells = list(zip(*rows, strict=True))
        for place in texts:
            cells[place] = tuple([_safe(value) for value in cells[place]])
        for place in answers:
            cells[place] = tuple([WORDS[value] for value in cells[place]])
        yield _lines(zip(*cells, strict=True))


def json_pieces(columns: Sequence[ListColumn], note: str, found: Batches) -> Iterator[str]:
    """`{columns, note, items, totals}`, as every list that is exported; a decimal is text, as everywhere."""
    names = [column.name for column in columns]
    yield json.dumps({"columns": names, "note": note}, separators=COMPACT)[:-1] + ',"items":['
    comma = ""
    for rows in found:
        items = json.dumps([dict(zip(names, row, strict=True)) for row in rows], separators=COMPACT, allow_nan=False)
        yield comma + items[1:-1]
        comma = ",\n"
    yield '],"totals":null}'


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=CSV_LINE_END).writerows(rows)
    return text.getvalue()


def _safe(value: str | None) -> str | None:
    return disarmed(value) if value and value[0] in FORMULA else value
