"""Looks at processes from outside: which exist, and whose children they are. Reads /proc, so Linux only."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc, which Linux alone has")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not collected yet does not."""
    return _state_and_parent(pid)[0] not in ("", "Z")


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    found = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [one for one in found if alive(one) and _state_and_parent(one)[1] == pid]


def stands_still(pid: int) -> bool:
    """Whether every thread of a process that was sent SIGSTOP has stopped; where /proc is not, nobody can tell."""
    threads = Path(f"/proc/{pid}/task")
    return not threads.is_dir() or all(_told(one / "stat")[0] in ("T", "t", "") for one in threads.iterdir())


def _state_and_parent(pid: int) -> tuple[str, int]:
    return _told(Path(f"/proc/{pid}/stat"))


def _told(stat: Path) -> tuple[str, int]:
    try:
        text = stat.read_text("utf-8", "replace")
    except OSError:
        return "", 0
    # The name stands in brackets and may hold anything: what counts comes after the last one.
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[1])
