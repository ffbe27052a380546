"""Lists as CSV or JSON, written while they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from backend.api.shapes.common import money
from backend.core.export_text import CSV_LINE_END, MARK, disarmed

if TYPE_CHECKING:
    from backend.core.export_rows import Cell, Export

ROWS_A_PIECE: Final = 200


def as_csv(export: Export) -> Iterator[str]:
    """RFC 4180 with CRLF; text that a spreadsheet would run is disarmed with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=CSV_LINE_END)
    text.write(MARK)
    writer.writerow(export.columns)
    for place, row in enumerate(export.rows, 1):
        writer.writerow([_safe(cell) for cell in row])
        if place % ROWS_A_PIECE == 0:
            yield _taken(text)
    if export.totals is not None:
        sums = export.totals()
        writer.writerow(["total", *(_safe(sums.get(name)) for name in export.columns[1:])])
    if export.note is not None:
        writer.writerow([export.note])
    yield _taken(text)


def as_json(export: Export) -> Iterator[str]:
    """`{columns, note, items, totals}`."""
    head = {"columns": list(export.columns), "note": export.note}
    yield json.dumps(head, separators=(",", ":"))[:-1] + ',"items":['
    for place, row in enumerate(export.rows):
        yield ("," if place else "") + json.dumps(_item(export.columns, row), separators=(",", ":"))
    sums = None if export.totals is None else {name: _plain(cell) for name, cell in export.totals().items()}
    yield f'],"totals":{json.dumps(sums, separators=(",", ":"))}}}'


def _item(columns: Sequence[str], row: Sequence[Cell]) -> dict[str, Any]:
    return {name: _plain(cell) for name, cell in zip(columns, row, strict=True)}


def _plain(cell: Cell) -> Any:
    return money(cell) if isinstance(cell, Decimal) else cell


def _safe(cell: Cell) -> str:
    """A cell that no spreadsheet runs."""
    if cell is None:
        return ""
    return disarmed((money(cell) or "") if isinstance(cell, Decimal) else str(cell))


def _taken(text: io.StringIO) -> str:
    """What was written, which is not kept."""
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written
