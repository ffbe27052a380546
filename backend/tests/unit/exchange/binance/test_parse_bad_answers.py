"""A broken answer is "no usable answer", never a wrong number: NaN, negative, missing, mistyped, doubled, an error."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.errors import (
    ClockSkewError,
    CredentialsRefusedError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    RequestRefusedError,
)
from backend.core.model.market import Symbol
from backend.exchange.binance import parse

AT: Final = 1_717_243_200_000
BTCUSDT: Final = Symbol("BTCUSDT", "BTC", "USDT", True)
BALANCES: Final = {
    "balances": [
        {"asset": "BTC", "free": "1.5", "locked": "0.5"},
        {"asset": "X", "free": "0", "locked": "0"},
    ]
}
SYMBOLS: Final = {"symbols": [{"symbol": "BTCUSDT", "status": "TRADING", "baseAsset": "BTC", "quoteAsset": "USDT"}]}
TICKERS: Final = [{"symbol": "BTCUSDT", "lastPrice": "50000.1", "priceChangePercent": "-1.5", "closeTime": AT}]
CANDLES: Final = [
    [AT, "1", "3", "1", "2", "5", AT + 59_999, "10", 3, "1", "1", "0"],
    [AT + 60_000, "2", "3", "1", "2.5", "5", AT + 119_999, "10", 3, "1", "1", "0"],
]
DEPOSITS: Final = [
    {"id": "769800519366885376", "amount": "0.001", "coin": "BNB", "network": "BSC", "status": 1, "txId": "0xAA",
     "insertTime": AT}
]  # fmt: skip
WITHDRAWALS: Final = [
    {"id": "b6ae22b3aa844210", "amount": "8.91", "transactionFee": "0.004", "coin": "USDT", "status": 6,
     "applyTime": "2024-06-01 12:00:00", "network": "ETH"}
]  # fmt: skip
TRADES: Final = [
    {"symbol": "BTCUSDT", "id": 7, "price": "50000", "qty": "0.01", "quoteQty": "500", "commission": "0.5",
     "commissionAsset": "USDT", "time": AT, "isBuyer": False}
]  # fmt: skip
RIGHTS: Final = {"ipRestrict": True, "enableReading": True, "enableWithdrawals": False}

Parser = Callable[[Any], object]
READERS: Final[dict[str, tuple[Parser, Any]]] = {
    "balances": (parse.balances, BALANCES),
    "symbols": (parse.symbols, SYMBOLS),
    "tickers": (parse.tickers, TICKERS),
    "candles": (lambda answer: parse.candles(answer, 60_000), CANDLES),
    "deposits": (parse.deposits, DEPOSITS),
    "withdrawals": (parse.withdrawals, WITHDRAWALS),
    "trades": (lambda answer: parse.trades(answer, BTCUSDT), TRADES),
    "server_time": (parse.server_time_ms, {"serverTime": AT}),
    "permissions": (parse.permissions, RIGHTS),
}
# Fields that are for eyes only, or whose absence the exchange itself allows.
OPTIONAL: Final = {("deposits", "network"), ("withdrawals", "network"), ("deposits", "txId")}
NAMES: Final = {
    ("balances", "asset"), ("symbols", "symbol"), ("symbols", "baseAsset"), ("symbols", "quoteAsset"),
    ("symbols", "status"), ("tickers", "symbol"), ("deposits", "coin"), ("withdrawals", "coin"),
    ("trades", "commissionAsset"),
}  # fmt: skip
BAD_LEAVES: Final = ("NaN", float("nan"), "Infinity", None, ["x"], {"a": 1}, "", True, 1.5)


def refused(reader: Parser, answer: Any) -> None:
    with pytest.raises(ExchangeUnavailableError, match="The exchange answered with"):
        reader(answer)


def leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [found for place, one in items for found in leaves(one, (*way, place))]
    return [way]


def changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    copied = copy.deepcopy(value)
    inner = copied
    for place in way[:-1]:
        inner = inner[place]
    inner[way[-1]] = new
    return copied


def read_fields(name: str) -> list[tuple[Any, ...]]:
    """The ways to the leaves that this program reads, in the sample of one reader."""
    _, sample = READERS[name]
    found = leaves(sample)
    if name == "candles":
        return [way for way in found if way[-1] in (0, 4)]
    return [way for way in found if (name, way[-1]) not in OPTIONAL]


@pytest.mark.parametrize("name", READERS)
def test_the_whole_sample_is_accepted(name: str) -> None:
    reader, sample = READERS[name]
    assert reader(sample)


@pytest.mark.parametrize("name", [name for name in READERS if name != "permissions"])
def test_a_leaf_of_another_kind_is_refused_wherever_it_stands(name: str) -> None:
    reader, sample = READERS[name]
    for way in read_fields(name):
        for bad in BAD_LEAVES:
            if way[-1] == "isBuyer" and bad is True:
                continue
            if isinstance(bad, str) and bad and (name, way[-1]) in NAMES:
                continue  # a text in place of a name: no schema can tell
            try:
                found = reader(changed(sample, way, bad))
            except ExchangeUnavailableError:
                continue
            pytest.fail(f"{way} = {bad!r} passed as {found}")


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("permissions", "candles")])
def test_a_field_that_is_not_there_is_refused(name: str) -> None:
    reader, sample = READERS[name]
    for way in read_fields(name):
        broken = copy.deepcopy(sample)
        inner = broken
        for place in way[:-1]:
            inner = inner[place]
        del inner[way[-1]]
        refused(reader, broken)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("answer", [None, "", "text", 7, True, {}, [[]], [None], ["x"], [7]])
def test_another_container_is_refused(name: str, answer: Any) -> None:
    reader, _ = READERS[name]
    if name == "permissions" and answer == {}:
        return  # nothing said is nothing known
    refused(reader, answer)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("balances", ("balances", 0, "free")),
        ("balances", ("balances", 0, "locked")),
        ("tickers", (0, "lastPrice")),
        ("candles", (0, 4)),
        ("deposits", (0, "amount")),
        ("withdrawals", (0, "amount")),
        ("withdrawals", (0, "transactionFee")),
        ("trades", (0, "qty")),
        ("trades", (0, "quoteQty")),
        ("trades", (0, "commission")),
        ("trades", (0, "price")),
    ],
)
def test_a_negative_amount_is_refused(name: str, way: tuple[Any, ...]) -> None:
    reader, sample = READERS[name]
    refused(reader, changed(sample, way, "-0.1"))


@pytest.mark.parametrize("name", ["balances", "symbols", "tickers", "candles"])
def test_a_row_that_stands_there_twice_is_refused(name: str) -> None:
    reader, sample = READERS[name]
    if isinstance(sample, list):
        refused(reader, [*sample, sample[-1]])
    else:
        ((key, rows),) = sample.items()
        refused(reader, {key: [*rows, rows[0]]})


def test_candles_out_of_order_are_refused() -> None:
    refused(READERS["candles"][0], CANDLES[::-1])


def test_a_candle_without_a_price_is_refused_and_an_empty_page_is_a_gap() -> None:
    refused(READERS["candles"][0], changed(CANDLES, (0, 4), "0"))
    assert parse.candles([], 60_000) == []


def test_a_ticker_without_a_price_is_left_out_not_zero() -> None:
    assert parse.tickers(changed(TICKERS, (0, "lastPrice"), "0.00000000")) == []


def test_an_empty_listing_is_no_listing() -> None:
    refused(parse.symbols, {"symbols": []})


def test_assets_without_a_quantity_are_not_held() -> None:
    assert [balance.asset for balance in parse.balances(BALANCES)] == ["BTC"]
    assert parse.listed_assets(BALANCES) == ["BTC", "X"]


@pytest.mark.parametrize("at", [0, -1, 1_000, 9_999_999_999_999, 1_717_243_200])
def test_an_impossible_instant_is_refused(at: int) -> None:
    refused(parse.deposits, changed(DEPOSITS, (0, "insertTime"), at))
    refused(parse.server_time_ms, {"serverTime": at})


@pytest.mark.parametrize("text", ["2024-06-01T12:00:00Z", "1717243200000", "2024-13-01 00:00:00", "2024-06-01"])
def test_a_withdrawal_at_an_unreadable_time_is_refused(text: str) -> None:
    refused(parse.withdrawals, changed(WITHDRAWALS, (0, "applyTime"), text))


@pytest.mark.parametrize(("status", "counts"), [(0, False), (1, True), (2, False), (6, True), (7, False), (8, False)])
def test_deposits_count_once_credited(status: int, counts: bool) -> None:
    found = parse.deposits(changed(DEPOSITS, (0, "status"), status))
    assert any(event.legs for event in found) == counts


@pytest.mark.parametrize(("status", "settled"), [(0, False), (2, True), (7, False), (8, False)])
def test_a_deposit_that_is_not_credited_comes_without_legs_so_that_it_can_be_taken_back_and_asked_for_again(
    status: int, settled: bool
) -> None:
    found = parse.deposits(changed(DEPOSITS, (0, "status"), status))
    told = [(event.external_id, event.legs, event.at_ms, event.settled) for event in found]
    assert told == [(DEPOSITS[0]["id"], (), DEPOSITS[0]["insertTime"], settled)]
    old = {key: value for key, value in DEPOSITS[0].items() if key != "id"} | {"status": status}
    assert parse.deposits([old]) == []


@pytest.mark.parametrize(("completed", "later_ms"), [(AT + 7_200_000, 7_200_000), (AT - 1, 0), (0, 0), (None, 0)])
def test_a_deposit_counts_when_it_was_credited_where_that_is_told(completed: int | None, later_ms: int) -> None:
    (event,) = parse.deposits([DEPOSITS[0] | {"completeTime": completed}])
    assert event.at_ms == AT + later_ms


@pytest.mark.parametrize("completed", ["soon", 1_000, True, 1.5])
def test_an_unreadable_instant_of_credit_is_refused(completed: object) -> None:
    refused(parse.deposits, [DEPOSITS[0] | {"completeTime": completed}])


@pytest.mark.parametrize(
    ("status", "counts"), [(0, True), (1, False), (2, True), (3, False), (4, True), (5, False), (6, True)]
)
def test_withdrawals_count_from_the_moment_the_coins_leave(status: int, counts: bool) -> None:
    # One called off comes without legs, so that what was seen of it before can be taken back.
    (event,) = parse.withdrawals(changed(WITHDRAWALS, (0, "status"), status))
    assert bool(event.legs) == counts


def test_a_withdrawal_in_an_unknown_state_is_left_out() -> None:
    assert parse.withdrawals(changed(WITHDRAWALS, (0, "status"), 9)) == []


def test_an_old_deposit_without_an_id_is_known_by_its_transaction() -> None:
    row = {key: value for key, value in DEPOSITS[0].items() if key != "id"} | {"insertTime": 1_500_000_000_000}
    (event,) = parse.deposits([row | {"amount": "0.0010"}])
    assert event.external_id == "0xAA:BNB:0.001"
    refused(parse.deposits, [row | {"txId": ""}])


def test_ids_beyond_fifty_digits_and_two_to_the_fifty_three_stay_whole() -> None:
    long_id = "9" * 60
    assert parse.deposits(changed(DEPOSITS, (0, "id"), long_id))[0].external_id == long_id
    assert parse.deposits(changed(DEPOSITS, (0, "id"), 2**63 + 1))[0].external_id == str(2**63 + 1)


def test_trades_of_another_symbol_are_refused() -> None:
    refused(READERS["trades"][0], changed(TRADES, (0, "symbol"), "ETHUSDT"))


def test_a_sale_turns_the_legs_round_and_the_fee_is_a_leg_of_its_own() -> None:
    (event,) = parse.trades(TRADES, BTCUSDT)
    assert [(leg.asset, leg.amount, leg.role) for leg in event.legs] == [
        ("USDT", Decimal(500), "in"),
        ("BTC", Decimal("-0.01"), "out"),
        ("USDT", Decimal("-0.5"), "fee"),
    ]
    assert event.flow_legs() == ()


def test_trades_come_in_the_order_of_their_numbers() -> None:
    rows = [TRADES[0] | {"id": number} for number in (100, 9, 20)]
    assert [event.external_id for event in parse.trades(rows, BTCUSDT)] == ["BTCUSDT:9", "BTCUSDT:20", "BTCUSDT:100"]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-1000, ExchangeUnavailableError),
        (-1003, ExchangeLimitedError),
        (-1021, ClockSkewError),
        (-2015, CredentialsRefusedError),
        (-1121, RequestRefusedError),
        (7, ExchangeUnavailableError),
        ("-1000", ExchangeUnavailableError),
        (None, ExchangeUnavailableError),
    ],
)
def test_an_error_that_comes_with_http_200_is_an_error(name: str, code: Any, error: type[ExchangeError]) -> None:
    reader, _ = READERS[name]
    with pytest.raises(error):
        reader({"code": code, "msg": "An unknown error occurred while processing the request."})


@pytest.mark.parametrize(
    ("flags", "can_withdraw"),
    [
        ({}, False),
        ({"enableWithdrawals": True}, True),
        ({"enableInternalTransfer": True}, True),
        ({"permitsUniversalTransfer": True}, True),
    ],
)
def test_a_key_that_can_move_coins_away_counts_as_one_that_withdraws(
    flags: dict[str, bool], can_withdraw: bool
) -> None:
    assert parse.permissions(RIGHTS | flags).can_withdraw is can_withdraw


def test_a_right_that_is_not_told_is_unknown_and_one_that_is_mistyped_is_refused() -> None:
    assert parse.permissions({"enableReading": True}).can_withdraw is None
    refused(parse.permissions, RIGHTS | {"enableWithdrawals": "false"})
