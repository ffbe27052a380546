"""Reads what happened to an account into the ledger: deposits, withdrawals, trades. Idempotent and resumable.

Income and costs are read by the `income` beside it.

A cursor moves in the transaction of its rows. What to read is driven by the difference between the replayed and the
reported balances: as long as there is none, a look at the newest window is enough; a difference widens the search,
step by step, until it is explained or everything was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import structlog

from backend.core.errors import ExchangeLimitedError, RequestRefusedError
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import difference
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import DAY_MS
from backend.core.model.market import Symbol
from backend.core.ports import Exchange, Store, UnitOfWork
from backend.services.income_import import IncomeImport
from backend.services.ledger_copy import SINCE, UNTIL, LedgerCopy
from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# Binance opened on 2017-07-14: nothing can be older.
HORIZON_MS: Final = 1_499_990_400_000
WINDOW_MS: Final = 89 * DAY_MS
# A deposit may be credited days after it was first listed.
OVERLAP_MS: Final = 3 * DAY_MS
SOURCES: Final = ("deposit", "withdrawal")
SCAN: Final = "trade-scan"
Report = Callable[[int, int, str], None]


@dataclass(slots=True)
class TradeSearch:
    """Pairs still to be asked for what explains a difference; outlives one step, since a search may take minutes."""

    pending: list[str] = field(default_factory=list)


class HistoryImport:
    """Imports the history of one account."""

    def __init__(self, store: Store, session: Session, epoch: int, report: Report, search: TradeSearch) -> None:
        self._store = store
        self._account = session.account.id
        self._exchange: Exchange = session.exchange
        self._epoch = epoch
        self._report = report
        self._search = search
        self._ledger = LedgerCopy(store, self._account)
        self.income = IncomeImport(store, self._exchange, self._account, epoch, self._ledger, report)

    @property
    def events(self) -> Sequence[LedgerEvent]:
        """The ledger in booking order."""
        return self._ledger.events

    @property
    def earliest_change_ms(self) -> int | None:
        """The earliest instant that got a new event in this run; None when nothing was new."""
        return self._ledger.earliest_change_ms

    def read_everything(self, reported: Mapping[str, Decimal], now_ms: int) -> None:
        """The first import: all windows, then every pair of coins known here. Resumes where it was cut off.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        if self._exchange.has_wallet_history:
            self._read_windows("deposit", HORIZON_MS, now_ms, skip_known=True)
            first = self._ledger.first_real_ms or now_ms
            # Nothing can leave an account before something came in; earlier windows are read later, one at a time.
            self._read_windows("withdrawal", max(first, HORIZON_MS), now_ms, skip_known=True)
        while wanted := self._unscanned(self._pairs(self._known_assets(reported), both=True)):
            self._scan(wanted)

    def read_pairs_between(self, assets: Iterable[str]) -> None:
        """New trades of the pairs that some assets form among themselves: a trade moves both of its coins."""
        self._read_trades(self._pairs(set(assets), both=True))

    def search_everywhere(self, reported: Mapping[str, Decimal]) -> None:
        """The end of a first import: what still differs was traded against a coin that is not there any more, so any
        pair may tell. Resumes where it was cut off, like all of the import.
        """
        while missing := self._difference(reported):
            names = self._unscanned(self._pairs(set(missing), both=False))
            if not names:
                return
            self._scan(names[:1])

    def read_new(self, now_ms: int) -> None:
        """The newest windows, with an overlap for rows whose status moved, and one older window where any is left."""
        if not self._exchange.has_wallet_history:
            return
        for source in SOURCES:
            until = self._cursor(source, UNTIL)
            self._read_windows(source, max((until or now_ms) - OVERLAP_MS, HORIZON_MS), now_ms)
        since = self._cursor("withdrawal", SINCE)
        if since is not None and since > HORIZON_MS:
            self._read_window("withdrawal", max(since - WINDOW_MS, HORIZON_MS), since, moves_until=False)

    def explain(self, reported: Mapping[str, Decimal], now_ms: int) -> dict[str, Decimal]:
        """Look for events that explain a difference to the reported balances; returns what stays unexplained."""
        missing = self._difference(reported)
        if not missing:
            return missing
        near: list[str] = []
        for assets in (set(missing), {*missing, *self._known_assets(reported)}):
            names = [name for name in self._pairs(assets, both=True, touching=missing) if name not in near]
            self._read_trades(names)
            near += names
            missing = self._difference(reported)
            if not missing:
                return missing
        if self._exchange.has_wallet_history:
            for source in SOURCES:
                first = min((event.at_ms for event in self.events), default=now_ms)
                self._read_windows(source, max(first - WINDOW_MS, HORIZON_MS), now_ms)
        if self._difference(reported):
            # A trade that turned up late may have an id below those that were read.
            self._read_trades(near, from_start=True)
        missing = self._difference(reported)
        far = [name for name in self._pairs(set(missing), both=False) if name not in near]
        self._search.pending = far if missing else []
        return missing

    def go_on_searching(self, reported: Mapping[str, Decimal]) -> None:
        """Ask a few more of the pairs that may explain a difference, as far as the budget of imports goes."""
        pending = self._search.pending
        while pending:
            if not self._real_difference(reported):
                pending.clear()
                return
            try:
                self._read_trades(pending[:1])
            except ExchangeLimitedError:
                return
            del pending[0]

    def _unscanned(self, names: Sequence[str]) -> list[str]:
        with self._store.read() as unit:
            scanned = unit.ledger.cursors(self._account, SCAN)
        return [name for name in names if name not in scanned]

    def _scan(self, names: Sequence[str]) -> None:
        """Read all trades of some pairs, and note that it was done: an import cut off does not begin anew."""
        for position, name in enumerate(names):
            self._report(position, len(names), f"reading trades of {name}")
            self._read_trades([name])
            with self._store.write(self._epoch) as unit:
                unit.ledger.set_cursor(self._account, SCAN, name, 1)

    def _real_difference(self, reported: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """The difference without what stands in for it."""
        return difference(reported, [event for event in self.events if event.source != RECONCILIATION])

    def _difference(self, reported: Mapping[str, Decimal]) -> dict[str, Decimal]:
        return difference(reported, self.events)

    def _known_assets(self, reported: Mapping[str, Decimal]) -> set[str]:
        touched = {leg.asset for event in self.events for leg in event.legs}
        return {*touched, *reported, *self._exchange.touched_assets()}

    def _pairs(self, assets: set[str], both: bool, touching: Iterable[str] | None = None) -> list[str]:
        """Names of the pairs with both legs (or one) in `assets`; those of many traders first."""
        touched = None if touching is None else set(touching)

        def wanted(symbol: Symbol) -> bool:
            base, quote = symbol.base in assets, symbol.quote in assets
            if touched is not None and symbol.base not in touched and symbol.quote not in touched:
                return False
            return (base and quote) if both else (base or quote)

        return sorted(symbol.name for symbol in self._exchange.symbols() if wanted(symbol))

    def _read_windows(self, source: str, start_ms: int, end_ms: int, skip_known: bool = False) -> None:
        """Every window of a range, oldest first; with `skip_known` those that an import cut off had read already."""
        starts = range(start_ms, end_ms, WINDOW_MS)
        since, until = self._cursor(source, SINCE), self._cursor(source, UNTIL)
        for position, start in enumerate(starts):
            stop = min(start + WINDOW_MS, end_ms)
            known = since is not None and until is not None and since <= start and stop <= until
            if known and skip_known:
                continue
            if len(starts) > 1:
                self._report(position, len(starts), f"reading {source}s")
            self._read_window(source, start, stop, moves_until=True)

    def _read_window(self, source: str, start_ms: int, stop_ms: int, moves_until: bool) -> None:
        read = self._exchange.deposits if source == "deposit" else self._exchange.withdrawals
        found = read(start_ms, stop_ms)
        # Seen on its way before, and rejected or cancelled since: it never left.
        void = [event for event in found if not event.legs]
        gone = {event.external_id for event in void} & {
            event.external_id for event in self.events if event.source == source
        }
        with self._store.write(self._epoch) as unit:
            earliest = unit.ledger.add(self._account, [event for event in found if event.legs])
            if gone:
                unit.ledger.delete(self._account, source, gone)
                unit.cash_flows.delete_external(self._account, source, gone)
                starts = [event.at_ms for event in void if event.external_id in gone]
                earliest = min([*starts, *([] if earliest is None else [earliest])])
            self._mark(unit, earliest)
            since, until = (unit.ledger.cursor(self._account, source, key) for key in (SINCE, UNTIL))
            if since is None or start_ms < since:
                unit.ledger.set_cursor(self._account, source, SINCE, start_ms)
            if moves_until and (until is None or stop_ms > until):
                unit.ledger.set_cursor(self._account, source, UNTIL, stop_ms)
        self._ledger.note(earliest)

    def _read_trades(self, names: Sequence[str], from_start: bool = False) -> bool:
        """New trades of some pairs; True when there were any."""
        with self._store.read() as unit:
            cursors = {} if from_start else dict(unit.ledger.cursors(self._account, "trade"))
        any_new = False
        for position, name in enumerate(names):
            if len(names) > 1:
                self._report(position, len(names), f"reading trades of {name}")
            any_new |= self._read_pair(name, cursors.get(name, 0))
        return any_new

    def _read_pair(self, name: str, from_id: int) -> bool:
        any_new = False
        while True:
            try:
                page = self._exchange.trades(name, from_id)
            except RequestRefusedError as error:
                # A pair that this account may not see: not a reason to stop the others.
                log.warning("pair not readable", symbol=name, code=error.exchange_code)
                return any_new
            if not page:
                return any_new
            from_id = int(page[-1].external_id.rsplit(":", 1)[1]) + 1
            with self._store.write(self._epoch) as unit:
                earliest = unit.ledger.add(self._account, page)
                self._mark(unit, earliest)
                known = unit.ledger.cursor(self._account, "trade", name) or 0
                unit.ledger.set_cursor(self._account, "trade", name, max(from_id, known))
            any_new |= earliest is not None
            self._ledger.note(earliest)
            if len(page) < 1000:
                return any_new

    def _mark(self, unit: UnitOfWork, earliest: int | None) -> None:
        """With the very rows: a program cut off before the snapshots have them must know at its next start."""
        if earliest is not None:
            unit.accounts.mark_dirty(self._account, earliest)

    def _cursor(self, source: str, key: str) -> int | None:
        with self._store.read() as unit:
            return unit.ledger.cursor(self._account, source, key)
