"""Moves between accounts that are tracked here, what the user says of them, and the lots that go with the coins.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SIDES = ("sent", "received")
CROSSING = sa.text("kind IN ('deposit', 'withdrawal')")


def upgrade() -> None:
    for name in ("transaction_id", "address"):
        op.add_column("ledger_events", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_ledger_events_crossing",
        "ledger_events",
        ["account_id", "at"],
        unique=False,
        sqlite_where=CROSSING,
        postgresql_where=CROSSING,
    )
    op.create_table(
        "own_moves",
        sa.Column("id", ROW_ID, nullable=False),
        *_side("sent", at=True),
        *_side("received", at=True),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("quantity", ExactDecimal(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("carries", sa.Boolean(), nullable=False),
        *_accounts("own_moves"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_moves")),
        *(
            sa.UniqueConstraint(
                *(f"{side}_{name}" for name in ("account_id", "source", "external_id")),
                name=op.f(f"uq_own_moves_{side}_account_id_{side}_source_{side}_external_id"),
            )
            for side in SIDES
        ),
    )
    op.create_table(
        "move_decisions",
        *_side("sent"),
        *_side("received"),
        sa.Column("decision", sa.Text(), nullable=False),
        *_accounts("move_decisions"),
        sa.PrimaryKeyConstraint(
            *(f"{side}_{name}" for side in SIDES for name in ("account_id", "source", "external_id")),
            name=op.f("pk_move_decisions"),
        ),
    )
    op.create_table(
        "carried_lots",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("lots", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_carried_lots_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "source", "external_id", name=op.f("pk_carried_lots")),
    )


def _side(side: str, at: bool = False) -> list[sa.Column[object]]:
    columns: list[sa.Column[object]] = [
        sa.Column(f"{side}_account_id", ROW_ID, nullable=False),
        sa.Column(f"{side}_source", sa.Text(), nullable=False),
        sa.Column(f"{side}_external_id", sa.Text(), nullable=False),
    ]
    return [*columns, sa.Column(f"{side}_at", sa.BigInteger(), nullable=False)] if at else columns


def _accounts(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [f"{side}_account_id"], ["accounts.id"], name=op.f(f"fk_{table}_{side}_account_id"), ondelete="CASCADE"
        )
        for side in SIDES
    ]


def downgrade() -> None:
    for table in ("carried_lots", "move_decisions", "own_moves"):
        op.drop_table(table)
    op.drop_index("ix_ledger_events_crossing", table_name="ledger_events")
    for name in ("address", "transaction_id"):
        op.drop_column("ledger_events", name)
