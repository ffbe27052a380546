"""One simulator per data folder: a lock that the system lets go of when the process dies."""

import sys
from pathlib import Path
from typing import IO, Final

LOCK_NAME: Final = "lock"


class FolderInUse(OSError):
    """Another process works in the folder."""


def claim(folder: Path) -> IO[bytes]:
    """Take the folder for this process; it stays taken while the returned file is open.

    Raises:
        FolderInUse: another simulator has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / LOCK_NAME).open("ab")
    try:
        _lock(stream)
    except OSError as error:
        stream.close()
        raise FolderInUse(f"{folder}: another simulator works in this folder") from error
    return stream


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
