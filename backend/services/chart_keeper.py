"""Makes the charts that the dashboard asks for ready to be sent, whenever what they rest on has changed.

Run after a refresh. Until a range is made anew its old body is not found, and the chart is made from its rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from backend.core.model.accounts import is_whole
from backend.core.stored_charts import STORED_DAYS, STORED_POINTS, ChartBody, ChartGround, StoredChart, made_by
from backend.core.whole import PASSING
from backend.services.turns import always

if TYPE_CHECKING:
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.portfolio_view import ViewSettings
    from backend.core.ports import Store
    from backend.core.views import HistoryView

# Snapshots may be a minute apart: what is only longer than the stored charts waits a while.
LONGER_EVERY_S: Final = 300.0


class ChartKeeper:
    """One for all accounts of a collector. `body_of` writes a chart as the API sends it, but for its beginning."""

    def __init__(
        self,
        store: Store,
        performance: PerformanceTracker,
        settings: ViewSettings,
        body_of: Callable[[HistoryView], ChartBody],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._performance = performance
        self._made_by = made_by(settings)
        self._body_of = body_of
        self._monotonic_s = monotonic_s
        self._made: dict[int, tuple[ChartGround, float]] = {}

    def forget(self, account_id: int) -> None:
        """Others may have made the account's charts meanwhile."""
        self._made.pop(account_id, None)

    def update(self, account_id: int, epoch: int, go_on: Callable[[], bool] = always) -> int:
        """Make the bodies anew that do not stand; returns how many.

        `go_on` is asked between two of them: where it says no, the next step makes the others.

        Raises:
            LeaseLostError: another collector works now.
        """
        with self._store.read() as unit:
            ground = unit.charts.ground(account_id)
            standing = unit.charts.standing(account_id, self._made_by)
        due = [days for days in STORED_DAYS if days not in standing]
        if not due or ground.until_ms is None or self._waits(account_id, ground):
            return 0
        for done, days in enumerate(due):
            if done and not go_on():
                return done
            self._make(account_id, days, epoch)
        self._made[account_id] = (ground, self._monotonic_s())
        return len(due)

    def _waits(self, account_id: int, ground: ChartGround) -> bool:
        """Whether all charts were made a moment ago, and only rows came since."""
        if account_id not in self._made:
            return False
        before, made_s = self._made[account_id]
        return _past(before) == _past(ground) and self._monotonic_s() - made_s < LONGER_EVERY_S

    def _make(self, account_id: int, days: int, epoch: int) -> None:
        with self._store.read() as unit:
            # Of one moment with the rows: what changes after it makes the body one that does not stand.
            ground = unit.charts.ground(account_id)
            view = self._performance.history_in(unit, days, STORED_POINTS, None if is_whole(account_id) else account_id)
            passing = is_whole(account_id) and view.figures is not None and view.figures.reason in PASSING
            if view.since_ms is None or ground.until_ms is None or passing:
                # What all accounts together wait for is no part of their ground.
                return
            doubted = unit.proofs.doubts_row(account_id, view.since_ms - 1, ground.until_ms)
        chart = StoredChart(days, self._made_by, ground, view.since_ms, doubted, self._body_of(view))
        with self._store.write(epoch) as unit:
            unit.charts.put(account_id, chart)


def _past(ground: ChartGround) -> tuple[object, ...]:
    """What of the ground is about rows that were there before."""
    return ground.rebuilds, ground.flow_changes, ground.dirty_from_ms, ground.hold, ground.watched_ms
