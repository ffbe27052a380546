"""Fees and income of a period by kind: rows of the books added up, held against the sums that the books keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.export_rows import PAGE_ROWS
from backend.core.ledger.income_words import income_word
from backend.core.model.amounts import ZERO, minus, total
from backend.core.model.holdings import EventKind
from backend.core.model.valuation import UNKNOWN_COST
from backend.core.report_views import KindSum, KindSums

if TYPE_CHECKING:
    from backend.core.book_ports import Key
    from backend.core.model.booked import BookedIncome
    from backend.core.ports import UnitOfWork
    from backend.core.position_views import RoundTrips
    from backend.core.profit_book import Ends
    from backend.core.views import Status

FUTURES_FEE: Final = "futures_fee"
OTHER: Final = "other"
NO_PRICE: Final = "no_price"
# Results of trading and their costs: no income.
TRADED: Final = frozenset({EventKind.FUTURES_RESULT, EventKind.FUTURES_FEE})


def fees_by_kind(unit: UnitOfWork, ends: Ends, trips: RoundTrips) -> KindSums:
    """What trading cost. Fees of futures are what the sum of the books has beyond those of trades."""
    rows = [
        row
        for account, (opening, closing) in ends.items()
        for row in unit.books.trade_fees(account, (opening.at_ms, closing.at_ms))
    ]
    return _sums(rows, None if trips.parts is None else trips.parts.fees, trips, FUTURES_FEE)


def income_by_kind(unit: UnitOfWork, ends: Ends, trips: RoundTrips) -> KindSums:
    """What was earned by holding, less what was charged for it."""
    rows = [
        (income_word(EventKind(row.kind), row.source, row.note, row.quantity), row.value)
        for account, (opening, closing) in ends.items()
        for row in income_rows(unit, account, (opening.at_ms, closing.at_ms))
        if EventKind(row.kind) not in TRADED
    ]
    return _sums(rows, None if trips.parts is None else trips.parts.income, trips, OTHER)


def income_rows(unit: UnitOfWork, account: int, span_ms: tuple[int, int]) -> Iterator[BookedIncome]:
    """What was booked as income with start <= instant < end, results and fees of futures too."""
    after: Key | None = None
    while True:
        rows = unit.books.income(account, span_ms, after, PAGE_ROWS)
        yield from rows
        if len(rows) < PAGE_ROWS:
            return
        after = (rows[-1].at_ms, rows[-1].id or 0)


def _sums(rows: Iterable[tuple[str, Decimal | None]], whole: Decimal | None, trips: RoundTrips, rest: str) -> KindSums:
    """The kinds of the rows, and as `rest` what the sum of the books has beyond them."""
    if whole is None:
        return KindSums([], None, "unavailable", trips.reason)
    values: dict[str, list[Decimal | None]] = {}
    for kind, value in rows:
        values.setdefault(kind, []).append(value)
    kinds = []
    for kind, told in values.items():
        known = [value for value in told if value is not None]
        kinds.append(KindSum(kind, len(told), total(known), len(told) - len(known)))
    left = minus(whole, *(one.value for one in kinds))
    if left != ZERO:
        kinds.append(KindSum(rest, None, left, 0))
    kinds.sort(key=lambda one: (-abs(one.value), one.kind))
    # What a coin had cost changes no fee and no income.
    status: Status
    reason: str | None
    status, reason = ("exact", None) if trips.reason == UNKNOWN_COST else (trips.status, trips.reason)
    if status == "exact" and any(one.unpriced for one in kinds):
        status, reason = "estimated", NO_PRICE
    return KindSums(kinds, whole, status, reason)
