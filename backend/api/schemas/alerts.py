"""Alerts: the list, what is watched, and where messages go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import MAX_ID, AccountQuery, Environment, Instant, Quantity
from backend.core.alerts.channels import LONGEST_SECRET, Security
from backend.core.alerts.kinds import MOST_PRICES, Unit
from backend.core.model.alerts import AlertKind, ChannelName, Language, MessageState, Severity

MOST_RULES = MOST_PRICES + 30
MINUTE = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Limit = Annotated[str, Field(pattern=r"^[0-9]{1,16}(\.[0-9]{1,18})?$", examples=["8"])]
Secret = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=LONGEST_SECRET,
        description="Only ever written. Left out: the one that is kept, where it goes to the same place",
    ),
]


class AlertsQuery(AccountQuery):
    """Which alerts."""

    limit: int = Field(default=50, ge=1, le=200)
    before: int | None = Field(default=None, ge=1, le=MAX_ID, description="`next_cursor` of the page before")
    unread: bool = Field(default=False, description="Only those that nobody has read")


class DeliveryOut(BaseModel):
    """What became of a message."""

    channel: ChannelName
    state: MessageState
    tries: int
    time: Instant = Field(description="Of the last try, or since when it waits (machine)")
    error: str = Field(description="In words, of the last try; empty: none")


class AlertOut(BaseModel):
    """One alert. `value` and `limit` are in the unit of the kind; null: it has none."""

    id: int
    time: Instant = Field(description="When it was told, on this machine's clock")
    kind: AlertKind
    severity: Severity
    account: int | None = Field(description="Null: it is about the market")
    account_name: str | None
    subject: str | None = Field(description="An asset, where it is about one")
    unit: Unit | None
    value: Quantity | None
    limit: Quantity | None
    reason: str | None = Field(description="A code: why, where there is one")
    detail: str
    run_id: int | None
    read: bool
    deliveries: list[DeliveryOut]


class AlertsOut(BaseModel):
    """Alerts, the newest first."""

    environment: Environment
    unread: int = Field(description="Of all there are")
    items: list[AlertOut]
    next_cursor: str | None


class ReadIn(BaseModel):
    """Which alerts were read: some, or all up to one."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[int, Field(ge=1, le=MAX_ID)]] | None = Field(default=None, min_length=1, max_length=200)
    up_to: int | None = Field(default=None, ge=1, le=MAX_ID)


class ReadOut(BaseModel):
    """What is left."""

    unread: int


class RuleIn(BaseModel):
    """When to tell, and where beside the dashboard."""

    model_config = ConfigDict(extra="forbid")

    kind: AlertKind
    asset: Annotated[str, Field(max_length=40, pattern=r"^\S*$")] = Field(
        default="", description="Of a price; empty otherwise"
    )
    limit: Limit | None = Field(description="In the unit of the kind; null: it has none, or the band of rebalancing")
    enabled: bool = Field(strict=True)
    channels: list[ChannelName] = Field(max_length=3)


class RuleOut(BaseModel):
    """A rule, and what its limit may be."""

    kind: AlertKind
    asset: str
    limit: Quantity | None
    enabled: bool
    channels: list[ChannelName]
    unit: Unit | None
    severity: Severity
    lowest: Quantity | None = Field(description="Of its limit; null: it has none")
    highest: Quantity | None
    optional_limit: bool = Field(description="The limit may be null")


class QuietHours(BaseModel):
    """When only critical alerts are sent. The dashboard shows all at once."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = Field(strict=True)
    start: Annotated[str, Field(pattern=MINUTE, examples=["22:00"])]
    end: Annotated[str, Field(pattern=MINUTE, examples=["07:00"])]
    time_zone: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")] = Field(
        examples=["Europe/Paris"]
    )


class RulesIn(BaseModel):
    """All that is watched. Kinds that are left out stand as the program has them."""

    model_config = ConfigDict(extra="forbid")

    rules: list[RuleIn] = Field(max_length=MOST_RULES)
    quiet_hours: QuietHours
    language: Language = Field(description="Of what is sent")


class RulesOut(BaseModel):
    """All that is watched."""

    environment: Environment
    reporting_currency: str
    rules: list[RuleOut]
    quiet_hours: QuietHours
    language: Language


class WebhookSettings(BaseModel):
    """A webhook without its secret."""

    url: str


class TelegramSettings(BaseModel):
    """A chat of Telegram without the token of the bot."""

    chat_id: str


class EmailSettings(BaseModel):
    """A mailbox without the password of the server."""

    host: str
    port: int
    security: Security
    user: str
    sender: str
    recipient: str


class ChannelOut(BaseModel):
    """A channel as it may be shown; of the settings that of the channel's own kind."""

    channel: ChannelName
    set: bool = Field(description="It has settings and a secret")
    enabled: bool
    webhook: WebhookSettings | None
    telegram: TelegramSettings | None
    email: EmailSettings | None
    last: DeliveryOut | None = Field(description="The newest message that was tried")


class ChannelsOut(BaseModel):
    """Where messages go beside the dashboard."""

    environment: Environment
    blocked: Literal["demo", "no_vault"] | None = Field(description="Why no channel can be set; null: they can")
    allowed_hosts: list[str] = Field(description="What ALERT_ALLOWED_HOSTS allows; Telegram's own host always is")
    items: list[ChannelOut]


class ChannelIn(BaseModel):
    """A channel as it is to be."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = Field(strict=True)
    secret: Secret = None


class WebhookIn(ChannelIn):
    """The secret signs each message: HMAC-SHA256 over time and body, in X-Portfolio-Signature."""

    url: Annotated[str, Field(min_length=1, max_length=2000)] = Field(examples=["https://hooks.example.org/portfolio"])


class TelegramIn(ChannelIn):
    """The secret is the token of the bot."""

    chat_id: Annotated[str, Field(min_length=1, max_length=40)]


class EmailIn(ChannelIn):
    """The secret is the password of the user at the mail server."""

    host: Annotated[str, Field(min_length=1, max_length=253)]
    port: int = Field(ge=1, le=65535, strict=True)
    security: Security = Field(description="tls: from the first byte; starttls: after a word in the open")
    user: Annotated[str, Field(max_length=200)] = Field(default="", description="Empty: the server asks for none")
    sender: Annotated[str, Field(min_length=1, max_length=320)]
    recipient: Annotated[str, Field(min_length=1, max_length=320)]


class TestIn(BaseModel):
    """Which channel to try."""

    model_config = ConfigDict(extra="forbid")

    channel: ChannelName


class TestOut(BaseModel):
    """What came of a test message."""

    channel: ChannelName
    sent: bool
    detail: str = Field(description="In words, why it was not")
