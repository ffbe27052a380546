"""The command line: `start`, and what serves or collects alone."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import click
import structlog

from backend import __version__
from backend.alive import EVERY_S, SignOfLife
from backend.commands import Commands
from backend.core.acting import COMMAND_LINE, acting_as
from backend.growth import Growth
from backend.opening import (
    CannotStartError,
    begun,
    greet,
    opened,
    running,
    running_without_keys,
    set_first_password,
)
from backend.opening import migrate as bring_up_to_date
from backend.services.worker import PeriodicWorker
from backend.shutdown import stop_on_signals
from backend.under_gunicorn import serve_under_gunicorn
from backend.web_server import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from backend.bootstrap_first import Beginning

log = structlog.get_logger(__name__)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Binance Portfolio Manager: what you own, what it is worth, and how well you really did."""
    click.get_current_context().with_resource(acting_as(COMMAND_LINE))


@main.command()
@click.option("--development", is_flag=True, help="Let the development server on port 5173 call the API.")
def start(development: bool) -> None:
    """Serve the dashboard and read the exchange, in one process."""
    first = begun(development, listens=True)
    set_first_password(first)
    first.observing.keep_log("portfolio")
    stopping, feed = stop_on_signals(), first.feed
    growth = Growth(first)
    server = _bound_server(first, growth.application)
    feed.start()
    threading.Thread(target=server.run, name="web", daemon=True).start()
    greet(first)
    container = growth.whole(stopping)
    if container is None:
        _leave(first)
    exchange = container.exchange
    exchange.start()
    collector, keeper = container.collector(), container.audit_keeper()
    collector.start()
    keeper.start()
    stopping.wait()
    log.info("Stopping")
    collector.stop_runs()
    exchange.stop()
    collector.stop()
    keeper.stop()
    feed.stop()
    server.close()
    # Request threads that stream events are daemons of the pool; the process ends without waiting for them.
    _leave(container)


@main.command()
def collector() -> None:
    """Read the exchange without serving pages."""
    container = running(False)
    container.observing.keep_log("collector")
    stopping = stop_on_signals()
    container.key_parts.tell_environment()
    container.exchange.start()
    worker, keeper = container.collector(), container.audit_keeper()
    worker.start()
    keeper.start()
    sign = SignOfLife(container.settings.data_dir)
    beat = PeriodicWorker("sign of life", sign.give, EVERY_S)
    beat.start()
    stopping.wait()
    beat.stop()
    sign.take_away()
    worker.stop_runs()
    container.exchange.stop()
    worker.stop()
    keeper.stop()
    _leave(container)


@main.command()
@click.option("--gunicorn", is_flag=True, help="Serve by gunicorn, with deploy/gunicorn.conf.py (not on Windows).")
def web(gunicorn: bool) -> None:
    """Serve the dashboard without reading the exchange, and without keeping a key in memory."""
    container = running_without_keys(listens=True)
    set_first_password(container)
    if gunicorn:
        serve_under_gunicorn(container)
    container.observing.keep_log("web")
    stopping = stop_on_signals()
    container.prepare()
    server = _bound_server(container, container.app())
    container.feed.start()
    threading.Thread(target=server.run, name="web", daemon=True).start()
    greet(container)
    stopping.wait()
    container.feed.stop()
    server.close()
    _leave(container)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The answer of GET /api/imports/certificate, compared anew.")
def certificate(as_json: bool) -> None:
    """Compare the stored ledger, replayed, with the stored balances: exit code 1 when a coin differs or none could be
    compared. Asks no exchange.
    """
    from backend.api.shapes.proof import written

    container = opened(False)
    bring_up_to_date(container)
    view = container.proofs.compared_anew(None)
    click.echo(written(view, as_json))
    container.engine.dispose()
    sys.exit(0 if view.complete else 1)


@main.command()
@click.option("--check", is_flag=True, help="Only compare: exit code 1 when the committed document is out of date.")
def openapi(check: bool) -> None:
    """Write docs/openapi.json from the code."""
    # Nobody who serves needs it.
    from backend.openapi import DOCUMENT, document, is_current

    if not check:
        DOCUMENT.write_text(document(), encoding="utf-8")
    elif not is_current():
        click.echo("docs/openapi.json is out of date: run `make openapi`", err=True)
        sys.exit(1)


def _bound_server(container: Beginning, application: WSGIApplication) -> Any:
    try:
        return make_server(application, container.settings.host, container.settings.port)
    except OSError as error:
        words = f"Port {container.settings.port} cannot be listened on ({error.strerror})"
        raise CannotStartError(words) from None


def _leave(container: Beginning) -> NoReturn:
    container.close()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
