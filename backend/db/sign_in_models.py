"""Tables of the sign-in. Tokens and codes stand here as digests; the second factor's secret is sealed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from backend.db.models import RowId, metadata

users = Table(
    "users",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("changed_machine", BigInteger, nullable=False),
    Column("secret", Text),
    Column("second_factor", Boolean, nullable=False, server_default=text("false")),
    # The newest time step whose code was taken: none is taken twice.
    Column("step", BigInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("name"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("used_machine", BigInteger),
    PrimaryKeyConstraint("user_id", "digest"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("created_machine", BigInteger, nullable=False),
    Column("seen_machine", BigInteger, nullable=False),
    Column("idle_ms", BigInteger, nullable=False),
    Column("expires_machine", BigInteger, nullable=False),
    Column("confirmed_machine", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
    UniqueConstraint("digest"),
    sqlite_autoincrement=True,
)

# `scopes`: their names, with commas.
api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("created_machine", BigInteger, nullable=False),
    Column("used_machine", BigInteger),
    UniqueConstraint("digest"),
    sqlite_autoincrement=True,
)

sign_in_brakes = Table(
    "sign_in_brakes",
    metadata,
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("failures", BigInteger, nullable=False),
    Column("last_machine", BigInteger, nullable=False),
    Column("blocked_until_machine", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)
