"""Snapshots: one a slot whoever writes, missed slots filled from candles, manual flows computed anew."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from backend.core.binance_trader import APART_MS
from backend.core.errors import BadInputError, LeaseLostError, NotAllowedError, StaleDataError
from backend.core.flow_book import NewFlow
from backend.core.model.instants import HOUR_MS, iso_ms
from backend.tests.integration.services.conftest import Bourse, Machine, Rig, ms_of

BROKEN = (
    *("http_500", "http_502_html", "http_503_unknown", "truncated", "garbage", "empty"),
    *("wrong_type", "missing_field", "nan", "error_200", "reset_before", "reset_after"),
)


def slots(rig: Rig) -> list[int]:
    return [row.at_ms for row in rig.rows() if row.at_ms % HOUR_MS == 0]


def test_slots_missed_while_nobody_worked_are_filled_from_candles(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2", ETH="1")
    rig = make_rig(bourse)
    rig.step()
    bourse.pass_s(50 * 3600 + 17)
    rig.step()
    found = slots(rig)
    assert found == list(range(found[0], found[-1] + 1, HOUR_MS))
    assert bourse.now_ms() - found[-1] < HOUR_MS
    for row in rig.rows()[-30::7]:
        assert row.value == bourse.value_before(row.at_ms)
    last = rig.rows()[-1]
    assert last.slots == last.slots_expected
    statistics = rig.tracker.statistics(None)
    assert (statistics.snapshots, statistics.missing) == (len(rig.rows()), 0)
    rig.agree()


def test_four_collectors_that_take_over_from_each_other_write_each_slot_once(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2")
    machine = Machine()
    rigs = [make_rig(bourse, owner=f"collector{number}", machine=machine) for number in range(4)]
    for turn in range(8):
        rig = rigs[turn % 4]
        rig.step()
        session, epoch = rig.session(), rig.lease.acquire()
        assert epoch is not None
        # Frozen for longer than its lease lasts; the next one takes over, then it wakes up.
        machine.pass_s(20_000)
        successor = rigs[(turn + 1) % 4]
        assert successor.lease.acquire() == epoch + 1
        bourse.pass_s(3600)
        before = (rig.rows(), rig.events(), rig.sync())
        with pytest.raises(LeaseLostError):
            rig.refresh.step(session, epoch)
        assert (rig.rows(), rig.events(), rig.sync()) == before
    found = slots(rigs[0])
    assert found == list(range(found[0], found[-1] + 1, HOUR_MS))
    rigs[0].machine.pass_s(20_000)
    rigs[0].step()
    rigs[0].agree()


def test_a_snapshot_by_hand_stands_where_its_balances_were_read_and_survives_a_rebuild(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2")
    rig = make_rig(bourse)
    rig.step()
    valued_ms = rig.step(manual_snapshot=True).at_ms
    at_ms = rig.rows()[-1].at_ms
    assert rig.rows()[-1].kind == "manual"
    assert valued_ms - APART_MS <= at_ms <= valued_ms
    bourse.do("deposit", asset="USDT", amount="10", at="2026-05-27T00:00:01Z")
    rig.step()
    assert [row.at_ms for row in rig.rows() if row.kind == "manual"] == [at_ms]
    rig.agree()


def test_a_failed_refresh_keeps_the_old_rows_and_tells_their_age(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2")
    rig = make_rig(bourse)
    rig.step()
    before = rig.portfolio.balances(None)
    assert before.basis.freshness == "fresh"
    bourse.break_answers("http_500", match="/api/v3/account")
    assert not rig.try_step()
    after = rig.portfolio.balances(None)
    assert (after.total, after.basis.as_of_ms) == (before.total, before.basis.as_of_ms)
    assert after.basis.freshness == "stale"  # 61 seconds old, read every 30
    state = rig.sync()
    assert (state.failures, state.error_code) == (1, "exchange-unavailable")
    with pytest.raises(StaleDataError):
        rig.tracker.require_fresh(None)
    rig.machine.pass_s(300)
    assert rig.portfolio.balances(None).basis.freshness == "unknown"
    bourse.calm_down()
    rig.step()
    assert rig.portfolio.balances(None).basis.freshness == "fresh"
    assert (rig.sync().failures, rig.sync().error) == (0, None)


@pytest.mark.parametrize("seed", [1, 2])
def test_broken_answers_never_leave_a_wrong_figure(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], seed: int
) -> None:
    bourse = open_bourse(USDT="5000", BTC="0.2", ETH="1", BNB="2")
    rig = make_rig(bourse, timeout_s=0.3)
    bourse.break_answers(*BROKEN, p=0.2, seed=seed)
    done = 0
    for turn in range(10):
        done += rig.try_step()
        if turn % 3 == 0:
            bourse.do("deposit", asset="ETH", amount="0.1")
        if turn % 4 == 1:
            # On the full second: the exchange's history tells withdrawals no finer.
            bourse.do("withdraw", asset="USDT", amount="10", fee="1", at=iso_ms(bourse.now_ms() // 1000 * 1000))
        bourse.pass_s(1800)
    bourse.calm_down()
    assert done
    rig.step()
    rig.agree()
    assert rig.sync().unreconciled == ()
    assert [flow.status for flow in rig.flows() if flow.status != "exact"] == []
    refs = [row["ref"] for row in bourse.ledger() if row["kind"] in ("deposit", "withdrawal")]
    assert sorted(flow.external_id for flow in rig.flows()) == sorted(refs)


def flow_of(amount: str, at: str, description: str = "") -> NewFlow:
    return NewFlow(ms_of(at), Decimal(amount), description, None, None)


def test_a_flow_entered_changed_and_deleted_by_hand_is_computed_anew_each_time(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.2")
    rig = make_rig(bourse)
    rig.step()
    # Each change moves the index by a factor, which may cost its last digit.
    before: list[Any] = [(row.at_ms, pytest.approx(row.growth_index, rel=1e-13), row.pnl) for row in rig.rows()]
    plain = rig.rows()[-1].pnl

    made = rig.tracker.add_cash_flow(flow_of("100", "2026-05-28T12:30:00Z", "cash"), None)
    assert made.flow.id is not None
    assert made.flow.status == "pending"
    assert rig.sync().dirty_from_ms == made.recompute_from_ms == ms_of("2026-05-28T12:30:00Z")
    window = rig.tracker.window(0, None)
    assert window.figures is not None
    assert window.figures.reason == "recomputing"
    rig.step()
    assert rig.sync().dirty_from_ms is None
    assert rig.rows()[-1].pnl == plain - 100
    assert next(row.flow for row in rig.rows() if row.at_ms == ms_of("2026-05-28T12:30:00Z")) == 100

    rig.tracker.change_cash_flow(
        made.flow.id, {"amount": Decimal(40), "type": "WITHDRAW", "at_ms": ms_of("2026-05-27T00:10:00Z")}
    )
    rig.step()
    assert rig.rows()[-1].pnl == plain + 40
    assert [row.at_ms for row in rig.rows() if row.flow == -40] == [ms_of("2026-05-27T00:10:00Z")]
    assert not any(row.at_ms == ms_of("2026-05-28T12:30:00Z") for row in rig.rows())

    rig.tracker.change_cash_flow(made.flow.id, {"description": "a note"})
    assert rig.sync().dirty_from_ms is None

    rig.tracker.delete_cash_flow(made.flow.id)
    rig.step()
    assert [(row.at_ms, row.growth_index, row.pnl) for row in rig.rows()][: len(before)] == before


def test_what_the_exchange_reported_can_be_noted_and_never_rewritten(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    rig.step()
    (flow,) = rig.flows()
    assert flow.id is not None
    with pytest.raises(NotAllowedError):
        rig.tracker.change_cash_flow(flow.id, {"amount": Decimal(1)})
    with pytest.raises(NotAllowedError):
        rig.tracker.delete_cash_flow(flow.id)
    rig.tracker.change_cash_flow(flow.id, {"description": "savings"})
    bourse.do("deposit", asset="USDT", amount="10", at="2026-05-27T00:00:01Z")
    rig.step()
    assert rig.flows()[0].description == "savings"


@pytest.mark.parametrize(
    ("amount", "at"),
    [("0", "2026-05-28T12:30:00Z"), ("5", "2033-05-28T12:30:00Z"), ("5", "2026-05-20T00:00:00Z")],
)
def test_a_flow_of_nothing_in_the_future_or_before_the_history_is_refused(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], amount: str, at: str
) -> None:
    rig = make_rig(open_bourse(USDT="1000"))
    rig.step()
    with pytest.raises(BadInputError):
        rig.tracker.add_cash_flow(flow_of(amount, at), None)
