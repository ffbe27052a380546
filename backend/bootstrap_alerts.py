"""The part of the composition root that builds alerts: who judges, who sends, and by which ways out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from backend.core.alert_book import DEMO, AlertBook
from backend.core.alerts.channels import TELEGRAM_HOST
from backend.core.alerts.facts import Surroundings
from backend.integrations.messages.mail import Mail
from backend.integrations.messages.outgoing import Outgoing
from backend.integrations.messages.telegram import Telegram
from backend.integrations.messages.webhook import Webhook
from backend.services.alert_desk import AlertDesk
from backend.services.alert_keeper import AlertKeeper
from backend.services.alert_sender import AlertSender

if TYPE_CHECKING:
    from backend.config import Settings
    from backend.core.alert_ports import MessageChannel
    from backend.core.model.alerts import ChannelName
    from backend.core.ports import Store
    from backend.core.secret_ports import Sealer


def alert_book(store: Store, settings: Settings, sealer: Sealer | None, now_ms: Callable[[], int]) -> AlertBook:
    """What requests about alerts are answered from."""
    allowed = settings.alert_allowed_hosts
    return AlertBook(store, settings.environment, settings.display_time_zone, allowed, sealer, now_ms)


def alert_desk(store: Store, settings: Settings, sealer: Sealer | None, now_ms: Callable[[], int]) -> AlertDesk:
    """The collector's side of alerts, not started yet. Without a vault nothing leaves this machine."""
    environment, reporting = settings.environment, settings.reporting_currency
    around = Surroundings(environment, reporting, settings.snapshot_interval_s * 1000)
    keeper = AlertKeeper(store, around, settings.display_time_zone, now_ms)
    ways: Mapping[ChannelName, MessageChannel] = {}
    if sealer is not None and environment != DEMO:
        ways = message_channels(Outgoing(settings.alert_allowed_hosts))
    return AlertDesk(store, keeper, AlertSender(store, environment, reporting, ways, sealer, keeper.plan, now_ms))


def message_channels(way: Outgoing) -> Mapping[ChannelName, MessageChannel]:
    """Who sends over each channel. Telegram's own host is allowed to Telegram alone."""
    telegram = Outgoing(frozenset({TELEGRAM_HOST}), way.look_up, way.may_reach, way.tls, way.timeout_s)
    return {"webhook": Webhook(way), "telegram": Telegram(telegram), "email": Mail(way)}
