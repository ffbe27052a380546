"""One simulator per data folder: a lock that the system lets go of when the process dies."""

from pathlib import Path
from typing import IO, Final

from backend.file_locks import HeldElsewhereError, hold

LOCK_NAME: Final = "lock"


class FolderInUse(OSError):
    """Another process works in the folder."""


def claim(folder: Path) -> IO[bytes]:
    """Take the folder for this process; it stays taken while the returned file is open.

    Raises:
        FolderInUse: another simulator has it.
        OSError: it cannot be written, or nothing can be locked in it.
    """
    try:
        return hold(folder / LOCK_NAME)
    except HeldElsewhereError as error:
        raise FolderInUse(f"{folder}: another simulator works in this folder") from error
