"""Tables of backtests. `request`, `facts` and `figures` are JSON, as `core/rebalancing/backtest_text.py` reads it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from backend.db.models import RowId, metadata

backtests = Table(
    "backtests",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("created_machine", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("loaded", Float, nullable=False),
    Column("facts", Text),
    Column("code", Text),
    Column("detail", Text),
    Index(None, "environment", "id"),
    sqlite_autoincrement=True,
)

backtest_results = Table(
    "backtest_results",
    metadata,
    Column("backtest_id", ForeignKey("backtests.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("figures", Text, nullable=False),
    PrimaryKeyConstraint("backtest_id", "place"),
)

# How often a backtest was handed to workers: who has the newest turn may write.
backtest_turns = Table(
    "backtest_turns",
    metadata,
    Column("backtest_id", RowId, ForeignKey("backtests.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("turn", BigInteger, nullable=False),
)
