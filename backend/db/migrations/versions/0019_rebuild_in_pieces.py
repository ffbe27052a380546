"""Snapshots that are being computed anew, until all of them are.

Revision: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _money(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, ExactDecimal(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "snapshot_drafts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _money("total_value_usd"),
        sa.Column("twr", sa.Double()),
        _money("pnl"),
        sa.Column("pnl_percent", sa.Double()),
        sa.Column("composition", sa.Text(), nullable=False),
        *(_money(f"{name}_usd") for name in ("flow", "deposits", "cum_flows", "cum_deposits", "first_value")),
        sa.Column("growth_index", sa.Double()),
        sa.Column("benchmark_index", sa.Double()),
        _money("benchmark_value_usd", nullable=True),
        sa.Column("benchmark_state", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("doubts", "seq", "slots", "slots_expected")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_snapshot_drafts_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_drafts")),
        sa.UniqueConstraint("account_id", "timestamp", name=op.f("uq_snapshot_drafts_account_id_timestamp")),
    )
    op.add_column("account_sync", sa.Column("rebuilt_to", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("account_sync", "rebuilt_to")
    op.drop_table("snapshot_drafts")
