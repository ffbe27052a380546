"""Tables of automatic runs, of the scores of runs, and of conversions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from backend.db.models import RowId, metadata
from backend.db.types import ExactDecimal

# How far the automatic runs of an account are, by this machine's clock; `chosen` is a mark of all that was set.
strategy_clocks = Table(
    "strategy_clocks",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("chosen", Text, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("last_due", BigInteger),
    Column("newest_flow", BigInteger),
    Column("deposit_seen", BigInteger),
    Column("failing", Text),
)

# Due instants: each is dealt with once, whatever is killed and started again. One that waits is `put_off` until then.
strategy_dues = Table(
    "strategy_dues",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("strategy", Text, nullable=False),
    Column("dry_run", Boolean, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text, nullable=False, server_default=""),
    Column("run_id", ForeignKey("runs.id", ondelete="SET NULL")),
    Column("drift", ExactDecimal),
    Column("drift_asset", Text),
    Column("put_off", Text),
    UniqueConstraint("account_id", "due"),
    Index(None, "account_id", "id"),
    sqlite_autoincrement=True,
)

# Runs whose fills were added up; `settled`: no other fill can come.
scored_runs = Table(
    "scored_runs",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("settled", Boolean, nullable=False),
)

# What a run changed of an asset, fees taken off.
run_changes = Table(
    "run_changes",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("asset", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    PrimaryKeyConstraint("run_id", "asset"),
)

# The same of all runs of an account, kept in step with every change; zero where they cancel out.
run_change_sums = Table(
    "run_change_sums",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("asset", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    PrimaryKeyConstraint("account_id", "asset"),
)

# Prices of coins that runs traded and that are not held; without a price: `reason` says why.
score_prices = Table(
    "score_prices",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("asset", Text, nullable=False),
    Column("price", ExactDecimal),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text),
    PrimaryKeyConstraint("account_id", "asset"),
)

# Single conversions as they were asked for and planned; what came of them stands with their runs. `route`: assets, as
# JSON.
conversion_history = Table(
    "conversion_history",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("from_asset", Text, nullable=False),
    Column("to_asset", Text, nullable=False),
    Column("amount", ExactDecimal, nullable=False),
    Column("expected", ExactDecimal, nullable=False),
    Column("route", Text, nullable=False),
    Index(None, "account_id", "run_id"),
)
