"""The request budget of each host, counted in Redis by all processes of the installation (library `limits`).

A count belongs to a window (a minute, or a second) and goes away with it. A silence that an exchange asked for is kept
in the database too, for it must outlive Redis. While Redis does not answer, requests are counted in the database:
never by nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from limits.storage import RedisStorage
from redis.exceptions import LockNotOwnedError

from backend.core.model.request_budget import HostBudget, PoolUse, Silence
from backend.core.request_ports import SharedBudgets
from backend.scale_out.link import RedisDown, RedisLink, named

if TYPE_CHECKING:
    import redis

# A window lasts a minute at most; one that began is settled by answers that come later.
KEPT_S: Final = 180
# So long a silence that another process could not tell Redis of may be overlooked.
SILENCE_S: Final = 5
# Who changes a count is alone with it; a process that dies or freezes meanwhile keeps nobody out for long.
ALONE_S: Final = 2.0
POLL_S: Final = 0.002
NOTHING_SENT: Final = PoolUse(-1, 0, 0)
NEVER: Final = Silence(0, banned=False)
POOLS: Final = named("pools")


class StoredBudgets(SharedBudgets, Protocol):
    """The budgets of the database."""

    def silent(self, host: str) -> Silence: ...


class RedisRequestBudgets:
    """Thread-safe, and safe between processes."""

    def __init__(self, link: RedisLink, rows: StoredBudgets) -> None:
        self._link = link
        self._rows = rows
        self._counts = RedisStorage(link.url, connection_pool=link.client.connection_pool, key_prefix=named("weight"))
        self._lock = threading.Lock()
        # What was known of a pool last, and whether Redis knew it: of what one of the two counted the other must not
        # begin with nothing.
        self._seen: dict[tuple[str, str], tuple[bool, PoolUse]] = {}

    def change(self, host: str, pool: str, step: Callable[[PoolUse, Silence], PoolUse]) -> None:
        """Replace what is known of a pool by what `step` makes of it; when that raises, nothing changes.

        Raises:
            DatabaseUnavailableError: neither Redis nor the database counts.
        """
        with self._lock:
            try:
                with self._link.asked() as client, self._alone(client, host, pool):
                    self._change(client, host, pool, step)
                    return
            except RedisDown:
                pass
            known = self._seen.get((host, pool))
            after: list[PoolUse] = []

            def beside(before: PoolUse, silence: Silence) -> PoolUse:
                after.append(step(_with(before, known, in_redis=False), silence))
                return after[-1]

            self._rows.change(host, pool, beside)
            self._seen[host, pool] = False, after[-1]

    def use(self, host: str, pool: str) -> PoolUse:
        try:
            with self._link.asked() as client:
                return self._use(client, host, pool)
        except RedisDown:
            return self._rows.use(host, pool)

    def all(self) -> Sequence[HostBudget]:
        """Every host that was ever asked, by name."""
        stored = {one.host: one for one in self._rows.all()}
        try:
            with self._link.asked() as client:
                members: Any = client.smembers(POOLS)
                pools = sorted(str(one).split("\n") for one in members)
                found = [(host, pool, self._use(client, host, pool)) for host, pool in pools]
        except RedisDown:
            return list(stored.values())
        for host, pool, use in found:
            known = stored.get(host, HostBudget(host, NEVER, {}))
            newer = use if use.window >= known.pools.get(pool, NOTHING_SENT).window else known.pools[pool]
            stored[host] = HostBudget(host, known.silence, {**known.pools, pool: newer})
        return [stored[host] for host in sorted(stored)]

    def silence(self, host: str, until_ms: int, banned: bool) -> None:
        """Send nothing to a host until an instant of the machine's clock; a later end that is known stays."""
        self._rows.silence(host, until_ms, banned)
        try:
            with self._link.asked() as client:
                client.delete(_silence_key(host))
        except RedisDown:
            return

    def _change(self, client: redis.Redis, host: str, pool: str, step: Callable[[PoolUse, Silence], PoolUse]) -> None:
        stored = self._use(client, host, pool)
        after = step(_with(stored, self._seen.get((host, pool)), in_redis=True), self._silence(client, host))
        # By differences: of two that were not alone after all, neither takes back what the other has counted.
        begun = stored if stored.window == after.window else PoolUse(after.window, 0, 0)
        for name, now, before in (
            ("counted", after.counted, begun.counted),
            ("in_flight", after.in_flight, begun.in_flight),
        ):
            if now != before:
                self._counts.incr(_count_key(host, pool, after.window, name), KEPT_S, amount=now - before)
        if after.window != stored.window:
            client.set(_window_key(host, pool), after.window, ex=KEPT_S)
            client.sadd(POOLS, f"{host}\n{pool}")
        self._seen[host, pool] = True, after

    def _use(self, client: redis.Redis, host: str, pool: str) -> PoolUse:
        window: Any = client.get(_window_key(host, pool))
        if window is None:
            return NOTHING_SENT
        counted, in_flight = (
            self._counts.get(_count_key(host, pool, int(window), name)) for name in ("counted", "in_flight")
        )
        return PoolUse(int(window), max(counted, 0), max(in_flight, 0))

    def _silence(self, client: redis.Redis, host: str) -> Silence:
        told: Any = client.get(_silence_key(host))
        if told is None:
            found = self._rows.silent(host)
            client.set(_silence_key(host), f"{found.until_ms} {int(found.banned)}", ex=SILENCE_S)
            return found
        until, banned = str(told).split()
        return Silence(int(until), banned == "1")

    @contextmanager
    def _alone(self, client: redis.Redis, host: str, pool: str) -> Iterator[None]:
        """Change a count while nobody else does; where others are at it all the time, beside them (see `_change`): a
        count that is busy says nothing of Redis.
        """
        lock = client.lock(named("counting", host, pool), timeout=ALONE_S, sleep=POLL_S, blocking_timeout=ALONE_S)
        held = lock.acquire()
        try:
            yield
        finally:
            if held:
                # One that ran out is another's now.
                with suppress(LockNotOwnedError):
                    lock.release()


def _with(before: PoolUse, known: tuple[bool, PoolUse] | None, in_redis: bool) -> PoolUse:
    """What is stored in one place, with what the other one has counted in the same window where that was used last."""
    if known is None or known[0] == in_redis or known[1].window < before.window:
        return before
    use = known[1]
    if use.window > before.window:
        return PoolUse(use.window, use.used, 0)
    return PoolUse(use.window, max(before.counted, use.used), before.in_flight)


def _window_key(host: str, pool: str) -> str:
    return named("window", host, pool)


def _count_key(host: str, pool: str, window: int, name: str) -> str:
    return f"{host}:{pool}:{window}:{name}"


def _silence_key(host: str) -> str:
    return named("silence", host)
