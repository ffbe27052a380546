"""What the collector does with the user's key of CoinMarketCap: asks once a day how much of it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import LeaseLostError
from backend.core.model.instants import HOUR_MS
from backend.core.model.rank_keys import RankKey, RankTold, RankUsage
from backend.core.rebalancing.errors import RankKeyRefusedError, RanksUnavailableError
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from backend.core.ports import Store
    from backend.core.rank_key_book import RankKeyBook
    from backend.core.rebalancing_ports import RankClient

log = structlog.get_logger(__name__)

# A key that was just entered is asked about so soon.
LOOK_EVERY_S: Final = 1.0
STOP_S: Final = 1.5


class RankKeyLooks:
    """Works only under the lease, on a thread of its own: an answer that is slow holds up nothing else.

    `client(key)`: who answers with a key; `now_ms`: this machine's clock.
    """

    def __init__(
        self, store: Store, keys: RankKeyBook, client: Callable[[RankKey], RankClient], now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._keys = keys
        self._client = client
        self._now_ms = now_ms
        self._epoch: int | None = None
        self._asked: tuple[RankKey, int] | None = None
        self._worker = PeriodicWorker("rank-key", self.step, LOOK_EVERY_S)

    def start(self) -> None:
        self._worker.start()

    def lead(self, epoch: int | None) -> None:
        """Work under this lease; None: another collector does."""
        self._epoch = epoch

    def stop(self) -> bool:
        """Returns whether the question under way ended in time."""
        self._epoch = None
        return self._worker.stop(STOP_S)

    def step(self) -> None:
        """Ask what is to be asked now; the same key an hour apart at least, whatever came of it."""
        epoch, now = self._epoch, self._now_ms()
        key = None if epoch is None else self._keys.to_ask()
        if key is None or (self._asked is not None and self._asked[0] == key and now - self._asked[1] < HOUR_MS):
            return
        self._asked = key, now
        told = self._told(key)
        if told is None:
            return
        try:
            with self._store.write(epoch) as unit:
                self._keys.note(unit, key, told)
        except LeaseLostError:
            self._epoch = None

    def _told(self, key: RankKey) -> RankTold | None:
        """What is said of a key; None: nobody answered, and what is known stays."""
        try:
            return RankTold(self._now_ms(), self._client(key).usage())
        except RankKeyRefusedError as error:
            return RankTold(self._now_ms(), RankUsage(None, None), str(error))
        except RanksUnavailableError as error:
            log.warning("use of the key of CoinMarketCap not read", detail=str(error))
            return None
