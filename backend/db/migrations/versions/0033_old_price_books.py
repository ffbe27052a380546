"""Disposals and income say where they rest on an old price: everything is booked anew.

Revision: 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("booked_disposals", "booked_income")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("old_price", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute("DELETE FROM book_checkpoints")
    op.execute("UPDATE books SET dirty_from = 0, version = version + 1")
    op.execute("UPDATE account_sync SET positions = NULL")


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "old_price")
