"""The collector's side of workers: hands a step or a backtest out by Celery and waits for what came of it.

Beside each message there is a key that says how far the step is: `queued`, then `begun` by whoever took it first, kept
alive while it works. A key that is gone says that nobody does the step: its worker died or froze, or Redis forgot.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import redis
import structlog

from backend.core.worker_ports import HandOutLost, NoWorkers
from backend.scale_out import places
from backend.scale_out.celery_app import STEP, URGENT, USUAL, make_app, messages, queue_of
from backend.scale_out.link import RedisDown, RedisLink, named

if TYPE_CHECKING:
    from backend.core.model.steps import Handed

log = structlog.get_logger(__name__)

QUEUED: Final = "queued"
BEGUN: Final = "begun"
# How long a step that nobody has begun outlives who waits for it; it is said anew with each look.
QUEUED_S: Final = 30
# How long a step may wait for its worker's first thread that is free.
QUEUED_MOST_S: Final = 3600.0
# How often it is looked whether its message still is somewhere, and how often it is not before it is given up.
NOWHERE_S: Final = 5.0
MISSED: Final = 2
# Of one that was handed out before that long nothing is waited for any more.
FORGOTTEN_S: Final = 7200.0
# What a worker is to read may wait so long for it.
KEPT_S: Final = 600
LOOK_S: Final = 1.0
WAITING: Final = named("handed-out")


class _Lost:
    """Whether the message of a step that nobody began is nowhere: an answer of Redis that got lost takes it along."""

    def __init__(self) -> None:
        self._look_s = time.monotonic() + NOWHERE_S
        self._missed = 0

    def seen(self, client: redis.Redis, number: str, place: int) -> bool:
        """Look now and then; between a queue and who takes it out a message is nowhere for a moment, so two looks."""
        if time.monotonic() >= self._look_s:
            self._look_s = time.monotonic() + NOWHERE_S
            there = any(number in text for text in messages(client, place))
            self._missed = 0 if there else self._missed + 1
        return self._missed >= MISSED


class CeleryHands:
    """Thread-safe: each thread that waits has a connection of its own."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._app = make_app(link.url)
        self._places: dict[int, str] = {}
        self._places_s = float("-inf")
        self._lock = threading.Lock()

    def do(self, step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        """Hand a step out and wait for its outcome.

        Raises:
            NoWorkers: there is nobody, or Redis does not answer.
            HandOutLost: nobody does it any more.
        """
        number = secrets.token_hex(8)
        try:
            with self._link.asked() as client:
                found = self._workers(client)
                if not found:
                    raise NoWorkers
                place = places.place_of(step.whose, found)
                worker = place, found[place]
                client.set(state_key(number), QUEUED, ex=QUEUED_S)
                now = now_s(client)
                client.zremrangebyscore(WAITING, "-inf", now - FORGOTTEN_S)
                client.zadd(WAITING, {number: now})
                self._send(number, step, place)
        except RedisDown:
            raise NoWorkers from None
        try:
            return self._wait(number, worker, go_on)
        except RedisDown:
            # It may be under way all the same: the next turn of the account keeps its worker from writing.
            raise HandOutLost from None
        finally:
            self._tidy(number)

    def _send(self, number: str, step: Handed, place: int) -> None:
        priority = URGENT if step.urgent else USUAL
        try:
            self._app.send_task(
                STEP,
                args=[number, step.written()],
                task_id=number,
                queue=queue_of(place),
                priority=priority,
                retry=False,
            )
        except (OSError, redis.RedisError):
            raise
        except Exception as error:  # Celery's transport has errors of its own for a Redis that is gone
            raise redis.ConnectionError(type(error).__name__) from error

    def _wait(self, number: str, worker: tuple[int, str], go_on: Callable[[], bool]) -> Mapping[str, Any]:
        asked_to_end = False
        until_s, lost = time.monotonic() + QUEUED_MOST_S, _Lost()
        while True:
            with self._link.asked() as client:
                told: Any = client.blpop([reply_key(number)], timeout=LOOK_S)
                if told is None:
                    state = client.get(state_key(number))
                    # Whoever has the place now does not get what the one before had taken.
                    gone = self._workers(client).get(worker[0]) != worker[1]
                    if state is None or (state == QUEUED and gone):
                        # The outcome may have come between the two questions.
                        told = client.blpop([reply_key(number)], timeout=0.01)
                        if told is None:
                            raise HandOutLost
                    elif state == QUEUED and time.monotonic() < until_s and not lost.seen(client, number, worker[0]):
                        client.eval(places.KEEP, 1, state_key(number), QUEUED, str(QUEUED_S))
                    if not asked_to_end and not go_on():
                        client.set(end_key(number), 1, ex=KEPT_S)
                        asked_to_end = True
            if told is not None:
                found: Mapping[str, Any] = json.loads(told[1])
                return found

    def _tidy(self, number: str) -> None:
        try:
            with self._link.asked() as client:
                client.delete(state_key(number), reply_key(number), end_key(number))
                client.zrem(WAITING, number)
        except RedisDown:
            log.debug("a hand-out is left for Redis to forget")

    def _workers(self, client: redis.Redis) -> dict[int, str]:
        """The places that are taken and by whom, as of a second ago at most."""
        with self._lock:
            now = time.monotonic()
            if now - self._places_s >= LOOK_S or not self._places:
                self._places, self._places_s = places.taken(client), now
            return self._places


def state_key(number: str) -> str:
    """Says how far a step is."""
    return named("hand-out", number)


def reply_key(number: str) -> str:
    """Where its outcome is put."""
    return named("outcome", number)


def end_key(number: str) -> str:
    """Says that its worker is to come to an end."""
    return named("enough", number)


def now_s(client: redis.Redis) -> float:
    """Redis' clock: machines may differ."""
    seconds, micros = client.time()
    return float(seconds) + float(micros) / 1e6
