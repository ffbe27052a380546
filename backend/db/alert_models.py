"""Tables of alerts: what was told, where each rule stands, what waits to be sent, and where to."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from backend.db.models import RowId, metadata
from backend.db.types import ExactDecimal

# `cause`: no two alerts have the same; `value` and `limit_value` in the unit of the kind.
alerts = Table(
    "alerts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("cause", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("at_machine", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", ExactDecimal),
    Column("limit_value", ExactDecimal),
    Column("reason", Text),
    Column("detail", Text, nullable=False),
    Column("run_id", BigInteger),
    Column("read_machine", BigInteger),
    UniqueConstraint("environment", "cause"),
    Index(None, "environment", "id"),
    sqlite_autoincrement=True,
)

# `account_id` 0: of the market.
alert_states = Table(
    "alert_states",
    metadata,
    Column("environment", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    Column("fired", Boolean, nullable=False),
    Column("times", Integer, nullable=False),
    Column("mark", Text, nullable=False),
    PrimaryKeyConstraint("environment", "rule", "account_id", "subject"),
)

alert_outbox = Table(
    "alert_outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_machine", BigInteger, nullable=False),
    Column("changed_machine", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    UniqueConstraint("alert_id", "channel"),
    Index(None, "state", "due_machine"),
    sqlite_autoincrement=True,
)

# `settings`: a JSON object of what may be shown; `sealed`: its secret.
alert_channels = Table(
    "alert_channels",
    metadata,
    Column("environment", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    PrimaryKeyConstraint("environment", "channel"),
)
