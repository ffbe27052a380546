"""The log of the collector's tasks, and how many refreshes of each hour worked.

Revision: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "task_log",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at_machine", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("answer_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_task_log_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_task_log_task_at_machine"), "task_log", ["task", "at_machine"])
    op.create_table(
        "refresh_hours",
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("first_machine", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_refresh_hours_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hour", "account_id", name=op.f("pk_refresh_hours")),
    )


def downgrade() -> None:
    op.drop_table("refresh_hours")
    op.drop_table("task_log")
