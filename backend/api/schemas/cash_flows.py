"""The cash flows behind the returns, and the forms that enter and answer them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import (
    Answer,
    FigureStatus,
    Instant,
    Money,
    PageQuery,
    Price,
    Quantity,
    Reason,
)

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
