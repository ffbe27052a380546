"""Which operations of the document some test got a 2xx from: over all workers, told at the end of a whole run."""

from __future__ import annotations

from typing import Any, Final

import pytest

Operation = tuple[str, str]
SENT: Final = "operations_reached"


class Reached:
    """Of this process, and in the one that hands out the tests of all workers."""

    def __init__(self) -> None:
        self.operations: set[Operation] = set()

    def note(self, method: str, path: str, status: int) -> None:
        """Remember an answer to (METHOD, path with braces)."""
        if 200 <= status < 300:
            self.operations.add((method.upper(), path))

    def send(self, config: pytest.Config) -> None:
        """From a worker to the one that handed it its tests; elsewhere nothing."""
        output: dict[str, Any] | None = getattr(config, "workeroutput", None)
        if output is not None:
            output[SENT] = sorted(self.operations)

    def take(self, output: dict[str, Any]) -> None:
        """What a worker sent at its end."""
        self.operations |= {(method, path) for method, path in output.get(SENT, ())}

    def missing(self, described: list[Operation]) -> list[Operation]:
        return sorted(set(described) - self.operations)


REACHED: Final = Reached()


def whole(config: pytest.Config) -> bool:
    """Whether every test was asked for."""
    others = ("keyword", "markexpr", "lf", "deselect", "collectonly")
    chosen = any(config.getoption(name, default=False) for name in others)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
