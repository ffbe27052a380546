"""A deposit that the exchange lists late moves the rows behind it by one step, where no row lies in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from backend.core.model.holdings import LedgerEvent
from backend.services.flow_repair import FlowRepair
from backend.tests.fakes import ForgetfulExchange
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.verify.run import verify


@pytest.fixture
def repairs(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each look for a repair came to."""
    found: list[bool] = []
    run = FlowRepair.run

    def counted(self: FlowRepair, events: Sequence[LedgerEvent], now_ms: int) -> bool:
        found.append(run(self, events, now_ms))
        return found[-1]

    monkeypatch.setattr(FlowRepair, "run", counted)
    return found


@pytest.mark.parametrize(("unseen_s", "one_pass"), [(20, True), (7200, False)])
def test_a_deposit_told_late_is_repaired_only_where_no_row_lies_between(
    open_bourse: Callable[..., Bourse],
    make_rig: Callable[..., Rig],
    repairs: list[bool],
    unseen_s: int,
    one_pass: bool,
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    hidden: set[str] = set()
    rig.wrap = lambda exchange: ForgetfulExchange(exchange, hidden)
    bourse.pass_s(1800)
    rig.step()
    hidden.add(bourse.do("deposit", asset="ETH", amount="0.5")["id"])
    bourse.pass_s(unseen_s)
    rig.step()
    assert [flow.status for flow in rig.flows()] == ["exact", "to_confirm"]
    for _ in range(3):
        bourse.pass_s(3600)
        rig.step()
    hidden.clear()
    repairs.clear()
    before = {row.at_ms: row.id for row in rig.rows()}
    rig.step()
    assert [(flow.source, flow.status) for flow in rig.flows()] == [("deposit", "exact"), ("deposit", "exact")]
    assert (True in repairs) is one_pass
    told_ms = rig.flows()[1].at_ms
    rows = rig.rows()
    assert {row.status for row in rows} == {"exact"}
    kept = [row for row in rows if row.at_ms > told_ms and row.at_ms in before]
    assert len(kept) >= 3
    assert ([row.id for row in kept] == [before[row.at_ms] for row in kept]) is one_pass
    assert rig.sync().dirty_from_ms is None
    rig.agree()
    report = verify(rig.store, "simulator", "USDT", None, lambda _: None)
    assert report.differences == []


def test_nothing_is_repaired_where_rows_wait_for_something_else(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], repairs: list[bool]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    hidden: set[str] = set()
    rig.wrap = lambda exchange: ForgetfulExchange(exchange, hidden)
    bourse.pass_s(1800)
    rig.step()
    hidden.add(bourse.do("deposit", asset="ETH", amount="0.5")["id"])
    bourse.pass_s(20)
    rig.step()
    bourse.pass_s(7200)
    rig.step()
    hidden.clear()
    repairs.clear()
    with rig.store.write() as unit:
        unit.accounts.mark_dirty(rig.account, rig.rows()[-2].at_ms)
    rig.step()
    assert True not in repairs
    assert {row.status for row in rig.rows()} == {"exact"}
    rig.agree()
