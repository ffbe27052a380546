"""The program is gone soon after it was asked to end, whatever hangs in it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

HANGS = """
import os, signal, sys, threading
from backend.shutdown import stop_on_signals
stopping = stop_on_signals(0.01)
os.kill(os.getpid(), signal.SIGTERM)
stopping.wait()
print("asked to end", flush=True)
threading.Event().wait()
"""


def test_what_hangs_after_a_signal_does_not_keep_the_process() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "asked to end" in ended.stdout
    assert "took too long" in ended.stdout + ended.stderr


# A main thread that no signal can wake is what one is that was about to wait when the signal came.
DEAF = """
import os, signal, sys, threading
from backend.shutdown import stop_on_signals
stopping = stop_on_signals(20)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
main, module = threading.main_thread().ident, sys._getframe()
waiting = threading.Event.wait.__code__, threading.Condition.wait.__code__

def waits(frame):
    return frame.f_back and (frame.f_back.f_code, frame.f_code) == waiting and frame.f_back.f_back is module

def kill():
    while not waits(sys._current_frames()[main]):
        os.sched_yield()
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=kill, daemon=True).start()
stopping.wait()
print("asked to end", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals come to threads on POSIX only")
def test_a_signal_is_heard_while_the_main_thread_waits_without_end() -> None:
    ended = subprocess.run([sys.executable, "-c", DEAF], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "asked to end"), ended.stderr
