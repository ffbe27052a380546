"""Tables of the books: what cost basis came to, row by row, so that no reader has to replay the ledger.

All but `entered_costs` can be made anew from the ledger.
"""

from __future__ import annotations

from typing import Final

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
    false,
    text,
)

from backend.core.ledger.book_sums import METHODS
from backend.db.models import RowId, metadata
from backend.db.types import ExactDecimal

COUNTS: Final = ("buys", "sells", "symbol_buys", "symbol_sells")


def _account() -> Column[int]:
    return Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _event() -> Column[int]:
    return Column("event_id", ForeignKey("ledger_events.id", ondelete="CASCADE"), primary_key=True)


books = Table(
    "books",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("last_id", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Column("dirty_from", BigInteger),
    Column("reason", Text),
    Column("first_trade_at", BigInteger),
    Column("open_count", Integer, nullable=False),
    Column("closed_count", Integer, nullable=False),
    Column("unknown_lots", Integer, nullable=False),
)

# Where booking can go on from: everything up to and including `at`, `events` of them.
book_checkpoints = Table(
    "book_checkpoints",
    metadata,
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "at"),
)

booked_trades = Table(
    "booked_trades",
    metadata,
    _event(),
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("price", ExactDecimal),
    Column("quote_quantity", ExactDecimal, nullable=False),
    Column("value_usd", ExactDecimal),
    Column("fee", ExactDecimal),
    Column("fee_asset", Text),
    Column("fee_usd", ExactDecimal),
    *(Column(f"realized_{method}", ExactDecimal) for method in METHODS),
    Column("source", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    # How many trades there were with this one, so that none has to be counted.
    *(Column(name, Integer, nullable=False, server_default=text("0")) for name in COUNTS),
    Index(None, "account_id", "at", "event_id"),
    Index(None, "account_id", "symbol", "at", "event_id"),
)

booked_positions = Table(
    "booked_positions",
    metadata,
    Column("id", RowId, primary_key=True),
    _account(),
    Column("asset", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("came", ExactDecimal, nullable=False),
    Column("cost", ExactDecimal, nullable=False),
    Column("sold", ExactDecimal, nullable=False),
    Column("proceeds", ExactDecimal, nullable=False),
    Column("income", ExactDecimal, nullable=False),
    Column("fees", ExactDecimal, nullable=False),
    Column("trades", Integer, nullable=False),
    Column("cost_status", Text, nullable=False),
    Column("held", ExactDecimal, nullable=False),
    *(Column(f"held_cost_{method}", ExactDecimal, nullable=False) for method in METHODS),
    *(Column(f"realized_{method}", ExactDecimal, nullable=False) for method in METHODS),
    UniqueConstraint("account_id", "asset", "number"),
    Index(None, "account_id", "closed_at", "id"),
)

# Sums of a coin or, with `futures`, of a contract: a JSON list of the fields of `Sums`.
booked_sums = Table(
    "booked_sums",
    metadata,
    _account(),
    Column("subject", Text, nullable=False),
    Column("futures", Boolean, nullable=False),
    Column("figures", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "subject", "futures"),
)

# The sums of everything up to and including an instant.
booked_runs = Table(
    "booked_runs",
    metadata,
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("figures", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "at"),
    sqlite_with_rowid=False,
)

# The same of a coin or contract alone, at the instants that changed it, and what was held of it then.
booked_subject_runs = Table(
    "booked_subject_runs",
    metadata,
    _account(),
    Column("subject", Text, nullable=False),
    Column("futures", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("figures", Text, nullable=False),
    Column("held", ExactDecimal, nullable=False),
    *(Column(f"held_cost_{method}", ExactDecimal, nullable=False) for method in METHODS),
    PrimaryKeyConstraint("account_id", "subject", "futures", "at"),
    Index(None, "account_id", "at"),
    sqlite_with_rowid=False,
)

# Coins that came from outside; `cost` is copied from `entered_costs`.
booked_lots = Table(
    "booked_lots",
    metadata,
    _event(),
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("asset", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("market_value", ExactDecimal),
    Column("state", Text, nullable=False),
    Column("cost", ExactDecimal),
    Column("acquired_at", BigInteger),
    Index(None, "account_id", "state", "at", "event_id"),
)

# Coins that were sold, swapped or paid as a fee; with each method other lots left. `acquired` is that of the oldest,
# `acquired_last` that of the newest. `event_id` is no foreign key: rows of events that are gone are dropped by booking,
# and each deletion of an event would have to look for them.
booked_disposals = Table(
    "booked_disposals",
    metadata,
    Column("id", RowId, primary_key=True),
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("quantity", ExactDecimal, nullable=False),
    Column("proceeds", ExactDecimal, nullable=False),
    *(Column(f"cost_{method}", ExactDecimal, nullable=False) for method in METHODS),
    *(Column(f"acquired_{method}", BigInteger) for method in METHODS),
    *(Column(f"acquired_last_{method}", BigInteger) for method in METHODS),
    Column("estimated", Boolean, nullable=False),
    Column("event_id", BigInteger, nullable=False),
    Column("old_price", Boolean, nullable=False, server_default=false()),
    Index(None, "account_id", "at", "id"),
)

# What was earned or charged by what is held; negative quantities are costs.
booked_income = Table(
    "booked_income",
    metadata,
    Column("id", RowId, primary_key=True),
    _account(),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("symbol", Text),
    Column("quantity", ExactDecimal, nullable=False),
    Column("value_usd", ExactDecimal),
    Column("event_id", BigInteger, nullable=False),
    Column("old_price", Boolean, nullable=False, server_default=false()),
    Index(None, "account_id", "at", "id"),
)

# What the user said that coins from outside had cost; named by what the ledger's event is named, so that it outlives
# every rebuild, also of the ledger itself.
entered_costs = Table(
    "entered_costs",
    metadata,
    _account(),
    Column("source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("cost", ExactDecimal, nullable=False),
    Column("acquired_at", BigInteger),
    PrimaryKeyConstraint("account_id", "source", "external_id"),
)
