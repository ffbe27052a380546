"""The append-only ledger file: one JSON line for each acknowledged step, on disk before the answer goes out.

A step may hold several records; they stand on one line, so that a kill leaves all of them or none. A last line torn
by a kill was never acknowledged and is cut off at the next start.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from backend.exchange.simulator.folder import claim
from backend.exchange.simulator.records import LedgerFormatError, Record, decode, encode

LEDGER_NAME: Final = "ledger.jsonl"


class Journal:
    """Reads the ledger once at start, then appends. Not thread-safe: the exchange's lock guards it."""

    def __init__(self, folder: Path) -> None:
        self._claim = claim(folder)
        self._file = folder / LEDGER_NAME
        self.steps = self._read()
        self._stream = self._file.open("ab")
        self._size = self._file.stat().st_size

    def _read(self) -> list[list[Record]]:
        if not self._file.exists():
            return []
        content = self._file.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(self._file, whole)
        steps = []
        for number, line in enumerate(content[:whole].splitlines(), 1):
            try:
                steps.append([decode(data) for data in json.loads(line)])
            except (ValueError, TypeError) as error:
                raise LedgerFormatError(f"{self._file}, line {number}: {error}") from error
        return steps

    def append(self, records: Sequence[Record]) -> None:
        """Write one step and wait until the disk has it; a step that failed leaves no trace."""
        line = json.dumps([encode(record) for record in records], separators=(",", ":")).encode() + b"\n"
        try:
            self._stream.write(line)
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError:
            os.truncate(self._file, self._size)
            raise
        self._size += len(line)

    def close(self) -> None:
        self._stream.close()
        self._claim.close()
