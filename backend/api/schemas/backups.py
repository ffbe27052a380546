"""Backups of the database."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from backend.api.schemas.common import Environment, Instant
from backend.core.model.backups import BackupReason

Bytes = Annotated[int, Field(ge=0, description="Bytes")]


class BackupOut(BaseModel):
    """A backup; it was read back and found whole when it was made."""

    name: str = Field(examples=["portfolio-20261120T030000Z.zip"])
    made_at: Instant = Field(description="(machine)")
    reason: BackupReason = Field(
        description="scheduled: by itself; manual: somebody asked; before_upgrade: before an older database was changed"
    )
    size_bytes: Bytes = Field(description="Of the file, compressed")
    database_bytes: Bytes
    rows: int = Field(description="Rows of all tables")
    db_schema: str = Field(alias="schema", description="The revision of its tables", examples=["0046"])
    program: str = Field(description="The version of the program that made it")
    sha256: str = Field(description="Of the database inside", examples=["9f86d081884c7d65" * 4])


class BackupsOut(BaseModel):
    """All backups in the folder, the newest first, and the rules for them.

    Scheduled ones are taken away when the rules keep them no longer; the others stay.
    """

    environment: Environment
    items: list[BackupOut]
    unreadable: list[str] = Field(description="Names of files in the folder that should be backups and are not whole")
    folder: str
    interval_seconds: int = Field(ge=0, description="Between two scheduled backups; 0: none is made by itself")
    keep_days: int = Field(description="Days of which the newest scheduled backup is kept")
    keep_weeks: int = Field(description="Weeks of which the newest scheduled backup is kept")
    next_at: Instant | None = Field(description="When the next is due (machine); null: none is made by itself")
