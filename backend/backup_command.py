"""`python -m backend backup` and `restore`: the database into a file, and a file into its place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.bootstrap_backups import restorer
from backend.bootstrap_backups import without_damaged_log as leave_log_out
from backend.bootstrap_first import now_ms
from backend.core.acting import COMMAND_LINE, acting_as
from backend.core.errors import DomainError
from backend.core.model.instants import iso_ms
from backend.lease_owner import owner_is_gone

if TYPE_CHECKING:
    from backend.bootstrap import Container


def backup_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over the database as it is, of whatever schema."""

    @click.command(name="backup")
    @click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Another folder for it.")
    def command(folder: Path | None) -> None:
        """Make a backup of the database, also while the program runs; say its file.

        The master key (secret.key in the data folder, or MASTER_KEY) is not in it: keep that elsewhere.
        """
        container = opened()
        try:
            with acting_as(COMMAND_LINE):
                made = container.backups.book.make("manual", folder)
        except DomainError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        finally:
            container.engine.dispose()
        manifest = made.manifest
        click.echo((folder or container.settings.backup_dir) / made.name)
        rows = sum(manifest.rows.values())
        click.echo(f"{rows} rows, schema {manifest.schema}, {made.size_bytes} bytes, read back and whole", err=True)

    return command


def restore_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the settings, with no database opened."""

    @click.command(name="restore")
    @click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--without-damaged-log", is_flag=True, help="In place of FILE: go on without what was written last.")
    @click.option("--force", is_flag=True, help="Also while the program runs: start it anew afterwards.")
    def command(file: Path | None, without_damaged_log: bool, force: bool) -> None:
        """Put a backup in the place of the database, which stays beside it as .before-restore.

        A file that is damaged, cut off, foreign or of a newer version is refused, and nothing is changed. What was
        under way when the backup was made does not go on: runs are stopped, accounts disarmed, sessions ended.

        --without-damaged-log does the same with what can be read of a database whose log (portfolio.db-wal) is damaged.
        """
        if (file is None) != without_damaged_log:
            raise click.UsageError("Name the file of a backup, or say --without-damaged-log")
        settings = opened().settings
        try:
            with acting_as(COMMAND_LINE):
                if file is not None:
                    done = restorer(settings, now_ms, owner_is_gone).restore(file, force)
                else:
                    done = leave_log_out(settings, now_ms, owner_is_gone, force)
        except DomainError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        made = "the last moment that can be read" if done.made_ms is None else iso_ms(done.made_ms)
        click.echo(f"Restored: the database of {made}, schema {done.schema}; start the program now")
        if done.kept is not None:
            click.echo(f"The database that was there is kept as {done.kept}")
        if done.runs_stopped:
            click.echo(f"{done.runs_stopped} runs were under way then and send nothing more: see Rebalance")

    return command
