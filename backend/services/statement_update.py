"""Brings the ledger of an account without a key to what its statements say (docs/decisions/0017).

It stands where `LedgerUpdate` stands for accounts with a key: there are no balances to compare with and no histories to
ask, so nothing is ever searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.core.import_coverage import IMPORT, WATCHED
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import Adjustments, difference
from backend.core.ledger.statement_holdings import StatementHoldings, settle, statement_holdings, told_until_ms
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.valuation import Valuation
from backend.core.model.wallets import Wallet
from backend.services.ledger_update import Changes

if TYPE_CHECKING:
    from backend.core.binance_trader import BinanceTrader, Held
    from backend.core.ports import Store, UnitOfWork


def told_by_statements(store: Store, account_id: int) -> StatementHoldings | None:
    """What the ledger of an account comes to; None while it waits for its first statement."""
    with store.read() as unit:
        return statement_holdings(unit.ledger.all(account_id), unit.accounts.last_reading(account_id))


def forget_figures(store: Store, account_id: int, epoch: int, machine_ms: int) -> None:
    """Take back what was made of statements that are not there any more; `machine_ms`: now, by this machine's clock.

    Raises:
        LeaseLostError: another collector works now.
    """
    with store.write(epoch) as unit:
        sync = unit.accounts.sync_state(account_id)
        _take_back(unit, account_id, unit.ledger.of_source(account_id, RECONCILIATION))
        if sync.as_of_ms is not None or sync.dirty_from_ms is not None:
            unit.balances.replace(account_id, Valuation.of(0, ()))
            unit.snapshots.delete_from(account_id, 0)
            unit.accounts.count_rebuild(account_id)
            unit.accounts.update_sync(
                account_id, as_of=None, prices_at=None, dirty_from=None, rebuilt_to=None, unpriced=(), wallets=(),
                unreconciled=(),
            )  # fmt: skip
            unit.events.emit("snapshot", account_id)
            unit.events.emit("balances", account_id)
        unit.accounts.update_sync(
            account_id, refreshed_machine=machine_ms, attempted_machine=machine_ms, failures=0, error=None,
            error_code=None, import_complete=True,
        )  # fmt: skip


class StatementUpdate:
    """One look at the ledger of an account without a key."""

    def __init__(
        self, store: Store, account_id: int, epoch: int, trader: BinanceTrader, previous: Valuation | None
    ) -> None:
        """`previous`: the last valuation, which says what it was as of."""
        self._store = store
        self._account = account_id
        self._epoch = epoch
        self._trader = trader
        states = () if previous is None else previous.wallets
        self._was_ms = next((state.as_of_ms for state in states if state.wallet == Wallet.STATEMENTS), None)

    def first(self, held: Held) -> Changes:
        """As `again`: there is no first import."""
        return self.again(held, flows_due=False)

    def again(self, held: Held, flows_due: bool) -> Changes:
        """Book what must have been there before the first line, and take back what is explained by now.

        Raises:
            ExchangeError: the exchange did not tell its clock.
            LeaseLostError: another collector works now.
        """
        with self._store.read() as unit:
            events, plan, from_ms = self._planned(unit)
        if from_ms is not None:
            with self._store.write(self._epoch) as unit:
                # Read again: a statement may have been imported or taken back in between.
                events, plan, from_ms = self._planned(unit)
                events = self._book(unit, plan, from_ms, held.at_ms) if from_ms is not None else events
        if difference(held.reading.owned(), events):
            held = self._trader.held(fresh=True)
        return Changes(events, from_ms, held, complete=True)

    def _planned(self, unit: UnitOfWork) -> tuple[Sequence[LedgerEvent], Adjustments, int | None]:
        """The ledger, what to change of it, and from when on figures change by that, or by a later last line."""
        events, last = unit.ledger.all(self._account), unit.accounts.last_reading(self._account)
        plan = settle(events, last)
        told_ms = told_until_ms(events, last)
        starts = [plan.from_ms]
        if told_ms != self._was_ms:
            # What is later than the last line is marked: from the earlier of both on rows are made anew.
            starts += [told_ms, self._was_ms]
        return events, plan, min((at_ms for at_ms in starts if at_ms is not None), default=None)

    def _book(self, unit: UnitOfWork, plan: Adjustments, from_ms: int, at_ms: int) -> Sequence[LedgerEvent]:
        _take_back(unit, self._account, plan.removed)
        unit.ledger.add(self._account, plan.added)
        # On record before anything is rebuilt: a crash in between is made good at the next start.
        unit.accounts.mark_dirty(self._account, from_ms)
        if unit.ledger.cursor(self._account, IMPORT, WATCHED) is None:
            # Values of before were seen by nobody.
            unit.ledger.set_cursor(self._account, IMPORT, WATCHED, at_ms)
        events = unit.ledger.all(self._account)
        open_ones = {event.legs[0].asset for event in events if event.kind is EventKind.UNEXPLAINED}
        unit.accounts.update_sync(
            self._account, positions=None, unreconciled=sorted(open_ones), import_complete=True, import_detail=""
        )
        return events


def _take_back(unit: UnitOfWork, account_id: int, entries: Sequence[LedgerEvent]) -> None:
    gone = [event.external_id for event in entries]
    if gone:
        unit.ledger.delete(account_id, RECONCILIATION, gone)
        unit.cash_flows.delete_external(account_id, RECONCILIATION, gone)
