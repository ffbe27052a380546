"""One line of the program's log, as it is kept. Nothing in it is a secret: it was redacted before it became one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Level = Literal["debug", "info", "warning", "error", "critical"]
Component = Literal["web", "collector", "exchange", "database", "program", "library"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
SEVERITY: Final[Mapping[Level, int]] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
}
# The second is the entry point's, run as a module.
OURS: Final = frozenset({"backend", "__main__"})
# Where a package's lines are looked for; everything else of ours is the program's.
COMPONENT_OF: Final[Mapping[str, Component]] = {
    "api": "web",
    "services": "collector",
    "exchange": "exchange",
    "integrations": "exchange",
    "db": "database",
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line: when (this machine's clock), how grave, who, what, and its further fields (plain JSON values).

    `request_id`, `account_id`: the request and the account it was written for. `duration_ms`: how long what it tells
    of took. None: not said.
    """

    at_ms: int
    level: Level
    component: Component
    event: str
    request_id: str | None = None
    account_id: int | None = None
    duration_ms: float | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line in its place; ids rise."""

    id: int
    line: LogLine


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines are wanted: this level and graver ones; None: any."""

    level: Level = "debug"
    component: Component | None = None
    account_id: int | None = None
    request_id: str | None = None

    def takes(self, line: LogLine) -> bool:
        """Whether a line is one of them."""
        return (
            SEVERITY[line.level] >= SEVERITY[self.level]
            and self.component in (None, line.component)
            and self.account_id in (None, line.account_id)
            and self.request_id in (None, line.request_id)
        )


def component_of(logger: str) -> Component:
    """Whose line it is, by the name of its logger."""
    package, _, rest = logger.partition(".")
    if package not in OURS:
        return "library"
    return COMPONENT_OF.get(rest.partition(".")[0], "program")
