"""How far imports are, and what each history was read for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.api.schemas.common import Answer, Instant

GapReason = Literal["not_read", "beyond_horizon", "not_readable"]


class ImportStateOut(BaseModel):
    """The import of one account by the exchange's API."""

    account_id: int
    account_name: str
    state: Literal["waiting", "running", "paused", "computing", "complete"] = Field(
        description="computing: all is read, and the past is computed from it"
    )
    reading: str = Field(description="What is read now, in words; empty while it rests", examples=["reading deposits"])
    done: int = Field(description="Steps done of what is read now; while computing, months of the past")
    total: int
    symbols_left: int = Field(description="Pairs whose trades were not asked for yet, as far as is known")
    windows_left: int = Field(description="Stretches of time of all other histories that were not asked for yet")
    seconds_left: int | None = Field(description="A forecast by the pace so far and the request limits; null: none yet")
    paused_at: Instant | None = Field(description="When it was paused (machine)")


class ImportProgressOut(Answer):
    """Every account's import."""

    items: list[ImportStateOut]


class CoverageGapOut(BaseModel):
    """A stretch of time of which nothing is known; `to` null: up to now."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant | None
    reason: GapReason


class FileCoverageOut(BaseModel):
    """A stretch that exports of the exchange tell, in whole days."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant


class SourceCoverageOut(BaseModel):
    """One history of one account."""

    account_id: int
    account_name: str
    source: str = Field(examples=["deposit", "trade", "convert", "p2p"])
    from_: Annotated[Instant | None, Field(alias="from", description="Read from here; null: never")]
    until: Instant | None
    complete: bool = Field(description="Known since the account's first event, from the exchange or from its exports")
    horizon: Instant | None = Field(description="The exchange tells nothing from before; null: no such end is known")
    gaps: list[CoverageGapOut] = Field(description="Neither read nor told by a file")
    files: list[FileCoverageOut] = Field(description="What imported exports tell of this history")
    reason: GapReason | None = Field(
        description="beyond_horizon: only a file of the exchange's can fill it; not_readable: the key may not see it"
    )


class ImportCoverageOut(Answer):
    """Every history of every account; empty before an import has begun."""

    items: list[SourceCoverageOut]
