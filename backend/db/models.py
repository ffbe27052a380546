"""The tables. Instants are milliseconds since the epoch, UTC; decimals are exact (`ExactDecimal`).

`snapshots`, `cash_flows` and `last_balance` are plain tables that a user may read with any tool; their named columns
are a promise (docs/operations.md).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from backend.db.types import ExactDecimal

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only in a column declared INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some rows, as the migrations make it on both engines.

    Named for PostgreSQL here too, each start on SQLite would import its dialect.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


DAY_MS = 86_400_000
# Written out in every query that is to use the index of it.
CROSSING = "kind IN ('deposit', 'withdrawal')"

accounts = Table(
    "accounts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Which keys this account was made for, without telling them: a digest of the API key. Of one without a key the
    # word `none:` and what it is told apart by: the digest of the key it gave up, or anything.
    Column("reference", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # Of one that gave up its key: when that read last, and what (JSON, quantities by asset over all wallets).
    Column("last_read_at", BigInteger),
    Column("last_read", Text),
    UniqueConstraint("environment", "reference"),
)

account_sync = Table(
    "account_sync",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("as_of", BigInteger),
    Column("refreshed_machine", BigInteger),
    Column("attempted_machine", BigInteger),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error_code", Text),
    Column("error", Text),
    Column("latency_ms", Integer),
    Column("clock_offset_ms", BigInteger),
    Column("weight_used", Integer),
    Column("weight_limit", Integer),
    Column("import_done", Integer, nullable=False, server_default="0"),
    Column("import_total", Integer, nullable=False, server_default="0"),
    Column("import_detail", Text, nullable=False, server_default=""),
    Column("import_complete", Boolean, nullable=False, server_default=text("false")),
    # Figures from this instant on are being recomputed.
    Column("dirty_from", BigInteger),
    # Of these, quantities are what they were: only cash flows have changed.
    Column("flows_only", Boolean, nullable=False, server_default=text("false")),
    # How far that has come: its rows before this instant stand in `snapshot_drafts`.
    Column("rebuilt_to", BigInteger),
    # Counts rebuilds of the past, so that readers know when rows they hold in memory are gone.
    Column("rebuilds", Integer, nullable=False, server_default="0"),
    # Counts what was done to the account's cash flows; triggers on that table keep it (migration 0023).
    Column("flow_changes", Integer, nullable=False, server_default="0"),
    Column("unreconciled", Text, nullable=False, server_default="[]"),
    Column("permissions", Text),
    # What the last valuation could not price, and how it found each wallet: JSON lists.
    Column("unpriced", Text, nullable=False, server_default="[]"),
    Column("wallets", Text, nullable=False, server_default="[]"),
    Column("depegged", Boolean, nullable=False, server_default=text("false")),
    Column("positions", Text),
    # What streams told since the last refresh: newer prices, and a change of balances that no refresh has seen yet.
    Column("prices_at", BigInteger),
    Column("moved_at", BigInteger),
)

streams = Table(
    "streams",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("since_machine", BigInteger, nullable=False),
    Column("last_message_machine", BigInteger),
    Column("reconnects", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("told_machine", BigInteger, nullable=False),
)

last_balance = Table(
    "last_balance",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("wallet", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("balance", ExactDecimal, nullable=False),
    Column("free", ExactDecimal, nullable=False),
    Column("locked", ExactDecimal, nullable=False),
    # Owed, and taken off `balance`; profit of open positions is in the value and not in `balance`.
    Column("borrowed", ExactDecimal, nullable=False, server_default="0"),
    Column("interest", ExactDecimal, nullable=False, server_default="0"),
    Column("unrealized", ExactDecimal, nullable=False, server_default="0"),
    Column("price_usd", ExactDecimal),
    Column("usd_value", ExactDecimal),
    Column("percentage", Double),
    Column("change_24h_percent", ExactDecimal),
    Column("reason", Text),
    UniqueConstraint("account_id", "wallet", "asset"),
)

ledger_events = Table(
    "ledger_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("asset_in", Text),
    Column("amount_in", ExactDecimal),
    Column("asset_out", Text),
    Column("amount_out", ExactDecimal),
    Column("fee_asset", Text),
    Column("fee_amount", ExactDecimal),
    Column("symbol", Text),
    Column("side", Text),
    Column("price", ExactDecimal),
    Column("note", Text, nullable=False, server_default=""),
    # The import that wrote it (`imports.id`), and whether a better source tells of the same movement: it counts once.
    Column("import_id", RowId),
    Column("superseded", Boolean, nullable=False, server_default=text("false")),
    # Of deposits and withdrawals, where they are told.
    Column("transaction_id", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    # Where it happened, where its list tells another wallet than its kind says.
    Column("wallet", Text, nullable=False, server_default=""),
    # Of what stands in for unknown events: after when they must have happened.
    Column("since", BigInteger),
    UniqueConstraint("account_id", "source", "external_id"),
    Index(None, "account_id", "at"),
    Index(None, "import_id"),
    partial_index("ix_ledger_events_crossing", "account_id", "at", where=CROSSING),
)  # fmt: skip

# How many events of an account count; kept by triggers.
ledger_counts = Table(
    "ledger_counts",
    metadata,
    Column("account_id", RowId, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("events", BigInteger, nullable=False),
)

# Events of an import that a later one tells again, in so many lines: they stay when the earlier one is taken back.
told_again = Table(
    "told_again",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("import_id", RowId, nullable=False),
    Column("lines", Integer, nullable=False),
    PrimaryKeyConstraint("account_id", "source", "external_id", "import_id"),
    Index(None, "import_id"),
)

import_cursors = Table(
    "import_cursors",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "source", "key"),
)

cash_flows = Table(
    "cash_flows",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("amount_usd", ExactDecimal),
    Column("asset", Text),
    Column("quantity", ExactDecimal),
    Column("price_usd", ExactDecimal),
    Column("description", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    # The import that wrote it (`imports.id`), and whether its figures were changed by hand since.
    Column("import_id", RowId),
    Column("edited", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("account_id", "source", "external_id"),
    Index(None, "account_id", "timestamp"),
    Index(None, "import_id"),
    # A number that was deleted names nothing again: who asks for it late must not meet another flow.
    sqlite_autoincrement=True,
)

# Files of the user's: previewed, committed, undone. `content`: of a draft its text, of a committed one what it refused.
imports = Table(
    "imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("content", Text),
    Column("answers", Text, nullable=False, server_default="{}"),
    Column("created_machine", BigInteger, nullable=False),
    Column("finished_machine", BigInteger),
    Column("undone_machine", BigInteger),
    # Lines by what became of them, and what an undo did with the rows written.
    Column("written", Integer, nullable=False, server_default="0"),
    Column("known", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    Column("ignored", Integer, nullable=False, server_default="0"),
    Column("removed", Integer, nullable=False, server_default="0"),
    Column("kept", Integer, nullable=False, server_default="0"),
    Column("first_at", BigInteger),
    Column("last_at", BigInteger),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
)


def _snapshot_columns() -> list[Column[Any]]:
    return [
        Column("id", RowId, primary_key=True),
        Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        Column("timestamp", BigInteger, nullable=False),
        Column("kind", Text, nullable=False),
        Column("total_value_usd", ExactDecimal, nullable=False),
        Column("twr", Double),
        Column("pnl", ExactDecimal, nullable=False),
        Column("pnl_percent", Double),
        Column("composition", Text, nullable=False),
        Column("flow_usd", ExactDecimal, nullable=False),
        Column("deposits_usd", ExactDecimal, nullable=False),
        Column("cum_flows_usd", ExactDecimal, nullable=False),
        Column("cum_deposits_usd", ExactDecimal, nullable=False),
        Column("first_value_usd", ExactDecimal, nullable=False),
        Column("growth_index", Double),
        Column("benchmark_index", Double),
        Column("benchmark_value_usd", ExactDecimal),
        Column("benchmark_state", Text),
        Column("status", Text, nullable=False),
        Column("reason", Text),
        Column("doubts", Integer, nullable=False),
        # Running counts, so that no reader has to count rows: rows, grid slots present, grid slots expected.
        Column("seq", Integer, nullable=False),
        Column("slots", Integer, nullable=False),
        Column("slots_expected", Integer, nullable=False),
    ]


snapshots = Table(
    "snapshots",
    metadata,
    *_snapshot_columns(),
    UniqueConstraint("account_id", "timestamp"),
    partial_index("ix_snapshots_daily", "account_id", "timestamp", where=f"timestamp % {DAY_MS} = 0"),
    partial_index("ix_snapshots_doubtful", "account_id", "timestamp", where="reason IS NOT NULL"),
)  # fmt: skip

# Rows of a rebuild that is under way, up to `account_sync.rebuilt_to`; those of `snapshots` that they will replace stay
# readable until it is done.
snapshot_drafts = Table("snapshot_drafts", metadata, *_snapshot_columns(), UniqueConstraint("account_id", "timestamp"))

# Values of the past that another program had written down, as they were imported: rows of `snapshots` are made of them
# for the time before the ledger begins.
imported_values = Table(
    "imported_values",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("total_value_usd", ExactDecimal, nullable=False),
    Column("import_id", RowId, nullable=False),
    PrimaryKeyConstraint("account_id", "timestamp"),
)

# Profit of open futures positions by asset, as it was read: a JSON object, empty while nothing was open.
profit_readings = Table(
    "profit_readings",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("amounts", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "at"),
)

# No slot with after < instant <= until is taken: a wallet was unknown then.
snapshot_gaps = Table(
    "snapshot_gaps",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("after", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "after"),
)

# The last comparison of each account's ledger with its balances: JSON (core/ledger/certificate.py).
certificates = Table(
    "certificates",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),
)

# The parts that the ledger says the value of a snapshot is made of: running sums, just before the flow of its instant.
# On PostgreSQL the reference is to (id, timestamp), as is that of `hold_rows`: snapshots lie in months there (0052).
closings = Table(
    "closings",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("flows_usd", ExactDecimal, nullable=False),
    Column("realized_usd", ExactDecimal, nullable=False),
    Column("unrealized_usd", ExactDecimal, nullable=False),
    Column("income_usd", ExactDecimal, nullable=False),
    Column("fees_usd", ExactDecimal, nullable=False),
    UniqueConstraint("account_id", "timestamp"),
)

# Intervals between two snapshots whose change of value the ledger does not explain; `coins`: a JSON list.
closing_findings = Table(
    "closing_findings",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("after", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("residual_usd", ExactDecimal, nullable=False),
    Column("cause", Text, nullable=False),
    Column("coins", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "until"),
)

prices = Table(
    "prices",
    metadata,
    Column("symbol", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("price", ExactDecimal),
    Column("candle_end", BigInteger),
    PrimaryKeyConstraint("symbol", "at"),
    sqlite_with_rowid=False,
)
