"""Shapes of the proofs: completeness certificate and closing equation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.api.schemas.common import Answer, DisplayQuery, FigureStatus, Instant, Money, Quantity, Reason
from backend.api.schemas.performance import MAX_DAYS

Cause = Annotated[str, Field(description="The likely cause: a stable code, and a guess", examples=["missed_deposit"])]


LineState = Literal["agrees", "moves_not_told", "moves_not_read", "differs", "unclear"]


class CertifiedWalletOut(BaseModel):
    """One coin in one wallet. What cancels out to zero among the wallets is no difference of the coin."""

    wallet: str
    replayed: Quantity | None = Field(description="What ledger and moves between wallets give; null: not replayed yet")
    reported: Quantity = Field(description="What the wallet holds, debts taken off")
    difference: Quantity | None = Field(description="Reported less replayed")
    state: LineState = Field(
        description="moves_not_told: so much was moved between wallets, and the exchange does not tell it; "
        "moves_not_read: not asked for yet; differs: the coin's whole difference; unclear: some of it"
    )


class CertifiedAssetOut(BaseModel):
    """One coin of one account."""

    account: int
    wallet: str = Field(description="`all`: the coin over all wallets decides; `wallets` has each of them")
    asset: str
    replayed: Quantity = Field(description="What the ledger gives, without what stands in for unknown events")
    reported: Quantity = Field(description="What all wallets hold, debts taken off")
    difference: Quantity = Field(description="Reported less replayed: what the ledger lacks, negative: has too much")
    decided: Quantity = Field(description="How much of the difference you have said what it was")
    likely_cause: Cause | None
    wallets: list[CertifiedWalletOut]


class CoverageStretchOut(BaseModel):
    """A stretch that nothing is known of."""

    from_: Instant = Field(alias="from")
    to: Instant | None = Field(description="Null: up to now")


class MissingCoverageOut(BaseModel):
    """A history of which a stretch was not read: where a coin differs, it may be what this one would have told."""

    source: str
    reason: Reason
    gaps: list[CoverageStretchOut]


class AccountCertificateOut(BaseModel):
    """One account's certificate."""

    account: int
    name: str
    complete: bool
    status: FigureStatus = Field(description="estimated: complete, but for `not_understood` (`unknown_operations`)")
    reason: Reason
    not_understood: int = Field(description="Lines of imports that were refused: nobody knows what they moved")
    compared_at: Instant | None = Field(description="The balances compared, on the exchange's clock")
    unknown_wallets: list[str] = Field(description="Wallets that could not be read: then nothing is certified")
    missing_coverage: list[MissingCoverageOut]


class CertificateOut(Answer):
    """Whether the imported ledger, replayed, gives today's balances, to the last digit."""

    complete: bool
    status: FigureStatus
    reason: Reason
    accounts: list[AccountCertificateOut]
    assets: list[CertifiedAssetOut]


class AttributionQuery(DisplayQuery):
    """A window."""

    days: int = Field(default=0, ge=0, le=MAX_DAYS, description="The last days; 0: everything")


class CoinResidualOut(BaseModel):
    """The part of one coin in a residual."""

    asset: str | None = Field(description="Null: money that is in no coin")
    quantity: Quantity | None = Field(description="Missing in the ledger, negative: too much; null: a price is wrong")
    value_usd: Money
    likely_cause: Cause


class ResidualFindingOut(BaseModel):
    """An interval whose change of value is not explained."""

    after: Instant
    until: Instant
    residual_usd: Money
    likely_cause: Cause
    coins: list[CoinResidualOut]


class AttributionOut(Answer):
    """change = flows + realized + unrealized + income - fees + residual."""

    days: int
    start: Instant | None
    end: Instant | None
    start_value_usd: Money | None
    end_value_usd: Money | None
    change_usd: Money | None
    flows_usd: Money | None = Field(description="What is known to have crossed the border")
    realized_pnl_usd: Money | None = Field(description="Before fees, at average cost, of coins withdrawn too")
    unrealized_change_usd: Money | None
    income_usd: Money | None = Field(description="Rewards, interest and funding, less what was paid of the latter")
    fees_usd: Money | None
    residual_usd: Money | None = Field(description="What neither ledger nor prices explain")
    tolerance_usd: Money | None = Field(description="A residual up to this raises no alarm")
    findings: list[ResidualFindingOut] = Field(description="Newest first, 100 at most")
    findings_total: int
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
