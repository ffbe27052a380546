"""Becomes gunicorn: the master that follows holds nothing of the program, each worker opens it for itself (wsgi.py)."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NoReturn

from backend.config import PROJECT_ROOT, Settings
from backend.opening import CannotStartError, greet

if TYPE_CHECKING:
    from backend.bootstrap import Container

CONFIGURATION: Final = PROJECT_ROOT / "deploy" / "gunicorn.conf.py"
NOT_HERE: Final = "gunicorn runs on Linux and macOS: start `python -m backend web` without --gunicorn"


def serve_under_gunicorn(container: Container) -> NoReturn:
    """Say where the program answers, and let gunicorn take this process.

    Raises:
        CannotStartError: this system has no gunicorn.
    """
    if os.name != "posix":
        raise CannotStartError(NOT_HERE)
    greet(container)
    # The workers must know the code that was printed.
    os.environ["SET_UP_CODE"] = container.auth.passwords.set_up_code()
    settings = container.settings
    container.engine.dispose()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments(settings)])


def arguments(settings: Settings) -> list[str]:
    """What Python is started with."""
    host = f"[{settings.host.strip('[]')}]" if ":" in settings.host else settings.host
    return [
        "-m",
        "gunicorn",
        f"--config={CONFIGURATION}",
        f"--bind={host}:{settings.port}",
        f"--worker-class={settings.web_worker}",
        f"--workers={settings.web_workers}",
    ]
