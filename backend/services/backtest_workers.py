"""Backtests on as many processes as there are cores to spare, answered as they come."""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.core.errors import DomainError
from backend.core.rebalancing.backtest_figures import BacktestFigures

if TYPE_CHECKING:
    from backend.core.rebalancing.backtest_inputs import BacktestInputs, Rule

ROOT: Final = Path(__file__).resolve().parents[2]
MOST_PROCESSES: Final = 2
LOOK_S: Final = 0.2
Answer = tuple[int, BacktestFigures]


class BacktestStoppedError(DomainError):
    """A process that computed ended before its answer."""

    code = "backtest-process-ended"


def computed(
    inputs: BacktestInputs,
    asked: Sequence[tuple[int, Rule, int]],
    goes_on: Callable[[], bool] = lambda: True,
    processes: int = MOST_PROCESSES,
) -> Iterator[Answer]:
    """The figures of rules, as they are ready.

    Args:
        asked: number, rule and how many points of its line.
        goes_on: asked several times a second; False ends it without the rest.

    Raises:
        BacktestStoppedError: a process died.
    """
    waiting: queue.SimpleQueue[tuple[int, Rule, int]] = queue.SimpleQueue()
    for one in asked:
        waiting.put(one)
    answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
    workers = [_Worker(inputs, waiting, answers) for _ in range(min(processes, len(asked)))]
    left = len(asked)
    try:
        for worker in workers:
            worker.start()
        while left and goes_on():
            try:
                answer = answers.get(timeout=LOOK_S)
            except queue.Empty:
                continue
            if answer is None:
                raise BacktestStoppedError("A process that computes backtests ended: start the backtest again")
            left -= 1
            yield answer
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """One process, and the thread that feeds it."""

    def __init__(
        self,
        inputs: BacktestInputs,
        waiting: queue.SimpleQueue[tuple[int, Rule, int]],
        answers: queue.SimpleQueue[Answer | None],
    ) -> None:
        self._inputs = inputs
        self._waiting = waiting
        self._answers = answers
        self._process = subprocess.Popen(
            [sys.executable, "-m", "backend.services.backtest_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._feed, name="backtest", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the process, whatever it computes."""
        self._process.kill()
        self._process.wait()
        if self._thread.ident is not None:
            self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent is not wanted
                if stream is not None:
                    stream.close()

    def _feed(self) -> None:
        try:
            self._send(self._inputs)
            while True:
                number, rule, points = self._waiting.get_nowait()
                self._send((rule, points))
                assert self._process.stdout is not None
                # Written by the same program, over a pipe that nobody else holds.
                self._answers.put((number, pickle.load(self._process.stdout)))
        except queue.Empty:
            return
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            self._answers.put(None)

    def _send(self, value: object) -> None:
        assert self._process.stdin is not None
        pickle.dump(value, self._process.stdin)
        self._process.stdin.flush()
