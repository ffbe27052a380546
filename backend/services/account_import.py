"""What every import of one account's history works with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.import_coverage import REFUSED, SINCE, UNTIL
from backend.core.import_waiting import WAITING, still_waiting

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.core.ports import Exchange, Store, UnitOfWork
    from backend.services.import_progress import ImportProgress
    from backend.services.ledger_copy import LedgerCopy

SPAN_KEYS: Final = (SINCE, UNTIL, REFUSED, WAITING)


class AccountImport:
    """One account's exchange and ledger, and the cursors of its histories: read together, kept until one moves."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        account_id: int,
        epoch: int,
        ledger: LedgerCopy,
        progress: ImportProgress,
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._account = account_id
        self._epoch = epoch
        self._ledger = ledger
        self._progress = progress
        self._spans: Mapping[str, Mapping[str, int]] | None = None

    def _cursor(self, source: str, key: str) -> int | None:
        """One of `SPAN_KEYS` of a history; None where it never was set."""
        if self._spans is None:
            with self._store.read() as unit:
                self._spans = unit.ledger.cursors_of(self._account, SPAN_KEYS)
        return self._spans.get(source, {}).get(key)

    def _move(self, unit: UnitOfWork, source: str, moved: Mapping[str, int]) -> None:
        """Move cursors in a transaction; what is kept of them is read anew after it."""
        for key, position in moved.items():
            unit.ledger.set_cursor(self._account, source, key, position)
        self._spans = None

    def _widened(self, source: str, start_ms: int, stop_ms: int) -> Mapping[str, int]:
        """Where the stretch that a history was read for ends once a window is read, too.

        A window that is not next to it begins a stretch of its own: the hole between them is not known to be empty.
        """
        since, until = self._cursor(source, SINCE), self._cursor(source, UNTIL)
        if since is None or until is None or start_ms > until or stop_ms < since:
            since, until = start_ms, stop_ms
        return {SINCE: min(since, start_ms), UNTIL: max(until, stop_ms)}

    def _outward(self, source: str, windows: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Windows, told oldest first, in an order that keeps them next to what was read: from there back, then on."""
        since = self._cursor(source, SINCE)
        if since is None:
            return windows
        older = [window for window in windows if window[0] < since]
        return [*reversed(older), *windows[len(older) :]]

    def _waiting(
        self, source: str, start_ms: int, stop_ms: int, now_ms: int, found: Sequence[LedgerEvent]
    ) -> Mapping[str, int]:
        """The cursor of what is on its way after a window was read, where it moves."""
        before = self._cursor(source, WAITING)
        until = self._cursor(source, UNTIL) or stop_ms
        after = still_waiting(before, start_ms, stop_ms, until, now_ms, found)
        return {} if after == (before or 0) else {WAITING: after}
