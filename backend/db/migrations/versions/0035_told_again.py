"""What a second file tells again stays when the first is taken back; moves between wallets come from files too.

Revision: 0035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "told_again",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("import_id", ROW_ID, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "source", "external_id", "import_id", name=op.f("pk_told_again")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_told_again_account_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_told_again_import_id"), "told_again", ["import_id"])
    op.add_column("wallet_moves", sa.Column("import_id", ROW_ID, nullable=True))
    op.create_index(op.f("ix_wallet_moves_import_id"), "wallet_moves", ["import_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_wallet_moves_import_id"), table_name="wallet_moves")
    op.drop_column("wallet_moves", "import_id")
    op.drop_table("told_again")
