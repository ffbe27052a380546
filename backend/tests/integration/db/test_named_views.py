"""The views that other tools read by name, over the rows that the program writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine, inspect, text

from backend.core.import_coverage import UNTIL
from backend.core.model.accounts import Account
from backend.core.model.holdings import CashFlow
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.benchmark_plan import BenchmarkPlan, encode_plan
from backend.core.performance.snapshot_chain import Grid, extend
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, point

HOURLY = Grid(HOUR_MS)
HALVES = {"BTC": Decimal("0.5"), "ETH": Decimal("0.5")}


def rows(engine: Engine, view: str) -> list[dict[str, object]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {view}"))]


@pytest.fixture
def written(store: SqlStore, account: Account) -> Account:
    """Three hours of a Monday; the benchmark begins with 1,000.129 in halves at 50,000 and 2,000."""
    points = [point(T0, "1000.129"), point(T0 + HOUR_MS, "1100"), point(T0 + 2 * HOUR_MS, "1050", benchmark=None)]
    chain = extend(account.id, None, points, [], HOURLY)
    with store.write() as unit:
        unit.snapshots.append(chain)
    return account


def test_the_views_have_the_names_and_the_columns_that_were_promised(engine: Engine) -> None:
    found = inspect(engine)
    columns = {view: [one["name"] for one in found.get_columns(view)] for view in found.get_view_names()}
    assert columns == {
        "nav_history": ["account_id", "timestamp", "nav", "benchmark_value", "created_at"],
        "benchmark_configs": [
            "account_id", "btc_units", "eth_units", "rebalance_day", "rebalance_hour", "next_rebalance_timestamp",
            "created_at",
        ],
        "processed_transactions": [
            "account_id", "transaction_id", "transaction_type", "amount", "timestamp", "status", "created_at",
        ],
        "account_processing_status": ["account_id", "last_processed_timestamp", "updated_at"],
    }  # fmt: skip
    assert "benchmark_plans" in found.get_table_names()


def test_a_snapshot_is_a_row_of_the_history_in_cents(engine: Engine, written: Account) -> None:
    first, second, third = rows(engine, "nav_history")
    assert (first["account_id"], first["timestamp"], first["created_at"]) == (written.id, T0, T0)
    assert (str(first["nav"]), str(first["benchmark_value"])) == ("1000.13", "1000.13")
    assert str(second["nav"]) == "1100.00"
    assert third["benchmark_value"] is None


@pytest.mark.parametrize(
    ("weekday", "hour", "next_ms"),
    [
        (0, 12, T0 + 12 * HOUR_MS),
        (0, 2, T0 + 7 * DAY_MS + 2 * HOUR_MS),
        (6, 0, T0 + 6 * DAY_MS),
        (3, 23, T0 + 3 * DAY_MS + 23 * HOUR_MS),
        (2, None, None),
    ],
)
def test_the_plan_tells_when_the_benchmark_is_reset_next(
    engine: Engine, store: SqlStore, written: Account, weekday: int, hour: int | None, next_ms: int | None
) -> None:
    plan = BenchmarkPlan(HALVES, weekday, hour)
    with store.write() as unit:
        unit.shadows.set_plan(written.id, encode_plan(plan))
    (row,) = rows(engine, "benchmark_configs")
    assert (row["rebalance_day"], row["rebalance_hour"]) == (weekday, hour)
    assert row["next_rebalance_timestamp"] == plan.next_reset(T0 + 2 * HOUR_MS) == next_ms


def test_units_are_those_of_the_newest_snapshot_and_the_plan_is_the_usual_one(
    engine: Engine, store: SqlStore, written: Account
) -> None:
    (row,) = rows(engine, "benchmark_configs")
    with store.read() as unit:
        newest = unit.snapshots.last(written.id)
    assert newest is not None
    assert newest.benchmark is not None
    half = Decimal("1000.129") / 2
    assert (str(row["btc_units"]), str(row["eth_units"])) == (f"{half / 50000:.8f}", f"{half / 2000:.8f}")
    assert (row["rebalance_day"], row["rebalance_hour"]) == (0, 12)
    assert row["next_rebalance_timestamp"] == T0 + 12 * HOUR_MS


def test_an_account_without_snapshots_has_a_plan_and_nothing_else(engine: Engine, account: Account) -> None:
    (row,) = rows(engine, "benchmark_configs")
    assert row["account_id"] == account.id
    assert (row["btc_units"], row["next_rebalance_timestamp"]) == (None, None)
    assert rows(engine, "nav_history") == []


def test_a_cash_flow_is_a_row_whose_id_no_other_flow_of_the_account_has(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    def told(source: str, at_ms: int, amount: str | None, status: str) -> CashFlow:
        worth = None if amount is None else Decimal(amount)
        coins = Decimal(1) if source == "deposit" else Decimal(-1)
        return CashFlow(None, account.id, at_ms, worth, "BTC", coins, None, "", source, "7", status)

    paid, unknown = told("deposit", T0, "250.123456789", "exact"), told("withdrawal", T0 + 1, None, "pending")
    with store.write() as unit:
        unit.cash_flows.insert_all([paid, unknown])
    first, second = rows(engine, "processed_transactions")
    assert (first["transaction_id"], first["transaction_type"], first["status"]) == ("deposit:7", "DEPOSIT", "exact")
    assert (first["account_id"], first["timestamp"], first["created_at"]) == (account.id, T0, T0)
    assert Decimal(str(first["amount"])).quantize(Decimal("1e-8")) == Decimal("250.12345679")
    assert (second["transaction_id"], second["transaction_type"]) == ("withdrawal:7", "WITHDRAW")
    assert (second["amount"], second["status"]) == (None, "pending")


def test_an_account_is_processed_as_far_as_both_of_its_histories_are_read(
    engine: Engine, store: SqlStore, account: Account
) -> None:
    (before,) = rows(engine, "account_processing_status")
    assert (before["account_id"], before["last_processed_timestamp"]) == (account.id, None)
    with store.write() as unit:
        unit.ledger.set_cursor(account.id, "deposit", UNTIL, T0 + 2 * HOUR_MS)
        unit.ledger.set_cursor(account.id, "withdrawal", UNTIL, T0 + HOUR_MS)
        unit.ledger.set_cursor(account.id, "trades", UNTIL, T0)
    (row,) = rows(engine, "account_processing_status")
    assert row["last_processed_timestamp"] == T0 + HOUR_MS
