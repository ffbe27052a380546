"""`verify` finds nothing wrong in what the program stored, and everything that one changed row stands behind."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table, delete, insert, select, update

from backend.api.shapes.performance import chart_body
from backend.core.model.instants import DAY_MS, HOUR_MS, iso_ms
from backend.core.performance_tracker import PerformanceTracker
from backend.core.portfolio_view import PortfolioView, ViewSettings
from backend.core.stored_charts import ChartBody
from backend.db.charts import stored_charts
from backend.db.models import cash_flows, certificates, closing_findings, last_balance, prices, snapshots
from backend.db.shadows import hold_rows
from backend.services.chart_keeper import ChartKeeper
from backend.tests.histories.judge import Played, played
from backend.tests.histories.maker import made
from backend.tests.histories.mutations import Bench, bench, wrong_after
from backend.verify.differences import Report
from backend.verify.run import verify

MUTATIONS: Final = 20
SETTINGS: Final = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
NO_COIN: Final = '{"until": 4000000000000, "reason": null, "unknown_wallets": [], "assets": []}'


def verified(one: Played) -> Report:
    return verify(one.home.store, "simulator", "USDT", None, lambda _line: None)


@pytest.mark.parametrize("number", range(3))
def test_what_the_program_stores_of_any_history_follows_from_its_raw_rows(
    tmp_path: Path, database: Path, number: int
) -> None:
    script = made(f"verify {number}", tmp_path, held_positions=number % 2 == 0)
    with played(script, tmp_path / "played", database) as one:
        report = verified(one)
    assert report.differences == []
    assert report.skipped == []
    compared = {"snapshots", "closings", "daily_rows", "cash_flows", "booked_trades", "booked_runs", "last_balance"}
    assert compared <= {table for table, count in report.compared.items() if count > 0}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("verify")
    script = made("verify 3", folder, held_positions=False)
    with played(script, folder / "played", database) as one, bench(one, folder / "bench") as found:
        report = verified(one)
        assert report.differences == []
        seen = {"hold_rows", "packed_series", "booked_subject_runs", "books"}
        assert seen <= {table for table, count in report.compared.items() if count > 0}
        yield found


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_one_changed_row_names_the_figures_it_stands_behind_and_no_others(account: Bench, seed: int) -> None:
    what, wrong, named = wrong_after(account, random.Random(seed))
    assert wrong == [], what
    assert named > 0 or what.startswith(("nothing", "price")), what


@pytest.mark.parametrize(
    ("table", "column"), [(last_balance, "usd_value"), (last_balance, "balance"), (certificates, "content")]
)
def test_a_changed_figure_of_today_is_named_alone(account: Bench, table: Table, column: str) -> None:
    with account.copy() as store:
        with store.write() as unit:
            row: Any = unit.connection.execute(table.select()).first()
            if column == "content":
                asset = row.content.split('"assets": [["')[1].split('"')[0]
                changed = row.content.replace(f'[["{asset}", "', f'[["{asset}", "1', 1)
                own = table.c.account_id == row.account_id
            else:
                asset, changed, own = row.asset, getattr(row, column) + 1, table.c.id == row.id
            unit.connection.execute(update(table).where(own).values({column: changed}))
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    (found,) = report.differences
    assert found.table == table.name
    assert asset in found.key
    assert found.figure == {"content": "replayed"}.get(column, column)


def test_a_row_that_is_gone_is_named(account: Bench) -> None:
    with account.copy() as store:
        with store.write() as unit:
            flow = unit.connection.execute(cash_flows.select().where(cash_flows.c.source != "manual")).first()
            assert flow is not None
            unit.connection.execute(delete(cash_flows).where(cash_flows.c.id == flow.id))
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    assert [(one.table, one.figure, one.at_ms) for one in report.differences] == [("cash_flows", "row", flow.timestamp)]


def test_figures_that_are_being_computed_anew_are_said_not_to_be_verified(account: Bench) -> None:
    with account.copy() as store:
        with store.write() as unit:
            unit.accounts.mark_dirty(account.account, 0)
            unit.connection.execute(update(snapshots).values(total_value_usd=1))
            unit.connection.execute(update(certificates).values(content=NO_COIN))
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    assert not [one for one in report.differences if one.table in ("snapshots", "certificates")]
    assert any("computed anew" in line for line in report.skipped)


def changed(account: Bench, table: Table, row: Any, **values: Any) -> Report:
    """What `verify` says of a copy in which one row has other values."""
    with account.copy() as store:
        with store.write() as unit:
            own = [column == getattr(row, column.name) for column in table.primary_key.columns]
            unit.connection.execute(update(table).where(*own).values(**values))
        return verify(store, "simulator", "USDT", None, lambda _line: None)


def last_row(account: Bench, table: Table) -> Any:
    with account.copy() as store, store.read() as unit:
        return unit.connection.execute(select(table).order_by(table.c.timestamp.desc())).first()


def test_a_stored_exact_that_should_be_estimated_is_named(account: Bench) -> None:
    row = last_row(account, snapshots)
    with account.copy() as store:
        with store.write() as unit:
            # No trade of the hour before made this price any more.
            old = (prices.c.at == row.timestamp) & (prices.c.symbol == "BTCUSDT")
            unit.connection.execute(update(prices).where(old).values(candle_end=row.timestamp - HOUR_MS))
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    found = {(one.table, one.figure): (one.stored, one.recomputed) for one in report.differences}
    assert found["snapshots", "status"] == ("exact", "estimated")
    assert found["snapshots", "reason"] == ("none", "old_price:BTC")
    assert found["snapshots", "benchmark doubt"] == ("none", "old_price:BTC")
    assert {one.at_ms for one in report.differences} <= {row.timestamp, row.timestamp // DAY_MS * DAY_MS}


def test_a_row_of_holding_only_is_named_alone(account: Bench) -> None:
    row = last_row(account, hold_rows)
    (found,) = changed(account, hold_rows, row, value_usd=row.value_usd + 1).differences
    assert (found.table, found.id, found.figure) == ("hold_rows", row.snapshot_id, "value_usd")


def test_a_changed_unit_of_the_benchmark_is_named(account: Bench) -> None:
    row = last_row(account, snapshots)
    state = json.loads(row.benchmark_state)
    state[3]["BTC"] = str(Decimal(state[3]["BTC"]) * 2)
    (found,) = changed(account, snapshots, row, benchmark_state=json.dumps(state)).differences
    assert (found.table, found.id, found.figure) == ("snapshots", row.id, "benchmark units BTC")


def test_a_changed_value_in_a_packed_block_is_named_with_its_instant(account: Bench) -> None:
    with account.copy() as store:
        with store.write() as unit:
            rebuilds = unit.accounts.sync_state(account.account).rebuilds
            block = unit.packed.series(account.account, rebuilds)
            assert block is not None
            block.growth[7] += 0.5
            unit.packed.put(account.account, rebuilds, block)
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    (found,) = report.differences
    assert (found.table, found.figure, found.at_ms) == ("packed_series", "growth", int(block.at_ms[7]))


def test_a_changed_point_of_a_stored_chart_is_named(account: Bench) -> None:
    with account.copy() as store:
        portfolio = PortfolioView(store, SETTINGS, lambda: 0)
        tracker = PerformanceTracker(store, portfolio, SETTINGS, lambda: 0)
        epoch = account.played.home.lease.acquire()
        assert epoch is not None
        assert ChartKeeper(store, tracker, SETTINGS, chart_body).update(account.account, epoch) > 0
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
        assert report.differences == []
        assert report.compared["stored_charts"] > 1000
        with store.write() as unit:
            row = unit.connection.execute(select(stored_charts).where(stored_charts.c.days == 0)).one()
            body = json.loads(ChartBody(row.content, "").content)
            body["series"][5]["twr_percent"] += 0.001
            changed_body = update(stored_charts).where(stored_charts.c.days == 0)
            unit.connection.execute(changed_body.values(content=ChartBody.of(json.dumps(body).encode()).kept))
        (found,) = verify(store, "simulator", "USDT", None, lambda _line: None).differences
    assert (found.table, found.key, found.figure) == ("stored_charts", "0 days", "twr_percent")
    assert found.at_ms is not None
    assert iso_ms(found.at_ms) == body["series"][5]["t"]


def test_a_finding_that_no_interval_gives_is_named_and_one_that_is_missing_too(account: Bench) -> None:
    row = last_row(account, snapshots)
    invented = {"account_id": account.account, "after": row.timestamp - HOUR_MS, "until": row.timestamp}
    with account.copy() as store:
        with store.write() as unit:
            unit.connection.execute(
                insert(closing_findings).values(**invented, residual_usd=Decimal(5), cause="value", coins="[]")
            )
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    assert [(one.table, one.figure, one.at_ms) for one in report.differences] == [
        ("closing_findings", "row", row.timestamp)
    ]


def test_without_the_price_that_a_row_was_valued_with_the_row_is_named(account: Bench) -> None:
    with account.copy() as store:
        with store.write() as unit:
            newest = unit.snapshots.last(account.account)
            assert newest is not None
            unit.connection.execute(delete(prices).where(prices.c.at == newest.at_ms, prices.c.symbol == "ETHUSDT"))
        report = verify(store, "simulator", "USDT", None, lambda _line: None)
    named = {(one.table, one.figure) for one in report.differences if one.at_ms == newest.at_ms}
    assert ("snapshots", "benchmark_index") in named
    assert {one.at_ms for one in report.differences} == {newest.at_ms, newest.at_ms // DAY_MS * DAY_MS}
