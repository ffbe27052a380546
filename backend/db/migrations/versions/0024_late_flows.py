"""Late flows: whether only cash flows have changed, and from when on the benchmark's money line is made anew.

Revision: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account_sync", sa.Column("flows_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("benchmark_configs", sa.Column("line_from", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("benchmark_configs", "line_from")
    op.drop_column("account_sync", "flows_only")
