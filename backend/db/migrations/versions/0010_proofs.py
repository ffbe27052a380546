"""Proofs: certificates, the closing equation of each snapshot, and what it did not explain.

Revision: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_certificates_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_certificates")),
    )
    op.create_table(
        "closings",
        sa.Column("snapshot_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("flows_usd", ExactDecimal(), nullable=False),
        sa.Column("realized_usd", ExactDecimal(), nullable=False),
        sa.Column("unrealized_usd", ExactDecimal(), nullable=False),
        sa.Column("income_usd", ExactDecimal(), nullable=False),
        sa.Column("fees_usd", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_closings_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_closings_snapshot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("pk_closings")),
        sa.UniqueConstraint("account_id", "timestamp", name=op.f("uq_closings_account_id_timestamp")),
    )
    op.create_table(
        "closing_findings",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("residual_usd", ExactDecimal(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("coins", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_closing_findings_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "until", name=op.f("pk_closing_findings")),
    )


def downgrade() -> None:
    op.drop_table("closing_findings")
    op.drop_table("closings")
    op.drop_table("certificates")
