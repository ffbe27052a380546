"""What the exchange had not settled when it was read is asked for again until it is, however long after that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from backend.core.model.holdings import EventKind, LedgerEvent
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
OPENED = "2026-05-01T10:00:00Z"
LONG_AGO = "2026-05-12T09:00:00Z"


class Asked:
    """A real client that notes the windows in which it was asked for deposits and withdrawals."""

    def __init__(self, inner: Any, windows: list[tuple[int, int]]) -> None:
        self._inner = inner
        self._windows = windows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def deposits(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self._windows.append((start_ms, end_ms))
        found: Sequence[LedgerEvent] = self._inner.deposits(start_ms, end_ms)
        return found

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self._windows.append((start_ms, end_ms))
        found: Sequence[LedgerEvent] = self._inner.withdrawals(start_ms, end_ms)
        return found


def looked_from(windows: list[tuple[int, int]]) -> int:
    """Where the newest look began; older windows are read beside it, one at a time."""
    newest = max(stop for _, stop in windows)
    return min(start for start, stop in windows if stop == newest)


def test_a_bank_that_takes_weeks_is_no_unexplained_change(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(OPENED, USDT="1000", EUR="5")
    order = bourse.do("event", kind="fiat_deposit", at=LONG_AGO, fiat="EUR", amount="300", status="Processing")["id"]
    late = bourse.do("event", kind="fiat_deposit", at=LONG_AGO, fiat="EUR", amount="70", status="Processing")["id"]
    rig = make_rig(bourse)
    rig.step()
    assert all(event.source != "fiat_deposit" for event in rig.events())
    bourse.do("settle", id=order, status="Successful")
    rig.step()
    assert rig.sync().unreconciled == ()
    (credited,) = (event for event in rig.events() if event.source == "fiat_deposit")
    assert credited.legs[0].amount == Decimal(300)
    assert credited.at_ms > ms_of(LONG_AGO)
    bourse.do("settle", id=late, status="Failed")
    rig.step()
    assert [event for event in rig.events() if event.source == "fiat_deposit"] == [credited]


def test_a_withdrawal_that_fails_days_later_never_left(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(OPENED, USDT="1000")
    number = bourse.do("withdraw", asset="USDT", amount="100", fee="1", at=LONG_AGO, status=4)["id"]
    windows: list[tuple[int, int]] = []
    rig = make_rig(bourse)
    rig.step()
    assert [event.kind for event in rig.events() if event.source == "withdrawal"] == [EventKind.WITHDRAWAL]
    rig.wrap = lambda exchange: Asked(exchange, windows)
    rig.step()
    # Nothing differs; it is looked at all the same.
    assert looked_from(windows) <= ms_of(LONG_AGO)
    bourse.do("settle", id=number, status="3")
    rig.step()
    assert all(event.source != "withdrawal" for event in rig.events())
    assert rig.sync().unreconciled == ()
    assert Decimal(1000) == rig.rows()[-1].composition["USDT"].quantity
    windows.clear()
    rig.step()
    assert looked_from(windows) > ms_of(LONG_AGO)


def test_a_deposit_that_waits_for_weeks_is_asked_for_until_it_is_credited(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(OPENED, USDT="1000")
    number = bourse.do("deposit", asset="BTC", amount="0.5", at=LONG_AGO, status=8)["id"]
    windows: list[tuple[int, int]] = []
    rig = make_rig(bourse)
    rig.wrap = lambda exchange: Asked(exchange, windows)
    rig.step()
    windows.clear()
    rig.step()
    assert looked_from(windows) <= ms_of(LONG_AGO)
    bourse.do("settle", id=number, status="1")
    rig.step()
    (arrived,) = (event for event in rig.events() if event.external_id == number)
    assert arrived.at_ms > ms_of(LONG_AGO)
    assert rig.sync().unreconciled == ()
