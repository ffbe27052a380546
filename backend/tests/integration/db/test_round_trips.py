"""What is written is read back the same: decimals to the last digit, floats to the last bit."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, insert, select

from backend.core.model.accounts import Account, KeyPermissions
from backend.core.model.holdings import CashFlow
from backend.core.model.instants import HOUR_MS
from backend.core.model.valuation import Holding, PricedBalance, PricePoint, SnapshotRow, Valuation
from backend.core.performance.snapshot_chain import Grid, Reset, ValuedPoint, extend
from backend.db.engine import make_engine
from backend.db.types import ExactDecimal
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0, deposit, held, point, trade, unexplained, withdrawal
from backend.tests.database_places import lay_nothing, url_of

HOURLY = Grid(HOUR_MS)
numbers = Table("numbers", MetaData(), Column("value", ExactDecimal))


@pytest.fixture(scope="module")
def plain_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(url_of(lay_nothing(tmp_path_factory.mktemp("numbers") / "numbers.db")))
    numbers.metadata.create_all(engine)
    yield engine
    engine.dispose()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=st.none() | st.decimals("-1e21", "1e21", places=18))
def test_eighteen_decimals_survive_the_database(plain_table: Engine, value: Decimal | None) -> None:
    with plain_table.execution_options(writing=True).begin() as connection:
        connection.execute(insert(numbers).values(value=value))
        found = connection.execute(select(numbers.c.value)).scalar()
        connection.rollback()
    assert found == value


@pytest.mark.parametrize("text", ["0.000000000000000001", "123456789012345678901.123456789012345678", "1E+3", "-0"])
def test_digits_are_kept_as_they_are(plain_table: Engine, text: str) -> None:
    with plain_table.execution_options(writing=True).begin() as connection:
        connection.execute(insert(numbers).values(value=Decimal(text)))
        assert connection.execute(select(numbers.c.value)).scalar() == Decimal(text)
        connection.rollback()


def test_every_kind_of_event_reads_back_the_same(store: SqlStore, account: Account) -> None:
    events = [
        deposit("BTC", "1.000000000000000001", T0),
        withdrawal("USDT", "8.91", T0 + 1, fee="0.004"),
        replace(trade("SELL", "ETH", "1", "BTC", "0.05", T0 + 2, 7, ("BNB", "0.0001")), note="by hand"),
        unexplained("ADA", "-3", T0 + 3),
    ]
    with store.write() as unit:
        unit.ledger.add(account.id, events)
    with store.read() as unit:
        assert unit.ledger.all(account.id) == events


def test_events_of_one_instant_are_booked_in_the_exchanges_order_whatever_order_they_came_in(
    store: SqlStore, account: Account
) -> None:
    wanted = [
        deposit("USDT", "100", T0, "1"),
        *(trade("BUY", "BTC", "1", "USDT", "10", T0, number) for number in (8, 9, 10, 100)),
        trade("SELL", "BTC", "1", "USDT", "10", T0, 101),
        withdrawal("USDT", "5", T0, "2"),
    ]
    with store.write() as unit:
        for event in random.Random(5).sample(wanted, len(wanted)):
            unit.ledger.add(account.id, [event])
        assert unit.ledger.all(account.id) == wanted


def snapshot_rows(account: Account) -> list[SnapshotRow]:
    """A chain with flows, a doubtful reset, doubts, thirds that no decimal ends, and a break."""
    third = Decimal(1) / Decimal(3)
    points = [
        point(T0, "1000.000000000000000001", benchmark=("50000.1", "2000.7")),
        point(T0 + HOUR_MS, Decimal(1000) + third, third, benchmark=("50001.3", "2000.9"), doubt="old_price:ABC"),
        point(T0 + 2 * HOUR_MS, "1001", "-300", kind="flow", flow_doubt="no_price", benchmark=None),
        point(T0 + 13 * HOUR_MS, "999.99", benchmark=("49000", "1900")),
        point(T0 + 14 * HOUR_MS, "-1", benchmark=("49000", "1900")),
        point(T0 + 15 * HOUR_MS, "5", benchmark=("49000", "1900")),
    ]
    empty_price = {"GHOST": Holding(Decimal("5"), None), "BTC": Holding(Decimal("0.1"), third)}
    points[3] = replace(points[3], composition=empty_price)
    noon = Reset(T0 + 12 * HOUR_MS, {"BTC": Decimal("49500"), "ETH": Decimal("1950")}, "old_price:ETH")
    return extend(account.id, None, points, [noon], HOURLY)


def comparable(row: SnapshotRow) -> object:
    return replace(row, id=None, growth_index=0.0), row.growth_index.hex()


def test_snapshots_read_back_bit_for_bit(store: SqlStore, account: Account) -> None:
    rows = snapshot_rows(account)
    with store.write() as unit:
        unit.snapshots.append(rows)
    with store.read() as unit:
        found = unit.snapshots.page([account.id], None, None, 100)[::-1]
    assert [comparable(row) for row in found] == [comparable(row) for row in rows]


def test_a_chain_continued_from_the_database_has_the_bits_of_one_built_at_once(
    store: SqlStore, account: Account
) -> None:
    dice = random.Random(3)
    points: list[ValuedPoint] = []
    for number in range(60):
        value, flow = Decimal(dice.randrange(10**14)) / 10**8, Decimal(dice.randrange(-(10**9), 10**9)) / 10**8
        prices = (str(dice.randrange(1, 10**9) / 100), str(dice.randrange(1, 10**7) / 100))
        points.append(point(T0 + number * 5 * HOUR_MS, value, flow if number % 3 else "0", benchmark=prices))
    resets = [
        Reset(T0 + (12 + week * 168) * HOUR_MS, {"BTC": Decimal(50_000 + week), "ETH": Decimal(2_000 - week)})
        for week in range(2)
    ]
    for made in points:
        with store.write() as unit:
            tail = unit.snapshots.last(account.id)
            since = tail.at_ms if tail else T0
            due = [one for one in resets if since < one.at_ms <= made.at_ms]
            unit.snapshots.append(extend(account.id, tail, [made], due, HOURLY))
    with store.read() as unit:
        found = unit.snapshots.page([account.id], None, None, 100)[::-1]
    at_once = extend(account.id, None, points, resets, HOURLY)
    assert [comparable(row) for row in found] == [comparable(row) for row in at_once]


def test_a_series_shows_what_is_not_defined_as_a_gap(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.snapshots.append(snapshot_rows(account))
        series = unit.snapshots.series_after(account.id, T0)
    assert len(series.at_ms) == 5
    assert math.isnan(series.growth[-1])
    assert math.isnan(series.benchmark[1])


def test_balances_replace_the_last_ones_whole_and_keep_what_is_unknown(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        assert unit.balances.latest(account.id) is None
    for number in (1, 2):
        lines = (
            PricedBalance(held("BTC", "0.1", "0.2"), Decimal("50000.12345678"), Decimal("15000.037037034"),
                          Decimal("-1.5"), None),
            PricedBalance(held(f"GHOST{number}", "5"), None, None, None, "no_price"),
        )  # fmt: skip
        valuation = Valuation.of(T0 + number, lines)
        with store.write() as unit:
            unit.balances.replace(account.id, valuation)
            unit.accounts.update_sync(account.id, as_of=valuation.at_ms)
        with store.read() as unit:
            assert unit.balances.latest(account.id) == valuation


def test_prices_once_known_stay_as_they_are(store: SqlStore) -> None:
    first = PricePoint("BTCUSDT", T0, Decimal("50000.000000000000000001"), T0 - 60_000)
    with store.write() as unit:
        unit.prices.add([first])
        unit.prices.add([replace(first, price=Decimal(1)), replace(first, at_ms=T0 + 1)])
        assert unit.prices.known("BTCUSDT", [T0, T0 + 5]) == {T0: first}
        assert unit.prices.known("BTCUSDT", []) == {}


def test_cash_flows_keep_the_users_note_when_the_ledger_writes_them_again(store: SqlStore, account: Account) -> None:
    flow = CashFlow(
        id=None,
        account_id=account.id,
        at_ms=T0,
        amount=Decimal("100.5"),
        asset="BTC",
        quantity=Decimal("0.002"),
        price=Decimal("50250"),
        description="SEPA",
        source="deposit",
        external_id="1",
        status="exact",
    )
    with store.write() as unit:
        unit.cash_flows.upsert([flow])
        known = unit.cash_flows.all(account.id)[0]
        unit.cash_flows.change(replace(known, description="salary"))
        unit.cash_flows.upsert([replace(flow, amount=Decimal("101"), status="estimated", reason="old_price")])
        (found,) = unit.cash_flows.all(account.id)
    assert found == replace(flow, id=known.id, amount=Decimal(101), description="salary", status="estimated",
                            reason="old_price")  # fmt: skip


def test_the_state_of_a_synchronisation_reads_back_the_same(store: SqlStore, account: Account) -> None:
    rights = KeyPermissions(True, None, False, True)
    with store.write() as unit:
        unit.accounts.update_sync(account.id, permissions=rights, unreconciled=["ADA"], unpriced=("X", "Y"), failures=3)
        unit.accounts.mark_dirty(account.id, T0)
        unit.accounts.mark_dirty(account.id, T0 + 5)
        unit.accounts.count_rebuild(account.id)
        state = unit.accounts.sync_state(account.id)
    assert (state.permissions, state.unreconciled, state.unpriced) == (rights, ("ADA",), ("X", "Y"))
    # The earliest mark stands.
    assert (state.failures, state.dirty_from_ms, state.rebuilds) == (3, T0, 1)


def test_a_database_file_survives_being_closed_and_opened(database: Path, store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.ledger.add(account.id, [deposit("BTC", "1", T0)])
    again = make_engine(url_of(database))
    with SqlStore(again, lambda: 0).read() as unit:
        assert len(unit.ledger.all(account.id)) == 1
    again.dispose()
