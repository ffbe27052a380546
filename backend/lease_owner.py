"""Which process holds the lease, and whether it still runs."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Final

# Every owner that this very process has been.
OWN: Final = set[str]()


def lease_owner() -> str:
    """Names this process: machine, process id, and a token, since ids are used again."""
    owner = f"{socket.gethostname()}|{os.getpid()}|{secrets.token_hex(4)}"
    OWN.add(owner)
    return owner


def owner_is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that runs no more: a killed program need not be waited out."""
    host, _, rest = owner.partition("|")
    pid = rest.partition("|")[0]
    if host != socket.gethostname() or not pid.isdigit() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        # A container that is started again gives the program its old id: whoever had it before has ended.
        return owner not in OWN
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
