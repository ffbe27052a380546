"""What is recorded and not in the snapshots yet is marked; the mark goes when it is: not before, not later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from backend.core.errors import ExchangeError, ExchangeUnavailableError
from backend.core.flow_book import NewFlow
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import HOUR_MS
from backend.core.model.market import Candle, CandleAsk
from backend.tests.integration.services.conftest import Bourse, Rig


class FailsAfterTheDeposits:
    """A real client that goes away when the deposits of a step were read and recorded."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        raise ExchangeUnavailableError("gone")


class ActsAtACandle:
    """A real client that lets something happen while a price of the past is read."""

    def __init__(self, inner: Any, act: Callable[[], None]) -> None:
        self._inner = inner
        self._act = act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        self._act()
        found: Sequence[Sequence[Candle]] = self._inner.candle_answers(asks)
        return found


def test_a_late_deposit_read_just_before_the_exchange_failed_is_in_the_returns_after_all(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", BTC="0.01")
    rig = make_rig(bourse)
    bourse.pass_s(7200)
    rig.step()
    bourse.do("deposit", asset="USDT", amount="500", at="2026-06-01T00:30:00Z")
    rig.wrap = FailsAfterTheDeposits
    with suppress(ExchangeError):
        rig.step()
    rig.wrap = lambda exchange: exchange
    rig.step()
    assert rig.sync().dirty_from_ms is None
    assert [flow.amount for flow in rig.flows()][-1] is not None
    rig.agree()


def test_a_trade_between_two_slots_leaves_no_mark(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000")
    rig = make_rig(bourse)
    rig.step()
    bourse.do("trade", symbol="BTCUSDT", side="BUY", quantity="0.001")
    rig.step()
    assert any(event.source == "trade" for event in rig.events())
    assert rig.sync().dirty_from_ms is None
    assert "recomputing" not in {one.kind for one in rig.portfolio.overview(None).attention}


def test_a_flow_entered_while_rows_are_built_is_not_forgotten(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="1000", ETH="1")
    rig = make_rig(bourse)
    bourse.pass_s(7200)
    rig.step()
    at_ms = rig.rows()[-1].at_ms - HOUR_MS // 2
    entered: list[int] = []

    def enter() -> None:
        if not entered:
            entered.append(at_ms)
            rig.tracker.add_cash_flow(NewFlow(at_ms, Decimal(77), "", None, None), None)

    bourse.do("deposit", asset="ETH", amount="0.1")
    rig.wrap = lambda exchange: ActsAtACandle(exchange, enter)
    rig.step()
    assert entered
    rig.wrap = lambda exchange: exchange
    rig.step()
    assert {row.at_ms: row.flow for row in rig.rows()}[at_ms] == 77
    assert rig.sync().dirty_from_ms is None
    assert {flow.status for flow in rig.flows()} == {"exact"}
