"""Single conversions of one asset into another."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, Instant, Money, Quantity
from backend.api.schemas.rebalancing import AmountIn, BlockedOut, PlanHopOut
from backend.api.schemas.settings import CoinName
from backend.core.model.runs import RunState


class ConvertPlanIn(BaseModel):
    """What to convert."""

    model_config = ConfigDict(extra="forbid")

    account: int | None = Field(default=None, ge=1, le=2**31 - 1, description="May be left out where there is one")
    given: CoinName = Field(alias="from", description="The asset that is given")
    taken: CoinName = Field(alias="to", description="The asset that is wanted")
    amount: AmountIn = Field(description="Of the asset that is given")


class ConvertIn(ConvertPlanIn):
    """What to convert. Nothing is sent unless `dry_run` is false and `confirmation` names the account."""

    dry_run: bool = Field(default=True, strict=True, description="Only record what would be sent")
    confirmation: str | None = Field(
        default=None, max_length=200, description="The name of the account; not needed for a dry run"
    )


class ConvertLegOut(BaseModel):
    """One order on the way, as it is expected to be filled."""

    symbol: str
    side: Literal["BUY", "SELL"]
    given: str
    taken: str
    quantity: Quantity = Field(description="Of the base asset of the pair")
    price: Quantity = Field(description="In the quote asset of the pair, as it is offered now")
    spent: Quantity = Field(description="Of `given`")
    received: Quantity = Field(description="Of `taken`, less a fee that comes out of it")
    fee_usd: Money


class ConversionPlanned(BaseModel):
    """A conversion as it is planned."""

    model_config = ConfigDict(populate_by_name=True)

    environment: Environment
    account: int
    plan_id: str
    given: str = Field(alias="from")
    taken: str = Field(alias="to")
    amount: Quantity = Field(description="Of `from`, as it was asked for")
    spent: Quantity = Field(description="Of `from`: the amount as far as the filters of the pairs let it")
    expected: Quantity = Field(description="Of `to`, after fees, at the offers of now")
    route: list[PlanHopOut]
    fee_usd: Money
    spread_usd: Money


class ConvertOut(ConversionPlanned):
    """A conversion that began, as it was planned."""

    run_id: int
    dry_run: bool


class ConvertPlanOut(ConversionPlanned):
    """What a conversion would give; `POST /api/rebalancing/execute` carries it out by id and hash while it is valid."""

    hash: str
    created_at: Instant
    expires_at: Instant
    executable: bool
    blocked: list[BlockedOut] = Field(description="Why it may be looked at and not be executed")
    legs: list[ConvertLegOut]


class ConversionOut(BaseModel):
    """A conversion and what came of it."""

    model_config = ConfigDict(populate_by_name=True)

    run_id: int
    account: int
    time: Instant
    dry_run: bool
    state: RunState
    reason: str | None = Field(description="A code: why it ended as it did")
    detail: str
    given: str = Field(alias="from")
    taken: str = Field(alias="to")
    route: list[str] = Field(description="The assets on the way, both ends included")
    amount: Quantity = Field(description="Of `from`, as it was asked for")
    expected: Quantity = Field(description="Of `to`, as it was planned")
    spent: Quantity | None = Field(description="Of `from`, by the fills; null: none")
    received: Quantity | None = Field(description="Of `to`, by the fills and after fees taken from it; null: none")


class ConversionsOut(BaseModel):
    """Conversions, the newest first."""

    environment: Environment
    items: list[ConversionOut]
    next_cursor: str | None
