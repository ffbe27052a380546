"""Orders on the wire: signed with what the journal has, sent once, and never again."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from requests.adapters import BaseAdapter

from backend.core.errors import (
    ClockSkewError,
    DatabaseUnavailableError,
    DomainError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    FilterRefusedError,
    OrderNotFoundError,
    OutcomeUnknownError,
    RequestBudgetError,
)
from backend.core.trade_ports import BookLevel, OrderToSend
from backend.exchange.binance.client import ApiClient, Endpoints
from backend.exchange.binance.clock import HostClock
from backend.exchange.binance.limits import WeightBudget
from backend.exchange.binance.trading import BinanceTrading
from backend.tests.fakes import MemoryBudgets

SECRET: Final = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
KEY: Final = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
HOST: Final = "https://exchange.invalid"
STAMP: Final = 1_717_243_299_123
ORDER: Final = OrderToSend("r0123456789abcdef", "BTCUSDT", "SELL", Decimal("0.00001000"), None, STAMP, 3_000)
PLACED: Final = (
    '{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"r0123456789abcdef","transactTime":1717243299200,'
    '"price":"0.00","origQty":"0.00001","executedQty":"0.00001","cummulativeQuoteQty":"1.00","status":"FILLED",'
    '"timeInForce":"GTC","type":"MARKET","side":"SELL","workingTime":1717243299200,"selfTradePreventionMode":"NONE"}'
)


class Network(BaseAdapter):
    """Keeps what was sent; answers by `answer`, which may raise. The exchange's clock stands in 2024."""

    def __init__(self, answer: Callable[[], tuple[int, str]]) -> None:
        super().__init__()
        self.answer = answer
        self.sent: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        response = requests.Response()
        if str(request.path_url).endswith("/time"):
            status, body = 200, '{"serverTime": 1717243200000}'
        else:
            self.sent.append(request)
            status, body = self.answer()
        response.status_code, response._content = status, body.encode()
        response.url, response.request = str(request.url), request
        return response

    def close(self) -> None:
        """Nothing is open."""


def trading(network: Network, budgets: MemoryBudgets | None = None, sapi: str | None = None) -> BinanceTrading:
    budget = WeightBudget("exchange.invalid", budgets or MemoryBudgets())
    client = ApiClient(
        Endpoints(f"{HOST}/api", sapi),
        KEY,
        SECRET,
        1.0,
        lambda _host: budget,
        HostClock(True),
        False,
        threading.Event(),
    )
    client._client.session.mount(HOST, network)
    return BinanceTrading(client, tells_income=sapi is not None)


def failing(error: Exception) -> Callable[[], tuple[int, str]]:
    def answer() -> tuple[int, str]:
        raise error

    return answer


def told(body: str, status: int = 400) -> Callable[[], tuple[int, str]]:
    return lambda: (status, body)


def test_an_order_goes_out_exactly_as_the_journal_has_it() -> None:
    network = Network(told(PLACED, 200))
    placed = trading(network).place(ORDER)
    assert (placed.client_id, placed.status, placed.executed) == (ORDER.client_order_id, "FILLED", Decimal("0.00001"))
    (request,) = network.sent
    assert (request.method, request.path_url) == ("POST", "/api/v3/order")
    body = str(request.body)
    signed, _, signature = body.rpartition("&signature=")
    assert hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).hexdigest() == signature
    assert dict(parse_qsl(signed)) == {
        "symbol": "BTCUSDT",
        "side": "SELL",
        "type": "MARKET",
        "quantity": "0.00001",
        "newClientOrderId": ORDER.client_order_id,
        "newOrderRespType": "RESULT",
        "timestamp": str(STAMP),
        "recvWindow": "3000",
    }


def test_a_purchase_of_an_amount_of_money_names_that_and_no_quantity() -> None:
    network = Network(told(PLACED, 200))
    buying = replace(ORDER, side="BUY", quantity=None, quote_quantity=Decimal("12.50000000"))
    trading(network).place(buying)
    (request,) = network.sent
    sent = dict(parse_qsl(str(request.body)))
    assert sent["quoteOrderQty"] == "12.5"
    assert "quantity" not in sent


def test_the_book_is_read_the_best_first_and_costs_what_its_depth_costs() -> None:
    budgets = MemoryBudgets()
    network = Network(told('{"lastUpdateId":1,"bids":[["99","2"],["98","0"]],"asks":[["101","3"],["102","1"]]}', 200))
    depth = trading(network, budgets).depth("BTCUSDT", 1000)
    assert depth.bids == [BookLevel(Decimal(99), Decimal(2))]
    assert depth.asks == [BookLevel(Decimal(101), Decimal(3)), BookLevel(Decimal(102), Decimal(1))]
    path, _, query = str(network.sent[0].path_url).partition("?")
    assert (path, dict(parse_qsl(query))) == ("/api/v3/depth", {"symbol": "BTCUSDT", "limit": "1000"})


@pytest.mark.parametrize(
    "book",
    [
        '{"bids":[],"asks":[["102","1"],["101","3"]]}',
        '{"bids":[["98","1"],["99","3"]],"asks":[]}',
        '{"bids":[["0","1"]],"asks":[]}',
        '{"bids":[["NaN","1"]],"asks":[]}',
        '{"bids":[["1"]],"asks":[]}',
        '{"bids":{"1":"1"},"asks":[]}',
        '{"asks":[]}',
        "[]",
    ],
)
def test_a_book_that_is_none_is_no_answer(book: str) -> None:
    with pytest.raises(ExchangeUnavailableError):
        trading(Network(told(book, 200))).depth("BTCUSDT", 100)


