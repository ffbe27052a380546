"""Answers about how well it did, and the cash flows behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    Answer,
    DisplayQuery,
    FigureStatus,
    Instant,
    Money,
    PageQuery,
    Percent,
    Price,
    Quantity,
    Reason,
)

MAX_DAYS = 36_500


class TwrOut(Answer):
    """Time-weighted return of one window."""

    days: int
    start: Instant | None
    end: Instant | None
    twr_percent: Percent | None
    twr_annualized_percent: Percent | None = Field(description="Only from 365 days on")
    benchmark_twr_percent: Percent | None
    excess_percent: Percent | None = Field(description="Difference of both returns, in percentage points")
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class PnlOut(Answer):
    """Profit of one window, cash flows taken out."""

    days: int
    start: Instant | None
    end: Instant | None
    pnl_usd: Money | None
    pnl_percent: Percent | None = Field(description="pnl / (start value + deposits of the period)")
    start_value_usd: Money | None
    end_value_usd: Money | None
    net_flows_usd: Money | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None


class TrackingOut(BaseModel):
    """How much history there is."""

    snapshots: int
    first: Instant | None
    last: Instant | None
    expected: int
    missing: int
    cash_flows: int


class PeriodOut(BaseModel):
    """The figures of one window."""

    days: int
    start: Instant | None
    end: Instant | None
    twr_percent: Percent | None
    twr_annualized_percent: Percent | None
    pnl_usd: Money | None
    pnl_percent: Percent | None
    xirr_percent: Percent | None
    xirr_reason: Reason
    benchmark_twr_percent: Percent | None
    excess_percent: Percent | None
    max_drawdown_percent: Percent | None
    benchmark_max_drawdown_percent: Percent | None
    status: FigureStatus
    reason: Reason
    available_from: Instant | None
    needs_days: int
    has_days: int


class StatsOut(Answer):
    """Tracking statistics and every window."""

    tracking: TrackingOut
    periods: dict[str, PeriodOut]


class HistoryQuery(DisplayQuery):
    """A window in days and how many points the chart can show."""

    days: int = Field(default=30, ge=0, le=MAX_DAYS, description="0 is everything")
    points: int = Field(default=500, ge=10, le=5000)


class PointOut(BaseModel):
    """One point of the chart; returns are rebased to the start of the window."""

    t: Instant
    twr_percent: Percent | None
    benchmark_percent: Percent | None
    hold_percent: Percent | None = Field(description="Return of the shadow that only holds what there was")
    drawdown_percent: Percent | None = Field(
        description="Below the highest snapshot of the window so far; null with `display`, where it is not known"
    )
    benchmark_drawdown_percent: Percent | None
    value_usd: Money | None
    net_deposits_usd: Money | None


class FlowMarkOut(BaseModel):
    """A cash flow on the rail below the chart."""

    t: Instant
    amount_usd: Money
    type: Literal["DEPOSIT", "WITHDRAW"]


class GapOut(BaseModel):
    """An interval without snapshots: nothing is drawn across it."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant

    model_config = ConfigDict(populate_by_name=True)


class TwrHistoryOut(Answer):
    """The growth of the window, thinned with its extremes kept."""

    days: int
    start: Instant | None
    end: Instant | None
    status: FigureStatus
    reason: Reason
    series: list[PointOut]
    flows: list[FlowMarkOut]
    gaps: list[GapOut]
    replayed_until: Instant | None = Field(
        description="Values before this were seen by nobody: the ledger and the candles of the time make them"
    )


class MonthlyQuery(DisplayQuery):
    """How many months, the running one included."""

    months: int = Field(default=12, ge=1, le=240)


class CalendarOut(BaseModel):
    """One calendar month or year, UTC."""

    end_value_usd: Money | None
    net_flows_usd: Money | None
    twr_percent: Percent | None
    benchmark_twr_percent: Percent | None
    complete: bool = Field(description="It is over, and known from its first instant to its last")
    status: FigureStatus
    reason: Reason


class MonthOut(CalendarOut):
    """One calendar month; one without a snapshot has no figures and says so."""

    month: str = Field(examples=["2026-11"])


class YearOut(CalendarOut):
    """One calendar year, all of it, whichever of its months are told."""

    year: int = Field(examples=[2026])


class MonthlyOut(Answer):
    """Months and the years they are of, oldest first."""

    items: list[MonthOut]
    years: list[YearOut]


class SnapshotsQuery(PageQuery):
    """Newest first; `before` keeps those not later than an instant."""

    before: datetime | None = Field(default=None, description="ISO 8601 with zone")


class HoldingOut(BaseModel):
    """Quantity of an asset in a snapshot and the price used."""

    asset: str
    quantity: Quantity
    price_usd: Price | None


class SnapshotOut(BaseModel):
    """A valuation just before any cash flow of the same instant.

    Of kind `imported`: a value that another program had written down, from before the first snapshot of this one. There
    is nothing else to it: no parts, no profit and no return.
    """

    id: int | None
    account: int
    timestamp: Instant
    kind: Literal["slot", "flow", "manual", "imported"]
    replayed: bool = Field(description="From before the account was read first: made of ledger and candles alone")
    total_value_usd: Money
    flow_usd: Money | None = Field(description="Net cash flow at this instant, after the valuation")
    net_deposits_usd: Money | None
    pnl: Money | None
    pnl_percent: Percent | None
    twr: Percent | None = Field(description="Since the first snapshot, in percent")
    benchmark_twr_percent: Percent | None
    benchmark_value_usd: Money | None
    composition: list[HoldingOut]
    status: FigureStatus
    reason: Reason


