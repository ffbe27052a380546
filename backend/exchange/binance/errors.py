"""Binance's errors as ours, grouped by what to do next (docs/operations.md).

No text made here holds a key, a signature or an address: a network error of `requests` carries the signed query, and
a body that is not JSON may hold anything.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Final

import requests

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
    RequestRefusedError,
    RetiredEndpointError,
    WindowTooLongError,
)
from backend.exchange.binance.library import BinanceAPIException, BinanceRequestException

TIMESTAMP_OUTSIDE: Final = -1021
# A bad signature, a malformed key, a key or address or right that is refused. Not -1002: a sub-account gets it where
# only its master may ask, with a key that is good.
CREDENTIALS: Final = frozenset({-1022, -2014, -2015})
UNAVAILABLE: Final = frozenset({-1000, -1001, -1006, -1007})
OVERLOADED: Final = -1008
TOO_MANY: Final = -1003
TOO_MANY_ORDERS: Final = -1015
FILTER: Final = -1013
UNKNOWN_SYMBOL: Final = frozenset({-1121, -1122, -1220})
# "Margin account does not exist", "Isolated margin account does not exist".
NOT_OPENED: Final = frozenset({-3003, -11001})
REJECTED: Final = -2010
# -1100 to -1119 and -1128 to -1199 speak of parameters; futures have moved their stop orders elsewhere (-4120).
# -1125 is a listen key that has ended: nobody's fault.
MALFORMED: Final = (frozenset(range(-1199, -1099)) | {-4120}) - UNKNOWN_SYMBOL - {-1127, -1125}
ORDER_QUESTIONS: Final[Mapping[int, type[RequestRefusedError]]] = {
    -1127: WindowTooLongError,
    -2011: CancelRejectedError,
    -2013: OrderNotFoundError,
    -2026: OrderArchivedError,
}
REJECTIONS: Final[Mapping[str, type[OrderRejectedError]]] = {
    "insufficient balance": InsufficientBalanceError,
    "duplicate order": DuplicateOrderError,
}
CODE: Final = re.compile(r"-?[0-9]{1,18}")
SEEN_FROM: Final = re.compile(r"request ip: ?([0-9a-fA-F.:]{2,44}[0-9a-fA-F])")
FILTER_NAME: Final = re.compile(r"Filter failure: ([A-Z_]{3,40})")
RETIRED: Final = 410
FIREWALL: Final = 403
BLOCKED_REGION: Final = 451
LONGEST_TEXT: Final = 200
# Addresses, signed queries, and anything long enough to be a key or a signature: a body may echo the request.
TELLING: Final = re.compile(r"[a-z]+://\S+|\S*(?:signature|apikey|api_key|secret)\S*|[\w+/=.-]{32,}", re.IGNORECASE)
# Without a Retry-After of its own a refusal is waited out for this long.
DEFAULT_RETRY_S: Final = 60.0
DEFAULT_ORDERS_S: Final = 10.0
FIREWALL_S: Final = 300.0
# Bans say the instant of their end in words when the header is missing.
BANNED_UNTIL: Final = re.compile(r"banned until ([0-9]{13})\b")


def translate(error: Exception) -> ExchangeError:
    """The typed error of whatever a call of python-binance raised."""
    if isinstance(error, ExchangeError):
        return error
    if isinstance(error, BinanceAPIException):
        return _of_answer(error)
    if isinstance(error, BinanceRequestException):
        return ExchangeUnavailableError("The exchange answered with something that is not JSON")
    if isinstance(error, requests.exceptions.Timeout):
        return ExchangeUnavailableError("The exchange did not answer in time")
    if isinstance(error, requests.exceptions.ProxyError):
        return ExchangeUnavailableError("The proxy did not let the request through (HTTPS_PROXY)")
    if isinstance(error, requests.exceptions.SSLError):
        return ExchangeUnavailableError("The exchange's certificate could not be checked")
    if isinstance(error, requests.exceptions.RequestException):
        return ExchangeUnavailableError("The exchange cannot be reached")
    # A body that is JSON but no object breaks python-binance itself.
    return ExchangeUnavailableError("The exchange answered with something unexpected")


def translate_order(error: Exception) -> ExchangeError:
    """As `translate`, of a call that places an order: all but a definite refusal leaves its outcome unknown."""
    found = translate(error)
    # A firewall or an overloaded server says nothing about what became of it.
    silent = isinstance(error, BinanceAPIException) and (error.status_code == FIREWALL or error.code == OVERLOADED)
    if isinstance(found, ExchangeUnavailableError) or silent:
        return OutcomeUnknownError(f"Whether the order was placed is not known. {found}", found.exchange_code)
    return found


def refuse_unreadable(response: requests.Response) -> None:
    """Look at a refusal before python-binance does: JSON that is no object breaks it, and its status would be lost.

    Raises:
        ExchangeError: of the status alone.
    """
    if response.status_code < 400:
        return
    try:
        told = response.json()
    except ValueError:
        return
    except RecursionError:
        told = None
    if not isinstance(told, dict):
        raise _of_status(response.status_code, 0, "", response.headers)


def whole_code(value: object) -> int | None:
    """The exchange's code of an error, which comes as a number or as a string; None where it is neither."""
    if isinstance(value, str) and CODE.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else None


