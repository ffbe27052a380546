"""When a message that did not arrive is sent again, and when it is given up."""

from __future__ import annotations

from typing import Final

FIRST_MS: Final = 15_000
LONGEST_MS: Final = 3_600_000
# About ten hours after the first.
MOST_TRIES: Final = 16


def next_try_ms(tries: int, now_ms: int) -> int | None:
    """When to try again after `tries` that failed, each wait twice the one before; None: no more."""
    if tries >= MOST_TRIES:
        return None
    return int(now_ms + min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS))
