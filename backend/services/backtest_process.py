"""A process of its own that computes backtests, so that nobody waits for them.

Run as `python -m backend.services.backtest_process`. Standard input brings the inputs, then one rule after the other;
each is answered on standard output. It ends with its input, also where whoever started it was killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO, Final

from backend.core.rebalancing.backtest import follow
from backend.core.rebalancing.backtest_figures import figures

# Everything else on the machine goes first.
NICE: Final = 10


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Read `BacktestInputs`, then `(Rule, points)` again and again; write the figures of each."""
    inputs = pickle.load(asked)
    while True:
        try:
            rule, points = pickle.load(asked)
        except EOFError:
            return
        found = figures(inputs, follow(inputs, rule), points)
        pickle.dump(found, answers)
        answers.flush()


if __name__ == "__main__":
    # Ctrl-C in the terminal is for the program that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)
    serve(sys.stdin.buffer, sys.stdout.buffer)
