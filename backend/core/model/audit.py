"""Rows of the audit trail, and what a check of its chain found. Instants are this machine's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

# What the first row follows.
GENESIS: Final = "0" * 64
# So many places are told in short.
MOST_PLACES: Final = 5

# changed: a row is not what its hash says. missing: rows are gone. added: a row that the chain never had.
# rewritten: rows are whole, but not those that were written. head: what names the last row is gone or another.
BreakKind = Literal["changed", "missing", "added", "rewritten", "head"]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `details`: canonical JSON. `environment`: None where it is about the whole installation.

    `hash`: of everything else, the hash of the row before included.
    """

    id: int
    at_ms: int
    actor: str
    origin: str
    action: str
    environment: str | None
    account_id: int | None
    subject: str
    details: str
    previous_hash: str
    hash: str


# Digits of a hash that are read at a glance.
HASH_GROUP: Final = 16


@dataclass(frozen=True, slots=True)
class AuditHead:
    """A row of the chain by its number and hash; as the head it is the last one (0: there is none yet)."""

    last_id: int
    hash: str

    @property
    def anchor(self) -> str:
        """`ID:HASH` to be kept somewhere else, the hash in groups: a log shows nothing that looks like a key."""
        groups = (self.hash[start : start + HASH_GROUP] for start in range(0, len(self.hash), HASH_GROUP))
        return f"{self.last_id}:{'-'.join(groups)}"


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """Where the chain is broken: the rows from the first number to the last, both included."""

    kind: BreakKind
    first_id: int
    last_id: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check found. `breaks`: the first ones of `found`; `head`: the last row there is."""

    checked_ms: int
    rows: int
    head: AuditHead
    breaks: Sequence[ChainBreak]
    found: int

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return self.found == 0

    @property
    def places(self) -> Sequence[str]:
        """The first breaks in short, as the log and alerts tell them: `changed 5-7`."""
        return [f"{one.kind} {one.first_id}-{one.last_id}" for one in self.breaks[:MOST_PLACES]]

    def is_news_after(self, before: ChainReport | None) -> bool:
        """Whether it is broken, and otherwise than the check before had found; None: there was none."""
        return not self.intact and (before is None or (before.found, before.breaks) != (self.found, self.breaks))


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows are wanted; None: whichever. `action`: one, or all that begin with it and a dot.

    `text`: anywhere in action, actor, subject or details. Instants: start <= at < end.
    """

    action: str | None = None
    actor: str | None = None
    account_id: int | None = None
    text: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
