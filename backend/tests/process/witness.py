"""Imported first by a collector under test: the database learns who writes, so that its triggers can tell.

OWN_MACHINE names the machine that it believes to run on; LEASE_MS is a shorter lease, for tests that cannot wait.
BLIND=1 takes away the check of the lease inside writes: what the triggers then see shows that they can see.
"""

from __future__ import annotations

import os
import socket
from typing import Any, Final

from sqlalchemy import Engine, event

from backend import bootstrap
from backend.db import unit_of_work
from backend.services import collector

OWN_MACHINE: Final = os.environ["OWN_MACHINE"]
LEASE_MS: Final = int(os.environ["LEASE_MS"])
RENEWALS: Final = 4


WRITER: Final = f"{OWN_MACHINE}|{os.getpid()}|"
# What a server calls whoever connects.
os.environ["PGAPPNAME"] = WRITER


@event.listens_for(Engine, "connect")
def _tell(connection: Any, _record: Any) -> None:
    if hasattr(connection, "create_function"):
        connection.create_function("writer", 0, lambda: WRITER)


socket.gethostname = lambda: OWN_MACHINE
if LEASE_MS:
    bootstrap.LEASE_MS = LEASE_MS
    collector.LEASE_EVERY_S = LEASE_MS / 1000 / RENEWALS  # type: ignore[misc]
if os.environ["BLIND"] == "1":
    unit_of_work.holds_lease = lambda *_: True  # type: ignore[attr-defined]
