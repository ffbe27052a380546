"""The web process as a WSGI application: what a gunicorn worker serves (deploy/gunicorn.conf.py).

Nothing starts at import. It reads prepared rows, holds no exchange key and never calls the exchange; the collector is a
process of its own. Threads are `threading`'s: the worker decides what they really are.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

import structlog

from backend.opening import running_without_keys
from backend.services.worker import PeriodicWorker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from backend.bootstrap import Container
    from backend.core.heavy_work import Run

log = structlog.get_logger(__name__)

WATCH_S: Final = 0.2
ENVIRONMENT_EVERY_S: Final = 2.0


def application() -> WebApplication:
    """The application of this worker, ready to serve.

    Raises:
        CannotStartError: a setting, the folder, the database or the master keys cannot be used.
    """
    container = running_without_keys()
    container.observing.keep_log("web")
    container.prepare()
    container.feed.start()
    return WebApplication(container, container.key_parts.collector_environment())


class WebApplication:
    """Answers requests, lets streams end when its worker leaves, and has the worker replaced when the environment
    changes: the collector may have been given keys, or have lost them. `told`: the environment at the start.
    """

    def __init__(self, container: Container, told: str | None) -> None:
        self._container = container
        self._answer: WSGIApplication = container.app()
        self._environment = told or container.settings.environment
        self._look = PeriodicWorker("environment", self._look_at_environment, ENVIRONMENT_EVERY_S)
        self._watch: PeriodicWorker | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(environ, start_response)

    def watch(self, serves: Callable[[], bool]) -> None:
        """Let every stream end once `serves` is false: they would hold the worker for hours."""

        def step() -> None:
            if not serves():
                self._container.feed.stop()

        self._watch = PeriodicWorker("worker", step, WATCH_S)
        self._watch.start()
        self._look.start()

    def compute_by(self, run: Run) -> None:
        """Have what would hold up a worker of green threads computed elsewhere."""
        self._container.heavy_work.run_by = run

    def close(self) -> None:
        """Write what still waits, and let go of the database; for the end of the worker."""
        for one in (self._look, self._watch):
            if one is not None:
                one.stop(WATCH_S * 2)
        self._container.feed.stop()
        self._container.close()

    def _look_at_environment(self) -> None:
        told = self._container.key_parts.collector_environment()
        if told is not None and told != self._environment and not self._container.settings.demo_mode:
            log.info("the collector works in another environment now: this worker is replaced", environment=told)
            self._environment = told
            os.kill(os.getpid(), signal.SIGTERM)
