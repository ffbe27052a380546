"""The books: trades, positions, disposals and sums under each method, checkpoints, and costs that the user entered.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0008"
down_revision = "0009"
branch_labels = None
depends_on = None

METHODS = ("average", "fifo", "lifo", "hifo")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _account(table: str) -> list[sa.schema.SchemaItem]:
    name = op.f(f"fk_{table}_account_id")
    return [
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=name, ondelete="CASCADE"),
    ]


def _event(table: str) -> list[sa.schema.SchemaItem]:
    name = op.f(f"fk_{table}_event_id")
    return [
        sa.Column("event_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["ledger_events.id"], name=name, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f(f"pk_{table}")),
    ]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _money(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, ExactDecimal(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "books",
        *_account("books"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("dirty_from", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("first_trade_at", sa.BigInteger()),
        sa.Column("open_count", sa.Integer(), nullable=False),
        sa.Column("closed_count", sa.Integer(), nullable=False),
        sa.Column("unknown_lots", sa.Integer(), nullable=False),
        _key("books", "account_id"),
    )
    op.create_table(
        "book_checkpoints",
        *_account("book_checkpoints"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _key("book_checkpoints", "account_id", "at"),
    )
    op.create_table(
        "booked_trades",
        *_event("booked_trades"),
        *_account("booked_trades"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "symbol", "side", "base", "quote")),
        _money("quantity", nullable=False),
        _money("price"),
        _money("quote_quantity", nullable=False),
        _money("value_usd"),
        _money("fee"),
        sa.Column("fee_asset", sa.Text()),
        _money("fee_usd"),
        *(_money(f"realized_{method}") for method in METHODS),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
    )
    op.create_index("ix_booked_trades_account_id_at_event_id", "booked_trades", ["account_id", "at", "event_id"])
    op.create_index(
        "ix_booked_trades_account_id_symbol_at_event_id", "booked_trades", ["account_id", "symbol", "at", "event_id"]
    )
    op.create_table(
        "booked_positions",
        sa.Column("id", ROW_ID, nullable=False),
        *_account("booked_positions"),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        *(_money(name, nullable=False) for name in ("came", "cost", "sold", "proceeds", "income", "fees")),
        sa.Column("trades", sa.Integer(), nullable=False),
        sa.Column("cost_status", sa.Text(), nullable=False),
        _money("held", nullable=False),
        *(_money(f"held_cost_{method}", nullable=False) for method in METHODS),
        *(_money(f"realized_{method}", nullable=False) for method in METHODS),
        _key("booked_positions", "id"),
        sa.UniqueConstraint("account_id", "asset", "number", name=op.f("uq_booked_positions_account_id_asset_number")),
    )
    op.create_index(
        "ix_booked_positions_account_id_closed_at_id", "booked_positions", ["account_id", "closed_at", "id"]
    )
    op.create_table(
        "booked_sums",
        *_account("booked_sums"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("futures", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _key("booked_sums", "account_id", "subject", "futures"),
    )
    op.create_table(
        "booked_runs",
        *_account("booked_runs"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _key("booked_runs", "account_id", "at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "booked_lots",
        *_event("booked_lots"),
        *_account("booked_lots"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        _money("quantity", nullable=False),
        _money("market_value"),
        sa.Column("state", sa.Text(), nullable=False),
        _money("cost"),
        sa.Column("acquired_at", sa.BigInteger()),
    )
    op.create_index(
        "ix_booked_lots_account_id_state_at_event_id", "booked_lots", ["account_id", "state", "at", "event_id"]
    )
    op.create_table(
        "booked_disposals",
        sa.Column("id", ROW_ID, nullable=False),
        *_account("booked_disposals"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        _money("quantity", nullable=False),
        _money("proceeds", nullable=False),
        *(_money(f"cost_{method}", nullable=False) for method in METHODS),
        *(sa.Column(f"acquired_{method}", sa.BigInteger()) for method in METHODS),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        _key("booked_disposals", "id"),
    )
    op.create_index("ix_booked_disposals_account_id_at_id", "booked_disposals", ["account_id", "at", "id"])
    op.create_table(
        "booked_income",
        sa.Column("id", ROW_ID, nullable=False),
        *_account("booked_income"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text()),
        _money("quantity", nullable=False),
        _money("value_usd"),
        _key("booked_income", "id"),
    )
    op.create_index("ix_booked_income_account_id_at_id", "booked_income", ["account_id", "at", "id"])
    op.create_table(
        "entered_costs",
        *_account("entered_costs"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        _money("cost", nullable=False),
        sa.Column("acquired_at", sa.BigInteger()),
        _key("entered_costs", "account_id", "source", "external_id"),
    )


def downgrade() -> None:
    for table in (
        "entered_costs",
        "booked_income",
        "booked_disposals",
        "booked_lots",
        "booked_runs",
        "booked_sums",
        "booked_positions",
        "booked_trades",
        "book_checkpoints",
        "books",
    ):
        op.drop_table(table)
