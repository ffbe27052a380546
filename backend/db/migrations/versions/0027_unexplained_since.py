"""From when on nobody knows when an unexplained change was: rows from there to its entry are estimates.

Revision: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledger_events", sa.Column("since", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("ledger_events", "since")
