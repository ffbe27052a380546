"""Imports of files that the user brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

# Previewed and not written yet; written; taken back.
ImportState = Literal["preview", "committed", "undone"]
# An export of the exchange: events of the ledger.
STATEMENT: Final = "statement"
# Values of the past that another program had written down.
VALUES: Final = "values"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of the lines of a file. `first_ms` and `last_ms`: the instants written, None where there are none.

    `ignored`: lines of a statement that move nothing, such as a move between own wallets.
    """

    written: int
    known: int
    refused: int
    first_ms: int | None
    last_ms: int | None
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """An event of an earlier import that a file of the same kind tells again, in so many `lines`."""

    source: str
    external_id: str
    lines: int


@dataclass(frozen=True, slots=True)
class Handover:
    """What an import that is taken back leaves to another that told it again; instants of the events."""

    import_id: int
    lines: int
    first_ms: int
    last_ms: int


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file and what was done with it; `*_machine_ms` on this machine's clock.

    `outcome` is None before it is written. `removed` and `kept`: rows that its undo took back, and left because they
    were changed by hand.
    """

    id: int
    account_id: int
    kind: str
    name: str
    state: ImportState
    created_machine_ms: int
    finished_machine_ms: int | None
    undone_machine_ms: int | None
    outcome: ImportOutcome | None
    removed: int
    kept: int
