"""Messages of the streams. An event of an unknown name is kept by its name; a known one that is broken is refused."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Final

from backend.core.errors import ExchangeError, ExchangeLimitedError
from backend.core.model.amounts import ZERO
from backend.core.model.futures import FuturesPosition
from backend.core.model.stream_events import (
    BalanceMoved,
    BalancesChanged,
    FuturesAccountChanged,
    FuturesCashChanged,
    FuturesOrderChanged,
    MiniTicker,
    OrderChanged,
    OtherEvent,
    StreamEnded,
    UserEvent,
    UserMessage,
)
from backend.core.model.wallets import Wallet, WalletBalance
from backend.exchange.binance.errors import DEFAULT_RETRY_S, refused_by_code
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    identity,
    instant,
    mapping,
    note,
    optional,
    refuse_twice,
    rows,
    side,
    signed,
    text,
    values,
    whole,
    yes_or_no,
)
from backend.exchange.binance.futures_parse import position_side

# What stands in the place of a reason, of a reject and of a trade when there is none.
NONE: Final = "NONE"
NO_TRADE: Final = frozenset({"-1", "0"})
SHUTDOWN: Final = "serverShutdown"


def user_message(message: object, futures: Wallet = Wallet.FUTURES_USDM) -> UserMessage:
    """One message of a user stream, bare or wrapped: {subscriptionId, event} or {stream, data}.

    `futures`: whose stream it is, USD-M or COIN-M.
    """
    outer = mapping(body(message))
    if "event" in outer:
        subscription, row = optional(whole, outer, "subscriptionId"), mapping(outer["event"])
    elif "data" in outer and "stream" in outer:
        subscription, row = None, mapping(outer["data"])
    else:
        subscription, row = None, outer
    return UserMessage(_event(row, futures), subscription)


def api_result(message: object) -> object:
    """What an answer of the WebSocket API holds.

    Raises:
        ExchangeError: the one that the same code has over HTTP.
    """
    row = mapping(message)
    status = whole(row, "status")
    if status == 200:
        return row.get("result")
    error = mapping(row.get("error"))
    code, words = whole(error, "code"), note(error, "msg")
    if status not in (418, 429):
        raise refused_by_code(code, words)
    banned = status == 418
    words = "This address is banned by the exchange for a while" if banned else "Too many requests"
    raise ExchangeLimitedError(f"{words} [{code}]", max(_silence_s(error.get("data")), 1.0), banned, code)


def _silence_s(data: object) -> float:
    """How long to send nothing; where that cannot be read it is still a while."""
    try:
        until = mapping(data)
        return (instant(until, "retryAfter") - instant(until, "serverTime")) / 1000
    except ExchangeError:
        return DEFAULT_RETRY_S


def weight_told(message: object) -> int | None:
    """The weight of the running minute that an answer of the WebSocket API tells; None where it tells none."""
    limits = message.get("rateLimits") if isinstance(message, Mapping) else None
    for row in limits if isinstance(limits, list) else ():
        if not isinstance(row, Mapping) or row.get("rateLimitType") != "REQUEST_WEIGHT":
            continue
        count = row.get("count")
        if (row.get("interval"), row.get("intervalNum")) == ("MINUTE", 1) and type(count) is int and count >= 0:
            return count
    return None


def server_time_ms(result: object) -> int:
    """The exchange's clock, of the result of `time`."""
    return instant(mapping(result), "serverTime")


def subscription_id(result: object) -> int:
    """The number by which events of a new subscription are told."""
    return whole(mapping(result), "subscriptionId")


def is_shutdown(message: object) -> bool:
    """Whether a message of a market stream says that its server goes away, bare or wrapped."""
    inner = message.get("data", message) if isinstance(message, Mapping) else message
    return isinstance(inner, Mapping) and inner.get("e") == SHUTDOWN


def mini_tickers(message: object, only: Container[str] | None = None) -> Sequence[MiniTicker]:
    """One message of `!miniTicker@arr` or `<symbol>@miniTicker`, bare or wrapped; rows without a price are left out.

    With `only`, rows of other symbols are left out unread: there are thousands, and few are held.
    """
    inner = message["data"] if isinstance(message, Mapping) and "data" in message else message
    listed = [mapping(row) for row in values(inner if isinstance(inner, list) else [inner])]
    found = [_mini_ticker(row) for row in listed if only is None or text(row, "s") in only]
    refuse_twice([ticker.symbol for ticker in found], "a price")
    return [ticker for ticker in found if ticker.close > ZERO]


def _mini_ticker(row: Row) -> MiniTicker:
    return MiniTicker(
        at_ms=instant(row, "E"),
        symbol=text(row, "s"),
        close=amount(row, "c"),
        open=amount(row, "o"),
        high=amount(row, "h"),
        low=amount(row, "l"),
        volume=amount(row, "v"),
        quote_volume=amount(row, "q"),
    )


