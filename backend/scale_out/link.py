"""The one Redis of the installation. While it does not answer, it is left alone for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger(__name__)

RETRY_S: Final = 3.0
CONNECT_S: Final = 1.0
ANSWER_S: Final = 5.0
PREFIX: Final = "portfolio"


class RedisDown(Exception):
    """Redis does not answer now."""


class RedisLink:
    """Thread-safe."""

    def __init__(
        self,
        url: str,
        monotonic_s: Callable[[], float] = time.monotonic,
        answer_s: float = ANSWER_S,
        texts: bool = True,
    ) -> None:
        """`answer_s`: the longest it is waited for. `texts`: what it answers is text; else bytes."""
        self.url = url
        self.client: redis.Redis = redis.Redis.from_url(
            url,
            decode_responses=texts,
            socket_timeout=answer_s,
            socket_connect_timeout=min(CONNECT_S, answer_s),
            # A connection that Redis closed meanwhile is opened anew once; more is a matter of `asked`.
            retry=Retry(NoBackoff(), 1),
        )
        self._monotonic_s = monotonic_s
        self._again_s = float("-inf")
        self._down = False

    @contextmanager
    def asked(self) -> Iterator[redis.Redis]:
        """Ask it.

        Raises:
            RedisDown: it did not answer now, or a moment ago.
        """
        if self._monotonic_s() < self._again_s:
            raise RedisDown
        try:
            yield self.client
        except (redis.RedisError, OSError) as error:
            self._again_s = self._monotonic_s() + RETRY_S
            if not self._down:
                log.warning("Redis does not answer", kind=type(error).__name__)
            self._down = True
            raise RedisDown from error
        if self._down:
            log.info("Redis answers again")
            self._down = False

    def answers(self) -> bool:
        """Whether it does now."""
        try:
            with self.asked() as client:
                return bool(client.ping())
        except RedisDown:
            return False

    def close(self) -> None:
        self.client.close()


def named(*parts: object) -> str:
    """The name of something of ours in Redis."""
    return ":".join([PREFIX, *map(str, parts)])
