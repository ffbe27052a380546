"""Trades of the margin wallets: market orders, filled at the price of their instant, by REST or told by control.

What is short has to be borrowed before: no order here takes a loan by itself.
"""

from decimal import Decimal
from typing import Final

from backend.exchange.simulator.accounts import ZERO, Account
from backend.exchange.simulator.exchange import Exchange, Impossible
from backend.exchange.simulator.matching import Execution, Purse, Refused, Wanted, execute
from backend.exchange.simulator.records import Leg, Movement
from backend.exchange.simulator.symbols import Listed
from backend.exchange.simulator.wire import plain

TRADE, COMMISSION = "margin_trade", "margin_commission"
CROSS, ISOLATED = "margin", "isolated_margin"
MARKETS: Final = (CROSS, ISOLATED)


def fills_of(account: Account, wallet: str, symbol: str) -> list[Movement]:
    """The fills of one symbol in one of the margin wallets, oldest first."""
    found = account.movements.get(TRADE, ())
    return [one for one in found if (one.details["wallet"], one.details["symbol"]) == (wallet, symbol)]


def trade(
    exchange: Exchange,
    account: Account,
    at: int,
    where: tuple[str, str],
    wanted: Wanted,
    client_id: str = "",
) -> Movement:
    """Fill an order at the price of its instant; `where` is wallet and symbol; the caller commits it.

    Raises:
        Refused: what the exchange answers instead.
    """
    wallet, symbol = where
    listed = exchange.book.ever(symbol)
    if listed is None:
        raise Refused(-1121, "Invalid symbol.")
    price = exchange.market.price_at(symbol, at)
    if price is None:
        raise Refused(-2010, "Market is closed.")
    execution = execute(listed, wanted, price, _purse(exchange, account, wallet, at))
    order_id = exchange.new_id(at)
    details = {
        "wallet": wallet,
        "symbol": symbol,
        "side": wanted.side,
        "price": plain(execution.price),
        "quantity": plain(execution.quantity),
        "quote": plain(execution.quote_quantity),
        "commission": plain(execution.commission),
        "commission_asset": execution.commission_asset,
        "order_id": str(order_id),
        "client_id": client_id or f"web_{order_id}",
    }
    number = str(exchange.new_id(at, [order_id]))
    legs = _legs(wallet, listed, wanted.side, execution)
    return Movement(account.opened.api_key, number, at, TRADE, legs, details)


def tell(exchange: Exchange, account: Account, at: int, where: tuple[str, str], wanted: Wanted) -> Movement:
    """The same as told by control, maybe in the past; the caller commits it.

    Raises:
        Impossible: unknown symbol, no price then, a filter, or too little balance from then on.
    """
    try:
        record = trade(exchange, account, at, where, wanted)
    except Refused as refusal:
        raise Impossible(f"{wanted.side} {where[1]} on {where[0]}: {refusal.text}") from refusal
    exchange.refuse_if_short(account, record)
    return record


def _purse(exchange: Exchange, account: Account, wallet: str, at: int) -> Purse:
    """Fees are paid in BNB by cross margin alone: an isolated pair holds its own two coins only."""

    def free(asset: str) -> Decimal:
        held = account.positions.get((wallet, asset))
        return held.lowest_from(at) if held else ZERO

    def in_fee_coin(asset: str, amount: Decimal) -> Decimal | None:
        return exchange.in_fee_coin(asset, amount, at) if wallet == CROSS else None

    return Purse(free, in_fee_coin)


def _legs(wallet: str, listed: Listed, side: str, execution: Execution) -> tuple[Leg, ...]:
    sign = 1 if side == "BUY" else -1
    legs = [
        Leg(wallet, listed.base, sign * execution.quantity),
        Leg(wallet, listed.quote, -sign * execution.quote_quantity),
    ]
    if execution.commission:
        legs.append(Leg(wallet, execution.commission_asset, -execution.commission, COMMISSION))
    return tuple(legs)
