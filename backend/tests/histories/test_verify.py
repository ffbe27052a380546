"""`verify` finds nothing wrong in what the program stored, and everything that one changed row stands behind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table, delete, update

from backend.core.model.instants import DAY_MS
from backend.db.models import cash_flows, certificates, last_balance, prices, snapshots
from backend.tests.histories.judge import Played, played
from backend.tests.histories.maker import made
from backend.tests.histories.mutations import Bench, bench, wrong_after
from backend.verify.differences import Report
from backend.verify.run import verify

MUTATIONS: Final = 20
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
        assert verified(one).differences == []
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
