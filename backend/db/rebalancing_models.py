"""Tables of rebalancing: targets, settings, plans and ranks."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from backend.db.models import RowId, metadata, partial_index
from backend.db.types import ExactDecimal

# Target weights in percent, one row an asset; without an account: of all accounts that have none of their own.
allocation_settings = Table(
    "allocation_settings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("asset", Text, nullable=False),
    Column("target_percentage", ExactDecimal, nullable=False),
    # Two rows without an account are two to a plain unique constraint.
    partial_index(
        "uq_allocation_settings_of_all",
        "environment",
        "asset",
        unique=True,
        where="account_id IS NULL",
    ),
    Index("uq_allocation_settings_of_one", "account_id", "asset", unique=True),
)

# `content`: a JSON object, as `core/rebalancing/settings_text.py` reads it.
rebalancing_settings = Table(
    "rebalancing_settings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("content", Text, nullable=False),
    partial_index(
        "uq_rebalancing_settings_of_all",
        "environment",
        unique=True,
        where="account_id IS NULL",
    ),
    Index("uq_rebalancing_settings_of_one", "account_id", unique=True),
)

# Plans as they were shown; `body` is JSON, `hash` of it. Instants of the exchange's clock.
rebalancing_plans = Table(
    "rebalancing_plans",
    metadata,
    Column("plan_id", Text, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("environment", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("hash", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("consumed", Boolean, nullable=False, server_default=text("false")),
    # The write that asked for a conversion.
    Column("request", Text),
    Index("uq_rebalancing_plans_request", "request", unique=True),
)

# Coins as CoinMarketCap ranked them when it was asked last; `addresses`: a JSON list of contracts.
coin_ranks = Table(
    "coin_ranks",
    metadata,
    Column("source", Text, primary_key=True),
    Column("coin_id", Integer, primary_key=True, autoincrement=False),
    Column("symbol", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("addresses", Text, nullable=False, server_default="[]"),
    Column("read_machine", BigInteger, nullable=False),
)
