"""Rows for any period: sums of each coin and contract by instant, with what was held, and each trade with the count of
those up to it.

Everything is booked anew: of what is there already nobody knows them.

Revision: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None

METHODS = ("average", "fifo", "lifo", "hifo")
COUNTS = ("buys", "sells", "symbol_buys", "symbol_sells")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in COUNTS:
        op.add_column("booked_trades", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "booked_subject_runs",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("futures", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("held", ExactDecimal(), nullable=False),
        *(sa.Column(f"held_cost_{method}", ExactDecimal(), nullable=False) for method in METHODS),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_booked_subject_runs_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "subject", "futures", "at", name=op.f("pk_booked_subject_runs")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_booked_subject_runs_account_id_at", "booked_subject_runs", ["account_id", "at"])
    _book_anew()


def downgrade() -> None:
    op.drop_table("booked_subject_runs")
    for name in reversed(COUNTS):
        op.drop_column("booked_trades", name)
    _book_anew()


def _book_anew() -> None:
    op.execute("DELETE FROM book_checkpoints")
    op.execute("UPDATE books SET dirty_from = 0, version = version + 1")
    op.execute("UPDATE account_sync SET positions = NULL")
