"""Figures as Prometheus' metrics. Each name stands in the table of docs/operations.md; a test compares the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, get_args

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from backend import __version__
from backend.core.model.alerts import AlertCounts, AlertKind
from backend.core.model.runs import LegState

if TYPE_CHECKING:
    from backend.core.log_ports import LogMemory
    from backend.core.metrics_book import AccountMetrics, ProgramMetrics
    from backend.core.model.health import ProgramChecks
    from backend.core.model.request_budget import LimitUse

PREFIX: Final = "portfolio_"
ACCOUNT: Final = ("account", "account_id")
SEVERITIES: Final = ("danger", "warn", "info")


def families(
    program: ProgramMetrics | None,
    limits: Sequence[LimitUse],
    switch_on: bool | None,
    checks: ProgramChecks,
    log: LogMemory,
    environment: str,
    currency: str,
) -> Iterator[Metric]:
    """Everything that is read when it is asked for; without the database what can be told without it."""
    build = _gauge("build_info", "Version and environment; always 1", ["version", "environment"])
    build.add_metric([__version__, environment], 1)
    yield build
    yield from _checks(checks)
    yield from _log(log)
    if program is None:
        return
    yield from _accounts(program.accounts, currency)
    yield from _limits(limits)
    yield _one("kill_switch", "1 while the kill switch stops all sending of orders", float(bool(switch_on)))
    orders = _gauge("orders", "Orders of the newest 50 runs by state", ["state"])
    for state in get_args(LegState):
        orders.add_metric([state.lower()], program.orders.get(state, 0))
    yield orders
    refreshes = _gauge("refreshes_24h", "Tries to refresh balances in the last 24 hours", ["result"])
    refreshes.add_metric(["worked"], program.refreshes.worked)
    refreshes.add_metric(["failed"], program.refreshes.failed)
    yield refreshes
    waiting = Counter(one.severity for one in program.attention)
    attention = _gauge("alerts", "What waits for the user now, by severity", ["severity"])
    for severity in SEVERITIES:
        attention.add_metric([severity], waiting[severity])
    yield attention
    yield from _alerts(program.alerts)


def _alerts(counts: AlertCounts) -> Iterator[Metric]:
    told: Sequence[tuple[str, str, Mapping[AlertKind, int]]] = (
        ("alerts_listed", "Alerts in the list, by kind", counts.listed),
        ("alerts_unread", "Alerts that nobody has read, by kind", counts.unread),
        ("alerts_firing", "Levels that were told and have not been left since, by kind", counts.firing),
    )
    for name, words, numbers in told:
        gauge = _gauge(name, words, ["kind"])
        for kind in get_args(AlertKind):
            gauge.add_metric([kind], numbers.get(kind, 0))
        yield gauge


def _checks(checks: ProgramChecks) -> Iterator[Metric]:
    yield _one("database_up", "1 while the database can be read", float(checks.schema is not None))
    yield _one("database_writable", "1 while a row can be written", float(checks.write.works))
    if checks.write.write_ms is not None:
        yield _one("database_write_seconds", "How long writing a row took", checks.write.write_ms / 1000)
    current = checks.schema == checks.newest_schema
    yield _one("schema_current", "1 while the database has the schema of this version", float(current))
    yield _one("collector_lease_held", "1 while a collector has the right to work", float(bool(checks.lease_held)))
    if checks.free_bytes is not None:
        yield _one("disk_free_bytes", "Free on the disk of the data, the fullest of them", checks.free_bytes)
    if checks.redis.connection != "not_configured":
        yield _one("redis_up", "1 while Redis answers", float(checks.redis.connection == "ok"))
    workers = checks.redis.workers
    if workers is not None:
        yield _one("workers", "Workers that run", workers.number)
        yield _one("steps_waiting", "Steps handed to workers and not done", workers.waiting)
        yield _one("oldest_step_seconds", "How long ago the oldest of them was handed out", workers.oldest_s or 0.0)


def _log(log: LogMemory) -> Iterator[Metric]:
    lines = CounterMetricFamily(f"{PREFIX}log_lines", "Log lines written by this process", labels=["level"])
    for level, count in log.counts().items():
        lines.add_metric([level], count)
    yield lines
    dropped = CounterMetricFamily(f"{PREFIX}log_lines_dropped", "Log lines that were too many to be stored")
    dropped.add_metric([], log.dropped)
    yield dropped


def _accounts(accounts: Sequence[AccountMetrics], currency: str) -> Iterator[Metric]:
    nav = _gauge("nav", "Value of an account in its currency", [*ACCOUNT, "currency"])
    complete = _gauge("nav_complete", "1 while every wallet was read and every coin has a price", ACCOUNT)
    lag = _gauge("sync_lag_seconds", "Since the last good refresh", ACCOUNT)
    failures = _gauge("sync_failures", "Refreshes that failed since the last good one", ACCOUNT)
    answers = _gauge("exchange_answer_seconds", "How long the exchange took for its last answer", ACCOUNT)
    offsets = _gauge("exchange_clock_offset_seconds", "The exchange's clock minus this machine's", ACCOUNT)
    snapshots = _gauge("snapshot_lag_seconds", "How much newer the balances are than the last snapshot", ACCOUNT)
    gaps = _gauge("snapshot_gaps", "Snapshots missing since the first", ACCOUNT)
    for one in accounts:
        name = [one.account.name, str(one.account.id)]
        if one.value is not None:
            nav.add_metric([*name, currency], float(one.value))
        told: Sequence[tuple[GaugeMetricFamily, float | None]] = (
            (complete, float(one.complete)),
            (lag, one.lag_s),
            (failures, one.failures),
            (answers, one.answer_s),
            (offsets, one.clock_offset_s),
            (snapshots, one.snapshot_lag_s),
            (gaps, one.gaps),
        )
        for gauge, value in told:
            if value is not None:
                gauge.add_metric(name, value)
    yield from (nav, complete, lag, failures, answers, offsets, snapshots, gaps)


def _limits(limits: Sequence[LimitUse]) -> Iterator[Metric]:
    used = _gauge("exchange_weight_used", "Of a request limit, used in its running window", ["host", "pool"])
    most = _gauge("exchange_weight_limit", "The request limit itself", ["host", "pool"])
    silent = _gauge("exchange_silent", "1 while nothing is sent to a host: it asked for a wait", ["host"])
    for one in limits:
        used.add_metric([one.host, one.pool], one.used)
        most.add_metric([one.host, one.pool], one.limit)
    for host in dict.fromkeys(one.host for one in limits):
        quiet = any(one.host == host and one.silent_until_ms is not None for one in limits)
        silent.add_metric([host], float(quiet))
    yield from (used, most, silent)


def _gauge(name: str, words: str, labels: Sequence[str] = ()) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}{name}", words, labels=labels)


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    made = _gauge(name, words)
    made.add_metric([], value)
    return made
