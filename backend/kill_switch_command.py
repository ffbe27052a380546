"""`python -m backend kill-switch on|off|status`: stops all sending of orders, also where no page answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backend.bootstrap import Container


def kill_switch_command(opened: Callable[[], Container]) -> click.Command:
    """The command; `opened` gives the services over a database of the newest schema."""

    @click.command(name="kill-switch")
    @click.argument("action", type=click.Choice(["on", "off", "status"]))
    def command(action: str) -> None:
        """Stop the sending of orders, let it go on, or say how it stands: exit code 1 while it is stopped.

        A file named KILL_SWITCH in the data folder does the same without this program; `off` takes it away too.
        """
        container = opened()
        file = container.kill_switch_file
        try:
            if action == "off":
                file.unlink(missing_ok=True)
            view = {"on": container.kill_switch.throw, "off": container.kill_switch.lift}.get(
                action, container.kill_switch.view
            )()
        except OSError as error:
            click.echo(f"Error: {file} cannot be taken away ({error.strerror})", err=True)
            sys.exit(2)
        finally:
            container.engine.dispose()
        by = ", ".join(
            name
            for name, holds in (("the switch", view.state.by_switch_ms is not None), (str(file), view.state.by_file))
            if holds
        )
        click.echo(f"No order is sent: {by}" if view.state.on else "Orders may be sent")
        if view.in_flight:
            click.echo(f"{view.in_flight} on their way: what became of them is looked for when the collector runs")
        sys.exit(1 if view.state.on and action == "status" else 0)

    return command
