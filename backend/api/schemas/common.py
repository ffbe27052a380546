"""Shapes shared by all answers. Money, quantities and prices are decimal strings; `*_percent` is in percent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.core.display_rates import DisplayCurrency

# What a database can number; a greater number would not even be a question to it.
MAX_ID = 2**63 - 1
DECIMAL_PATTERN = r"^-?[0-9]+(\.[0-9]+)?$"
Money = Annotated[
    str, Field(pattern=DECIMAL_PATTERN, description="Decimal in the reporting currency", examples=["1250.45"])
]
Quantity = Annotated[str, Field(pattern=DECIMAL_PATTERN, description="Decimal quantity of the asset", examples=["0.5"])]
Price = Annotated[str, Field(pattern=DECIMAL_PATTERN, description="Decimal price in the reporting currency")]
Percent = Annotated[float, Field(description="In percent: 12.5 is 12.5 %")]
Instant = Annotated[str, Field(description="ISO 8601, UTC", examples=["2026-11-20T14:00:00Z"])]
Environment = Literal["demo", "simulator", "testnet", "live"]
FigureStatus = Literal["exact", "estimated", "unavailable"]
Reason = Annotated[str | None, Field(description="Why a figure is estimated or unavailable: a stable code")]


class Answer(BaseModel):
    """What every answer with figures carries."""

    model_config = ConfigDict(extra="forbid")

    as_of: Instant | None = Field(description="Instant of the newest data used, on the exchange's clock")
    environment: Environment
    reporting_currency: str = Field(examples=["USDT"])
    stale: bool = Field(description="The data are older than two refresh intervals")
    reporting_currency_depeg: bool = Field(description="The reporting currency is not worth a dollar now")


class Query(BaseModel):
    """A query string: fields that are not listed are refused."""

    model_config = ConfigDict(extra="forbid")


class NoQuery(Query):
    """An operation that takes nothing in the query string."""


class AccountQuery(Query):
    """One account, or all accounts of the environment."""

    account: int | None = Field(default=None, ge=1, le=2**31 - 1, description="Account id; left out: all accounts")


class DisplayQuery(AccountQuery):
    """The currency of the answer's money."""

    display: DisplayCurrency | None = Field(
        default=None,
        description="Money in this currency, each value by the price of its own time; `reporting_currency` says so",
    )


class PageQuery(AccountQuery):
    """A page of a list."""

    limit: int = Field(default=50, ge=1, le=1000)
    cursor: str | None = Field(default=None, max_length=64, pattern=r"^[0-9]{1,15}-[0-9]{1,18}$")


class FieldError(BaseModel):
    """One field that cannot be used, and why."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem document."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None
    errors: list[FieldError] | None = None
    tries_left: int | None = Field(default=None, description="Of a refused sign-in: before one has to wait")
