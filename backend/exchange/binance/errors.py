"""Binance's errors as ours, grouped by what to do next (docs/operations.md).

No text made here holds a key, a signature or an address: a network error of `requests` carries the signed query, and
a body that is not JSON may hold anything.
"""

from __future__ import annotations

import re
import time
from typing import Final

import requests
from binance.exceptions import BinanceAPIException, BinanceRequestException

from backend.core.errors import (
    ClockSkewError,
    CredentialsRefusedError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    RequestRefusedError,
)

TIMESTAMP_OUTSIDE: Final = -1021
CREDENTIALS: Final = frozenset({-1022, -2014, -2015})
UNAVAILABLE: Final = frozenset({-1000, -1001, -1006, -1007, -1008})
TOO_MANY: Final = frozenset({-1003, -1015})
BLOCKED_REGION: Final = 451
LONGEST_TEXT: Final = 200
# Addresses, signed queries, and anything long enough to be a key or a signature: a body may echo the request.
TELLING: Final = re.compile(r"[a-z]+://\S+|\S*(?:signature|apikey|api_key|secret)\S*|[\w+/=.-]{32,}", re.IGNORECASE)
# Without a Retry-After of its own a refusal is waited out for this long.
DEFAULT_RETRY_S: Final = 60.0


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


def refused_by_code(code: int, message: str) -> ExchangeError:
    """The error of a code that came in a body, whatever the HTTP status."""
    text = plain_text(message)
    if code == TIMESTAMP_OUTSIDE:
        return ClockSkewError("The exchange refused the time stamp [-1021]: the clocks differ", code)
    if code in CREDENTIALS:
        return CredentialsRefusedError(f"The exchange refused the API key: {text} [{code}]", code)
    if code in TOO_MANY:
        return ExchangeLimitedError(f"Too many requests [{code}]", DEFAULT_RETRY_S, banned=False, exchange_code=code)
    if code in UNAVAILABLE:
        return ExchangeUnavailableError(f"The exchange is busy: {text} [{code}]", code)
    return RequestRefusedError(f"The exchange refused the request: {text} [{code}]", code)


def plain_text(message: object) -> str:
    """A message of the exchange, short, on one line, without what may be an address or a secret."""
    text = TELLING.sub("...", " ".join(str(message).split()))
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "..."


def _of_answer(error: BinanceAPIException) -> ExchangeError:
    status = error.status_code
    code = error.code if isinstance(error.code, int) else 0
    if status in (418, 429):
        banned = status == 418
        words = "This address is banned by the exchange for a while" if banned else "Too many requests"
        return ExchangeLimitedError(f"{words} [{code or status}]", _retry_after_s(error), banned, code or None)
    if status == BLOCKED_REGION:
        return CredentialsRefusedError("The exchange does not serve the region of this address [451]")
    if status == 403:
        return ExchangeLimitedError("The exchange's firewall refused the request [403]", 300.0, banned=False)
    if status >= 500 or code == 0:
        return ExchangeUnavailableError(f"The exchange answered with an error [{status}]", code or None)
    return refused_by_code(code, error.message or "")


def _retry_after_s(error: BinanceAPIException) -> float:
    headers = getattr(error.response, "headers", {})
    text = str(headers.get("Retry-After", ""))
    if text.isascii() and text.isdigit():
        # Older bans give the instant of their end in place of seconds.
        seconds = int(text)
        return float(seconds) if seconds < 10_000_000 else max(seconds / 1000 - time.time(), 1.0)
    return DEFAULT_RETRY_S
