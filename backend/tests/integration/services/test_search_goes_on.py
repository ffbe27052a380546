"""A search for the trade behind a difference outlives the program that began it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backend.core.errors import RequestBudgetError
from backend.core.model.holdings import LedgerEvent
from backend.tests.integration.services.conftest import Bourse, Rig


class Tight:
    """Passes everything on, but has no room for the trades of some pairs."""

    def __init__(self, inner: Any, no_room: set[str]) -> None:
        self._inner = inner
        self._no_room = no_room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def touched_assets(self) -> Sequence[str]:
        return ()

    def trades(self, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        if symbol in self._no_room:
            raise RequestBudgetError("no room", 30.0, banned=False)
        found: Sequence[LedgerEvent] = self._inner.trades(symbol, from_id)
        return found


def price_of(bourse: Bourse, symbol: str) -> str:
    return str(bourse.simulator.get("/api/v3/ticker/price", symbol=symbol).json()["price"])


def test_what_was_searched_for_when_the_program_ended_is_found_by_the_next(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000", BNB="10")
    rig, no_room = make_rig(bourse), {"LTCUSDT"}
    rig.wrap = lambda exchange: Tight(exchange, no_room)
    rig.step()
    # A coin that nobody knows, bought and sold between two looks: only dollars and fees differ.
    paid = price_of(bourse, "LTCUSDT")
    bourse.do("trade", symbol="LTCUSDT", side="BUY", quantity="20")
    bourse.pass_s(600)
    while price_of(bourse, "LTCUSDT") == paid:  # else no dollar differs either
        bourse.pass_s(600)
    bourse.do("trade", symbol="LTCUSDT", side="SELL", quantity="20")
    bourse.pass_s(1)
    rig.step()
    assert "USDT" in rig.sync().unreconciled
    rig.lease.release()
    next_one = make_rig(bourse, owner="second")
    next_one.wrap = lambda exchange: Tight(exchange, set())
    for _ in range(3):
        next_one.step()
    assert next_one.sync().unreconciled == ()
    next_one.agree()
