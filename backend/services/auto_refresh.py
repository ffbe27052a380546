"""AutoRefresh: one step reads the exchange and brings balances, ledger, cash flows and snapshots up to date.

A step that fails keeps the old rows and records why and since when; nothing is half updated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import structlog

from backend.core.binance_trader import BinanceTrader, Held, quantities
from backend.core.errors import (
    CredentialsRefusedError,
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    RequestBudgetError,
)
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import adjust, difference
from backend.core.live_values import overtaken
from backend.core.model.holdings import EventKind, LedgerEvent
from backend.core.model.valuation import Valuation
from backend.core.ports import Store
from backend.core.valuation import RouteBook
from backend.services.history_import import HistoryImport, TradeSearch
from backend.services.session_manager import Session
from backend.services.snapshot_builder import SnapshotBuilder

log = structlog.get_logger(__name__)

# Deposits and withdrawals are looked for this often even when the balances explain themselves.
FLOWS_EVERY_S: Final = 60.0
PERMISSIONS_EVERY_S: Final = 86_400.0
PROGRESS_EVERY_S: Final = 0.5
# How often balances and history are compared before a difference is called one.
LOOKS: Final = 3


@dataclass(frozen=True, slots=True)
class RefreshSettings:
    """What a step needs to know of the settings."""

    reporting_currency: str
    snapshot_interval_s: int


@dataclass(slots=True)
class _Pace:
    """When the slower parts of a step were last done, by account (monotonic seconds)."""

    flows_s: dict[int, float] = field(default_factory=dict)
    permissions_s: dict[int, float] = field(default_factory=dict)
    searches: dict[int, TradeSearch] = field(default_factory=dict)
    progress_s: float = 0.0
    refreshes: int = 0


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
        self._pace = _Pace()
        self._route_book = RouteBook(settings.reporting_currency)

    def step(self, session: Session, epoch: int, manual_snapshot: bool = False) -> Valuation:
        """Refresh one account.

        Returns:
            The new valuation; with `manual_snapshot` a snapshot was taken when its balances were read.

        Raises:
            ExchangeError: what went wrong; it is recorded with the account already.
            LeaseLostError: another collector works now; nothing was written.
        """
        try:
            valuation = self._refresh(session, epoch, manual_snapshot)
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

    def _refresh(self, session: Session, epoch: int, manual_snapshot: bool) -> Valuation:
        exchange, account = session.exchange, session.account.id
        exchange.set_purpose("live")
        with self._store.read() as unit:
            first = not unit.accounts.sync_state(account).import_complete
            previous = unit.balances.latest(account)
        trader = BinanceTrader(
            exchange, self._settings.reporting_currency, self._last_price, previous, self._route_book
        )
        held, valuation = trader.held_and_valued()
        if first:
            # Shown at once; the history behind it may take minutes. Profit is "unavailable" until then.
            self._publish(session, epoch, valuation, held.at_ms)
        self._check_permissions(session, epoch)
        search = self._pace.searches.setdefault(account, TradeSearch())
        history = HistoryImport(self._store, session, epoch, self._reporter(account, epoch), search)
        changed = self._import(session, epoch, history, trader, held, first)
        if changed.held is not held:
            valuation = trader.valuation(changed.held)
        builder = SnapshotBuilder(
            self._store, exchange, account, epoch, self._settings.reporting_currency, self._settings.snapshot_interval_s
        )
        # The history covers what happened until the balances were read: no slot is taken after that. A price may also
        # claim to be newer than the exchange's clock.
        until = min(valuation.at_ms, changed.held.at_ms)
        builder.update(changed.events, changed.from_ms, until, until if manual_snapshot else None)
        self._publish(session, epoch, valuation, changed.held.at_ms)
        self._book_costs(account, builder, changed)
        return valuation

    def _import(
        self, session: Session, epoch: int, history: HistoryImport, trader: BinanceTrader, held: Held, first: bool
    ) -> _Changes:
        exchange, account = session.exchange, session.account.id
        reported = quantities(held.balances)
        now = exchange.server_time_ms()
        exchange.set_purpose("import" if first else "live")
        if first:
            history.read_everything(reported, now)
        elif difference(reported, history.events) or self._flows_due(account):
            history.read_new(now)
            self._pace.flows_s[account] = self._monotonic_s()
        # The account may move between the looks at its balances and at its history. Both are taken again, which costs
        # little, before anything is searched for.
        for _ in range(LOOKS):
            missing = difference(reported, history.events)
            if not missing:
                break
            history.read_pairs_between(missing)
            held = trader.held()
            reported = quantities(held.balances)
            if difference(reported, history.events):
                history.read_new(exchange.server_time_ms())
        if difference(reported, history.events):
            if first:
                history.search_everywhere(reported)
            history.explain(reported, now)
        exchange.set_purpose("import")
        history.go_on_searching(reported)
        exchange.set_purpose("live")
        change = adjust(reported, history.events, now, first)
        unexplained = sorted(
            difference(reported, [event for event in history.events if event.kind is not EventKind.UNEXPLAINED])
        )
        with self._store.write(epoch) as unit:
            if change.removed:
                gone = [event.external_id for event in change.removed]
                unit.ledger.delete(account, RECONCILIATION, gone)
                unit.cash_flows.delete_external(account, RECONCILIATION, gone)
            unit.ledger.add(account, change.added)
            events = unit.ledger.all(account)
            starts = [at_ms for at_ms in (history.earliest_change_ms, change.from_ms) if at_ms is not None]
            from_ms = min(starts, default=None)
            if from_ms is not None:
                # On record before anything is rebuilt: a crash in between is made good at the next start.
                unit.accounts.mark_dirty(account, from_ms)
                # Profit is not split by costs that lack what was just found.
                unit.accounts.update_sync(account, positions=None)
            unit.accounts.update_sync(account, unreconciled=unexplained, import_complete=True, import_detail="")
        return _Changes(events, from_ms, held)

    def _publish(self, session: Session, epoch: int, valuation: Valuation, read_at_ms: int) -> None:
        """Show a valuation, unless a stream told of a change that its balances, read at `read_at_ms`, may lack."""
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
            unit.events.emit("balances", account)

    def _record_failure(self, session: Session, epoch: int, error: ExchangeError) -> None:
        account = session.account.id
        if isinstance(error, RequestBudgetError):
            # An import waits for the next minute: nothing is wrong, and what is shown keeps its age.
            return
        waiting = isinstance(error, ExchangeLimitedError) and not error.banned
        with self._store.write(epoch) as unit:
            state = unit.accounts.sync_state(account)
            unit.accounts.update_sync(
                account,
                attempted_machine=self._now_ms(),
                failures=state.failures + (0 if waiting else 1),
                error=str(error),
                error_code=error.code,
            )
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
            unit.accounts.update_sync(account, permissions=rights)
        self._pace.permissions_s[account] = now

    def _book_costs(self, account: int, builder: SnapshotBuilder, changed: _Changes) -> None:
        with self._store.read() as unit:
            booked = unit.accounts.sync_state(account).positions is not None
        if changed.from_ms is None and booked:
            return
        try:
            builder.book_costs(changed.events)
        except ExchangeError as error:
            # Prices read so far are kept: the next change, or the next start, goes on from there.
            log.warning("costs not booked yet", account=account, code=error.code)

    def _last_price(self, symbol: str) -> Decimal | None:
        with self._store.read() as unit:
            point = unit.prices.latest(symbol)
        return None if point is None else point.price

    def _flows_due(self, account: int) -> bool:
        return self._monotonic_s() - self._pace.flows_s.get(account, float("-inf")) >= FLOWS_EVERY_S

    def _reporter(self, account: int, epoch: int) -> Callable[[int, int, str], None]:
        def report(done: int, total: int, detail: str) -> None:
            now = self._monotonic_s()
            if now - self._pace.progress_s < PROGRESS_EVERY_S:
                return
            self._pace.progress_s = now
            with self._store.write(epoch) as unit:
                unit.accounts.update_sync(account, import_done=done, import_total=total, import_detail=detail)
                unit.events.emit("import", account, {"done": done, "total": total, "detail": detail})

        return report


@dataclass(frozen=True, slots=True)
class _Changes:
    """The ledger after an import, from when on it changed, and the balances that it was compared with last."""

    events: Sequence[LedgerEvent]
    from_ms: int | None
    held: Held
