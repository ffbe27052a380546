"""One day of an account, 00:00 to 24:00 UTC: its valuation at 00:00 and what its full hours add up to.

Days are made when snapshots are written, so that figures of years rest on some hundred rows and not on every snapshot.
Only full hours count within a day: how close the snapshots lie changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """How a line went over some hours, float64: highest, lowest, and the deepest `value / earlier peak - 1`, <= 0."""

    high: float
    low: float
    fall: float

    def then(self, later: Span) -> Span:
        """Both spans as one, the other one after this."""
        across = later.low / self.high - 1.0 if self.high > 0 else 0.0
        return Span(max(self.high, later.high), min(self.low, later.low), min(self.fall, later.fall, across))


@dataclass(frozen=True, slots=True)
class Opening:
    """The valuation at 00:00, just before the flow of that instant.

    `growth` is NaN once the chain is broken. `doubts`: estimated links up to here; `reason`: why the value is doubtful.
    """

    growth: float
    benchmark: float | None
    value: Decimal
    benchmark_value: Decimal | None
    doubts: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day. Sums are of the values at full hours, money in the reporting currency; `hours` says of how many.

    `opening` is None without a valuation at 00:00, a span None without an hour. `reason`: of the first doubtful
    snapshot of the day, whatever its minute.
    """

    account_id: int
    day_ms: int
    opening: Opening | None
    hours: int
    value_sum: Decimal
    growth: Span | None
    benchmark_hours: int
    benchmark_sum: Decimal
    benchmark: Span | None
    reason: str | None
