"""The first schema.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("environment", "reference", name=op.f("uq_accounts_environment_reference")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at_machine", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "scope", name=op.f("pk_idempotency_keys")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), server_default="{}", nullable=False),
        sa.Column("created_machine", sa.BigInteger(), nullable=False),
        sa.Column("finished_machine", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_jobs_open",
        "jobs",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("expires_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "prices",
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("price", ExactDecimal(), nullable=True),
        sa.Column("candle_end", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("symbol", "at", name=op.f("pk_prices")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account_sync",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=True),
        sa.Column("refreshed_machine", sa.BigInteger(), nullable=True),
        sa.Column("attempted_machine", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("latency_ms", sa.Integer(), nullable=True),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=True),
        sa.Column("weight_used", sa.Integer(), nullable=True),
        sa.Column("weight_limit", sa.Integer(), nullable=True),
        sa.Column("import_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("import_total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("import_detail", sa.Text(), server_default="", nullable=False),
        sa.Column("import_complete", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("dirty_from", sa.BigInteger(), nullable=True),
        sa.Column("rebuilds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unreconciled", sa.Text(), server_default="[]", nullable=False),
        sa.Column("permissions", sa.Text(), nullable=True),
        sa.Column("unpriced", sa.Text(), server_default="[]", nullable=False),
        sa.Column("unknown_wallets", sa.Text(), server_default="[]", nullable=False),
        sa.Column("positions", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_sync_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_sync")),
    )
    op.create_table(
        "cash_flows",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("amount_usd", ExactDecimal(), nullable=True),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=True),
        sa.Column("price_usd", ExactDecimal(), nullable=True),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_cash_flows_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_flows")),
        sa.UniqueConstraint(
            "account_id", "source", "external_id", name=op.f("uq_cash_flows_account_id_source_external_id")
        ),
    )
    op.create_index(op.f("ix_cash_flows_account_id_timestamp"), "cash_flows", ["account_id", "timestamp"], unique=False)
    op.create_table(
        "import_cursors",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_import_cursors_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "source", "key", name=op.f("pk_import_cursors")),
    )
    op.create_table(
        "last_balance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("wallet", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("balance", ExactDecimal(), nullable=False),
        sa.Column("free", ExactDecimal(), nullable=False),
        sa.Column("locked", ExactDecimal(), nullable=False),
        sa.Column("price_usd", ExactDecimal(), nullable=True),
        sa.Column("usd_value", ExactDecimal(), nullable=True),
        sa.Column("percentage", sa.Double(), nullable=True),
        sa.Column("change_24h_percent", ExactDecimal(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_last_balance_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_balance")),
        sa.UniqueConstraint("account_id", "wallet", "asset", name=op.f("uq_last_balance_account_id_wallet_asset")),
    )
    op.create_table(
        "ledger_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("asset_in", sa.Text(), nullable=True),
        sa.Column("amount_in", ExactDecimal(), nullable=True),
        sa.Column("asset_out", sa.Text(), nullable=True),
        sa.Column("amount_out", ExactDecimal(), nullable=True),
        sa.Column("fee_asset", sa.Text(), nullable=True),
        sa.Column("fee_amount", ExactDecimal(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("price", ExactDecimal(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_ledger_events_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_events")),
        sa.UniqueConstraint(
            "account_id", "source", "external_id", name=op.f("uq_ledger_events_account_id_source_external_id")
        ),
    )
    op.create_index(op.f("ix_ledger_events_account_id_at"), "ledger_events", ["account_id", "at"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("total_value_usd", ExactDecimal(), nullable=False),
        sa.Column("twr", sa.Double(), nullable=True),
        sa.Column("pnl", ExactDecimal(), nullable=False),
        sa.Column("pnl_percent", sa.Double(), nullable=True),
        sa.Column("composition", sa.Text(), nullable=False),
        sa.Column("flow_usd", ExactDecimal(), nullable=False),
        sa.Column("deposits_usd", ExactDecimal(), nullable=False),
        sa.Column("cum_flows_usd", ExactDecimal(), nullable=False),
        sa.Column("cum_deposits_usd", ExactDecimal(), nullable=False),
        sa.Column("first_value_usd", ExactDecimal(), nullable=False),
        sa.Column("growth_index", sa.Double(), nullable=True),
        sa.Column("benchmark_index", sa.Double(), nullable=True),
        sa.Column("benchmark_value_usd", ExactDecimal(), nullable=True),
        sa.Column("benchmark_state", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("slots_expected", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_snapshots_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("account_id", "timestamp", name=op.f("uq_snapshots_account_id_timestamp")),
    )
    op.create_index(
        "ix_snapshots_daily",
        "snapshots",
        ["account_id", "timestamp"],
        unique=False,
        sqlite_where=sa.text("timestamp % 86400000 = 0"),
        postgresql_where=sa.text("timestamp % 86400000 = 0"),
    )
    op.create_index(
        "ix_snapshots_doubtful",
        "snapshots",
        ["account_id", "timestamp"],
        unique=False,
        sqlite_where=sa.text("reason IS NOT NULL"),
        postgresql_where=sa.text("reason IS NOT NULL"),
    )


def downgrade() -> None:

    op.drop_index(
        "ix_snapshots_doubtful",
        table_name="snapshots",
        sqlite_where=sa.text("reason IS NOT NULL"),
        postgresql_where=sa.text("reason IS NOT NULL"),
    )
    op.drop_index(
        "ix_snapshots_daily",
        table_name="snapshots",
        sqlite_where=sa.text("timestamp % 86400000 = 0"),
        postgresql_where=sa.text("timestamp % 86400000 = 0"),
    )
    op.drop_table("snapshots")
    op.drop_index(op.f("ix_ledger_events_account_id_at"), table_name="ledger_events")
    op.drop_table("ledger_events")
    op.drop_table("last_balance")
    op.drop_table("import_cursors")
    op.drop_index(op.f("ix_cash_flows_account_id_timestamp"), table_name="cash_flows")
    op.drop_table("cash_flows")
    op.drop_table("account_sync")
    op.drop_table("prices")
    op.drop_table("lease")
    op.drop_index(
        "ix_jobs_open",
        table_name="jobs",
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.drop_table("jobs")
    op.drop_table("idempotency_keys")
    op.drop_table("events")
    op.drop_table("accounts")
