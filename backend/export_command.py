"""`python -m backend export FILE`: all data as CSV and JSON in one ZIP."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backend.core.acting import COMMAND_LINE, acting_as
from backend.core.errors import DomainError

if TYPE_CHECKING:
    from backend.bootstrap import Container


def export_command(untouched: Callable[[], Container], opened: Callable[[], Container]) -> click.Command:
    """The command.

    Args:
        untouched: gives the services over the database as it is, of whatever schema, or none at all.
        opened: gives them over the one of the newest schema, in the environment that the program works in.
    """

    @click.command(name="export")
    @click.argument("file", type=click.Path(path_type=Path))
    def command(file: Path) -> None:
        """Write every list of the program into FILE, a new ZIP: each as CSV and as JSON, and manifest.json.

        It is of one moment, also while the program runs. There are no keys, passwords or other secrets in it.
        """
        target = file.absolute()
        try:
            _looked_at(untouched(), target)
            container = opened()
            try:
                with acting_as(COMMAND_LINE):
                    facts = container.backups.data_export.save(target)
            finally:
                container.engine.dispose()
        except DomainError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        click.echo(file)
        click.echo(f"{facts.lists} lists, {facts.rows} rows, {facts.size_bytes} bytes", err=True)

    return command


def _looked_at(container: Container, target: Path) -> None:
    """Refuse before anything is opened, and so made or upgraded."""
    try:
        container.backups.lists.check(target)
    finally:
        container.engine.dispose()
