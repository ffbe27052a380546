"""A long past is computed piece by piece: the same rows as at once, and nothing is lost wherever it is cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from backend.core.flow_book import NewFlow
from backend.core.model.instants import DAY_MS, iso_ms
from backend.core.model.valuation import SnapshotRow
from backend.services import book_keeper, proofs, snapshot_builder
from backend.tests.database_places import copy_database
from backend.tests.integration.services.conftest import Bourse, Machine, Rig, ms_of
from backend.tests.integration.services.test_import_status import state_of

MOST_STEPS = 200
Open = Callable[..., Bourse]
Make = Callable[..., Rig]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_builder, "PIECE_ROWS", 40)
    monkeypatch.setattr(snapshot_builder, "PIECE_FLOWS", 4)
    monkeypatch.setattr(book_keeper, "CHUNK_EVENTS", 10)
    monkeypatch.setattr(proofs, "CHUNK_ROWS", 70)


@pytest.fixture
def elsewhere(empty_database: Path, tmp_path: Path) -> Path:
    """A database beside that of the test."""
    return copy_database(empty_database, tmp_path / "elsewhere.db")


@pytest.fixture
def bourse(open_bourse: Open) -> Bourse:
    """Eight days of flows, trades and fees; its clock stands still."""
    opened = open_bourse("2026-05-24T10:00:00Z", USDT="5000", BTC="0.2")
    start = ms_of("2026-05-24T12:00:20Z")
    for day in range(7):
        at = start + day * DAY_MS
        opened.do("deposit", asset=("USDT", "ETH", "SOL")[day % 3], amount=f"{day + 1}", at=iso_ms(at))
        opened.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.001", at=iso_ms(at + 3_600_000))
        opened.do("withdraw", asset="USDT", amount="10", fee="1", at=iso_ms(at + 7_200_000))
    return opened


def rebuild_with(rig: Rig, flow: NewFlow) -> None:
    """Have all from an instant on made anew, with one more flow there: alone it would be a repair of the rows."""
    rig.tracker.add_cash_flow(flow, None)
    with rig.store.write() as unit:
        unit.accounts.mark_dirty(rig.account, flow.at_ms)


def never() -> bool:
    return False


def one_piece_a_step(rig: Rig) -> bool:
    """One step that is asked to stop at once; whether nothing is left to be done."""
    rig.machine.pass_s(61)
    session = rig.session()
    rig.refresh.step(session, rig.lease.acquire() or 0, go_on=never)
    with rig.store.read() as unit:
        sync, books = unit.accounts.sync_state(rig.account), unit.books.state(rig.account)
        newest, closed = unit.snapshots.last(rig.account), unit.proofs.last_closing_ms(rig.account)
    settled = books is not None and books.settled
    return sync.dirty_from_ms is None and settled and newest is not None and newest.at_ms == closed


def through(rig: Rig) -> int:
    """Steps until all is done."""
    for number in range(1, MOST_STEPS):
        if one_piece_a_step(rig):
            return number
    raise AssertionError("a rebuild without an end")


def told(rows: Sequence[SnapshotRow]) -> list[SnapshotRow]:
    """Rows but for the numbers that the database gave them."""
    return [replace(row, id=None) for row in rows]


def everything(rig: Rig) -> dict[str, list[tuple[Any, ...]]]:
    """All that is computed of the past, column by column, but for numbers of rows."""
    tables = (
        "snapshots", "daily_rows", "closings", "closing_findings", "cash_flows", "booked_trades", "booked_lots",
        "booked_disposals", "booked_runs", "booked_subject_runs", "booked_positions", "booked_sums",
    )  # fmt: skip
    found = {}
    with rig.engine.connect() as connection:
        for table in tables:
            names = [column["name"] for column in inspect(connection).get_columns(table)]
            kept = ", ".join(name for name in names if name not in ("id", "snapshot_id", "event_id"))
            found[table] = [tuple(row) for row in connection.execute(text(f"SELECT {kept} FROM {table}"))]
            found[table].sort(key=repr)
    return found


@pytest.mark.usefixtures("small_pieces")
def test_all_that_is_computed_is_the_same_in_pieces_as_at_once(bourse: Bourse, make_rig: Make, elsewhere: Path) -> None:
    at_once = make_rig(bourse)
    at_once.step()
    in_pieces = make_rig(bourse, file=elsewhere)
    assert through(in_pieces) > 8
    expected = everything(at_once)
    assert len(expected["snapshots"]) > 150, len(expected["snapshots"])
    assert all(expected[table] for table in ("closings", "cash_flows", "booked_trades", "booked_runs"))
    assert everything(in_pieces) == expected
    in_pieces.agree()


@pytest.mark.usefixtures("small_pieces")
def test_a_program_that_is_started_anew_after_each_piece_goes_on_where_it_was(
    bourse: Bourse, make_rig: Make, elsewhere: Path
) -> None:
    machine = Machine()

    def started() -> Rig:
        return make_rig(bourse, file=elsewhere, machine=machine)

    pieces: list[int] = []
    while len(pieces) < MOST_STEPS:
        rig = started()
        one_piece_a_step(rig)
        reached = rig.sync().rebuilt_to_ms
        if reached is None:
            break
        pieces.append(reached)
    assert len(pieces) > 3
    assert pieces == sorted(set(pieces)), "a piece was done twice"
    rig.step()
    at_once = make_rig(bourse)
    at_once.step()
    assert everything(rig) == everything(at_once)


@pytest.mark.usefixtures("small_pieces")
def test_balances_are_read_anew_between_pieces_and_say_what_waits(bourse: Bourse, make_rig: Make) -> None:
    rig = make_rig(bourse)
    assert not one_piece_a_step(rig)
    bourse.pass_s(30)
    before = rig.sync()
    assert not one_piece_a_step(rig)
    assert (before.as_of_ms or 0) < (rig.sync().as_of_ms or 0)
    assert rig.sync().settling
    state = state_of(rig)
    assert (state.state, state.reading, state.done, state.total) == ("computing", "", 0, 1)
    view = rig.tracker.window(0, None)
    assert (view.figures, view.reason) == (None, "history_importing")


@pytest.mark.usefixtures("small_pieces")
def test_until_the_last_piece_is_there_readers_have_the_old_rows_marked(bourse: Bourse, make_rig: Make) -> None:
    rig = make_rig(bourse)
    rig.step()
    before = told(rig.rows())
    rebuild_with(rig, NewFlow(ms_of("2026-05-25T12:30:00Z"), Decimal(100), "cash", None, None))
    steps = 0
    while not one_piece_a_step(rig):
        steps += 1
        if rig.sync().dirty_from_ms is not None:
            assert told(rig.rows())[: len(before)] == before
            window = rig.tracker.window(0, None)
            assert window.figures is not None
            assert window.figures.reason == "recomputing"
    assert steps >= 3
    assert told(rig.rows()) != before


@pytest.mark.parametrize("day", ["2026-05-24T18:30:00Z", "2026-05-26T12:30:00Z", "2026-05-31T12:30:00Z"])
@pytest.mark.usefixtures("small_pieces")
def test_a_flow_that_is_told_between_pieces_is_in_the_rows(
    bourse: Bourse, make_rig: Make, elsewhere: Path, day: str
) -> None:
    flow = NewFlow(ms_of(day), Decimal(100), "cash", None, None)
    rig = make_rig(bourse, file=elsewhere)
    for _ in range(3):
        assert not one_piece_a_step(rig)
    rig.tracker.add_cash_flow(flow, None)
    through(rig)
    expected = make_rig(bourse)
    expected.step()
    rebuild_with(expected, flow)
    expected.step()
    assert told(rig.rows()) == told(expected.rows())


@pytest.mark.usefixtures("small_pieces")
def test_a_snapshot_by_hand_waits_for_all_pieces(bourse: Bourse, make_rig: Make) -> None:
    rig = make_rig(bourse)
    assert not one_piece_a_step(rig)
    rig.machine.pass_s(61)
    valuation = rig.refresh.step(rig.session(), rig.lease.acquire() or 0, manual_snapshot=True, go_on=never)
    assert rig.rows()[-1].kind in ("manual", "slot")
    assert rig.rows()[-1].at_ms <= valuation.at_ms
    assert rig.sync().dirty_from_ms is None
    rig.agree()
