"""The ledger of one account as an import sees it: in memory, read anew when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.holdings import LedgerEvent
from backend.core.ports import Store

# Cursors of a source that is read in windows: everything between the two was read.
UNTIL: Final = "until"
SINCE: Final = "since"


class LedgerCopy:
    """Events in booking order, and the earliest instant that an import changed; None when nothing did."""

    def __init__(self, store: Store, account_id: int) -> None:
        self._store = store
        self._account = account_id
        self.earliest_change_ms: int | None = None
        self.events: Sequence[LedgerEvent] = ()
        self._read()

    @property
    def first_real_ms(self) -> int | None:
        """The first event that a report told; what stands in for others does not count."""
        return min((event.at_ms for event in self.events if event.source != RECONCILIATION), default=None)

    def note(self, at_ms: int | None) -> None:
        """Rows were written or taken back from an instant on; None: none were."""
        if at_ms is not None:
            known = self.earliest_change_ms
            self.earliest_change_ms = at_ms if known is None else min(known, at_ms)
            self._read()

    def _read(self) -> None:
        with self._store.read() as unit:
            self.events = unit.ledger.all(self._account)
