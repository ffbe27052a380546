"""The part of the composition root about ranks of coins: the user's key for them, and who is asked with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from backend.core.rank_key_book import DEMO, RankKeyBook
from backend.core.rebalancing_ports import RankClient, RankSource
from backend.integrations.demo_ranks import DemoRanks
from backend.services.rank_book import RankBook
from backend.services.rank_key_looks import RankKeyLooks

if TYPE_CHECKING:
    from backend.config import Settings
    from backend.core.model.rank_keys import RankKey
    from backend.core.ports import Store
    from backend.core.secret_ports import Sealer

# Who is asked with a key; the number: seconds to wait for an answer.
MakeClient = Callable[[str, float], RankClient]


class RankParts:
    """Builds each part once, when it is first asked for. `now_ms`: this machine's clock."""

    def __init__(
        self, settings: Settings, store: Store, sealer: Sealer, client: MakeClient, now_ms: Callable[[], int]
    ) -> None:
        self._settings = settings
        self._store = store
        self._sealer = sealer
        self._make = client
        self._now_ms = now_ms
        self._lock = threading.Lock()
        self._made: tuple[str, RankClient] | None = None

    @cached_property
    def keys(self) -> RankKeyBook:
        """The key entered on the page, and that of the settings."""
        settings = self._settings
        return RankKeyBook(self._store, settings.environment, self._sealer, settings.coinmarketcap_key, self._now_ms)

    @cached_property
    def _demo(self) -> RankSource | None:
        return DemoRanks() if self._settings.environment == DEMO else None

    def source(self) -> RankSource | None:
        """Who ranks coins now: the demo itself, CoinMarketCap with the user's key, or nobody."""
        if self._demo is not None:
            return self._demo
        key = self.keys.present()
        return None if key is None else self._client(key)

    def book(self) -> RankBook:
        """The ranks that plans are filtered by."""
        return RankBook(self._store, self.source, self._now_ms)

    def looks(self) -> RankKeyLooks | None:
        """What asks how much of the key is used, not started yet; None: the demo has none."""
        return None if self._demo is not None else RankKeyLooks(self._store, self.keys, self._client, self._now_ms)

    def _client(self, key: RankKey) -> RankClient:
        """The same one as long as the key is the same: whoever failed is known by it."""
        with self._lock:
            if self._made is None or self._made[0] != key.text:
                self._made = key.text, self._make(key.text, self._settings.exchange_timeout_s)
            return self._made[1]
