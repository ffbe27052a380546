"""Statements: which import wrote a ledger event, events that a better source tells too, and lines that move nothing.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("ledger_events", sa.Column("import_id", ROW_ID, nullable=True))
    op.add_column(
        "ledger_events", sa.Column("superseded", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index(op.f("ix_ledger_events_import_id"), "ledger_events", ["import_id"], unique=False)
    op.add_column("imports", sa.Column("ignored", sa.Integer(), server_default="0", nullable=False))
