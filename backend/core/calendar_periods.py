"""Months and years of an account, UTC: their returns, how far they are over, and where nothing is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from backend.core.model.instants import from_ms, to_ms
from backend.core.model.valuation import SnapshotRow
from backend.core.performance.windows import GAP_AT_START, OLDEST_START, WindowFigures, without_figures
from backend.core.views import MonthView

NO_SNAPSHOTS: Final = "no_snapshots"
GAP_AT_END: Final = "gap_at_end"
MONTH_NAME: Final = "%Y-%m"
YEAR_NAME: Final = "%Y"
Between = Callable[[SnapshotRow, SnapshotRow], WindowFigures]


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A month (`2026-10`) or a year (`2026`), UTC, from `start` to before `end`."""

    start: datetime
    end: datetime
    yearly: bool

    @property
    def name(self) -> str:
        return self.start.strftime(YEAR_NAME if self.yearly else MONTH_NAME)

    @property
    def start_ms(self) -> int:
        return to_ms(self.start)

    @property
    def end_ms(self) -> int:
        return to_ms(self.end)

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def calendar_period(name: str) -> CalendarPeriod:
    """The period of a name.

    Raises:
        ValueError: it names neither a month nor a year.
    """
    year, _, month = name.partition("-")
    start = datetime(int(year), int(month or 1), 1, tzinfo=UTC)
    return CalendarPeriod(start, start.replace(year=start.year + 1) if not month else _month(start, 1), not month)


def calendar_of(first: datetime, last: datetime) -> list[CalendarPeriod]:
    """The years, and then the months, that an instant of `first` to `last` lies in; the newest of each first."""
    years = [calendar_period(str(year)) for year in range(last.year, first.year - 1, -1)]
    starts = month_starts(first, last, (last.year - first.year + 1) * 12)
    return years + [CalendarPeriod(start, end, False) for start, end in pairwise(starts)][::-1]


def month_starts(first: datetime, last: datetime, most: int) -> list[datetime]:
    """The first instants of the newest `most` months from `first`'s to `last`'s, and that of the month after."""
    starts = [_next_month(last)]
    while len(starts) <= most and starts[0] > first:
        starts.insert(0, _month(starts[0], -1))
    return starts


def year_starts(first: datetime, last: datetime) -> list[datetime]:
    """The first instants of the years from `first`'s to `last`'s, and that of the year after."""
    return [datetime(year, 1, 1, tzinfo=first.tzinfo) for year in range(first.year, last.year + 2)]


def periods(
    starts: Sequence[datetime],
    name: str,
    first: SnapshotRow,
    last: SnapshotRow,
    row_at: Callable[[int], SnapshotRow | None],
    between: Between,
) -> list[MonthView]:
    """A period from each start to the next.

    Args:
        name: format of a period's name, as `strftime` reads it.
        row_at: the newest row not later than an instant, in ms.
        between: the figures from one row to a later one.
    """
    rows = [row_at(to_ms(start)) for start in starts]
    found = []
    for (start, end), (opening, closing) in zip(pairwise(starts), pairwise(rows), strict=True):
        over = to_ms(end) <= last.at_ms
        found.append(_period(start.strftime(name), start, end, over, opening or first, closing or last, between))
    return found


def _period(
    name: str, start: datetime, end: datetime, over: bool, opening: SnapshotRow, closing: SnapshotRow, between: Between
) -> MonthView:
    begun, ended = from_ms(opening.at_ms), from_ms(closing.at_ms)
    if ended <= start:
        return MonthView(name, without_figures(None, end, NO_SNAPSHOTS), None, False)
    if start - begun > OLDEST_START:
        # What was gained since that row is not of this period alone.
        return MonthView(name, without_figures(None, ended, GAP_AT_START), closing.value, False)
    figures = between(opening, closing)
    cut = over and end - ended > OLDEST_START
    if cut:
        figures = figures.doubted(GAP_AT_END)
    return MonthView(name, figures, closing.value, over and not cut and begun <= start)


def _month(start: datetime, step: int) -> datetime:
    count = start.year * 12 + start.month - 1 + step
    return start.replace(year=count // 12, month=count % 12 + 1)


def _next_month(at: datetime) -> datetime:
    return _month(at.replace(day=1, hour=0, minute=0, second=0, microsecond=0), 1)
