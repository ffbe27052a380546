"""Answers about the program's log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from backend.api.schemas.common import MAX_ID, AccountQuery, Environment, Instant
from backend.core.model.log_lines import Component, Level

REQUEST_ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$"


class LinesFilter(AccountQuery):
    """Which lines are wanted."""

    level: Level = Field(default="debug", description="This level and graver ones")
    component: Component | None = Field(default=None, description="Who wrote it")
    request_id: str | None = Field(
        default=None,
        pattern=REQUEST_ID_PATTERN,
        description="Lines written for the request whose answer carried this id",
    )


class LinesQuery(LinesFilter):
    """A page of lines: the newest, those before an id, or those that came after one."""

    limit: int = Field(default=100, ge=1, le=1000)
    before: int | None = Field(default=None, ge=1, le=MAX_ID, description="Only lines with a smaller id")
    after: int | None = Field(
        default=None, ge=0, le=MAX_ID, description="Only lines with a greater id, to follow the log"
    )


class LineFieldOut(BaseModel):
    """A further field of a line, as text."""

    name: str
    value: str


class LineOut(BaseModel):
    """One line of the program's log. Secrets were taken out of it before it was written."""

    id: int
    at: Instant = Field(description="When it was written (machine)")
    level: Level
    component: Component
    event: str
    request_id: str | None = Field(description="The request it was written for")
    account: int | None
    duration_ms: float | None
    fields: list[LineFieldOut]


class LinesOut(BaseModel):
    """Lines, newest first. Thirty days are kept, a million lines at most."""

    environment: Environment
    source: Literal["database", "memory"] = Field(
        description="memory: the database cannot be read; the last lines of this process, under ids of their own"
    )
    items: list[LineOut]
    newest_id: int | None = Field(description="Ask `after` it for the lines that come next; null: ask for the newest")
    next_before: int | None = Field(description="Ask `before` it for older lines; null: there are none")
    dropped: int = Field(description="Lines since the start that were too many to be stored")
