"""AutoRefresh: one step reads the exchange and brings balances, ledger, cash flows and snapshots up to date.

A step that fails keeps the old rows and records why and since when; nothing is half updated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.binance_trader import BinanceTrader
from backend.core.errors import (
    CredentialsRefusedError,
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    RequestBudgetError,
)
from backend.core.ledger.outside import kept_outside
from backend.core.live_values import overtaken
from backend.core.model.keys import READ, KeyLook
from backend.core.model.task_log import TaskLine, failure_line, refresh_line, told_again
from backend.core.model.valuation import Valuation
from backend.core.untold import untold
from backend.core.valuation import RouteBook
from backend.services.book_keeper import BookKeeper, nobody
from backend.services.contract_keeper import ContractKeeper
from backend.services.history_import import HistoryImport, TradeSearch
from backend.services.import_progress import ImportProgress, Pace
from backend.services.key_looks import note_address, note_look
from backend.services.ledger_update import Changes, LedgerUpdate
from backend.services.move_keeper import MoveKeeper
from backend.services.outside_sight import OutsideSight
from backend.services.proofs import ProofLog
from backend.services.refresh_pace import RefreshPace
from backend.services.snapshot_builder import SnapshotBuilder
from backend.services.statement_update import StatementUpdate, forget_figures
from backend.services.turns import always
from backend.services.wallet_move_import import WalletMoveImport, WalletMoveKeeper
from backend.services.watch import WatchLog

if TYPE_CHECKING:
    from backend.core.ports import Store
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

# Deposits and withdrawals are looked for each minute even when the balances explain themselves; a refresh that comes a
# moment early must not put it off until the next.
FLOWS_EVERY_S: Final = 55.0
PERMISSIONS_EVERY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class RefreshSettings:
    """What a step needs to know of the settings."""

    reporting_currency: str
    snapshot_interval_s: int


def unchanged(_account_id: int, valuation: Valuation) -> Valuation:
    """Where no stream tells prices, those of the valuation are the newest."""
    return valuation


class AutoRefresh:
    """Runs refresh steps for the sessions of one collector. `now_ms` is this machine's clock."""

    def __init__(
        self,
        store: Store,
        settings: RefreshSettings,
        now_ms: Callable[[], int],
        monotonic_s: Callable[[], float] = time.monotonic,
        newest: Callable[[int, Valuation], Valuation] = unchanged,
    ) -> None:
        """`newest(account, valuation)` puts in prices that came by stream since those of the valuation were read."""
        self._store = store
        self._settings = settings
        self._newest = newest
        self._now_ms = now_ms
        self._monotonic_s = monotonic_s
        self._pace = RefreshPace()
        self._watch = WatchLog()
        self._keeper = BookKeeper(store, settings.reporting_currency)
        self._refresh_soon: Callable[[int], None] = nobody
        self._contracts = ContractKeeper(store, settings.reporting_currency)
        self._proofs = ProofLog(settings.reporting_currency)
        self._moves = MoveKeeper(store)
        self._wallet_moves = WalletMoveKeeper(store, self._proofs)
        self._route_book = RouteBook(settings.reporting_currency)

    def follow_with(self, refresh_soon: Callable[[int], None]) -> None:
        """Have accounts refreshed soon whose figures changed with another's: coins went from one to the other."""
        self._keeper.on_carried = self._refresh_soon = refresh_soon

    def forget(self, account_id: int) -> None:
        """Somebody else did steps of the account meanwhile: begin as after a start."""
        for one in (self._pace, self._watch, self._keeper, self._contracts, self._proofs, self._wallet_moves):
            one.forget(account_id)

    def step(
        self, session: Session, epoch: int, manual_snapshot: bool = False, go_on: Callable[[], bool] = always
    ) -> Valuation:
        """Refresh one account.

        What is computed of the past goes piece by piece. `go_on` is asked between two of them: where it says no, the
        next step goes on after the last one. A snapshot by hand waits for all of them.

        Returns:
            The new valuation; with `manual_snapshot` a snapshot was taken when its balances were read.

        Raises:
            ExchangeError: what went wrong; it is recorded with the account already.
            LeaseLostError: another collector works now; nothing was written.
        """
        try:
            valuation = self._refresh(session, epoch, manual_snapshot, always if manual_snapshot else go_on)
        except ExchangeError as error:
            self._record_failure(session, epoch, error)
            raise
        except DomainError:
            raise
        except Exception:
            # A fault of ours: its text may hold anything, so the user is told where to look.
            self._record_failure(session, epoch, ExchangeError("The refresh failed here: the log says why"))
            raise
        self._pace.refreshes += 1
        log.info(
            f"Auto-refresh #{self._pace.refreshes}: ${valuation.total:.2f} ({len(valuation.lines)} assets)",
            account=session.account.name,
            currency=self._settings.reporting_currency,
        )
        return valuation

    def _refresh(self, session: Session, epoch: int, manual_snapshot: bool, go_on: Callable[[], bool]) -> Valuation:
        exchange, account = session.exchange, session.account.id
        started_s = self._monotonic_s()
        exchange.set_purpose("live")
        with self._store.read() as unit:
            waits = account in untold(unit, [session.account])
        if waits:
            return self._wait_for_statements(session, epoch)
        with self._store.read() as unit:
            first = not unit.accounts.sync_state(account).import_complete
            previous = unit.balances.latest(account)
        trader = BinanceTrader(
            exchange,
            self._settings.reporting_currency,
            self._last_price,
            previous,
            self._route_book,
            self._pace.apart_ms.get(account, 0),
        )
        held, valuation = trader.held_and_valued()
        self._pace.apart_ms[account] = trader.apart_ms
        if first:
            # Shown at once; the history behind it may take minutes. Profit is "unavailable" until then.
            self._publish(session, epoch, valuation, held.at_ms)
        self._check_permissions(session, epoch)
        search = self._pace.searches.setdefault(account, TradeSearch())
        pace = self._pace.imports.setdefault(account, Pace())
        progress = ImportProgress(self._store, account, epoch, pace, self._monotonic_s)
        history = HistoryImport(self._store, session, epoch, progress, search)
        update: LedgerUpdate | StatementUpdate
        if session.account.keyless:
            update = StatementUpdate(self._store, account, epoch, trader, previous)
        else:
            update = LedgerUpdate(self._store, exchange, account, epoch, history, trader)
        asked_s = self._monotonic_s()
        lines: list[TaskLine] = []
        if first:
            changed = update.first(held)
        else:
            due = self._flows_due(account)
            changed = update.again(held, due)
            if due or changed.from_ms is not None:
                self._pace.flows_s[account] = self._monotonic_s()
        if first or changed.from_ms is not None:
            numbers = {"entries": len(changed.events)}
            lines.append(TaskLine("ok", "history", account, numbers=numbers, duration_ms=self._took_ms(asked_s)))
        exchange.set_purpose("live")
        for other in self._moves.update(session.account.environment, epoch) - {account}:
            self._refresh_soon(other)
        outside = OutsideSight(self._store, account)
        whole = outside.added_to(changed.held)
        if whole is not held:
            valuation = trader.valuation(whole)
        events = kept_outside(changed.events, outside.seen.keys)
        # A pause leaves no gap: what nobody has read yet is filled when the import goes on.
        known = changed.complete or (changed.paused and changed.held.reading.complete)
        self._watch.note(self._store, epoch, account, changed.held.reading, known)
        if not session.account.keyless:
            self._proofs.certify(self._store, epoch, account, changed, valuation)
        builder = SnapshotBuilder(
            self._store,
            exchange,
            account,
            epoch,
            self._settings.reporting_currency,
            self._settings.snapshot_interval_s,
            self._monotonic_s,
        )
        until: int | None
        if changed.complete:
            # The history covers what happened until the balances were read: no slot is taken after that. A price may
            # also claim to be newer than the exchange's clock.
            until = min(valuation.at_ms, changed.held.at_ms)
        else:
            # No row is added to those there are. Flows are listed and the past is put right all the same.
            until, manual_snapshot = self._last_row_ms(account), False

        def show() -> None:
            lines.append(refresh_line(account, valuation, self._took_ms(started_s), exchange.latency_ms))
            self._publish(session, epoch, valuation, changed.held.at_ms, lines)

        left = shown = False
        if until is not None:
            pieces = builder.pieces(events, changed.from_ms, until, until if manual_snapshot else None)
            left, shown = _through(session, pieces, show, go_on)
            outside.recheck(epoch)
        if not shown:
            show()
        if until is not None and not left:
            self._book_costs(account, epoch, builder, go_on)
        if not session.account.keyless:
            self._keep_contracts(session, epoch, changed, builder)
        if not left:
            self._proofs.close(self._store, exchange, epoch, account, events, valuation, go_on)
        self._wallet_moves.update(WalletMoveImport.beside(history.movements), changed, valuation, go_on)
        return valuation

    def _wait_for_statements(self, session: Session, epoch: int) -> Valuation:
        """An account of which nothing is told has no figures, and its books are empty."""
        account = session.account.id
        forget_figures(self._store, account, epoch, self._now_ms())
        self._keeper.update(account, epoch, lambda asset, instants: {})
        return Valuation.of(session.exchange.server_time_ms(), ())

    def _publish(
        self, session: Session, epoch: int, valuation: Valuation, read_at_ms: int, lines: Sequence[TaskLine] = ()
    ) -> None:
        """Show a valuation, unless a stream told of a change that its balances, read at `read_at_ms`, may lack.

        With `lines` for the log the refresh is done, and counted.
        """
        exchange, account = session.exchange, session.account.id
        weight = exchange.weight()
        with self._store.write(epoch) as unit:
            if not overtaken(unit.accounts.sync_state(account).moved_at_ms, read_at_ms):
                shown = self._newest(account, valuation)
                unit.balances.replace(account, shown)
                unit.accounts.update_sync(
                    account,
                    as_of=shown.at_ms,
                    prices_at=shown.prices_at_ms,
                    moved_at=None,
                    unpriced=shown.unpriced,
                    wallets=shown.wallets,
                    depegged=shown.depegged,
                )
            unit.accounts.update_sync(
                account,
                refreshed_machine=self._now_ms(),
                attempted_machine=self._now_ms(),
                failures=0,
                error=None,
                error_code=None,
                latency_ms=exchange.latency_ms,
                clock_offset_ms=exchange.clock_offset_ms,
                weight_used=None if weight is None else weight.used,
                weight_limit=None if weight is None else weight.limit,
            )
            for line in lines:
                unit.task_log.note(line)
            if lines:
                unit.task_log.count_refresh(account, worked=True)
            unit.events.emit("balances", account)

    def _record_failure(self, session: Session, epoch: int, error: ExchangeError) -> None:
        account = session.account.id
        if isinstance(error, RequestBudgetError):
            # An import waits for the next minute: nothing is wrong, and what is shown keeps its age.
            return
        waiting = isinstance(error, ExchangeLimitedError) and not error.banned
        with self._store.write(epoch) as unit:
            state = unit.accounts.sync_state(account)
            tries = state.failures + (0 if waiting else 1)
            if state.error_code != error.code or (not waiting and told_again(tries)):
                unit.task_log.note(failure_line("balances", account, error, tries))
            unit.task_log.count_refresh(account, worked=False)
            unit.accounts.update_sync(
                account,
                attempted_machine=self._now_ms(),
                failures=tries,
                error=str(error),
                error_code=error.code,
            )
            note_address(unit, account, READ, error)
            unit.events.emit("sync", account, {"code": error.code})
        log.warning("refresh failed", account=session.account.name, code=error.code, detail=str(error))

    def _check_permissions(self, session: Session, epoch: int) -> None:
        account, now = session.account.id, self._monotonic_s()
        if now - self._pace.permissions_s.get(account, float("-inf")) < PERMISSIONS_EVERY_S:
            return
        try:
            rights = session.exchange.permissions()
        except (CredentialsRefusedError, ExchangeLimitedError):
            raise
        except ExchangeError as error:
            # Balances are worth showing without it; asked again at the next refresh.
            log.warning("key rights unknown", account=session.account.name, code=error.code)
            return
        with self._store.write(epoch) as unit:
            note_look(unit, account, READ, KeyLook(rights), self._now_ms())
        self._pace.permissions_s[account] = now

    def _book_costs(self, account: int, epoch: int, builder: SnapshotBuilder, go_on: Callable[[], bool]) -> None:
        started_s = self._monotonic_s()
        try:
            booked = self._keeper.update(account, epoch, builder.price_of, go_on)
        except ExchangeError as error:
            # Prices read so far are kept: the next change, or the next start, goes on from there.
            log.warning("costs not booked yet", account=account, code=error.code)
            return
        if booked:
            with self._store.write(epoch) as unit:
                numbers = {"entries": booked}
                unit.task_log.note(
                    TaskLine("ok", "books", account, numbers=numbers, duration_ms=self._took_ms(started_s))
                )

    def _keep_contracts(self, session: Session, epoch: int, changed: Changes, builder: SnapshotBuilder) -> None:
        try:
            self._contracts.update(session.exchange, session.account.id, epoch, changed, builder.price_of)
        except ExchangeError as error:
            # Balances and profit are worth showing without it; positions keep the instant that they were read at.
            log.warning("contracts not read", account=session.account.name, code=error.code)

    def _last_row_ms(self, account: int) -> int | None:
        with self._store.read() as unit:
            last = unit.snapshots.last(account)
        return None if last is None else last.at_ms

    def _last_price(self, symbol: str) -> Decimal | None:
        with self._store.read() as unit:
            point = unit.prices.latest(symbol)
        return None if point is None else point.price

    def _took_ms(self, since_s: float) -> int:
        return round((self._monotonic_s() - since_s) * 1000)

    def _flows_due(self, account: int) -> bool:
        return self._monotonic_s() - self._pace.flows_s.get(account, float("-inf")) >= FLOWS_EVERY_S


def _through(
    session: Session, pieces: Iterator[bool], show: Callable[[], None], go_on: Callable[[], bool]
) -> tuple[bool, bool]:
    """Do the pieces of a rebuild; returns whether some are left for the next step, and whether `show` was called.

    It is where there is more than one piece, after the first: figures that wait for the others say so. What the others
    ask leaves room for refreshes.

    Raises:
        ExchangeError: a price could not be read. A budget that is used up is no reason to show nothing.
    """
    left = shown = False
    try:
        for left in pieces:
            if left and not shown:
                show()
                shown = True
                session.exchange.set_purpose("import")
            if left and not go_on():
                break
    except RequestBudgetError:
        if not shown:
            show()
        raise
    finally:
        session.exchange.set_purpose("live")
    return left, shown
