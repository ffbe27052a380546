"""Alerts: what they are about, what the user set for them, and what was told to whom. Instants are of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from backend.core.model.amounts import plain

AlertKind = Literal[
    "loss_1h",
    "loss_24h",
    "loss_peak",
    "sync_failing",
    "balance_anomaly",
    "position_share",
    "drift_band",
    "price_above",
    "price_below",
    "depeg",
    "key_rights",
    "residual",
    "run_finished",
    "run_failed",
    "run_review",
    "benchmark_exhausted",
    "audit_broken",
]
Severity = Literal["info", "warning", "critical"]
ChannelName = Literal["webhook", "telegram", "email"]
Language = Literal["en", "fr"]
MessageState = Literal["waiting", "sent", "failed"]
CHANNELS: Final[tuple[ChannelName, ...]] = ("webhook", "telegram", "email")
# Of a message that only shows that a channel works.
TEST: Final = "test"
# Of what is about the market and no account.
NO_ACCOUNT: Final = 0
# The job that sends a test message.
SEND_TEST: Final = "alert_test"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When to tell, and where beside the dashboard.

    `limit` is in the unit of its kind (`core/alerts/kinds.py`); None: the kind has none, or for `drift_band` the band
    that is set for rebalancing. `asset`: of a price.
    """

    kind: AlertKind
    limit: Decimal | None = None
    enabled: bool = True
    channels: frozenset[ChannelName] = frozenset()
    asset: str = ""

    @property
    def key(self) -> str:
        """Names the rule: of a price, another coin or another limit is another rule."""
        return self.kind if not self.asset else f"{self.kind}:{self.asset}:{plain(self.limit or Decimal(0))}"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when (minutes since midnight in `zone`) only critical alerts are sent; over midnight if it is less.

    In the dashboard alerts stand at once.
    """

    enabled: bool = False
    start_minute: int = 22 * 60
    end_minute: int = 7 * 60
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """All that the user set about alerts, but for the channels. `language`: of what is sent."""

    rules: tuple[AlertRule, ...]
    quiet: QuietHours = QuietHours()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Told:
    """What an alert says. `subject`: an asset, where it is about one; `value` and `limit` in the unit of its kind.

    `reason`: a code; `detail`: words of the program, English.
    """

    kind: AlertKind
    subject: str = ""
    value: Decimal | None = None
    limit: Decimal | None = None
    reason: str | None = None
    detail: str = ""
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert before it has a number. `key`: of its cause; no two alerts have the same."""

    environment: str
    account_id: int | None
    key: str
    severity: Severity
    at_ms: int
    told: Told


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an alert on a channel; `error` in words, of the last try."""

    channel: ChannelName
    state: MessageState
    tries: int
    at_ms: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert as it stands in the list."""

    id: int
    new: NewAlert
    read: bool
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleState:
    """Where a rule stands on an account (`NO_ACCOUNT`: on the market) and a subject.

    `fired`: told, and not armed again yet. `times` counts how often it has fired. `mark`: what was seen last, of rules
    that tell of a change.
    """

    rule: str
    account_id: int
    subject: str = ""
    fired: bool = False
    times: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How many there are by kind; a kind of which there is none is not in it.

    `listed`: all in the list, `unread`: of these. `firing`: causes of levels that were told and last until now.
    """

    listed: Mapping[AlertKind, int]
    unread: Mapping[AlertKind, int]
    firing: Mapping[AlertKind, int]


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits to be sent. `message_id` stays the same over all tries, so that a receiver can tell."""

    id: int
    message_id: str
    channel: ChannelName
    alert: Alert
    tries: int
    due_ms: int


@dataclass(frozen=True, slots=True)
class StoredChannel:
    """A channel as it is kept. `settings` may be shown; `sealed` holds its secret and never leaves the program."""

    name: ChannelName
    enabled: bool
    settings: dict[str, str] = field(default_factory=dict)
    sealed: str = field(default="", repr=False)
