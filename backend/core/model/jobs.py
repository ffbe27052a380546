"""Work that the web process asks of the collector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """`state`: queued, running, done or failed. A failed job's result holds `code` and `detail`."""

    id: int
    kind: str
    account_id: int | None
    payload: Mapping[str, Any]
    state: str
    result: Mapping[str, Any]
