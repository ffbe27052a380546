"""Files that one process at a time holds. The system lets go of a lock when its process dies: none is left behind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO


class HeldElsewhereError(OSError):
    """Another process holds the file, or this one does already."""


def hold(file: Path) -> IO[bytes]:
    """Take the file, made with its folder where it is not there; it is held while what is returned is open.

    Raises:
        HeldElsewhereError: somebody else has it.
        OSError: it cannot be opened, or nothing can be locked where it lies.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    stream = file.open("ab")
    try:
        _lock(stream)
    except (BlockingIOError, PermissionError) as error:
        stream.close()
        raise HeldElsewhereError(f"{file}: held by another process") from error
    except OSError:
        stream.close()
        raise
    return stream


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
