"""Every sample message of a stream becomes an event that equals its strings; unknown events are kept by their name."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.errors import (
    ClockSkewError,
    CredentialsRefusedError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    RequestRefusedError,
)
from backend.core.model.stream_events import (
    BalanceMoved,
    BalancesChanged,
    FuturesAccountChanged,
    FuturesOrderChanged,
    OrderChanged,
    OtherEvent,
    StreamEnded,
)
from backend.core.model.wallets import Wallet
from backend.exchange.binance import stream_parse
from backend.tests.unit.exchange.wallets.samples import SHARED, same, sample

AT: Final = 1_717_243_200_000
WS: Final = tuple(sorted(path.stem for path in (SHARED / "ws").glob("*.json")))
needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared/binance is absent")
TICKER: Final = {
    "e": "24hrMiniTicker", "E": AT, "s": "BNBUSDT", "c": "600.10", "o": "590", "h": "610", "l": "580", "v": "10000",
    "q": "18000.5",
}  # fmt: skip
ORDER: Final = {
    "at_ms": "E", "symbol": "s", "order_id": "i", "client_id": "c", "side": "S", "kind": "o", "execution": "x",
    "status": "X", "quantity": "q", "price": "p", "last_quantity": "l", "last_price": "L", "executed": "z",
    "executed_quote": "Z", "commission": "n", "commission_asset": "N", "maker": "m", "transaction_ms": "T",
    "expiry_reason": "eR",
}  # fmt: skip
FUTURES_ORDER: Final = {
    "symbol": "s", "order_id": "i", "client_id": "c", "side": "S", "position_side": "ps", "kind": "o",
    "execution": "x", "status": "X", "quantity": "q", "price": "p", "average_price": "ap", "last_quantity": "l",
    "last_price": "L", "executed": "z", "commission": "n", "commission_asset": "N", "realized": "rp", "maker": "m",
    "reduce_only": "R", "transaction_ms": "T",
}  # fmt: skip
POSITION: Final = {
    "symbol": "s", "side": "ps", "quantity": "pa", "unrealized": "up", "entry_price": "ep", "break_even_price": "bep",
}  # fmt: skip


def inner(message: Any) -> Any:
    return message.get("event") or message.get("data") or message


@needs_samples
@pytest.mark.parametrize("name", WS)
def test_an_event_equals_the_strings_of_the_sample(name: str) -> None:
    message = sample(f"ws/{name}")
    row = inner(message)
    found = stream_parse.user_message(message)
    assert found.subscription == message.get("subscriptionId")
    event = found.event
    match event:
        case BalancesChanged():
            same([event], [row], {"at_ms": "E", "updated_ms": "u"})
            same(event.balances, row["B"], {"asset": "a", "free": "f", "locked": "l", "wallet": "=spot"})
        case BalanceMoved():
            same([event], [row], {"at_ms": "E", "cleared_ms": "T", "asset": "a", "change": "d"})
        case OrderChanged():
            same([event], [row], ORDER)
            assert event.trade_id == (None if row["t"] == -1 else str(row["t"]))
            assert event.reject_reason == (None if row["r"] == "NONE" else row["r"])
        case FuturesAccountChanged():
            same([event], [{**row, "m": row["a"]["m"]}], {"at_ms": "E", "transaction_ms": "T", "reason": "m"})
            cash = {"asset": "a", "wallet_balance": "wb", "cross_balance": "cw", "change": "bc"}
            same(event.balances, row["a"]["B"], cash)
            same(event.positions, row["a"]["P"], POSITION)
        case FuturesOrderChanged():
            same([event], [row["o"]], FUTURES_ORDER)
            assert event.trade_id == (None if row["o"]["t"] == 0 else str(row["o"]["t"]))
        case StreamEnded():
            same([event], [row], {"at_ms": "E", "name": "e"})
        case OtherEvent():
            assert event.name == row["e"]
            assert event.name in ("ALGO_UPDATE", "TRADE_LITE")


@needs_samples
def test_every_kind_of_event_has_a_sample() -> None:
    kinds = {type(stream_parse.user_message(sample(f"ws/{name}")).event) for name in WS}
    spot = {BalancesChanged, BalanceMoved, OrderChanged}
    assert kinds == spot | {FuturesAccountChanged, FuturesOrderChanged, StreamEnded, OtherEvent}


@pytest.mark.parametrize("name", ["listenKeyExpired", "serverShutdown", "eventStreamTerminated"])
@pytest.mark.parametrize("wrap", [lambda row: row, lambda row: {"stream": "x", "data": row}])
def test_the_end_of_a_stream_is_told(name: str, wrap: Any) -> None:
    message = wrap({"e": name, "E": AT, "listenKey": "pqia91ma19a5s61cv6a81va65sdf19v8"})
    assert stream_parse.user_message(message).event == StreamEnded(AT, name)


def test_the_stream_of_coin_m_is_marked_as_such() -> None:
    row = {"e": "ACCOUNT_UPDATE", "E": AT, "T": AT, "a": {"m": "FUNDING_FEE", "B": [
        {"a": "BTC", "wb": "-0.5", "cw": "0", "bc": "-0.1"}]}}  # fmt: skip
    event = stream_parse.user_message(row, Wallet.FUTURES_COINM).event
    assert isinstance(event, FuturesAccountChanged)
    assert (event.wallet, event.reason, event.positions) == (Wallet.FUTURES_COINM, "FUNDING_FEE", ())
    assert event.balances[0].wallet_balance == Decimal("-0.5")


def test_a_cancel_keeps_the_id_of_the_order() -> None:
    row = {
        "e": "executionReport", "E": AT, "s": "ETHUSDT", "c": "cancel-1", "C": "order-1", "S": "BUY", "o": "LIMIT",
        "q": "1", "p": "2500", "x": "CANCELED", "X": "CANCELED", "r": "NONE", "i": 2**60, "l": "0", "z": "0", "L": "0",
        "n": "0", "N": None, "T": AT, "t": -1, "m": False, "Z": "0",
    }  # fmt: skip
    event = stream_parse.user_message(row).event
    assert isinstance(event, OrderChanged)
    assert (event.client_id, event.order_id, event.trade_id) == ("order-1", str(2**60), None)


@pytest.mark.parametrize("wrap", [lambda row: row, lambda row: [row], lambda row: {"stream": "x", "data": [row]}])
def test_mini_tickers_come_alone_in_a_list_and_wrapped(wrap: Any) -> None:
    found = stream_parse.mini_tickers(wrap(TICKER))
    names = {"at_ms": "E", "symbol": "s", "close": "c", "open": "o", "high": "h", "low": "l", "volume": "v"}
    same(found, [TICKER], {**names, "quote_volume": "q"})


def test_a_ticker_without_a_price_is_left_out_and_one_that_stands_there_twice_is_refused() -> None:
    assert stream_parse.mini_tickers([{**TICKER, "c": "0.00"}]) == []
    with pytest.raises(ExchangeUnavailableError):
        stream_parse.mini_tickers([TICKER, TICKER])


def test_of_all_symbols_only_those_that_are_wanted_are_read() -> None:
    broken = {**TICKER, "s": "XYZUSDT", "c": "NaN"}
    found = stream_parse.mini_tickers([broken, TICKER], {"BNBUSDT"})
    assert [ticker.symbol for ticker in found] == ["BNBUSDT"]
    with pytest.raises(ExchangeUnavailableError):
        stream_parse.mini_tickers([broken, TICKER])


@pytest.mark.parametrize("message", [{"e": "serverShutdown", "E": AT}, {"data": {"e": "serverShutdown", "E": AT}}])
def test_a_market_stream_says_that_its_server_goes_away(message: object) -> None:
    assert stream_parse.is_shutdown(message)
    assert not stream_parse.is_shutdown([TICKER])


def test_the_answers_of_a_subscription_are_read() -> None:
    assert stream_parse.server_time_ms({"serverTime": AT}) == AT
    assert stream_parse.subscription_id({"subscriptionId": 0}) == 0
    with pytest.raises(ExchangeUnavailableError):
        stream_parse.subscription_id({})


def test_an_answer_of_the_web_socket_interface_is_its_result() -> None:
    assert stream_parse.api_result({"id": "1", "status": 200, "result": {"subscriptionId": 0}}) == {"subscriptionId": 0}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, -1021, ClockSkewError),
        (400, -1022, CredentialsRefusedError),
        (401, -2015, CredentialsRefusedError),
        (400, -1100, RequestRefusedError),
        (500, -1000, ExchangeUnavailableError),
        (429, -1003, ExchangeLimitedError),
    ],
)
def test_an_error_of_the_web_socket_interface_is_that_of_its_code(
    status: int, code: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        stream_parse.api_result({"id": "1", "status": status, "error": {"code": code, "msg": "words"}})


def test_a_ban_told_by_web_socket_lasts_until_its_instant_on_the_exchanges_clock() -> None:
    data = {"serverTime": AT, "retryAfter": AT + 90_500}
    with pytest.raises(ExchangeLimitedError) as refusal:
        stream_parse.api_result({"status": 418, "error": {"code": -1003, "msg": "IP banned", "data": data}})
    assert (refusal.value.retry_after_s, refusal.value.banned) == (90.5, True)


@pytest.mark.parametrize("message", [None, [], "x", 7, {}, {"e": 1}, {"event": None}, {"stream": "x", "data": [1]}])
def test_a_message_of_another_shape_is_refused(message: object) -> None:
    with pytest.raises(ExchangeUnavailableError):
        stream_parse.user_message(message)


def test_an_error_on_a_stream_repeats_no_listen_key() -> None:
    secret = "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1"
    for broken in ({"e": "listenKeyExpired", "E": secret}, {"code": -1125, "msg": f"This listenKey {secret} is gone"}):
        with pytest.raises(Exception, match="exchange") as refusal:  # which one is not the point
            stream_parse.user_message(json.loads(json.dumps(broken)))
        assert secret not in str(refusal.value)
