"""Ends the program in order on the first signal, and in any case soon after it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from typing import Final

# The simulator ends by this, too, and has nothing else of structlog.
log = logging.getLogger(__name__)

# A service manager waits ten seconds before it kills. What did not end by then is as safe as after a kill: the journal
# of orders and every cursor are on disk before anything is sent.
END_S: Final = 9.0


def stop_on_signals(end_s: float = END_S) -> threading.Event:
    """The event that SIGINT or SIGTERM sets. The process is gone `end_s` seconds after it, whatever still hangs.

    A handler in Python runs only when the main thread comes to its next instruction. A signal that arrives just before
    that thread begins to wait would lie there for ever, and one that arrives inside `Event.wait` could not set the
    event that is being waited for. So the interpreter writes the signal's number into a socket, and a thread reads it.
    """
    stopping = threading.Event()
    heard, told = socket.socketpair()
    told.setblocking(False)
    numbers = {int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)}
    for number in numbers:
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)

    def end() -> None:
        with heard, told:  # held here, for the interpreter keeps the number of the socket only
            while not numbers & set(heard.recv(64)):
                pass
            stopping.set()
            threading.Event().wait(end_s)
            log.warning("Stopping took too long: left as it is, the next start goes on")
            os._exit(0)

    threading.Thread(target=end, name="shutdown", daemon=True).start()
    return stopping
