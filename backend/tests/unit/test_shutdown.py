"""The program is gone soon after it was asked to end, whatever hangs in it."""

from __future__ import annotations

import subprocess
import sys

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
