"""Databases with a chosen number of snapshots, made in bulk: what counts is the number of rows, not their story."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from backend.db.accounts import SqlAccounts
from backend.db.daily import SqlDaily
from backend.db.engine import make_engine
from backend.db.lease import LEASE_NAME
from backend.db.migrate import upgrade
from backend.db.models import cash_flows, last_balance, snapshots
from backend.db.work_models import lease

BLOCK_ROWS = 8_760
HOUR_MS = 3_600_000
MINUTE_MS = 60_000
NEWEST_MS = 1_788_220_800_000  # 2026-09-01 00:00 UTC; any full day does
ACCOUNT = 1
LEASE_EPOCH = 1
ENVIRONMENT = "demo"
HOLDINGS = {"BTC": ("0.35", "61234.56"), "ETH": ("4.2", "2987.4"), "USDT": ("9100", "1")}
FLOWS = 60


@dataclass(frozen=True)
class History:
    """`rows` snapshots, `spacing_ms` apart, the newest at NEWEST_MS; rows are a multiple of BLOCK_ROWS."""

    rows: int
    spacing_ms: int

    @property
    def first_ms(self) -> int:
        """Instant of the oldest snapshot."""
        return NEWEST_MS - (self.rows - 1) * self.spacing_ms


def make_database(path: Path, history: History) -> Engine:
    """Make a database at `path` with one account, its balances, flows and `history`; returns an engine on it.

    The first block of snapshots is inserted row by row, the others are copies of it shifted in time.
    """
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.execution_options(writing=True).begin() as connection:
        SqlAccounts(connection, lambda: NEWEST_MS).ensure(ENVIRONMENT, "Bench", "bench")  # the first: ACCOUNT
        connection.execute(
            insert(lease),
            {"name": LEASE_NAME, "owner": "bench", "epoch": LEASE_EPOCH, "expires_machine": NEWEST_MS},
        )
        connection.execute(insert(last_balance), [_balance(asset) for asset in HOLDINGS])
        connection.execute(insert(cash_flows), [_flow(number, history) for number in range(FLOWS)])
        connection.execute(insert(snapshots), [_snapshot(number, history) for number in range(BLOCK_ROWS)])
        for block in range(1, history.rows // BLOCK_ROWS):
            _copy_first_block(connection, history, block)
        SqlDaily(connection).refold(ACCOUNT, history.first_ms)
    return engine


def _balance(asset: str) -> dict[str, object]:
    quantity, price = (Decimal(text) for text in HOLDINGS[asset])
    return {
        "account_id": ACCOUNT,
        "timestamp": NEWEST_MS,
        "wallet": "spot",
        "asset": asset,
        "balance": quantity,
        "free": quantity,
        "locked": Decimal(0),
        "price_usd": price,
        "usd_value": quantity * price,
        "percentage": 33.3,
    }


def _flow(number: int, history: History) -> dict[str, object]:
    span_ms = (history.rows - 1) * history.spacing_ms
    return {
        "account_id": ACCOUNT,
        "timestamp": history.first_ms + span_ms * (number + 1) // (FLOWS + 1) // HOUR_MS * HOUR_MS,
        "type": "DEPOSIT",
        "amount_usd": Decimal(100),
        "source": "manual",
        "external_id": str(number),
        "status": "exact",
    }


def _snapshot(number: int, history: History) -> dict[str, object]:
    value = Decimal(43_000 + number % 997)
    composition = {asset: list(pair) for asset, pair in HOLDINGS.items()}
    return {
        "account_id": ACCOUNT,
        "timestamp": history.first_ms + number * history.spacing_ms,
        "kind": "slot",
        "total_value_usd": value,
        "twr": 1.0,
        "pnl": value - 43_000,
        "pnl_percent": 1.0,
        "composition": json.dumps(composition, separators=(",", ":")),
        "flow_usd": Decimal(0),
        "deposits_usd": Decimal(0),
        "cum_flows_usd": Decimal(0),
        "cum_deposits_usd": Decimal(0),
        "first_value_usd": Decimal(43_000),
        "growth_index": 1.0 + 0.2 * math.sin(number / 300),
        "benchmark_index": 1.0 + 0.1 * math.sin(number / 200),
        "benchmark_value_usd": value,
        "benchmark_state": json.dumps(
            [NEWEST_MS - HOUR_MS, 1.0, [61234.56, 2987.4], {"BTC": "0.3", "ETH": "6"}, False]
        ),
        "status": "exact",
        "doubts": 0,
        "seq": number + 1,
        "slots": number + 1,
        "slots_expected": number + 1,
    }


def _copy_first_block(connection: Connection, history: History, block: int) -> None:
    shift = block * BLOCK_ROWS
    moved = {
        "timestamp": snapshots.c.timestamp + shift * history.spacing_ms,
        **{name: snapshots.c[name] + shift for name in ("seq", "slots", "slots_expected")},
    }
    names = [column.name for column in snapshots.columns if column.name != "id"]
    block_end_ms = history.first_ms + BLOCK_ROWS * history.spacing_ms
    source = (
        select(*(moved.get(name, snapshots.c[name]) for name in names))
        .where(snapshots.c.account_id == ACCOUNT, snapshots.c.timestamp < block_end_ms)
        .order_by(snapshots.c.timestamp)
    )
    connection.execute(insert(snapshots).from_select(names, source))
