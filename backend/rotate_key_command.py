"""`python -m backend rotate-key`: seals every stored secret with a new master key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from backend.db.sealed import SqlSealedTexts
from backend.vault.key_file import VaultError

if TYPE_CHECKING:
    from backend.bootstrap import Container


def rotate_key_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over a database of the newest schema."""

    @click.command(name="rotate-key")
    def command() -> None:
        """Seal every stored secret with a new master key; the program may run meanwhile. Exit code 1: some do not open.

        Cut off, it goes on where it was when it is run again; until it is done, the old master key opens what is left.
        With MASTER_KEY write the new key before the old one, with a comma between them, restart, and run this.
        """
        container = opened()
        try:
            done = container.key_parts.vault.rotate(SqlSealedTexts(container.engine))
            with container.store.write() as unit:
                unit.audit.record("master_key.rotate", details={"resealed": done.resealed, "lost": done.lost})
        except VaultError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        finally:
            container.engine.dispose()
        click.echo(f"{done.resealed} sealed anew, {done.dropped} old master keys dropped from the key file")
        if done.waits_for_setting and not done.lost:
            click.echo("Take all but the first key out of MASTER_KEY now")
        if done.lost:
            click.echo(f"{done.lost} do not open with the master keys that are here: enter those keys again")
        sys.exit(1 if done.lost else 0)

    return command
