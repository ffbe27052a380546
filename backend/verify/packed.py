"""The lines of long histories that are stored as one block: each of their rows as its snapshot is recomputed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, select

from backend.core.series import SeriesChunk, unpacked
from backend.db.models import account_sync
from backend.db.packed import packed_series
from backend.verify.differences import Report, Row


@dataclass(slots=True)
class PackedLines:
    """Compares the block of an account row by row beside its snapshots; one of an earlier rebuild is never read."""

    connection: Connection
    account: int
    report: Report
    _block: SeriesChunk | None = None
    _place: int = 0
    _instants: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        block, sync = packed_series.c, account_sync.c
        query = select(block.content).join_from(
            packed_series, account_sync, (sync.account_id == block.account_id) & (sync.rebuilds == block.rebuilds)
        )
        content = self.connection.execute(query.where(block.account_id == self.account)).scalar()
        if content is not None:
            self._block = unpacked(content)
            self._instants = self._block.at_ms.tolist()

    def take(self, at_ms: int, value: Decimal, index: Decimal | None, benchmark: Decimal | None) -> None:
        """Go on to the next snapshot."""
        block, place = self._block, self._place
        if block is None or place >= len(self._instants):
            return
        self._place += 1
        told = Row(self.report, packed_series.name, self.account, None, at_ms)
        if self._instants[place] != at_ms:
            told.exactly("at", self._instants[place], at_ms)
            self._place = len(self._instants)
            return
        told.statistic("value", float(block.value[place]), value)
        told.statistic("growth", _known(float(block.growth[place])), index)
        told.statistic("benchmark", _known(float(block.benchmark[place])), benchmark)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
