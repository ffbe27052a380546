"""BookKeeper: keeps the books of accounts in step with their ledgers.

An event at the end costs the same however long the ledger is: the books stay in memory and only what the event changed
is written. One that comes late, or is taken back, has everything from the last checkpoint before it booked anew; so
has a start of the program, from the newest checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.book_sums import NOTHING_HELD, Holding, Sums
from backend.core.ledger.booked_rows import disposal_rows, income_rows, lot_row, trade_row
from backend.core.ledger.carried import CarriedLots, read, written
from backend.core.ledger.cost_translation import EnteredCost, wanted_prices
from backend.core.ledger.outside import kept_outside
from backend.core.ledger.positions import encode_positions
from backend.core.model.amounts import ZERO
from backend.core.model.booked import BookedDisposal, BookedIncome, BookedLot, BookedTrade, BookState, StoredRun
from backend.core.model.holdings import LedgerEvent
from backend.core.own_addresses import outside_in
from backend.core.own_moves import book_anew
from backend.services.past_prices import PastPrice
from backend.services.turns import always

if TYPE_CHECKING:
    from backend.core.model.moves import Move
    from backend.core.ports import Store, UnitOfWork

log = structlog.get_logger(__name__)

# Events a transaction; readers see the books grow.
CHUNK_EVENTS: Final = 2_000
# A start books again what came after the newest checkpoint. Writing one costs as much as there are lots.
CHECKPOINT_EVENTS: Final = 1_000
LOTS_AN_EVENT: Final = 8
BEFORE_ALL: Final = -1

Told = tuple[int, LedgerEvent]


# Prices of an asset at instants in the reporting currency.
PriceOf = Callable[[str, Iterable[int]], Mapping[int, PastPrice]]


@dataclass(slots=True)
class _Kept:
    """The books of an account as they are in memory: up to and including `at_ms`, `events` of them."""

    book: AccountBook
    at_ms: int
    events: int
    checkpoint_events: int
    version: int
    # The rows later than `at_ms` are not of these books: they are dropped with the next write.
    rewound: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What booking rests on beside the ledger: costs that the user entered, and moves from and to other accounts."""

    entered: Mapping[tuple[str, str], EnteredCost]
    sent: Mapping[tuple[str, str], Move]
    received: Mapping[tuple[str, str], tuple[Move, str | None]]

    def carried(self, event: LedgerEvent) -> CarriedLots | None:
        """The lots that an event brings; None where it is no move, or the other account's books do not tell yet."""
        found = self.received.get((event.source, event.external_id)) if self.received else None
        return None if found is None or found[1] is None else read(found[1], found[0].quantity)


@dataclass(slots=True)
class _Rows:
    """What a chunk of events changes; `until_ms` is its last instant, None of no events."""

    until_ms: int | None = None

    trades: list[BookedTrade] = field(default_factory=list)
    lots: list[BookedLot] = field(default_factory=list)
    disposals: list[BookedDisposal] = field(default_factory=list)
    income: list[BookedIncome] = field(default_factory=list)
    runs: dict[int, str] = field(default_factory=dict)
    holdings: dict[tuple[str, int], Holding] = field(default_factory=dict)
    sums: dict[tuple[str, bool], Sums] = field(default_factory=dict)
    subject_runs: dict[tuple[str, bool, int], StoredRun] = field(default_factory=dict)
    left: dict[Move, str] = field(default_factory=dict)


def nobody(_account: int) -> None:
    """Where nobody waits for it, what changed is booked with the next step."""


