"""Work that the web process asks of the collector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from backend.core.acting import PROGRAM

# What follows from a change of the past is made anew: of one account, or of all.
RECOMPUTE: Final = "recompute"


@dataclass(frozen=True, slots=True)
class Job:
    """`state`: queued, running, done or failed. A failed job's result holds `code` and `detail`.

    `by`: who asked for it, and from where.
    """

    id: int
    kind: str
    account_id: int | None
    payload: Mapping[str, Any]
    state: str
    result: Mapping[str, Any]
    by: tuple[str, str] = (PROGRAM, "")
