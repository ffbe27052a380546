"""Prices from recorded candles of any interval, minute by minute.

A candle coarser than a minute counts as minutes flat at its open, the last of which touches high and low and ends
at its close. Where files overlap, the finest whose own first..last range covers an instant rules it: a gap inside
that file is a gap. Everything is therefore a list of *pieces*, stretches that are either flat or one last minute.
"""

import itertools
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.exchange.simulator.candle_files import CandleFile, find_files, read_file
from backend.exchange.simulator.candles import EMPTY, Candles, Ints, candles_of, joined
from backend.exchange.simulator.wire import MINUTE_MS


@dataclass(frozen=True)
class Pieces:
    """Stretches in time order that do not overlap; `traded[i]` is the volume of all pieces before number i."""

    candles: Candles
    end: Ints
    traded: NDArray[Any]


class RecordedPrices:
    """Implements PriceSource over a folder of candle files; a symbol's files are read on its first use."""

    def __init__(self, folder: Path) -> None:
        self._files = find_files(folder)
        self._pieces: dict[str, Pieces] = {}
        self._lock = threading.Lock()

    @property
    def symbols(self) -> list[str]:
        return sorted(self._files)

    def span(self, symbol: str) -> tuple[int, int] | None:
        pieces = self._of(symbol)
        return (int(pieces.candles.start[0]), int(pieces.end[-1])) if pieces else None

    def price_at(self, symbol: str, at_ms: int) -> int | None:
        pieces = self._of(symbol)
        if pieces is None or at_ms > pieces.end[-1]:
            return None
        index = int(np.searchsorted(pieces.candles.start, at_ms - MINUTE_MS, "right")) - 1
        return int(pieces.candles.close[index]) if index >= 0 else None

    def candles(self, symbol: str, starts: Ints, ends: Ints) -> Candles:
        pieces = self._of(symbol)
        if pieces is None:
            return EMPTY
        held = pieces.candles
        low = np.searchsorted(pieces.end, starts, "right")
        high = np.searchsorted(held.start, ends, "left")
        present = high > low
        starts, low, high = starts[present], low[present], high[present]
        if not len(starts):
            return EMPTY
        first, last = int(low[0]), int(high[-1])
        pairs = np.column_stack([low - first, high - first]).ravel()
        return Candles(
            starts,
            held.open[low],
            np.maximum.reduceat(np.append(held.high[first:last], 0), pairs)[::2],
            np.minimum.reduceat(np.append(held.low[first:last], 0), pairs)[::2],
            held.close[high - 1],
            pieces.traded[high] - pieces.traded[low],
        )

    def seconds(self, symbol: str, start_ms: int, end_ms: int) -> Candles:
        """A minute counts as seconds the way a coarse candle counts as minutes: flat, then all in the last one."""
        opens = np.arange(start_ms - start_ms % MINUTE_MS, end_ms, MINUTE_MS, dtype=np.int64)
        minutes = self.candles(symbol, opens, opens + MINUTE_MS)
        if not len(minutes):
            return EMPTY
        pieces = _unfolded(minutes, MINUTE_MS, 1000)
        starts = np.arange(start_ms, end_ms, 1000, dtype=np.int64)
        index = np.searchsorted(pieces.candles.start, starts, "right") - 1
        held = (index >= 0) & (starts < pieces.end[np.maximum(index, 0)])
        page = pieces.candles.part(index[held])  # type: ignore[arg-type]  # an index array selects rows like a mask
        return Candles(starts[held], page.open, page.high, page.low, page.close, page.volume)

    def next_data(self, symbol: str, at_ms: int) -> int | None:
        pieces = self._of(symbol)
        if pieces is None or at_ms >= pieces.end[-1]:
            return None
        return max(at_ms, int(pieces.candles.start[np.searchsorted(pieces.end, at_ms, "right")]))

    def last_data(self, symbol: str, at_ms: int) -> int | None:
        pieces = self._of(symbol)
        if pieces is None or at_ms <= pieces.candles.start[0]:
            return None
        return min(at_ms, int(pieces.end[np.searchsorted(pieces.candles.start, at_ms, "left") - 1]))

    def _of(self, symbol: str) -> Pieces | None:
        files = self._files.get(symbol)
        if files is None:
            return None
        with self._lock:
            if symbol not in self._pieces:
                self._pieces[symbol] = _merged(files)
            return self._pieces[symbol]


def _merged(files: list[CandleFile]) -> Pieces:
    """Lay the files of one symbol over each other, the first in the list (the finest) on top."""
    layers = [(_unfolded(read_file(file), file.interval_ms, MINUTE_MS)) for file in files]
    edges = sorted({int(edge) for layer in layers for edge in (layer.candles.start[0], layer.end[-1])})
    parts: list[Candles] = []
    part_ends: list[Ints] = []
    for low, high in itertools.pairwise(edges):
        ruling = next((layer for layer in layers if layer.candles.start[0] <= low and high <= layer.end[-1]), None)
        if ruling is None:
            continue
        inside = slice(
            int(np.searchsorted(ruling.end, low, "right")), int(np.searchsorted(ruling.candles.start, high, "left"))
        )
        cut = ruling.candles.part(inside)
        parts.append(Candles(np.maximum(cut.start, low), cut.open, cut.high, cut.low, cut.close, cut.volume))
        part_ends.append(np.minimum(ruling.end[inside], high))
    return _summed(joined(parts), np.concatenate(part_ends))


def _unfolded(candles: Candles, interval_ms: int, fine_ms: int) -> Pieces:
    """Split each candle into its flat stretch and its last fine step."""
    if interval_ms == fine_ms:
        return _summed(candles, candles.start + interval_ms)
    turn = candles.start + interval_ms - fine_ms
    start = np.column_stack([candles.start, turn]).ravel()
    end = np.column_stack([turn, turn + fine_ms]).ravel()
    prices = (
        np.column_stack([candles.open, column]).ravel()
        for column in (candles.open, candles.high, candles.low, candles.close)
    )
    volume = np.column_stack([np.zeros(len(candles), object), candles.volume]).ravel()
    return _summed(candles_of(start, prices, volume), end)


def _summed(candles: Candles, end: Ints) -> Pieces:
    traded = np.concatenate([np.zeros(1, object), np.cumsum(candles.volume.astype(object))])
    return Pieces(candles, end, traded)
