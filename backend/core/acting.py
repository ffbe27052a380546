"""Who acts: the person, the program's token, or the program itself. Set where a request or command begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

PROGRAM: Final = "program"
_actor: ContextVar[str] = ContextVar("actor", default=PROGRAM)


def actor() -> str:
    """`user:NAME`, `token:NAME`, `command line`, or `program`."""
    return _actor.get()


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Everything done within the block is done by `name`."""
    before = _actor.set(name)
    try:
        yield
    finally:
        _actor.reset(before)
