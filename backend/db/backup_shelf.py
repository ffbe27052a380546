"""A folder of backups: made under another name, read back, and only then called a backup."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from backend import __version__
from backend.core.errors import BackupFailedError, BackupRefusedError
from backend.core.heavy_work import Run, on_the_spot
from backend.core.model.backups import BackupManifest, BackupReason, DatabaseKind, Stock, StoredBackup
from backend.db.backup_archive import MEMBER, check, manifest_of, pack, sha256_of

if TYPE_CHECKING:
    from backend.db.sqlite_copy import CopyFacts

NAME: Final = re.compile(r"portfolio-\d{8}T\d{6}Z(-\d+)?\.zip")
MAKING: Final = ".making-"
# What a program that was ended while it made one left behind.
LEFT_BEHIND_S: Final = 3600.0
# So much stays free beside a backup or an export: the database itself must be able to grow.
RESERVE_BYTES: Final = 32 * 1024 * 1024


class DatabaseCopy(Protocol):
    """Takes consistent copies of one database."""

    @property
    def kind(self) -> DatabaseKind: ...
    def size_bytes(self) -> int: ...
    def take(self, target: Path) -> CopyFacts: ...


def free_bytes(folder: Path) -> int:
    """What is free on the disk of a folder."""
    return shutil.disk_usage(folder).free


class FolderShelf:
    """Backups of one database.

    Args:
        now_ms: this machine's clock.
        free: bytes free on the disk of a folder.
        run: computes what no other request is to wait for.
    """

    def __init__(
        self,
        folder: Path,
        copy: DatabaseCopy,
        now_ms: Callable[[], int],
        free: Callable[[Path], int] = free_bytes,
        run: Run = on_the_spot,
    ) -> None:
        self.folder = folder
        self._copy = copy
        self._now_ms = now_ms
        self._free = free
        self._run = run

    def make(self, reason: BackupReason, folder: Path | None = None) -> StoredBackup:
        target = self.folder if folder is None else folder
        try:
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
            remove_left_behind(target, MAKING)
            self._refuse_without_room(target)
            with tempfile.TemporaryDirectory(prefix=MAKING, dir=target, ignore_cleanup_errors=True) as place:
                return self._made(reason, target, Path(place))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise BackupFailedError(f"The disk of {target} is full: no backup was made") from error
            raise BackupFailedError(f"No backup was made in {target}: {error.strerror or error}") from error

    def stock(self) -> Stock:
        found: list[StoredBackup] = []
        unreadable: list[str] = []
        try:
            names = sorted(one.name for one in os.scandir(self.folder) if NAME.fullmatch(one.name))
        except OSError:
            names = []
        for name in names:
            file = self.folder / name
            try:
                found.append(StoredBackup(name, file.stat().st_size, manifest_of(file)))
            except (BackupRefusedError, OSError):
                unreadable.append(name)
        found.sort(key=lambda one: (one.manifest.made_ms, one.name), reverse=True)
        return Stock(found, unreadable)

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / name).unlink(missing_ok=True)

    def _made(self, reason: BackupReason, target: Path, place: Path) -> StoredBackup:
        made_ms = self._now_ms()
        raw, packed = place / MEMBER, place / "backup.zip"
        facts = self._copy.take(raw)
        manifest = BackupManifest(
            made_ms=made_ms,
            program=__version__,
            database=self._copy.kind,
            schema=facts.schema,
            reason=reason,
            size_bytes=raw.stat().st_size,
            sha256=self._run(partial(sha256_of, raw)),
            rows=facts.rows,
        )
        self._run(partial(pack, raw, manifest, packed))
        packed.chmod(0o600)
        try:
            self._run(partial(check, packed))
        except BackupRefusedError as error:
            raise BackupFailedError(f"What was written to {target} did not come back: look at that disk") from error
        name = _name(target, made_ms)
        os.replace(packed, target / name)
        sync_folder(target)
        return StoredBackup(name, (target / name).stat().st_size, manifest)

    def _refuse_without_room(self, target: Path) -> None:
        """The copy, and what it is compressed to, lie there for a moment."""
        needed = 2 * self._copy.size_bytes() + RESERVE_BYTES
        free = self._free(target)
        if free < needed:
            raise BackupFailedError(
                f"The disk of {target} is too full for a backup: {needed // 1_000_000} MB are needed, "
                f"{free // 1_000_000} MB are free"
            )


def remove_left_behind(folder: Path, prefix: str) -> None:
    """Take away what a program that was ended left in a folder; what is younger may still be worked on."""
    for one in folder.glob(f"{prefix}*"):
        if time.time() - one.stat().st_mtime > LEFT_BEHIND_S:
            shutil.rmtree(one, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder; where folders cannot be opened (Windows) it does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(target: Path, made_ms: int) -> str:
    """After the second it was made in; a second one of that second has a number."""
    stem = f"portfolio-{datetime.fromtimestamp(made_ms / 1000, UTC):%Y%m%dT%H%M%SZ}"
    name, number = f"{stem}.zip", 2
    while (target / name).exists():
        name, number = f"{stem}-{number}.zip", number + 1
    return name
