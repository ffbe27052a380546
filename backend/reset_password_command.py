"""`python -m backend reset-password`: for who has the machine and no longer the password."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from backend.core.acting import COMMAND_LINE, acting_as
from backend.core.errors import DomainError

if TYPE_CHECKING:
    from backend.bootstrap import Container


def reset_password_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over a database of the newest schema."""

    @click.command(name="reset-password")
    @click.option("--without-second-factor", is_flag=True, help="Turn the second factor off, too.")
    def command(without_second_factor: bool) -> None:
        """Set another password of the user admin, sign everybody out, and let go of all waits.

        The password is asked for; where the input is no terminal its first line is taken.
        """
        if sys.stdin.isatty():
            password = click.prompt("New password", hide_input=True, confirmation_prompt="Repeat it")
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        container = opened()
        try:
            with acting_as(COMMAND_LINE):
                ended = container.auth.passwords.reset(password, without_second_factor)
        except DomainError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)
        finally:
            container.engine.dispose()
        click.echo(f"The password is set; sessions ended: {ended}")

    return command
