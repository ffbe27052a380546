"""Stored rows: what was changed in them is found and named, and closings are the same however they are cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from backend.services import proofs
from backend.tests.integration.services.proof_case import (
    Case,
    MakeRig,
    OpenBourse,
    opened_case,
)


@pytest.fixture
def case(open_bourse: OpenBourse, make_rig: MakeRig) -> Case:
    return opened_case(open_bourse, make_rig)


def test_a_wrong_quantity_in_a_stored_balance_is_found_by_the_command(case: Case) -> None:
    case.sql("UPDATE last_balance SET balance = '4', free = '4' WHERE asset = 'ETH' AND wallet = 'spot'")
    assert case.differences() == {}
    assert case.differences(anew=True) == {"ETH": Decimal(1)}


def damage_row(case: Case, change: Callable[[dict[str, list[str]]], None], more: Decimal = Decimal(0)) -> int:
    """Change what the newest snapshot holds before it is closed, and add to its sum; returns its instant."""
    row = case.rig.rows()[-1]
    stored = {asset: [str(one.quantity), str(one.price)] for asset, one in row.composition.items()}
    change(stored)
    total = sum((Decimal(quantity) * Decimal(price) for quantity, price in stored.values()), more)
    case.sql("DELETE FROM closings WHERE snapshot_id = :id", id=row.id)
    case.sql(
        "UPDATE snapshots SET composition = :held, total_value_usd = :value WHERE id = :id",
        held=json.dumps(stored),
        value=str(total),
        id=row.id,
    )
    case.hour()
    return row.at_ms


def test_a_wrong_price_at_the_end_of_an_interval(case: Case) -> None:
    def dearer(stored: dict[str, list[str]]) -> None:
        stored["ETH"][1] = str(Decimal(stored["ETH"][1]) + 100)

    at_ms = damage_row(case, dearer)
    assert case.differences() == {}
    after, before = case.findings()
    assert (before.until_ms, after.after_ms) == (at_ms, at_ms)
    assert [(one.asset, one.value, one.cause) for one in before.coins] == [("ETH", Decimal(400), "price")]
    assert after.residual == -400
    # The return of the window rests on it: it is no exact figure any more.
    window = case.rig.tracker.window(0, None)
    assert window.figures is not None
    assert (window.figures.status, window.figures.reason) == ("estimated", "residual")


def test_a_wrong_quantity_in_a_stored_snapshot(case: Case) -> None:
    def more(stored: dict[str, list[str]]) -> None:
        stored["ADA"][0] = str(Decimal(stored["ADA"][0]) + 1000)

    at_ms = damage_row(case, more)
    (coin,) = case.findings()[-1].coins
    assert (coin.asset, coin.quantity, coin.cause) == ("ADA", Decimal(1000), "quantity")
    assert case.findings()[-1].until_ms == at_ms


def test_a_stored_value_that_is_not_the_sum_of_its_coins(case: Case) -> None:
    damage_row(case, lambda stored: None, more=Decimal(500))
    after, before = case.findings()
    assert [(one.asset, one.value, one.cause) for one in before.coins] == [(None, Decimal(500), "value")]
    assert after.residual == -500


def closings(case: Case) -> list[Any]:
    with case.rig.engine.connect() as connection:
        return list(connection.execute(text("SELECT * FROM closings ORDER BY timestamp")))


@pytest.mark.parametrize("rows_a_time", [2, 7, 2_000])
def test_closing_row_by_row_gives_what_closing_all_at_once_gives(
    case: Case, monkeypatch: pytest.MonkeyPatch, rows_a_time: int
) -> None:
    case.bourse.do("trade", symbol="ETHBTC", side="SELL", quantity="0.5")
    case.bourse.do("deposit", asset="ETH", amount="0.25")
    for _ in range(2):
        case.hour()
    one_by_one = closings(case)
    with case.rig.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("DELETE FROM closings"))
    monkeypatch.setattr(proofs, "CHUNK_ROWS", rows_a_time)
    case.rig.step()
    assert closings(case) == one_by_one
    assert len(one_by_one) == len(case.rig.rows())


def test_a_new_collector_goes_on_where_the_last_one_was(case: Case, make_rig: MakeRig) -> None:
    known = closings(case)
    case.rig = make_rig(case.bourse, machine=case.rig.machine)
    case.bourse.do("trade", symbol="BTCUSDT", side="SELL", quantity="0.03")
    case.hour()
    case.hour()
    assert closings(case)[: len(known)] == known
    case.closes()


def test_while_a_wallet_is_unknown_nothing_is_certified_and_the_wallet_is_named(case: Case) -> None:
    case.bourse.break_answers("http_500", match="/sapi/v1/asset/get-funding-asset")
    case.hour()
    found = case.certificate()
    assert (found.complete, found.reason, found.unknown_wallets) == (False, "wallet_unknown", ("funding",))
    case.bourse.calm_down()
    case.bourse.pass_s(600)
    case.hour()
    case.closes()
