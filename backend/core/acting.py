"""Who acts: carried beside the call, so that whatever writes an act down can name its author."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

# Nobody asked for it: the program does it by itself.
PROGRAM: Final = "program"
COMMAND_LINE: Final = "command line"

_ACTOR: ContextVar[str] = ContextVar("actor", default=PROGRAM)
_ORIGIN: ContextVar[str] = ContextVar("origin", default="")


@contextmanager
def acting_as(actor: str, origin: str = "") -> Iterator[None]:
    """Name who acts inside the block: `user:NAME`, `token:NAME`, `command line`; `origin`: from where, if known.

    A thread that is started inside acts as the program until it is told otherwise.
    """
    actors, origins = _ACTOR.set(actor), _ORIGIN.set(origin)
    try:
        yield
    finally:
        _ACTOR.reset(actors)
        _ORIGIN.reset(origins)


def actor() -> str:
    """Who acts now."""
    return _ACTOR.get()


def origin() -> str:
    """From where; empty where nobody can say."""
    return _ORIGIN.get()
