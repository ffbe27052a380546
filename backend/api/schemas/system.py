"""Answers about the program itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, Instant, PageQuery, Percent, Query, Reason
from backend.core.model.task_log import LogLevel, TaskName
from backend.core.task_book import Timed


class EventsQuery(Query):
    """Where to go on, for clients that cannot set the header Last-Event-ID."""

    last_event_id: int | None = Field(default=None, ge=0, lt=10**18)


class ComponentOut(BaseModel):
    """One part of the program, or what it talks to. `detail` says in words what `status` does not."""

    name: Literal[
        "pages",
        "database",
        "collector",
        "exchange",
        "streams",
        "snapshots",
        "history",
        "schema",
        "disk",
        "redis",
        "workers",
        "simulator",
    ]
    status: Literal["ok", "starting", "warning", "down", "not_used"]
    detail: str


class LimitOut(BaseModel):
    """One request limit of a host of the exchange, of which something is used in its running window."""

    host: str
    pool: Literal["api", "sapi_ip", "sapi_uid", "sapi_uid_second", "fapi", "dapi"]
    used: int
    limit: int
    window_s: int
    silent_until: Instant | None = Field(description="Nothing is sent to the host before (machine)")
    banned: bool


class RefreshesOut(BaseModel):
    """Tries to refresh balances in the running hour and the 23 before it, of all accounts together."""

    worked: int
    failed: int
    worked_percent: Percent | None = Field(description="null while less than an hour is known")
    since: Instant | None = Field(description="The first try that is counted (machine)")
    reason: Reason


class WorkersOut(BaseModel):
    """Workers that steps of accounts are handed to."""

    number: int
    waiting: int = Field(description="Steps that are handed out and not done")
    oldest_s: float | None = Field(description="How long ago the oldest of them was handed out; null: there is none")


class HealthOut(BaseModel):
    """ok or degraded with 200, down with 503."""

    status: Literal["ok", "degraded", "down"]
    sync_status: Literal["healthy", "degraded", "failing", "starting"]
    last_sync: Instant | None
    sync_lag_seconds: float | None
    api_response_time_ms: int | None
    clock_offset_ms: int | None = Field(description="The exchange's clock minus this machine's")
    database_connection: Literal["ok", "failed"]
    database_writable: bool = Field(description="Whether a row could be written; tried every ten seconds at most")
    database_write_time_ms: float | None = Field(description="How long that took; null where it could not")
    disk_free_bytes: int | None = Field(description="On the disk of the data, the fullest of them; null: not known")
    database_response_time_ms: float | None = Field(description="How long reading the state of this very answer took")
    redis_connection: Literal["ok", "failed", "not_configured"]
    workers: WorkersOut | None = Field(description="null where the collector does the steps itself")
    pages: Literal["ok", "not_built"]
    environment: Environment
    version: str
    started_at: Instant = Field(description="When this process began to serve (machine)")
    detail: str | None
    components: list[ComponentOut]
    limits: list[LimitOut]
    refreshes_24h: RefreshesOut | None = Field(description="null while the database cannot be read")


class LogsQuery(PageQuery):
    """What of the log is wanted."""

    level: LogLevel = Field(default="ok", description="This level and those above it: ok, run, retry, warning")
    task: TaskName | None = None


class LogLineOut(BaseModel):
    """One run of a task. A failure that goes on is told at its 1st, 2nd, 4th, 8th ... try (`numbers.tries`)."""

    id: int
    at: Instant = Field(description="When it was over (machine)")
    level: LogLevel
    task: TaskName
    account: int | None
    code: str | None = Field(description="A stable code of what went wrong")
    detail: str = Field(description="What went wrong, in words")
    numbers: dict[str, int] = Field(examples=[{"assets": 10}])
    duration_ms: int | None


class LogsOut(BaseModel):
    """Lines, newest first. A thousand of each task are kept, of good and of bad ones, for thirty days at most."""

    environment: Environment
    items: list[LogLineOut]
    next_cursor: str | None


class LatencyPoint(BaseModel):
    """Ninety seconds of the hour."""

    t: Instant
    ms: int


class LatencyOut(BaseModel):
    """The median of what a component took in the last hour, over runs that worked."""

    component: Timed = Field(description="exchange: one answer; collector: a refresh; snapshots: from ledger to rows")
    median_ms: int
    samples: int
    since: Instant = Field(description="The first run of the hour (machine)")
    series: list[LatencyPoint]


class LatenciesOut(BaseModel):
    """Components of which something was measured in the last hour."""

    environment: Environment
    items: list[LatencyOut]


class DemoActionIn(BaseModel):
    """Something that happens to the demo account or its market."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["deposit", "withdraw", "price_shock"]
    asset: str = Field(max_length=20, pattern=r"^[A-Z0-9]+$", examples=["USDT"])
    amount: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,8})?$")] | None = Field(
        default=None, description="Quantity of a deposit or withdrawal"
    )
    percent: float | None = Field(default=None, gt=-100, le=1000, description="Change of the price in percent")


class DemoActionOut(BaseModel):
    """The action was taken; the figures follow with the next refresh."""

    job_id: int
    detail: str
