"""Ends the program in order on the first signal, and in any case soon after it."""

from __future__ import annotations

import os
import signal
import threading
from typing import Final

import structlog

log = structlog.get_logger(__name__)

# A service manager waits ten seconds before it kills. What did not end by then is as safe as after a kill: the journal
# of orders and every cursor are on disk before anything is sent.
END_S: Final = 9.0


def stop_on_signals(end_s: float = END_S) -> threading.Event:
    """The event that SIGINT or SIGTERM sets. The process is gone `end_s` seconds after it, whatever still hangs."""
    stopping = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stopping.set())

    def end() -> None:
        stopping.wait()
        threading.Event().wait(end_s)
        log.warning("Stopping took too long: left as it is, the next start goes on")
        os._exit(0)

    threading.Thread(target=end, name="shutdown", daemon=True).start()
    return stopping
