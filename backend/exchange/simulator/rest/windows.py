"""Spans of time and pages of rows, as the histories under /sapi and the futures paths ask for them."""

from collections.abc import Sequence
from typing import Final, TypeVar

from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.rest.params import mandatory
from backend.exchange.simulator.rest.routes import Call
from backend.exchange.simulator.wire import DAY_MS

Row = TypeVar("Row")
PAGE_ROWS: Final = 10
LONGEST_PAGE: Final = 100


def window(
    call: Call,
    days: int,
    *,
    default_days: int | None = None,
    horizon_days: int | None = None,
    names: tuple[str, str] = ("startTime", "endTime"),
) -> tuple[int, int]:
    """The span asked for, both ends inclusive; never `days` or more in one call.

    Args:
        default_days: how far back an unbounded call reaches; `days` unless given.
        horizon_days: nothing older is shown, whatever was asked.

    Raises:
        ExchangeError: -1127 when the span is too long or ends before it begins.
    """
    reach = default_days or days
    start, end = (call.params.instant(name) for name in names)
    if end is None:
        end = call.now if start is None else min(call.now, start + days * DAY_MS - 1)
    if start is None:
        start = end - reach * DAY_MS + 1
    if start > end:
        raise ExchangeError(-1127, f"{names[0]} must not be later than {names[1]}.")
    if end - start >= days * DAY_MS:
        raise ExchangeError(-1127, f"The interval between {names[0]} and {names[1]} must be less than {days} days.")
    if horizon_days is not None:
        start = max(start, call.now - horizon_days * DAY_MS)
    return start, end


def page(
    call: Call,
    rows: Sequence[Row],
    *,
    names: tuple[str, str] = ("current", "size"),
    default: int = PAGE_ROWS,
    largest: int = LONGEST_PAGE,
) -> list[Row]:
    """One page of the rows, the newest first; the pages count from 1."""
    number = call.params.integer(names[0])
    if number is not None and number < 1:
        raise mandatory(names[0])
    size = call.params.limit(default, largest, name=names[1])
    first = ((number or 1) - 1) * size
    return list(reversed(rows))[first : first + size]
