"""Imports of files, and which import wrote a cash flow.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), server_default="{}", nullable=False),
        sa.Column("created_machine", sa.BigInteger(), nullable=False),
        sa.Column("finished_machine", sa.BigInteger(), nullable=True),
        sa.Column("undone_machine", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.Integer(), server_default="0", nullable=False),
        sa.Column("known", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.Column("removed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("kept", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_imports_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_imports_account_id"), "imports", ["account_id"], unique=False)
    op.add_column("cash_flows", sa.Column("import_id", ROW_ID, nullable=True))
    op.add_column("cash_flows", sa.Column("edited", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(op.f("ix_cash_flows_import_id"), "cash_flows", ["import_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_cash_flows_import_id"), table_name="cash_flows")
    op.drop_column("cash_flows", "edited")
    op.drop_column("cash_flows", "import_id")
    op.drop_index(op.f("ix_imports_account_id"), table_name="imports")
    op.drop_table("imports")
