"""Turns of backtests: a worker whose backtest was handed to another one writes no more.

Revision: 0051
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

TABLE = "backtest_turns"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("backtest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["backtest_id"],
            ["backtests.id"],
            name=op.f("fk_backtest_turns_backtest_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("backtest_id", name=op.f("pk_backtest_turns")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
