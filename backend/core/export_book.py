"""ExportBook: what the user may take away, row by row: read in pages by key, so no list is ever whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, localcontext
from itertools import chain
from typing import Any, Final, Literal, TypeVar

from backend.core.book_ports import Key
from backend.core.errors import BadInputError
from backend.core.ledger.book_sums import METHODS
from backend.core.ledger.lots import Method
from backend.core.model.accounts import Account
from backend.core.model.amounts import MONEY
from backend.core.model.booked import BookedDisposal, BookedIncome
from backend.core.model.holdings import LedgerEvent, Leg
from backend.core.model.instants import iso_ms, to_ms
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.ports import Store, UnitOfWork
from backend.core.trade_book import trade_view

What = Literal["balances", "trades", "cash_flows", "snapshots", "ledger", "disposals", "income"]
Cell = str | Decimal | int | bool | None
Row = TypeVar("Row")
PAGE_ROWS: Final = 1_000
OF_A_YEAR: Final = frozenset({"disposals", "income"})
DISCLAIMER: Final = (
    "Made from your own records as they are known here, under the cost method named; it may be incomplete and is no "
    "tax advice. Check it against your own papers and the rules that hold for you."
)
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "balances": (
        "account", "wallet", "asset", "free", "locked", "borrowed", "interest", "total", "price_usd", "usd_value",
        "timestamp",
    ),
    "trades": (
        "time", "account", "kind", "symbol", "side", "base_asset", "quote_asset", "quantity", "price", "quote_quantity",
        "value_usd", "fee", "fee_asset", "fee_usd", "realized_pnl", "method", "status", "reason", "source", "id",
    ),
    "cash_flows": (
        "time", "account", "type", "amount_usd", "asset", "quantity", "price_usd", "description", "source", "status",
        "reason", "id",
    ),
    "snapshots": (
        "time", "account", "kind", "total_value_usd", "flow_usd", "net_deposits_usd", "pnl", "twr_percent",
        "benchmark_value_usd", "status", "reason",
    ),
    "ledger": (
        "time", "account", "kind", "source", "external_id", "asset_in", "amount_in", "asset_out", "amount_out",
        "fee_asset", "fee_amount", "symbol", "side", "price", "note",
    ),
    "disposals": (
        "disposed_at", "account", "kind", "asset", "quantity", "proceeds", "cost", "gain", "acquired_at", "currency",
        "method", "status",
    ),
    "income": ("time", "account", "kind", "asset", "symbol", "quantity", "value", "currency", "status"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A list to be written: its columns, its rows as they are read, and what must be said of it."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    note: str | None


class ExportBook:
    """Lists of everything, over a store."""

    def __init__(self, store: Store, portfolio: PortfolioView, settings: ViewSettings) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings

    def export(
        self,
        what: What,
        method: Method,
        account_id: int | None,
        year: int | None,
        span_ms: tuple[int | None, int | None],
        symbol: str | None,
        side: str | None,
    ) -> Export:
        """A list of one account or all: newest first, a year's lists oldest first.

        Args:
            year: for disposals and income, which need one: a calendar year in UTC.
            span_ms: start <= instant < end; not for balances.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: the list needs a year, or the books are not ready for it.
        """
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, account_id)
        if what in OF_A_YEAR:
            if year is None:
                raise BadInputError("This list is made for one year: name it", "year")
            span_ms = (_new_year_ms(year), _new_year_ms(year + 1))
        place = METHODS.index(method)
        rows = (
            self._balances(account_id)
            if what == "balances"
            else chain.from_iterable(
                self._rows_of(what, account, method, place, span_ms, symbol, side) for account in accounts
            )
        )
        name = what if what not in OF_A_YEAR else f"{what}-{year}-{method.value}"
        return Export(name, COLUMNS[what], rows, DISCLAIMER if what in OF_A_YEAR else None)

    def _balances(self, account_id: int | None) -> Iterator[Sequence[Cell]]:
        for account, at_ms, line in self._portfolio.balances(account_id).lines:
            held = line.balance
            yield (
                account.name, held.wallet, held.asset, held.free, held.locked, held.borrowed, held.interest, held.total,
                line.price, line.value, iso_ms(at_ms),
            )  # fmt: skip

    def _rows_of(
        self,
        what: What,
        account: Account,
        method: Method,
        place: int,
        span_ms: tuple[int | None, int | None],
        symbol: str | None,
        side: str | None,
    ) -> Iterator[Sequence[Cell]]:
        match what:
            case "trades":
                return self._trades(account, method, place, span_ms, symbol, side)
            case "cash_flows":
                return self._cash_flows(account, span_ms)
            case "snapshots":
                return self._snapshots(account, span_ms)
            case "ledger":
                return self._ledger(account, span_ms)
            case "disposals":
                return self._disposals(account, method, place, span_ms)
            case "income":
                return self._income(account, span_ms)
            case _:
                raise AssertionError(what)

    def _trades(
        self,
        account: Account,
        method: Method,
        place: int,
        span_ms: tuple[int | None, int | None],
        symbol: str | None,
        side: str | None,
    ) -> Iterator[Sequence[Cell]]:
        for stored in self._paged(
            lambda unit, after: unit.books.trades(account.id, symbol, side, span_ms, after, PAGE_ROWS),
            lambda row: (row.at_ms, row.id),
        ):
            row = trade_view(stored, account, place)
            yield (
                iso_ms(row.at_ms), account.name, stored.kind, row.symbol, row.side, row.base, row.quote,
                row.quantity, row.price, row.quote_quantity, row.value, row.fee, row.fee_asset, row.fee_value,
                row.realized, method.value, row.status, row.reason, row.source, row.id,
            )  # fmt: skip

    def _cash_flows(self, account: Account, span_ms: tuple[int | None, int | None]) -> Iterator[Sequence[Cell]]:
        for flow in self._paged(
            lambda unit, after: unit.cash_flows.page([account.id], PAGE_ROWS, after, None, None),
            lambda row: (row.at_ms, row.id or 0),
        ):
            if _inside(flow.at_ms, span_ms):
                incoming = (flow.amount if flow.amount is not None else flow.quantity or 0) >= 0
                yield (
                    iso_ms(flow.at_ms), account.name, "DEPOSIT" if incoming else "WITHDRAW", flow.amount, flow.asset,
                    flow.quantity, flow.price, flow.description, flow.source, flow.status, flow.reason, flow.id,
                )  # fmt: skip

    def _snapshots(self, account: Account, span_ms: tuple[int | None, int | None]) -> Iterator[Sequence[Cell]]:
        start, end = span_ms
        before = None if end is None else end - 1
        for row in self._paged(
            lambda unit, after: unit.snapshots.page([account.id], before, after, PAGE_ROWS),
            lambda row: (row.at_ms, row.account_id),
        ):
            if start is not None and row.at_ms < start:
                break
            twr = Decimal(repr((row.growth_index - 1.0) * 100.0)) if row.growth_index == row.growth_index else None
            yield (
                iso_ms(row.at_ms), account.name, row.kind, row.value, row.flow, row.net_deposits, row.pnl, twr,
                row.benchmark_value, row.status, row.reason,
            )  # fmt: skip

    def _ledger(self, account: Account, span_ms: tuple[int | None, int | None]) -> Iterator[Sequence[Cell]]:
        for _, event in self._paged(
            lambda unit, after: unit.ledger.page(account.id, after, PAGE_ROWS),
            lambda row: (row[1].at_ms, row[0]),
        ):
            if _inside(event.at_ms, span_ms):
                yield (iso_ms(event.at_ms), account.name, *_ledger_cells(event))

    def _disposals(
        self, account: Account, method: Method, place: int, span_ms: tuple[int | None, int | None]
    ) -> Iterator[Sequence[Cell]]:
        span = (span_ms[0] or 0, span_ms[1] or 0)
        for row in self._paged(lambda unit, after: unit.books.disposals(account.id, span, after, PAGE_ROWS), _reported):
            acquired = row.acquired_ms[place]
            with localcontext(MONEY):
                gain = row.proceeds - row.cost[place]
            yield (
                iso_ms(row.at_ms), account.name, row.kind, row.asset, row.quantity, row.proceeds, row.cost[place],
                gain, None if acquired is None else iso_ms(acquired), self._settings.reporting_currency,
                method.value, "estimated" if row.estimated else "exact",
            )  # fmt: skip

    def _income(self, account: Account, span_ms: tuple[int | None, int | None]) -> Iterator[Sequence[Cell]]:
        span = (span_ms[0] or 0, span_ms[1] or 0)
        for row in self._paged(lambda unit, after: unit.books.income(account.id, span, after, PAGE_ROWS), _reported):
            yield (
                iso_ms(row.at_ms), account.name, row.kind, row.asset, row.symbol, row.quantity, row.value,
                self._settings.reporting_currency, "unavailable" if row.value is None else "exact",
            )  # fmt: skip

    def _paged(
        self, read: Callable[[UnitOfWork, Key | None], Sequence[Row]], key: Callable[[Row], Key]
    ) -> Iterator[Row]:
        """All rows, a short transaction a page: writers are not kept waiting by a slow reader."""
        after: Key | None = None
        while True:
            with self._store.read() as unit:
                rows = read(unit, after)
            yield from rows
            if len(rows) < PAGE_ROWS:
                return
            after = key(rows[-1])


def _reported(row: BookedDisposal | BookedIncome) -> Key:
    return row.at_ms, row.id or 0


def _inside(at_ms: int, span_ms: tuple[int | None, int | None]) -> bool:
    start, end = span_ms
    return (start is None or at_ms >= start) and (end is None or at_ms < end)


def _new_year_ms(year: int) -> int:
    return to_ms(datetime(year, 1, 1, tzinfo=UTC))


def _ledger_cells(event: LedgerEvent) -> Sequence[Any]:
    legs: dict[str, Leg] = {leg.role: leg for leg in event.legs}
    cells: list[Cell] = [event.kind.value, event.source, event.external_id]
    for role in ("in", "out", "fee"):
        leg = legs.get(role)
        cells += [None, None] if leg is None else [leg.asset, leg.amount]
    return [*cells, event.symbol, event.side, event.price, event.note]
