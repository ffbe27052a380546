"""Which process holds the lease, and whether it still runs."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from typing import Final

# Every owner that this very process has been.
OWN: Final = set[str]()
IDS: Final = "/proc/self/ns/pid"


def lease_owner() -> str:
    """Names this process: machine, process id, whose ids it is one of, and a token, since ids are used again."""
    owner = f"{socket.gethostname()}|{os.getpid()}|{_whose_ids()}|{secrets.token_hex(4)}"
    OWN.add(owner)
    return owner


def owner_is_gone(owner: str) -> bool:
    """Whether the owner was a process beside this one that runs no more: a killed program need not be waited out.

    Containers may share the name of their machine, and each counts its processes from one: two that took each other
    for gone would take the lease from each other without end. So of another container nobody knows.
    """
    host, pid, ids = (*owner.split("|"), "", "")[:3]
    if (host, ids) != (socket.gethostname(), _whose_ids()) or not pid.isdigit() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        return owner not in OWN
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _whose_ids() -> str:
    """Who counts the processes here: the machine, or a container. Empty where the system does not say."""
    with suppress(OSError):
        return os.readlink(IDS)
    return ""
