"""Automatic runs with their due instants, scores of runs, and single conversions.

Revision: 0031
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0031"
down_revision = "0029"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "strategy_clocks",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("last_due", sa.BigInteger()),
        sa.Column("newest_flow", sa.BigInteger()),
        sa.Column("deposit_seen", sa.BigInteger()),
        sa.Column("failing", sa.Text()),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_strategy_clocks")),
        _of("accounts", "account_id", "strategy_clocks"),
    )
    op.create_table(
        "strategy_dues",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("run_id", ROW_ID),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_dues")),
        sa.UniqueConstraint("account_id", "due", name=op.f("uq_strategy_dues_account_id_due")),
        _of("accounts", "account_id", "strategy_dues"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_strategy_dues_run_id"), ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_strategy_dues_account_id_id"), "strategy_dues", ["account_id", "id"])
    op.create_table(
        "scored_runs",
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_scored_runs")),
        _of("runs", "run_id", "scored_runs"),
        _of("accounts", "account_id", "scored_runs"),
    )
    op.create_index(op.f("ix_scored_runs_account_id"), "scored_runs", ["account_id"])
    op.create_table(
        "run_changes",
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("quantity", ExactDecimal(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "asset", name=op.f("pk_run_changes")),
        _of("runs", "run_id", "run_changes"),
    )
    op.create_table(
        "run_change_sums",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("quantity", ExactDecimal(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "asset", name=op.f("pk_run_change_sums")),
        _of("accounts", "account_id", "run_change_sums"),
    )
    op.create_table(
        "score_prices",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("price", ExactDecimal()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("account_id", "asset", name=op.f("pk_score_prices")),
        _of("accounts", "account_id", "score_prices"),
    )
    op.create_table(
        "conversion_history",
        sa.Column("run_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("from_asset", sa.Text(), nullable=False),
        sa.Column("to_asset", sa.Text(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("expected", ExactDecimal(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_conversion_history")),
        _of("runs", "run_id", "conversion_history"),
        _of("accounts", "account_id", "conversion_history"),
    )
    op.create_index(op.f("ix_conversion_history_account_id_run_id"), "conversion_history", ["account_id", "run_id"])


def downgrade() -> None:
    for table in (
        "conversion_history",
        "score_prices",
        "run_change_sums",
        "run_changes",
        "scored_runs",
        "strategy_dues",
        "strategy_clocks",
    ):
        op.drop_table(table)


def _of(parent: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
