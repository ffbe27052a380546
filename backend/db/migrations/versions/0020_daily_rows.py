"""Days of each account, made of the snapshots there are.

Revision: 0020
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.core.performance.day_rows import Reading, folded
from backend.db.types import ExactDecimal

revision = "0020"
down_revision = "0014"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    table = op.create_table(
        "daily_rows",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("growth_index", sa.Double()),
        sa.Column("benchmark_index", sa.Double()),
        sa.Column("value_usd", ExactDecimal()),
        sa.Column("benchmark_value_usd", ExactDecimal()),
        sa.Column("doubts", sa.Integer()),
        sa.Column("open_reason", sa.Text()),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("value_sum_usd", ExactDecimal(), nullable=False),
        *(sa.Column(name, sa.Double()) for name in ("high", "low", "fall")),
        sa.Column("benchmark_hours", sa.Integer(), nullable=False),
        sa.Column("benchmark_sum_usd", ExactDecimal(), nullable=False),
        *(sa.Column(f"benchmark_{name}", sa.Double()) for name in ("high", "low", "fall")),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_daily_rows_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_daily_rows")),
        sqlite_with_rowid=False,
    )
    _fill(table)


def downgrade() -> None:
    op.drop_table("daily_rows")


def _fill(table: sa.Table) -> None:
    connection = op.get_bind()
    query = sa.text(
        "SELECT timestamp, total_value_usd, growth_index, benchmark_index, benchmark_value_usd, reason, doubts "
        "FROM snapshots WHERE account_id = :account ORDER BY timestamp"
    )
    for account in connection.execute(sa.text("SELECT id FROM accounts")).scalars().all():
        readings = (
            Reading(
                row[0],
                Decimal(row[1]),
                math.nan if row[2] is None else row[2],
                row[3],
                None if row[4] is None else Decimal(row[4]),
                row[5],
                row[6],
            )
            for row in connection.execute(query, {"account": account})
        )
        days = folded(account, readings)
        if days:
            op.bulk_insert(table, [_values(day) for day in days])


def _values(day: Any) -> dict[str, Any]:
    opening, growth, benchmark = day.opening, day.growth, day.benchmark
    return {
        "account_id": day.account_id,
        "day": day.day_ms,
        "opened": int(opening is not None),
        "growth_index": None if opening is None or math.isnan(opening.growth) else opening.growth,
        "benchmark_index": None if opening is None else opening.benchmark,
        "value_usd": None if opening is None else opening.value,
        "benchmark_value_usd": None if opening is None else opening.benchmark_value,
        "doubts": None if opening is None else opening.doubts,
        "open_reason": None if opening is None else opening.reason,
        "hours": day.hours,
        "value_sum_usd": day.value_sum,
        "high": None if growth is None else growth.high,
        "low": None if growth is None else growth.low,
        "fall": None if growth is None else growth.fall,
        "benchmark_hours": day.benchmark_hours,
        "benchmark_sum_usd": day.benchmark_sum,
        "benchmark_high": None if benchmark is None else benchmark.high,
        "benchmark_low": None if benchmark is None else benchmark.low,
        "benchmark_fall": None if benchmark is None else benchmark.fall,
        "reason": day.reason,
    }
