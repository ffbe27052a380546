"""What the distance between this machine's clock and the exchange's means (docs/decisions/0009-accounts.md).

Reading goes on at any distance: requests are signed with the exchange's time. Orders are another matter: schedules,
stops and expiries of plans go by this machine's clock, so one that is wrong by more than a second places none.
"""

from __future__ import annotations

from typing import Final

MOST_FOR_TRADING_MS: Final = 1_000


def trading_refused(offset_ms: int | None) -> str | None:
    """Why no order may be sent, in words; None where the clocks agree well enough.

    Args:
        offset_ms: exchange clock minus this machine's; None where it was never measured.
    """
    if offset_ms is None:
        return "The exchange's clock has not been measured yet"
    if abs(offset_ms) <= MOST_FOR_TRADING_MS:
        return None
    side = "behind" if offset_ms > 0 else "ahead of"
    return f"This machine's clock is {abs(offset_ms) / 1000:.1f} s {side} the exchange's: set it, no order is sent"
