"""The log in the database: a ring of lines that the System page follows; and a row that is written to see whether rows
can be.

Revision: 0045
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "log_lines",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at_machine", sa.BigInteger(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text()),
        sa.Column("account_id", sa.BigInteger()),
        sa.Column("duration_ms", sa.Double()),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_lines")),
        sqlite_autoincrement=True,
    )
    grave, of_request = sa.text("severity >= 30"), sa.text("request_id IS NOT NULL")
    op.create_index("ix_log_lines_grave", "log_lines", ["id"], sqlite_where=grave, postgresql_where=grave)
    op.create_index(
        "ix_log_lines_request_id",
        "log_lines",
        ["request_id"],
        sqlite_where=of_request,
        postgresql_where=of_request,
    )
    op.create_index(op.f("ix_log_lines_component_id"), "log_lines", ["component", "id"])
    op.create_index(op.f("ix_log_lines_account_id_id"), "log_lines", ["account_id", "id"])
    op.create_table(
        "write_checks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_write_checks")),
    )


def downgrade() -> None:
    op.drop_table("write_checks")
    op.drop_table("log_lines")
