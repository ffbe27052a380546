"""LiveUpdates: what the streams tell, shown at once; a refresh by REST follows and stays the truth.

Prices go into the last balances every two seconds while the account's own stream vouches for its quantities. A change
of balances is shown within the moment, marked as unsettled, and a refresh is asked for that books what caused it. When
streams fail nothing of this happens and the refreshes go on at their interval.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import (
    DomainError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    LeaseLostError,
)
from backend.core.live_values import SpotChange, as_ticker, merged, moved, repriced
from backend.core.model.stream_events import (
    BalanceMoved,
    BalancesChanged,
    FuturesAccountChanged,
    MiniTicker,
    StreamEnded,
    UserEvent,
)
from backend.core.model.stream_state import TOLD_EVERY_MS, StreamCondition, StreamState, summary
from backend.core.model.task_log import TaskLine
from backend.core.model.wallets import Wallet
from backend.core.valuation import PriceRoutes
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.live_ports import OpenFeed
    from backend.core.model.market import Symbol, Ticker
    from backend.core.model.valuation import Valuation
    from backend.core.ports import Store
    from backend.services.session_manager import Session

log = structlog.get_logger(__name__)

STEP_S: Final = 0.5
PRICES_EVERY_S: Final = 2.0
# Accounts that get their prices in one transaction, which must stay short: many have their turns.
AT_ONCE: Final = 10
# Refreshes that events may cause, of all accounts together: a handful at once, then one in so many seconds, for each
# costs request weight.
BURST: Final = 6
HINT_EVERY_S: Final = 3.0
# A listen key is good for an hour.
LISTEN_KEY_S: Final = 1800.0
CHANGES: Final = (BalancesChanged, BalanceMoved, FuturesAccountChanged, StreamEnded)


@dataclass(slots=True)
class _Account:
    """What is known of one account between its refreshes."""

    wanted: Set[str] = frozenset()
    live: bool = False
    # When its listen key was made or renewed (monotonic seconds).
    listen_key_s: float = float("-inf")
    changes: list[SpotChange] = field(default_factory=list)
    # Since when a refresh is owed to it (monotonic seconds).
    owed_s: float | None = None

    def owe(self, now_s: float) -> None:
        self.owed_s = now_s if self.owed_s is None else self.owed_s


class LiveUpdates:
    """Listens to the streams of one collector's accounts; writes under its lease."""

    def __init__(
        self,
        store: Store,
        open_feed: OpenFeed,
        reporting: str,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._reporting = reporting
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._accounts: dict[int, _Account] = {}
        self._listed: Sequence[Symbol] = ()
        self._routes: PriceRoutes | None = None
        self._tickers: dict[str, Ticker] = {}
        # Accounts that wait for newer prices.
        self._turn: list[int] = []
        self._allowed, self._allowed_at_s = float(BURST), monotonic_s()
        self._ticked = False
        self._priced_s = self._told_s = float("-inf")
        self._state_changed = False
        self._epoch: int | None = None
        # Whose accounts are followed, and what the log was told of the streams last.
        self._environment: str | None = None
        self._logged: StreamCondition | None = None
        self._refresh_soon: Callable[[int], None] = lambda account_id: None
        self._worker = PeriodicWorker("live-updates", self.step, STEP_S)
        self._feed = open_feed(self, self._on_state)

    # -- the collector's side --------------------------------------------------------------------------------------

    def start(self, refresh_soon: Callable[[int], None]) -> None:
        """Begin; `refresh_soon(account)` asks for a refresh. Streams are opened once there are accounts."""
        self._refresh_soon = refresh_soon
        self._worker.start()

    def stop(self) -> None:
        """End the streams, and say that they are off."""
        self._feed.stop()
        self._worker.stop()
        if self._epoch is not None:
            with suppress(DomainError), self._store.write(self._epoch) as unit:
                unit.streams.tell(())

    def watch(self, sessions: Sequence[Session], epoch: int) -> None:
        """Follow these accounts and no others."""
        with self._lock:
            self._epoch = epoch
            self._environment = sessions[0].account.environment if sessions else None
            known = self._accounts
            # Of an account without a key nothing is heard, and nothing moves its quantities: prices are all there is.
            self._accounts = {
                one.account.id: known.get(one.account.id) or _Account(live=one.account.keyless) for one in sessions
            }
        self._feed.watch({one.account.id: one.exchange for one in sessions if not one.account.keyless})

    def refreshed(self, session: Session) -> None:
        """Prices of what the account holds now are wanted from now on.

        Raises:
            ExchangeError: the list of pairs was not to be had.
        """
        listed = session.exchange.symbols()
        with self._store.read() as unit:
            shown = unit.balances.latest(session.account.id)
            unsettled = unit.accounts.sync_state(session.account.id).moved_at_ms is not None
        held = () if shown is None else [line.balance.asset for line in shown.lines]
        with self._lock:
            if listed is not self._listed:
                self._listed, self._routes = listed, PriceRoutes(listed, self._reporting)
            account = self._accounts.get(session.account.id)
            if account is None or self._routes is None:
                return
            account.wanted = self._routes.symbols_of(held)
            # It read too early to be sure to have seen the change: another one is owed.
            if unsettled:
                account.owe(self._monotonic_s())
            wanted = set[str]().union(*(one.wanted for one in self._accounts.values()))
            has_futures = any(line.balance.wallet == Wallet.FUTURES_USDM for line in (shown.lines if shown else ()))
            key_is_old = self._monotonic_s() - account.listen_key_s >= LISTEN_KEY_S
        self._feed.want(wanted)
        if has_futures and key_is_old:
            self._renew_listen_key(session, account)

    def _renew_listen_key(self, session: Session, account: _Account) -> None:
        """On the thread that uses the account's client."""
        try:
            self._feed.watch_futures(session.account.id, session.exchange.futures_listen_key())
        except (ExchangeUnavailableError, ExchangeLimitedError) as error:
            # The next refresh tries again; until then futures are as new as the last one.
            log.warning("futures not streamed yet", account=session.account.name, code=error.code)
            return
        except ExchangeError as error:
            log.warning("futures not streamed", account=session.account.name, code=error.code)
        account.listen_key_s = self._monotonic_s()

    def newest(self, account_id: int, valuation: Valuation) -> Valuation:
        """A valuation just made, at the prices that came by stream meanwhile."""
        with self._lock:
            account = self._accounts.get(account_id)
            if account is None or not account.live or self._routes is None:
                return valuation
            return repriced(valuation, self._routes, self._tickers)

    # -- the streams' side: called on their threads ----------------------------------------------------------------

    def prices(self, tickers: Sequence[MiniTicker]) -> None:
        with self._lock:
            for told in tickers:
                known = self._tickers.get(told.symbol)
                if known is None or known.at_ms < told.at_ms:
                    self._tickers[told.symbol] = as_ticker(told)
                    self._ticked = True

    def prices_lost(self) -> None:
        with self._lock:
            self._tickers.clear()

    def account_live(self, account_id: int) -> None:
        with self._lock:
            account = self._accounts.get(account_id)
            if account is not None:
                account.live = True
        # What happened while nobody listened is not told again.
        self._refresh_soon(account_id)

    def account_event(self, account_id: int, event: UserEvent | None) -> None:
        if event is not None and not isinstance(event, CHANGES):
            return
        with self._lock:
            account = self._accounts.get(account_id)
            if account is None:
                return
            if isinstance(event, BalancesChanged):
                quantities = {row.asset: (row.free, row.locked) for row in event.balances}
                account.changes.append(SpotChange(event.at_ms, quantities))
            if isinstance(event, StreamEnded):
                account.listen_key_s = float("-inf")
            account.owe(self._monotonic_s())
        self._worker.wake()

    def account_lost(self, account_id: int) -> None:
        with self._lock:
            account = self._accounts.get(account_id)
            if account is not None:
                account.live = False

    def _on_state(self) -> None:
        self._state_changed = True
        self._worker.wake()

    # -- the worker's side -----------------------------------------------------------------------------------------

    def step(self) -> None:
        """One round: changes first, then what they ask for, then prices."""
        epoch = self._epoch
        if epoch is None:
            return
        try:
            self._show_changes(epoch)
            self._ask_for_refreshes()
            self._show_prices(epoch)
            self._tell_states(epoch)
        except LeaseLostError:
            # Another collector follows the accounts now; ours will say so when it works again.
            self._epoch = None

    def _show_changes(self, epoch: int) -> None:
        with self._lock:
            waiting = [(account_id, merged(one.changes)) for account_id, one in self._accounts.items() if one.changes]
            for one in self._accounts.values():
                one.changes = []
            routes, tickers = self._routes, dict(self._tickers)
        for account_id, change in waiting:
            # Before the first refresh nothing is shown that could change.
            if routes is not None:
                self._show_change(epoch, account_id, change, routes, tickers)

    def _show_change(
        self, epoch: int, account_id: int, change: SpotChange, routes: PriceRoutes, tickers: dict[str, Ticker]
    ) -> None:
        with self._store.write(epoch) as unit:
            shown = unit.balances.latest(account_id)
            if shown is None or change.at_ms <= shown.at_ms:
                return
            state = unit.accounts.sync_state(account_id)
            after = moved(shown, change, routes, tickers)
            # Also where the change cannot be shown: what is shown is known to be old now.
            unit.accounts.update_sync(account_id, moved_at=max(change.at_ms, state.moved_at_ms or 0))
            if after is not None:
                unit.balances.replace(account_id, after)
                unit.accounts.update_sync(account_id, as_of=after.at_ms, unpriced=after.unpriced)
            unit.task_log.note(TaskLine("ok", "streams", account_id))
            unit.events.emit("balances", account_id, {"by": "stream"})

    def _ask_for_refreshes(self) -> None:
        now_s = self._monotonic_s()
        with self._lock:
            self._allowed = min(float(BURST), self._allowed + (now_s - self._allowed_at_s) / HINT_EVERY_S)
            self._allowed_at_s = now_s
            owed = [(one.owed_s, account_id) for account_id, one in self._accounts.items() if one.owed_s is not None]
            asked = [account_id for _, account_id in sorted(owed)[: int(self._allowed)]]
            self._allowed -= len(asked)
            for account_id in asked:
                self._accounts[account_id].owed_s = None
        for account_id in asked:
            self._refresh_soon(account_id)

    def _show_prices(self, epoch: int) -> None:
        now_s = self._monotonic_s()
        with self._lock:
            if self._ticked and not self._turn and now_s - self._priced_s >= PRICES_EVERY_S:
                self._ticked, self._priced_s = False, now_s
                self._turn = [account_id for account_id, one in self._accounts.items() if one.live]
            turn, self._turn = self._turn[:AT_ONCE], self._turn[AT_ONCE:]
        if not turn:
            return
        with self._store.write(epoch) as unit:
            for account_id in turn:
                # Once a change is known that the balances lack, they are not to look newer than they are.
                shown = None if unit.accounts.sync_state(account_id).moved_at_ms else unit.balances.latest(account_id)
                after = None if shown is None else self.newest(account_id, shown)
                if after is None or after is shown:
                    continue
                unit.balances.replace(account_id, after)
                unit.accounts.update_sync(account_id, prices_at=after.prices_at_ms)
                unit.events.emit("balances", account_id, {"by": "prices"})

    def _tell_states(self, epoch: int) -> None:
        now_s = self._monotonic_s()
        if not self._state_changed and now_s - self._told_s < TOLD_EVERY_MS / 1000:
            return
        changed, self._state_changed, self._told_s = self._state_changed, False, now_s
        states = self._feed.states()
        with self._store.write(epoch) as unit:
            unit.streams.tell(states)
            line = self._news(states)
            if line is not None:
                unit.task_log.note(line)
            if changed:
                unit.events.emit("sync", None, {"streams": [one.state for one in states]})

    def _news(self, states: Sequence[StreamState]) -> TaskLine | None:
        """What the log is told: streams that stand, and that were cut. Their first connecting is no news."""
        now = summary(states, told_ms=0, now_ms=0)
        starting = now.state == "reconnecting" and not now.detail
        if self._environment is None or now.state in ("off", self._logged) or starting:
            return None
        self._logged = now.state
        return TaskLine(
            "ok" if now.state == "live" else "retry",
            "streams",
            None,
            code=None if now.state == "live" else now.state,
            detail=now.detail,
            numbers={"streams": len(states), "cuts": now.reconnects},
            environment=self._environment,
        )
