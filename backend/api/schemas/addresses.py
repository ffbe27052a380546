"""Answers of /api/addresses: the user's own addresses outside the exchange."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, Instant, Quantity

Treatment = Annotated[
    Literal["flow", "outside_holdings"],
    Field(description="flow: it left; outside_holdings: it stays in the value (wallet `outside`)"),
]
Label = Annotated[str, Field(max_length=60)]


class HeldThereOut(BaseModel):
    """What of a coin was sent there and has not come back."""

    asset: str
    quantity: Quantity


class AddressOut(BaseModel):
    """An own address outside the exchange."""

    id: int
    address: str
    network: str | None = Field(description="As the exchange calls it; null: any")
    label: str
    treatment: Treatment
    created_at: Instant
    withdrawals: int = Field(description="That went there, of all accounts")
    held: list[HeldThereOut] = Field(description="Empty where what goes there is a flow")


class AddressesOut(BaseModel):
    """Own addresses in the order in which they were told."""

    environment: Environment
    items: list[AddressOut]


class AddressIn(BaseModel):
    """An address with its tag, where the chain has one, as `address:tag`."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(min_length=10, max_length=200, pattern=r"^\S+$")
    network: str | None = Field(default=None, min_length=1, max_length=40, pattern=r"^\S+$")
    label: Label = ""
    treatment: Treatment = "outside_holdings"


class AddressChangeIn(BaseModel):
    """What changes of an address."""

    model_config = ConfigDict(extra="forbid")

    label: Label | None = None
    treatment: Treatment | None = None


class AddressChangedOut(BaseModel):
    """The address as it stands, and whether figures are being computed anew."""

    environment: Environment
    item: AddressOut
    recomputing: bool


class AddressDeletedOut(BaseModel):
    """What was deleted."""

    environment: Environment
    id: int
    recomputing: bool
