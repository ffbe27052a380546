"""The table of the exchange's errors, row by row: the kind of each and what to do next; and none tells a secret."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import requests
from binance.exceptions import BinanceAPIException, BinanceRequestException
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.errors import (
    CancelRejectedError,
    ClockSkewError,
    CredentialsRefusedError,
    DuplicateOrderError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeOverloadedError,
    ExchangeUnavailableError,
    FilterRefusedError,
    InsufficientBalanceError,
    MalformedRequestError,
    OrderArchivedError,
    OrderLimitError,
    OrderNotFoundError,
    OrderRejectedError,
    OutcomeUnknownError,
    Remedy,
    RequestBudgetError,
    RequestRefusedError,
    RetiredEndpointError,
    WindowTooLongError,
)
from backend.exchange.binance import fields
from backend.exchange.binance.errors import refuse_unreadable, refused_by_code, translate, translate_order

NOW_S: Final = 1_800_000_000.0
KEY: Final = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
SIGNATURE: Final = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
ADDRESS: Final = f"https://api.binance.com/api/v3/order?timestamp=1&signature={SIGNATURE}"
CANARIES: Final = (KEY, SIGNATURE, "api.binance.com", "signature=c8")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.exchange.binance.errors.time.time", lambda: NOW_S)


def answered(status: int, body: Any, headers: dict[str, str] | None = None) -> BinanceAPIException:
    """What python-binance makes of an answer."""
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers or {})
    response.url = ADDRESS
    return BinanceAPIException(response, status, body if isinstance(body, str) else json.dumps(body))


def coded(status: int, code: int, message: str = "words") -> BinanceAPIException:
    return answered(status, {"code": code, "msg": message})


TABLE: Final = [
    (429, -1003, "", ExchangeLimitedError, Remedy.WAIT),
    (400, -1003, "", ExchangeLimitedError, Remedy.WAIT),
    (418, -1003, "", ExchangeLimitedError, Remedy.HALT),
    (429, -1015, "", OrderLimitError, Remedy.WAIT_WITH_ORDERS),
    (400, -1015, "", OrderLimitError, Remedy.WAIT_WITH_ORDERS),
    (403, 0, "", ExchangeLimitedError, Remedy.WAIT),
    (500, -1000, "", ExchangeUnavailableError, Remedy.RETRY),
    (400, -1001, "", ExchangeUnavailableError, Remedy.RETRY),
    (400, -1006, "", ExchangeUnavailableError, Remedy.RETRY),
    (504, -1007, "", ExchangeUnavailableError, Remedy.RETRY),
    (502, 0, "", ExchangeUnavailableError, Remedy.RETRY),
    (503, -1008, "", ExchangeOverloadedError, Remedy.BACK_OFF),
    (429, -1008, "", ExchangeLimitedError, Remedy.WAIT),
    (400, -1008, "", ExchangeOverloadedError, Remedy.BACK_OFF),
    (400, -1021, "", ClockSkewError, Remedy.MEASURE_CLOCK),
    (400, -1022, "", CredentialsRefusedError, Remedy.ASK_THE_USER),
    (401, -1002, "", RequestRefusedError, Remedy.GIVE_UP),
    (401, -2014, "", CredentialsRefusedError, Remedy.ASK_THE_USER),
    (401, -2015, "", CredentialsRefusedError, Remedy.ASK_THE_USER),
    (451, 0, "", CredentialsRefusedError, Remedy.ASK_THE_USER),
    (400, -1013, "Filter failure: LOT_SIZE", FilterRefusedError, Remedy.REFRESH_RULES),
    (400, -1121, "", RequestRefusedError, Remedy.REFRESH_RULES),
    (400, -1122, "", RequestRefusedError, Remedy.REFRESH_RULES),
    (400, -1220, "", RequestRefusedError, Remedy.REFRESH_RULES),
    *[
        (400, code, "", MalformedRequestError, Remedy.REPORT_BUG)
        for code in (*range(-1106, -1099), -1111, -1128, -4120)
    ],
    (400, -1127, "", WindowTooLongError, Remedy.SPLIT_WINDOW),
    (400, -2010, "Account has insufficient balance for requested action.", InsufficientBalanceError, Remedy.GIVE_UP),
    (400, -2010, "Market is closed.", OrderRejectedError, Remedy.GIVE_UP),
    (400, -2010, "This symbol is not permitted for this account.", OrderRejectedError, Remedy.GIVE_UP),
    (400, -2010, "Duplicate order sent.", DuplicateOrderError, Remedy.QUERY_ORDER),
    (400, -2011, "", CancelRejectedError, Remedy.QUERY_ORDER),
    (400, -2013, "", OrderNotFoundError, Remedy.QUERY_ORDER),
    (400, -2026, "", OrderArchivedError, Remedy.NOT_FILLED),
    (410, 0, "", RetiredEndpointError, Remedy.REPORT_BUG),
    (410, -1000, "", RetiredEndpointError, Remedy.REPORT_BUG),
    (400, -9999, "", RequestRefusedError, Remedy.GIVE_UP),
]


@pytest.mark.parametrize(("status", "code", "message", "kind", "remedy"), TABLE)
def test_each_row_of_the_table_has_its_kind_and_its_remedy(
    status: int, code: int, message: str, kind: type[ExchangeError], remedy: Remedy
) -> None:
    found = translate(coded(status, code, message))
    assert (type(found), found.remedy) == (kind, remedy)
    assert found.exchange_code in (code, None)


@pytest.mark.parametrize(("status", "code", "message", "kind", "remedy"), [row for row in TABLE if row[0] == 400])
def test_a_code_in_a_body_with_http_200_means_the_same(
    status: int, code: int, message: str, kind: type[ExchangeError], remedy: Remedy
) -> None:
    for sent in (code, str(code)):
        with pytest.raises(ExchangeError) as refusal:
            fields.body({"code": sent, "msg": message})
        assert (type(refusal.value), refusal.value.remedy) == (kind, remedy)


@pytest.mark.parametrize("remedy", Remedy)
def test_every_remedy_is_asked_for_by_some_row(remedy: Remedy) -> None:
    assert remedy in {row[4] for row in TABLE}


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "000000", "message": "success", "data": [], "success": True},
        {"code": "000000", "message": None, "data": []},
        {"code": 200, "msg": "", "snapshotVos": []},
        {"code": 200, "msg": "success"},
        {"success": True, "symbol": "BTCUSDT"},
        {"status": 0, "msg": "normal"},
        [],
        "text",
        None,
    ],
)
def test_a_code_of_success_is_no_error(answer: object) -> None:
    assert fields.body(answer) is answer


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "000002", "message": "no", "data": None, "success": False},
        {"success": False, "symbol": "BTCUSDT"},
        {"success": "true"},
        {"success": None},
        {"code": True, "msg": ""},
        {"code": None, "msg": ""},
        {"code": 1.5, "msg": ""},
        {"code": "9" * 5000, "msg": ""},
        {"code": [], "msg": ""},
    ],
)
def test_a_body_that_says_neither_success_nor_why_is_no_usable_answer(answer: object) -> None:
    with pytest.raises(ExchangeUnavailableError):
        fields.body(answer)


@pytest.mark.parametrize("body", ["[]", '"words"', "null", "7", "[" * 100_000], ids=lambda body: body[:8])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (418, ExchangeLimitedError),
        (429, ExchangeLimitedError),
        (403, ExchangeLimitedError),
        (451, CredentialsRefusedError),
        (410, RetiredEndpointError),
        (400, ExchangeUnavailableError),
        (503, ExchangeUnavailableError),
    ],
)
def test_a_refusal_whose_body_breaks_the_library_keeps_its_status(
    body: str, status: int, kind: type[ExchangeError]
) -> None:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode()
    response.headers["Retry-After"] = "33"
    with pytest.raises(ExchangeError) as refusal:
        refuse_unreadable(response)
    assert type(refusal.value) is kind
    if status in (418, 429):
        assert vars(refusal.value)["retry_after_s"] == 33.0


@pytest.mark.parametrize(
    ("status", "body"), [(200, "[]"), (302, "[]"), (400, '{"code": -1121, "msg": "x"}'), (502, "<html>"), (400, "")]
)
def test_what_the_library_can_read_is_left_to_it(status: int, body: str) -> None:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode()
    refuse_unreadable(response)


@pytest.mark.parametrize("code", ["-2015", -2015])
def test_a_code_may_come_as_a_string(code: object) -> None:
    assert type(translate(answered(401, {"code": code, "msg": "x"}))) is CredentialsRefusedError


@pytest.mark.parametrize("code", [True, 1.5, None, [], "1e3", "9" * 5000])
def test_a_code_that_is_none_leaves_the_status(code: object) -> None:
    assert type(translate(answered(400, {"code": code, "msg": "x"}))) is ExchangeUnavailableError


def test_a_filter_is_told_by_its_name() -> None:
    found = refused_by_code(-1013, "Filter failure: PERCENT_PRICE_BY_SIDE")
    assert isinstance(found, FilterRefusedError)
    assert found.filter_name == "PERCENT_PRICE_BY_SIDE"
    unnamed = refused_by_code(-1013, "Invalid quantity.")
    assert isinstance(unnamed, FilterRefusedError)
    assert unnamed.filter_name is None


def test_a_ban_without_a_header_lasts_as_long_as_its_words_say() -> None:
    words = f"Way too much request weight used; IP banned until {int(NOW_S * 1000) + 90_000}. Please use WebSocket."
    found = translate(coded(418, -1003, words))
    assert isinstance(found, ExchangeLimitedError)
    assert (found.retry_after_s, found.banned) == (90.0, True)


def test_the_header_is_believed_before_the_words() -> None:
    body = {"code": -1003, "msg": f"IP banned until {int(NOW_S * 1000) + 90_000}."}
    found = translate(answered(418, body, {"Retry-After": "7"}))
    assert isinstance(found, ExchangeLimitedError)
    assert found.retry_after_s == 7.0


@pytest.mark.parametrize("header", ["", "9" * 5000, "-1", "soon"])
def test_an_order_limit_without_a_time_lasts_the_shortest_window(header: str) -> None:
    found = translate(answered(429, {"code": -1015, "msg": "x"}, {"Retry-After": header}))
    assert isinstance(found, OrderLimitError)
    assert found.retry_after_s == 10.0
    told = translate(answered(429, {"code": -1015, "msg": "x"}, {"Retry-After": "4"}))
    assert isinstance(told, OrderLimitError)
    assert told.retry_after_s == 4.0


@pytest.mark.parametrize(
    "error",
    [
        coded(500, -1000),
        coded(400, -1000),
        coded(400, -1001),
        coded(400, -1006),
        coded(504, -1007),
        coded(503, -1008),
        coded(400, -1008),
        coded(429, -1008),
        answered(403, "<html>firewall</html>"),
        answered(502, "<html></html>"),
        answered(400, "not json"),
        answered(408, {"code": -1007, "msg": "Timeout waiting for response from backend server."}),
        BinanceRequestException("Invalid Response"),
        requests.exceptions.ReadTimeout(ADDRESS),
        requests.exceptions.ConnectionError(ADDRESS),
        requests.exceptions.ChunkedEncodingError(ADDRESS),
        AttributeError("'list' object has no attribute 'get'"),
        ExchangeUnavailableError("The exchange answered with no usable executedQty"),
    ],
    ids=str,
)
def test_an_order_without_a_definite_answer_has_an_unknown_outcome_and_is_never_sent_again(error: Exception) -> None:
    found = translate_order(error)
    assert type(found) is OutcomeUnknownError
    assert found.remedy is Remedy.QUERY_ORDER
    assert not any(canary in str(found) for canary in CANARIES)


@pytest.mark.parametrize(
    "error",
    [
        coded(429, -1003),
        coded(418, -1003),
        coded(429, -1015),
        coded(400, -1013),
        coded(400, -1021),
        coded(400, -1022),
        coded(401, -2015),
        coded(400, -1111),
        coded(400, -1121),
        coded(400, -2010),
        RequestBudgetError("our own minute is full", 1.0, False),
    ],
    ids=str,
)
def test_a_definite_refusal_of_an_order_stays_what_it_is(error: Exception) -> None:
    assert type(translate_order(error)) is type(translate(error))


TEXTS: Final = st.lists(
    st.sampled_from([KEY, SIGNATURE, ADDRESS, f"signature={SIGNATURE}", f"X-MBX-APIKEY: {KEY}", "&", " ", "msg", "'"])
    | st.text(max_size=12),
    max_size=6,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(
    status=st.sampled_from([400, 401, 403, 404, 408, 410, 418, 429, 451, 500, 503]),
    code=st.integers(-5000, 10) | st.sampled_from([row[1] for row in TABLE]),
    message=TEXTS,
)
def test_no_error_repeats_a_secret_whatever_the_answer_repeats(status: int, code: int, message: str) -> None:
    # JSON that is no object never gets to the library (`refuse_unreadable`).
    made = [translate(coded(status, code, message)), translate_order(answered(status, f"told: {message}"))]
    made.append(refused_by_code(code, message))
    try:
        fields.body({"code": code, "msg": message})
    except ExchangeError as error:
        made.append(error)
    for one in made:
        shown = f"{one} {one!r} {one.args} {vars(one)}"
        assert not any(canary in shown for canary in CANARIES), shown
