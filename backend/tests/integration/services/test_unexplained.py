"""What the reports do not explain is a flow to confirm, marked everywhere, until its cause turns up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.core.ledger.reconcile import adjust
from backend.tests.builders import withdrawal
from backend.tests.fakes import ForgetfulExchange
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of


def test_what_no_report_tells_is_booked_marked_and_valued(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    # Income that was paid to this wallet stands in no history.
    bourse.do("reward", asset="ADA", amount="25", kind="gift", wallet="funding")
    rig.step()
    (flow,) = (flow for flow in rig.flows() if flow.source == "reconciliation")
    assert (flow.asset, flow.quantity, flow.status, flow.reason) == (
        "ADA", Decimal(25), "to_confirm", "unexplained_change",
    )  # fmt: skip
    assert flow.amount == 25 * bourse.price("ADA", flow.at_ms)
    assert rig.sync().unreconciled == ("ADA",)
    window = rig.tracker.window(0, None)
    assert window.figures is not None
    assert (window.figures.status, window.figures.reason) == ("estimated", "unexplained_change")
    overview = rig.portfolio.overview(None)
    assert (overview.profit.status, overview.net_deposits.status) == ("estimated", "estimated")
    assert {one.kind for one in overview.attention} >= {"unreconciled", "flows_to_confirm"}
    # The balances themselves are beyond doubt.
    assert overview.balances.status == "exact"
    assert overview.balances.total == bourse.value_before(bourse.now_ms())


def test_more_of_it_adds_up_and_the_same_look_again_changes_nothing(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    for _ in range(3):
        bourse.do("reward", asset="ADA", amount="25", kind="gift", wallet="funding")
        rig.step()
        events = rig.events()
        rig.step()
        assert rig.events() == events
    found = [flow.quantity for flow in rig.flows() if flow.source == "reconciliation"]
    assert sum(quantity for quantity in found if quantity is not None) == 75


def test_when_the_event_is_found_the_entry_that_stood_in_for_it_goes_away(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    hidden: set[str] = set()
    rig.wrap = lambda exchange: ForgetfulExchange(exchange, hidden)
    rig.step()
    hidden.add(bourse.do("deposit", asset="ETH", amount="0.5", at="2026-06-01T03:04:05Z")["id"])
    rig.step()
    assert [flow.status for flow in rig.flows()] == ["exact", "to_confirm"]
    bourse.pass_s(7200)
    rig.step()
    hidden.clear()
    rig.step()
    assert [(flow.source, flow.status) for flow in rig.flows()] == [("deposit", "exact"), ("deposit", "exact")]
    assert rig.flows()[1].at_ms == ms_of("2026-06-01T03:04:05Z")
    assert rig.sync().unreconciled == ()
    assert {row.status for row in rig.rows()} == {"exact"}
    window = rig.tracker.window(0, None)
    assert window.figures is not None
    assert (window.figures.status, window.figures.reason) == ("exact", None)
    rig.agree()


def test_a_move_while_the_balances_are_read_is_no_unexplained_change(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    rig.step()

    class Moving(ForgetfulExchange):
        """A deposit lands between the look at the balances and the look at the history."""

        moved = False

        def wallets(self, fresh: bool = False) -> object:
            found = self._inner.wallets(fresh)
            if not Moving.moved:
                Moving.moved = True
                bourse.do("deposit", asset="USDT", amount="77")
            return found

    rig.wrap = Moving
    rig.step()
    rig.wrap = lambda exchange: exchange
    rig.step()
    assert [flow.source for flow in rig.flows()] == ["deposit", "deposit"]
    assert rig.sync().unreconciled == ()
    rig.agree()


@pytest.mark.parametrize("swapped", [False, True])
def test_what_is_taken_back_while_balances_are_compared_leaves_nothing_unexplained(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch, swapped: bool
) -> None:
    bourse = open_bourse(USDT="1000", ADA="100")
    rig = make_rig(bourse)
    rig.step()
    wrong = withdrawal("ADA", "5", bourse.now_ms() - 3_600_000, "1:0:0")
    with rig.store.write() as unit:
        unit.ledger.add_import(rig.account, 1, [replace(wrong, source="statement:withdrawals")])

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr("backend.services.ledger_update.adjust", adjust)
        with rig.store.write() as unit:
            unit.ledger.delete_import(rig.account, 1)
            if swapped:  # as many lines come as go
                other = withdrawal("USDT", "5", bourse.now_ms() - 3_600_000, "2:0:0")
                unit.ledger.add_import(rig.account, 2, [replace(other, source="statement:withdrawals")])
        return adjust(*given)

    monkeypatch.setattr("backend.services.ledger_update.adjust", meanwhile)
    rig.step()
    rig.step()
    left = [leg.asset for event in rig.events() if event.source == "reconciliation" for leg in event.legs]
    assert left == (["USDT"] if swapped else [])
    assert rig.sync().unreconciled == (("USDT",) if swapped else ())
