"""What a program and all that it started have of the machine's memory. Reads /proc, so Linux only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.tests.process.tree import children

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Resident:
    """Kilobytes (1024 bytes) of one process or of several together.

    `rss`: what it has in memory, what it shares with others too. `pss`: of what is shared, its part.
    """

    rss: int = 0
    pss: int = 0

    def __add__(self, other: Resident) -> Resident:
        return Resident(self.rss + other.rss, self.pss + other.pss)

    @property
    def mb(self) -> float:
        """Megabytes of `rss`."""
        return self.rss * 1024 / MEGABYTE

    @property
    def told(self) -> str:
        return f"{self.mb:.0f} MB (proportional: {self.pss * 1024 / MEGABYTE:.0f})"


def resident(pid: int) -> Resident:
    """Of one process; nothing when it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return Resident()
    fields = {name: rest for name, _, rest in (line.partition(":") for line in text.splitlines())}
    return Resident(*(int(fields[name].split()[0]) for name in ("Rss", "Pss")))


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    return [pid, *(below for child in children(pid) for below in family(child))]


def together(pid: int) -> Resident:
    """Of a process and all that it started."""
    return sum((resident(one) for one in family(pid)), Resident())
