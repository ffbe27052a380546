"""Answers of /api/accounts: whose money is looked at, and where it is known from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from backend.api.schemas.common import Environment, Instant, Query
from backend.core.model.keys import LONGEST_KEY, LONGEST_SECRET

KeyState = Annotated[
    Literal["stored", "lost", "settings", "gone", "none"],
    Field(
        description="stored: its key is kept here, sealed; lost: so, but the master key that opens it is not here, and "
        "it must be entered again; settings: it stands in .env or the accounts file and is not stored yet, or it is "
        "the demo's; gone: the key that it was made for is not here any more; none: it lives from statements"
    ),
]
KeyKind = Annotated[
    Literal["read", "trade"],
    Field(description="read: reads the account; trade: sends its orders; without one the read key does, where it may"),
]
Verdict = Annotated[
    Literal["good", "warned", "refused", "unknown"],
    Field(
        description="good: it may be used; warned: so, but it works from any address, and a live account does not "
        "trade with it; refused: it may take coins away, or may not do what it is for; unknown: not told yet"
    ),
]
Finding = Literal["cannot-read", "may-withdraw", "cannot-trade", "no-ip-restriction", "not-told"]
DataChoice = Literal["keep", "delete"]


class PermissionsOut(BaseModel):
    """What the exchange says a key may do; null: it does not say."""

    can_read: bool | None
    can_trade: bool | None = Field(description="Trade spot")
    can_withdraw: bool | None = Field(description="Withdraw or transfer coins: must be false")
    ip_restricted: bool | None = Field(description="It works from addresses on its list alone")


class KeyOut(BaseModel):
    """A key that is kept; never the key."""

    kind: KeyKind
    ending: str = Field(description="Its last four characters; empty of one that is too short to show them")
    key_type: str = Field(description="hmac, rsa or ed25519; empty while it is not known")
    added_at: Instant
    checked_at: Instant | None = Field(description="When the exchange was asked about it last")
    permissions: PermissionsOut | None
    verdict: Verdict
    findings: list[Finding] = Field(description="What the verdict rests on")
    ip_seen: str | None = Field(description="Where the exchange saw this program when it refused the key, if it told")


class TradingOut(BaseModel):
    """Whether orders can be sent for an account; the kill switch holds all of them and is told by itself."""

    allowed: bool = Field(
        description="It has a key, and the exchange does not say that the key may not trade: it can be rebalanced"
    )
    armed: bool = Field(description="Orders are sent for it")
    armed_until: Instant | None = Field(description="Null: it is not armed, or (in the demo) always")
    reason: Literal["no-key", "key-gone", "key-rights", "key-reads-only", "trading-disarmed"] | None = Field(
        description="What keeps orders from being sent: its key where `allowed` is false, else the arming"
    )
    detail: str | None = Field(description="The same in words, and what to change")


class AccountOut(BaseModel):
    """One account."""

    id: int
    name: str
    environment: Environment
    has_read_key: bool = Field(description="A key reads it")
    has_trade_key: bool = Field(description="It has a key of its own for orders")
    key: KeyState
    key_ending: str | None = Field(description="The last four characters of the key that reads it")
    permissions: PermissionsOut | None = Field(description="Of the key that reads it")
    verdict: Verdict | None = Field(description="The gravest of its keys; null without a key")
    ip_seen: str | None = Field(description="The address to put on the list of its key, where the exchange told it")
    keys: list[KeyOut] = Field(description="The keys that are kept, the read key first")
    deletable: bool = Field(description="False while its key stands in the settings alone, or is the demo's")
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


KeyText = Annotated[SecretStr, Field(min_length=1, max_length=LONGEST_KEY)]
SecretText = Annotated[
    SecretStr,
    Field(
        min_length=1,
        max_length=LONGEST_SECRET,
        description="As Binance gave it, or a private key in PEM. It is sealed, and never told again",
    ),
]
KeyType = Annotated[Literal["hmac", "rsa", "ed25519"], Field(description="Found out from the secret where left out")]


class AccountIn(BaseModel):
    """An account: with a key that reads it, or without one, living from statements."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str = Field(max_length=200, description="At most 60 letters, not there yet, whatever its case")
    environment: Environment | None = Field(default=None, description="The installation's; left out: that")
    api_key: KeyText | None = Field(default=None, description="Left out: it lives from statements")
    api_secret: SecretText | None = None
    key_type: KeyType | None = None


class AccountNameIn(BaseModel):
    """What an account is called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200, description="At most 60 letters, not there yet, whatever its case")


class KeyIn(BaseModel):
    """A key for an account, in the place of the one of its kind."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: KeyKind = "read"
    api_key: KeyText
    api_secret: SecretText
    key_type: KeyType | None = None


class KeyQuery(Query):
    """Which key of an account is forgotten."""

    kind: KeyKind = "read"


class AccountKeyOut(BaseModel):
    """The account with the keys that it has now."""

    environment: Environment
    item: AccountOut


class AccountCheckOut(AccountKeyOut):
    """What the exchange says of the keys of an account."""

    ok: bool = Field(description="It answered, and none of the keys is refused by it or by us")
    code: str | None = Field(description="Why it refused a key")
    detail: str = Field(description="The same in words")


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
