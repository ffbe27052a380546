"""Series of snapshots, as arrays: for readers that keep them in memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Row, select

from backend.core.series import SeriesChunk
from backend.db.models import snapshots

SERIES_PART: Final = 8_000


def series_after(connection: Connection, account_id: int, after_ms: int) -> SeriesChunk:
    """Instants, indices and values of all rows after an instant."""
    columns = (
        snapshots.c.timestamp,
        snapshots.c.growth_index,
        snapshots.c.benchmark_index,
        snapshots.c.total_value_usd,
    )
    query = select(*columns).where(snapshots.c.account_id == account_id, snapshots.c.timestamp > after_ms)
    parts = connection.execute(query.order_by(snapshots.c.timestamp)).partitions(SERIES_PART)
    # Years of rows would take more memory than all that is made of them.
    return reduce(SeriesChunk.joined, map(_series, parts), _series(()))


def _series(rows: Sequence[Row[Any, Any, Any, Any]]) -> SeriesChunk:
    return SeriesChunk(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([math.nan if row[1] is None else row[1] for row in rows], dtype=np.float64),
        np.array([math.nan if row[2] is None else row[2] for row in rows], dtype=np.float64),
        np.array([float(row[3]) for row in rows], dtype=np.float64),
    )
