"""One measured ratio or size beside its goal, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`value` is what is compared with `goal`, both in `unit` ("x" for a ratio); lower is better.

    `detail` says what it was made of, in words and absolute numbers of this machine.
    """

    name: str
    value: float
    goal: float
    unit: str
    detail: str

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.goal


def table(results: Sequence[Result]) -> str:
    """Return the results as aligned text."""
    head = ("measure", "value", "goal", "", "made of")
    body = [
        (one.name, f"{one.value:.2f} {one.unit}", f"{one.goal:g} {one.unit}", "ok" if one.met else "MISSED", one.detail)
        for one in results
    ]
    widths = [max(len(row[column]) for row in (head, *body)) for column in range(4)]
    lines = []
    for row in (head, *body):
        cells = [row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]), row[3].ljust(widths[3])]
        lines.append("  ".join((*cells, row[4])).rstrip())
    return "\n".join(lines)
