"""Reads income and costs of every wallet into the ledger: rewards, interest, results of futures. Idempotent, resumable.

Each source keeps the stretch of time that it was read for, moved in the transaction of its rows. New windows are asked
when something differs, older ones only while it still does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import structlog

from backend.core.errors import CredentialsRefusedError, ExchangeError, ExchangeLimitedError, RequestRefusedError
from backend.core.ledger.twins import without_twins
from backend.core.model.history import IncomeSource
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet, WalletsReading
from backend.core.ports import Exchange, Store
from backend.services.ledger_copy import SINCE, UNTIL, LedgerCopy

log = structlog.get_logger(__name__)

# A reward may be listed hours after the instant it bears.
OVERLAP_MS: Final = DAY_MS


class IncomeImport:
    """Imports the income and costs of one account."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        account_id: int,
        epoch: int,
        ledger: LedgerCopy,
        report: Callable[[int, int, str], None],
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._account = account_id
        self._epoch = epoch
        self._ledger = ledger
        self._report = report

    def read_everything(self, reading: WalletsReading, now_ms: int) -> None:
        """The first import: all that is told since the first event, of dear sources the newest window.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        for source in self._told(reading):
            start = now_ms - source.window_ms if source.dear else self._earliest(source, now_ms)
            self._read_span(source, start, now_ms)

    def read_new(self, reading: WalletsReading, now_ms: int) -> None:
        """The newest windows of the sources that can tell something new, with an overlap for what was listed late.

        Raises:
            ExchangeError: one of them gave no usable answer; the others were read all the same.
        """
        failure: ExchangeError | None = None
        for source in self._told(reading):
            if not self._can_tell(source, reading):
                continue
            until = self._cursor(source, UNTIL)
            start = now_ms - source.window_ms if until is None else until - OVERLAP_MS
            try:
                self._read_span(source, max(start, self._horizon(source, now_ms)), now_ms)
            except ExchangeLimitedError:
                raise
            except ExchangeError as error:
                failure = error
        if failure is not None:
            raise failure

    def read_loans(self, reading: WalletsReading, now_ms: int) -> None:
        """What is told of loans: they change nothing that is owned, so that no difference ever asks for them."""
        for source in self._told(reading):
            if Wallet.MARGIN_CROSS in source.wallets:
                until = self._cursor(source, UNTIL)
                start = self._earliest(source, now_ms) if until is None else until - OVERLAP_MS
                self._read_span(source, start, now_ms)

    def read_older(self, reading: WalletsReading, now_ms: int) -> bool:
        """One older window of each source that has any left; False when everything since the first event was read.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        any_left = False
        for source in self._told(reading):
            since = self._cursor(source, SINCE)
            stop = now_ms if since is None else since
            first = self._earliest(source, now_ms)
            if stop > first:
                any_left = True
                self._read_window(source, max(stop - source.window_ms, first), stop)
        return any_left

    def _told(self, reading: WalletsReading) -> Sequence[IncomeSource]:
        """Sources of wallets that this account has."""
        absent = {one.wallet for one in reading.absent}
        return [source for source in self._exchange.income_sources() if not source.wallets <= absent]

    def _can_tell(self, source: IncomeSource, reading: WalletsReading) -> bool:
        held: Collection[Wallet] = {one.wallet for one in reading.balances}
        known = any(event.source == source.name for event in self._ledger.events)
        return known or Wallet.SPOT in source.wallets or not source.wallets.isdisjoint(held)

    def _earliest(self, source: IncomeSource, now_ms: int) -> int:
        first = self._ledger.first_real_ms
        return max(now_ms if first is None else first, self._horizon(source, now_ms))

    def _horizon(self, source: IncomeSource, now_ms: int) -> int:
        return 0 if source.horizon_ms is None else now_ms - source.horizon_ms

    def _read_span(self, source: IncomeSource, start_ms: int, end_ms: int) -> None:
        starts = range(start_ms, max(end_ms, start_ms + 1), source.window_ms)
        for position, start in enumerate(starts):
            stop = min(start + source.window_ms, end_ms)
            if self._known(source, start, stop, end_ms):
                continue
            if len(starts) > 1:
                self._report(position, len(starts), f"reading {source.name} history")
            self._read_window(source, start, stop)

    def _known(self, source: IncomeSource, start_ms: int, stop_ms: int, end_ms: int) -> bool:
        """Whether a window was read before an import was cut off; the newest one is always asked again."""
        since, until = self._cursor(source, SINCE), self._cursor(source, UNTIL)
        return stop_ms < end_ms and since is not None and until is not None and since <= start_ms and stop_ms <= until

    def _read_window(self, source: IncomeSource, start_ms: int, stop_ms: int) -> None:
        try:
            found = self._exchange.income(source.name, start_ms, stop_ms)
        except (RequestRefusedError, CredentialsRefusedError) as error:
            # A history that this key may not see: the others go on, and what it would have told stays unexplained.
            log.warning("income not readable", source=source.name, code=error.exchange_code)
            return
        fresh = without_twins(found, self._ledger.events)
        with self._store.write(self._epoch) as unit:
            earliest = unit.ledger.add(self._account, fresh)
            if earliest is not None:
                unit.accounts.mark_dirty(self._account, earliest)
            since, until = (unit.ledger.cursor(self._account, source.name, key) for key in (SINCE, UNTIL))
            if since is None or until is None or start_ms > until or stop_ms < since:
                # Not next to what was read before: the hole between them is not known to be empty.
                since, until = start_ms, stop_ms
            unit.ledger.set_cursor(self._account, source.name, SINCE, min(since, start_ms))
            unit.ledger.set_cursor(self._account, source.name, UNTIL, max(until, stop_ms))
        self._ledger.note(earliest)

    def _cursor(self, source: IncomeSource, key: str) -> int | None:
        with self._store.read() as unit:
            return unit.ledger.cursor(self._account, source.name, key)
