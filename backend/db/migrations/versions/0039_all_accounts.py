"""All accounts together: which accounts the whole of an environment is made of.

Revision: 0039
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "whole_members",
        sa.Column("whole_id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.PrimaryKeyConstraint("whole_id", "account_id", name=op.f("pk_whole_members")),
        sa.ForeignKeyConstraint(
            ["whole_id"], ["accounts.id"], name=op.f("fk_whole_members_whole_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_whole_members_account_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_whole_members_account_id"), "whole_members", ["account_id"])


def downgrade() -> None:
    op.execute("DELETE FROM accounts WHERE id < 0")
    op.drop_table("whole_members")
