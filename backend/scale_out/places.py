"""Places of workers: each that runs holds a number, and a queue of that number. A dead one's is free after seconds.

An account goes to the same place while the places are the same: what its worker remembers of it stays good, and so
does the connection to the exchange.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from backend.scale_out.link import named

if TYPE_CHECKING:
    import redis

MOST: Final = 64
ALIVE_S: Final = 10
BEAT_S: Final = 2.0
KEEP: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('expire', KEYS[1], ARGV[2]) end return 0"
LEAVE: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


def take(client: redis.Redis, token: str) -> int | None:
    """The lowest place that is free, taken; None: there are workers enough."""
    for place in range(MOST):
        if client.set(_key(place), token, nx=True, ex=ALIVE_S):
            return place
    return None


def keep(client: redis.Redis, place: int, token: str) -> bool:
    """Stay at a place; whether it is still ours. One that Redis forgot is taken anew."""
    kept: Any = client.eval(KEEP, 1, _key(place), token, str(ALIVE_S))
    return bool(kept) or bool(client.set(_key(place), token, nx=True, ex=ALIVE_S))


def leave(client: redis.Redis, place: int, token: str) -> None:
    """Let another worker have it at once."""
    client.eval(LEAVE, 1, _key(place), token)


def taken(client: redis.Redis) -> dict[int, str]:
    """The places of the workers that run, and by which token each is held."""
    found: Any = client.mget([_key(place) for place in range(MOST)])
    return {place: str(token) for place, token in enumerate(found) if token}


def place_of(whose: str, places: Collection[int]) -> int:
    """Who gets what is handed out of an account (by `whose`): when a place comes or goes, only its own move."""
    return max(places, key=lambda place: blake2b(f"{whose} {place}".encode(), digest_size=8).digest())


def _key(place: int) -> str:
    return named("worker", place)
