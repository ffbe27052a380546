"""An export of all data: what one is, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What was written: so many lists, rows of all of them together, and bytes of the file."""

    lists: int
    rows: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class TakenExport:
    """An export in a file without a name, which is gone when it is closed; it stands at its beginning."""

    name: str
    content: IO[bytes]
    facts: ExportFacts


def export_name(made_ms: int) -> str:
    """What the file is called, after the second it was made in."""
    return f"portfolio-export-{datetime.fromtimestamp(made_ms / 1000, UTC):%Y%m%dT%H%M%SZ}.zip"
