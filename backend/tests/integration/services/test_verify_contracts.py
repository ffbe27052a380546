"""`verify` finds futures positions as their fills and lines of funding give them, and names one that is changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from backend.db.contract_models import futures_contracts, futures_fills, futures_positions
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.tests.integration.services.test_contracts import day, fill
from backend.verify.differences import Report
from backend.verify.run import verify

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]


@pytest.fixture
def rig(open_bourse: OpenBourse, make_rig: MakeRig) -> Rig:
    """A position that was closed, one that was turned, and one that is open, in both kinds of contracts."""
    bourse = open_bourse(USDT="20000", BTC="0.5")
    bourse.do("transfer", **{"from": "spot", "to": "usdm"}, asset="USDT", amount="8000", at=day(25, 11))
    bourse.do("transfer", **{"from": "spot", "to": "coinm"}, asset="BTC", amount="0.3", at=day(25, 11))
    fill(bourse, "BUY", "0.03", at=day(26))
    fill(bourse, "SELL", "0.05", at=day(27))
    fill(bourse, "BUY", "0.04", at=day(28))
    fill(bourse, "BUY", "10", symbol="BTCUSD_PERP", market="coinm", at=day(26))
    fill(bourse, "SELL", "4", symbol="BTCUSD_PERP", market="coinm", at=day(28))
    rig = make_rig(bourse)
    rig.step()
    return rig


def verified(rig: Rig) -> Report:
    return verify(rig.store, "simulator", "USDT", None, lambda _line: None)


def test_positions_of_all_kinds_of_contracts_follow_from_their_fills(rig: Rig) -> None:
    report = verified(rig)
    assert report.differences == []
    assert report.compared["futures_positions"] > 40
    assert report.compared["futures_contracts"] == 2


@pytest.mark.parametrize(
    "figure", ["held", "came", "gone", "entry_mean", "realized_usd", "fees_usd", "funding_usd", "trades"]
)
def test_a_changed_figure_of_a_position_is_named_alone(rig: Rig, figure: str) -> None:
    with rig.store.write() as unit:
        table = futures_positions
        row = unit.connection.execute(select(table).where(table.c.closed_at.is_(None))).first()
        assert row is not None
        value = (getattr(row, figure) or Decimal(0)) + 1
        unit.connection.execute(update(table).where(table.c.id == row.id).values({figure: value}))
    (found,) = verified(rig).differences
    assert (found.table, found.id, found.figure) == ("futures_positions", row.id, figure)


def test_a_position_that_says_exact_where_a_price_is_missing_is_named(rig: Rig) -> None:
    with rig.store.write() as unit:
        unit.connection.execute(update(futures_positions).values(reason="no_price"))
    assert {(one.table, one.figure) for one in verified(rig).differences} == {("futures_positions", "reason")}


def test_a_position_that_is_gone_and_a_wrong_count_are_named(rig: Rig) -> None:
    with rig.store.write() as unit:
        row = unit.connection.execute(select(futures_positions)).first()
        assert row is not None
        unit.connection.execute(delete(futures_positions).where(futures_positions.c.id == row.id))
        own = futures_contracts.c.symbol == "BTCUSD_PERP"
        unit.connection.execute(update(futures_contracts).where(own).values(positions=7))
    named = {(one.table, one.figure) for one in verified(rig).differences}
    assert named == {("futures_positions", "row"), ("futures_contracts", "positions")}


def test_a_changed_fill_changes_what_its_positions_should_be(rig: Rig) -> None:
    with rig.store.write() as unit:
        first = unit.connection.execute(select(futures_fills).order_by(futures_fills.c.at)).first()
        assert first is not None
        own = [column == getattr(first, column.name) for column in futures_fills.primary_key.columns]
        unit.connection.execute(update(futures_fills).where(*own).values(commission=first.commission + 1))
    assert {(one.table, one.figure) for one in verified(rig).differences} == {("futures_positions", "fees_usd")}
