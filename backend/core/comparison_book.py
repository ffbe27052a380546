"""ComparisonBook: accounts side by side, and their lines on one axis of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.core.errors import BadInputError
from backend.core.model.amounts import ZERO
from backend.core.model.instants import to_ms
from backend.core.performance.day_rows import midnights
from backend.core.performance.drawdown import deepest_known
from backend.core.performance.risk_sample import path_doubt
from backend.core.portfolio_view import ViewSettings, wanted_accounts
from backend.core.series import SeriesChunk, thinned
from backend.core.told_accounts import told_accounts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.model.accounts import Account
    from backend.core.performance_tracker import PerformanceTracker
    from backend.core.ports import Store, UnitOfWork
    from backend.core.views import Basis, WindowView

MOST_ACCOUNTS: Final = 10


@dataclass(frozen=True, slots=True)
class ComparedAccount:
    """One account's window. `drawdown`: the deepest fall of its daily index, as a ratio below 0, and why it is an
    estimate, or there is none.
    """

    account: Account
    window: WindowView
    drawdown: float | None
    drawdown_doubt: str | None


@dataclass(frozen=True, slots=True)
class ComparedPoint:
    """An instant, and for each account its return since its start and its value; None where it has no snapshot then."""

    at_ms: int
    twr: Sequence[float | None]
    values: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Accounts in the order asked for, and points of all of them, oldest first. `left_out`: how many more there are."""

    basis: Basis
    accounts: Sequence[ComparedAccount]
    points: Sequence[ComparedPoint]
    left_out: int


class ComparisonBook:
    """Lines come from the rows that the tracker keeps in memory."""

    def __init__(self, store: Store, performance: PerformanceTracker, settings: ViewSettings) -> None:
        self._store = store
        self._performance = performance
        self._settings = settings

    def compare(self, account_ids: Sequence[int], days: int, points: int) -> ComparisonView:
        """Accounts over the last `days` (0: all), with at most `points` points.

        Args:
            account_ids: none: all accounts of the environment, or those worth most where they are too many.

        Raises:
            NotFoundError: no such account in this environment.
            BadInputError: more accounts than can be told apart.
        """
        with self._store.read() as unit:
            environment = self._settings.environment
            accounts = [wanted_accounts(unit, environment, one)[0] for one in dict.fromkeys(account_ids)]
            if len(accounts) > MOST_ACCOUNTS:
                raise BadInputError(f"At most {MOST_ACCOUNTS} accounts can be compared at once", "accounts")
            left_out = 0
            if not account_ids:
                every = list(told_accounts(unit, environment, None))
                accounts = _largest(unit, every)
                left_out = len(every) - len(accounts)
        compared: list[ComparedAccount] = []
        lines: list[SeriesChunk | None] = []
        for account in accounts:
            window = self._performance.window(days, account.id)
            line = self._line(account.id, window)
            compared.append(ComparedAccount(account, window, *self._fall(account.id, window, line)))
            lines.append(line)
        basis = compared[0].window.basis if len(compared) == 1 else self._performance.window(days, None).basis
        return ComparisonView(basis, compared, self._points(accounts, lines, points), left_out)

    def _line(self, account: int, window: WindowView) -> SeriesChunk | None:
        figures = window.figures
        if figures is None:
            return None
        # A window longer than the history shows the history there is; its status says so.
        line = self._performance.lines(
            account, 0 if figures.start is None else to_ms(figures.start), to_ms(figures.end)
        )
        return line if len(line.at_ms) else None

    def _fall(self, account: int, window: WindowView, line: SeriesChunk | None) -> tuple[float | None, str | None]:
        """The deepest fall of the daily index over a line, from its start on, and why it is an estimate or unknown."""
        if line is None or window.figures is None:
            return None, window.reason if window.figures is None else window.figures.reason
        start_ms, end_ms = int(line.at_ms[0]), int(line.at_ms[-1])
        with self._store.read() as unit:
            inside = self._performance.days_of(unit, account).part(start_ms + 1, end_ms)
        fall = deepest_known(np.concatenate([line.growth[:1], inside.growth]))
        return fall, window.figures.reason or path_doubt(inside, midnights(start_ms, end_ms))

    def _points(
        self, accounts: Sequence[Account], lines: Sequence[SeriesChunk | None], points: int
    ) -> list[ComparedPoint]:
        told = [line for line in lines if line is not None]
        if not told:
            return []
        each = max(points // len(told), 6)
        axis = np.unique(np.concatenate([line.at_ms[thinned(line, each)] for line in told]))
        values: list[dict[int, Decimal]] = []
        with self._store.read() as unit:
            for account, line in zip(accounts, lines, strict=True):
                values.append({} if line is None else dict(unit.snapshots.values_before(account.id, axis.tolist())))
        growth = [None if line is None else _at(line, axis) for line in lines]
        return [
            ComparedPoint(
                at_ms,
                [None if one is None or math.isnan(one[place]) else float(one[place]) for one in growth],
                [own.get(at_ms) for own in values],
            )
            for place, at_ms in enumerate(axis.tolist())
        ]


def _largest(unit: UnitOfWork, accounts: Sequence[Account]) -> list[Account]:
    """As many as can be told apart, those worth most by their newest snapshots, in the order they are told."""
    if len(accounts) <= MOST_ACCOUNTS:
        return list(accounts)
    newest = unit.snapshots.newest([one.id for one in accounts])
    worth = {one.id: newest[one.id].value if one.id in newest else ZERO for one in accounts}
    chosen = sorted(worth, key=lambda account: (account not in newest, -worth[account]))[:MOST_ACCOUNTS]
    return [one for one in accounts if one.id in chosen]


def _at(line: SeriesChunk, axis: NDArray[np.int64]) -> NDArray[np.float64]:
    """The return at instants since the line's first row, float64[n]; NaN where it has none of its own."""
    place = np.minimum(np.searchsorted(line.at_ms, axis), len(line.at_ms) - 1)
    start = line.growth[0] if line.growth[0] > 0 else math.nan
    found: NDArray[np.float64] = np.where(line.at_ms[place] == axis, line.growth[place] / start - 1.0, math.nan)
    return found
