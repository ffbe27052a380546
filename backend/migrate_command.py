"""`python -m backend migrate`: the newest schema; with `--from` all rows of another database, too."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from backend.bootstrap_backups import take_over
from backend.bootstrap_first import now_ms
from backend.core.errors import DomainError
from backend.lease_owner import owner_is_gone
from backend.opening import migrate

if TYPE_CHECKING:
    from backend.bootstrap import Container


def migrate_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over the database as it is, of whatever schema."""

    @click.command(name="migrate")
    @click.option("--without-backup", is_flag=True, help="Make no backup of an older database before.")
    @click.option("--from", "source", metavar="URL", help="Copy everything from there: sqlite:///portfolio.db")
    @click.option("--force", is_flag=True, help="With --from: also while the program runs on that database.")
    def command(without_backup: bool, source: str | None, force: bool) -> None:
        """Bring the database to the newest schema; one that is older is backed up before.

        With --from, DATABASE_URL names an empty PostgreSQL database. Every row of every table is copied, read back and
        compared; the database that is copied stays as it is. Do not start the program on it again: both would trade.
        """
        container = opened()
        if source is None:
            migrate(container, backup=not without_backup)
            return
        # Its copy of the database is cleared away then, too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            taken = take_over(container.settings, now_ms, owner_is_gone).take(source, force)
        except DomainError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        for table in taken:
            click.echo(f"{table.sha256[:16]}  {table.rows:>9}  {table.name}")
        rows = sum(table.rows for table in taken)
        click.echo(f"{rows} rows of {len(taken)} tables copied; read back, each table has the hash that it had")
        click.echo("Start the program with this DATABASE_URL now, and never again on the database it came from")

    return command