def refused_by_code(code: int, message: str) -> ExchangeError:
    """The error of a code that came in a body, whatever the HTTP status."""
    text = plain_text(message)
    if code == TIMESTAMP_OUTSIDE:
        return ClockSkewError("The exchange refused the time stamp [-1021]: the clocks differ", code)
    if code in CREDENTIALS:
        seen = _seen_from(text)
        hint = "" if seen is None else f". It sees this program at {seen}: is that address on the key's list?"
        return CredentialsRefusedError(f"The exchange refused the API key: {text} [{code}]{hint}", code, seen)
    if code == TOO_MANY:
        return ExchangeLimitedError(f"Too many requests [{code}]", DEFAULT_RETRY_S, banned=False, exchange_code=code)
    if code == TOO_MANY_ORDERS:
        return OrderLimitError(f"Too many new orders: {text} [{code}]", code)
    if code == OVERLOADED:
        return ExchangeOverloadedError(f"The exchange is overloaded: {text} [{code}]", code)
    if code in UNAVAILABLE:
        return ExchangeUnavailableError(f"The exchange is busy: {text} [{code}]", code)
    return _refused(code, f"The exchange refused the request: {text} [{code}]", text)


def _seen_from(text: str) -> str | None:
    """What a user must write into the key's list of addresses, where the exchange tells whom it sees."""
    seen = SEEN_FROM.search(text)
    return seen.group(1) if seen else None


def _refused(code: int, words: str, text: str) -> RequestRefusedError:
    if code == FILTER:
        named = FILTER_NAME.search(text)
        return FilterRefusedError(words, code, named.group(1) if named else None)
    if code == REJECTED:
        kinds = [kind for part, kind in REJECTIONS.items() if part in text.lower()]
        return (kinds[0] if kinds else OrderRejectedError)(words, code)
    if code in ORDER_QUESTIONS:
        return ORDER_QUESTIONS[code](words, code)
    if code in MALFORMED:
        return MalformedRequestError(words, code)
    return RequestRefusedError(words, code, Remedy.REFRESH_RULES if code in UNKNOWN_SYMBOL else None)


def plain_text(message: object) -> str:
    """A message of the exchange, short, on one line, without what may be an address or a secret."""
    text = TELLING.sub("...", " ".join(str(message).split()))
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "..."


def _of_answer(error: BinanceAPIException) -> ExchangeError:
    headers = getattr(error.response, "headers", {})
    return _of_status(error.status_code, whole_code(error.code) or 0, str(error.message or ""), headers)


def _of_status(status: int, code: int, message: str, headers: Mapping[str, str]) -> ExchangeError:
    if status == 429 and code == TOO_MANY_ORDERS:
        seconds = _retry_after_s(headers, message, DEFAULT_ORDERS_S)
        return OrderLimitError(f"Too many new orders [{code}]", code, seconds)
    if status in (418, 429):
        banned = status == 418
        words = "This address is banned by the exchange for a while" if banned else "Too many requests"
        seconds = _retry_after_s(headers, message, DEFAULT_RETRY_S)
        return ExchangeLimitedError(f"{words} [{code or status}]", seconds, banned, code or None)
    if status == BLOCKED_REGION:
        words = "The exchange does not serve the region that this machine's address is in [451]: no key will help"
        return CredentialsRefusedError(words)
    if status == FIREWALL:
        return ExchangeLimitedError("The exchange's firewall refused the request [403]", FIREWALL_S, banned=False)
    if status == RETIRED:
        return RetiredEndpointError("The exchange has switched this endpoint off [410]", code or None)
    if status >= 500 and code == OVERLOADED:
        return refused_by_code(code, message)
    if status >= 500 or code == 0:
        return ExchangeUnavailableError(f"The exchange answered with an error [{status}]", code or None)
    return refused_by_code(code, message)


def _retry_after_s(headers: Mapping[str, str], message: str, default_s: float) -> float:
    text = str(headers.get("Retry-After", ""))
    if text.isascii() and text.isdigit() and len(text) <= 13:
        # Older bans give the instant of their end in place of seconds.
        seconds = int(text)
        return float(seconds) if seconds < 10_000_000 else _seconds_until(seconds)
    until = BANNED_UNTIL.search(message)
    return _seconds_until(int(until.group(1))) if until else default_s


def _seconds_until(instant_ms: int) -> float:
    return max(instant_ms / 1000 - time.time(), 1.0)
