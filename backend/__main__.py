"""The command line: `python -m backend start`."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import click
import structlog

from backend import __version__, early_stop, logs  # noqa: F401  # early_stop acts by being imported
from backend.api.shapes.proof import written
from backend.backtest_command import backtest_command
from backend.backup_command import backup_command, restore_command
from backend.bootstrap import Container
from backend.config import Settings, SettingsError, load_settings, with_stored_keys
from backend.core.acting import COMMAND_LINE, acting_as
from backend.core.errors import DatabaseUnavailableError
from backend.core.import_book import ImportBook
from backend.core.redaction import remember
from backend.exchange.simulator.cli import simulator_command
from backend.import_command import import_command
from backend.kill_switch_command import kill_switch_command
from backend.openapi import DOCUMENT, document, is_current
from backend.reset_password_command import reset_password_command
from backend.rotate_key_command import rotate_key_command
from backend.shutdown import stop_on_signals
from backend.vault.key_file import VaultError
from backend.verify_command import verify_command
from backend.web_server import make_server

log = structlog.get_logger(__name__)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Binance Portfolio Manager: what you own, what it is worth, and how well you really did."""
    click.get_current_context().with_resource(acting_as(COMMAND_LINE))


main.add_command(simulator_command, "simulator")


@main.command()
@click.option("--development", is_flag=True, help="Let the development server on port 5173 call the API.")
def start(development: bool) -> None:
    """Serve the dashboard and read the exchange, in one process."""
    container = _running(development, listens=True)
    _set_first_password(container)
    container.observing.keep_log("portfolio")
    stopping = stop_on_signals()
    feed, exchange = container.feed, container.exchange
    server = _bound_server(container)
    feed.start()
    threading.Thread(target=server.run, name="web", daemon=True).start()
    exchange.start()
    collector, keeper, backups = container.collector(), container.audit_keeper(), container.backups.keeper()
    collector.start()
    keeper.start()
    backups.start()
    _greet(container)
    stopping.wait()
    log.info("Stopping")
    collector.stop_runs()
    exchange.stop()
    collector.stop()
    keeper.stop()
    backups.stop()
    feed.stop()
    server.close()
    # Request threads that stream events are daemons of the pool; the process ends without waiting for them.
    _leave(container)


@main.command()
def collector() -> None:
    """Read the exchange without serving pages."""
    container = _running(False)
    container.observing.keep_log("collector")
    stopping = stop_on_signals()
    container.exchange.start()
    worker, keeper, backups = container.collector(), container.audit_keeper(), container.backups.keeper()
    worker.start()
    keeper.start()
    backups.start()
    stopping.wait()
    worker.stop_runs()
    container.exchange.stop()
    worker.stop()
    keeper.stop()
    backups.stop()
    _leave(container)


@main.command()
def web() -> None:
    """Serve the dashboard without reading the exchange."""
    container = _running(False, listens=True)
    _set_first_password(container)
    container.observing.keep_log("web")
    stopping = stop_on_signals()
    server = _bound_server(container)
    container.feed.start()
    threading.Thread(target=server.run, name="web", daemon=True).start()
    _greet(container)
    stopping.wait()
    container.feed.stop()
    server.close()
    _leave(container)


@main.command()
@click.option("--without-backup", is_flag=True, help="Make no backup of an older database before.")
def migrate(without_backup: bool) -> None:
    """Bring the database to the newest schema; one that is older is backed up before."""
    _migrate(_container(False), backup=not without_backup)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The answer of GET /api/imports/certificate, compared anew.")
def certificate(as_json: bool) -> None:
    """Compare the stored ledger, replayed, with the stored balances: exit code 1 when a coin differs or none could be
    compared. Asks no exchange.
    """
    container = _container(False)
    _migrate(container)
    view = container.proofs.compared_anew(None)
    click.echo(written(view, as_json))
    container.engine.dispose()
    sys.exit(0 if view.complete else 1)


def _opened() -> Container:
    return _running(False)


def _imports() -> ImportBook:
    return _opened().imports


