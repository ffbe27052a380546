"""Tables of what belongs together: moves between tracked accounts, or wallets, own addresses, lots on their way."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from backend.db.models import RowId, metadata
from backend.db.types import ExactDecimal

# Moves between two accounts that are tracked here; sides are named as the ledger names its events.
own_moves = Table(
    "own_moves",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("sent_account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("sent_source", Text, nullable=False),
    Column("sent_external_id", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("received_account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("received_source", Text, nullable=False),
    Column("received_external_id", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("asset", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("basis", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("carries", Boolean, nullable=False),
    UniqueConstraint("sent_account_id", "sent_source", "sent_external_id"),
    UniqueConstraint("received_account_id", "received_source", "received_external_id"),
)

# Moves between the wallets of one account: they change no sum, so they are no events of the ledger.
wallet_moves = Table(
    "wallet_moves",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("asset", Text, nullable=False),
    Column("amount", ExactDecimal, nullable=False),
    Column("from_wallet", Text, nullable=False),
    Column("to_wallet", Text, nullable=False),
    # The import that wrote it (`imports.id`); null: the exchange told it when it was asked.
    Column("import_id", RowId),
    PrimaryKeyConstraint("account_id", "source", "external_id"),
    Index(None, "import_id"),
)

# What the user said of two sides: they are one move, or they are not.
move_decisions = Table(
    "move_decisions",
    metadata,
    Column("sent_account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("sent_source", Text, nullable=False),
    Column("sent_external_id", Text, nullable=False),
    Column("received_account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("received_source", Text, nullable=False),
    Column("received_external_id", Text, nullable=False),
    Column("decision", Text, nullable=False),
    PrimaryKeyConstraint(
        "sent_account_id",
        "sent_source",
        "sent_external_id",
        "received_account_id",
        "received_source",
        "received_external_id",
    ),
)

# Addresses of the user's own outside the exchange, and what the user said of deposits: from which they came, or (no
# address) that they came from none.
own_addresses = Table(
    "own_addresses",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("treatment", Text, nullable=False),
    Column("created_machine", BigInteger, nullable=False),
    UniqueConstraint("environment", "address", "network"),
)

address_returns = Table(
    "address_returns",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("address_id", ForeignKey("own_addresses.id", ondelete="CASCADE")),
    PrimaryKeyConstraint("account_id", "source", "external_id"),
)

# The lots that left with coins on their way to another account: JSON, a list a cost method.
carried_lots = Table(
    "carried_lots",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("lots", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "source", "external_id"),
)