def _event(row: Row, futures: Wallet) -> UserEvent:
    name = text(row, "e")
    if name == "ACCOUNT_UPDATE":
        return _futures_account(row, futures)
    return READERS.get(name, _other)(row)


def _other(row: Row) -> OtherEvent:
    return OtherEvent(text(row, "e"))


def _ended(row: Row) -> StreamEnded:
    return StreamEnded(instant(row, "E"), text(row, "e"))


def _balances(row: Row) -> BalancesChanged:
    found = tuple(
        WalletBalance(Wallet.SPOT, text(part, "a"), amount(part, "f"), amount(part, "l")) for part in rows(row.get("B"))
    )
    refuse_twice([balance.asset for balance in found], "an asset")
    return BalancesChanged(instant(row, "E"), instant(row, "u"), found)


def _moved(row: Row) -> BalanceMoved:
    return BalanceMoved(instant(row, "E"), instant(row, "T"), text(row, "a"), signed(row, "d"))


def _order(row: Row) -> OrderChanged:
    return OrderChanged(
        at_ms=instant(row, "E"),
        symbol=text(row, "s"),
        order_id=identity(row, "i"),
        # A cancel has an id of its own; the order's stands in C then.
        client_id=optional(text, row, "C") or text(row, "c"),
        side=side(row, "S"),
        kind=text(row, "o"),
        execution=text(row, "x"),
        status=text(row, "X"),
        quantity=amount(row, "q"),
        price=amount(row, "p"),
        last_quantity=amount(row, "l"),
        last_price=amount(row, "L"),
        executed=amount(row, "z"),
        executed_quote=amount(row, "Z"),
        commission=amount(row, "n"),
        commission_asset=optional(text, row, "N"),
        trade_id=_trade_id(row),
        maker=yes_or_no(row, "m"),
        transaction_ms=instant(row, "T"),
        reject_reason=_reason(row, "r"),
        expiry_reason=_reason(row, "eR"),
    )


def _futures_account(row: Row, futures: Wallet) -> FuturesAccountChanged:
    change = mapping(row.get("a"))
    balances = tuple(
        FuturesCashChanged(text(part, "a"), signed(part, "wb"), signed(part, "cw"), signed(part, "bc"))
        for part in _rows(change, "B")
    )
    positions = tuple(_position(part, futures) for part in _rows(change, "P"))
    refuse_twice([balance.asset for balance in balances], "an asset")
    refuse_twice([(position.symbol, position.side) for position in positions], "a position")
    return FuturesAccountChanged(instant(row, "E"), instant(row, "T"), futures, text(change, "m"), balances, positions)


def _position(row: Row, futures: Wallet) -> FuturesPosition:
    return FuturesPosition(
        futures,
        symbol=text(row, "s"),
        side=position_side(row, "ps"),
        quantity=signed(row, "pa"),
        unrealized=signed(row, "up"),
        entry_price=amount(row, "ep"),
        break_even_price=optional(signed, row, "bep"),
    )


def _futures_order(row: Row) -> FuturesOrderChanged:
    order = mapping(row.get("o"))
    return FuturesOrderChanged(
        at_ms=instant(row, "E"),
        transaction_ms=instant(row, "T"),
        symbol=text(order, "s"),
        order_id=identity(order, "i"),
        client_id=text(order, "c"),
        side=side(order, "S"),
        position_side=position_side(order, "ps"),
        kind=text(order, "o"),
        execution=text(order, "x"),
        status=text(order, "X"),
        quantity=amount(order, "q"),
        price=amount(order, "p"),
        average_price=amount(order, "ap"),
        last_quantity=amount(order, "l"),
        last_price=amount(order, "L"),
        executed=amount(order, "z"),
        commission=optional(signed, order, "n"),
        commission_asset=optional(text, order, "N"),
        trade_id=_trade_id(order),
        realized=signed(order, "rp"),
        maker=yes_or_no(order, "m"),
        reduce_only=yes_or_no(order, "R"),
    )


def _rows(row: Row, name: str) -> Sequence[Row]:
    return rows(row[name]) if name in row else ()


def _trade_id(row: Row) -> str | None:
    found = identity(row, "t")
    return None if found in NO_TRADE else found


def _reason(row: Row, name: str) -> str | None:
    found = optional(text, row, name)
    return None if found == NONE else found


READERS: Final[Mapping[str, Callable[[Row], UserEvent]]] = {
    "outboundAccountPosition": _balances,
    "balanceUpdate": _moved,
    "executionReport": _order,
    "ORDER_TRADE_UPDATE": _futures_order,
    "eventStreamTerminated": _ended,
    "listenKeyExpired": _ended,
    SHUTDOWN: _ended,
}
