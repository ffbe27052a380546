"""A statistic that may be undefined."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Exactly one of the two is set: `value` (float64 statistic) or `reason` (stable code, why there is none).

    `several`: others would be right as well, and this is the likeliest of them.
    """

    value: float | None
    reason: str | None = None
    several: bool = False


def undefined(reason: str) -> Figure:
    return Figure(None, reason)
