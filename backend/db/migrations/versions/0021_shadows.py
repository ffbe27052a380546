"""Shadows: which plan the benchmark columns of an account follow, and the rows of the hold-only shadow.

Revision: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "benchmark_configs",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("plan", sa.Text()),
        sa.Column("hold", sa.Text()),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_benchmark_configs")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_benchmark_configs_account_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "hold_rows",
        sa.Column("snapshot_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("value_usd", ExactDecimal(), nullable=False),
        sa.Column("hold_index", sa.Double()),
        sa.Column("reason", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("pk_hold_rows")),
        sa.UniqueConstraint("account_id", "timestamp", name=op.f("uq_hold_rows_account_id_timestamp")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_hold_rows_snapshot_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_hold_rows_account_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(
        op.f("ix_hold_rows_states"),
        "hold_rows",
        ["account_id", "timestamp"],
        sqlite_where=sa.text("state IS NOT NULL"),
        postgresql_where=sa.text("state IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("hold_rows")
    op.drop_table("benchmark_configs")
