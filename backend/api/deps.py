"""What the routes need, handed over by `bootstrap` and kept on the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from flask import current_app

if TYPE_CHECKING:
    from backend.api.answers import ReadCache
    from backend.core.accounts_book import AccountsBook
    from backend.core.alert_book import AlertBook
    from backend.core.audit_book import AuditBook
    from backend.core.backtest_book import BacktestBook
    from backend.core.backup_book import BackupBook
    from backend.core.benchmark_book import BenchmarkBook
    from backend.core.comparison_book import ComparisonBook
    from backend.core.conversion_book import ConversionBook
    from backend.core.daily_book import DailyBook
    from backend.core.data_export import DataExport
    from backend.core.display_view import DisplayView
    from backend.core.explain.book import ExplainBook
    from backend.core.export_book import ExportBook
    from backend.core.health_ports import Checks
    from backend.core.import_book import ImportBook
    from backend.core.import_status import ImportStatus
    from backend.core.key_book import KeyBook
    from backend.core.log_book import LogBook
    from backend.core.log_ports import LogMemory
    from backend.core.metrics_book import MetricsBook
    from backend.core.model.jobs import Job
    from backend.core.model.request_budget import LimitUse
    from backend.core.own_addresses import AddressBook
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import PortfolioView
    from backend.core.profit_book import ProfitBook
    from backend.core.proof_view import ProofView
    from backend.core.rank_key_book import RankKeyBook
    from backend.core.rebalancing_book import RebalancingBook
    from backend.core.report_book import ReportBook
    from backend.core.request_ports import Remembered
    from backend.core.risk_book import RiskBook
    from backend.core.run_book import RunBook
    from backend.core.score_book import ScoreBook
    from backend.core.settings_book import SettingsBook
    from backend.core.sign_in.auth import Auth
    from backend.core.sign_in.sessions import Sessions
    from backend.core.stored_charts import ReadyCharts
    from backend.core.strategy_book import StrategyBook
    from backend.core.task_book import TaskBook
    from backend.core.trade_book import TradeBook
    from backend.core.trading_rights import SwitchView, TradingRights


class Jobs(Protocol):
    """Asks the collector to do something, and waits for it where the caller does."""

    def submit(self, kind: str, account_id: int | None, payload: Mapping[str, Any]) -> int: ...
    def wait(self, job_id: int, timeout_s: float) -> Job: ...
    def try_wait(self, job_id: int, timeout_s: float) -> bool: ...
    def throttle(self, kind: str, every_s: float) -> None: ...


class Switch(Protocol):
    """What stops all sending of orders."""

    def view(self) -> SwitchView: ...
    def throw(self) -> SwitchView: ...
    def lift(self) -> SwitchView: ...


class EventFeed(Protocol):
    """The newest events, for server-sent events and for the revision of the data."""

    @property
    def revision(self) -> int: ...
    def catch_up(self) -> int: ...
    def after(self, event_id: int, timeout_s: float) -> list[tuple[int, str, str]] | None: ...
    def subscribe(self) -> bool: ...
    def unsubscribe(self) -> None: ...


class Idempotency(Protocol):
    """Remembers what a write with an Idempotency-Key answered."""

    def recall(self, key: str, scope: str, body_hash: str) -> Remembered | str: ...
    def remember(self, key: str, scope: str, body_hash: str, status: int, body: bytes) -> None: ...
    def forget(self, key: str, scope: str) -> None: ...
    def release(self, key: str, scope: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstServices:
    """What the first pages after a start need (`first_pages`)."""

    portfolio: PortfolioView
    feed: EventFeed
    sessions: Sessions
    cache: ReadCache
    dashboard: Path
    page_opens: Callable[[], None]
    allowed_origins: tuple[str, ...]
    development: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiServices(FirstServices):
    """Everything a request may use."""

    performance: PerformanceTracker
    charts: ReadyCharts
    trades: TradeBook
    profits: ProfitBook
    risk: RiskBook
    daily: DailyBook
    exports: ExportBook
    display: DisplayView
    imports: ImportBook
    accounts: AccountsBook
    keys: KeyBook
    rank_keys: RankKeyBook
    addresses: AddressBook
    import_status: ImportStatus
    proofs: ProofView
    explain: ExplainBook
    settings: SettingsBook
    benchmarks: BenchmarkBook
    comparisons: ComparisonBook
    rebalancing: RebalancingBook
    reports: ReportBook
    tasks: TaskBook
    audit: AuditBook
    logs: LogBook
    log_memory: LogMemory
    metrics: MetricsBook
    metrics_token: str
    checks: Checks
    runs: RunBook
    strategies: StrategyBook
    scores: ScoreBook
    conversions: ConversionBook
    backtests: BacktestBook
    backups: BackupBook
    data_export: DataExport
    rights: TradingRights
    alerts: AlertBook
    kill_switch: Switch
    limits: Callable[[], Sequence[LimitUse]]
    jobs: Jobs
    auth: Auth
    idempotency: Idempotency
    environment: str
    reporting_currency: str
    demo_controls: bool
    job_timeout_s: float


def first_services() -> FirstServices:
    """The services of the application that answers this request, whichever it is."""
    return cast(FirstServices, current_app.extensions["portfolio"])


def services() -> ApiServices:
    """The same, of the whole application."""
    return cast(ApiServices, current_app.extensions["portfolio"])
