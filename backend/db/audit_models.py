"""Tables of the audit trail. Nothing deletes from them: acts outlive the account that they were about."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from backend.db.models import RowId, metadata

# `account` is no `account_id`: what hangs on an account goes with it, its acts stay.
audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("environment", Text),
    Column("account", BigInteger),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "action"),
)

# The last row of the chain, in one row; whoever appends locks it first.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last_id", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
)

# Rows as checks have found them: a chain that was written anew does not fit them.
audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("last_id", RowId, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("at_machine", BigInteger, nullable=False),
)
