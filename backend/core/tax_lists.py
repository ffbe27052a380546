"""The yearly lists: what was disposed of, and what was earned, by cost method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, localcontext
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from backend.core.errors import BadInputError, DomainError
from backend.core.export_rows import PAGE_ROWS, Cell, Export, paged
from backend.core.imports.instants import zone_named
from backend.core.ledger.book_sums import METHODS
from backend.core.ledger.cost_translation import OLD_PRICE
from backend.core.ledger.income_words import income_word
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.booked import BookedDisposal, BookedIncome
from backend.core.model.holdings import EventKind
from backend.core.model.instants import DAY_MS, iso_ms, to_ms
from backend.core.trade_book import IMPORTING, RECOMPUTING, readiness

if TYPE_CHECKING:
    from backend.core.book_ports import Key
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork

YearList = Literal["disposals", "income"]
Row = TypeVar("Row", BookedDisposal, BookedIncome)
DISCLAIMER: Final = (
    "Made from your own records as they are known here, under the cost method named; it may be incomplete and is no "
    "tax advice. Check it against your own papers and the rules that hold for you."
)
YEAR_COLUMNS: Final[Mapping[YearList, Sequence[str]]] = {
    "disposals": (
        "disposed_at", "account", "kind", "asset", "quantity", "proceeds", "cost", "fee", "gain", "acquired_at",
        "acquired_last_at", "holding_days", "currency", "method", "cost_status", "status", "source", "source_id",
    ),
    "income": (
        "time", "account", "kind", "asset", "symbol", "quantity", "price", "value", "currency", "price_source",
        "status", "source", "source_id", "note",
    ),
}  # fmt: skip
SUMMED: Final[Mapping[YearList, Sequence[str]]] = {
    "disposals": ("proceeds", "cost", "fee", "gain"),
    "income": ("value",),
}
INCOMPLETE: Final = "The history is still being read: what it tells later is missing here."
# Where the value of an income comes from.
MINUTE_CLOSE: Final = "minute_close"
ITSELF: Final = "reporting_currency"


class TaxLists:
    """Yearly lists over the books, read in pages by key."""

    def __init__(self, store: Store, portfolio: PortfolioView, settings: ViewSettings) -> None:
        self._store = store
        self._portfolio = portfolio
        self._reporting = settings.reporting_currency

    def export(self, what: YearList, method: Method, year: int | None, zone: str, account_id: int | None) -> Export:
        """One calendar year of a time zone, oldest first, each account after the other.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: no year, or no such zone.
            DomainError: the books are being made.
        """
        if year is None:
            raise BadInputError("This list is made for one year: name it", "year")
        clock = zone_named(zone)
        if clock is None:
            raise BadInputError(f"There is no time zone {zone}", "zone")
        span_ms = (_new_year_ms(year, clock), _new_year_ms(year + 1, clock))
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            if ready.status == "unavailable" or ready.reason == RECOMPUTING:
                raise DomainError(_waiting(ready.reason))
            importing = any(not holding.sync.import_complete for holding in view.accounts)
        totals = _Totals(what)
        place = METHODS.index(method)
        accounts = [holding.account for holding in view.accounts]
        rows = chain.from_iterable(self._of_account(what, account, method, place, span_ms) for account in accounts)
        limits = f"Year {year} in {zone}: from {iso_ms(span_ms[0])} until before {iso_ms(span_ms[1])}."
        note = " ".join(filter(None, (DISCLAIMER, limits, INCOMPLETE if importing else "")))
        name = f"{what}-{year}-{method.value}"
        return Export(name, YEAR_COLUMNS[what], totals.over(rows), note, totals.told)

    def _of_account(
        self, what: YearList, account: Account, method: Method, place: int, span_ms: tuple[int, int]
    ) -> Iterator[Sequence[Cell]]:
        if what == "income":
            return (self._earned(account, row) for row in self._paged(account, _income(account, span_ms)))
        return (
            self._disposed(account, method, place, row) for row in self._paged(account, _disposals(account, span_ms))
        )

    def _paged(self, account: Account, read: Callable[[UnitOfWork, Key | None], Sequence[Row]]) -> Iterator[Row]:
        """All rows of one state of the books. A list of two states would hold some rows twice and others not at all.

        Raises:
            DomainError: the books have changed since the first page.
        """
        seen: list[int | None] = []

        def page(unit: UnitOfWork, after: Key | None) -> Sequence[Row]:
            state = unit.books.state(account.id)
            seen.append(None if state is None else state.version)
            if seen[-1] != seen[0]:
                raise DomainError("The books have changed while they were written down: ask again")
            return read(unit, after)

        return paged(self._store, page, lambda row: (row.at_ms, row.id or 0))

    def _disposed(self, account: Account, method: Method, place: int, row: BookedDisposal) -> Sequence[Cell]:
        oldest, newest = row.acquired_ms[place], row.acquired_last_ms[place]
        with localcontext(MONEY):
            gain = row.proceeds - row.cost[place]
        return (
            iso_ms(row.at_ms), account.name, row.kind, row.asset, row.quantity, row.proceeds, row.cost[place],
            row.fee_value, gain, None if oldest is None else iso_ms(oldest), None if newest is None else iso_ms(newest),
            None if oldest is None else (row.at_ms - oldest) // DAY_MS, self._reporting, method.value,
            "unknown" if row.estimated else "known", "estimated" if row.estimated or row.old_price else "exact",
            row.source, row.external_id,
        )  # fmt: skip

    def _earned(self, account: Account, row: BookedIncome) -> Sequence[Cell]:
        price = None
        if row.value is not None and row.quantity:
            with localcontext(MONEY):
                price = row.value / row.quantity
        known = ITSELF if row.asset == self._reporting else OLD_PRICE if row.old_price else MINUTE_CLOSE
        status = "unavailable" if row.value is None else "estimated" if row.old_price else "exact"
        return (
            iso_ms(row.at_ms), account.name, income_word(EventKind(row.kind), row.source, row.note, row.quantity),
            row.asset, row.symbol, row.quantity, price, row.value, self._reporting,
            None if row.value is None else known, status,
            row.source, row.external_id, row.note or None,
        )  # fmt: skip


def _waiting(reason: str | None) -> str:
    if reason == IMPORTING:
        return "The history is still being read: ask again when it is"
    return "The books are being made: ask again in a moment"


class _Totals:
    """Sums of the rows that went by."""

    def __init__(self, what: YearList) -> None:
        self._columns = YEAR_COLUMNS[what]
        self._sums = dict.fromkeys(SUMMED[what], ZERO)
        self._places = {name: self._columns.index(name) for name in self._sums}
        self._doubtful = 0

    def over(self, rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        status = self._columns.index("status")
        for row in rows:
            self._doubtful += row[status] != "exact"
            for name, place in self._places.items():
                cell = row[place]
                if isinstance(cell, Decimal):
                    with localcontext(MONEY):
                        self._sums[name] += cell
            yield row

    def told(self) -> dict[str, Cell]:
        return {**self._sums, "status": "estimated" if self._doubtful else "exact"}


def _disposals(
    account: Account, span_ms: tuple[int, int]
) -> Callable[[UnitOfWork, Key | None], Sequence[BookedDisposal]]:
    return lambda unit, after: unit.books.disposals(account.id, span_ms, after, PAGE_ROWS)


def _income(account: Account, span_ms: tuple[int, int]) -> Callable[[UnitOfWork, Key | None], Sequence[BookedIncome]]:
    return lambda unit, after: unit.books.income(account.id, span_ms, after, PAGE_ROWS)


def _new_year_ms(year: int, clock: tzinfo) -> int:
    return to_ms(datetime(year, 1, 1, tzinfo=clock).astimezone(UTC))
