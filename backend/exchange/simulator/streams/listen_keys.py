"""Listen keys of the futures user stream: valid for an hour of the machine's clock, longer when kept alive."""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

VALID_S: Final = 3600.0


class ListenKeys:
    """One key for each account at a time. Thread-safe; a restart forgets all, as clients must expect anyway."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._by_account: dict[str, tuple[str, float]] = {}

    def start(self, api_key: str) -> str:
        """The key of the account, valid for an hour from now: the one it has, or a new one."""
        with self._lock:
            key, until = self._by_account.get(api_key, ("", 0.0))
            if until <= self._monotonic():
                key = secrets.token_hex(32)
            self._by_account[api_key] = (key, self._monotonic() + VALID_S)
            return key

    def close(self, api_key: str) -> None:
        with self._lock:
            self._by_account.pop(api_key, None)

    def owner(self, key: str) -> str | None:
        """The api_key behind a valid key."""
        with self._lock:
            for api_key, (listen_key, until) in self._by_account.items():
                if secrets.compare_digest(listen_key.encode(), key.encode()) and until > self._monotonic():
                    return api_key
        return None
