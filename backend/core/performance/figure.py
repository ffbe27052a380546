"""A statistic that may be undefined."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Exactly one of the two is set: `value` (float64 statistic) or `reason` (stable code, why there is none)."""

    value: float | None
    reason: str | None = None


def undefined(reason: str) -> Figure:
    return Figure(None, reason)
