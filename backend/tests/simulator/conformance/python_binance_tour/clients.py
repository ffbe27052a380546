"""Clients of one simulator, each for a key."""

from pathlib import Path
from typing import Any

import requests
from binance.client import Client
from binance.exceptions import BinanceAPIException

REFUSALS = (BinanceAPIException, requests.RequestException)


class Clients:
    """Makes unmodified clients whose addresses are the simulator's."""

    def __init__(self, base: str, rsa: str, ed25519: str) -> None:
        self.base = base
        self.main = self.of("key")
        self.rsa, self.ed25519 = (
            self.of(key, None, private_key=Path(path)) for key, path in (("rsa", rsa), ("ed25519", ed25519))
        )

    def of(self, key: str, secret: str | None = "secret", **options: Any) -> Client:
        made = Client(key, secret, ping=False, **options)
        made.API_URL, made.MARGIN_API_URL = f"{self.base}/api", f"{self.base}/sapi"
        made.FUTURES_URL, made.FUTURES_COIN_URL = f"{self.base}/fapi", f"{self.base}/dapi"
        made.session.trust_env = False
        return made


def described(error: Exception) -> str:
    """`code message`, or the status of an answer that is no JSON."""
    if not isinstance(error, BinanceAPIException):
        return type(error).__name__
    return f"{error.code} {error.message}" if error.code else f"HTTP {error.status_code}"
