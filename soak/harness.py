"""What every run shares: cases cut into slices, each with dice of its own, remembered so that a run can go on later."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
STATE: Final = ROOT / "data" / "soak"
SHOWN_FAILURES: Final = 20


@dataclass
class Tally:
    """Counts by what happened, and a sentence for each case that broke its promise."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.failures += other.failures


@dataclass(frozen=True)
class Run:
    """One run: its name, its seed, how many cases in all and how many a slice. The same three give the same cases."""

    name: str
    seed: int
    count: int
    slice_size: int = 50_000

    def slices(self) -> list[tuple[int, int]]:
        """(number, cases) of each slice."""
        starts = range(0, self.count, self.slice_size)
        return [(number, min(self.slice_size, self.count - start)) for number, start in enumerate(starts)]

    def dice(self, number: int) -> random.Random:
        return random.Random(f"{self.name} {self.seed} {number}")


Work = Callable[[random.Random, int], Tally]


def go(run: Run, work: Work, *, state: Path | None = STATE, say: Callable[[str], None] = print) -> Tally:
    """Do the slices that are not done yet and return the tally of all.

    Args:
        work: does so many cases with the dice given.
        state: the folder that remembers finished slices; None remembers nothing. What was remembered by other code
            (another commit, or one with changes) is not trusted.
    """
    whole = Tally()
    file = None if state is None else state / f"{run.name}-{run.seed}-{run.count}-{run.slice_size}.json"
    done = _remembered(file)
    for number, cases in run.slices():
        known = done.get(str(number))
        if known is None:
            started = time.monotonic()
            tally = work(run.dice(number), cases)
            done[str(number)] = known = {"counts": dict(tally.counts), "failures": tally.failures}
            if file is not None:
                _remember(file, done)
            say(f"{run.name}: slice {number + 1} of {len(run.slices())}, {time.monotonic() - started:.0f} s")
        whole.add(Tally(Counter(known["counts"]), list(known["failures"])))
    return whole


def _remembered(file: Path | None) -> dict[str, Any]:
    if file is None or not file.is_file():
        return {}
    kept = json.loads(file.read_text("utf-8"))
    return dict(kept["slices"]) if kept.get("code") == commit() and not kept["code"].endswith("+") else {}


def _remember(file: Path, slices: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".new")
    scratch.write_text(json.dumps({"code": commit(), "slices": slices}), "utf-8")
    scratch.replace(file)


def commit() -> str:
    """The commit that is checked out, with a plus sign when code of it was changed."""
    try:
        head, changes = (
            subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
            for command in (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--", "backend", "soak"])
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown+"
    return head + ("+" if changes else "")


def report(run: Run, tally: Tally, **facts: object) -> int:
    """Print the run and what came of it; the exit code: 1 with failures, else 0."""
    lines = {"run": run.name, "commit": commit(), "seed": run.seed, "cases": run.count, **facts, **tally.counts}
    width = max(len(name) for name in lines)
    for name, value in lines.items():
        print(
            f"{name:<{width}}  {value:,}" if isinstance(value, int) and name != "seed" else f"{name:<{width}}  {value}"
        )
    print(f"{'failures':<{width}}  {len(tally.failures):,}")
    for sentence in tally.failures[:SHOWN_FAILURES]:
        print(f"  {sentence}", file=sys.stderr)
    return 1 if tally.failures else 0
