"""Trades on margin, cross and in isolated pairs: as those of spot, but for what was paid, which is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import RequestRefusedError
from backend.core.model.amounts import MONEY, plain
from backend.core.model.history import MARGIN_TRADES
from backend.core.model.wallets import Wallet
from backend.exchange.binance import fields, parse
from backend.exchange.binance.errors import NOT_OPENED
from backend.exchange.binance.fields import body, unexpected
from backend.exchange.binance.movement_reader import under_sapi

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.core.model.market import Symbol
    from backend.exchange.binance.client import ApiClient

WEIGHT: Final = 10
ROWS_A_PAGE: Final = 1000
# Quantities of the exchange have eight decimals; finer ones are cut off.
FINEST: Final = Decimal("0.00000001")


def read_margin_trades(client: ApiClient, wallet: Wallet, symbol: Symbol, from_id: int) -> Sequence[LedgerEvent]:
    """Trades of a symbol with id >= from_id in id order, at most 1000; none in a pair that was never opened.

    Raises:
        ExchangeError: the exchange gave no usable answer.
    """
    isolated = wallet is Wallet.MARGIN_ISOLATED
    # Without an id the exchange tells of one day.
    asked = {"symbol": symbol.name, "isIsolated": str(isolated).upper(), "fromId": from_id, "limit": ROWS_A_PAGE}
    ask = under_sapi("margin/myTrades")
    try:
        return client.signed(
            "sapi_ip", WEIGHT, lambda api: ask(api, asked), lambda answer: margin_trades(answer, symbol, wallet)
        )
    except RequestRefusedError as error:
        if error.exchange_code in NOT_OPENED:
            return ()
        raise


def margin_trades(answer: object, symbol: Symbol, wallet: Wallet) -> Sequence[LedgerEvent]:
    """GET /sapi/v1/margin/myTrades, of one wallet."""
    isolated = wallet is Wallet.MARGIN_ISOLATED
    found = parse.trades([_whole(row, isolated) for row in fields.rows(body(answer))], symbol)
    return [replace(event, source=MARGIN_TRADES[wallet]) for event in found]


def _whole(row: Mapping[str, Any], isolated: bool) -> Mapping[str, Any]:
    """The row with what was paid or received: price x quantity, as the exchange keeps it."""
    if row.get("isIsolated", isolated) is not isolated:
        raise unexpected("trades of another margin wallet")
    if "quoteQty" in row:
        return row
    with localcontext(MONEY):
        quote = fields.amount(row, "price") * fields.amount(row, "qty")
        return {**row, "quoteQty": plain(quote.quantize(FINEST, ROUND_DOWN))}
