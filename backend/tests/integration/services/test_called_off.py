"""A withdrawal seen on its way and rejected later never left: neither a flow nor an unexplained change remains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import HOUR_MS
from backend.core.model.wallets import WalletsReading
from backend.tests.builders import withdrawal
from backend.tests.integration.services.conftest import Bourse, Rig

AMOUNT = Decimal(300)


class OneWithdrawal:
    """A real client, and one withdrawal of USDT beside what it tells: under way, or called off."""

    def __init__(self, inner: Any, event: LedgerEvent, called_off: bool) -> None:
        self._inner = inner
        self._event = event
        self._called_off = called_off

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def wallets(self, fresh: bool = False) -> WalletsReading:
        held: WalletsReading = self._inner.wallets(fresh)
        if self._called_off:
            return held
        rows = [replace(one, free=one.free - AMOUNT) if one.asset == "USDT" else one for one in held.balances]
        return replace(held, balances=tuple(rows))

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        event = replace(self._event, legs=()) if self._called_off else self._event
        return [*self._inner.withdrawals(start_ms, end_ms), *([event] if start_ms <= event.at_ms <= end_ms else [])]


def test_a_withdrawal_called_off_leaves_no_trace_in_flows_and_returns(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.01")
    rig = make_rig(bourse)
    rig.step()
    before = rig.flows()
    event = withdrawal("USDT", AMOUNT, bourse.now_ms() - HOUR_MS)
    rig.wrap = lambda exchange: OneWithdrawal(exchange, event, called_off=False)
    rig.step()
    assert [flow.amount for flow in rig.flows()][len(before) :] == [-AMOUNT]
    rig.wrap = lambda exchange: OneWithdrawal(exchange, event, called_off=True)
    rig.step()
    assert rig.flows() == before
    assert rig.sync().unreconciled == ()
    assert {row.status for row in rig.rows()} == {"exact"}
    assert rig.rows()[-1].cum_flows + rig.rows()[-1].flow == sum(flow.amount or 0 for flow in before)
