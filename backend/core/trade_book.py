"""TradeBook: positions, trades and lots as they are shown. Reads prepared rows only, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from backend.core.errors import BadInputError, NotFoundError
from backend.core.flow_book import read_cursor
from backend.core.flow_rules import EARLIEST_MS
from backend.core.futures_positions import closed_after, list_id, open_after, position_view
from backend.core.ledger.book_sums import METHODS
from backend.core.ledger.cost_translation import EnteredCost
from backend.core.model.amounts import MONEY, ONE
from backend.core.model.booked import BookedLot, BookedPosition, BookedTrade, BookState
from backend.core.model.contracts import StoredRound
from backend.core.model.instants import iso_ms
from backend.core.model.valuation import UNKNOWN_COST
from backend.core.position_views import LotPage, LotView, PositionPage, PositionView, TradePage, TradeView

if TYPE_CHECKING:
    from backend.core.book_ports import Key, LotState
    from backend.core.ledger.lots import Method
    from backend.core.model.accounts import Account
    from backend.core.portfolio_view import PortfolioView, ViewSettings
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import BalancesView, Basis, Status

Wanted = Literal["open", "closed", "all"]
Row = TypeVar("Row")
# A row of the list of positions: of a coin, or of a contract.
Listed = BookedPosition | StoredRound
RECOMPUTING: Final = "recomputing"
IMPORTING: Final = "history_importing"
NO_DATA: Final = "no_data_yet"
DIFFERS: Final = "quantity_differs"
NOTHING_SKIPPED: Final = 0


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the books can be shown: unavailable before the first booking, estimated while it goes on or where profit
    cannot be split.
    """

    status: Status
    reason: str | None
    states: Mapping[int, BookState]


def readiness(unit: UnitOfWork, view: BalancesView) -> Readiness:
    """How far the books of the accounts of a view are."""
    if not view.accounts:
        return Readiness("unavailable", NO_DATA, {})
    states: dict[int, BookState] = {}
    status: Status = "exact"
    reason = None
    for holding in view.accounts:
        state = unit.books.state(holding.account.id)
        if state is None:
            empty = holding.sync.import_complete and holding.sync.positions is not None
            if not empty:
                return Readiness("unavailable", RECOMPUTING if holding.sync.import_complete else IMPORTING, {})
            continue
        states[holding.account.id] = state
        if not state.settled or state.dirty_from_ms is not None or holding.sync.positions is None:
            status, reason = "estimated", RECOMPUTING
        elif state.reason is not None and reason is None:
            status, reason = "estimated", state.reason
    return Readiness(status, reason, states)


