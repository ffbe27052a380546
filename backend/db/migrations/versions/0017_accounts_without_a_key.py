"""Accounts without a key: what the key that one gave up read last.

Revision: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("last_read_at", sa.BigInteger(), nullable=True))
    op.add_column("accounts", sa.Column("last_read", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("accounts", "last_read")
    op.drop_column("accounts", "last_read_at")
