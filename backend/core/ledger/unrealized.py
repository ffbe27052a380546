"""Profit of open futures positions at past instants: what was read is told, what is known to be nothing is zero, and
the rest is marked. Nothing is made up in between.

Positions change by trades alone, and every trade leaves a line in the futures wallet. So a reading without positions
holds, forwards and backwards, for as long as there is no such line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.core.model.holdings import FUTURES_KINDS, EventKind, LedgerEvent
from backend.core.model.instants import HOUR_MS, MINUTE_MS

# As fine as the prices are: those of an instant may be a minute old as well.
NEAR_MS: Final = MINUTE_MS
# A reading that came later than that, but not by much: better than none, and an estimate.
LATE_MS: Final = 10 * MINUTE_MS
# Every perpetual contract pays funding at 0:00, 8:00 and 16:00 UTC, whatever else: whoever holds one has a line then.
FUNDING_MS: Final = 8 * HOUR_MS
UNKNOWN: Final = "unrealized_unknown"
LATE: Final = "unrealized_late"
TRADES: Final = frozenset({EventKind.FUTURES_RESULT, EventKind.FUTURES_FEE})
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ProfitReading:
    """Unrealised profit by asset, over all futures wallets, when it was read; empty: no position was open."""

    at_ms: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class OpenProfit:
    """Unrealised profit at an instant. `doubt` says why it is not known for sure.

    `lost`: positions were being watched by then and may have been open, yet nobody looked at this instant.
    """

    amounts: Amounts
    doubt: str | None = None
    lost: bool = False


NOTHING: Final = OpenProfit({})


class ProfitBook:
    """Answers about one account.

    Args:
        readings: rising instants.
        events: the ledger in booking order.
        told_since_ms: from when on the lines of the futures wallets are known; None: of all times.
    """

    def __init__(
        self, readings: Sequence[ProfitReading], events: Sequence[LedgerEvent], told_since_ms: int | None = None
    ) -> None:
        lines = [event for event in events if event.kind in FUTURES_KINDS]
        self._readings = readings
        self._read_ms = [reading.at_ms for reading in readings]
        self._line_ms = [event.at_ms for event in lines]
        self._trade_ms = [event.at_ms for event in lines if event.kind in TRADES]
        # A contract with a day of delivery pays no funding: silence proves nothing about it.
        self._perpetual = not any("_" in (event.symbol or "").removesuffix("_PERP") for event in lines)
        self._told_since_ms = told_since_ms or 0
        self._ever = bool(lines) or any(map(_open, readings))

    def at(self, at_ms: int) -> OpenProfit:
        """What was open just before an instant."""
        if not self._ever:
            return NOTHING
        place = bisect_left(self._read_ms, at_ms)
        after = self._readings[place] if place < len(self._readings) else None
        before = self._readings[place - 1] if place else None
        # Lines of the instant itself are not in the quantities of this instant yet.
        later = after if after is not None and not self._traded(at_ms, after.at_ms + 1) else None
        earlier = before if before is not None and not self._traded(before.at_ms, at_ms) else None
        if later is not None and later.at_ms - at_ms <= NEAR_MS:
            return OpenProfit(later.amounts)
        if earlier is not None and at_ms - earlier.at_ms <= NEAR_MS:
            return OpenProfit(earlier.amounts)
        same = [one for one in (later, earlier) if one is not None]
        if any(not _open(one) for one in same) or (not same and self._silent_after(at_ms)):
            return NOTHING
        if later is not None and later.at_ms - at_ms <= LATE_MS:
            return OpenProfit(later.amounts, LATE)
        return OpenProfit({} if before is None else before.amounts, UNKNOWN, lost=before is not None)

    def _traded(self, start_ms: int, end_ms: int) -> bool:
        """Whether positions changed with start <= instant < end."""
        return bisect_left(self._trade_ms, start_ms) < bisect_left(self._trade_ms, end_ms)

    def _silent_after(self, at_ms: int) -> bool:
        """Whether no position can have been open, since none paid funding or was closed in the time that followed."""
        until = -(-at_ms // FUNDING_MS) * FUNDING_MS + MINUTE_MS
        if not self._perpetual or at_ms < self._told_since_ms or not self._read_ms or self._read_ms[-1] < until:
            return False
        return bisect_left(self._line_ms, at_ms) == bisect_right(self._line_ms, until)


def _open(reading: ProfitReading) -> bool:
    return bool(reading.amounts)
