"""Wallets: debts and unrealised profit beside each balance, and how each wallet of an account was read.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0003"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("borrowed", "interest", "unrealized"):
        op.add_column("last_balance", sa.Column(name, ExactDecimal(), server_default="0", nullable=False))
    op.add_column("account_sync", sa.Column("wallets", sa.Text(), server_default="[]", nullable=False))
    op.add_column("account_sync", sa.Column("depegged", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    # Nothing ever wrote it: `wallets` says which are unknown, and more.
    op.drop_column("account_sync", "unknown_wallets")
