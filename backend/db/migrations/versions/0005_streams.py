"""Live streams: how they are, and what they told before a refresh confirmed it.

Revision: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account_sync", sa.Column("prices_at", sa.BigInteger(), nullable=True))
    op.add_column("account_sync", sa.Column("moved_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "streams",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since_machine", sa.BigInteger(), nullable=False),
        sa.Column("last_message_machine", sa.BigInteger(), nullable=True),
        sa.Column("reconnects", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("told_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_streams")),
    )
