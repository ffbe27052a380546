"""What is doubtful about a window beside its two ends: the reasons by name, and what is being made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backend.core.performance.benchmark_plan import PLAN_SETTING, decode_plan
from backend.core.performance.windows import Trust, WindowFigures
from backend.core.whole import RECOMPUTING, not_in_it

if TYPE_CHECKING:
    from backend.core.model.accounts import Account
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork

RESIDUAL: Final = "residual"


def behind(unit: UnitOfWork, account: int) -> bool:
    """Whether the benchmark of an account's rows is not the one that is wanted yet."""
    return decode_plan(unit.shadows.plan(account)) != decode_plan(unit.settings.get(PLAN_SETTING))


def explained(
    unit: UnitOfWork,
    start: SnapshotRow | None,
    end: SnapshotRow,
    figures: WindowFigures,
    behind: bool,
    told: Sequence[Account],
) -> WindowFigures:
    """Name the first doubt of the window, whether a recomputation is under way, and what is not in it yet.

    Args:
        told: the accounts that are to be in it, where it is a window of all together.
    """
    if start is None or figures.pnl is None:
        return figures
    account, money = end.account_id, figures.money
    if money.status == "estimated":
        reason = start.reason or unit.snapshots.first_doubt(account, start.at_ms, end.at_ms) or money.reason
        named = Trust("estimated", reason)
        figures = replace(
            figures,
            reason=reason if figures.status == "estimated" else figures.reason,
            money=named,
            against=named if figures.against == money else figures.against,
        )
    elif unit.proofs.doubts_row(account, start.at_ms - 1, end.at_ms):
        # A stored value is not what ledger and prices make of its instant: the benchmark is none of it.
        figures = replace(figures.doubted(RESIDUAL), benchmark=figures.benchmark)
    missing = not_in_it(unit, told, account, end.at_ms)
    if missing is not None:
        return figures.doubted(missing, first=True)
    if behind:
        marks = [one.doubted(RECOMPUTING) for one in (figures.benchmark, figures.against)]
        return replace(figures, benchmark=marks[0], against=marks[1])
    return figures


def benchmark_doubt(unit: UnitOfWork, start: SnapshotRow, end: SnapshotRow, figures: WindowFigures) -> str | None:
    """Why the daily course of the benchmark in a window is an estimate: an end of it is, or a day between."""
    if figures.benchmark.status == "estimated":
        return figures.benchmark.reason
    own = unit.snapshots.benchmark_doubt(end.account_id, start.at_ms, end.at_ms)
    if own is not None or end.benchmark is None:
        return own
    return end.benchmark.doubted if start.benchmark is None else end.benchmark.doubt_since(start.benchmark)
