"""Rows of the partial exports as ledger events: trades, flows, converts, futures, P2P, fiat, Earn, staking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from decimal import Decimal
from sys import intern
from typing import TYPE_CHECKING, Final

from backend.core.imports.statements.cells import instant, number, number_or, plain_amount, split_pair, with_coin
from backend.core.imports.statements.entries import (
    NO_DIRECTION,
    NO_MOVE,
    NOT_COMPLETED,
    OWN_MOVE,
    UNKNOWN_STATUS,
    UNKNOWN_TYPE,
    RowFault,
    Skip,
    View,
    leg,
    source_of,
)
from backend.core.imports.statements.tax_report import tax_row
from backend.core.model.amounts import ZERO, minus
from backend.core.model.futures import FUTURES_WORDS
from backend.core.model.history import OWN_MONEY
from backend.core.model.holdings import EventKind, LedgerEvent, Leg

if TYPE_CHECKING:
    from backend.core.imports.answers import Direction
    from backend.core.imports.instants import DateOrder

_DONE: Final = frozenset(("completed", "successful", "success", "finished", "complete", "credited"))
_VOID: Final = frozenset(
    (
        "cancelled",
        "canceled",
        "failed",
        "rejected",
        "expired",
        "pending",
        "processing",
        "refunded",
        "failure",
        "timeout",
    )
)
_EARNED: Final = ("interest", "reward", "airdrop", "bonus", "distribution")
_SUBSCRIBED: Final = ("subscri", "purchase", "redemption", "redeem", "transfer")
_DOLLARS: Final = ("USDT", "USDC", "BUSD", "FDUSD", "BNFCR")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are read: where its clock hangs, and what its columns do not tell."""

    zone: tzinfo | None
    order: DateOrder | None
    direction: Direction | None


Cells = Mapping[str, str]
Reader = Callable[[Cells, Reading], Sequence[LedgerEvent]]


def reader_of(view: View, columns: Mapping[str, int]) -> Reader:
    """What reads the rows of a view with these columns. Readers raise `RowFault` and `Skip`."""
    if view == "trades":
        return _old_trade if "market" in columns else _trade
    if view == "fiat":
        return _fiat if "coin" in columns else _new_fiat
    if view == "deposits":
        return _old_movement if "transactionfee" in columns else _movement
    if view == "staking":
        if "token" in columns:
            return _staked
        return _wrapped if "wrappedbethamount" in columns else _staking_reward
    return _READERS[view]


