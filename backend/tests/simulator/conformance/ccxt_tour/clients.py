"""Clients of one simulator, each for a key."""

import json
import re
from pathlib import Path
from typing import Any

import ccxt  # type: ignore[import-not-found]  # lives in an environment of its own, for it pins many versions

BODY = re.compile(r"\{.*\}", re.DOTALL)
STATUS = re.compile(r" (\d{3}) ")
REFUSALS = (ccxt.BaseError,)


class Clients:
    """Makes unmodified clients whose addresses are the simulator's."""

    def __init__(self, base: str, rsa: str, ed25519: str) -> None:
        self.base = base
        self.main = self.of("key")
        self.rsa, self.ed25519 = (
            self.of(key, Path(path).read_text("ascii")) for key, path in (("rsa", rsa), ("ed25519", ed25519))
        )

    def of(self, key: str, secret: str = "secret") -> Any:
        made = ccxt.binance({"apiKey": key, "secret": secret, "enableRateLimit": False})
        made.session.trust_env = False
        made.urls["api"] = _moved(made.urls["api"], self.base)
        return made


def _moved(urls: Any, base: str) -> Any:
    """The same table of addresses on another host."""
    if isinstance(urls, dict):
        return {name: _moved(url, base) for name, url in urls.items()}
    path = urls.split("://", 1)[1].partition("/")[2]
    return f"{base}/{path}"


def described(error: Exception) -> str:
    """`code message` as the exchange said it, the status of an answer that is no JSON, or the kind of the error."""
    text = str(error)
    body = BODY.search(text)
    if body:
        said = json.loads(body[0])
        return f"{said['code']} {said['msg']}"
    status = STATUS.search(text)
    return f"HTTP {status[1]}" if status else type(error).__name__
