"""The money-weighted returns of all windows: each solved once, and again only where its payments have changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from backend.core import window_rates
from backend.core.model.accounts import Account
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.performance.figure import Figure
from backend.core.performance.mwr import window_rate_at
from backend.db.unit_of_work import SqlStore
from backend.tests.builders import T0
from backend.tests.integration.db.test_risk_book import hourly, tracker, write
from backend.tests.integration.db.test_stored_charts import deposited


def test_a_window_is_solved_once_whatever_else_changes(
    store: SqlStore, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved: list[Sequence[int]] = []

    def counted(instants_ms: Sequence[int], amounts: Sequence[Decimal]) -> Figure:
        solved.append(instants_ms)
        return window_rate_at(instants_ms, amounts)

    monkeypatch.setattr(window_rates, "window_rate_at", counted)
    write(store, account.id, hourly(seed=4711, days=70))
    first = tracker(store).statistics(account.id).periods
    known = [name for name, period in first.items() if period.xirr.value is not None]
    assert known == ["7d", "14d", "30d", "60d", "total"]
    assert len(solved) == len(known)
    with store.write() as unit:
        # A refresh: the data have another revision, the payments of no window have changed.
        unit.accounts.update_sync(account.id, refreshed_machine=T0 + 71 * DAY_MS)
    again = tracker(store).statistics(account.id).periods
    assert [again[name].xirr for name in known] == [first[name].xirr for name in known]
    assert len(solved) == len(known)
    with store.write() as unit:
        unit.cash_flows.insert(deposited(account.id, T0 + 50 * DAY_MS + HOUR_MS))
    changed = tracker(store).statistics(account.id).periods
    assert [name for name in known if changed[name].xirr != first[name].xirr] == ["30d", "60d", "total"]
    assert len(solved) == len(known) + 3