def test_only_orders_carry_the_stamp_of_the_journal() -> None:
    network = Network(told(PLACED, 200))
    account = trading(network)
    account.place(ORDER)
    account.find("BTCUSDT", ORDER.client_order_id)
    asked = dict(parse_qsl(str(network.sent[1].url).partition("?")[2]))
    assert asked["origClientOrderId"] == ORDER.client_order_id
    assert asked["timestamp"] != str(STAMP)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (failing(requests.exceptions.ReadTimeout("x")), OutcomeUnknownError),
        (failing(requests.exceptions.ConnectionError("x")), OutcomeUnknownError),
        (told("<html></html>", 502), OutcomeUnknownError),
        (told('{"code":-1000,"msg":"x"}', 500), OutcomeUnknownError),
        (told('{"code":-1006,"msg":"x"}'), OutcomeUnknownError),
        (told('{"code":-1008,"msg":"x"}', 429), OutcomeUnknownError),
        (told("<html>blocked</html>", 403), OutcomeUnknownError),
        (told("[]", 500), OutcomeUnknownError),
        (told("[]", 200), OutcomeUnknownError),
        (told("", 200), OutcomeUnknownError),
        (told('{"code":-1003,"msg":"x"}', 200), OutcomeUnknownError),
        (told('{"code":-1013,"msg":"Filter failure: LOT_SIZE"}', 200), OutcomeUnknownError),
        (told(PLACED[:60], 200), OutcomeUnknownError),
        (told(PLACED.replace('"0.00001","cumm', '"NaN","cumm'), 200), OutcomeUnknownError),
        (told('{"code":-1021,"msg":"x"}'), ClockSkewError),
        (told('{"code":-1013,"msg":"Filter failure: LOT_SIZE"}'), FilterRefusedError),
        (told('{"code":-1003,"msg":"x"}', 429), ExchangeLimitedError),
    ],
    ids=lambda one: getattr(one, "__name__", "answer"),
)
def test_an_order_is_sent_once_whatever_is_answered(
    answer: Callable[[], tuple[int, str]], kind: type[DomainError]
) -> None:
    network = Network(answer)
    with pytest.raises(kind) as error:
        trading(network).place(ORDER)
    assert len(network.sent) == 1
    assert KEY not in str(error.value)


@pytest.mark.parametrize(
    "error",
    [RequestBudgetError("used up", 30.0, banned=False), DatabaseUnavailableError("full")],
    ids=lambda one: one.code,
)
def test_what_our_own_budget_refuses_was_never_sent_and_is_not_in_doubt(
    error: DomainError, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network(told(PLACED, 200))
    account = trading(network)
    account.stamp_ms()

    def refuse(*_args: object) -> None:
        raise error

    monkeypatch.setattr(WeightBudget, "take", refuse)
    with pytest.raises(type(error)):
        account.place(ORDER)
    assert network.sent == []


@pytest.mark.parametrize("answer", [told(PLACED, 200), told('{"code":-1003,"msg":"x"}', 429)], ids=["placed", "429"])
def test_a_full_database_after_the_send_is_no_word_about_the_order(
    answer: Callable[[], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weight of a call is written down when it ends: by then the exchange may have the order."""
    network = Network(answer)
    account = trading(network)
    account.stamp_ms()

    def full(*_args: object) -> None:
        raise DatabaseUnavailableError("full")

    monkeypatch.setattr(WeightBudget, "settle", full)
    with pytest.raises(OutcomeUnknownError):
        account.place(ORDER)
    assert len(network.sent) == 1


def test_an_order_that_is_not_shown_is_not_found() -> None:
    with pytest.raises(OrderNotFoundError):
        trading(Network(told('{"code":-2013,"msg":"Order does not exist."}'))).find("BTCUSDT", "r1")


def test_payments_are_what_came_in_alone() -> None:
    """A coin that goes on under another name is no income, and neither is what the exchange took back."""
    rows = [
        (1, "SOL", "0.5", 1, "Airdrop"),
        (2, "OLD", "10", -1, "OLD to NEW"),
        (2, "NEW", "10", 1, "OLD to NEW"),
        (3, "BTC", "0.1", -1, "Correction"),
    ]
    told_rows = [
        {"id": n, "tranId": n, "asset": asset, "amount": amount, "direction": way, "divTime": STAMP, "enInfo": words}
        for n, asset, amount, way, words in rows
    ]
    network = Network(told(json.dumps({"rows": told_rows, "total": len(told_rows)}), 200))
    paid = trading(network, sapi=f"{HOST}/sapi").payments_since(STAMP - 1)
    assert [(one.asset, one.amount, one.at_ms) for one in paid] == [("SOL", Decimal("0.5"), STAMP)]
    (request,) = network.sent
    assert str(request.path_url).startswith("/sapi/v1/asset/assetDividend?")
    assert parse_qs(urlsplit(str(request.url)).query)["startTime"] == [str(STAMP - 1)]


def test_an_exchange_without_a_history_of_income_is_not_asked() -> None:
    network = Network(told(PLACED, 200))
    assert trading(network).payments_since(0) == []
    assert network.sent == []
