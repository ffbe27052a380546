"""Brings the ledger of an account to what its wallets hold together (docs/decisions/0008-wallets-in-the-ledger.md).

A move between own wallets changes nothing and needs no event. While a wallet is unknown nothing is compared: what was
read of the history is kept, and no difference is booked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeError, ExchangeLimitedError
from backend.core.import_coverage import EDGE, EDGE_MOVES_MS, EXPLAINED, FIRST, REFUSED, SINCE, UNTIL, WATCHED
from backend.core.import_forecast import TRADES
from backend.core.import_status import IMPORT, OPENED_MS
from backend.core.ledger.late_told import flows_told_late
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import adjust, difference, short
from backend.core.model.amounts import ZERO
from backend.core.model.history import MARGIN_TRADES
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.instants import HOUR_MS
from backend.services.import_progress import ImportPausedError

if TYPE_CHECKING:
    from backend.core.binance_trader import BinanceTrader, Held
    from backend.core.ports import Exchange, Store, UnitOfWork
    from backend.services.history_import import HistoryImport

log = structlog.get_logger(__name__)

# How often balances and history are compared before a difference is called one.
LOOKS: Final = 3
# Older windows of movements that a step may ask for while something is unexplained; the next step goes on.
WINDOWS_A_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class Changes:
    """The ledger after an import, from when on it changed, and the wallets that it was compared with last.

    `complete`: every wallet was known and every history that was needed answered; otherwise nothing was compared.
    `paused`: a first import that the user stopped for now; nothing is wrong.
    """

    events: Sequence[LedgerEvent]
    from_ms: int | None
    held: Held
    complete: bool
    paused: bool = False


class LedgerUpdate:
    """One look at the wallets and the histories of an account."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        account_id: int,
        epoch: int,
        history: HistoryImport,
        trader: BinanceTrader,
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._account = account_id
        self._epoch = epoch
        self._history = history
        self._trader = trader
        self._all_told = True
        with store.read() as unit:
            # Rows that wait for something else are not right but for a flow.
            self._right = unit.accounts.sync_state(account_id).dirty_from_ms is None
        self._known = history.events

    def first(self, held: Held) -> Changes:
        """The first import: everything that is told. Resumes where it was cut off.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        now_ms = self._exchange.server_time_ms()
        self._exchange.set_purpose("import")
        progress = self._history.progress
        progress.stops_for_pause = True
        try:
            held = self._read_everything(held, now_ms)
        except ImportPausedError:
            return Changes(self._history.events, self._history.earliest_change_ms, held, complete=False, paused=True)
        finally:
            progress.stops_for_pause = False
        return self._book(held, now_ms, first=True)

    def _read_everything(self, held: Held, now_ms: int) -> Held:
        reported = held.reading.owned()
        with self._store.write(self._epoch) as unit:
            self._note_coverage(unit, held, now_ms)
        self._history.read_flows(now_ms)
        # From the first flow on: only now it is known how much there is to read.
        self._history.movements.expect(held.reading, now_ms)
        self._history.scan_pairs(reported)
        self._history.movements.read_everything(held.reading, now_ms)
        self._history.scan_margin(held.reading)
        # Converts and the like tell of coins that were traded too.
        self._history.scan_pairs(reported)
        held = self._compared(held, now_ms)
        if held.reading.complete:
            reported = held.reading.owned()
            # Coins may be short though the sums agree: of a loan that was not read yet, only the repayment.
            while (
                missing := self._missing(reported) or short(self._history.events)
            ) and self._history.movements.read_older(held.reading, now_ms, missing):
                pass
            self._history.settle_twins(reported)
            if self._differs(reported):
                self._history.search_margin(held.reading)
                self._history.search_everywhere(reported)
                self._history.explain(reported, now_ms)
            if self._differs(reported):
                self._history.look_beside(held.reading, now_ms)
        return held

    def again(self, held: Held, flows_due: bool) -> Changes:
        """What is new since the last time; `flows_due`: look for flows even where the wallets explain themselves.

        Raises:
            ExchangeError: the exchange gave no usable answer about flows or trades.
        """
        now_ms = self._exchange.server_time_ms()
        self._exchange.set_purpose("live")
        if flows_due or (held.reading.complete and self._differs(held.reading.owned())):
            self._history.read_new(now_ms)
        if flows_due and any(row.borrowed != ZERO or row.interest != ZERO for row in held.reading.balances):
            self._ask(partial(self._history.movements.read_loans, held.reading, now_ms))
        # A pause stops what looks back; what is new goes on, so that the figures of now stay right.
        paused = self._history.progress.paused
        if flows_due and not paused:
            self._look(held, now_ms)
        held = self._compared(held, now_ms)
        if held.reading.complete:
            self._history.settle_twins(held.reading.owned())
        if held.reading.complete and self._all_told and not paused:
            self._search(held, now_ms, flows_due)
        return self._book(held, now_ms, first=False)

    def _look(self, held: Held, now_ms: int) -> None:
        """Look for what nothing asks for. Nothing waits for it: what is not told now is asked for at the next look."""
        self._exchange.set_purpose("import")
        try:
            self._history.read_refused_pairs(now_ms)
            self._history.movements.look(held.reading, now_ms)
        except ExchangeError as error:
            log.info("look at histories cut short", account=self._account, code=error.code)
        self._exchange.set_purpose("live")

    def _compared(self, held: Held, now_ms: int) -> Held:
        """The account may move between the looks at its wallets and at its history. Both are taken again, which costs
        little, before anything is searched for.
        """
        for _ in range(LOOKS):
            reported = held.reading.owned()
            if not held.reading.complete or not self._differs(reported):
                break
            self._history.read_pairs_between(difference(reported, self._history.events))
            if self._differs(reported):
                self._ask(partial(self._history.read_margin_between, held.reading))
            if self._differs(reported):
                self._ask(partial(self._read_new_movements, held))
            held = self._trader.held(fresh=True)
            if held.reading.complete and self._differs(held.reading.owned()):
                self._history.read_new(self._exchange.server_time_ms())
        return held

    def _read_new_movements(self, held: Held) -> None:
        missing = partial(self._missing, held.reading.owned())
        self._history.movements.read_new(held.reading, self._exchange.server_time_ms(), missing)

    def _search(self, held: Held, now_ms: int, flows_due: bool) -> None:
        """Search for what explains a difference, a little at each step: it may take many."""
        reported = held.reading.owned()
        if self._differs(reported):
            self._history.explain(reported, now_ms)
        if self._differs(reported):
            self._ask(partial(self._history.explain_margin, held.reading))
        if self._differs(reported):
            self._ask(partial(self._history.look_beside, held.reading, now_ms))
        self._exchange.set_purpose("import")
        self._history.go_on_searching(reported)
        missing = difference(reported, self._reported_events())
        if flows_due and missing and self._booked_since(now_ms - HOUR_MS):
            # What was booked as unexplained may be listed by now; later the look that is taken every hour finds it.
            self._ask(partial(self._history.movements.read_new, held.reading, now_ms, lambda: missing))
        self._ask(partial(self._read_older, held, now_ms))
        self._exchange.set_purpose("live")

    def _booked_since(self, at_ms: int) -> bool:
        return any(event.source == RECONCILIATION and event.at_ms >= at_ms for event in self._history.events)

    def _read_older(self, held: Held, now_ms: int) -> None:
        for _ in range(WINDOWS_A_STEP):
            missing = difference(held.reading.owned(), self._reported_events())
            if not missing:
                return
            try:
                if not self._history.movements.read_older(held.reading, now_ms, missing):
                    return
                # Before anything is booked for it: an older movement may show that a later one was told twice.
                self._history.settle_twins(held.reading.owned())
            except ExchangeLimitedError:
                return

    def _ask(self, ask: Callable[[], None]) -> None:
        """Ask a history of movements. Where it does not answer the wallets are worth showing all the same, but what
        differs may be what it would have told.
        """
        try:
            ask()
        except ExchangeError as error:
            log.warning("movements not told", account=self._account, code=error.code)
            self._all_told = False

    def _reported_events(self) -> Sequence[LedgerEvent]:
        """The ledger without what stands in for events that nobody told."""
        return [event for event in self._history.events if event.source != RECONCILIATION]

    def _flows_alone(self, unit: UnitOfWork, events: Sequence[LedgerEvent]) -> bool:
        """Whether nothing but flows has changed for any row there is: what was held differs, and what was in doubt did,
        between two instants without a row between them (docs/decisions/0022-late-flows.md).
        """
        span = flows_told_late(self._known, events)
        if span is None or unit.addresses.known_to(self._account):
            # Coins at an own address outside count as held: what comes from there is no flow.
            return False
        start_ms, end_ms = span
        row = unit.snapshots.first_after(self._account, start_ms)
        return row is None or row.at_ms >= end_ms

    def _note_coverage(self, unit: UnitOfWork, held: Held, now_ms: int) -> None:
        """What the account's histories can tell, for whoever asks what was read of it."""
        edges = {**self._history.edges(now_ms), **self._history.movements.edges(held.reading, now_ms)}
        edges |= {MARGIN_TRADES[wallet]: OPENED_MS for wallet in self._history.margin.used(held.reading)}
        known = unit.ledger.cursors(self._account, EDGE)
        for name, edge_ms in edges.items():
            # A horizon moves with the clock: once an hour is near enough.
            if abs(edge_ms - known.get(name, 0)) >= EDGE_MOVES_MS:
                unit.ledger.set_cursor(self._account, EDGE, name, edge_ms)
        if unit.ledger.cursor(self._account, IMPORT, WATCHED) is None:
            unit.ledger.set_cursor(self._account, IMPORT, WATCHED, now_ms)
        first_ms = self._history.first_real_ms
        if first_ms is not None:
            unit.ledger.set_cursor(self._account, IMPORT, FIRST, first_ms)

    def _missing(self, reported: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
        return difference(reported, self._history.events)

    def _differs(self, reported: Mapping[str, Decimal]) -> bool:
        return bool(self._missing(reported))

    def _book(self, held: Held, now_ms: int, first: bool) -> Changes:
        """Write what the comparison came to, in one transaction."""
        reported = held.reading.owned()
        complete = held.reading.complete and (self._all_told or not self._differs(reported))
        removed: Sequence[LedgerEvent] = ()
        added: Sequence[LedgerEvent] = ()
        starts = [self._history.earliest_change_ms]
        if complete:
            # The wallets may have been read again since.
            seen_ms = max(now_ms, held.at_ms)
            with self._store.read() as unit:
                watched_ms = unit.ledger.cursor(self._account, IMPORT, WATCHED)
                agreed_ms = unit.ledger.cursor(self._account, IMPORT, EXPLAINED)
                told = unit.ledger.newly_told(self._account)
            change = adjust(reported, self._history.events, seen_ms, first, watched_ms, agreed_ms, told)
            removed, added = change.removed, change.added
            starts.append(change.from_ms)
        from_ms = min((at_ms for at_ms in starts if at_ms is not None), default=None)
        with self._store.write(self._epoch) as unit:
            if removed:
                gone = [event.external_id for event in removed]
                unit.ledger.delete(self._account, RECONCILIATION, gone)
                unit.cash_flows.delete_external(self._account, RECONCILIATION, gone)
            unit.ledger.add(self._account, added)
            events = unit.ledger.again(self._account, self._history.progress.known)
            if from_ms is not None:
                # On record before anything is rebuilt: a crash in between is made good at the next start.
                unit.accounts.mark_dirty(self._account, from_ms)
                if self._right and self._flows_alone(unit, events):
                    unit.accounts.note_flows_only(self._account)
                # Profit is not split by costs that lack what was just found.
                unit.accounts.update_sync(self._account, positions=None)
            if complete:
                decided = [event for event in events if event.kind is not EventKind.UNEXPLAINED]
                unexplained = sorted(difference(reported, decided))
                self._note_coverage(unit, held, now_ms)
                # Where an import came or went meanwhile, what it told is compared at the next look.
                if not unit.ledger.newly_told(self._account) or (
                    _keys(events) == _keys(self._history.events) - _keys(removed) | _keys(added)
                ):
                    unit.ledger.set_cursor(self._account, IMPORT, EXPLAINED, now_ms)
                    unit.ledger.note_compared(self._account)
                if not unit.ledger.cursor(self._account, TRADES, REFUSED):
                    unit.ledger.set_cursor(self._account, TRADES, SINCE, OPENED_MS)
                    unit.ledger.set_cursor(self._account, TRADES, UNTIL, now_ms)
                self._history.margin.note_read(unit, held.reading, now_ms)
                unit.accounts.update_sync(
                    self._account, unreconciled=unexplained, import_complete=True, import_detail=""
                )
        return Changes(events, from_ms, held, complete)


def _keys(events: Iterable[LedgerEvent]) -> set[tuple[str, str]]:
    return {(event.source, event.external_id) for event in events}
