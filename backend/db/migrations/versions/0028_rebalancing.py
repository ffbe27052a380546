"""Targets, settings and plans of rebalancing, and the ranks of coins.

Revision: 0028
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_ALL = sa.text("account_id IS NULL")


def upgrade() -> None:
    _scoped(
        "allocation_settings",
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("target_percentage", ExactDecimal(), nullable=False),
        key=["asset"],
    )
    _scoped("rebalancing_settings", sa.Column("content", sa.Text(), nullable=False), key=[])
    op.create_table(
        "rebalancing_plans",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("consumed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_rebalancing_plans_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_rebalancing_plans")),
    )
    op.create_index("ix_rebalancing_plans_expires", "rebalancing_plans", ["expires"])
    op.create_table(
        "coin_ranks",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("coin_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("read_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "coin_id", name=op.f("pk_coin_ranks")),
    )


def _scoped(name: str, *columns: sa.Column[Any], key: list[str]) -> None:
    """A table of what is set for one account, or for all of an environment."""
    op.create_table(
        name,
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=True),
        *columns,
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f(f"fk_{name}_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(
        f"uq_{name}_of_all", name, ["environment", *key], unique=True, sqlite_where=OF_ALL, postgresql_where=OF_ALL
    )
    op.create_index(f"uq_{name}_of_one", name, ["account_id", *key], unique=True)


def downgrade() -> None:
    op.drop_table("coin_ranks")
    op.drop_table("rebalancing_plans")
    op.drop_table("rebalancing_settings")
    op.drop_table("allocation_settings")
