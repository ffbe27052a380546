"""Executing plans, runs with their orders, arming and the kill switch."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    AccountQuery,
    Environment,
    FigureStatus,
    Instant,
    Money,
    Percent,
    Quantity,
    Reason,
)
from backend.core.model.runs import LegState, RunSource, RunState

PairAmount = Annotated[str, Field(description="Decimal in the quote asset of the pair")]
PlanId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
PlanHash = Annotated[str, Field(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$")]
LONGEST_ARMING_MINUTES = 24 * 60


class ExecuteIn(BaseModel):
    """A plan as it was seen, and the word that it is meant."""

    model_config = ConfigDict(extra="forbid")

    plan_id: PlanId
    hash: PlanHash = Field(description="Of the plan; another one is refused: the plan is not what you saw")
    dry_run: bool = Field(default=True, strict=True, description="Only record what would be sent")
    confirmation: str | None = Field(
        default=None, max_length=200, description="The name of the account; a dry run needs none"
    )


class RunStartedOut(BaseModel):
    """The run of a plan."""

    environment: Environment
    run_id: int
    dry_run: bool


class PlannedLegOut(BaseModel):
    """An order as the plan has it."""

    quantity: Quantity
    price: PairAmount
    quote: PairAmount = Field(description="Price x quantity")
    spent: Quantity = Field(description="Of the asset that is given")
    received: Quantity = Field(description="Of the asset that is taken, less a fee that comes out of it")
    fee_usd: Money


class FeeOut(BaseModel):
    """A fee as it was taken."""

    asset: str
    amount: Quantity


class FilledLegOut(BaseModel):
    """What the exchange did, from its trades."""

    quantity: Quantity
    price: PairAmount | None = Field(description="Average; null: nothing was filled")
    quote: PairAmount
    fee: Quantity | None = Field(description="Null: nothing was filled, or fees were taken in several assets")
    fee_asset: str | None
    fees: list[FeeOut]


class LegOut(BaseModel):
    """One order of a run."""

    n: int
    line: int = Field(description="Line of the plan that it serves")
    hop: int
    hops: int
    action: Literal["SELL", "BUY"] = Field(description="What the line does with its asset")
    asset: str
    symbol: str
    side: Literal["BUY", "SELL"]
    given: str
    taken: str
    client_order_id: str | None = Field(description="Of the last attempt; null: none was made")
    order_id: str | None = Field(description="The exchange's; null: it told none")
    attempts: int = Field(description="Tries to place it, refused ones included")
    state: LegState
    planned: PlannedLegOut
    filled: FilledLegOut
    slippage_percent: Percent | None = Field(
        description="How much worse than planned the average price is; negative: better; null: nothing was filled"
    )
    error: str | None = Field(description="A code: why it was not sent, or what the exchange said")
    detail: str


class RunOut(BaseModel):
    """One execution of a plan."""

    id: int
    account: int
    environment: Environment
    plan_id: str
    source: RunSource
    state: RunState
    reason: str | None = Field(description="A code: why it ended as it did")
    detail: str
    dry_run: bool
    stop_asked: bool
    created_at: Instant
    finished_at: Instant | None
    orders: int = Field(description="Orders of the plan")
    filled: int = Field(description="Orders that were filled, wholly or in part")
    score_usd: Money | None = Field(description="What it made beside not having traded, until now, after fees")
    score_status: FigureStatus
    score_reason: Reason


class RunDetailOut(RunOut):
    """A run with its orders."""

    legs: list[LegOut]


class RunsOut(BaseModel):
    """Runs, the newest first."""

    environment: Environment
    items: list[RunOut]
    next_cursor: str | None


class RunsQuery(AccountQuery):
    """A page of runs."""

    limit: int = Field(default=50, ge=1, le=1000)
    cursor: str | None = Field(default=None, max_length=18, pattern=r"^[0-9]{1,18}$")

    @property
    def before(self) -> int | None:
        """The number of the last one that was told; None: the first page is asked for."""
        return None if self.cursor is None else int(self.cursor)


class RunListQuery(RunsQuery):
    """A page of runs, or of those that are not over."""

    open: bool = Field(default=False, description="Only those that go on or wait for a review, whatever their age")


class KillSwitchOut(BaseModel):
    """Whether orders may be sent at all."""

    environment: Environment
    on: bool
    by: list[Literal["switch", "file"]] = Field(description="What holds it: the switch, the file in the data folder")
    since: Instant | None = Field(description="When the switch was thrown")
    in_flight: int = Field(description="Orders that were on their way and whose answer is not there yet")


class ArmIn(BaseModel):
    """For how long an account may trade."""

    model_config = ConfigDict(extra="forbid")

    minutes: int = Field(ge=1, le=LONGEST_ARMING_MINUTES, strict=True)
    confirmation: str = Field(max_length=200, description="The name of the account")


class ArmedOut(BaseModel):
    """Whether an account may trade."""

    environment: Environment
    id: int
    armed: bool
    armed_until: Instant | None = Field(description="Null: it is not armed, or (in the demo) always")
