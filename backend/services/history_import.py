"""Reads what happened to an account into the ledger: deposits, withdrawals, trades. Idempotent and resumable.

All other movements are read by the `movements` beside it.

A cursor moves in the transaction of its rows. What to read is driven by the difference between the replayed and the
reported balances: as long as there is none, a look at the newest window is enough; a difference widens the search,
step by step, until it is explained or everything was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeLimitedError, RequestRefusedError
from backend.core.import_coverage import EXPLAINED, IMPORT, SINCE, UNTIL
from backend.core.import_forecast import TRADES
from backend.core.import_status import OPENED_MS, SCAN
from backend.core.import_waiting import WAITING, read_from
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import difference
from backend.core.ledger.twins import may_hide
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.services.account_import import AccountImport
from backend.services.ledger_copy import LedgerCopy
from backend.services.margin_import import MarginImport
from backend.services.movement_import import MovementImport
from backend.services.refused_names import RefusedNames

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.core.model.market import Symbol
    from backend.core.model.wallets import WalletsReading
    from backend.core.ports import Store
    from backend.services.import_progress import ImportProgress
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

WINDOW_MS: Final = 89 * DAY_MS
# A deposit may be credited days after it was first listed.
OVERLAP_MS: Final = 3 * DAY_MS
# Balances of Earn and staking may be so much older than the others.
SLOWEST_WALLET_MS: Final = HOUR_MS
TRADES_TOLD_MS: Final = 730 * DAY_MS
SOURCES: Final = ("deposit", "withdrawal")


@dataclass(slots=True)
class TradeSearch:
    """Pairs still to be asked for what explains a difference; outlives one step, since a search may take minutes.

    `begun`: one was begun since the program started; before that, the last program's may have been cut off.
    """

    pending: list[str] = field(default_factory=list)
    begun: bool = False


class HistoryImport(AccountImport):
    """Imports the history of one account."""

    def __init__(
        self, store: Store, session: Session, epoch: int, progress: ImportProgress, search: TradeSearch
    ) -> None:
        account = session.account.id
        parts = store, session.exchange, account, epoch, LedgerCopy(store, account, progress.known), progress
        super().__init__(*parts)
        self._search = search
        self._refused = RefusedNames(store, account, epoch, TRADES)
        self.movements = MovementImport(*parts)
        self.margin = MarginImport(*parts)

    @property
    def progress(self) -> ImportProgress:
        """How far the import is, and where it stops for a pause."""
        return self._progress

    @property
    def events(self) -> Sequence[LedgerEvent]:
        """The ledger in booking order."""
        return self._ledger.events

    @property
    def first_real_ms(self) -> int | None:
        """The first event that a report told."""
        return self._ledger.first_real_ms

    def edges(self, now_ms: int) -> Mapping[str, int]:
        """The histories that are read here, and from when on each of them tells anything now."""
        oldest = min((event.at_ms for event in self.events if event.source == TRADES), default=now_ms)
        # Users report that older trades are not told any more; where one was, they are.
        far = now_ms - TRADES_TOLD_MS
        flows = dict.fromkeys(SOURCES, OPENED_MS) if self._exchange.has_wallet_history else {}
        return {**flows, TRADES: OPENED_MS if oldest < far else far}

    @property
    def earliest_change_ms(self) -> int | None:
        """The earliest instant that got a new event in this run; None when nothing was new."""
        return self._ledger.earliest_change_ms

    def read_flows(self, now_ms: int) -> None:
        """The first import of deposits and withdrawals: all windows. Resumes where it was cut off.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        if self._exchange.has_wallet_history:
            self._read_windows("deposit", OPENED_MS, now_ms, skip_known=True)
            first = self._ledger.first_real_ms or now_ms
            # Nothing can leave an account before something came in; earlier windows are read later, one at a time.
            self._read_windows("withdrawal", max(first, OPENED_MS), now_ms, skip_known=True)

    def scan_pairs(self, reported: Mapping[str, Decimal]) -> None:
        """The first import of trades: every pair of coins known here, whatever told of them. Resumes likewise.

        Raises:
            ExchangeError: as `read_flows`.
        """
        while wanted := self._unscanned(self._pairs(self._known_assets(reported), both=True)):
            self._scan(wanted)

    def scan_margin(self, reading: WalletsReading) -> None:
        """The first import of trades on margin: every pair of coins known here, in the wallets that were used.

        Raises:
            ExchangeError: as `read_flows`.
        """
        names: list[str] = []
        while (wanted := self._pairs(self._known_assets(reading.owned()), both=True)) != names:
            names = wanted
            self.margin.scan(reading, names)

    def search_margin(self, reading: WalletsReading) -> None:
        """The end of a first import: what still differs may have been traded on margin, whatever the signs of it."""
        missing = self._difference(reading.owned())
        self.margin.scan(reading, self._near(missing, reading), suspected=True)
        if missing := self._difference(reading.owned()):
            self.margin.scan(reading, self._pairs(set(missing), both=False))

    def read_margin_between(self, reading: WalletsReading) -> None:
        """New trades on margin of the pairs that the coins of a difference form among themselves."""
        names = self._pairs(set(self._difference(reading.owned())), both=True)
        self.margin.read(reading, names, suspected=True)

    def explain_margin(self, reading: WalletsReading) -> None:
        """Look among all pairs of coins known here, and anew, for trades on margin that explain a difference."""
        missing = self._difference(reading.owned())
        self.margin.read(reading, self._near(missing, reading), from_start=True)

    def read_pairs_between(self, assets: Iterable[str]) -> None:
        """New trades of the pairs that some assets form among themselves: a trade moves both of its coins."""
        self._read_trades(self._pairs(set(assets), both=True))

    def read_refused_pairs(self, now_ms: int) -> None:
        """Ask again for the trades of pairs that the exchange refused an hour ago or longer."""
        self._read_trades(self._refused.due(now_ms))
        self.margin.read_refused_pairs(now_ms)

    def search_everywhere(self, reported: Mapping[str, Decimal]) -> None:
        """The end of a first import: what still differs was traded against a coin that is not there any more, so any
        pair may tell. Resumes where it was cut off, like all of the import.
        """
        while missing := self._difference(reported):
            names = self._unscanned(self._pairs(set(missing), both=False))
            if not names:
                return
            self._scan(names[:1], len(names))

    def settle_twins(self, reported: Mapping[str, Decimal]) -> None:
        """Two movements of one size, minutes apart, look like one told twice: the balances tell which it was.

        What happened before the balances were explained last was told rightly, or they would have differed then. Unless
        something older was told since: the balances may have agreed only for the lack of it.
        """
        missing = self._difference(reported)
        if missing:
            with self._store.write(self._epoch) as unit:
                explained_ms = unit.ledger.cursor(self._account, IMPORT, EXPLAINED)
                since_ms = 0 if explained_ms is None else explained_ms - SLOWEST_WALLET_MS
                changed_ms = unit.accounts.sync_state(self._account).dirty_from_ms
                if changed_ms is not None and changed_ms < since_ms:
                    since_ms = 0
                starts = [self._ledger.admit(unit, missing, since_ms)]
                if since_ms == 0:
                    starts.append(self._ledger.take_back(unit, missing))
            self._ledger.note(min((at_ms for at_ms in starts if at_ms is not None), default=None))

    def look_beside(self, reading: WalletsReading, now_ms: int) -> None:
        """Ask again about what one movement of the missing size may have hidden: an earlier run may have left it out.

        Raises:
            ExchangeError: a history gave no usable answer.
        """
        missing = self._difference(reading.owned())
        for event in list(self.events):
            if may_hide(event, missing):
                self.movements.read_beside(reading, event.at_ms, now_ms)
        self.settle_twins(reading.owned())

    def read_new(self, now_ms: int) -> None:
        """The newest windows, with an overlap for rows whose status moved, and one older window where any is left."""
        if not self._exchange.has_wallet_history:
            return
        for source in SOURCES:
            start = (self._cursor(source, UNTIL) or now_ms) - OVERLAP_MS
            start = read_from(start, self._cursor(source, WAITING), now_ms)
            self._read_windows(source, max(start, OPENED_MS), now_ms)
        since = self._cursor("withdrawal", SINCE)
        if since is not None and since > OPENED_MS:
            self._read_window("withdrawal", max(since - WINDOW_MS, OPENED_MS), since, now_ms)

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
                self._read_windows(source, max(first - WINDOW_MS, OPENED_MS), now_ms)
        if self._difference(reported):
            # A trade that turned up late may have an id below those that were read.
            self._read_trades(near, from_start=True)
        missing = self._difference(reported)
        far = [name for name in self._pairs(set(missing), both=False) if name not in near]
        self._search.pending, self._search.begun = far if missing else [], True
        return missing

    def go_on_searching(self, reported: Mapping[str, Decimal]) -> None:
        """Ask a few more of the pairs that may explain a difference, as far as the budget of imports goes."""
        pending = self._search.pending
        if not self._search.begun:
            # What is still unexplained was being searched for when the program ended, or will be asked for once more.
            self._search.begun = True
            pending += self._pairs(set(self._real_difference(reported)), both=False)
        while pending:
            if not self._real_difference(reported):
                pending.clear()
                return
            try:
                self._read_trades(pending[:1])
            except ExchangeLimitedError:
                return
            del pending[0]

    def _near(self, missing: Mapping[str, Decimal], reading: WalletsReading) -> list[str]:
        """Pairs of what is missing with anything known here."""
        return self._pairs({*missing, *self._known_assets(reading.owned())}, both=True, touching=missing)

    def _unscanned(self, names: Sequence[str]) -> list[str]:
        with self._store.read() as unit:
            scanned = unit.ledger.cursors(self._account, SCAN)
        refused = self._refused.all()
        return [name for name in names if name not in scanned and name not in refused]

    def _scan(self, names: Sequence[str], left: int | None = None) -> None:
        """Read all trades of some pairs, and note that it was done: an import cut off does not begin anew.

        `left`: how many pairs there are in all, where these are not all of them.
        """
        total, a_minute = left or len(names), self._exchange.import_pace[TRADES]
        for position, name in enumerate(names):
            self._progress.expect(TRADES, total - position, a_minute)
            self._progress.reading(position, total, f"reading trades of {name}")
            self._read_trades([name])
            if name not in self._refused.all():
                with self._store.write(self._epoch) as unit:
                    unit.ledger.set_cursor(self._account, SCAN, name, 1)
            self._progress.read(TRADES)

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
        """Every window of a range, from what was read outward; with `skip_known` without those that an import cut off
        had read already.
        """
        windows = [(start, min(start + WINDOW_MS, end_ms)) for start in range(start_ms, end_ms, WINDOW_MS)]
        since, until = self._cursor(source, SINCE), self._cursor(source, UNTIL)
        if skip_known and since is not None and until is not None:
            windows = [(start, stop) for start, stop in windows if start < since or until < stop]
        a_minute = self._exchange.import_pace[source]
        for position, (start, stop) in enumerate(self._outward(source, windows)):
            self._progress.expect(source, len(windows) - position, a_minute)
            if len(windows) > 1:
                self._progress.reading(position, len(windows), f"reading {source}s")
            self._read_window(source, start, stop, end_ms)
            self._progress.read(source)

    def _read_window(self, source: str, start_ms: int, stop_ms: int, now_ms: int) -> None:
        self._progress.go_on()
        read = self._exchange.deposits if source == "deposit" else self._exchange.withdrawals
        found = read(start_ms, stop_ms)
        waiting = self._waiting(source, start_ms, stop_ms, now_ms, found)
        moved = {**self._widened(source, start_ms, stop_ms), **waiting}
        with self._store.write(self._epoch) as unit:
            earliest = self._ledger.write(unit, found)
            self._move(unit, source, moved)
        self._ledger.note(earliest)

    def _read_trades(self, names: Sequence[str], from_start: bool = False) -> bool:
        """New trades of some pairs; True when there were any."""
        with self._store.read() as unit:
            cursors = {} if from_start else dict(unit.ledger.cursors(self._account, TRADES))
        any_new = False
        for position, name in enumerate(names):
            if len(names) > 1:
                self._progress.reading(position, len(names), f"reading trades of {name}")
            any_new |= self._read_pair(name, cursors.get(name, 0))
        return any_new

    def _read_pair(self, name: str, from_id: int) -> bool:
        any_new, refused = False, self._refused.all()
        while True:
            self._progress.go_on()
            try:
                page = self._exchange.trades(name, from_id)
            except RequestRefusedError as error:
                # A pair that this account may not see: not a reason to stop the others.
                log.warning("pair not readable", symbol=name, code=error.exchange_code)
                self._refused.note(name, self._exchange.server_time_ms())
                return any_new
            if name in refused:
                self._refused.note(name, 0)
            if not page:
                return any_new
            from_id = int(page[-1].external_id.rsplit(":", 1)[1]) + 1
            with self._store.write(self._epoch) as unit:
                earliest = self._ledger.write(unit, page)
                known = unit.ledger.cursor(self._account, TRADES, name) or 0
                unit.ledger.set_cursor(self._account, TRADES, name, max(from_id, known))
            any_new |= earliest is not None
            self._ledger.note(earliest)
            if len(page) < 1000:
                return any_new
