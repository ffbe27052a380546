"""A write that is sent again is known: its key keeps a token, which plans of conversions and runs carry once.

And a purchase may be sent as an amount of money.

Revision: 0038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("token", sa.Text(), nullable=False, server_default=""))
    held = sa.Column("held_until_machine", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    op.add_column("idempotency_keys", held)
    # Keys without an answer have no token: what they began cannot be found by it.
    op.execute(sa.text("DELETE FROM idempotency_keys WHERE status IS NULL"))
    for table in ("rebalancing_plans", "runs"):
        op.add_column(table, sa.Column("request", sa.Text(), nullable=True))
        op.create_index(f"uq_{table}_request", table, ["request"], unique=True)
    op.add_column("run_attempts", sa.Column("quote_quantity", ExactDecimal(), nullable=True))


def downgrade() -> None:
    op.drop_column("run_attempts", "quote_quantity")
    for table in ("rebalancing_plans", "runs"):
        op.drop_index(f"uq_{table}_request", table)
        op.drop_column(table, "request")
    op.drop_column("idempotency_keys", "held_until_machine")
    op.drop_column("idempotency_keys", "token")
