"""Turns that all processes of an installation on one machine share: a few locked files, of which each takes one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from backend.file_locks import HeldElsewhereError, hold

LOOK_EVERY_S: Final = 0.02


class SharedTurns:
    """`count` turns; the files lie in `folder`, which is made when it is needed."""

    def __init__(self, folder: Path, count: int) -> None:
        self._files = [folder / f"turn-{number}.lock" for number in range(count)]
        self._pause = threading.Event()

    @contextmanager
    def turn(self, patience_s: float) -> Iterator[bool]:
        """A turn, or False where none came free in so many seconds.

        Raises:
            OSError: the folder cannot be written, or nothing can be locked in it.
        """
        deadline = time.monotonic() + patience_s
        taken = self._free_one()
        while taken is None and time.monotonic() < deadline:
            self._pause.wait(LOOK_EVERY_S)
            taken = self._free_one()
        try:
            yield taken is not None
        finally:
            if taken is not None:
                taken.close()

    def _free_one(self) -> IO[bytes] | None:
        for file in self._files:
            try:
                return hold(file)
            except HeldElsewhereError:
                continue
        return None
