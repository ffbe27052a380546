"""Futures contracts: fills, positions, and what is open now; and settings of the installation.

Revision: 0014
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.db.types import ExactDecimal

revision = "0014"
down_revision = "0016"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _decimal(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, ExactDecimal(), nullable=nullable)


def _number(name: str, kind: Any, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _account(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("account_id", ROW_ID, nullable=False),
        _text("wallet"),
        _text("symbol"),
        _text("side"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id"), ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    op.create_table(
        "futures_fills",
        *_account("futures_fills"),
        _number("trade_id", sa.BigInteger()),
        _number("at", sa.BigInteger()),
        _decimal("quantity"),
        _decimal("price"),
        _decimal("notional", nullable=True),
        _decimal("realized"),
        _decimal("commission"),
        _text("commission_asset"),
        sa.PrimaryKeyConstraint("account_id", "wallet", "symbol", "side", "trade_id", name=op.f("pk_futures_fills")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "futures_contracts",
        *_account("futures_contracts"),
        _decimal("held"),
        _decimal("start"),
        _decimal("entry_price", nullable=True),
        _decimal("mark_price", nullable=True),
        _decimal("unrealized"),
        _decimal("notional", nullable=True),
        _text("margin_asset", nullable=True),
        _number("read_at", sa.BigInteger()),
        _number("positions", sa.Integer()),
        sa.PrimaryKeyConstraint("account_id", "wallet", "symbol", "side", name=op.f("pk_futures_contracts")),
    )
    op.create_table(
        "futures_positions",
        _number("id", ROW_ID),
        *_account("futures_positions"),
        _number("number", sa.Integer()),
        _number("short", sa.Boolean()),
        _number("opened_at", sa.BigInteger(), nullable=True),
        _number("closed_at", sa.BigInteger(), nullable=True),
        *(_decimal(name) for name in ("held", "came", "gone")),
        *(_decimal(name, nullable=True) for name in ("entry", "entry_mean", "exit_mean")),
        *(_decimal(name, nullable=True) for name in ("cost_usd", "realized_usd", "fees_usd", "funding_usd")),
        _number("trades", sa.Integer()),
        _number("last_trade_id", sa.BigInteger()),
        _number("turned", sa.Boolean()),
        _text("reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_futures_positions")),
        sa.UniqueConstraint(
            "account_id",
            "wallet",
            "symbol",
            "side",
            "number",
            name=op.f("uq_futures_positions_account_id_wallet_symbol_side_number"),
        ),
    )
    op.create_index(
        op.f("ix_futures_positions_account_id_closed_at_id"), "futures_positions", ["account_id", "closed_at", "id"]
    )

    op.create_table(
        "settings", _text("name"), _text("content"), sa.PrimaryKeyConstraint("name", name=op.f("pk_settings"))
    )


def downgrade() -> None:
    for table in ("settings", "futures_positions", "futures_contracts", "futures_fills"):
        op.drop_table(table)
