"""Tables of futures contracts: fills as they were told, positions made of them, and what is open now.

Fills are kept, for the exchange forgets them; positions can be made anew from them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from backend.db.models import RowId, metadata
from backend.db.types import ExactDecimal


def _account() -> Column[int]:
    return Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _contract() -> tuple[Column[str], ...]:
    return tuple(Column(name, Text, nullable=False) for name in ("wallet", "symbol", "side"))


# `quantity` is negative when sold; `notional`, in the margin asset, is absent where the exchange does not tell it.
futures_fills = Table(
    "futures_fills",
    metadata,
    _account(),
    *_contract(),
    Column("trade_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("price", ExactDecimal, nullable=False),
    Column("notional", ExactDecimal),
    Column("realized", ExactDecimal, nullable=False),
    Column("commission", ExactDecimal, nullable=False),
    Column("commission_asset", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "wallet", "symbol", "side", "trade_id"),
    sqlite_with_rowid=False,
)

# `start`: what was held before the first fill that is told; `positions`: how many were ever opened.
futures_contracts = Table(
    "futures_contracts",
    metadata,
    _account(),
    *_contract(),
    Column("held", ExactDecimal, nullable=False),
    Column("start", ExactDecimal, nullable=False),
    Column("entry_price", ExactDecimal),
    Column("mark_price", ExactDecimal),
    Column("unrealized", ExactDecimal, nullable=False),
    Column("notional", ExactDecimal),
    Column("margin_asset", Text),
    Column("read_at", BigInteger, nullable=False),
    Column("positions", Integer, nullable=False),
    PrimaryKeyConstraint("account_id", "wallet", "symbol", "side"),
)

# A position from the first contract to the last; money in the reporting currency, absent where a price was missing.
futures_positions = Table(
    "futures_positions",
    metadata,
    Column("id", RowId, primary_key=True),
    _account(),
    *_contract(),
    Column("number", Integer, nullable=False),
    Column("short", Boolean, nullable=False),
    Column("opened_at", BigInteger),
    Column("closed_at", BigInteger),
    Column("held", ExactDecimal, nullable=False),
    Column("came", ExactDecimal, nullable=False),
    Column("gone", ExactDecimal, nullable=False),
    Column("entry", ExactDecimal),
    Column("entry_mean", ExactDecimal),
    Column("exit_mean", ExactDecimal),
    Column("cost_usd", ExactDecimal),
    Column("realized_usd", ExactDecimal),
    Column("fees_usd", ExactDecimal),
    Column("funding_usd", ExactDecimal),
    Column("trades", Integer, nullable=False),
    Column("last_trade_id", BigInteger, nullable=False),
    Column("turned", Boolean, nullable=False),
    Column("reason", Text),
    UniqueConstraint("account_id", "wallet", "symbol", "side", "number"),
    Index(None, "account_id", "closed_at", "id"),
)
