"""gunicorn ends a worker that gives no sign of life for a minute: one that is still importing gives signs."""

from __future__ import annotations

import os
import runpy
import signal
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Final

import pytest

from backend.tests.process.harness import wait_for
from backend.under_gunicorn import CONFIGURATION

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn runs on Linux and macOS")

LONG_S: Final = 300.0
LONG_AGO_S: Final = 1_000.0


@pytest.fixture
def configuration() -> Iterator[dict[str, Any]]:
    found = runpy.run_path(str(CONFIGURATION))
    before = signal.getsignal(signal.SIGALRM)
    yield found
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def worker() -> Iterator[Any]:
    """A worker as its master knows it: by the file that it touches."""
    from gunicorn.workers.workertmp import WorkerTmp

    kept = WorkerTmp(SimpleNamespace(worker_tmp_dir=None, umask=0, uid=os.geteuid(), gid=os.getegid()))
    application = SimpleNamespace(watch=lambda serves: None)
    made = SimpleNamespace(tmp=kept, notify=kept.notify, aborted=False, alive=True, wsgi=application)
    made.cfg = SimpleNamespace(worker_class_str="gthread")
    yield made
    kept.close()


def is_ended(worker: Any, timeout_s: float) -> bool:
    """Whether gunicorn's master would end the worker now."""
    from gunicorn.arbiter import Arbiter

    ended: list[int] = []
    master = SimpleNamespace(timeout=timeout_s, WORKERS={1: worker}, log=SimpleNamespace(critical=lambda *_: None))
    master.kill_worker = lambda pid, _signal: ended.append(pid)
    Arbiter.murder_workers(master)
    return bool(ended)


def silent(worker: Any) -> None:
    """Its last sign of life was long ago."""
    long_ago = time.monotonic() - LONG_AGO_S
    os.utime(worker.tmp.fileno(), (long_ago, long_ago))


def test_a_worker_that_is_still_importing_is_not_ended(configuration: dict[str, Any], worker: Any) -> None:
    silent(worker)
    assert is_ended(worker, configuration["timeout"])
    worker.aborted = False
    assert configuration["BEAT_S"] < configuration["timeout"] / 4
    configuration["post_fork"].__globals__["BEAT_S"] = 0.01
    configuration["post_fork"](None, worker)
    wait_for(lambda: not is_ended(worker, configuration["timeout"]), "a sign of life while it imports", LONG_S)


def test_one_that_serves_gives_its_own(configuration: dict[str, Any], worker: Any) -> None:
    configuration["post_fork"](None, worker)
    assert signal.getitimer(signal.ITIMER_REAL)[1] == configuration["BEAT_S"]
    configuration["post_worker_init"](worker)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    silent(worker)
    assert is_ended(worker, configuration["timeout"])


def test_what_gunicorn_sets_in_a_worker_leaves_the_timer_alone() -> None:
    """Its hook is called before the worker takes its signals and imports the application."""
    from gunicorn.workers.base import Worker

    assert signal.SIGALRM not in Worker.SIGNALS
