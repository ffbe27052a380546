"""The ledger of one account as an import sees it: in memory, read anew when it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.imports.statements.merge import is_statement
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.twins import one_after_all, two_after_all, without_twins

if TYPE_CHECKING:
    from backend.core.model.holdings import KnownEvents, LedgerEvent
    from backend.core.ports import Store, UnitOfWork


class LedgerCopy:
    """Events in booking order, and the earliest instant that an import changed; None when nothing did."""

    def __init__(self, store: Store, account_id: int, known: KnownEvents) -> None:
        """`known`: what was read of the ledger before, kept by the caller."""
        self._store = store
        self._known = known
        self._account = account_id
        self.earliest_change_ms: int | None = None
        self.events: Sequence[LedgerEvent] = ()
        # What this import took for a movement that another history had told already.
        self._left_out: dict[tuple[str, str], LedgerEvent] = {}
        self._read()

    @property
    def first_real_ms(self) -> int | None:
        """The first event that a report told; what stands in for others does not count."""
        return min((event.at_ms for event in self.events if event.source != RECONCILIATION), default=None)

    def write(self, unit: UnitOfWork, found: Sequence[LedgerEvent]) -> int | None:
        """Record what a history told, once each, and take back what it calls off by now (an event without legs).

        Returns:
            The earliest instant that changed, to be given to `note` once the transaction is done; None: nothing did.
        """
        if not found:
            return None
        known = {(event.source, event.external_id): event for event in self.events}
        # What a statement told too is recorded all the same: the API tells best, and a statement may be taken back.
        told = without_twins(
            [event for event in found if event.legs], (event for event in self.events if not is_statement(event))
        )
        self._left_out |= {(event.source, event.external_id): event for event in found if event.legs}
        for event in told:
            del self._left_out[event.source, event.external_id]
        starts = [unit.ledger.add(self._account, told)]
        # Seen on its way before, and rejected or cancelled since: it never was.
        for event in found:
            gone = None if event.legs else known.get((event.source, event.external_id))
            if gone is not None:
                unit.ledger.delete(self._account, event.source, [event.external_id])
                unit.cash_flows.delete_external(self._account, event.source, [event.external_id])
                starts.append(gone.at_ms)
        earliest = min((at_ms for at_ms in starts if at_ms is not None), default=None)
        if earliest is not None:
            # With the very rows: a program cut off before the snapshots have them must know at its next start.
            unit.accounts.mark_dirty(self._account, earliest)
        return earliest

    def admit(self, unit: UnitOfWork, missing: Mapping[str, Decimal], since_ms: int) -> int | None:
        """Record what was left out as told already and happened since an instant, where it is just what the balances
        miss; returns as `write`.
        """
        two = two_after_all([event for event in self._left_out.values() if event.at_ms > since_ms], missing)
        for event in two:
            del self._left_out[event.source, event.external_id]
        earliest = unit.ledger.add(self._account, two)
        if earliest is not None:
            unit.accounts.mark_dirty(self._account, earliest)
        return earliest

    def take_back(self, unit: UnitOfWork, missing: Mapping[str, Decimal]) -> int | None:
        """Take back what was recorded twice after all, where it is just what the ledger has too much; returns as
        `write`.
        """
        twice = one_after_all((event for event in self.events if not is_statement(event)), missing)
        for event in twice:
            self._left_out[event.source, event.external_id] = event
            unit.ledger.delete(self._account, event.source, [event.external_id])
            unit.cash_flows.delete_external(self._account, event.source, [event.external_id])
        earliest = min((event.at_ms for event in twice), default=None)
        if earliest is not None:
            unit.accounts.mark_dirty(self._account, earliest)
        return earliest

    def note(self, at_ms: int | None) -> None:
        """Rows were written or taken back from an instant on; None: none were."""
        if at_ms is not None:
            known = self.earliest_change_ms
            self.earliest_change_ms = at_ms if known is None else min(known, at_ms)
            self._read()

    def _read(self) -> None:
        with self._store.read() as unit:
            self.events = unit.ledger.again(self._account, self._known)
