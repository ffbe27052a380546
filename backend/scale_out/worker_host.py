"""A worker: a Celery consumer on threads of this process, with a place of its own, that does steps and
backtests, one a thread.

Time limits of steps are kept here, for a pool of threads has none: one is asked to come to an end after SOFT_S, and a
program with one of HARD_S ends, to be started anew. A worker that ends at any moment loses nothing.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning

from backend.core.model.steps import Handed, HandOut, handed_read
from backend.scale_out import places
from backend.scale_out.celery_app import STEP, make_app, queue_of
from backend.scale_out.hands import BEGUN, QUEUED, end_key, reply_key, state_key
from backend.scale_out.link import RedisDown, RedisLink

log = structlog.get_logger(__name__)

SOFT_S: Final = 300.0
HARD_S: Final = 1800.0
OUTCOME_S: Final = 120
AGAIN_S: Final = 0.5
Do = Callable[[Handed, Callable[[], bool]], Mapping[str, Any]]


@dataclass(slots=True)
class _Running:
    since_s: float
    bounded: bool
    ended: bool = field(default=False)


class WorkerHost:
    """`do` does a step. `lost(words)` is called where the program must end at once: its place is another's now."""

    def __init__(self, link: RedisLink, do: Do, threads: int, lost: Callable[[str], None]) -> None:
        self._link = link
        self._do = do
        self._threads = threads
        self._lost = lost
        self._token = secrets.token_hex(8)
        self._place: int | None = None
        self._running: dict[str, _Running] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._consuming = threading.Thread(target=self._consume, name="worker", daemon=True)
        self._beating = threading.Thread(target=self._beat, name="worker-beat", daemon=True)

    def start(self) -> None:
        """Take a place as soon as Redis gives one, and begin."""
        self._beating.start()

    def stop(self, timeout_s: float) -> bool:
        """Take no other step and wait for those under way; returns whether they ended in time."""
        self._stopping.set()
        # The consumer ends with the program: what it still takes stays queued, and goes to another place.
        until_s = time.monotonic() + timeout_s
        while self._running and time.monotonic() < until_s:
            threading.Event().wait(0.05)
        if self._place is not None:
            try:
                with self._link.asked() as client:
                    places.leave(client, self._place, self._token)
            except RedisDown:
                log.debug("the place is left for Redis to forget")
        return not self._running

    def run(self, number: str, told: Mapping[str, Any]) -> None:
        """Do a step that a message tells of, unless it is nobody's any more or another has begun it."""
        try:
            step = handed_read(told)
        except ValueError:
            log.error("a message that is no step was dropped")
            return
        if not self._takes(number):
            return
        running = _Running(time.monotonic(), step.bounded)
        with self._lock:
            self._running[number] = running
        try:
            with structlog.contextvars.bound_contextvars(**_of(step)):
                outcome = self._do(step, lambda: self._may_go_on(running))
            with self._link.asked() as client:
                client.rpush(reply_key(number), json.dumps(outcome))
                client.expire(reply_key(number), OUTCOME_S)
        except RedisDown:
            log.warning("an outcome could not be told: the collector hands the step out anew", **_of(step))
        finally:
            with self._lock:
                del self._running[number]

    def _takes(self, number: str) -> bool:
        """Whether a step is this worker's now. Who waits for it would go on waiting for one that nobody took: while
        Redis does not answer it is asked again.
        """
        while not self._stopping.is_set():
            try:
                with self._link.asked() as client:
                    return bool(client.set(state_key(number), BEGUN, xx=True, get=True, ex=places.ALIVE_S) == QUEUED)
            except RedisDown:
                self._stopping.wait(AGAIN_S)
        return False

    def _may_go_on(self, running: _Running) -> bool:
        within = not running.bounded or time.monotonic() - running.since_s < SOFT_S
        return within and not running.ended and not self._stopping.is_set()

    def _consume(self) -> None:
        try:
            self._hear()
        except Exception as error:  # what Celery stumbled over is told, and the program is started anew
            log.error("the consumer failed", exc_info=error)
        if not self._stopping.is_set():
            # Nobody would take what is handed to this place.
            self._lost("It hears of no more steps")

    def _hear(self) -> None:
        # It warns of root, who would do what a pickled message says: here messages are JSON, and name no code. And of
        # messages that come again once a connection is lost: here they find their step begun, and are dropped.
        for told in (SecurityWarning, CPendingDeprecationWarning):
            warnings.simplefilter("ignore", told)
        app = make_app(self._link.url)
        # Not for every application of the process, as Celery has it: whose comes first then is a matter of chance.
        app.task(self.run, name=STEP, shared=False, acks_late=True, ignore_result=True)
        assert self._place is not None
        consumer = app.Worker(
            pool="threads",
            concurrency=self._threads,
            queues=[queue_of(self._place)],
            hostname=f"portfolio@{self._token}",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            quiet=True,
        )
        consumer.start()

    def _beat(self) -> None:
        while not self._stopping.wait(0.2 if self._place is None else places.BEAT_S):
            try:
                self._tell()
            except RedisDown:
                continue

    def _tell(self) -> None:
        if any(one.bounded and time.monotonic() - one.since_s > HARD_S for one in list(self._running.values())):
            self._lost("A step took too long")
        with self._link.asked() as client:
            if self._place is None:
                self._place = places.take(client, self._token)
                if self._place is None:
                    return
                log.info("worker began", place=self._place, threads=self._threads)
                self._consuming.start()
                return
            if not places.keep(client, self._place, self._token):
                self._lost("Another worker has its place")
            with self._lock:
                running = dict(self._running)
            for number, one in running.items():
                client.set(state_key(number), BEGUN, xx=True, ex=places.ALIVE_S)
                one.ended = one.ended or bool(client.exists(end_key(number)))


def _of(step: Handed) -> Mapping[str, Any]:
    """What lines of the log say whose it is."""
    return {"account_id": step.account_id} if isinstance(step, HandOut) else {"backtest": step.number}
