"""Backtests and their results.

Revision: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0031"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "backtests",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("account_id", ROW_ID),
        sa.Column("created_machine", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("loaded", sa.Float(), nullable=False),
        sa.Column("facts", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backtests")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_backtests_account_id"), ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_backtests_environment_id"), "backtests", ["environment", "id"])
    op.create_table(
        "backtest_results",
        sa.Column("backtest_id", ROW_ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("backtest_id", "place", name=op.f("pk_backtest_results")),
        sa.ForeignKeyConstraint(
            ["backtest_id"], ["backtests.id"], name=op.f("fk_backtest_results_backtest_id"), ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("backtest_results")
    op.drop_table("backtests")
