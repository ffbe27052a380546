"""Tables of the work itself: what processes tell one another, who may work, what was sent, what was done."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from backend.db.models import RowId, metadata, partial_index

events = Table(
    "events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at_machine", BigInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("account_id", BigInteger),
    Column("payload", Text, nullable=False),
    sqlite_autoincrement=True,
)

# One line a run of a task of the collector, the last ones; `numbers` is a JSON object.
task_log = Table(
    "task_log",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at_machine", BigInteger, nullable=False),
    Column("level", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("environment", Text, nullable=False),
    Column("code", Text),
    Column("detail", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("duration_ms", Integer),
    Column("answer_ms", Integer),
    Index(None, "task", "at_machine"),
    sqlite_autoincrement=True,
)

# Tries to refresh an account in an hour of this machine (`hour`: hours since the epoch), and the first of them.
refresh_hours = Table(
    "refresh_hours",
    metadata,
    Column("hour", BigInteger, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("worked", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("first_machine", BigInteger, nullable=False),
    PrimaryKeyConstraint("hour", "account_id"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("account_id", BigInteger),
    Column("payload", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("result", Text, nullable=False, server_default="{}"),
    Column("created_machine", BigInteger, nullable=False),
    Column("finished_machine", BigInteger),
    partial_index("ix_jobs_open", "id", where="state IN ('queued', 'running')"),
    sqlite_autoincrement=True,
)  # fmt: skip

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("expires_machine", BigInteger, nullable=False),
)

# How often steps of an account were handed to workers: who has the newest turn may write.
account_turns = Table(
    "account_turns",
    metadata,
    Column("account_id", RowId, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("turn", BigInteger, nullable=False),
)

# What was sent to each host of an exchange, by every process: `window` numbers the minute or second of the machine.
request_hosts = Table(
    "request_hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("silent_until_machine", BigInteger, nullable=False),
    Column("banned", Boolean, nullable=False),
)

request_pools = Table(
    "request_pools",
    metadata,
    Column("host", Text, nullable=False),
    Column("pool", Text, nullable=False),
    Column("window", BigInteger, nullable=False),
    Column("counted", BigInteger, nullable=False),
    Column("in_flight", BigInteger, nullable=False),
    PrimaryKeyConstraint("host", "pool"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("status", Integer),
    Column("body", Text),
    Column("created_machine", BigInteger, nullable=False),
    # Names what the write begins, also for a later request with the same key.
    Column("token", Text, nullable=False, server_default=""),
    Column("held_until_machine", BigInteger, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("key", "scope"),
)

# Written out in the queries that are to use the index of it.
GRAVE = "severity >= 30"
OF_REQUEST = "request_id IS NOT NULL"

# The program's log: a ring of thirty days and a million rows. `severity`: the numbers of Python's logging; `fields`: a
# JSON object. Not tied to the account's row: a line must never be refused. Those of a removed account go with it.
log_lines = Table(
    "log_lines",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at_machine", BigInteger, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("component", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("request_id", Text),
    Column("account_id", BigInteger),
    Column("duration_ms", Double),
    Column("fields", Text, nullable=False),
    partial_index("ix_log_lines_grave", "id", where=GRAVE),
    partial_index("ix_log_lines_request_id", "request_id", where=OF_REQUEST),
    Index(None, "component", "id"),
    Index(None, "account_id", "id"),
    sqlite_autoincrement=True,
)

# A row that is written to see whether rows can be.
write_checks = Table(
    "write_checks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at_machine", BigInteger, nullable=False),
)
