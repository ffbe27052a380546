"""What is told of Redis and of the workers: on /health, to a monitor, on the page System."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.model.health import RedisState, WorkersState
from backend.scale_out import places
from backend.scale_out.hands import WAITING, now_s, state_key
from backend.scale_out.link import RedisDown, RedisLink

if TYPE_CHECKING:
    import redis


class ScaleState:
    """Looks when it is asked; raises nothing. `by_workers`: steps are handed out."""

    def __init__(self, link: RedisLink, by_workers: bool) -> None:
        self._link = link
        self._by_workers = by_workers

    def look(self) -> RedisState:
        """What is so now."""
        try:
            with self._link.asked() as client:
                if not self._by_workers:
                    client.ping()
                    return RedisState("ok")
                since_s = _waiting(client)
                age_s = max(now_s(client) - min(since_s), 0.0) if since_s else None
                return RedisState("ok", WorkersState(len(places.taken(client)), len(since_s), age_s))
        except RedisDown:
            return RedisState("failed", WorkersState(0, 0, None) if self._by_workers else None)


def _waiting(client: redis.Redis) -> list[float]:
    """When the steps were handed out that somebody waits for (Redis' clock, seconds); a collector that was killed left
    its own in the list.
    """
    handed: Any = client.zrange(WAITING, 0, -1, withscores=True)
    if not handed:
        return []
    states: Any = client.mget([state_key(number) for number, _ in handed])
    return [since_s for (_, since_s), state in zip(handed, states, strict=True) if state is not None]