def _new_account(name: str) -> None:
    _opened().accounts.create(name, None)


main.add_command(import_command(_imports, _new_account))
main.add_command(verify_command(_opened))
main.add_command(backtest_command(_opened))
main.add_command(kill_switch_command(_opened))
main.add_command(rotate_key_command(_opened))
main.add_command(reset_password_command(_opened))
main.add_command(backup_command(lambda: _container(False)))
main.add_command(restore_command(lambda: _container(False)))


@main.command()
@click.option("--check", is_flag=True, help="Only compare: exit code 1 when the committed document is out of date.")
def openapi(check: bool) -> None:
    """Write docs/openapi.json from the code."""
    if not check:
        DOCUMENT.write_text(document(), encoding="utf-8")
    elif not is_current():
        click.echo("docs/openapi.json is out of date: run `make openapi`", err=True)
        sys.exit(1)


def _running(development: bool, listens: bool = False) -> Container:
    """A container over a database of the newest schema, in the environment of its settings and its stored keys."""
    container = _container(development, listens)
    _migrate(container)
    try:
        container.key_parts.vault.check()
        settings = container.settings
        if settings.environment == "demo" and not settings.demo_mode and container.key_parts.any_stored():
            container.engine.dispose()
            return Container(with_stored_keys(settings), development)
    except (VaultError, SettingsError) as error:
        _refuse(str(error))
    return container


def _container(development: bool, listens: bool = False) -> Container:
    try:
        settings = load_settings()
    except SettingsError as error:
        _refuse(str(error))
    remember(*settings.secrets)
    logs.configure(settings.log_level)
    logs.catch_the_rest()
    if listens:
        # Before the folder is made: a start that is refused leaves nothing behind.
        _check_port(settings)
    _check_folder(settings.data_dir)
    return Container(settings, development)


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-test-{os.getpid()}"
        probe.write_text("", encoding="ascii")
        probe.unlink()
    except OSError as error:
        _refuse(f"The folder {folder} cannot be written ({error.strerror}): change its permissions or DATA_DIR")


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host.strip("[]"), settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                _refuse(f"Port {settings.port} is in use: stop the other program or set PORT in .env")
            if error.errno == errno.EACCES:
                _refuse(f"Port {settings.port} may not be used by this user: set PORT in .env to 1024 or more")
            _refuse(f"HOST={settings.host} cannot be listened on ({error.strerror})")


def _bound_server(container: Container) -> Any:
    container.prepare()
    try:
        return make_server(container.app(), container.settings.host, container.settings.port)
    except OSError as error:
        _refuse(f"Port {container.settings.port} cannot be listened on ({error.strerror})")


def _migrate(container: Container, backup: bool = True) -> None:
    try:
        container.migrate(backup)
    except DatabaseUnavailableError as error:
        container.engine.dispose()  # takes the files beside the database away again
        _refuse(str(error))
    except Exception as error:  # whatever the engine raises, the user needs one line
        container.engine.dispose()
        log.debug("migration failed", exc_info=error)
        _refuse(f"The database cannot be opened: {type(error).__name__}. Check DATABASE_URL and the file's permissions")


def _greet(container: Container) -> None:
    settings = container.settings
    host = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host
    click.echo(f"\n  Portfolio ({settings.environment}) on http://{host}:{settings.port}\n")
    auth = container.auth
    if not auth.sessions.has_password() and auth.sessions.required():
        # On the terminal and not by the log: what logs keep must not let anybody in.
        click.echo(
            f"  No password is set yet: open the page and set one. Set-up code: {auth.passwords.set_up_code()}\n"
        )


def _set_first_password(container: Container) -> None:
    given = container.settings.admin_password
    if not given:
        return
    if container.auth.passwords.set_first(given):
        log.info("The password of ADMIN_PASSWORD is set: take it out of the settings")
    else:
        log.info("ADMIN_PASSWORD is not read any more: a password is set")


def _refuse(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(2)


def _leave(container: Container) -> NoReturn:
    container.observing.stop()
    container.engine.dispose()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
