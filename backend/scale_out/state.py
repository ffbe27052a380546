"""What is told of Redis and of the workers: on /health, to a monitor, on the page System."""

from __future__ import annotations

from typing import Any

from backend.core.model.health import RedisState, WorkersState
from backend.scale_out import places
from backend.scale_out.hands import WAITING, now_s
from backend.scale_out.link import RedisDown, RedisLink


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
                oldest: Any = client.zrange(WAITING, 0, 0, withscores=True)
                age_s = max(now_s(client) - oldest[0][1], 0.0) if oldest else None
                waiting: Any = client.zcard(WAITING)
                return RedisState("ok", WorkersState(len(places.taken(client)), int(waiting), age_s))
        except RedisDown:
            return RedisState("failed", WorkersState(0, 0, None) if self._by_workers else None)
