"""`python -m backend worker`: does steps of accounts that the collector hands out."""

from __future__ import annotations

import os
from typing import Final

import click
import structlog

from backend.alive import EVERY_S, SignOfLife
from backend.opening import waiting_for_steps
from backend.services.worker import PeriodicWorker
from backend.shutdown import stop_on_signals

log = structlog.get_logger(__name__)

# What a step needs to come to an end; the program is gone ten seconds after it was told to end.
STOP_S: Final = 6.0


@click.command()
def worker_command() -> None:
    """Do steps of accounts that the collector hands out (REDIS_URL, WORKERS=celery); any number may run."""
    stopping = stop_on_signals()
    container = waiting_for_steps(stopping)
    if container is None:
        os._exit(0)
    container.observing.keep_log("worker")
    sign = SignOfLife(container.settings.data_dir, name="worker")
    beat = PeriodicWorker("sign of life", sign.give, EVERY_S)
    beat.start()

    def lost(words: str) -> None:
        log.error("the worker ends", why=words)
        container.observing.stop()
        os._exit(1)

    host = container.scale.worker(container.settings.worker_threads, lost)
    host.start()
    stopping.wait()
    log.info("Stopping")
    container.exchange.stop()
    host.stop(STOP_S)
    beat.stop()
    sign.take_away()
    container.observing.stop()
    container.engine.dispose()
    # The consumer's threads are daemons: what they would still take stays queued.
    os._exit(0)
