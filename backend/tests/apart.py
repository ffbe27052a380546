"""Reads the files of a database that this process has open, in a process of its own.

Whoever closes a file gives up all locks that their process holds on it (fcntl): to read the file of an open database
here would let two writers at it at once.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

FILE: Final = "import pathlib, sys; sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())"
ROWS: Final = (
    "import sqlite3, sys; "
    "sys.stdout.buffer.write('\\n'.join(sqlite3.connect(sys.argv[1]).iterdump()).encode('utf-8', 'surrogatepass'))"
)


def read_apart(file: Path) -> bytes:
    """The bytes of a file."""
    return _told(FILE, file)


def rows_apart(database: Path) -> bytes:
    """Everything that is in a database, as statements."""
    return _told(ROWS, database)


def _told(script: str, file: Path) -> bytes:
    return subprocess.run([sys.executable, "-c", script, str(file)], check=True, capture_output=True).stdout
