"""Request budgets: what was sent to each host, and until when it asked for silence.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("silent_until_machine", sa.BigInteger(), nullable=False),
        sa.Column("banned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_request_hosts")),
    )
    op.create_table(
        "request_pools",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("window", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("in_flight", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("host", "pool", name=op.f("pk_request_pools")),
    )


def downgrade() -> None:
    op.drop_table("request_pools")
    op.drop_table("request_hosts")
