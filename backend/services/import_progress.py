"""Tells how far an import is, and stops it between two questions where the user asked for a pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Final

from backend.core.import_forecast import Forecast
from backend.core.import_status import IMPORT, PAUSED, SECONDS, SYMBOLS, WINDOWS

if TYPE_CHECKING:
    from backend.core.model.holdings import KnownEvents
    from backend.core.ports import Store

TELL_EVERY_S: Final = 0.5


class ImportPausedError(Exception):
    """The user asked for a pause: what was read is kept, the rest is read when the import goes on."""


@dataclass(slots=True)
class Pace:
    """What outlives the steps of an import: its forecast, when it was last told of (monotonic seconds), and the events
    of the ledger.
    """

    forecast: Forecast = field(default_factory=Forecast)
    told_s: float = float("-inf")
    known: KnownEvents = field(default_factory=dict)


class ImportProgress:
    """Progress of one account's import in one step."""

    def __init__(self, store: Store, account_id: int, epoch: int, pace: Pace, monotonic_s: Callable[[], float]) -> None:
        self._store = store
        self._account = account_id
        self._epoch = epoch
        self._pace = pace
        self._monotonic_s = monotonic_s
        self._last_s = monotonic_s()
        self.stops_for_pause = False

    @property
    def known(self) -> KnownEvents:
        """The ledger as it was read last, kept from step to step."""
        return self._pace.known

    @property
    def paused(self) -> bool:
        """Whether the user asked for a pause."""
        with self._store.read() as unit:
            return bool(unit.ledger.cursor(self._account, IMPORT, PAUSED))

    def go_on(self) -> None:
        """Called before each question of a long import.

        Raises:
            ImportPausedError: the user asked for a pause, and this is work that can wait.
        """
        if self.stops_for_pause and self.paused:
            raise ImportPausedError

    def expect(self, name: str, left: int, a_minute: int) -> None:
        """So many windows (or pairs, for trades) of a history are left."""
        self._pace.forecast.expect(name, left, a_minute)

    def read(self, name: str) -> None:
        """One of them was read."""
        now_s = self._monotonic_s()
        self._pace.forecast.read(name, now_s - self._last_s)
        self._last_s = now_s

    def reading(self, done: int, total: int, detail: str) -> None:
        """Tell what is read now; at most twice a second."""
        now_s = self._monotonic_s()
        if now_s - self._pace.told_s < TELL_EVERY_S:
            return
        self._pace.told_s = now_s
        forecast = self._pace.forecast
        told = {SECONDS: ceil(forecast.seconds), SYMBOLS: forecast.symbols_left, WINDOWS: forecast.windows_left}
        with self._store.write(self._epoch) as unit:
            unit.accounts.update_sync(self._account, import_done=done, import_total=total, import_detail=detail)
            for key, value in told.items():
                unit.ledger.set_cursor(self._account, IMPORT, key, value)
            unit.events.emit("import", self._account, {"done": done, "total": total, "detail": detail, **told})
