"""Answers that web processes share: for a minute, so many at most, and none that is large."""

from __future__ import annotations

from typing import Any, Final

from backend.scale_out.link import RedisDown, RedisLink, named

MOST: Final = 256
LARGEST: Final = 262_144
# An answer is waited for: rather computed than waited for longer.
ANSWER_S: Final = 0.25
ORDER: Final = named("answers")
# The oldest ones beyond the most go, with their place in the order.
PUT: Final = """
redis.call('set', KEYS[2], ARGV[1], 'px', ARGV[2])
local now = redis.call('time')
redis.call('zadd', KEYS[1], now[1] * 1000000 + now[2], KEYS[2])
redis.call('pexpire', KEYS[1], 600000)
local beyond = redis.call('zcard', KEYS[1]) - tonumber(ARGV[3])
if beyond > 0 then
    for place, name in ipairs(redis.call('zpopmin', KEYS[1], beyond)) do
        if place % 2 == 1 then redis.call('del', name) end
    end
end
"""


class RedisAnswers:
    """`link`: of bytes, and of short time-outs."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    def find(self, name: str) -> tuple[bytes, float] | None:
        """What was put there under a name, and for how many seconds it still may be used."""
        key = named("answer", name)
        try:
            with self._link.asked() as client:
                together = client.pipeline()
                together.get(key)
                together.pttl(key)
                found: Any = together.execute()
        except RedisDown:
            return None
        content, left_ms = found
        return None if content is None else (content, left_ms / 1000)

    def put(self, name: str, content: bytes, keep_s: float) -> None:
        """Keep it for others, unless it is large."""
        keep_ms = round(keep_s * 1000)
        if len(content) > LARGEST or keep_ms <= 0:
            return
        try:
            with self._link.asked() as client:
                client.eval(PUT, 2, ORDER, named("answer", name), content, keep_ms, MOST)
        except RedisDown:
            return
