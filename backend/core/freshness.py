"""How old data may be: fresh, stale after two refresh intervals, unknown after ten."""

from __future__ import annotations

from typing import Final, Literal

STALE_INTERVALS: Final = 2
UNKNOWN_INTERVALS: Final = 10
# A refresh itself takes time: with very short intervals (demo, tests) two of them are over before one is done.
GRACE_S: Final = 3.0


def freshness(age_s: float | None, interval_s: int) -> tuple[Literal["fresh", "stale", "unknown"], float | None]:
    """The state of data read `age_s` seconds ago, and in how many seconds that state ends (None: it does not).

    Returns:
        `("unknown", None)` where nothing was ever read.
    """
    if age_s is None:
        return "unknown", None
    stale_at = max(STALE_INTERVALS * interval_s, interval_s + GRACE_S)
    unknown_at = max(UNKNOWN_INTERVALS * interval_s, stale_at)
    if age_s <= stale_at:
        return "fresh", max(stale_at - age_s, 0.01)
    if age_s <= unknown_at:
        return "stale", max(unknown_at - age_s, 0.01)
    return "unknown", None
