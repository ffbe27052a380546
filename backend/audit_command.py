"""`python -m backend verify --audit`: was anything of the audit trail changed since it was written?"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, NoReturn

import click

from backend.bootstrap_first import now_ms
from backend.core.audit_book import checked_chain
from backend.core.model.audit import AuditHead, ChainBreak, ChainReport
from backend.core.model.instants import iso_ms

if TYPE_CHECKING:
    from backend.bootstrap import Container

ANCHOR: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
WORDS: Final = {
    "changed": "was changed",
    "missing": "is missing",
    "added": "was never written by the program",
    "rewritten": "was written anew, with a hash that fits",
    "head": "is where the end of the chain was lost",
}


def read_anchor(text: str) -> AuditHead:
    """A row by its number and hash, as a check has told them, in groups or in one.

    Raises:
        UsageError: it is none.
    """
    found = ANCHOR.fullmatch(text.strip().lower().replace("-", ""))
    if found is None:
        raise click.UsageError("--anchor is the number of a row, a colon, and its hash of 64 digits")
    return AuditHead(int(found[1]), found[2])


def check_audit(container: Container, as_json: bool, known: Sequence[AuditHead]) -> NoReturn:
    """Check, tell, and end the program: 1 where the chain is broken."""
    try:
        report = checked_chain(container.store, now_ms, known)
    finally:
        container.engine.dispose()
    click.echo(as_document(report) if as_json else as_text(report))
    sys.exit(0 if report.intact else 1)


def as_document(report: ChainReport) -> str:
    """JSON: `{intact, checked_at, rows, last_id, hash, breaks: [{kind, first_id, last_id}], breaks_total}`."""
    return json.dumps(
        {
            "intact": report.intact,
            "checked_at": iso_ms(report.checked_ms),
            "rows": report.rows,
            "last_id": report.head.last_id,
            "hash": report.head.hash,
            "breaks": [asdict(one) for one in report.breaks],
            "breaks_total": report.found,
        },
        indent=1,
    )


def as_text(report: ChainReport) -> str:
    """One line a break, then what was checked."""
    lines = [_line(one) for one in report.breaks]
    if report.found > len(report.breaks):
        lines.append(f"... and {report.found - len(report.breaks)} more")
    found = "no break" if report.intact else f"{report.found} breaks"
    lines.append(
        f"{report.rows} rows of the audit trail, {found}; it ends with {report.head.last_id}:{report.head.hash}"
    )
    return "\n".join(lines)


def _line(one: ChainBreak) -> str:
    rows = f"row {one.first_id}" if one.first_id == one.last_id else f"one of rows {one.first_id} to {one.last_id}"
    if one.kind in ("missing", "added") and one.first_id != one.last_id:
        rows = f"each of rows {one.first_id} to {one.last_id}"
    return f"{rows} {WORDS[one.kind]}"
