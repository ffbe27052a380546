"""AlertSender: sends what waits, at least once each, under an id that stays the same over all tries."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import structlog

from backend.core.alert_ports import Letter, MessageChannel
from backend.core.alerts.channels import PURPOSE
from backend.core.alerts.quiet import held_until_ms
from backend.core.alerts.retries import next_try_ms
from backend.core.alerts.words import sentence, title
from backend.core.errors import DomainError, NotDeliveredError
from backend.core.model.alerts import TEST, Alert, AlertPlan, ChannelName, QueuedMessage, StoredChannel
from backend.core.model.amounts import plain
from backend.core.model.instants import iso_ms

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork
    from backend.core.secret_ports import Sealer

log = structlog.get_logger(__name__)

AT_ONCE: Final = 20
BROKEN: Final = "The secret cannot be opened any more: enter it again"
NOT_SET: Final = "This channel is not set"


class AlertSender:
    """Sends under the lease, on one thread. `now_ms`: this machine's clock."""

    def __init__(
        self,
        store: Store,
        environment: str,
        reporting: str,
        channels: Mapping[ChannelName, MessageChannel],
        sealer: Sealer | None,
        plan: Callable[[UnitOfWork], AlertPlan],
        now_ms: Callable[[], int],
    ) -> None:
        """`sealer`: None: no channel can be used, and nothing is sent."""
        self._store = store
        self._environment = environment
        self._reporting = reporting
        self._channels = channels
        self._sealer = sealer
        self._plan = plan
        self._now_ms = now_ms

    def send_due(self, epoch: int, go_on: Callable[[], bool]) -> None:
        """Send what is due, message by message while `go_on` says so.

        What was sent and not noted, because the program was killed between, is sent again.

        Raises:
            LeaseLostError: another collector works now; what was just sent it will send again.
        """
        with self._store.read() as unit:
            waiting = unit.alert_outbox.due(self._environment, self._now_ms(), AT_ONCE)
            plan = self._plan(unit) if waiting else None
        for message in waiting:
            if plan is None or not go_on():
                return
            self._one(message, plan, epoch)

    def test(self, name: ChannelName) -> Mapping[str, Any]:
        """Send a test over a channel, quiet hours or not; what came of it, in words."""
        with self._store.read() as unit:
            plan = self._plan(unit)
            letter = Letter(
                secrets.token_hex(16),
                title("info", "", plan.language),
                sentence(None, plan.language, self._reporting),
                {"kind": TEST, "severity": "info", "environment": self._environment},
            )
            channel = _of(unit, self._environment, name)
        try:
            self._over(channel, letter)
        except NotDeliveredError as error:
            return {"sent": False, "detail": str(error)}
        return {"sent": True, "detail": ""}

    def _one(self, message: QueuedMessage, plan: AlertPlan, epoch: int) -> None:
        held_ms = held_until_ms(self._now_ms(), plan.quiet, message.alert.new.severity)
        if held_ms is not None:
            with self._store.write(epoch) as unit:
                unit.alert_outbox.put_off(message.id, held_ms)
            return
        with self._store.read() as unit:
            channel = _of(unit, self._environment, message.channel)
            letter = self._letter(unit, message, plan)
        failure: NotDeliveredError | None = None
        try:
            self._over(channel, letter)
        except NotDeliveredError as error:
            failure = error
        now_ms = self._now_ms()
        with self._store.write(epoch) as unit:
            if failure is None:
                unit.alert_outbox.sent(message.id, now_ms)
            else:
                again_ms = None if failure.final else next_try_ms(message.tries + 1, now_ms)
                unit.alert_outbox.failed(message.id, str(failure), now_ms, again_ms)
            unit.events.emit("alert", message.alert.new.account_id, {"sent": failure is None})

    def _over(self, channel: StoredChannel | None, letter: Letter) -> None:
        """
        Raises:
            NotDeliveredError: it did not arrive, as far as can be told.
        """
        sender = None if channel is None else self._channels.get(channel.name)
        if channel is None or sender is None or self._sealer is None:
            raise NotDeliveredError(NOT_SET, final=True)
        try:
            secret = self._sealer.unseal(channel.sealed, PURPOSE + channel.name)
        except DomainError:
            raise NotDeliveredError(BROKEN, final=True) from None
        try:
            sender.send(channel.settings, secret, letter)
        except NotDeliveredError:
            raise
        except Exception as error:  # noqa: BLE001  # told below without its text, which may hold the secret
            log.error("message not sent", channel=channel.name, error=type(error).__name__)
            raise NotDeliveredError(f"It could not be sent ({type(error).__name__})") from None

    def _letter(self, unit: UnitOfWork, message: QueuedMessage, plan: AlertPlan) -> Letter:
        alert = message.alert
        names = {one.id: one.name for one in unit.accounts.in_environment(self._environment)}
        account = names.get(alert.new.account_id or 0, "")
        text = sentence(alert.new.told, plan.language, self._reporting)
        return Letter(
            message.message_id, title(alert.new.severity, account, plan.language), text, _body(alert, account)
        )


def _of(unit: UnitOfWork, environment: str, name: ChannelName) -> StoredChannel | None:
    return next((one for one in unit.alert_channels.all(environment) if one.name == name and one.enabled), None)


def _body(alert: Alert, account: str) -> Mapping[str, object]:
    """An alert for programs: decimals as strings, what is not known as null."""
    told = alert.new.told
    return {
        "alert": alert.id,
        "kind": told.kind,
        "severity": alert.new.severity,
        "environment": alert.new.environment,
        "account": account or None,
        "time": iso_ms(alert.new.at_ms),
        "subject": told.subject or None,
        "value": None if told.value is None else plain(told.value),
        "limit": None if told.limit is None else plain(told.limit),
        "reason": told.reason,
        "detail": told.detail or None,
        "run_id": told.run_id,
    }
