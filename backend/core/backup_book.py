"""BackupBook: makes backups, says which there are, and takes those away that are not kept."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.core.errors import BackupRefusedError, DatabaseUnavailableError
from backend.core.model.backups import BackupReason, BackupRules, Stock, StoredBackup, superfluous
from backend.core.model.instants import HOUR_MS

if TYPE_CHECKING:
    from backend.core.backup_ports import BackupShelf
    from backend.core.ports import Store

# When a scheduled backup was begun last, by whatever process.
BEGUN: Final = "backup.begun"
# One that failed, or was cut off, is tried again after this long.
RETRY_MS: Final = HOUR_MS


@dataclass(frozen=True, slots=True)
class BackupsView:
    """The backups, where they lie, and the rules for them. `next_ms`: when the next is due; None: never by itself."""

    stock: Stock
    folder: Path
    rules: BackupRules
    next_ms: int | None


class BackupBook:
    """Backups of one installation. `now_ms` is this machine's clock."""

    def __init__(self, store: Store, shelf: BackupShelf, rules: BackupRules, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._shelf = shelf
        self._rules = rules
        self._now_ms = now_ms
        self._making = threading.Lock()

    def view(self) -> BackupsView:
        """What there is."""
        stock = self._shelf.stock()
        return BackupsView(stock, self._shelf.folder, self._rules, self._next_ms(stock))

    def make(
        self, reason: BackupReason = "manual", folder: Path | None = None, epoch: int | None = None
    ) -> StoredBackup:
        """Make a backup, write the act down, and take away what is not kept any more.

        Args:
            folder: another place for it, in which nothing is taken away.
            epoch: of the collector that makes it; None: somebody asked for it.

        Raises:
            BackupRefusedError: one is being made.
            BackupFailedError: none was made.
        """
        if not self._making.acquire(blocking=False):
            raise BackupRefusedError("A backup is being made: wait until it is done")
        try:
            made = self._shelf.make(reason, folder)
            # A database that cannot be written is the one that needs its backup most.
            with contextlib.suppress(DatabaseUnavailableError):
                self.record(made, epoch)
            if folder is None:
                for name in superfluous(self._shelf.stock().backups, self._rules):
                    self._shelf.remove(name)
        finally:
            self._making.release()
        return made

    def make_if_due(self, epoch: int) -> StoredBackup | None:
        """Make the scheduled backup if it is time for it and none before us has begun it.

        Args:
            epoch: of the collector that leads.

        Raises:
            BackupRefusedError, BackupFailedError: as `make`.
            LeaseLostError: another one leads. What was made by then stays, and no entry of the audit trail tells of it.
        """
        next_ms = self._next_ms(self._shelf.stock())
        now = self._now_ms()
        if next_ms is None or now < next_ms or not self._begin(now, epoch):
            return None
        return self.make("scheduled", epoch=epoch)

    def record(self, made: StoredBackup, epoch: int | None = None) -> None:
        """Write down that a backup was made."""
        manifest = made.manifest
        details = {
            "reason": manifest.reason,
            "size_bytes": made.size_bytes,
            "schema": manifest.schema,
            "sha256": manifest.sha256,
        }
        with self._store.write(epoch) as unit:
            unit.audit.record("backup.make", subject=made.name, details=details)

    def _next_ms(self, stock: Stock) -> int | None:
        if not self._rules.interval_ms:
            return None
        made = [one.manifest.made_ms for one in stock.backups if one.manifest.reason == "scheduled"]
        # A clock that was set back must not put backups off until it has caught up.
        newest = max((at_ms for at_ms in made if at_ms <= self._now_ms()), default=None)
        return self._now_ms() if newest is None else newest + self._rules.interval_ms

    def _begin(self, now: int, epoch: int) -> bool:
        """Whether nobody before us has begun it of late."""
        with self._store.write(epoch) as unit:
            stored = unit.settings.get(BEGUN)
            begun = 0 if stored is None else int(stored)
            if begun <= now < begun + min(RETRY_MS, self._rules.interval_ms):
                return False
            unit.settings.set(BEGUN, str(now))
        return True