def _old_trade(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    coins = split_pair(cells["market"])
    fee = number_or(cells["fee"], ZERO), cells["feecoin"]
    amounts = number(cells["amount"]), number(cells["total"])
    return (traded("trades", cells["type"], coins, amounts, fee, number(cells["price"]), cells["time"], reading),)


def _trade(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    base, quote = split_pair(cells["pair"], cells["executed"], cells["amount"])
    quantity, _ = with_coin(cells["executed"], (base,))
    total, _ = with_coin(cells["amount"], (quote,))
    fee = with_coin(cells["fee"], (base, quote)) if cells["fee"] not in ("", "0") else (ZERO, "")
    amounts, price = (quantity, total), number(cells["price"])
    return (traded("trades", cells["side"], (base, quote), amounts, fee, price, cells["time"], reading),)


def traded(
    view: View,
    side: str,
    coins: tuple[str, str],
    amounts: tuple[Decimal, Decimal],
    fee: tuple[Decimal, str],
    price: Decimal,
    at: str,
    reading: Reading,
    note: str = "",
) -> LedgerEvent:
    """A trade of a view.

    Args:
        side: BUY or SELL, in any case.
        coins: base and quote; `amounts` are of them, and `fee` is an amount and its coin.
        at: the instant as the file writes it.

    Raises:
        RowFault: there is no such side, or the instant cannot be read.
        Skip: nothing was traded.
    """
    (base, quote), (quantity, total) = coins, amounts
    if side.upper() not in ("BUY", "SELL"):
        raise RowFault(UNKNOWN_TYPE, side)
    if quantity == ZERO or total == ZERO:
        raise Skip(NO_MOVE)
    buyer = side.upper() == "BUY"
    legs = [Leg(base, quantity, "in"), Leg(quote, -total, "out")]
    if not buyer:
        legs = [Leg(quote, total, "in"), Leg(base, -quantity, "out")]
    if fee[0] != ZERO:
        legs.append(Leg(fee[1], -fee[0], "fee"))
    return LedgerEvent(
        source_of(view),
        "",
        EventKind.TRADE,
        instant(at, reading.zone, reading.order).at_ms,
        tuple(legs),
        symbol=intern(f"{base}{quote}"),
        price=price,
        side="BUY" if buyer else "SELL",
        note=note,
    )


def _convert(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    pair = cells["pair"]
    coins: tuple[str, ...] = ()
    for first, second in ((cells["buy"], cells["sell"]), (cells["sell"], cells["buy"])):
        try:
            coins = split_pair(pair, first, second)
        except RowFault:
            continue
        if any(cells["sell"].endswith(coin) for coin in coins) and any(cells["buy"].endswith(coin) for coin in coins):
            break
    sold, sold_coin = with_coin(cells["sell"], coins)
    bought, bought_coin = with_coin(cells["buy"], coins)
    legs = (Leg(bought_coin, bought, "in"), Leg(sold_coin, -sold, "out"))
    at = cells["dateupdated"] or cells["time"]
    return (_event("converts", EventKind.CONVERT, at, legs, reading),)


def _movement(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    legs = (Leg(cells["coin"], number(cells["amount"]), "in"),)
    event = _event("deposits", EventKind.DEPOSIT, cells["time"], legs, reading, note=cells["network"])
    return (_over_a_chain(event, cells),)


def _withdrawal(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    event = _withdrawn("withdrawals", cells["coin"], number(cells["amount"]), cells["fee"], cells, reading)
    return (_over_a_chain(event, cells),)


def _old_movement(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    amount = number(cells["amount"])
    if _direction(reading) == "withdrawal":
        event = _withdrawn("withdrawals", cells["coin"], amount, cells["transactionfee"], cells, reading)
    else:
        legs = (Leg(cells["coin"], amount, "in"),)
        event = _event("deposits", EventKind.DEPOSIT, cells["time"], legs, reading, note=cells.get("network", ""))
    return (_over_a_chain(event, cells),)


def _fiat(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    coin, arrived, fee = cells["coin"], number(cells["amount"]), number_or(cells["fee"], ZERO)
    key, note = cells["orderid"], cells["paymentmethod"]
    if _direction(reading) == "withdrawal":
        return (_withdrawn("fiat", coin, arrived, cells["fee"], cells, reading, key, note),)
    sent = number_or(cells["indicatedamount"], arrived)
    return (_event("fiat", EventKind.DEPOSIT, cells["time"], _credited(coin, sent, arrived, fee), reading, key, note),)


def _new_fiat(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    sent, coin = with_coin(cells["amount"])
    arrived, _ = with_coin(cells["receiveamount"], (coin,))
    key, note = cells["transactionid"], cells["method"]
    fee = minus(sent, arrived)
    if _direction(reading) == "withdrawal":
        return (_withdrawn("fiat", coin, arrived, str(fee), cells, reading, key, note),)
    return (_event("fiat", EventKind.DEPOSIT, cells["time"], _credited(coin, sent, arrived, fee), reading, key, note),)


def _fiat_buy(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    bought, coin = with_coin(cells["receiveamount"])
    came, key, method = Leg(coin, bought, "in"), cells["transactionid"], cells["method"]
    if method.strip().lower() == OWN_MONEY.lower():
        paid, currency = with_coin(cells["spendamount"])
        both = (came, Leg(currency, -paid, "out"))
        return (_event("fiat_buys", EventKind.CONVERT, cells["time"], both, reading, key, method),)
    return (_event("fiat_buys", EventKind.DEPOSIT, cells["time"], (came,), reading, key, method),)


def _p2p(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    word = cells["ordertype"].upper()
    if word not in ("BUY", "SELL"):
        raise RowFault(UNKNOWN_TYPE, word)
    quantity = number(cells["quantity"])
    kind = EventKind.DEPOSIT if word == "BUY" else EventKind.WITHDRAWAL
    legs = [leg(cells["asset"], quantity if word == "BUY" else -quantity)]
    if (fee := cells.get("fee", "")) not in ("", "0"):
        # In the coin traded, where none is written behind it. Money moves outside.
        cost, coin = (number(fee), cells["asset"]) if fee[-1].isdigit() else with_coin(fee)
        if cost != ZERO and coin != cells["fiattype"]:
            legs.append(leg(coin, -cost, fee=True))
    return (_event("p2p", kind, cells["createdtime"], tuple(legs), reading, cells["ordernumber"], "P2P"),)


def _futures_trade(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    symbol = cells["symbol"]
    result, fee = number_or(cells["realizedprofit"].split(" ")[0], ZERO), (ZERO, "")
    coin = _margin_coin(symbol)
    if cells["fee"] not in ("", "0"):
        fee = with_coin(cells["fee"], (coin,))
    key = f"{symbol}:{cells['tradeid']}"
    found = []
    for name, kind, asset, amount in (
        ("fee", EventKind.FUTURES_FEE, fee[1], -fee[0]),
        ("result", EventKind.FUTURES_RESULT, coin, result),
    ):
        if amount != ZERO:
            legs = (leg(asset, amount),)
            found.append(_event("futures_trades", kind, cells["time"], legs, reading, f"{key}:{name}", "", symbol))
    if not found:
        raise Skip(NO_MOVE)
    return found


def _futures_line(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    word, amount, symbol = cells["type"].upper().replace(" ", "_"), number(cells["amount"]), cells["symbol"]
    if "TRANSFER" in word:
        raise Skip(OWN_MOVE)
    if amount == ZERO:
        raise Skip(NO_MOVE)
    kind = FUTURES_WORDS.get(word)
    if kind is None:
        raise RowFault(UNKNOWN_TYPE, cells["type"])
    key = ":".join((word, cells["transactionid"], cells["asset"], symbol))
    legs = (leg(cells["asset"], amount),)
    return (_event("futures_income", kind, cells["time"], legs, reading, key, word, symbol or None),)


def _earn(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    word = cells["type"].lower()
    if any(part in word for part in _SUBSCRIBED):
        raise Skip(OWN_MOVE)
    if not any(part in word for part in _EARNED):
        raise RowFault(UNKNOWN_TYPE, cells["type"])
    legs = (leg(cells["coin"], number(cells["amount"])),)
    return (_event("earn", EventKind.REWARD, cells["time"], legs, reading, note=cells["type"]),)


def _earn_locked(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    raise Skip(OWN_MOVE)


def _wrapped(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    given, got = (
        plain_amount(cells["wrappedbethamount"], "BETH"),
        plain_amount(cells["distributedwbethamount"], "WBETH"),
    )
    legs = (Leg("WBETH", got, "in"), Leg("BETH", -given, "out"))
    return (_event("staking", EventKind.RENAME, cells["time"], legs, reading),)


def _staked(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    amount = number(cells["amount"])
    legs = (Leg(cells["token"], amount, "in"), Leg(cells["coin"], -amount, "out"))
    return (_event("staking", EventKind.RENAME, cells["time"], legs, reading),)


def _staking_reward(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    legs = (leg(cells["asset"], number(cells["amount"])),)
    return (_event("staking", EventKind.REWARD, cells["time"], legs, reading),)


def _auto_invest(cells: Cells, reading: Reading) -> Sequence[LedgerEvent]:
    _done(cells["status"])
    paid, coin = with_coin(cells["amountperperiod"])
    fee, fee_coin = with_coin(cells["tradingfee"])
    bought, asset = with_coin(cells["units"])
    # The fee is part of the amount of a period.
    rest = minus(paid, fee) if fee_coin == coin else paid
    legs = [Leg(asset, bought, "in"), Leg(coin, -rest, "out")]
    if fee != ZERO:
        legs.append(Leg(fee_coin, -fee, "fee"))
    return (_event("auto_invest", EventKind.CONVERT, cells["autoinvestdate"], tuple(legs), reading),)


def _event(
    view: View,
    kind: EventKind,
    at: str,
    legs: tuple[Leg, ...],
    reading: Reading,
    key: str = "",
    note: str = "",
    symbol: str | None = None,
) -> LedgerEvent:
    if all(one.amount == ZERO for one in legs):
        raise Skip(NO_MOVE)
    at_ms = instant(at, reading.zone, reading.order).at_ms
    return LedgerEvent(source_of(view), key, kind, at_ms, legs, symbol=symbol, note=note[:80])


def _withdrawn(
    view: View, coin: str, amount: Decimal, fee: str, cells: Cells, reading: Reading, key: str = "", note: str = ""
) -> LedgerEvent:
    cost = number_or(fee, ZERO)
    legs = [Leg(coin, -amount, "out")]
    if cost != ZERO:
        legs.append(Leg(coin, -cost, "fee"))
    note = note or cells.get("network", "")
    return _event(view, EventKind.WITHDRAWAL, cells["time"], tuple(legs), reading, key, note)


def _over_a_chain(event: LedgerEvent, cells: Cells) -> LedgerEvent:
    return replace(event, transaction=cells["txid"].strip()[:200], address=cells["address"].strip()[:200])


def _credited(coin: str, sent: Decimal, arrived: Decimal, fee: Decimal) -> tuple[Leg, ...]:
    """What was sent crossed the border, and its fee is a cost, where the three amounts say so."""
    if fee != ZERO and minus(sent, fee) == arrived:
        return (Leg(coin, sent, "in"), Leg(coin, -fee, "fee"))
    return (Leg(coin, arrived, "in"),)


def _direction(reading: Reading) -> Direction:
    if reading.direction is None:
        raise RowFault(NO_DIRECTION)
    return reading.direction


def _done(status: str) -> None:
    word = status.strip().lower()
    if word in _VOID:
        raise Skip(NOT_COMPLETED)
    if word not in _DONE:
        raise RowFault(UNKNOWN_STATUS, status)


def _margin_coin(symbol: str) -> str:
    """What profits of a contract are paid in: its quote, or its base where it is coin-margined."""
    plain = symbol.split("_")[0]
    if plain.endswith("USD"):
        return plain.removesuffix("USD")
    found = next((coin for coin in _DOLLARS if plain.endswith(coin)), None)
    return found if found is not None else split_pair(plain)[1]


_READERS: Final[Mapping[View, Reader]] = {
    "withdrawals": _withdrawal,
    "fiat_buys": _fiat_buy,
    "converts": _convert,
    "p2p": _p2p,
    "futures_trades": _futures_trade,
    "futures_income": _futures_line,
    "earn": _earn,
    "earn_locked": _earn_locked,
    "tax_report": tax_row,
    "auto_invest": _auto_invest,
}
