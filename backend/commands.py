"""The commands beside `start`, `web` and `collector`, each imported when it is asked for.

What serves for months keeps what it has imported: these, with the exchange that is built in and `verify`, are a hundred
modules that it never calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import click

from backend.opening import opened, running

if TYPE_CHECKING:
    from backend.bootstrap import Container
    from backend.core.import_book import ImportBook


class Commands(click.Group):
    """A group that has the commands of `LATER` beside its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in LATER:
            self.add_command(LATER[cmd_name](), cmd_name)
        return super().get_command(ctx, cmd_name)


def _opened() -> Container:
    return running(False)


def _untouched() -> Container:
    return opened(False)


def _simulator() -> click.Command:
    from backend.exchange.simulator.cli import simulator_command

    return simulator_command


def _worker() -> click.Command:
    from backend.worker_command import worker_command

    return worker_command


def _import() -> click.Command:
    from backend.import_command import import_command

    def book() -> ImportBook:
        return _opened().imports

    def new_account(name: str) -> None:
        _opened().accounts.create(name, None)

    return import_command(book, new_account)


def _verify() -> click.Command:
    from backend.verify_command import verify_command

    return verify_command(_opened)


def _backtest() -> click.Command:
    from backend.backtest_command import backtest_command

    return backtest_command(_opened)


def _kill_switch() -> click.Command:
    from backend.kill_switch_command import kill_switch_command

    return kill_switch_command(_opened)


def _rotate_key() -> click.Command:
    from backend.rotate_key_command import rotate_key_command

    return rotate_key_command(_opened)


def _reset_password() -> click.Command:
    from backend.reset_password_command import reset_password_command

    return reset_password_command(_opened)


def _migrate() -> click.Command:
    from backend.migrate_command import migrate_command

    return migrate_command(_untouched)


def _backup() -> click.Command:
    from backend.backup_command import backup_command

    return backup_command(_untouched)


def _restore() -> click.Command:
    from backend.backup_command import restore_command

    return restore_command(_untouched)


def _export() -> click.Command:
    from backend.export_command import export_command

    return export_command(_untouched, _opened)


LATER: Final[Mapping[str, Callable[[], click.Command]]] = {
    "backtest": _backtest,
    "backup": _backup,
    "export": _export,
    "import": _import,
    "kill-switch": _kill_switch,
    "migrate": _migrate,
    "reset-password": _reset_password,
    "restore": _restore,
    "rotate-key": _rotate_key,
    "simulator": _simulator,
    "verify": _verify,
    "worker": _worker,
}
