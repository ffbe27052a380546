"""Tables of execution: runs, the journal of their orders, their fills, and who may trade."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from backend.db.models import RowId, metadata, partial_index
from backend.db.types import ExactDecimal

BLOCKING = "state IN ('queued', 'running', 'needs_review') AND NOT dry_run"

# One run a plan, and one at a time an account. `start_balances`: JSON, spot quantities by asset.
runs = Table(
    "runs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("environment", Text, nullable=False),
    Column("plan_id", Text, nullable=False, unique=True),
    Column("plan_hash", Text, nullable=False),
    Column("dry_run", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("detail", Text, nullable=False, server_default=""),
    Column("portfolio", ExactDecimal, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("created_machine", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("stop_asked", Boolean, nullable=False, server_default=text("false")),
    Column("epoch", BigInteger),
    Column("start_balances", Text, nullable=False, server_default="{}"),
    # The write that asked for it; what is asked for twice is begun once.
    Column("request", Text),
    Index("uq_runs_request", "request", unique=True),
    Index(None, "account_id", "id"),
    partial_index(
        "uq_runs_blocking",
        "account_id",
        unique=True,
        where=BLOCKING,
    ),
    sqlite_autoincrement=True,
)

# One order of a plan, as it was planned; `error` is a code.
run_legs = Table(
    "run_legs",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("hop", Integer, nullable=False),
    Column("hops", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("given", Text, nullable=False),
    Column("taken", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("price", ExactDecimal, nullable=False),
    Column("notional", ExactDecimal, nullable=False),
    Column("spent", ExactDecimal, nullable=False),
    Column("received", ExactDecimal, nullable=False),
    Column("fee", ExactDecimal, nullable=False),
    Column("min_received", ExactDecimal, nullable=False),
    Column("state", Text, nullable=False),
    Column("error", Text),
    Column("detail", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("run_id", "n"),
)

# Each try to place a leg, written before it is sent. `stamp` and `recv_window` are what is signed.
run_attempts = Table(
    "run_attempts",
    metadata,
    Column("run_id", BigInteger, nullable=False),
    Column("n", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("client_order_id", Text, nullable=False, unique=True),
    Column("symbol", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("price", ExactDecimal, nullable=False),
    Column("worth", ExactDecimal, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("recv_window", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("order_id", Text),
    Column("executed", ExactDecimal),
    Column("executed_quote", ExactDecimal),
    Column("error", Text),
    # Of a purchase that is sent as an amount of money.
    Column("quote_quantity", ExactDecimal),
    PrimaryKeyConstraint("run_id", "n", "attempt"),
    ForeignKeyConstraint(["run_id", "n"], ["run_legs.run_id", "run_legs.n"], ondelete="CASCADE"),
)

# A fill counts once, whatever is read how often.
run_fills = Table(
    "run_fills",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("symbol", Text, nullable=False),
    Column("trade_id", Text, nullable=False),
    Column("run_id", BigInteger, nullable=False),
    Column("n", Integer, nullable=False),
    Column("order_id", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("price", ExactDecimal, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("quote", ExactDecimal, nullable=False),
    Column("commission", ExactDecimal, nullable=False),
    Column("commission_asset", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("account_id", "symbol", "trade_id"),
    ForeignKeyConstraint(["run_id", "n"], ["run_legs.run_id", "run_legs.n"], ondelete="CASCADE"),
    Index(None, "run_id", "n"),
)

# Until when an account may trade, by this machine's clock.
account_arming = Table(
    "account_arming",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("until_machine", BigInteger, nullable=False),
)
