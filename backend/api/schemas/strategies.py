"""Automatic runs, and what runs made beside not having traded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    Answer,
    Environment,
    FigureStatus,
    Instant,
    Money,
    Percent,
    Price,
    Quantity,
    Reason,
)
from backend.api.schemas.rebalancing import Strategy
from backend.core.model.strategies import DueOutcome, PutOff
from backend.core.rebalancing.triggers import Hold

Formula = Annotated[Literal["score-of-a-run"], Field(description="Heading of docs/formulas.md")]


class PauseIn(BaseModel):
    """Whether automatic runs are to rest."""

    model_config = ConfigDict(extra="forbid")

    paused: bool = Field(strict=True, description="True: none begins, on any account of the environment")


class AutomaticAccountOut(BaseModel):
    """The automatic runs of an account."""

    account: int
    name: str
    strategy: Strategy
    dry_run: bool = Field(description="Automatic runs only record what they would send")
    hold: Hold | None = Field(description="Why none begins now; null: one is due")
    next_check: Instant | None = Field(
        description="When that changes, on this machine's clock; null: only you change it"
    )
    counting_since: Instant | None = Field(description="The clock runs from here: when something was set last")
    last_due: Instant | None = Field(description="The newest due instant that was dealt with")
    failing: str | None = Field(description="A code: what keeps a due run from being planned; tried again")


class AutomaticOut(BaseModel):
    """Automatic runs of the environment."""

    environment: Environment
    paused: bool
    items: list[AutomaticAccountOut]
    interval_presets_hours: list[float]
    threshold_presets_percent: list[float]


class DueOut(BaseModel):
    """A due instant and what became of it."""

    account: int
    due: Instant
    time: Instant = Field(description="When it was dealt with, or put off")
    strategy: Strategy
    dry_run: bool
    outcome: DueOutcome
    reason: str | None = Field(description="A code: what stood in the way, or what it waits for")
    detail: str
    largest_drift_percent: Percent | None = Field(
        description="How far the furthest asset was from its target, signed; null: no plan was made"
    )
    largest_drift_asset: str | None
    put_off: PutOff | None = Field(description="What it had to wait for; null: it was dealt with at once")
    run_id: int | None


class DuesOut(BaseModel):
    """Due instants, the newest first."""

    environment: Environment
    items: list[DueOut]
    next_cursor: str | None


class ScoreLineOut(BaseModel):
    """One asset: `value_usd = quantity x price_usd`."""

    asset: str
    quantity: Quantity = Field(description="What the runs changed of it, fees taken off")
    price_usd: Price | None
    value_usd: Money | None


class ScoreOut(BaseModel):
    """What runs made beside not having traded, after fees."""

    score_usd: Money | None
    status: FigureStatus
    reason: Reason


class OpenedScoreOut(ScoreOut):
    """The same opened to its proof: `score_usd = actual_usd - hold_usd`, and it is the sum of the lines."""

    actual_usd: Money | None = Field(description="What the account is worth")
    hold_usd: Money | None = Field(description="What it would be worth without, with the same cash flows")
    lines: list[ScoreLineOut]


class RunScoreOut(Answer, OpenedScoreOut):
    """A run against not having traded."""

    run_id: int
    formula: Formula


class AccountScoreOut(OpenedScoreOut):
    """All runs of an account together."""

    account: int
    actual_usd: Money = Field(description="What the account is worth")


class ScoresOut(Answer, ScoreOut):
    """What the runs of each account made beside not having traded."""

    formula: Formula
    items: list[AccountScoreOut]
