"""What alerts need of the database and of whoever sends messages, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.alerts import (
        Alert,
        AlertCounts,
        ChannelName,
        Delivery,
        NewAlert,
        QueuedMessage,
        RuleState,
        StoredChannel,
    )


class Alerts(Protocol):
    """Alerts as they stand in the list, and where each rule stands."""

    def add(self, alert: NewAlert) -> int | None:
        """The number of an alert that is new; None: its cause was told before."""

    def page(
        self, environment: str, account_id: int | None, limit: int, before: int | None, unread: bool
    ) -> Sequence[Alert]:
        """The newest first, with what became of their messages; `before`: the id of the last one that was told."""

    def unread(self, environment: str) -> int: ...
    def counts(self, environment: str) -> AlertCounts: ...
    def mark_read(self, environment: str, ids: Sequence[int] | None, up_to: int | None) -> int:
        """Mark some as read, or all up to a number; returns how many were not."""

    def states(self, environment: str, rule: str, account_id: int) -> Sequence[RuleState]: ...
    def keep_state(self, environment: str, state: RuleState) -> None: ...
    def arm(self, environment: str, kept: Sequence[str]) -> None:
        """Arm all rules but these anew: one that is switched off, or gone, has no memory but how often it fired."""

    def forget_old(self, before_ms: int) -> None: ...


class AlertOutbox(Protocol):
    """Messages that wait to be sent, and what became of the others."""

    def put(self, alert_id: int, channel: ChannelName, message_id: str, now_ms: int) -> None: ...
    def due(self, environment: str, now_ms: int, limit: int) -> Sequence[QueuedMessage]: ...
    def sent(self, number: int, now_ms: int) -> None: ...
    def failed(self, number: int, error: str, now_ms: int, again_ms: int | None) -> None:
        """Note a try that failed; `again_ms` None: there is no other."""

    def put_off(self, number: int, until_ms: int) -> None: ...
    def last(self, environment: str) -> Mapping[ChannelName, Delivery]:
        """The newest of each channel that was tried."""


class AlertChannels(Protocol):
    """Where messages go."""

    def all(self, environment: str) -> Sequence[StoredChannel]: ...
    def keep(self, environment: str, channel: StoredChannel) -> None: ...
    def drop(self, environment: str, name: ChannelName) -> None: ...


class AlertRows(Protocol):
    """What of a unit of work is about alerts."""

    @property
    def alerts(self) -> Alerts: ...
    @property
    def alert_outbox(self) -> AlertOutbox: ...
    @property
    def alert_channels(self) -> AlertChannels: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it goes out. `body`: the same for programs, JSON values."""

    message_id: str
    title: str
    text: str
    body: Mapping[str, object]


class MessageChannel(Protocol):
    """Sends to one kind of place."""

    def send(self, settings: Mapping[str, str], secret: str, letter: Letter) -> None:
        """
        Raises:
            NotDeliveredError: it did not arrive, as far as can be told; the text holds no secret and no address.
        """
