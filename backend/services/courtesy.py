"""Work in the background stands aside while a page is opened: both share one interpreter, which runs one at a time.

Proofs, shadows and prices of a long past keep a thread busy for minutes. Whoever opens the dashboard meanwhile would
get each of its files and figures in the gaps of that work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork

# As long as a page takes until its first screen stands.
ASIDE_S: Final = 0.4
# Pages that are opened all the time take half of the time at most.
EVERY_S: Final = 2 * ASIDE_S


class Courtesy:
    """One for a process: the web server tells of pages, the background asks before each transaction."""

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._until_s = self._next_s = float("-inf")

    def page_opens(self) -> None:
        """Somebody has asked for a page: its files and figures are asked for next."""
        now = self._monotonic()
        if now >= self._next_s:
            self._until_s, self._next_s = now + ASIDE_S, now + EVERY_S

    def stand_aside(self) -> None:
        """Return when no page is being opened, at once or after ASIDE_S at most."""
        left = self._until_s - self._monotonic()
        if left > 0:
            self._sleep(left)


@dataclass(frozen=True, slots=True)
class PatientStore:
    """A store for work that can wait: it does so before a transaction, when it holds nothing."""

    store: Store
    courtesy: Courtesy

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view of one moment."""
        self.courtesy.stand_aside()
        return self.store.read()

    def write(self, epoch: int | None = None) -> AbstractContextManager[UnitOfWork]:
        """A writing transaction; raises as the store does."""
        self.courtesy.stand_aside()
        return self.store.write(epoch)
