"""The part of the composition root for workers: both sides of what is handed out.

Without REDIS_URL nothing of them is built, and none of their packages is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import structlog

from backend.core.model.steps import Handed, HandOut
from backend.db.backtest_models import backtest_turns
from backend.db.turns import SqlTurnStore
from backend.services.account_steps import OwnSteps
from backend.services.account_tasks import REFRESHES_AT_ONCE
from backend.services.after_refresh import AfterRefresh
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.backtest_work import BacktestWork
from backend.services.backtests import Backtesting, BacktestRunner
from backend.services.display_rates import DisplayRates
from backend.services.handed_backtests import HandedBacktests, TurnedBacktests
from backend.services.handed_steps import HandedSteps
from backend.services.score_keeper import ScoreKeeper
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.statement_update import told_by_statements
from backend.services.step_desk import StepDesk
from backend.services.turned_steps import TurnedSteps

if TYPE_CHECKING:
    from backend.bootstrap_redis import RedisParts
    from backend.config import Settings
    from backend.core.model.accounts import Account
    from backend.core.ports import Exchange, Store
    from backend.db.unit_of_work import SqlStore
    from backend.exchange.factory import ExchangeAccess
    from backend.scale_out.hands import CeleryHands
    from backend.scale_out.worker_host import WorkerHost
    from backend.services.chart_keeper import ChartKeeper

log = structlog.get_logger(__name__)

# Steps that a collector has with workers at once; each is a thread that waits.
HANDED_AT_ONCE = 64


@dataclass(frozen=True)
class ScaleParts:
    """Builds each part once, when it is first asked for. `charts` keeps charts ready on the store of the turns."""

    settings: Settings
    redis: RedisParts
    store: SqlStore
    access: ExchangeAccess
    now_ms: Callable[[], int]
    charts: Callable[[Store], ChartKeeper]

    @cached_property
    def turns(self) -> SqlTurnStore:
        """What steps write with that are handed out."""
        return SqlTurnStore(self.store)

    @cached_property
    def _here(self) -> TurnedSteps:
        reporting = self.settings.reporting_currency
        settings = RefreshSettings(reporting, self.settings.snapshot_interval_s)
        after = AfterRefresh(
            scores=ScoreKeeper(self.turns, reporting),
            rates=DisplayRates(self.turns, reporting),
            shadows=ShadowKeeper(self.turns, reporting),
            charts=self.charts(self.turns),
        )
        return TurnedSteps(self.turns, OwnSteps(AutoRefresh(self.turns, settings, self.now_ms), after))

    @property
    def at_once(self) -> int:
        """How many refreshes a collector has under way at once."""
        return HANDED_AT_ONCE if self.redis.by_workers else REFRESHES_AT_ONCE

    def steps(self, after: AfterRefresh) -> HandedSteps | None:
        """The collector's side; `after`: what follows a refresh there. None: it does the steps itself."""
        if not self.redis.by_workers:
            return None
        return HandedSteps(self._hands, self.turns, self._here, after)

    def backtests(self) -> BacktestRunner:
        """What does the backtests that are asked for, by workers where they do the steps; not started yet."""
        work: Backtesting = self._backtest_work(self.store)
        if self.redis.by_workers:
            work = HandedBacktests(self._hands, self._backtest_turns, self._backtests_here)
        return BacktestRunner(self.store, self.settings.environment, work)

    def worker(self, threads: int, lost: Callable[[str], None]) -> WorkerHost:
        """A worker, not started yet; `lost(words)` ends the program at once."""
        from backend.scale_out.worker_host import WorkerHost

        def without_key(account: Account) -> Exchange:
            return self.access.without_key(lambda: told_by_statements(self.store, account.id))

        desk = StepDesk(self.store, self.settings.environment, self.access.connect, without_key, self._here)

        def do(what: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
            return desk.do(what, go_on) if isinstance(what, HandOut) else self._backtests_here.told(what, go_on)

        return WorkerHost(self.redis.link, do, threads, lost)

    @cached_property
    def _hands(self) -> CeleryHands:
        from backend.scale_out.hands import CeleryHands

        return CeleryHands(self.redis.link)

    @cached_property
    def _backtest_turns(self) -> SqlTurnStore:
        return SqlTurnStore(self.store, backtest_turns)

    @cached_property
    def _backtests_here(self) -> TurnedBacktests:
        turns = self._backtest_turns
        return TurnedBacktests(turns, self.settings.environment, self._backtest_work(turns))

    def _backtest_work(self, store: Store) -> BacktestWork:
        return BacktestWork(store, self.settings.environment, lambda: self.access.without_key(lambda: None))
