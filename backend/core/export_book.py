"""ExportBook: what the user may take away, row by row: read in pages by key, so no list is ever whole in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal

from backend.core.export_rows import PAGE_ROWS, Cell, Export, paged
from backend.core.imported_values import counted
from backend.core.ledger.book_sums import METHODS
from backend.core.model.imported import IMPORTED
from backend.core.model.instants import iso_ms
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts
from backend.core.tax_lists import TaxLists
from backend.core.trade_book import TradeBook, trade_view

if TYPE_CHECKING:
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.model.holdings import LedgerEvent, Leg
    from backend.core.ports import Store

What = Literal["balances", "positions", "trades", "cash_flows", "snapshots", "ledger", "disposals", "income"]
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "balances": (
        "account", "wallet", "asset", "free", "locked", "borrowed", "interest", "total", "price_usd", "usd_value",
        "timestamp",
    ),
    "positions": (
        "account", "kind", "symbol", "asset", "side", "status", "quantity", "entry_price", "exit_price",
        "current_price", "cost_usd", "value_usd", "unrealized_pnl", "realized_pnl", "income_usd", "fees_usd", "trades",
        "open_time", "close_time", "cost_status", "method", "figures_status", "figures_reason", "id",
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
}  # fmt: skip


class ExportBook:
    """Lists of everything, over a store."""

    def __init__(self, store: Store, portfolio: PortfolioView, settings: ViewSettings) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings
        self._positions_of = TradeBook(store, portfolio, settings).positions
        self._yearly = TaxLists(store, portfolio, settings)

    def export(
        self,
        what: What,
        method: Method,
        account_id: int | None,
        year: int | None,
        zone: str,
        span_ms: tuple[int | None, int | None],
        symbol: str | None,
        side: str | None,
    ) -> Export:
        """A list of one account or all: newest first, a year's lists oldest first, positions as their page shows them.

        Args:
            year: for disposals and income, which need one: a calendar year of the time zone `zone`.
            span_ms: start <= instant < end; not for balances, positions and the lists of a year.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: the list needs a year, or there is no such zone.
            DomainError: the list needs the books, and they are being made.
        """
        if what == "disposals" or what == "income":
            return self._yearly.export(what, method, year, zone, account_id)
        with self._store.read() as unit:
            accounts = wanted_accounts(unit, self._settings.environment, account_id)
        place = METHODS.index(method)
        rows: Iterator[Sequence[Cell]]
        if what == "balances":
            rows = self._balances(account_id)
        elif what == "positions":
            rows = self._positions(method, account_id)
        else:
            rows = chain.from_iterable(
                self._rows_of(what, account, method, place, span_ms, symbol, side) for account in accounts
            )
        return Export(what, COLUMNS[what], rows, None)

    def _balances(self, account_id: int | None) -> Iterator[Sequence[Cell]]:
        for account, at_ms, line in self._portfolio.balances(account_id).lines:
            held = line.balance
            yield (
                account.name, held.wallet, held.asset, held.free, held.locked, held.borrowed, held.interest, held.total,
                line.price, line.value, iso_ms(at_ms),
            )  # fmt: skip

    def _positions(self, method: Method, account_id: int | None) -> Iterator[Sequence[Cell]]:
        """Open ones first, with the prices of now."""
        cursor: str | None = None
        while True:
            page = self._positions_of("all", method, PAGE_ROWS, cursor, account_id)
            for row in page.rows:
                closed = row.closed_ms is not None
                yield (
                    row.account.name, "futures" if row.futures else "spot", row.symbol, row.asset,
                    "SHORT" if row.short else "LONG", "closed" if closed else "open", row.quantity, row.entry_price,
                    row.exit_price, row.price, row.cost, row.value, row.unrealized, row.realized, row.income, row.fees,
                    row.trades, None if row.opened_ms is None else iso_ms(row.opened_ms),
                    None if row.closed_ms is None else iso_ms(row.closed_ms), row.cost_status, method.value,
                    row.status, row.reason, row.id,
                )  # fmt: skip
            cursor = page.next_cursor
            if cursor is None:
                return

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
        for stored in paged(
            self._store,
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
        for flow in paged(
            self._store,
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
        for row in paged(
            self._store,
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
        with self._store.read() as unit:
            imported = counted(unit, account.id, end)
        for one in imported:
            if start is None or one.at_ms >= start:
                nothing: list[Cell] = [None] * 5
                yield (iso_ms(one.at_ms), account.name, IMPORTED, one.value, *nothing, "estimated", IMPORTED)

    def _ledger(self, account: Account, span_ms: tuple[int | None, int | None]) -> Iterator[Sequence[Cell]]:
        for _, event in paged(
            self._store,
            lambda unit, after: unit.ledger.page(account.id, after, PAGE_ROWS),
            lambda row: (row[1].at_ms, row[0]),
        ):
            if _inside(event.at_ms, span_ms):
                yield (iso_ms(event.at_ms), account.name, *_ledger_cells(event))


def _inside(at_ms: int, span_ms: tuple[int | None, int | None]) -> bool:
    start, end = span_ms
    return (start is None or at_ms >= start) and (end is None or at_ms < end)


def _ledger_cells(event: LedgerEvent) -> Sequence[Any]:
    legs: dict[str, Leg] = {leg.role: leg for leg in event.legs}
    cells: list[Cell] = [event.kind.value, event.source, event.external_id]
    for role in ("in", "out", "fee"):
        leg = legs.get(role)
        cells += [None, None] if leg is None else [leg.asset, leg.amount]
    return [*cells, event.symbol, event.side, event.price, event.note]
