"""Answers about the program itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backend import __version__
from backend.api.schemas.system import DemoActionIn
from backend.api.shapes.common import instant, percent
from backend.core.errors import BadInputError
from backend.core.exchange_clock import trading_refused
from backend.core.model.health import HARDLY_ANY_BYTES, LITTLE_BYTES, ProgramChecks, RedisState

if TYPE_CHECKING:
    from backend.core.model.request_budget import LimitUse
    from backend.core.model.task_log import StoredLine
    from backend.core.task_book import Latency, RefreshShare
    from backend.core.views import HealthView, SyncView

# The collector tries once in an interval; without a try for that many of them, and never before five minutes, it is
# not running.
SILENT_INTERVALS: Final = 10
SILENT_S: Final = 300.0
NOT_BUILT: Final = "The dashboard is not built"
BUILT_IN: Final = ("demo", "simulator")
# Of these any trouble degrades the program; that of the others is told by `sync_status`.
VITAL: Final = frozenset({"database", "collector", "schema", "disk"})
Component = dict[str, str]


def health(
    view: HealthView,
    pages: bool,
    started_ms: int,
    database_ms: float,
    limits: Sequence[LimitUse],
    refreshes: RefreshShare,
    checks: ProgramChecks,
) -> dict[str, Any]:
    """200 only when pages can be served; a failing exchange or a database that takes no write degrades the program."""
    found = [
        _pages(pages),
        _database(checks),
        _collector(view, checks.lease_held),
        *_exchange(view),
        _streams(view.sync),
        _snapshots(view),
        _component("history", "starting", view.sync.import_detail)
        if view.sync.importing
        else _component("history", "ok"),
        _schema(checks),
        _disk(checks),
        *_redis(checks.redis),
    ]
    troubled = [one for one in found if one["name"] in VITAL and one["status"] in ("warning", "down")]
    well = view.sync.status in ("healthy", "starting") and not troubled
    words = view.sync.error or next((one["detail"] for one in troubled), None)
    return {
        "status": "down" if not pages else "ok" if well else "degraded",
        "sync_status": view.sync.status,
        "last_sync": instant(view.basis.refreshed_machine_ms),
        "sync_lag_seconds": view.lag_s,
        "api_response_time_ms": view.sync.latency_ms,
        "clock_offset_ms": view.clock_offset_ms,
        "database_connection": "ok",
        "database_writable": checks.write.works,
        "database_write_time_ms": None if checks.write.write_ms is None else round(checks.write.write_ms, 3),
        "disk_free_bytes": checks.free_bytes,
        "database_response_time_ms": round(database_ms, 3),
        "redis_connection": checks.redis.connection,
        "workers": _workers(checks.redis),
        "pages": "ok" if pages else "not_built",
        "environment": view.basis.environment,
        "version": __version__,
        "started_at": instant(started_ms),
        "detail": words if pages else NOT_BUILT,
        "components": found,
        "limits": [
            {
                "host": one.host,
                "pool": one.pool,
                "used": one.used,
                "limit": one.limit,
                "window_s": one.window_s,
                "silent_until": instant(one.silent_until_ms),
                "banned": one.banned,
            }
            for one in limits
        ],
        "refreshes_24h": {
            "worked": refreshes.count.worked,
            "failed": refreshes.count.failed,
            "worked_percent": percent(refreshes.ratio),
            "since": instant(refreshes.count.since_ms),
            "reason": refreshes.reason,
        },
    }


def health_down(environment: str, detail: str, pages: bool, started_ms: int) -> dict[str, Any]:
    """The database cannot be read: nothing can be shown."""
    return {
        "status": "down",
        "sync_status": "failing",
        "last_sync": None,
        "sync_lag_seconds": None,
        "api_response_time_ms": None,
        "clock_offset_ms": None,
        "database_connection": "failed",
        "database_writable": False,
        "database_write_time_ms": None,
        "disk_free_bytes": None,
        "database_response_time_ms": None,
        "redis_connection": "not_configured",
        "workers": None,
        "pages": "ok" if pages else "not_built",
        "environment": environment,
        "version": __version__,
        "started_at": instant(started_ms),
        "detail": detail,
        "components": [_pages(pages), _component("database", "down", detail), _component("redis", "not_used")],
        "limits": [],
        "refreshes_24h": None,
    }


def without_words(body: dict[str, Any]) -> dict[str, Any]:
    """The states alone: words name accounts, and say what the exchange has against their keys."""
    return body | {"detail": None, "components": [one | {"detail": ""} for one in body["components"]]}


def logs(environment: str, lines: Sequence[StoredLine], cursor: str | None) -> dict[str, Any]:
    items = [
        {
            "id": stored.id,
            "at": instant(stored.at_ms),
            "level": stored.line.level,
            "task": stored.line.task,
            "account": stored.line.account_id,
            "code": stored.line.code,
            "detail": stored.line.detail,
            "numbers": dict(stored.line.numbers),
            "duration_ms": stored.line.duration_ms,
        }
        for stored in lines
    ]
    return {"environment": environment, "items": items, "next_cursor": cursor}


def latencies(environment: str, found: Sequence[Latency]) -> dict[str, Any]:
    items = [
        {
            "component": one.component,
            "median_ms": one.median_ms,
            "samples": one.samples,
            "since": instant(one.since_ms),
            "series": [{"t": instant(at_ms), "ms": took_ms} for at_ms, took_ms in one.course],
        }
        for one in found
    ]
    return {"environment": environment, "items": items}


def demo_action(form: DemoActionIn) -> dict[str, Any]:
    """Read the form: a movement needs an amount, a price shock a percentage."""
    if form.action == "price_shock":
        if form.percent is None or form.percent == 0:
            raise BadInputError("A price shock needs a percentage other than 0", "percent")
        return {"action": form.action, "asset": form.asset, "percent": form.percent}
    if form.amount is None or not form.amount.strip("0."):
        raise BadInputError("Enter an amount above 0", "amount")
    return {"action": form.action, "asset": form.asset, "amount": form.amount}


def _component(name: str, status: str, detail: str = "") -> Component:
    return {"name": name, "status": status, "detail": detail}


def _pages(built: bool) -> Component:
    return _component("pages", "ok") if built else _component("pages", "down", NOT_BUILT)


def _database(checks: ProgramChecks) -> Component:
    if checks.write.works:
        return _component("database", "ok", checks.engine_name)
    return _component("database", "warning", f"It can be read, not written: {checks.write.detail}")


def _redis(redis: RedisState) -> list[Component]:
    """Without Redis, or without a worker, the program goes on by itself."""
    if redis.connection == "not_configured":
        return [_component("redis", "not_used")]
    words = "It does not answer: requests are counted in the database, and the collector does every step itself"
    found = [_component("redis", "ok") if redis.connection == "ok" else _component("redis", "warning", words)]
    workers = redis.workers
    if workers is not None:
        none = "None runs: the collector does every step itself"
        found.append(_component("workers", "ok") if workers.number else _component("workers", "warning", none))
    return found


def _workers(redis: RedisState) -> dict[str, Any] | None:
    found = redis.workers
    if found is None:
        return None
    return {"number": found.number, "waiting": found.waiting, "oldest_s": found.oldest_s}


def _schema(checks: ProgramChecks) -> Component:
    """An older program beside a newer one on the same database, or the other way round."""
    if checks.schema == checks.newest_schema:
        return _component("schema", "ok")
    words = f"The database has schema {checks.schema}, this program is made for {checks.newest_schema}: start it again"
    return _component("schema", "warning", words)


def _disk(checks: ProgramChecks) -> Component:
    unknown = next((one.detail for one in checks.disks if one.detail), "")
    free = checks.free_bytes
    if unknown or free is None:
        return _component("disk", "warning", unknown)
    words = f"{free / 1e6:,.0f} MB are free"
    return _component("disk", "down" if free < HARDLY_ANY_BYTES else "warning" if free < LITTLE_BYTES else "ok", words)


def _collector(view: HealthView, lease_held: bool | None) -> Component:
    """A long first import is one try: the collector is at work all the while."""
    age_s = view.attempted_age_s
    if age_s is None:
        return _component("collector", "starting")
    if lease_held is False:
        return _component("collector", "down", "No collector works: none has taken the right to")
    if not view.sync.importing and age_s > max(SILENT_INTERVALS * view.sync.interval_s, SILENT_S):
        return _component("collector", "down", f"It last tried {age_s:.0f} s ago")
    return _component("collector", "ok")


def _exchange(view: HealthView) -> list[Component]:
    """The exchange that is read; in demo and rehearsal it is the built-in one, which is then a component too."""
    sync = view.sync
    states = {"healthy": "ok", "degraded": "warning", "failing": "down", "starting": "starting"}
    # An old balance is the collector's matter: the exchange is well until it fails to answer.
    status = states[sync.status] if sync.error or sync.status == "starting" else "ok"
    detail = sync.error or ""
    # A simulator may keep a time of its own.
    apart = None if view.clock_offset_ms is None else trading_refused(view.clock_offset_ms)
    if status == "ok" and apart is not None and view.basis.environment not in BUILT_IN:
        status, detail = "warning", apart
    found = [_component("exchange", status, detail)]
    if view.basis.environment in BUILT_IN:
        silent = sync.error_code == "exchange-unavailable"
        found.append(_component("simulator", status if silent or status == "starting" else "ok"))
    return found


def _streams(sync: SyncView) -> Component:
    states = {"live": "ok", "reconnecting": "warning", "off": "not_used"}
    return _component("streams", states[sync.streams.state], sync.streams.detail)


def _snapshots(view: HealthView) -> Component:
    """On time while the balances' own clock has not passed the next slot by a whole interval."""
    sync, as_of = view.sync, view.basis.as_of_ms
    if sync.last_snapshot_ms is None or as_of is None:
        return _component("snapshots", "starting")
    late = as_of - sync.last_snapshot_ms > 2 * sync.snapshot_interval_s * 1000
    return _component("snapshots", "warning", "The last slot is missing") if late else _component("snapshots", "ok")
