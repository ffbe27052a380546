"""Rows that were on their way when they were read: asked for again until they are final, or have been for too long.

A history keeps one cursor for them, from when on it is to be read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from backend.core.model.instants import DAY_MS

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent

WAITING: Final = "waiting"
# A bank gives up within weeks. One question about deposits or withdrawals reaches as far.
WAIT_MS: Final = 80 * DAY_MS


def read_from(start_ms: int, waiting: int | None, now_ms: int) -> int:
    """Where the newest look at a history begins: at `start_ms`, or at what was on its way before that."""
    oldest = _oldest(waiting, now_ms)
    return start_ms if oldest is None else min(start_ms, oldest)


def still_waiting(
    waiting: int | None, start_ms: int, stop_ms: int, read_until_ms: int, now_ms: int, found: Iterable[LedgerEvent]
) -> int:
    """The cursor after a window was read; 0: nothing is on its way.

    Args:
        waiting: the cursor before; None or 0: nothing was.
        read_until_ms: until when the history had been read before.
        found: every row of the window.
    """
    left = [event.at_ms for event in found if not event.settled and event.at_ms >= now_ms - WAIT_MS]
    oldest = _oldest(waiting, now_ms)
    if oldest is not None:
        if not start_ms <= oldest <= stop_ms:
            left.append(oldest)
        elif stop_ms < read_until_ms:
            # Only the oldest row is kept: what was read after this window may be on its way too.
            left.append(stop_ms)
    return min(left, default=0)


def _oldest(waiting: int | None, now_ms: int) -> int | None:
    return max(waiting, now_ms - WAIT_MS) if waiting else None
