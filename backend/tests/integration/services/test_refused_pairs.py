"""A pair or a contract whose trades the exchange refuses is named as not read, and asked for again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from backend.core.errors import RequestRefusedError
from backend.core.import_coverage import EXPLAINED, IMPORT, UNTIL, SourceCoverage, histories
from backend.core.model.futures import FuturesTrade
from backend.core.model.history import MARGIN_TRADES
from backend.core.model.holdings import LedgerEvent
from backend.core.model.wallets import Wallet
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
        self._refuse(symbol)
        found: Sequence[LedgerEvent] = self._inner.trades(symbol, from_id)
        return found

    def margin_trades(self, wallet: Wallet, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        self._refuse(symbol)
        found: Sequence[LedgerEvent] = self._inner.margin_trades(wallet, symbol, from_id)
        return found

    def futures_trades(self, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
        self._refuse(symbol)
        found: Sequence[FuturesTrade] = self._inner.futures_trades(wallet, symbol, start_ms, end_ms)
        return found

    def _refuse(self, symbol: str) -> None:
        if symbol in self.refused:
            raise RequestRefusedError("Invalid symbol.", exchange_code=-1121)


def covered(rig: Rig, history: str) -> SourceCoverage:
    with rig.store.read() as unit:
        return next(one for one in histories(unit, rig.account) if one.source == history)


def trades_covered(rig: Rig) -> SourceCoverage:
    return covered(rig, "trade")


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


@pytest.mark.parametrize(("wallet", "market"), [
    (Wallet.MARGIN_CROSS, "margin"), (Wallet.MARGIN_ISOLATED, "isolated_margin"),
])  # fmt: skip
def test_a_pair_refused_on_margin_is_a_named_gap_until_it_is_told(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], wallet: Wallet, market: str
) -> None:
    bourse = open_bourse(USDT="20000")
    there = {"from": "spot", "to": market}
    bourse.do("transfer", **there, asset="USDT", amount="9000", at="2026-05-26T10:00:00Z")
    for symbol, quantity in (("SOLUSDT", "10"), ("ETHUSDT", "1")):
        bourse.do("trade", market=market, symbol=symbol, side="BUY", quantity=quantity, at="2026-05-27T15:00:00Z")
    rig, refused, history = make_rig(bourse), {"SOLUSDT"}, MARGIN_TRADES[wallet]
    rig.wrap = lambda exchange: Refusing(exchange, refused)
    rig.step()
    rig.step()
    assert covered(rig, history).reason == "not_readable"
    assert [event.symbol for event in rig.events() if event.source == history] == ["ETHUSDT"]
    assert set(rig.sync().unreconciled) == {"SOL", "USDT"}
    with rig.store.read() as unit:
        # A range that failed is not marked as done.
        assert "SOLUSDT" not in unit.ledger.cursors(rig.account, f"scan:{history}")
    refused.clear()
    bourse.pass_s(AN_HOUR_S)
    rig.step()
    rig.step()
    assert covered(rig, history).complete
    assert rig.sync().unreconciled == ()
    rig.agree()


def test_a_contract_that_is_refused_is_a_named_gap_until_it_is_told(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]
) -> None:
    bourse = open_bourse(USDT="20000")
    there = {"from": "spot", "to": "usdm"}
    bourse.do("transfer", **there, asset="USDT", amount="9000", at="2026-05-26T10:00:00Z")
    for symbol in ("BTCUSDT", "ETHUSDT"):
        bourse.do("trade", market="usdm", symbol=symbol, side="BUY", quantity="0.1", at="2026-05-27T15:00:00Z")
        bourse.do("trade", market="usdm", symbol=symbol, side="SELL", quantity="0.1", at="2026-05-28T15:00:00Z")
    rig, refused = make_rig(bourse), {"ETHUSDT"}
    rig.wrap = lambda exchange: Refusing(exchange, refused)
    rig.step()
    rig.step()
    assert covered(rig, "futures_trades_usdm").reason == "not_readable"
    with rig.store.read() as unit:
        told = unit.ledger.cursors(rig.account, "futures_trades_usdm")
        assert ("BTCUSDT" in told, "ETHUSDT" in told, UNTIL in told) == (True, False, False)
    refused.clear()
    bourse.pass_s(AN_HOUR_S)
    rig.step()
    assert covered(rig, "futures_trades_usdm").complete
    with rig.store.read() as unit:
        assert "ETHUSDT" in unit.ledger.cursors(rig.account, "futures_trades_usdm")
