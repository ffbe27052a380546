"""The composition root: settings to engine, exchange, services. Imported by entry points only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from backend.api.deps import ApiServices
from backend.api.shapes.performance import chart_body
from backend.app import create_app
from backend.bootstrap_alerts import alert_book, alert_desk
from backend.bootstrap_books import books, rebalancing
from backend.bootstrap_first import DASHBOARD, Beginning, now_ms
from backend.bootstrap_ranks import MakeClient, RankParts
from backend.bootstrap_scale import ScaleParts
from backend.bootstrap_sessions import session_manager
from backend.core.accounts_book import AccountsBook
from backend.core.audit_book import AuditBook
from backend.core.backtest_book import BacktestBook
from backend.core.comparison_book import ComparisonBook
from backend.core.conversion_book import ConversionBook
from backend.core.display_view import DisplayView
from backend.core.explain.book import ExplainBook
from backend.core.export_book import ExportBook
from backend.core.import_book import ImportBook
from backend.core.import_status import ImportStatus
from backend.core.key_book import KeyBook
from backend.core.metrics_book import MetricsBook
from backend.core.own_addresses import AddressBook
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView
from backend.core.proof_view import ProofView
from backend.core.report_book import Books, ReportBook
from backend.core.run_book import RunBook
from backend.core.score_book import ScoreBook
from backend.core.series import SeriesCache
from backend.core.settings_book import SettingsBook
from backend.core.stored_charts import ReadyCharts
from backend.core.strategy_book import StrategyBook
from backend.core.task_book import TaskBook
from backend.core.trade_book import TradeBook
from backend.core.trading_rights import TradingRights
from backend.db.engine import make_engine
from backend.db.idempotency import SqlIdempotency
from backend.db.lease import SqlLease
from backend.db.request_budgets import SqlRequestBudgets
from backend.exchange.binance.limits import in_use
from backend.exchange.factory import ExchangeAccess, ExchangeSettings, ReadKeysAlone
from backend.integrations.coinmarketcap import CoinMarketCap
from backend.lease_owner import lease_owner, owner_is_gone
from backend.services.after_refresh import AfterRefresh
from backend.services.audit_keeper import AuditKeeper
from backend.services.auto_refresh import AutoRefresh, RefreshSettings, unchanged
from backend.services.chart_keeper import ChartKeeper
from backend.services.collector import Collector
from backend.services.courtesy import PatientStore
from backend.services.display_rates import DisplayRates
from backend.services.job_queue import JobQueue
from backend.services.key_desk import JobKeyDesk
from backend.services.key_looks import KeyLooks
from backend.services.kill_switch import KillSwitch
from backend.services.live_updates import LiveUpdates
from backend.services.plan_maker import PlanMaker
from backend.services.price_check import PriceQuestions
from backend.services.run_executor import RunExecutor
from backend.services.run_start import RunStarter
from backend.services.score_keeper import ScoreKeeper
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.strategy_runner import StrategyRunner
from backend.services.whole_keeper import WholeKeeper

if TYPE_CHECKING:
    from apiflask import APIFlask
    from sqlalchemy import Engine

    from backend.core.live_ports import LiveFeed, LiveListener
    from backend.core.ports import Store
    from backend.core.request_ports import SharedBudgets

LEASE_MS = 15_000
# A job may wait for a running refresh and then take one itself, each with a few calls of the exchange.
JOB_CALLS = 4
# A conversion waits for two jobs; one more for what stands between them.
WRITE_JOBS = 3
# How long saving targets waits to have the names of new coins checked.
NAME_CHECK_S = 5.0


@dataclass(frozen=True)
class Container(Beginning):
    """All of the program."""

    # A worker opens no key that trades.
    reads_only: bool = False
    rank_client: MakeClient = CoinMarketCap

    @classmethod
    def of(cls, first: Beginning) -> Self:
        """What `first` has built already, and the rest."""
        made = cls(first.settings, first.development, first.password_hashes, first.heavy_work)
        vars(made).update(vars(first))
        return made

    @cached_property
    def _quick(self) -> Engine:
        return make_engine(self.settings.database_url, durable=False)

    @cached_property
    def budgets(self) -> SharedBudgets:
        return self.redis.budgets(SqlRequestBudgets(self.engine, self._quick))

    def close(self) -> None:
        self._quick.dispose()
        super().close()

    @cached_property
    def exchange(self) -> ExchangeAccess:
        settings, keys = self.settings, self.key_parts.store
        return ExchangeAccess(
            ExchangeSettings(
                environment=settings.environment,
                accounts=(),
                simulator_url=settings.simulator_url,
                simulator_stream_url=settings.simulator_stream_url,
                timeout_s=settings.exchange_timeout_s,
                data_dir=settings.data_dir,
                scenario=settings.demo_scenario,
            ),
            self.budgets,
            ReadKeysAlone(keys) if self.reads_only else keys,
        )

    @cached_property
    def scale(self) -> ScaleParts:
        """Steps that are handed to workers."""
        return ScaleParts(self.settings, self.redis, self.store, self.exchange, now_ms, self._chart_keeper)

    @cached_property
    def ranks(self) -> RankParts:
        """Who ranks coins, and the key for it."""
        return RankParts(self.settings, self.store, self.key_parts.sealer, self.rank_client, now_ms)

    @cached_property
    def proofs(self) -> ProofView:
        """Whether anything is missing."""
        portfolio = PortfolioView(self.store, self.view_settings, now_ms)
        performance = PerformanceTracker(self.store, portfolio, self.view_settings, now_ms)
        return ProofView(self.store, portfolio, performance, self.view_settings)

    @cached_property
    def imports(self) -> ImportBook:
        """Files of the user's."""
        portfolio = PortfolioView(self.store, self.view_settings, now_ms)
        return ImportBook(self.store, portfolio, self.view_settings, now_ms)

    @cached_property
    def accounts(self) -> AccountsBook:
        """The accounts of the environment."""
        parts, demo = self.key_parts, self.exchange.demo_reference
        return AccountsBook(self.store, self.settings.environment, lambda: parts.references(demo()), parts.names)

    @cached_property
    def keys(self) -> KeyBook:
        """The keys of the accounts."""
        desk = JobKeyDesk(JobQueue(self.store, now_ms), self.key_parts.sealer, self._job_timeout_s)
        access, environment = self.exchange, self.settings.environment
        return KeyBook(self.store, self.key_parts.store, self.accounts, desk, environment, access.tells_rights)

    @property
    def kill_switch_file(self) -> Path:
        """While a file of this name lies there, nothing is sent."""
        return self.settings.data_dir / "KILL_SWITCH"

    @cached_property
    def rights(self) -> TradingRights:
        """Who may send orders."""
        file = self.kill_switch_file
        access = self.exchange
        return TradingRights(
            self.store,
            self.settings.environment,
            access.arming,
            file.exists,
            now_ms,
            own_time=access.own_time,
            tells_rights=access.tells_rights,
        )

    @cached_property
    def kill_switch(self) -> KillSwitch:
        """What stops all sending of orders."""
        return KillSwitch(self.store, self.settings.environment, self.rights)

    def audit_keeper(self) -> AuditKeeper:
        """What checks the audit trail, not started yet."""
        return AuditKeeper(AuditBook(PatientStore(self.store, self.courtesy), self.settings.environment, now_ms))

    def app(self) -> APIFlask:
        """The web application; `feed` must be started by the entry point."""
        return create_app(self.services())

    def prepare(self) -> None:
        """Do once what the first page would wait for; the schema must be the newest one."""
        ReadyCharts(self.store, self.view_settings, now_ms).prepare()

    def services(self) -> ApiServices:
        """What requests are answered from."""
        portfolio = self.portfolio
        performance = PerformanceTracker(self.store, portfolio, self.view_settings, now_ms)
        read = self._books(portfolio, performance)
        display = DisplayView(self.store, portfolio, performance)
        return ApiServices(
            portfolio=portfolio,
            performance=performance,
            charts=ReadyCharts(self.store, self.view_settings, now_ms),
            trades=TradeBook(self.store, portfolio, self.view_settings),
            profits=read.profits,
            risk=read.risk,
            daily=read.daily,
            exports=ExportBook(self.store, portfolio, self.view_settings),
            display=display,
            imports=self.imports,
            accounts=self.accounts,
            keys=self.keys,
            rank_keys=self.ranks.keys,
            addresses=AddressBook(self.store, self.settings.environment, now_ms),
            import_status=ImportStatus(self.store, portfolio, self.view_settings, now_ms),
            proofs=read.proofs,
            explain=ExplainBook(self.store, portfolio, performance, display, self.view_settings, read),
            settings=SettingsBook(self.store, portfolio),
            benchmarks=read.benchmarks,
            comparisons=ComparisonBook(self.store, performance, self.view_settings),
            rebalancing=rebalancing(
                self.store, portfolio, self.view_settings, self._asked(NAME_CHECK_S), self.ranks.keys.has_ranks, now_ms
            ),
            reports=ReportBook(self.store, portfolio, performance, self.view_settings, read),
            runs=RunBook(self.store, self.settings.environment, self.settings.reporting_currency, now_ms),
            strategies=StrategyBook(self.store, self.settings.environment, now_ms),
            scores=ScoreBook(self.store, portfolio),
            conversions=ConversionBook(self.store, self.settings.environment),
            backtests=BacktestBook(self.store, self.view_settings),
            rights=self.rights,
            alerts=alert_book(self.store, self.settings, self.key_parts.sealer, now_ms),
            kill_switch=self.kill_switch,
            logs=self.observing.book,
            log_memory=self.observing.keeper,
            metrics=MetricsBook(self.store, portfolio, self.settings.environment, now_ms),
            metrics_token=self.settings.metrics_token,
            checks=self.observing.checks,
            tasks=TaskBook(self.store, self.settings.environment, now_ms),
            audit=AuditBook(self.store, self.settings.environment, now_ms),
            backups=self.backups.book,
            data_export=self.backups.data_export,
            limits=lambda: in_use(self.budgets.all(), time.time()),
            jobs=JobQueue(self.store, now_ms),
            feed=self.feed,
            sessions=self.sessions,
            auth=self.auth,
            idempotency=SqlIdempotency(self.engine, now_ms, round(self._job_timeout_s * WRITE_JOBS * 1000)),
            cache=self.cache,
            dashboard=DASHBOARD,
            page_opens=self.courtesy.page_opens,
            environment=self.settings.environment,
            reporting_currency=self.settings.reporting_currency,
            demo_controls=self.settings.environment == "demo",
            allowed_origins=self.settings.allowed_origins,
            development=self.development,
            job_timeout_s=self._job_timeout_s,
        )

    def _books(self, portfolio: PortfolioView, performance: PerformanceTracker) -> Books:
        asked = self._asked(self._job_timeout_s)
        return books(self.store, portfolio, performance, self.view_settings, self.proofs, asked)

    def _asked(self, timeout_s: float) -> PriceQuestions:
        return PriceQuestions(JobQueue(self.store, now_ms), timeout_s)

    @property
    def _job_timeout_s(self) -> float:
        return self.settings.exchange_timeout_s * JOB_CALLS + 5.0

    def collector(self) -> Collector:
        """The background work, not started yet."""
        settings, access = self.settings, self.exchange
        live = LiveUpdates(self.store, self._open_feed, settings.reporting_currency) if access.has_streams else None
        patient = PatientStore(self.store, self.courtesy)
        refresh = AutoRefresh(
            patient,
            RefreshSettings(settings.reporting_currency, settings.snapshot_interval_s),
            now_ms,
            newest=live.newest if live else unchanged,
        )
        sessions = session_manager(self.store, access, settings.environment, self.key_parts.take_over)
        lease = SqlLease(self.engine, lease_owner(), LEASE_MS, now_ms, owner_is_gone)
        interval_s = float(settings.balance_update_interval_s)
        rates = DisplayRates(patient, settings.reporting_currency)
        shadows, charts = ShadowKeeper(patient, settings.reporting_currency), self._chart_keeper()
        plans = PlanMaker(self.store, settings.reporting_currency, self.ranks.book())
        wholes = WholeKeeper(
            self.store, settings.reporting_currency, settings.snapshot_interval_s, shadows, self._chart_keeper()
        )
        alerts = alert_desk(self.store, settings, self.key_parts.sealer, now_ms)
        starter = RunStarter(self.store, settings.environment, access.trading, self.rights, now_ms, interval_s)
        return Collector(
            self.store,
            lease,
            sessions,
            refresh,
            interval_s,
            access.demo,
            live,
            rates,
            shadows,
            charts,
            plans,
            keys=KeyLooks(self.store, self.key_parts.store, self.key_parts.sealer, access.look_at, now_ms),
            scores=ScoreKeeper(self.store, settings.reporting_currency),
            runs=RunExecutor(self.store, settings.environment, access.trading, self.rights, starter, now_ms),
            backtests=self.scale.backtests(),
            strategies=StrategyRunner(self.store, settings.environment, plans, starter, self.rights, now_ms),
            wholes=wholes,
            alerts=alerts,
            rank_keys=self.ranks.looks(),
            steps=self.scale.steps(AfterRefresh(live=live, wholes=wholes, alerts=alerts)),
            at_once=self.scale.at_once,
            executions=self.redis.executions(self.store),
            publisher=self.redis.publisher(self.store),
            backups=self.backups.keeper(),
        )

    def _chart_keeper(self, store: Store | None = None) -> ChartKeeper:
        """What keeps charts ready; it goes from one account to the next and holds no series of those behind it."""
        portfolio = PortfolioView(self.store, self.view_settings, now_ms)
        performance = PerformanceTracker(self.store, portfolio, self.view_settings, now_ms, SeriesCache(most=1))
        return ChartKeeper(store or self.store, performance, self.view_settings, chart_body)

    def _open_feed(self, listener: LiveListener, changed: Callable[[], None]) -> LiveFeed:
        return self.exchange.open_feed(listener, changed, now_ms)
