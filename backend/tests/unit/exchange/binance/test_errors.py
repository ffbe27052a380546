"""Whatever a call raises becomes a typed error that says what to do next and tells no secret."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import requests
from binance.exceptions import BinanceAPIException, BinanceRequestException

from backend.core.errors import (
    ClockSkewError,
    CredentialsRefusedError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    Remedy,
    RequestRefusedError,
)
from backend.exchange.binance.errors import plain_text, refused_by_code, translate

KEY: Final = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
SIGNATURE: Final = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
ADDRESS: Final = f"https://api.binance.com/api/v3/account?timestamp=1&signature={SIGNATURE}"
CANARIES: Final = (KEY, SIGNATURE, "signature=", "api.binance.com", "https://", "/api/v3/account", "s3cret")


def answered(status: int, body: Any, headers: dict[str, str] | None = None) -> BinanceAPIException:
    """What python-binance makes of an answer."""
    response = requests.Response()
    response.status_code = status
    text = body if isinstance(body, str) else json.dumps(body)
    response._content = text.encode()
    response.headers.update(headers or {})
    response.url = ADDRESS
    return BinanceAPIException(response, status, text)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"code": -1021, "msg": "Timestamp outside"}, ClockSkewError),
        (401, {"code": -2014, "msg": "API-key format invalid."}, CredentialsRefusedError),
        (401, {"code": -2015, "msg": "Invalid API-key, IP, or permissions for action."}, CredentialsRefusedError),
        (400, {"code": -1022, "msg": "Signature for this request is not valid."}, CredentialsRefusedError),
        (400, {"code": -1121, "msg": "Invalid symbol."}, RequestRefusedError),
        (400, {"code": -1003, "msg": "Too many requests."}, ExchangeLimitedError),
        (429, {"code": -1003, "msg": "Too much request weight used."}, ExchangeLimitedError),
        (418, {"code": -1003, "msg": "IP banned."}, ExchangeLimitedError),
        (418, "<html>teapot</html>", ExchangeLimitedError),
        (403, "<html>WAF</html>", ExchangeLimitedError),
        (451, {"code": 0, "msg": "Service unavailable from a restricted location"}, CredentialsRefusedError),
        (500, {"code": -1000, "msg": "An unknown error"}, ExchangeUnavailableError),
        (502, "<html>Bad Gateway</html>", ExchangeUnavailableError),
        (503, {"code": -1000, "msg": "Unknown error"}, ExchangeUnavailableError),
        (504, {"code": -1007, "msg": "Timeout"}, ExchangeUnavailableError),
        (400, {"code": -1001, "msg": "Disconnected"}, ExchangeUnavailableError),
        (400, {"msg": "no code"}, ExchangeUnavailableError),
        (400, {"code": "text", "msg": "x"}, ExchangeUnavailableError),
        (400, "not json", ExchangeUnavailableError),
    ],
)
def test_each_answer_has_its_error(status: int, body: Any, kind: type[ExchangeError]) -> None:
    assert type(translate(answered(status, body))) is kind


@pytest.mark.parametrize(
    "error",
    [
        requests.exceptions.ReadTimeout(ADDRESS),
        requests.exceptions.ConnectTimeout(ADDRESS),
        requests.exceptions.ConnectionError(f"HTTPSConnectionPool(host='api.binance.com'): {ADDRESS}"),
        requests.exceptions.ChunkedEncodingError(ADDRESS),
        requests.exceptions.SSLError(ADDRESS),
        requests.exceptions.ProxyError(ADDRESS),
        requests.exceptions.InvalidURL(ADDRESS),
        BinanceRequestException(f"Invalid Response: {KEY} {ADDRESS}"),
        AttributeError(f"'list' object has no attribute 'get' {KEY}"),
        ValueError(KEY),
        RecursionError(ADDRESS),
        UnicodeDecodeError("utf-8", KEY.encode(), 0, 1, ADDRESS),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_the_library_raises_is_no_usable_answer_and_tells_nothing(error: Exception) -> None:
    found = translate(error)
    assert type(found) is ExchangeUnavailableError
    assert found.remedy is Remedy.RETRY
    assert not any(canary in str(found) for canary in CANARIES)


@pytest.mark.parametrize("status", [400, 401, 403, 418, 429, 451, 500, 502])
@pytest.mark.parametrize(
    "message",
    [
        f"Signature for {ADDRESS} is not valid",
        f"key {KEY} refused",
        f"Illegal characters in signature={SIGNATURE}&recvWindow=5000",
        f"X-MBX-APIKEY: {KEY}",
        f"X-MBX-APIKEY={KEY[:20]}",
        "secret=s3cret",
        f"<html>{ADDRESS}</html>",
    ],
)
@pytest.mark.parametrize("code", [-1022, -1102, -2015, -1000, 0])
def test_no_error_repeats_a_secret_that_the_answer_repeats(status: int, message: str, code: int) -> None:
    for body in ({"code": code, "msg": message}, message):
        text = str(translate(answered(status, body)))
        assert not any(canary in text for canary in CANARIES), text
    if code:
        text = str(refused_by_code(code, message))
        assert not any(canary in text for canary in CANARIES), text


def test_the_exchanges_own_sentences_are_passed_on() -> None:
    error = translate(answered(401, {"code": -2015, "msg": "Invalid API-key, IP, or permissions for action."}))
    assert str(error) == ("The exchange refused the API key: Invalid API-key, IP, or permissions for action. [-2015]")
    assert error.exchange_code == -2015


def test_a_message_is_one_short_line() -> None:
    text = plain_text("word \n\t word " * 100)
    assert "\n" not in text
    assert len(text) <= 203


def test_a_ban_is_told_from_too_many_requests_and_both_say_for_how_long() -> None:
    limited = translate(answered(429, {"code": -1003, "msg": "x"}, {"Retry-After": "7"}))
    banned = translate(answered(418, {"code": -1003, "msg": "x"}, {"Retry-After": "120"}))
    assert isinstance(limited, ExchangeLimitedError)
    assert isinstance(banned, ExchangeLimitedError)
    assert (limited.retry_after_s, limited.banned) == (7.0, False)
    assert (banned.retry_after_s, banned.banned) == (120.0, True)


@pytest.mark.parametrize("text", ["", "soon", "-3", "²", "1.5"])
def test_a_refusal_without_a_usable_time_is_waited_out_for_a_minute(text: str) -> None:
    error = translate(answered(429, {"code": -1003, "msg": "x"}, {"Retry-After": text}))
    assert isinstance(error, ExchangeLimitedError)
    assert error.retry_after_s == 60.0


def test_our_own_errors_pass_unchanged() -> None:
    error = ClockSkewError("x")
    assert translate(error) is error


def test_a_region_that_is_not_served_is_told_in_words() -> None:
    told = str(translate(answered(451, "<html>Unavailable For Legal Reasons</html>")))
    assert "region" in told
    assert "[451]" in told


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8:85a3:8d3:1319:8a2e:370:7348"])
def test_the_address_that_the_exchange_sees_is_told_for_the_keys_list(address: str) -> None:
    message = f"Invalid API-key, IP, or permissions for action, request ip: {address}"
    assert f"at {address}: is that address on the key's list?" in str(refused_by_code(-2015, message))


def test_without_its_word_no_address_is_made_up() -> None:
    assert "list" not in str(refused_by_code(-2015, "Invalid API-key, IP, or permissions for action."))