class SnapshotsOut(Answer):
    """A page of snapshots, newest first."""

    items: list[SnapshotOut]
    next_cursor: str | None


class SnapshotCreatedOut(Answer):
    """The snapshot that was taken."""

    snapshot: SnapshotOut


FlowType = Literal["DEPOSIT", "WITHDRAW"]


class CashFlowsQuery(PageQuery):
    """Newest first."""

    type: FlowType | None = None
    q: str | None = Field(default=None, max_length=100, description="Text in the note or the asset")
    waiting: bool = Field(
        default=False,
        description="All that the user is asked about, on one page: type, q, limit and cursor have no effect then",
    )


class AtAddressOut(BaseModel):
    """An own address outside the exchange, and what a cash flow has to do with it."""

    id: int
    label: str
    address: str
    state: Literal["kept", "returned", "suggested", "flow"] = Field(
        description="kept: the coins stay in the value; returned: they came back; suggested: they may have come back "
        "and count as a flow; flow: what goes there is a withdrawal"
    )


class OwnMoveOut(BaseModel):
    """The other side of a move between two accounts that are tracked here."""

    state: Literal["paired", "suggested"] = Field(description="suggested: it changes no figure until it is confirmed")
    basis: Literal["transfer", "transaction", "address", "amount", "user"] = Field(
        description="The exchange's id of both sides, the transaction, the address, coin, amount and time, or the user"
    )
    flow_id: int | None = Field(description="The cash flow of the other side; null while it is not valued yet")
    account_id: int
    account_name: str
    timestamp: Instant
    quantity: Quantity = Field(description="What arrived")


class CashFlowOut(BaseModel):
    """Money that crossed the border of the portfolio."""

    id: int
    account_id: int
    account_name: str
    timestamp: Instant
    type: FlowType
    amount_usd: Money | None = Field(description="Negative = out")
    asset: str | None
    quantity: Quantity | None
    price_usd: Price | None
    description: str
    source: Literal["exchange", "manual", "csv"]
    value_before_usd: Money | None
    status: Literal["exact", "estimated", "to_confirm", "pending", "unavailable", "not_flow"] = Field(
        description="to_confirm: nothing explains it yet, and it counts; not_flow: the user said so, and it does not"
    )
    decided: bool = Field(description="The user said what it is; it can be taken back")
    move: OwnMoveOut | None = Field(description="Where it came from or went to, where that is tracked here, or may be")
    counted: bool = Field(description="It is in the sums: moves among the accounts shown and what is not_flow are not")
    address: AtAddressOut | None = Field(description="The own address outside that it went to, or came from")
    reason: Reason


class FlowTotalsOut(BaseModel):
    """Sums over all cash flows, whatever the page shows."""

    deposits_usd: Money | None
    withdrawals_usd: Money | None
    net_usd: Money | None
    deposits: int
    withdrawals: int
    first_at: Instant | None
    own_moves: int = Field(description="Moves among the accounts shown: they are in no sum")
    moves_to_confirm: int = Field(description="Suggested ones, which are in the sums until they are confirmed")
    value_to_net_ratio: float | None
    status: FigureStatus
    reason: Reason


class CashFlowsOut(Answer):
    """A page of cash flows, newest first, and the sums of all."""

    items: list[CashFlowOut]
    next_cursor: str | None
    totals: FlowTotalsOut


class CashFlowIn(BaseModel):
    """A cash flow entered by hand. `amount_usd` may carry the sign of its type or none."""

    model_config = ConfigDict(extra="forbid")

    timestamp: datetime = Field(description="ISO 8601 with zone; YYYYMMDDHHmm in imports is read as UTC")
    type: FlowType
    amount_usd: Annotated[str, Field(pattern=r"^[-+]?[0-9]{1,18}(\.[0-9]{1,18})?$", examples=["1500.00"])]
    description: str = Field(default="", max_length=500)
    asset: str | None = Field(default=None, max_length=20, pattern=r"^\S+$")
    quantity: Annotated[str, Field(pattern=r"^[0-9]{1,18}(\.[0-9]{1,18})?$")] | None = None
    account: int | None = Field(default=None, ge=1, le=2**31 - 1)


class CashFlowChangeIn(BaseModel):
    """What changes of a cash flow; rows found on the exchange allow `description` only."""

    model_config = ConfigDict(extra="forbid")

    timestamp: datetime | None = None
    type: FlowType | None = None
    amount_usd: Annotated[str, Field(pattern=r"^[-+]?[0-9]{1,18}(\.[0-9]{1,18})?$")] | None = None
    description: str | None = Field(default=None, max_length=500)


class CashFlowDecisionIn(BaseModel):
    """What an unexplained change of balance was: a cash flow, income or a loss (not_flow), or not known (null)."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["flow", "not_flow"] | None


class CashFlowMoveIn(BaseModel):
    """Whether two cash flows are one move between two accounts tracked here; null takes the answer back."""

    model_config = ConfigDict(extra="forbid")

    other: int = Field(ge=1, le=2**31 - 1, description="The cash flow of the other account")
    decision: Literal["move", "not_move"] | None


class CashFlowAddressIn(BaseModel):
    """Whether a deposit came from an own address outside: `returned` names it; null takes the answer back."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["returned", "flow"] | None
    address: int | None = Field(default=None, ge=1, le=2**31 - 1)


class CashFlowChangedOut(Answer):
    """The cash flow as it stands, and whether its effect on the returns is being computed."""

    item: CashFlowOut
    recomputing: bool


class CashFlowDeletedOut(Answer):
    """What was deleted."""

    id: int
    recomputing: bool
