"""Messages about alerts, and the channels they go by. Every write is in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from backend.core.model.alerts import ChannelName, Delivery, QueuedMessage, StoredChannel
from backend.db.alert_models import alert_channels, alert_outbox, alerts
from backend.db.alerts import alert_of, delivery_of
from backend.db.dialect import upsert


class SqlAlertOutbox:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, alert_id: int, channel: ChannelName, message_id: str, now_ms: int) -> None:
        """Have an alert sent, as soon as it may be."""
        values = {
            "alert_id": alert_id,
            "channel": channel,
            "message_id": message_id,
            "state": "waiting",
            "tries": 0,
            "due_machine": now_ms,
            "changed_machine": now_ms,
            "error": "",
        }
        self._connection.execute(insert(alert_outbox).values(values))

    def due(self, environment: str, now_ms: int, limit: int) -> Sequence[QueuedMessage]:
        """What is to be sent now, the oldest first."""
        table = alert_outbox.c
        waiting = (table.state == "waiting", table.due_machine <= now_ms, alerts.c.environment == environment)
        query = select(table.id).join(alerts, alerts.c.id == table.alert_id).where(*waiting)
        numbers = self._connection.execute(query.order_by(table.id).limit(limit)).scalars().all()
        return [self._message(number) for number in numbers]

    def sent(self, number: int, now_ms: int) -> None:
        self._change(number, state="sent", tries=alert_outbox.c.tries + 1, changed_machine=now_ms, error="")

    def failed(self, number: int, error: str, now_ms: int, again_ms: int | None) -> None:
        """Note a try that failed; `again_ms` None: there is no other."""
        self._change(
            number,
            state="failed" if again_ms is None else "waiting",
            tries=alert_outbox.c.tries + 1,
            due_machine=now_ms if again_ms is None else again_ms,
            changed_machine=now_ms,
            error=error,
        )

    def put_off(self, number: int, until_ms: int) -> None:
        """Have a message wait; that is no try."""
        self._change(number, due_machine=until_ms)

    def last(self, environment: str) -> Mapping[ChannelName, Delivery]:
        """The newest of each channel that was tried."""
        table = alert_outbox.c
        newest = (
            select(func.max(table.id))
            .join(alerts, alerts.c.id == table.alert_id)
            .where(alerts.c.environment == environment, table.tries > 0)
            .group_by(table.channel)
        )
        rows = self._connection.execute(select(alert_outbox).where(table.id.in_(newest)))
        return {row.channel: delivery_of(row) for row in rows}

    def _message(self, number: int) -> QueuedMessage:
        row = self._connection.execute(select(alert_outbox).where(alert_outbox.c.id == number)).one()
        alert = self._connection.execute(select(alerts).where(alerts.c.id == row.alert_id)).one()
        return QueuedMessage(row.id, row.message_id, row.channel, alert_of(alert), row.tries, row.due_machine)

    def _change(self, number: int, **values: object) -> None:
        self._connection.execute(update(alert_outbox).where(alert_outbox.c.id == number).values(values))


class SqlAlertChannels:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, environment: str) -> Sequence[StoredChannel]:
        table = alert_channels.c
        rows = self._connection.execute(
            select(alert_channels).where(table.environment == environment).order_by(table.channel)
        )
        return [StoredChannel(row.channel, row.enabled, json.loads(row.settings), row.sealed) for row in rows]

    def keep(self, environment: str, channel: StoredChannel) -> None:
        """Put a channel in the place of the one there is."""
        key = {"environment": environment, "channel": channel.name}
        values = {"enabled": channel.enabled, "settings": json.dumps(channel.settings), "sealed": channel.sealed}
        statement = upsert(self._connection)(alert_channels).values(key | values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))

    def drop(self, environment: str, name: ChannelName) -> None:
        table = alert_channels.c
        self._connection.execute(delete(alert_channels).where(table.environment == environment, table.channel == name))
