"""Moves between tracked accounts: what they are in the sums of all accounts, and what becomes of them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sql_event

from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.amounts import ZERO
from backend.core.own_moves import settle_moves
from backend.db.moves import SqlMoves
from backend.db.unit_of_work import SqlStore
from backend.services.move_keeper import MoveKeeper
from backend.tests.builders import T0, deposit
from backend.tests.query_plans import plan_of
from backend.tests.two_accounts import LATER, House, make_house, price_at, received, sent


@pytest.fixture
def house(store: SqlStore) -> House:
    return make_house(store)


def opened(house: House) -> None:
    house.tell(house.first, deposit("BTC", "7", T0 - 5000, "opening"))


def test_a_move_is_a_flow_of_each_account_and_none_of_both_together(house: House) -> None:
    opened(house)
    house.tell(house.first, sent())
    house.tell(house.second, received())
    house.settle()
    opening = 7 * price_at(T0 - 5000)
    assert house.net(house.first) == opening - 2 * price_at(T0)
    assert house.net(house.second) == 2 * price_at(LATER)
    # Its price moved on while it was on its way: no money came in by that.
    assert house.net() == opening
    assert house.rows() == {"opening": (None, True), "w": ("paired", False), "d": ("paired", False)}
    assert house.rows(house.first) == {"opening": (None, True), "w": ("paired", True)}
    totals = house.book.cash_flows(50, None, None, None, None).totals
    assert (totals.own_moves, totals.open_moves, totals.status) == (1, 0, "exact")
    assert (totals.deposit_count, totals.withdrawal_count) == (1, 0)


def test_until_the_other_side_arrives_it_is_a_flow(house: House) -> None:
    opened(house)
    house.tell(house.first, sent())
    house.settle()
    assert house.net() == 7 * price_at(T0 - 5000) - 2 * price_at(T0)


def test_a_side_later_than_the_valuation_of_its_account_leaves_the_other_a_flow(house: House) -> None:
    """The coins are in no value yet: to count neither side would be a loss that is none."""
    house.tell(house.first, sent())
    house.tell(house.second, received())
    house.settle()
    with house.store.write() as unit:
        unit.accounts.update_sync(house.second.id, as_of=LATER - 1)
    assert house.net() == -2 * price_at(T0)


def test_a_suggestion_counts_until_it_is_confirmed_and_says_so(house: House) -> None:
    opened(house)
    house.tell(house.first, sent(transaction=""))
    house.tell(house.second, received())
    house.settle()
    both = 7 * price_at(T0 - 5000) - 2 * price_at(T0) + 2 * price_at(LATER)
    page = house.book.cash_flows(50, None, None, None, None)
    assert (page.totals.net, page.totals.status, page.totals.reason) == (both, "estimated", "move_suggested")
    assert house.net(house.first) == 7 * price_at(T0 - 5000) - 2 * price_at(T0)
    asked = house.book.cash_flows(1, None, None, None, None, waiting=True)
    assert [row.flow.external_id for row in asked.rows] == ["d", "w"]
    assert asked.next_cursor is None
    side = asked.rows[0].other
    assert side is not None
    assert (side.account, side.at_ms, side.flow_id) == (house.first, T0, house.flow("w").id)

    house.book.decide_move(house.flow("d").id or 0, house.flow("w").id or 0, "move")
    page = house.book.cash_flows(50, None, None, None, None)
    assert (page.totals.net, page.totals.status) == (7 * price_at(T0 - 5000), "exact")
    assert house.book.cash_flows(1, None, None, None, None, waiting=True).rows == []


def test_a_refused_suggestion_is_not_asked_about_again_and_can_be_taken_back(house: House) -> None:
    house.tell(house.first, sent(transaction=""))
    house.tell(house.second, received())
    house.settle()
    pair = house.flow("w").id or 0, house.flow("d").id or 0
    house.book.decide_move(*pair, "not_move")
    house.settle()
    assert house.rows() == {"w": (None, True), "d": (None, True)}
    house.book.decide_move(*pair, None)
    assert house.rows() == {"w": ("suggested", True), "d": ("suggested", True)}


@pytest.mark.parametrize("gone", ["sent", "received"])
def test_a_side_that_is_taken_back_leaves_the_other_a_flow(house: House, gone: str) -> None:
    house.tell(house.first, sent())
    house.tell(house.second, received())
    house.settle()
    account, name = (house.first, "w") if gone == "sent" else (house.second, "d")
    with house.store.write() as unit:
        unit.ledger.delete(account.id, house.flow(name).source, [name])
        unit.cash_flows.delete_external(account.id, house.flow(name).source, [name])
        settle_moves(unit, "simulator")
    assert list(house.rows().values()) == [(None, True)]
    # Told again it is paired again.
    house.tell(account, sent() if gone == "sent" else received())
    house.settle()
    assert house.net() == ZERO


def test_pairing_twice_changes_nothing_and_books_nothing_anew(house: House) -> None:
    house.tell(house.first, sent())
    house.tell(house.second, received())
    house.settle()
    with house.store.write() as unit:
        known = unit.moves.all([house.first.id, house.second.id])
        newest = unit.events.newest_id()
        unit.accounts.update_sync(house.second.id, positions="{}")
        settle_moves(unit, "simulator")
        assert unit.moves.all([house.first.id, house.second.id]) == known
        assert unit.events.newest_id() == newest
        assert unit.accounts.sync_state(house.second.id).positions == "{}"


def test_costs_of_both_accounts_are_booked_anew_when_a_pair_is_found(house: House) -> None:
    house.tell(house.first, sent())
    house.tell(house.second, received())
    with house.store.write() as unit:
        for one in (house.first, house.second):
            unit.accounts.update_sync(one.id, positions="{}")
    house.settle()
    with house.store.read() as unit:
        states = [unit.accounts.sync_state(one.id).positions for one in (house.first, house.second)]
    assert states == [None, None]


def test_accounts_of_another_environment_are_never_paired(house: House) -> None:
    with house.store.write() as unit:
        live = unit.accounts.ensure("live", "live", "live reference")
    house.tell(house.first, sent())
    house.tell(live, received())
    house.settle()
    assert house.rows() == {"w": (None, True)}
    with house.store.read() as unit:
        foreign = unit.cash_flows.all(live.id)[0].id or 0
    with pytest.raises(NotFoundError):
        house.book.decide_move(house.flow("w").id or 0, foreign, "move")


def test_what_cannot_be_one_move_is_refused(house: House) -> None:
    opened(house)
    house.tell(house.first, sent())
    house.tell(house.second, deposit("ETH", "2", LATER, "coin"))
    with pytest.raises(BadInputError):
        house.book.decide_move(house.flow("w").id or 0, house.flow("coin").id or 0, "move")
    with pytest.raises(BadInputError):
        house.book.decide_move(house.flow("w").id or 0, house.flow("opening").id or 0, "move")


def test_a_transaction_that_is_told_later_makes_the_pair(house: House) -> None:
    """A withdrawal is listed before it is sent."""
    keeper = MoveKeeper(house.store)
    house.tell(house.second, received())
    house.tell(house.first, sent(transaction=""))
    keeper.update("simulator", None)
    assert house.rows()["w"] == ("suggested", True)
    house.tell(house.first, sent())
    keeper.update("simulator", None)
    assert house.rows()["w"] == ("paired", False)


def test_the_keeper_looks_closer_only_when_flows_changed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    monkeypatch.setattr(
        "backend.services.move_keeper.settle_moves", lambda _unit, environment: looks.append(environment)
    )
    keeper = MoveKeeper(house.store)
    for steps, events in ((2, [sent()]), (3, []), (1, [received("later")])):
        house.tell(house.second, *events)
        for _ in range(steps):
            keeper.update("simulator", None)
    assert looks == ["simulator"] * 2


def test_looking_for_what_is_new_reads_the_index_of_flows_alone(house: House, engine: Engine) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with engine.connect() as connection:
        sql_event.listen(connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        SqlMoves(connection).fingerprint([house.first.id, house.second.id])
        statement, values = asked[-1]
        plan = plan_of(connection, statement, values)
    assert any("ix_ledger_events_crossing" in step for step in plan), plan
