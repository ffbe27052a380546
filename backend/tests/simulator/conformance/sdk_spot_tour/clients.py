"""Clients of one simulator, each for a key."""

import logging
from typing import Any

from binance_common.configuration import ConfigurationRestAPI  # type: ignore[import-not-found]  # in .venv-sdk-spot only
from binance_common.errors import Error, ServerError  # type: ignore[import-not-found]  # in .venv-sdk-spot only
from binance_sdk_spot.spot import Spot  # type: ignore[import-not-found]  # in .venv-sdk-spot only

REFUSALS = (Error,)
PAGES = {"NotFoundError": "HTTP 404", "ForbiddenError": "HTTP 403"}  # answers that are no JSON have no code


class Doubts(logging.Handler):
    """What the SDK says of answers that do not fit the types it declares."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if "did not match" in text or "Failed to parse" in text:
            self.texts.append(text)


class Clients:
    """Makes unmodified clients whose base path is the simulator's."""

    def __init__(self, base: str, rsa: str, ed25519: str) -> None:
        self.base = base
        self.ed25519_file = ed25519
        self.doubts = Doubts()
        self.main = self.of("key")
        self.rsa, self.ed25519 = (self.of(key, None, path) for key, path in (("rsa", rsa), ("ed25519", ed25519)))

    def of(self, key: str, secret: str | None = "secret", private_key: str | None = None, timeout: int = 30_000) -> Any:
        settings = ConfigurationRestAPI(
            api_key=key, api_secret=secret, private_key=private_key, base_path=self.base, timeout=timeout, retries=0
        )
        made = Spot(config_rest_api=settings).rest_api
        made._session.trust_env = False  # a proxy of the machine must not stand between
        return made


def said(answer: Any) -> Any:
    """The parsed answer; of one that has several forms, the form that fits."""
    data = answer.data()
    return getattr(data, "actual_instance", data)


def described(error: Exception) -> str:
    """`code message`, or the status of an answer that is no JSON; of server errors the SDK keeps the status alone."""
    code = getattr(error, "status_code", None)
    if isinstance(error, ServerError):
        return f"HTTP {code}"
    kind = type(error).__name__
    return f"{code} {error.error_message}" if code else PAGES.get(kind, kind)  # type: ignore[attr-defined]  # an Error has it
