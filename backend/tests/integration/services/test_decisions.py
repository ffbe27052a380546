"""What the user says of a change that nothing explains: counted or not, kept through rebuilds, gone with its cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.errors import NotAllowedError, NotFoundError
from backend.core.flow_book import Decision
from backend.core.model.holdings import EventKind
from backend.core.model.valuation import SnapshotRow
from backend.core.views import FlowRow
from backend.services.shadow_keeper import ShadowKeeper
from backend.tests.fakes import ForgetfulExchange
from backend.tests.integration.services.conftest import Bourse, Rig


@pytest.fixture
def bourse(open_bourse: Callable[..., Bourse]) -> Bourse:
    return open_bourse(USDT="1000", ADA="100")


@pytest.fixture
def rig(bourse: Bourse, make_rig: Callable[..., Rig]) -> Rig:
    """An account that was given 25 ADA for a reason that nobody reports."""
    made = make_rig(bourse)
    made.step()
    bourse.do("reward", asset="ADA", amount="25", kind="gift", wallet="funding")
    made.step()
    bourse.pass_s(7200)
    made.step()
    return made


def listed(rig: Rig) -> list[FlowRow]:
    """The rows of the list that the reports do not explain, newest first."""
    rows = rig.tracker.cash_flows(50, None, None, None, None).rows
    return [row for row in rows if row.flow.source == "reconciliation"]


def the_flow(rig: Rig) -> int:
    (row,) = listed(rig)
    assert row.flow.id is not None
    return row.flow.id


def test_confirmed_it_is_a_flow_like_any_other(rig: Rig) -> None:
    before = rig.tracker.window(0, None)
    change = rig.tracker.decide(the_flow(rig), "flow")
    assert change.recompute_from_ms == change.flow.at_ms
    rig.step()
    (row,) = listed(rig)
    assert (row.flow.status, row.flow.reason) == ("exact", None)
    window, overview = rig.tracker.window(0, None), rig.portfolio.overview(None)
    assert before.figures is not None
    assert window.figures is not None
    assert window.figures.status == "exact"
    # It counted as a flow before: only the doubt is gone.
    assert window.figures.net_flows == before.figures.net_flows
    assert not {one.kind for one in overview.attention} & {"unreconciled", "flows_to_confirm"}
    assert overview.profit.parts_status != "unavailable"


def test_what_is_no_flow_moves_return_and_profit(rig: Rig, bourse: Bourse) -> None:
    counted = rig.tracker.window(0, None).figures
    deposits = rig.portfolio.overview(None).net_deposits.net
    rig.tracker.decide(the_flow(rig), "not_flow")
    rig.step()
    (row,) = listed(rig)
    worth = row.flow.amount
    assert worth == 25 * bourse.price("ADA", row.flow.at_ms)
    assert row.flow.status == "not_flow"
    figures, overview = rig.tracker.window(0, None).figures, rig.portfolio.overview(None)
    assert counted is not None
    assert figures is not None
    assert figures.status == "exact"
    assert figures.twr is not None
    assert counted.twr is not None
    assert figures.twr > counted.twr
    assert figures.pnl is not None
    assert counted.pnl is not None
    assert figures.pnl == counted.pnl + worth
    assert deposits is not None
    assert (overview.net_deposits.net, overview.net_deposits.status) == (deposits - worth, "exact")
    assert rig.tracker.statistics(None).cash_flows == 2  # the two deposits it was opened with
    # Income is part of what was realised: the parts add up to the total.
    profit = overview.profit
    assert profit.total is not None
    assert profit.realized is not None
    assert profit.unrealized is not None
    assert abs(profit.total - profit.realized - profit.unrealized) < Decimal("1e-18")
    # For the exchange the airdrop was income all along.
    rig.agree()


def told(rows: Sequence[SnapshotRow]) -> list[SnapshotRow]:
    """Rows but for their numbers, and for the last digits of the index, which moved with each answer."""
    return [replace(row, id=None, growth_index=round(row.growth_index, 12)) for row in rows]


def test_taking_the_answer_back_asks_again(rig: Rig) -> None:
    rows = rig.rows()
    flow = the_flow(rig)
    decisions: tuple[Decision, ...] = ("not_flow", "flow")
    for decision in decisions:
        rig.tracker.decide(flow, decision)
        rig.step()
    assert the_flow(rig) == flow
    rig.tracker.decide(flow, None)
    (row,) = listed(rig)
    assert (row.flow.status, row.flow.reason) == ("to_confirm", "unexplained_change")
    rig.step()
    ShadowKeeper(rig.store, "USDT").update(rig.session(), rig.lease.acquire() or 0)
    assert told(rig.rows()[: len(rows)]) == told(rows)
    assert rig.sync().unreconciled == ("ADA",)


def test_the_same_answer_again_recomputes_nothing(rig: Rig) -> None:
    rig.tracker.decide(the_flow(rig), "flow")
    rig.step()
    assert rig.tracker.decide(the_flow(rig), "flow").recompute_from_ms is None
    assert rig.sync().dirty_from_ms is None


@pytest.mark.parametrize("decision", ["flow", "not_flow"])
def test_an_answer_outlives_rebuilds_and_reconciliations(rig: Rig, bourse: Bourse, decision: Decision) -> None:
    rig.tracker.decide(the_flow(rig), decision)
    rig.step()
    bourse.do("deposit", asset="USDT", amount="10", at="2026-05-27T00:00:01Z")
    rig.step()
    bourse.do("reward", asset="ADA", amount="5", kind="gift", wallet="funding")
    rig.step()
    statuses = [row.flow.status for row in listed(rig)]
    assert statuses == ["to_confirm", "exact" if decision == "flow" else "not_flow"]
    assert [row.flow.quantity for row in listed(rig)] == [5, 25]


def test_an_answer_given_while_the_rows_are_computed_is_not_lost(rig: Rig, bourse: Bourse) -> None:
    flow = the_flow(rig)

    class Slow(ForgetfulExchange):
        """The user answers after the ledger was read and before the rows are written."""

        def __getattr__(self, name: str) -> object:
            if name == "candle_answers":
                rig.tracker.decide(flow, "not_flow")
            return super().__getattr__(name)

    rig.wrap = Slow
    bourse.pass_s(7200)
    rig.step()
    assert rig.sync().dirty_from_ms is not None
    rig.wrap = lambda exchange: exchange
    rig.step()
    assert [row.flow.status for row in listed(rig)] == ["not_flow"]
    assert rig.sync().dirty_from_ms is None
    figures = rig.tracker.window(0, None).figures
    assert figures is not None
    assert figures.status == "exact"


@pytest.mark.parametrize("decision", ["flow", "not_flow"])
def test_an_answer_goes_with_its_event_when_the_cause_turns_up(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], decision: Decision
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    hidden: set[str] = set()
    rig.wrap = lambda exchange: ForgetfulExchange(exchange, hidden)
    rig.step()
    hidden.add(bourse.do("deposit", asset="ETH", amount="0.5", at="2026-06-01T03:04:05Z")["id"])
    rig.step()
    flow = the_flow(rig)
    rig.tracker.decide(flow, decision)
    rig.step()
    bourse.pass_s(7200)
    hidden.clear()
    rig.step()
    assert listed(rig) == []
    assert [event.kind for event in rig.events()] == [EventKind.DEPOSIT, EventKind.DEPOSIT]
    # The number may be that of the deposit by now.
    with pytest.raises((NotFoundError, NotAllowedError)):
        rig.tracker.decide(flow, "flow")
    rig.agree()


def test_what_the_exchange_reported_is_not_for_the_user_to_decide(rig: Rig) -> None:
    reported = next(flow for flow in rig.flows() if flow.source == "deposit")
    assert reported.id is not None
    with pytest.raises(NotAllowedError):
        rig.tracker.decide(reported.id, "not_flow")
