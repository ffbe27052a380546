"""`python -m backend verify`: does every stored figure follow from the raw rows?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from backend.audit_command import check_audit, read_anchor
from backend.core.errors import NotFoundError
from backend.core.model.instants import iso_ms
from backend.verify.run import verify

if TYPE_CHECKING:
    from backend.bootstrap import Container
    from backend.verify.differences import Difference, Report


def verify_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over a database of the newest schema."""

    @click.command(name="verify")
    @click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
    @click.option("--account", help="One account by its name; left out: all of the environment.")
    @click.option("--audit", "of_audit", is_flag=True, help="Check the chain of the audit trail, and nothing else.")
    @click.option("--anchor", metavar="ID:HASH", help="With --audit: a row as it was told before, to be found again.")
    def command(as_json: bool, account: str | None, of_audit: bool, anchor: str | None) -> None:
        """Recompute every stored figure from the raw rows and name those that differ: exit code 1 if any does.

        Asks no exchange and writes nothing; progress goes to stderr.
        """
        if of_audit and account is not None:
            raise click.UsageError("--audit goes without --account: there is one trail for all")
        if anchor is not None and not of_audit:
            raise click.UsageError("--anchor goes with --audit")
        known = () if anchor is None else (read_anchor(anchor),)
        container = opened()
        if of_audit:
            check_audit(container, as_json, known)
        settings = container.settings
        try:
            report = verify(
                container.store,
                settings.environment,
                settings.reporting_currency,
                account,
                lambda line: click.echo(line, err=True),
                settings.snapshot_interval_s,
            )
        except NotFoundError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        finally:
            container.engine.dispose()
        click.echo(as_document(report) if as_json else as_text(report))
        sys.exit(1 if report.found else 0)

    return command


def as_document(report: Report) -> str:
    """JSON: `{compared: {table: figures}, differences: [...], differences_total, skipped: [...]}`."""
    return json.dumps(
        {
            "compared": dict(report.compared),
            "differences_total": report.found,
            "differences": [
                asdict(one) | {"at": None if one.at_ms is None else iso_ms(one.at_ms)} for one in report.differences
            ],
            "skipped": report.skipped,
        },
        indent=1,
    )


def as_text(report: Report) -> str:
    """One line a difference, then what was compared."""
    lines = [_line(one) for one in report.differences]
    if report.found > len(report.differences):
        lines.append(f"... and {report.found - len(report.differences)} more")
    lines += [f"not verified: {one}" for one in report.skipped]
    counted = ", ".join(f"{table} {count}" for table, count in sorted(report.compared.items()))
    lines.append(
        f"{report.found} differences in {sum(report.compared.values())} figures ({counted or 'nothing stored'})"
    )
    return "\n".join(lines)


def _line(one: Difference) -> str:
    row = " ".join(str(part) for part in (one.id, one.key) if part not in (None, ""))
    at = "" if one.at_ms is None else f" at {iso_ms(one.at_ms)}"
    return (
        f"{one.table} {row} (account {one.account}{at}): {one.figure} is {one.stored}, its rows give {one.recomputed}"
    )
