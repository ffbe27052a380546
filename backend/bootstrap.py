"""The composition root: settings to engine, exchange, services. Imported by entry points only."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import structlog
from apiflask import APIFlask
from sqlalchemy import Engine

from backend.api.answers import ReadCache
from backend.api.deps import ApiServices
from backend.app import create_app
from backend.config import PROJECT_ROOT, Settings
from backend.core.accounts_book import AccountsBook
from backend.core.benchmark_book import BenchmarkBook
from backend.core.comparison_book import ComparisonBook
from backend.core.daily_book import DailyBook
from backend.core.display_view import DisplayView
from backend.core.explain.book import ExplainBook
from backend.core.export_book import ExportBook
from backend.core.import_book import ImportBook
from backend.core.import_status import ImportStatus
from backend.core.live_ports import LiveFeed, LiveListener
from backend.core.model.accounts import Account
from backend.core.own_addresses import AddressBook
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.ports import Exchange, Store
from backend.core.profit_book import ProfitBook
from backend.core.proof_view import ProofView
from backend.core.risk_book import RiskBook
from backend.core.settings_book import SettingsBook
from backend.core.task_book import TaskBook
from backend.core.trade_book import TradeBook
from backend.db.engine import make_engine
from backend.db.idempotency import SqlIdempotency
from backend.db.lease import SqlLease
from backend.db.migrate import upgrade
from backend.db.request_budgets import SqlRequestBudgets
from backend.db.unit_of_work import SqlStore
from backend.exchange.binance.limits import in_use
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.services.auto_refresh import AutoRefresh, RefreshSettings, unchanged
from backend.services.collector import Collector
from backend.services.display_rates import DisplayRates
from backend.services.event_feed import EventFeed
from backend.services.job_queue import JobQueue
from backend.services.live_updates import LiveUpdates
from backend.services.price_check import PriceQuestions
from backend.services.session_manager import SessionManager
from backend.services.shadow_keeper import ShadowKeeper
from backend.services.statement_update import told_by_statements

log = structlog.get_logger(__name__)

LEASE_MS = 15_000
# A job may wait for a running refresh and then take one itself, each with a few calls of the exchange.
JOB_CALLS = 4


def now_ms() -> int:
    """This machine's clock, in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Container:
    """Builds each part once, when it is first asked for."""

    settings: Settings
    development: bool = False

    @cached_property
    def engine(self) -> Engine:
        return make_engine(self.settings.database_url)

    @cached_property
    def store(self) -> SqlStore:
        return SqlStore(self.engine, now_ms)

    @cached_property
    def budgets(self) -> SqlRequestBudgets:
        return SqlRequestBudgets(self.engine, make_engine(self.settings.database_url, durable=False))

    @cached_property
    def exchange(self) -> ExchangeAccess:
        settings = self.settings
        return ExchangeAccess(
            ExchangeSettings(
                environment=settings.environment,
                accounts=[
                    AccountKeys(one.name, one.api_key, one.api_secret, one.key_type) for one in settings.accounts
                ],
                simulator_url=settings.simulator_url,
                simulator_stream_url=settings.simulator_stream_url,
                timeout_s=settings.exchange_timeout_s,
                data_dir=settings.data_dir,
                scenario=settings.demo_scenario,
            ),
            self.budgets,
        )

    @cached_property
    def feed(self) -> EventFeed:
        return EventFeed(self.store)

    @cached_property
    def view_settings(self) -> ViewSettings:
        settings = self.settings
        return ViewSettings(
            environment=settings.environment,
            reporting_currency=settings.reporting_currency,
            interval_s=settings.balance_update_interval_s,
            snapshot_interval_s=settings.snapshot_interval_s,
            display_time_zone=settings.display_time_zone,
        )

    def migrate(self) -> None:
        """Bring the database to the newest schema."""
        before, after = upgrade(self.engine)
        log.info("Database initialized", schema=after, upgraded_from=before if before != after else None)

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
        return AccountsBook(self.store, self.settings.environment, self.exchange.references)

    def app(self) -> APIFlask:
        """The web application; `feed` must be started by the entry point."""
        portfolio = PortfolioView(self.store, self.view_settings, now_ms)
        performance = PerformanceTracker(self.store, portfolio, self.view_settings, now_ms)
        services = ApiServices(
            portfolio=portfolio,
            performance=performance,
            trades=TradeBook(self.store, portfolio, self.view_settings),
            profits=ProfitBook(self.store, portfolio, performance, self.view_settings),
            risk=RiskBook(self.store, performance, self.view_settings.snapshot_interval_s),
            daily=DailyBook(self.store, performance, self.view_settings),
            exports=ExportBook(self.store, portfolio, self.view_settings),
            display=DisplayView(self.store, portfolio, performance),
            imports=self.imports,
            accounts=self.accounts,
            addresses=AddressBook(self.store, self.settings.environment, now_ms),
            import_status=ImportStatus(self.store, portfolio, self.view_settings, now_ms),
            proofs=self.proofs,
            explain=ExplainBook(self.store, portfolio, performance),
            settings=SettingsBook(self.store, portfolio),
            benchmarks=BenchmarkBook(
                self.store,
                portfolio,
                performance,
                self.view_settings,
                PriceQuestions(JobQueue(self.store, now_ms), self._job_timeout_s).unpriced,
            ),
            comparisons=ComparisonBook(self.store, performance, self.view_settings),
            tasks=TaskBook(self.store, self.settings.environment, now_ms),
            limits=lambda: in_use(self.budgets.all(), time.time()),
            jobs=JobQueue(self.store, now_ms),
            feed=self.feed,
            idempotency=SqlIdempotency(self.engine, now_ms),
            cache=ReadCache(lambda: self.feed.revision),
            dashboard=PROJECT_ROOT / "frontend" / "dist",
            environment=self.settings.environment,
            reporting_currency=self.settings.reporting_currency,
            demo_controls=self.settings.environment == "demo",
            allowed_origins=self.settings.allowed_origins,
            development=self.development,
            job_timeout_s=self._job_timeout_s,
        )
        return create_app(services)

    @property
    def _job_timeout_s(self) -> float:
        return self.settings.exchange_timeout_s * JOB_CALLS + 5.0

    def collector(self) -> Collector:
        """The background work, not started yet."""
        settings = self.settings
        access = self.exchange
        live = LiveUpdates(self.store, self._open_feed, settings.reporting_currency) if access.has_streams else None
        refresh = AutoRefresh(
            self.store,
            RefreshSettings(settings.reporting_currency, settings.snapshot_interval_s),
            now_ms,
            newest=live.newest if live else unchanged,
        )
        sessions = session_manager(self.store, access, settings.environment)
        lease = SqlLease(self.engine, lease_owner(), LEASE_MS, now_ms, owner_is_gone)
        interval_s = float(settings.balance_update_interval_s)
        rates = DisplayRates(self.store, settings.reporting_currency)
        shadows = ShadowKeeper(self.store, settings.reporting_currency)
        return Collector(self.store, lease, sessions, refresh, interval_s, access.demo, live, rates, shadows)

    def _open_feed(self, listener: LiveListener, changed: Callable[[], None]) -> LiveFeed:
        return self.exchange.open_feed(listener, changed, now_ms)


def session_manager(store: Store, access: ExchangeAccess, environment: str) -> SessionManager:
    """The accounts of the settings, and those of the database that live from statements."""

    def without_key(account: Account) -> Exchange:
        return access.without_key(lambda: told_by_statements(store, account.id))

    return SessionManager(store, environment, access.accounts, access.connect, access.address, without_key)


def lease_owner() -> str:
    """Names this process: machine, process id, and a token, since ids are used again."""
    return f"{socket.gethostname()}|{os.getpid()}|{secrets.token_hex(4)}"


def owner_is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that runs no more: a killed program need not be waited out."""
    host, _, rest = owner.partition("|")
    pid = rest.partition("|")[0]
    if host != socket.gethostname() or not pid.isdigit() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
