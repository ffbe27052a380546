"""Backups of the database: what is in one, and which of them are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from backend.core.model.instants import HOUR_MS

# scheduled: by itself; manual: a person or a program asked; before_upgrade: before an older database was changed.
BackupReason = Literal["scheduled", "manual", "before_upgrade"]
DatabaseKind = Literal["sqlite", "postgresql"]
REASONS: Final[frozenset[str]] = frozenset(get_args(BackupReason))
KINDS: Final[frozenset[str]] = frozenset(get_args(DatabaseKind))
# An upgrade that went wrong is noticed within the next few.
KEPT_UPGRADES: Final = 3


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What a backup says of itself. `made_ms`: this machine's clock; `schema`: the revision of its tables.

    `database`: which engine it was made on; a backup is put back on either.

    `size_bytes` and `sha256` are of the database inside; `rows`: rows by table.
    """

    made_ms: int
    program: str
    database: DatabaseKind
    schema: str
    reason: BackupReason
    size_bytes: int
    sha256: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """A file that holds a backup. `size_bytes`: of the file, compressed."""

    name: str
    size_bytes: int
    manifest: BackupManifest


@dataclass(frozen=True, slots=True)
class Stock:
    """All backups of a folder, the newest first, and names of files there that look like one and cannot be read."""

    backups: Sequence[StoredBackup]
    unreadable: Sequence[str]


@dataclass(frozen=True, slots=True)
class BackupRules:
    """When backups are made and which are kept. `interval_ms` 0: none by itself.

    `days`, `weeks`: of so many days and weeks (UTC, Mondays) that have a scheduled backup, the newest one is kept.
    """

    interval_ms: int
    days: int
    weeks: int


def superfluous(stored: Sequence[StoredBackup], rules: BackupRules) -> list[str]:
    """Names of the backups that the rules do not keep. Those that somebody asked for are never among them."""
    newest_first = sorted(stored, key=lambda one: (one.manifest.made_ms, one.name), reverse=True)
    scheduled = [one for one in newest_first if one.manifest.reason == "scheduled"]
    kept = {one.name for one in scheduled[:1]}
    for most, period in ((rules.days, _day), (rules.weeks, _week)):
        newest: dict[tuple[int, ...], str] = {}
        for one in scheduled:
            newest.setdefault(period(one.manifest.made_ms), one.name)
        kept.update(list(newest.values())[:most])
    # Within the last hours each is kept: whoever asks for a backup an hour wants to go back an hour.
    since_ms = scheduled[0].manifest.made_ms - 24 * HOUR_MS if scheduled else 0
    kept.update(one.name for one in scheduled if one.manifest.made_ms > since_ms)
    upgrades = [one for one in newest_first if one.manifest.reason == "before_upgrade"]
    return [one.name for one in scheduled if one.name not in kept] + [one.name for one in upgrades[KEPT_UPGRADES:]]


def _day(at_ms: int) -> tuple[int, ...]:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return at.year, at.month, at.day


def _week(at_ms: int) -> tuple[int, ...]:
    return tuple(datetime.fromtimestamp(at_ms / 1000, UTC).isocalendar()[:2])
