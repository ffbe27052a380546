"""LogBook: the lines of the log, from the database, and from memory while that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.core.errors import DatabaseUnavailableError

if TYPE_CHECKING:
    from backend.core.log_ports import LogMemory, LogRows
    from backend.core.model.log_lines import LogFilter, NumberedLine

EXPORT_PAGE: Final = 1_000
MOST_EXPORTED: Final = 100_000


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines, newest first.

    `source` is `memory` while the database cannot be read: then ids are those of this process and no page follows.
    `newest_id`: what to ask from for the lines that come next; None: there is no line yet. `next_before_id`: there are
    older lines. `dropped`: lines of this process that were never stored, since its start.
    """

    source: Literal["database", "memory"]
    lines: Sequence[NumberedLine]
    newest_id: int | None
    next_before_id: int | None
    dropped: int


class LogBook:
    """Answers about the log."""

    def __init__(self, rows: LogRows, memory: LogMemory) -> None:
        self._rows = rows
        self._memory = memory

    def page(self, wanted: LogFilter, limit: int, before_id: int | None = None) -> LogPage:
        """The newest lines, or those before an id."""
        try:
            found = self._rows.newest(wanted, limit + 1, before_id)
        except DatabaseUnavailableError:
            held = self._memory.remembered(wanted, limit)
            return LogPage("memory", held, None, None, self._memory.dropped)
        page = found[:limit]
        more = page[-1].id if len(found) > limit else None
        return LogPage("database", page, page[0].id if page else None, more, self._memory.dropped)

    def since(self, wanted: LogFilter, limit: int, after_id: int) -> LogPage:
        """Lines that came after an id, newest first; where more than `limit` came, the oldest of them."""
        try:
            found = list(reversed(self._rows.after(wanted, limit, after_id)))
        except DatabaseUnavailableError:
            held = self._memory.remembered(wanted, limit)
            return LogPage("memory", held, None, None, self._memory.dropped)
        return LogPage("database", found, found[0].id if found else after_id, None, self._memory.dropped)

    def export(self, wanted: LogFilter) -> Iterator[Sequence[NumberedLine]]:
        """Pages of the newest lines, newest first, MOST_EXPORTED at most.

        Raises:
            DatabaseUnavailableError: the database cannot be read.
        """
        before: int | None = None
        for _ in range(MOST_EXPORTED // EXPORT_PAGE):
            found = self._rows.newest(wanted, EXPORT_PAGE, before)
            if found:
                yield found
            if len(found) < EXPORT_PAGE:
                return
            before = found[-1].id
