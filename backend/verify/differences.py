"""What differs, and when two figures are the same."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Final

# Sums and products are exact; quotients have this many digits on both sides.
EXACT: Final = Context(prec=60)
LAST_DIGITS: Final = Decimal("1e-24")
# Statistics are float64, chained over years.
STATISTIC: Final = 1e-9
# Percentages are shown with eight decimals.
LAST_PERCENT: Final = 1e-8
# More than this is told by its count alone: a whole history that is wrong needs no list.
MOST_TOLD: Final = 100_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored figure that its raw rows do not give. `key` names the row where it has no number of its own."""

    table: str
    id: int | None
    key: str
    account: int
    at_ms: int | None
    figure: str
    stored: str
    recomputed: str


@dataclass(slots=True)
class Report:
    """Differences as they are found, what was compared, and what could not be."""

    differences: list[Difference] = field(default_factory=list)
    found: int = 0
    compared: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)

    def add(self, difference: Difference) -> None:
        """Note what differs."""
        self.found += 1
        if len(self.differences) < MOST_TOLD:
            self.differences.append(difference)


@dataclass(frozen=True, slots=True)
class Row:
    """The stored row whose figures are being compared."""

    report: Report
    table: str
    account: int
    id: int | None = None
    at_ms: int | None = None
    key: str = ""

    def money(self, figure: str, stored: Decimal | None, recomputed: Decimal | None) -> None:
        """Compare decimals: exact, but for the last digits of quotients."""
        self._compare(figure, stored, recomputed, same_money(stored, recomputed))

    def statistic(self, figure: str, stored: float | None, recomputed: float | Decimal | None) -> None:
        """Compare float64 figures."""
        other = None if recomputed is None else float(recomputed)
        same = stored is other if stored is None or other is None else same_statistic(stored, other)
        self._compare(figure, stored, other, same)

    def percent(self, figure: str, stored: float | None, recomputed: float | Decimal | None) -> None:
        """Compare a percentage that is stored with as many decimals as are shown."""
        other = None if recomputed is None else float(recomputed)
        same = stored is other if stored is None or other is None else _same_percent(stored, other)
        self._compare(figure, stored, other, same)

    def exactly(self, figure: str, stored: object, recomputed: object) -> None:
        """Compare what is counted or named."""
        self._compare(figure, stored, recomputed, stored == recomputed)

    def _compare(self, figure: str, stored: object, recomputed: object, same: bool) -> None:
        self.report.compared[self.table] += 1
        if not same:
            told = Difference(
                self.table, self.id, self.key, self.account, self.at_ms, figure, _text(stored), _text(recomputed)
            )
            self.report.add(told)


def same_money(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two amounts are the same, or both unknown."""
    if one is None or other is None:
        return one is other
    return one == other or abs(EXACT.subtract(one, other)) <= LAST_DIGITS * max(abs(one), abs(other), Decimal(1))


def same_statistic(one: float, other: float) -> bool:
    """Whether two float64 figures are the same within what their chain may lose."""
    return math.isclose(one, other, rel_tol=STATISTIC, abs_tol=STATISTIC)


def _same_percent(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=STATISTIC, abs_tol=LAST_PERCENT)


def _text(value: object) -> str:
    return "none" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
