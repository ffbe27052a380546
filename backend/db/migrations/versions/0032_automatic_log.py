"""Of each due automatic run: the largest drift that was seen, and what put it off.

Revision: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("strategy_dues", sa.Column("drift", ExactDecimal()))
    op.add_column("strategy_dues", sa.Column("drift_asset", sa.Text()))
    op.add_column("strategy_dues", sa.Column("put_off", sa.Text()))


def downgrade() -> None:
    for column in ("put_off", "drift_asset", "drift"):
        op.drop_column("strategy_dues", column)