class BookKeeper:
    """Books of any number of accounts; each is updated by one thread at a time.

    `on_carried(account)` is told whose books must follow, since costs of theirs rest on lots that were carried there.
    """

    def __init__(self, store: Store, reporting: str) -> None:
        self._store = store
        self._reporting = reporting
        self._kept: dict[int, _Kept] = {}
        self.on_carried: Callable[[int], None] = nobody

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        self._kept.pop(account_id, None)

    def update(self, account: int, epoch: int | None, price_of: PriceOf, go_on: Callable[[], bool] = always) -> int:
        """Bring the books up to the ledger; returns the number of events booked.

        `go_on` is asked between chunks: where it says no, the next call goes on after the last one.

        Raises:
            ExchangeError: a price could not be read; what was booked stays, and the next call goes on.
            LeaseLostError: another collector works now.
        """
        with self._store.read() as unit:
            state = unit.books.state(account)
            told = unit.accounts.sync_state(account).positions is not None
            new = unit.books.new_since(account, 0 if state is None else state.last_id)
            if state is not None and told and new is None and state.settled and state.dirty_from_ms is None:
                return 0
            from_ms = None if state is None else state.dirty_from_ms
            if state is not None and new is not None and new[0] <= state.at_ms:
                from_ms = new[0] if from_ms is None else min(from_ms, new[0])
            kept = self._kept.pop(account, None)
            version = 0 if state is None else state.version
            if kept is None or from_ms is not None or kept.version != version:
                kept = self._reopened(account, unit.books.checkpoint_before(account, from_ms), version)
            stored = unit.ledger.identified(account, kept.at_ms)
            seen = kept_outside([event for _, event in stored], outside_in(unit, account).keys)
            events = [(number, event) for (number, _), event in zip(stored, seen, strict=True)]
            known = _known(unit, account)
        last_id = max(0 if state is None else state.last_id, 0 if new is None else new[1])
        booked = 0
        for chunk, settled in _chunks(events):
            rows = self._book(account, kept, chunk, known, price_of)
            if not self._write(account, epoch, kept, known, rows, last_id, settled):
                # What they rest on changed meanwhile: the next step begins where it changed.
                return len(events)
            booked += len(chunk)
            if not (settled or go_on()):
                break
        self._kept[account] = kept
        if len(events) > CHUNK_EVENTS:
            log.info("books opened", account=account, events=booked, left=len(events) - booked)
        return booked

    def _reopened(self, account: int, checkpoint: tuple[int, int, str] | None, version: int) -> _Kept:
        if checkpoint is None:
            return _Kept(AccountBook(self._reporting), BEFORE_ALL, 0, 0, version, rewound=True)
        at_ms, events, text = checkpoint
        return _Kept(AccountBook.thaw(self._reporting, text), at_ms, events, events, version, rewound=True)

    def _book(
        self,
        account: int,
        kept: _Kept,
        chunk: Sequence[Told],
        beside: _Known,
        price_of: PriceOf,
    ) -> _Rows:
        wanted: dict[str, set[int]] = {}
        for _, event in chunk:
            for asset in wanted_prices(event, self._reporting):
                wanted.setdefault(asset, set()).add(event.at_ms)
        prices = {asset: price_of(asset, instants) for asset, instants in wanted.items()}
        book, rows = kept.book, _Rows()
        run = book.totals.text()
        for place, (event_id, event) in enumerate(chunk):
            at_ms = event.at_ms
            key = event.source, event.external_id
            cost = beside.entered.get(key) if beside.entered else None
            found = {asset: prices[asset][at_ms] for asset in wanted_prices(event, self._reporting)}
            known = {asset: one.price for asset, one in found.items()}
            old = any(one.price is not None and one.doubt is not None for one in found.values())
            entry = book.book(event, known, cost, beside.carried(event), old_price=old)
            move = beside.sent.get(key) if beside.sent else None
            if move is not None:
                rows.left[move] = written(entry.left)
            trade = trade_row(account, event_id, event, entry)
            if trade is not None:
                rows.trades.append(trade)
            lot = lot_row(account, event_id, event, entry, cost)
            if lot is not None:
                rows.lots.append(lot)
            rows.disposals.extend(disposal_rows(event_id, event, entry))
            rows.income.extend(income_rows(event_id, event, self._reporting, known, old_price=old))
            for holding in entry.holdings:
                rows.holdings[holding.asset, holding.number] = holding
            for subject in entry.subjects:
                rows.sums[subject] = book.sums[subject]
                rows.subject_runs[*subject, at_ms] = _stored_run(book, subject)
            if place + 1 == len(chunk) or chunk[place + 1][1].at_ms != at_ms:
                now = book.totals.text()
                if now != run:
                    rows.runs[at_ms] = run = now
        if chunk:
            rows.until_ms = chunk[-1][1].at_ms
        kept.events += len(chunk)
        return rows

    def _write(
        self, account: int, epoch: int | None, kept: _Kept, known: _Known, rows: _Rows, last_id: int, settled: bool
    ) -> bool:
        """Write a chunk; False when the ledger, a cost or a move was changed meanwhile."""
        book = kept.book
        followers: set[int] = set()
        with self._store.write(epoch) as unit:
            state = unit.books.state(account)
            if (0 if state is None else state.version) != kept.version:
                return False
            # A mark leaves books alone that have not come to its instant: these are about to.
            if _known(unit, account) != known:
                return False
            if kept.rewound:
                unit.books.forget_after(account, kept.at_ms)
                unit.books.put_positions(account, book.open.values())
                unit.books.put_sums(account, book.sums)
            unit.books.add_trades(rows.trades)
            unit.books.add_lots(rows.lots)
            unit.books.add_disposals(account, rows.disposals)
            unit.books.add_income(account, rows.income)
            unit.books.add_runs(account, rows.runs)
            unit.books.add_subject_runs(account, rows.subject_runs)
            unit.books.put_positions(account, rows.holdings.values())
            unit.books.put_sums(account, rows.sums)
            for move, lots in rows.left.items():
                if unit.moves.carry(move.sent, lots):
                    book_anew(unit, move.received[0], move.received_ms)
                    followers.add(move.received[0])
            at_ms = kept.at_ms if rows.until_ms is None else rows.until_ms
            unit.books.set_state(
                account,
                BookState(
                    at_ms=at_ms,
                    last_id=last_id,
                    version=kept.version + 1,
                    settled=settled,
                    dirty_from_ms=None,
                    reason=book.doubt,
                    first_trade_ms=book.first_trade_ms,
                    open_count=len(book.open),
                    closed_count=book.closed_count,
                    unknown_lots=book.unknown_lots,
                ),
            )
            if kept.events - kept.checkpoint_events >= max(CHECKPOINT_EVENTS, book.lot_count // LOTS_AN_EVENT):
                unit.books.add_checkpoint(account, at_ms, kept.events, book.freeze())
                kept.checkpoint_events = kept.events
            if settled:
                unit.accounts.update_sync(account, positions=encode_positions(book.positions()))
                unit.events.emit("positions", account)
        kept.version += 1
        kept.at_ms = at_ms
        kept.rewound = False
        for follower in sorted(followers):
            self.on_carried(follower)
        return True


def _known(unit: UnitOfWork, account: int) -> _Known:
    return _Known(unit.books.entered(account), unit.moves.sent_by(account), unit.moves.received_by(account))


def _stored_run(book: AccountBook, subject: tuple[str, bool]) -> StoredRun:
    """What is kept of a coin or contract after an event; what later events change must not change it."""
    name, futures = subject
    holding = None if futures else book.open.get(name)
    if holding is None:
        return StoredRun(book.sums[subject].text(), ZERO, NOTHING_HELD)
    return StoredRun(book.sums[subject].text(), holding.held, tuple(holding.held_cost))


def _chunks(events: Sequence[Told]) -> Iterator[tuple[Sequence[Told], bool]]:
    """Events in chunks that end with an instant, and whether a chunk is the last; without events one empty chunk."""
    start = 0
    while True:
        end = min(start + CHUNK_EVENTS, len(events))
        while 0 < end < len(events) and events[end][1].at_ms == events[end - 1][1].at_ms:
            end += 1
        yield events[start:end], end == len(events)
        if end == len(events):
            return
        start = end