class TradeBook:
    """Answers about positions and trades over a store."""

    def __init__(self, store: Store, portfolio: PortfolioView, settings: ViewSettings) -> None:
        self._store = store
        self._portfolio = portfolio
        self._reporting = settings.reporting_currency

    def positions(
        self, wanted: Wanted, method: Method, limit: int, cursor: str | None, account_id: int | None
    ) -> PositionPage:
        """A page of positions: open ones in the order in which they were first seen, closed ones newest first.

        The cursor is `0-id` of the last open row, or `instant-id` of the last closed one.

        Raises:
            NotFoundError: no such account in this environment.
        """
        after = None if cursor is None else read_cursor(cursor)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            accounts = {holding.account.id: holding.account for holding in view.accounts}
            counts = [unit.contracts.counts(account) for account in accounts]
            rows: list[Listed] = []
            if wanted != "closed" and (after is None or after[0] == 0):
                seen = NOTHING_SKIPPED if after is None else after[1]
                found: list[Sequence[Listed]] = []
                for account in accounts:
                    found.append(unit.books.open_positions(account, seen, limit + 1))
                    found.append(unit.contracts.open_rounds(account, open_after(after), limit + 1))
                rows += islice(merge(*found, key=_key_of), limit + 1)
            if wanted != "open" and len(rows) <= limit:
                key = after if after is not None and after[0] else None
                left = limit + 1 - len(rows)
                closed: list[Sequence[Listed]] = []
                for account in accounts:
                    closed.append(unit.books.closed_positions(account, key, left))
                    closed.append(unit.contracts.closed_rounds(account, closed_after(key), left))
                rows += islice(merge(*closed, key=_key_of, reverse=True), left)
        shown = rows[:limit]
        last = _key_of(shown[-1]) if len(rows) > limit else None
        place = METHODS.index(method)
        states = ready.states.values()
        known = ready.status != "unavailable"
        return PositionPage(
            basis=view.basis,
            method=method,
            rows=[self._row(view, accounts[row.account_id], row, place, ready) for row in shown],
            next_cursor=None if last is None else f"{last[0]}-{last[1]}",
            open_count=sum(state.open_count for state in states) + sum(count[0] for count in counts) if known else None,
            closed_count=(
                sum(state.closed_count for state in states) + sum(count[1] for count in counts) if known else None
            ),
            status=ready.status,
            reason=ready.reason,
        )

    def _row(self, view: BalancesView, account: Account, row: Listed, place: int, ready: Readiness) -> PositionView:
        if isinstance(row, BookedPosition):
            return self._position(view, account, row, place, ready)
        paid_in = None if row.state is None else row.state.margin_asset
        rate = ONE if paid_in == self._reporting else price_of(view, account.id, paid_in or "")
        return position_view(view, account, row, rate)

    def _position(
        self, view: BalancesView, account: Account, row: BookedPosition, place: int, ready: Readiness
    ) -> PositionView:
        closed = row.closed_ms is not None
        price = price_of(view, account.id, row.asset)
        status, reason = ready.status, ready.reason
        if row.cost_status == "unknown":
            status, reason = "estimated", reason or UNKNOWN_COST
        value = gain = None
        with localcontext(MONEY):
            quantity, cost = (row.came, row.cost) if closed else (row.held, row.held_cost[place])
            if not closed:
                value = None if price is None else row.held * price
                gain, doubt = open_gain(view, account.id, row, place)
                if gain is None:
                    status, reason = "unavailable", doubt
            return PositionView(
                id=f"{account.id}-{row.asset}-{row.number}",
                account=account,
                futures=False,
                symbol=row.asset + self._reporting,
                asset=row.asset,
                short=False,
                quantity=quantity,
                entry_price=cost / quantity if quantity else None,
                exit_price=row.proceeds / row.sold if row.sold else None,
                price=price,
                cost=cost,
                value=value,
                unrealized=gain,
                realized=row.realized[place] + row.income,
                income=row.income,
                fees=row.fees,
                trades=row.trades,
                opened_ms=row.opened_ms,
                closed_ms=row.closed_ms,
                cost_status=row.cost_status,
                status=status,
                reason=reason,
            )

    def trades(
        self,
        symbol: str | None,
        side: str | None,
        span_ms: tuple[int | None, int | None],
        method: Method,
        limit: int,
        cursor: str | None,
        account_id: int | None,
    ) -> TradePage:
        """A page of trades with start <= instant < end, newest first; the cursor is `instant-id` of the last row.

        Raises:
            NotFoundError: no such account in this environment.
        """
        after = None if cursor is None else read_cursor(cursor)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            accounts = {holding.account.id: holding.account for holding in view.accounts}
            rows = _newest(
                accounts,
                lambda account: unit.books.trades(account, symbol, side, span_ms, after, limit + 1),
                lambda row: (row.at_ms, row.id),
                limit + 1,
            )
            count = sum(unit.books.count_trades(account, symbol, side, span_ms) for account in accounts)
        shown = rows[:limit]
        last = shown[-1] if len(rows) > limit else None
        place = METHODS.index(method)
        return TradePage(
            basis=view.basis,
            method=method,
            rows=[trade_view(row, accounts[row.account_id], place) for row in shown],
            next_cursor=None if last is None else f"{last.at_ms}-{last.id}",
            total=None if ready.status == "unavailable" or ready.reason == RECOMPUTING else count,
            status=ready.status,
            reason=ready.reason,
        )

    def lots(
        self, wanted: Literal["unknown", "entered", "all"], limit: int, cursor: str | None, account_id: int | None
    ) -> LotPage:
        """A page of coins that came from outside, newest first; the cursor is `instant-id` of the last row.

        Raises:
            NotFoundError: no such account in this environment.
        """
        after = None if cursor is None else read_cursor(cursor)
        states: tuple[LotState, ...] = ("unknown", "entered") if wanted == "all" else (wanted,)
        with self._store.read() as unit:
            view = self._portfolio.balances_in(unit, account_id)
            ready = readiness(unit, view)
            accounts = {holding.account.id: holding.account for holding in view.accounts}
            sources = [(account, state) for account in accounts for state in states]
            rows = _newest(
                sources,
                lambda source: unit.books.lots(source[0], source[1], after, limit + 1),
                lambda row: (row.at_ms, row.id),
                limit + 1,
            )
        shown = rows[:limit]
        last = shown[-1] if len(rows) > limit else None
        counts = [state.unknown_lots for state in ready.states.values()]
        return LotPage(
            basis=view.basis,
            rows=[_lot_view(row, accounts[row.account_id]) for row in shown],
            next_cursor=None if last is None else f"{last.at_ms}-{last.id}",
            unknown_count=None if ready.status == "unavailable" else sum(counts),
            status=ready.status,
            reason=ready.reason,
        )

    def enter_cost(self, lot_id: int, cost: Decimal | None, acquired_ms: int | None) -> tuple[Basis, LotView]:
        """Say what coins from outside had cost, all together; None: it is not known. The books are made anew.

        Raises:
            NotFoundError: there is no such lot.
            BadInputError: they cannot have been acquired then.
        """
        with self._store.write() as unit:
            view = self._portfolio.balances_in(unit, None)
            lot = unit.books.lot(lot_id)
            account = next((one.account for one in view.accounts if lot and one.account.id == lot.account_id), None)
            if lot is None or account is None:
                raise NotFoundError(f"There is no lot {lot_id}")
            if acquired_ms is not None and cost is None:
                raise BadInputError("A date without a cost says nothing: enter the cost too", "cost_usd")
            if acquired_ms is not None and not EARLIEST_MS <= acquired_ms <= lot.at_ms:
                raise BadInputError("Coins are acquired after 2009-01-03 and before they come in", "acquired_at")
            unit.books.enter_cost(lot_id, None if cost is None else EnteredCost(cost, acquired_ms))
            told = {
                "asset": lot.asset,
                "cost_usd": cost,
                "acquired_at": None if acquired_ms is None else iso_ms(acquired_ms),
            }
            unit.audit.record("lot.cost", account_id=account.id, subject=f"lot {lot_id}", details=told)
            unit.books.mark(account.id, lot.at_ms)
            # Profit is not split by costs that are not these any more.
            unit.accounts.update_sync(account.id, positions=None)
            unit.events.emit("positions", account.id)
        changed = BookedLot(lot.id, account.id, lot.at_ms, lot.asset, lot.quantity, lot.market_value, cost, acquired_ms)
        return view.basis, _lot_view(changed, account)


