"""What keeps backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.backups import BackupReason, Stock, StoredBackup


class BackupShelf(Protocol):
    """A folder of backups of one database."""

    @property
    def folder(self) -> Path: ...

    def make(self, reason: BackupReason, folder: Path | None = None) -> StoredBackup:
        """Make a backup and read it back; into another folder where one is given.

        Raises:
            BackupFailedError: none was made: no room, no right to write, a database that cannot be read.
        """

    def stock(self) -> Stock:
        """What is there."""

    def remove(self, name: str) -> None:
        """Take one away; it may be gone."""
