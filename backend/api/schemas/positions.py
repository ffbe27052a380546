"""Answers about positions, trades and profit. Every figure of cost follows one method over the whole history."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    AccountQuery,
    Answer,
    FigureStatus,
    Instant,
    Money,
    PageQuery,
    Percent,
    Price,
    Quantity,
    Reason,
)

MethodName = Literal["average", "fifo", "lifo", "hifo"]
Side = Literal["BUY", "SELL"]
PositionKind = Literal["spot", "futures"]
CostStatus = Annotated[
    Literal["known", "entered", "unknown"],
    Field(
        description="known: bought or earned here; entered: the user said what a deposit had cost; unknown: part of it "
        "came from outside at a cost nobody has told, and counts at its market value of then"
    ),
]
Ratio = Annotated[float, Field(description="A fraction: 0.753 is 75.3 %")]
SymbolText = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z_\-]+$")]


class MethodQuery(AccountQuery):
    """The cost method of an answer."""

    method: MethodName = Field(default="average", description="Which coins a sale takes, over the whole history")


class PositionsQuery(PageQuery):
    """Open positions by name; closed ones by when they were closed, newest first. Of all the open ones come first."""

    status: Literal["open", "closed", "all"] = "open"
    method: MethodName = "average"


class PositionOut(BaseModel):
    """What is held of a coin or contract, or what once was, from the first coin to the last."""

    id: str = Field(description="Stays the same as long as the history behind it does")
    account: int
    account_name: str
    kind: PositionKind
    symbol: str = Field(examples=["BTCUSDT"])
    asset: str = Field(examples=["BTC"])
    name: str = Field(examples=["Bitcoin"])
    side: Literal["LONG", "SHORT"]
    quantity: Quantity | None = Field(description="Held; of a closed position all that ever came in")
    entry_price: Price | None = Field(description="Cost a coin; of a closed position over all that came in")
    exit_price: Price | None = Field(description="Proceeds a coin over all sales so far")
    current_price: Price | None
    cost_usd: Money | None
    value_usd: Money | None
    pnl: Money | None = Field(description="Open: unrealised profit; closed: realised")
    pnl_percent: Percent | None = Field(description="pnl / cost")
    realized_pnl: Money | None = Field(description="Since it was opened, after fees")
    income_usd: Money | None = Field(description="Rewards, interest and, of futures, funding received")
    fees_usd: Money | None = Field(description="Of its trades, at the value of their time")
    trades: int
    status: Literal["open", "closed"]
    open_time: Instant | None
    close_time: Instant | None
    cost_status: CostStatus
    figures_status: FigureStatus
    figures_reason: Reason


class PositionsOut(Answer):
    """A page of positions."""

    method: MethodName
    items: list[PositionOut]
    next_cursor: str | None
    open_count: int | None
    closed_count: int | None
    status: FigureStatus
    reason: Reason


Period = Literal["7d", "14d", "30d", "60d", "90d", "180d", "1y", "2y", "total"]


class MetricsQuery(MethodQuery):
    """How long a period the figures are about."""

    period: Period = Field(default="total")


class MetricsOut(Answer):
    """Profit and risk of a period that ends now: total_pnl = realized_pnl + unrealized_pnl."""

    period: Period
    method: MethodName
    start: Instant | None
    end: Instant | None
    total_pnl: Money | None
    realized_pnl: Money | None = Field(description="Booked in the period: trades, income, less costs")
    unrealized_pnl: Money | None = Field(description="Change of the open profit in the period")
    roi_percent: Percent | None = Field(description="total_pnl / (start value + deposits)")
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
    parts_status: FigureStatus = Field(description="Of realised, unrealised, income, fees and the trades")
    parts_reason: Reason
    income_usd: Money | None = Field(description="Part of realized_pnl: rewards, interest, funding")
    transferred_out_usd: Money | None = Field(
        description="Part of realized_pnl: gain of the coins that were withdrawn, less the gain of those brought in"
    )
    fees_usd: Money | None = Field(description="Trading fees, at the value of their time; within realized_pnl")
    trades: int | None
    closing_trades: int | None
    winning_trades: int | None
    win_rate: Ratio | None = Field(description="Share of closing trades with a realised gain after fees")
    win_rate_reason: Reason
    profit_factor: Annotated[float | None, Field(description="Sum of realised gains / sum of realised losses")]
    profit_factor_reason: Reason
    first_trade_at: Instant | None = Field(description="Of the whole history")
    volatility_percent: Percent | None = Field(description="A year, from daily returns")
    sharpe_ratio: float | None
    sortino_ratio: float | None
    max_drawdown_percent: Percent | None
    risk_status: FigureStatus
    risk_reason: Reason = Field(description="too_few_days: the period has fewer daily returns than are needed")


class PnlBySymbolQuery(MethodQuery):
    """How long a period the figures are about: from so many days before the newest snapshot to now."""

    period: Period = Field(default="total")


class SymbolPnlOut(BaseModel):
    """Profit of one coin or contract in the period: total_pnl = realized_pnl + unrealized_pnl."""

    symbol: str
    asset: str
    name: str
    kind: PositionKind
    realized_pnl: Money | None = Field(description="Trades, income and transferred-out gain, less costs")
    unrealized_pnl: Money | None = Field(description="Change of the open profit in the period")
    total_pnl: Money | None
    income_usd: Money | None
    transferred_out_usd: Money | None
    fees_usd: Money | None
    trades: int
    closing_trades: int
    win_rate: Ratio | None = Field(description="Null where no trade closed anything")
    status: FigureStatus
    reason: Reason


class PnlTotalsOut(BaseModel):
    """Sums over all items."""

    realized_pnl: Money | None
    unrealized_pnl: Money | None
    total_pnl: Money | None
    fees_usd: Money | None


class PnlBySymbolOut(Answer):
    """Largest total first."""

    method: MethodName
    period: Period
    start: Instant | None = Field(description="null: the whole history, or accounts that begin at other instants")
    items: list[SymbolPnlOut]
    totals: PnlTotalsOut
    status: FigureStatus
    reason: Reason


class TradeHistoryQuery(PageQuery):
    """Newest first, with start <= time < end."""

    symbol: SymbolText | None = Field(default=None, examples=["BTCUSDT"])
    side: Side | None = None
    from_: datetime | None = Field(default=None, alias="from", description="ISO 8601 with zone")
    to: datetime | None = Field(default=None, description="ISO 8601 with zone")
    method: MethodName = "average"


class TradeOut(BaseModel):
    """A fill of an order, or a swap outside the order book."""

    id: str
    account: int
    account_name: str
    time: Instant
    kind: Literal["trade", "convert"]
    symbol: str
    side: Side
    base_asset: str
    quote_asset: str
    quantity: Quantity
    price: Annotated[str | None, Field(description="In the quote asset")]
    quote_quantity: Quantity
    value_usd: Money | None = Field(description="Of the quote leg")
    fee: Quantity | None
    fee_asset: str | None
    fee_usd: Money | None
    realized_pnl: Money | None = Field(description="After fees; null where nothing was closed")
    status: FigureStatus
    reason: Reason
    source: Literal["exchange", "manual", "csv"]


class TradeHistoryOut(Answer):
    """A page of trades."""

    method: MethodName
    items: list[TradeOut]
    next_cursor: str | None
    total: int | None = Field(description="On all pages, under the same filter; null while they are being booked")
    status: FigureStatus
    reason: Reason


ExportedList = Literal["balances", "positions", "trades", "cash_flows", "snapshots", "ledger", "disposals", "income"]


class ExportQuery(AccountQuery):
    """What to write down, as what."""

    what: ExportedList = Field(description="disposals and income: of one calendar year, by cost method")
    format: Literal["csv", "json"] = "csv"
    method: MethodName = "average"
    year: int | None = Field(default=None, ge=2009, le=9998, description="For disposals and income")
    zone: str = Field(default="UTC", max_length=40, description="Time zone of the year: an IANA name or +02:00")
    symbol: SymbolText | None = Field(default=None, description="For trades")
    side: Side | None = Field(default=None, description="For trades")
    from_: datetime | None = Field(default=None, alias="from", description="ISO 8601 with zone; not for what is held")
    to: datetime | None = Field(default=None, description="ISO 8601 with zone; not for what is held")


class LotsQuery(PageQuery):
    """Coins that came from outside, newest first."""

    status: Literal["unknown", "entered", "all"] = "unknown"


class LotOut(BaseModel):
    """Coins that came from outside and, where the user said so, what they had cost."""

    id: int
    account: int
    account_name: str
    asset: str
    name: str
    quantity: Quantity
    received_at: Instant
    market_value_usd: Money | None = Field(description="When they came: their cost while nobody says otherwise")
    cost_usd: Money | None = Field(description="As entered")
    acquired_at: Instant | None = Field(description="As entered; without it, when they came")
    cost_status: CostStatus
    status: FigureStatus
    reason: Reason


class LotsOut(Answer):
    """A page of coins from outside."""

    items: list[LotOut]
    next_cursor: str | None
    unknown_count: int | None
    status: FigureStatus
    reason: Reason


class LotCostIn(BaseModel):
    """What the coins had cost, all together and fees included; 0 is a cost. Without a cost it is unknown again."""

    model_config = ConfigDict(extra="forbid")

    cost_usd: Annotated[str, Field(pattern=r"^[0-9]{1,18}(\.[0-9]{1,18})?$", examples=["1500.00"])] | None
    acquired_at: datetime | None = Field(default=None, description="ISO 8601 with zone; not after they came")


class LotChangedOut(Answer):
    """The lot as it stands, and whether its effect is being computed."""

    item: LotOut
    recomputing: bool
