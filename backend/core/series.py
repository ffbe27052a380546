"""The indexed rows of an account in memory, for charts and drawdowns: read once, extended as rows are added."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.core.model.valuation import SnapshotRow
    from backend.core.performance.chain_shift import Repair

BEFORE_EVERYTHING: Final = -(2**62)


@dataclass(frozen=True, slots=True)
class SeriesChunk:
    """Columns of equal length n, oldest first: instants int64 (ms), indices and values float64 (statistics)."""

    at_ms: NDArray[np.int64]
    growth: NDArray[np.float64]
    benchmark: NDArray[np.float64]
    value: NDArray[np.float64]

    def joined(self, other: SeriesChunk) -> SeriesChunk:
        return SeriesChunk(
            np.concatenate([self.at_ms, other.at_ms]),
            np.concatenate([self.growth, other.growth]),
            np.concatenate([self.benchmark, other.benchmark]),
            np.concatenate([self.value, other.value]),
        )

    def part(self, start_ms: int, end_ms: int) -> SeriesChunk:
        """Rows with start <= instant <= end."""
        low = int(np.searchsorted(self.at_ms, start_ms, side="left"))
        high = int(np.searchsorted(self.at_ms, end_ms, side="right"))
        return self.taken(np.arange(low, high))

    def repaired(self, repair: Repair) -> SeriesChunk:
        """The rows after a repair of the chain: one multiplication for each stretch between two changes."""
        growth = self.growth.copy()
        for shift in repair.shifts:
            low = int(np.searchsorted(self.at_ms, shift.after_ms, side="right"))
            growth[low : int(np.searchsorted(self.at_ms, shift.before_ms, side="left"))] *= shift.step.growth
        gone = np.isin(self.at_ms, np.array([*repair.removed, *(row.at_ms for row in repair.put)], dtype=np.int64))
        last_ms = int(self.at_ms[-1])
        kept = replace(self, growth=growth).taken(np.flatnonzero(~gone))
        # Rows behind the last one are no part of it.
        both = kept.joined(chunk_of([row for row in repair.put if row.at_ms <= last_ms]))
        return both.taken(np.argsort(both.at_ms, kind="stable"))

    def taken(self, rows: NDArray[np.int64]) -> SeriesChunk:
        return SeriesChunk(self.at_ms[rows], self.growth[rows], self.benchmark[rows], self.value[rows])


def chunk_of(rows: Sequence[SnapshotRow]) -> SeriesChunk:
    """The lines of some rows."""
    benchmark = [math.nan if row.benchmark_index is None else row.benchmark_index for row in rows]
    return SeriesChunk(
        np.array([row.at_ms for row in rows], dtype=np.int64),
        np.array([row.growth_index for row in rows], dtype=np.float64),
        np.array(benchmark, dtype=np.float64),
        np.array([float(row.value) for row in rows], dtype=np.float64),
    )


class PackedSeries(Protocol):
    """Blocks of rows, each of one rebuild of its account."""

    def rows(self, account_id: int, rebuilds: int) -> int: ...
    def series(self, account_id: int, rebuilds: int) -> SeriesChunk | None: ...
    def put(self, account_id: int, rebuilds: int, series: SeriesChunk) -> None: ...
    def carry(self, account_id: int, rebuilds: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Series:
    """All rows of an account as they were after so many rebuilds."""

    rebuilds: int
    rows: SeriesChunk


class SeriesCache:
    """One series an account, of the `most` that were read last. `rebuilds` tells when rows of the past were replaced;
    then everything is read anew."""

    def __init__(self, most: int = 64) -> None:
        self._held: dict[int, Series] = {}
        self._most = most

    def get(
        self,
        account_id: int,
        rebuilds: int,
        read_after: Callable[[int], SeriesChunk],
        read_packed: Callable[[], SeriesChunk | None] = lambda: None,
    ) -> Series:
        """The series up to now; `read_after(instant)` reads the rows after an instant, `read_packed` those that are
        packed from the first one on.

        Threads may read the same rows at once; each puts a whole series in place, so none is ever half extended.
        """
        held = self._held.get(account_id)
        if held is None or held.rebuilds != rebuilds:
            block = read_packed()
            rows = read_after(BEFORE_EVERYTHING) if block is None else block.joined(read_after(int(block.at_ms[-1])))
            series = Series(rebuilds, rows)
        else:
            added = read_after(int(held.rows.at_ms[-1]) if len(held.rows.at_ms) else BEFORE_EVERYTHING)
            if not len(added.at_ms):
                return held
            series = Series(rebuilds, held.rows.joined(added))
        self._held.pop(account_id, None)
        self._held[account_id] = series
        for oldest in list(self._held)[: -self._most]:
            self._held.pop(oldest, None)
        return series


def packed(series: SeriesChunk) -> bytes:
    """The columns one after the other, eight bytes a value, the lowest first."""
    lines = (line.astype("<f8").tobytes() for line in (series.growth, series.benchmark, series.value))
    return b"".join((series.at_ms.astype("<i8").tobytes(), *lines))


def unpacked(content: bytes) -> SeriesChunk:
    """What `packed` wrote, bit for bit."""
    count = len(content) // 32
    lines = [np.frombuffer(content, "<f8", count, 8 * count * place).astype(np.float64) for place in (1, 2, 3)]
    return SeriesChunk(np.frombuffer(content, "<i8", count).astype(np.int64), *lines)


def thinned(series: SeriesChunk, points: int, beside: Sequence[NDArray[np.float64]] = ()) -> NDArray[np.int64]:
    """At most `points` row positions that keep the first, the last and, per bucket, the extremes of all lines.

    The value has peaks of its own: what came and left again. `beside`: other lines that are shown with these,
    float64[n] each. Of so few points that not all lines have room, the first lines keep theirs.
    """
    count = len(series.at_ms)
    if count <= points:
        return np.arange(count)
    shown = (series.growth, series.benchmark, series.value, *beside)
    lines = [line for line in shown if np.isfinite(line).any()]
    lines = lines[: max((points - 2) // 2, 1)]
    width = -(-count // max((points - 2) // (2 * len(lines)), 1))
    ends = np.array([0, count - 1], dtype=np.int64)
    return np.unique(np.concatenate([ends, *(_extremes(line, width) for line in lines)]))


def _extremes(line: NDArray[np.float64], width: int) -> NDArray[np.int64]:
    """Positions of the lowest and the highest known value of every `width` values; none of those without one."""
    buckets = -(-len(line) // width)
    padded = np.full(buckets * width, np.nan)
    padded[: len(line)] = line
    table = padded.reshape(buckets, width)
    known = np.isfinite(table)
    some = known.any(axis=1)
    first = np.arange(buckets, dtype=np.int64) * width
    lowest = first + np.where(known, table, np.inf).argmin(axis=1)
    highest = first + np.where(known, table, -np.inf).argmax(axis=1)
    found: NDArray[np.int64] = np.concatenate([lowest[some], highest[some]])
    return found
