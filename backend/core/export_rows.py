"""A list that is written while it is read: what its columns and rows are, and how its rows come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from backend.core.book_ports import Key
    from backend.core.ports import Store, UnitOfWork

Cell = str | Decimal | int | bool | None
Row = TypeVar("Row")
PAGE_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Export:
    """A list to be written: its columns, its rows as they are read, and what must be said of it.

    `totals`: sums by column of the rows that were read; asked for when all of them were.
    """

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    note: str | None
    totals: Callable[[], dict[str, Cell]] | None = None


def paged(
    store: Store, read: Callable[[UnitOfWork, Key | None], Sequence[Row]], key: Callable[[Row], Key]
) -> Iterator[Row]:
    """All rows, a short transaction a page: writers are not kept waiting by a slow reader."""
    after: Key | None = None
    while True:
        with store.read() as unit:
            rows = read(unit, after)
        yield from rows
        if len(rows) < PAGE_ROWS:
            return
        after = key(rows[-1])
