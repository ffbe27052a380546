"""What the first answer of a process costs: `python -m bench.new_process URL PATH BODY_FILE` prints seconds.

The program is imported and its application made, as at its start; nothing was asked of it and no row was read. Beside
it stands a constant answer of a bare Flask application in the same process, the median of some calls.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from backend.db.engine import make_engine
from bench.constant_app import constant_app
from bench.history import application, asking
from bench.quiet import be_quiet

CALLS = 30


def main(url: str, path: str, body_file: str) -> None:
    """Print the seconds of the first answer, and of a constant one."""
    first = asking(application(make_engine(url)), path)
    constant = asking(constant_app(Path(body_file).read_bytes()).test_client(), "/constant")
    # The yardstick first: what Flask itself does once for a process is no part of the chart.
    steady = [_seconds(constant) for _ in range(CALLS)]
    print(_seconds(first), median(steady))


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    be_quiet()
    main(*sys.argv[1:])
