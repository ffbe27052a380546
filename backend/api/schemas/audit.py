"""The audit trail: acts, and whether the chain of them is whole."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.api.schemas.common import AccountQuery, Environment, Instant, PageQuery
from backend.core.model.audit import BreakKind

Hash = Annotated[str, Field(description="SHA-256 in hexadecimal", examples=["9f86d081884c7d65" * 4])]


class AuditFilterQuery(AccountQuery):
    """Which acts are wanted: start <= at < end."""

    action: str | None = Field(
        default=None, max_length=60, description="One action, or a group of them: `run` is all that begin with `run.`"
    )
    actor: str | None = Field(default=None, max_length=100, examples=["user:admin"])
    q: str | None = Field(default=None, max_length=100, description="Text in action, actor, subject or details")
    from_: datetime | None = Field(default=None, alias="from", description="ISO 8601 with zone")
    to: datetime | None = Field(default=None, description="ISO 8601 with zone")


class AuditQuery(AuditFilterQuery, PageQuery):
    """A page of acts, newest first."""


class AuditExportQuery(AuditFilterQuery):
    """All acts that are wanted, as a file."""

    format: Literal["csv", "json"] = "csv"


class AuditDetailOut(BaseModel):
    """What tells an act from others; what is nested has its names joined by dots."""

    name: str
    value: str | None


class AuditEntryOut(BaseModel):
    """One act."""

    id: int
    at: Instant = Field(description="When it was done (machine)")
    actor: str = Field(description="user, user:NAME, token:NAME, command line, or program: nobody asked for it")
    origin: str = Field(description="From where: the address of the request; empty where there is none")
    action: str = Field(examples=["cashflow.update"])
    account: int | None
    account_name: str | None = Field(description="null where the act is about none, or the account is gone")
    subject: str
    details: list[AuditDetailOut]
    previous_hash: Hash
    hash: Hash


class AuditOut(BaseModel):
    """Acts of this environment and of the whole installation, newest first.

    `total`: how many the filters leave; `actions` and `actors`: all there are to filter by.
    """

    environment: Environment
    items: list[AuditEntryOut]
    next_cursor: str | None
    total: int
    actions: list[str]
    actors: list[str]


class ChainBreakOut(BaseModel):
    """Rows at which the chain is broken."""

    kind: BreakKind = Field(
        description="changed: a row is not what its hash says; missing: rows are gone; added: rows that were never "
        "written; rewritten: rows with hashes of their own that are not those written; head: the end of the chain was "
        "taken away"
    )
    first_id: int
    last_id: int


class AuditCheckOut(BaseModel):
    """What a check of all rows found; null where none was made yet."""

    environment: Environment
    checked_at: Instant | None = Field(description="(machine)")
    intact: bool | None
    rows: int | None
    last_id: int | None
    hash: Hash | None = Field(description="Of the last row: kept elsewhere, it proves the rows up to it")
    breaks: list[ChainBreakOut] = Field(description="The first hundred")
    breaks_total: int
    reason: Literal["not_checked_yet"] | None


class AuditExportRowOut(BaseModel):
    """A row as it is hashed, of a JSON file; `details` is its canonical JSON. A CSV has the same columns."""

    id: int
    at: Instant
    actor: str
    origin: str
    action: str
    environment: Environment | None = Field(description="null where the act is about the whole installation")
    account: int | None
    subject: str
    details: str
    previous_hash: Hash
    hash: Hash
