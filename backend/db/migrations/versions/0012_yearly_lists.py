"""Yearly lists: which event of the ledger a line is of, and when the newest of the coins sold were acquired. And values
of the past that another program had written down.

What was booked is told anew: of lines that are there already nobody knows the event, and checkpoints and positions now
say which coins came at a cost that nobody told.

Revision: 0012
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

METHODS = ("average", "fifo", "lifo", "hifo")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _replace(
        [
            *(sa.Column(f"acquired_last_{method}", sa.BigInteger()) for method in METHODS),
            sa.Column("estimated", sa.Boolean(), nullable=False),
            sa.Column("event_id", sa.BigInteger(), nullable=False),
        ],
        [sa.Column("event_id", sa.BigInteger(), nullable=False)],
    )
    op.create_table(
        "imported_values",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("total_value_usd", ExactDecimal(), nullable=False),
        sa.Column("import_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_imported_values_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "timestamp", name=op.f("pk_imported_values")),
    )


def downgrade() -> None:
    op.drop_table("imported_values")
    _replace([sa.Column("estimated", sa.Boolean(), nullable=False)], [])


def _replace(of_disposals: Sequence[sa.Column[Any]], of_income: Sequence[sa.Column[Any]]) -> None:
    """Make both tables anew, with these columns behind those that they always had, and have everything booked again."""
    _table(
        "booked_disposals",
        sa.Column("asset", sa.Text(), nullable=False),
        _money("quantity", nullable=False),
        _money("proceeds", nullable=False),
        *(_money(f"cost_{method}", nullable=False) for method in METHODS),
        *(sa.Column(f"acquired_{method}", sa.BigInteger()) for method in METHODS),
        *of_disposals,
    )
    _table(
        "booked_income",
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text()),
        _money("quantity", nullable=False),
        _money("value_usd", nullable=True),
        *of_income,
    )
    op.execute("DELETE FROM book_checkpoints")
    op.execute("UPDATE books SET dirty_from = 0, version = version + 1")
    op.execute("UPDATE account_sync SET positions = NULL")


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.drop_index(f"ix_{name}_account_id_at_id", table_name=name)
    op.drop_table(name)
    op.create_table(
        name,
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f(f"fk_{name}_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_account_id_at_id", name, ["account_id", "at", "id"])


def _money(name: str, nullable: bool) -> sa.Column[Any]:
    return sa.Column(name, ExactDecimal(), nullable=nullable)
