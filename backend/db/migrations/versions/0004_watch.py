"""Profit of open futures positions as it was read, and stretches of time without a full reading of all wallets.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "profit_readings",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_profit_readings_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "at", name=op.f("pk_profit_readings")),
    )
    op.create_table(
        "snapshot_gaps",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_snapshot_gaps_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "after", name=op.f("pk_snapshot_gaps")),
    )


def downgrade() -> None:
    op.drop_table("snapshot_gaps")
    op.drop_table("profit_readings")
