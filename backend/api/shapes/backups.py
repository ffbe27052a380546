"""Answers about backups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant

if TYPE_CHECKING:
    from backend.core.backup_book import BackupsView
    from backend.core.model.backups import StoredBackup


def backups(environment: str, view: BackupsView) -> dict[str, Any]:
    return {
        "environment": environment,
        "items": [backup(one) for one in view.stock.backups],
        "unreadable": list(view.stock.unreadable),
        "folder": str(view.folder),
        "interval_seconds": view.rules.interval_ms // 1000,
        "keep_days": view.rules.days,
        "keep_weeks": view.rules.weeks,
        "next_at": instant(view.next_ms),
    }


def backup(one: StoredBackup) -> dict[str, Any]:
    manifest = one.manifest
    return {
        "name": one.name,
        "made_at": instant(manifest.made_ms),
        "reason": manifest.reason,
        "size_bytes": one.size_bytes,
        "database_bytes": manifest.size_bytes,
        "rows": sum(manifest.rows.values()),
        "schema": manifest.schema,
        "program": manifest.program,
        "sha256": manifest.sha256,
    }
