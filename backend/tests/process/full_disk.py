"""A disk that is full at the moment that a test chooses, and has room again."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

FILLER: Final = "filler"
CHUNK: Final = 4096


class Disk(Protocol):
    """What a test fills; `leave`: so many bytes are left, about."""

    def fill(self, leave: int) -> None: ...
    def free(self) -> None: ...


class SmallDisk:
    """A file system of its own in memory, filled by a file. Only root may mount one."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / FILLER

    def fill(self, leave: int) -> None:
        with self._filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(CHUNK))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
            file.truncate(max(file.tell() - leave, 0))

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount one on a folder that is made for it."""
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Limit:
    """Stands in where nobody may mount: no file of a process may grow beyond what the largest one has, and a bit."""

    def __init__(self, folder: Path, pid: int) -> None:
        self._folder = folder
        self._pid = pid

    def fill(self, leave: int) -> None:
        largest = max(one.stat().st_size for one in self._folder.iterdir() if one.is_file() and one.suffix != ".db-shm")
        self._set(largest + leave)

    def free(self) -> None:
        self._set(resource.RLIM_INFINITY)

    def _set(self, size: int) -> None:
        hard = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (size, hard))


def own_limit(folder: Path) -> Limit:
    """Of this process."""
    return Limit(folder, os.getpid())
