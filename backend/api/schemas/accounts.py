"""Answers of /api/accounts: whose money is looked at, and where it is known from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Environment, Instant, Query

KeyState = Annotated[
    Literal["settings", "gone", "none"],
    Field(
        description="settings: its key stands in .env or the accounts file, or it is the demo's; "
        "gone: the key that it was made for does not any more; none: it lives from statements"
    ),
]
DataChoice = Literal["keep", "delete"]


class TradingOut(BaseModel):
    """Whether orders can be sent for an account; the kill switch holds all of them and is told by itself."""

    allowed: bool = Field(
        description="It has a key, and the exchange does not say that the key may not trade: it can be rebalanced"
    )
    armed: bool = Field(description="Orders are sent for it")
    armed_until: Instant | None = Field(description="Null: it is not armed, or (in the demo) always")
    reason: (
        Literal["no-key", "key-gone", "key-rights", "key-reads-only", "arming-not-yet", "trading-disarmed"] | None
    ) = Field(description="What keeps orders from being sent: its key where `allowed` is false, else the arming")
    detail: str | None = Field(description="The same in words, and what to change")


class AccountOut(BaseModel):
    """One account."""

    id: int
    name: str
    environment: Environment
    has_read_key: bool = Field(description="A key of the settings reads it")
    key: KeyState
    deletable: bool = Field(description="False while its key stands in the settings")
    created_at: Instant
    first_event_at: Instant | None = Field(description="Of its ledger")
    last_event_at: Instant | None
    last_statement_at: Instant | None = Field(
        description="Of an account without a key: its quantities are as of then; null while it waits for a statement"
    )
    events: int = Field(description="Lines of its ledger")
    armed: bool = Field(description="It may trade")
    armed_until: Instant | None = Field(description="Null: it may not trade, or (in the demo) always")
    trading: TradingOut


class AccountsOut(BaseModel):
    """The accounts of the installation in the order in which they were made."""

    environment: Environment
    items: list[AccountOut]


class AccountIn(BaseModel):
    """An account that lives from statements. Keys come from .env or the accounts file."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200, description="At most 60 letters, not there yet, whatever its case")
    environment: Environment | None = Field(default=None, description="The installation's; left out: that")


class AccountMadeOut(BaseModel):
    """The account that was made."""

    environment: Environment
    item: AccountOut


class AccountDeleteQuery(Query):
    """What becomes of an account's data, and its name, so that the right one goes."""

    data: DataChoice = Field(
        description="keep: it gives up its key and lives on from its ledger; delete: all of it goes"
    )
    name: str = Field(max_length=200, description="The name of the account")


class AccountDeletedOut(BaseModel):
    """What became of the account; `item` is null when it is gone."""

    environment: Environment
    id: int
    data: DataChoice
    item: AccountOut | None
    recomputing: bool
