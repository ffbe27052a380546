"""Answers about the program itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, Instant, Query


class EventsQuery(Query):
    """Where to go on, for clients that cannot set the header Last-Event-ID."""

    last_event_id: int | None = Field(default=None, ge=0, lt=10**18)


class ComponentOut(BaseModel):
    """One part of the program, or what it talks to. `detail` says in words what `status` does not."""

    name: Literal["pages", "database", "collector", "exchange", "streams", "snapshots", "history", "redis", "simulator"]
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


class HealthOut(BaseModel):
    """ok or degraded with 200, down with 503."""

    status: Literal["ok", "degraded", "down"]
    sync_status: Literal["healthy", "degraded", "failing", "starting"]
    last_sync: Instant | None
    sync_lag_seconds: float | None
    api_response_time_ms: int | None
    clock_offset_ms: int | None = Field(description="The exchange's clock minus this machine's")
    database_connection: Literal["ok", "failed"]
    database_response_time_ms: float | None = Field(description="How long reading the state of this very answer took")
    redis_connection: Literal["ok", "failed", "not_configured"]
    pages: Literal["ok", "not_built"]
    environment: Environment
    version: str
    started_at: Instant = Field(description="When this process began to serve (machine)")
    detail: str | None
    components: list[ComponentOut]
    limits: list[LimitOut]


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
