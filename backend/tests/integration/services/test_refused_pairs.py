"""A pair whose trades the exchange refuses is named as not read, and asked for again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backend.core.errors import RequestRefusedError
from backend.core.import_coverage import EXPLAINED, IMPORT, UNTIL, SourceCoverage, histories
from backend.core.model.holdings import LedgerEvent
from backend.tests.integration.services.conftest import Bourse, Rig

AN_HOUR_S = 3_700


class Refusing:
    """Passes everything on, but refuses the trades of some pairs as Binance refuses a symbol."""

    def __init__(self, inner: Any, refused: set[str]) -> None:
        self._inner = inner
        self.refused = refused

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def trades(self, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        if symbol in self.refused:
            raise RequestRefusedError("Invalid symbol.", exchange_code=-1121)
        found: Sequence[LedgerEvent] = self._inner.trades(symbol, from_id)
        return found


def trades_covered(rig: Rig) -> SourceCoverage:
    with rig.store.read() as unit:
        return next(one for one in histories(unit, rig.account) if one.source == "trade")


def test_a_refused_pair_is_a_named_gap_until_it_is_told(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000", BNB="1")
    bourse.do("trade", symbol="SOLUSDT", side="BUY", quantity="10", at="2026-05-26T15:00:00Z")
    bourse.do("trade", symbol="ETHUSDT", side="BUY", quantity="1", at="2026-05-27T15:00:00Z")
    rig, refused = make_rig(bourse), {"SOLUSDT"}
    rig.wrap = lambda exchange: Refusing(exchange, refused)
    rig.step()
    assert trades_covered(rig).reason == "not_readable"
    # The balances were compared all the same: what may have been told twice before that was.
    with rig.store.read() as unit:
        told = unit.ledger.cursors(rig.account, "trade")
        assert (unit.ledger.cursor(rig.account, IMPORT, EXPLAINED) is None, UNTIL in told) == (False, False)
    # What it would have told stands as unexplained, the other pair was read.
    assert set(rig.sync().unreconciled) == {"SOL", "USDT", "BNB"}
    assert any(event.source == "trade" for event in rig.events())
    # Nobody asks for it at every refresh.
    rig.step()
    assert trades_covered(rig).reason == "not_readable"
    refused.clear()
    bourse.pass_s(AN_HOUR_S)
    rig.step()
    rig.step()
    assert trades_covered(rig).complete
    assert rig.sync().unreconciled == ()
    rig.agree()
