"""How far the import of an account is, what each of its histories was read for, and the user's pause.

What the collector has noted as cursors is all there is to it: nothing here asks an exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.core.import_coverage import IMPORT as IMPORT
from backend.core.import_coverage import OPENED_MS as OPENED_MS
from backend.core.import_coverage import SourceCoverage
from backend.core.import_coverage import histories as histories
from backend.core.portfolio_view import PortfolioView, ViewSettings, wanted_accounts

if TYPE_CHECKING:
    from backend.core.model.accounts import Account, SyncState
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis

# Cursors of the import as a whole.
PAUSED: Final = "paused"
SECONDS: Final = "seconds_left"
SYMBOLS: Final = "symbols_left"
WINDOWS: Final = "windows_left"
# Pairs whose trades were all read once.
SCAN: Final = "trade-scan"
# All is read, and what follows from it is computed: months done and in all instead of steps of reading.
COMPUTING: Final = "computing"
MONTH_MS: Final = 2_629_746_000
State = Literal["waiting", "running", "paused", "computing", "complete"]


@dataclass(frozen=True, slots=True)
class ImportState:
    """One account's import. `seconds_left`: None while nothing is measured or nothing is left.

    `done` and `total` are steps of what is read, of state `computing` months of the past.
    """

    account: Account
    state: State
    reading: str
    done: int
    total: int
    symbols_left: int
    windows_left: int
    seconds_left: int | None
    paused_at_ms: int | None


class ImportStatus:
    """Answers about imports over a store, and pauses them. `now_ms` is this machine's clock."""

    def __init__(
        self, store: Store, portfolio: PortfolioView, settings: ViewSettings, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._portfolio = portfolio
        self._settings = settings
        self._now_ms = now_ms

    def progress(self, account_id: int | None) -> tuple[Basis, Sequence[ImportState]]:
        """How far each import is.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            states = [self._state(unit, account) for account in self._accounts(unit, account_id)]
            return self._basis(unit, account_id), states

    def coverage(self, account_id: int | None) -> tuple[Basis, Sequence[tuple[Account, SourceCoverage]]]:
        """What each history of each account was read for; those of an import that has not begun are not there yet.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            found = [
                (account, one) for account in self._accounts(unit, account_id) for one in histories(unit, account.id)
            ]
            return self._basis(unit, account_id), found

    def recomputing(self, account_id: int) -> bool:
        """Whether figures of an account wait for being computed anew.

        Raises:
            NotFoundError: there is no such account.
        """
        with self._store.read() as unit:
            return unit.accounts.sync_state(account_id).dirty_from_ms is not None

    def pause(self, account_id: int | None, paused: bool) -> tuple[Basis, Sequence[ImportState]]:
        """Stop reading the past at the next question, or go on there; doing so twice changes nothing.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.write() as unit:
            accounts = self._accounts(unit, account_id)
            for account in accounts:
                if bool(unit.ledger.cursor(account.id, IMPORT, PAUSED)) is not paused:
                    unit.ledger.set_cursor(account.id, IMPORT, PAUSED, self._now_ms() if paused else 0)
                    told = "history.pause" if paused else "history.resume"
                    unit.audit.record(told, account_id=account.id, subject=account.name)
                    unit.events.emit("import", account.id, {"paused": paused})
            return self._basis(unit, account_id), [self._state(unit, account) for account in accounts]

    def _basis(self, unit: UnitOfWork, account_id: int | None) -> Basis:
        return self._portfolio.balances_in(unit, account_id).basis

    def _accounts(self, unit: UnitOfWork, account_id: int | None) -> Sequence[Account]:
        return wanted_accounts(unit, self._settings.environment, account_id)

    def _state(self, unit: UnitOfWork, account: Account) -> ImportState:
        sync = unit.accounts.sync_state(account.id)
        told = unit.ledger.cursors(account.id, IMPORT)
        paused_at_ms = told.get(PAUSED) or None
        state = _word(sync, paused_at_ms)
        left = {} if sync.import_complete else told
        done = sync.import_total if sync.import_complete else sync.import_done
        done, total = _months(sync) if state == COMPUTING else (done, sync.import_total)
        return ImportState(
            account=account,
            state=state,
            reading=sync.import_detail if state == "running" else "",
            done=done,
            total=total,
            symbols_left=left.get(SYMBOLS, 0),
            windows_left=left.get(WINDOWS, 0),
            seconds_left=left.get(SECONDS),
            paused_at_ms=paused_at_ms,
        )


def _months(sync: SyncState) -> tuple[int, int]:
    """Months of the past that are computed, and all of them."""
    start_ms = sync.dirty_from_ms or 0
    now_ms = sync.as_of_ms or start_ms
    total = max(-(-(now_ms - start_ms) // MONTH_MS), 1)
    return min(max((sync.rebuilt_to_ms or 0) - start_ms, 0) // MONTH_MS, total), total


def _word(sync: SyncState, paused_at_ms: int | None) -> State:
    if sync.import_complete and sync.dirty_from_ms is not None and sync.rebuilt_to_ms is not None:
        # A pause stops what is read.
        return "computing"
    if paused_at_ms is not None:
        return "paused"
    if sync.import_complete:
        return "complete"
    return "running" if sync.import_detail else "waiting"
