"""Addresses of the user's own outside the exchange, and what came back from there.

Revision: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_addresses",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("created_machine", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_addresses")),
        sa.UniqueConstraint(
            "environment", "address", "network", name=op.f("uq_own_addresses_environment_address_network")
        ),
    )
    op.create_table(
        "address_returns",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("address_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_address_returns_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["address_id"], ["own_addresses.id"], name=op.f("fk_address_returns_address_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "source", "external_id", name=op.f("pk_address_returns")),
    )


def downgrade() -> None:
    op.drop_table("address_returns")
    op.drop_table("own_addresses")