def _key_of(row: Listed) -> Key:
    """Where a row stands: open ones first seen first, closed ones by when they were closed."""
    if isinstance(row, StoredRound):
        return row.round.closed_ms or 0, list_id(row)
    return row.closed_ms or 0, row.id


def price_of(view: BalancesView, account_id: int, asset: str) -> Decimal | None:
    """The price of now of an asset that an account holds."""
    prices = (line.price for one, _, line in view.lines if one.id == account_id and line.balance.asset == asset)
    return next((price for price in prices if price is not None), None)


def open_gain(
    view: BalancesView, account_id: int, row: BookedPosition, place: int
) -> tuple[Decimal | None, str | None]:
    """Market value less cost of an open position, or why it is not known: as in the list of balances."""
    known = view.costs.get((account_id, row.asset))
    if known is None:
        return None, DIFFERS
    if known.unrealized is None or known.cost is None:
        return None, known.reason
    with localcontext(MONEY):
        return known.unrealized + known.cost - row.held_cost[place], None


def trade_view(row: BookedTrade, account: Account, place: int) -> TradeView:
    """A trade with its result under one method."""
    return TradeView(
        id=row.id,
        account=account,
        at_ms=row.at_ms,
        convert=row.kind == "convert",
        symbol=row.symbol,
        side=row.side,
        base=row.base,
        quote=row.quote,
        quantity=row.quantity,
        price=row.price,
        quote_quantity=row.quote_quantity,
        value=row.value,
        fee=row.fee,
        fee_asset=row.fee_asset,
        fee_value=row.fee_value,
        realized=row.realized[place],
        source="csv" if row.source.startswith(("csv", "statement")) else "exchange",
        status="estimated" if row.status == "estimated" else "unavailable" if row.status == "unavailable" else "exact",
        reason=row.reason,
    )


def _newest(
    sources: Mapping[int, Account] | Sequence[tuple[int, LotState]],
    read: Callable[..., Sequence[Row]],
    key: Callable[[Row], Key],
    limit: int,
) -> list[Row]:
    """The newest rows of several sources, each read by its own index and at most `limit` long."""
    found = [read(source) for source in sources]
    return list(islice(merge(*found, key=key, reverse=True), limit))


def _lot_view(row: BookedLot, account: Account) -> LotView:
    return LotView(
        id=row.id,
        account=account,
        asset=row.asset,
        quantity=row.quantity,
        at_ms=row.at_ms,
        market_value=row.market_value,
        cost=row.cost,
        acquired_ms=row.acquired_ms,
        reason=None if row.market_value is not None else "no_price",
    )
