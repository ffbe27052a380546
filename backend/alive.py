"""A collector's sign of life, for whoever restarts programs: `python -m backend.alive FOLDER` is 0 while there is one
(FOLDER worker: of a worker).

Imports the standard library alone: it is asked twice a minute, and must not cost what a start of the program costs.
"""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path
from typing import Final

EVERY_S: Final = 5.0
# A machine that is busy or was asleep is not dead at once.
LONGEST_S: Final = 60.0
FOLDER: Final = "run"


class SignOfLife:
    """A file of this machine's (container's) collector or worker in the data folder, touched while its threads run."""

    def __init__(self, data_dir: Path, host: str | None = None, name: str = "collector") -> None:
        self.file = data_dir / FOLDER / f"{name}-{host or socket.gethostname()}.alive"

    def give(self) -> None:
        """Say that the collector runs.

        Raises:
            OSError: the folder cannot be written.
        """
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch()

    def take_away(self) -> None:
        """Say that it ended."""
        self.file.unlink(missing_ok=True)

    def seen(self, now_s: float) -> bool:
        """Whether it ran within the last minute; `now_s`: this machine's clock, in seconds since the epoch."""
        try:
            return now_s - self.file.stat().st_mtime <= LONGEST_S
        except OSError:
            return False


if __name__ == "__main__":
    sys.exit(0 if SignOfLife(Path(sys.argv[1]), None, *sys.argv[2:3]).seen(time.time()) else 1)
