"""What holds a processor for a tenth of a second or more inside a request: the server says where it is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Run(Protocol):
    """Calls what it is given and returns its result."""

    def __call__(self, compute: Callable[[], Result], /) -> Result: ...


def on_the_spot(compute: Callable[[], Result]) -> Result:
    """Computed by the thread that asks."""
    return compute()


class HeavyWork:
    """Computes on the spot, until a server of green threads names threads of the system: one of its own would hold up
    every other request.
    """

    def __init__(self, run: Run = on_the_spot) -> None:
        self.run_by = run

    def __call__(self, compute: Callable[[], Result]) -> Result:
        return self.run_by(compute)
