"""The money-weighted return of a window, solved once: other data that change leave its payments what they were."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from backend.core.performance.mwr import window_rate_at

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.core.model.valuation import SnapshotRow
    from backend.core.performance.figure import Figure
    from backend.core.ports import UnitOfWork

# The windows of some accounts, of before a new snapshot and after it.
MOST_RATES: Final = 128
AT_MS: Final = attrgetter("at_ms")


def money_weighted(unit: UnitOfWork, account: int, start: SnapshotRow, last: SnapshotRow) -> Figure:
    """XIRR of the window between two rows, or why there is none."""
    return rate_between(unit.cash_flows.between(account, start.at_ms, last.at_ms), start, last)


def rate_between(flows: Sequence[CashFlow], start: SnapshotRow, last: SnapshotRow) -> Figure:
    """`money_weighted` of flows that were read already, oldest first; those outside the window are left out."""
    inside = flows[bisect_left(flows, start.at_ms, key=AT_MS) : bisect_left(flows, last.at_ms, key=AT_MS)]
    paid = [(flow.at_ms, -flow.amount) for flow in inside if flow.amount is not None]
    return _solved(
        (start.at_ms, last.at_ms, *(at_ms for at_ms, _ in paid)), (-start.value, last.value, *(one for _, one in paid))
    )


@lru_cache(maxsize=MOST_RATES)
def _solved(instants_ms: tuple[int, ...], amounts: tuple[Decimal, ...]) -> Figure:
    # Found by the payments themselves: whatever else has changed, equal payments have one rate.
    return window_rate_at(instants_ms, amounts)
