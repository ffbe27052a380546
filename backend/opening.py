"""How every entry point opens the program: settings, folder, port, database, environment; and what it says then."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import structlog

from backend import logs
from backend.bootstrap_first import Beginning
from backend.config import Settings, SettingsError, load_settings, with_stored_keys
from backend.core.errors import DatabaseUnavailableError
from backend.core.redaction import remember
from backend.vault.key_file import VaultError

if TYPE_CHECKING:
    from backend.bootstrap import Container

log = structlog.get_logger(__name__)

NO_SIMULATOR_KEY: Final = "BINANCE_SIMULATOR_URL needs BINANCE_API_KEY and BINANCE_API_SECRET of one of its accounts"
# How often a worker looks whether its installation is a demo still.
DEMO_LOOK_S: Final = 30.0


class CannotStartError(click.ClickException):
    """The program cannot start; the text is the one line that the user reads, and the exit code is 2."""

    exit_code = 2


def opened(development: bool, listens: bool = False) -> Container:
    """A container on what the settings say, in a folder that can be written; its database is not touched yet.

    Raises:
        CannotStartError: a setting, the port (when it `listens`) or the folder cannot be used.
    """
    return whole(_beginning(_settings(), development, listens))


def whole(first: Beginning) -> Container:
    """All of the program that `first` is the beginning of: half a second of imports, and more on a small machine."""
    from backend.bootstrap import Container

    return Container.of(first)


def running(development: bool, listens: bool = False) -> Container:
    """The whole program of `begun`; raises as it does."""
    return whole(begun(development, listens))


def begun(development: bool, listens: bool = False) -> Beginning:
    """What a start begins with, over a database of the newest schema, in the environment of its settings and its stored
    keys.

    Raises:
        CannotStartError: as `opened`, or the database or the master keys cannot be used.
    """
    container = _beginning(_settings(), development, listens)
    _ready(container)
    settings = container.settings
    if settings.demo_mode or settings.accounts or settings.without_key:
        return container
    if container.key_parts.any_stored():
        return _instead(container, with_stored_keys)
    if settings.environment != "demo":
        container.engine.dispose()
        raise CannotStartError(NO_SIMULATOR_KEY)
    return container


def running_without_keys(listens: bool = False) -> Container:
    """The same for a web process: it lets go of every key, and is in the environment that the collector works in.

    Keys may be given to the collector alone, so what the collector told last counts more than this process' settings.

    Raises:
        CannotStartError: as `running`.
    """
    settings = _settings()
    given = settings.environment
    container = _beginning(_keyless(settings, given), False, listens)
    _ready(container)
    if settings.demo_mode:
        return whole(container)
    told = container.key_parts.collector_environment()
    stored = given == "demo" and container.key_parts.any_stored()
    wanted = told or (settings.real_environment if stored else given)
    if (wanted == "demo") == (container.settings.environment == "demo"):
        return whole(container)
    return whole(_instead(container, lambda found: _keyless(found, wanted)))


def waiting_for_steps(until: threading.Event) -> Container | None:
    """A worker's: without keys in the settings, on the accounts whose keys are stored; None: told to end meanwhile.

    In the demo there is nothing to do for it, so it waits until the collector works in another environment.

    Raises:
        CannotStartError: as `running`, or REDIS_URL is not set.
    """
    container = running_without_keys()
    if not container.settings.redis_url:
        raise CannotStartError("A worker needs REDIS_URL: it is told through Redis what to do")
    told = container.settings.environment
    while told == "demo":
        log.info("In the demo the collector reads by itself: this worker waits")
        if until.wait(DEMO_LOOK_S):
            return None
        container.engine.dispose()
        container = running_without_keys()
        told = container.settings.environment
    return replace(container, reads_only=True)


def migrate(container: Beginning, backup: bool = True) -> None:
    """Bring the database to the newest schema; `backup`: of one that is older, before.

    Raises:
        CannotStartError: it cannot be opened, or a newer version made it.
    """
    try:
        container.migrate(backup)
    except DatabaseUnavailableError as error:
        container.engine.dispose()  # takes the files beside the database away again
        raise CannotStartError(str(error)) from None
    except Exception as error:  # whatever the engine raises, the user needs one line
        container.engine.dispose()
        log.debug("migration failed", exc_info=error)
        words = f"The database cannot be opened: {type(error).__name__}. Check DATABASE_URL and the file's permissions"
        raise CannotStartError(words) from None


def greet(container: Beginning) -> None:
    """Say where the program answers, and by which code its first visitor gets in."""
    settings = container.settings
    host = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host
    click.echo(f"\n  Portfolio ({settings.environment}) on http://{host}:{settings.port}\n")
    sessions = container.sessions
    if sessions.required() and not sessions.has_password():
        # On the terminal and not by the log: what logs keep must not let anybody in.
        code = container.auth.passwords.set_up_code()
        click.echo(f"  No password is set yet: open the page and set one. Set-up code: {code}\n")


def set_first_password(container: Beginning) -> None:
    """Set the password of ADMIN_PASSWORD where none is set."""
    given = container.settings.admin_password
    if not given:
        return
    if container.auth.passwords.set_first(given):
        log.info("The password of ADMIN_PASSWORD is set: take it out of the settings")
    else:
        log.info("ADMIN_PASSWORD is not read any more: a password is set")


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        raise CannotStartError(str(error)) from None


def _keyless(settings: Settings, environment: str) -> Settings:
    """The settings without keys, in the demo or in the environment that they are for."""
    real = environment != "demo" and not settings.demo_mode
    return replace(settings, api_key="", api_secret="", accounts=(), without_key=real)


def _beginning(settings: Settings, development: bool, listens: bool) -> Beginning:
    remember(*settings.secrets)
    logs.configure(settings.log_level)
    logs.catch_the_rest()
    if listens:
        # Before the folder is made: a start that is refused leaves nothing behind.
        _check_port(settings)
    _check_folder(settings.data_dir)
    return Beginning(settings, development)


def _ready(container: Beginning) -> None:
    migrate(container)
    try:
        container.key_parts.vault.check()
    except VaultError as error:
        raise CannotStartError(str(error)) from None


def _instead(container: Beginning, changed: Callable[[Settings], Settings]) -> Beginning:
    """The same container with other settings."""
    container.engine.dispose()
    try:
        return Beginning(changed(container.settings), container.development)
    except SettingsError as error:
        raise CannotStartError(str(error)) from None


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-test-{os.getpid()}"
        probe.write_text("", encoding="ascii")
        probe.unlink()
    except OSError as error:
        words = f"The folder {folder} cannot be written ({error.strerror}): change its permissions or DATA_DIR"
        raise CannotStartError(words) from None


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host.strip("[]"), settings.port))
        except OSError as error:
            raise CannotStartError(_why_not(settings, error)) from None


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use: stop the other program or set PORT in .env"
    if error.errno == errno.EACCES:
        return f"Port {settings.port} may not be used by this user: set PORT in .env to 1024 or more"
    return f"HOST={settings.host} cannot be listened on ({error.strerror})"
