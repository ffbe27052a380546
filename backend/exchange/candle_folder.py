"""Closes of candles from a folder of files, for backtests that ask no exchange."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.core.errors import BadInputError
from backend.exchange.simulator.candle_files import CandleFileError, find_files, read_file

Ints = NDArray[np.int64]


class CandleFolder:
    """Files `SYMBOL-INTERVAL*.csv.gz` below a folder, as the built-in exchange replays them."""

    def __init__(self, folder: Path) -> None:
        """Raises:
        BadInputError: there is no such folder, or a file in it is not what its name says.
        """
        if not folder.is_dir():
            raise BadInputError(f"{folder} is no folder: name one with files such as BTCUSDT-1h.csv.gz", "market-data")
        try:
            self._files = find_files(folder)
        except CandleFileError as error:
            raise BadInputError(str(error), "market-data") from error

    @property
    def symbols(self) -> list[str]:
        """The symbols that there are files of."""
        return sorted(self._files)

    def closes(self, symbol: str, step_ms: int) -> Mapping[int, int]:
        """The close of each candle of a length by the instant it ended at, in units of 1e-8.

        Finer candles make coarser ones; a coarser one says nothing of the instants inside it.

        Raises:
            BadInputError: a file cannot be read.
        """
        found: dict[int, int] = {}
        # The finest come first: where the length itself is there, it is what the exchange said.
        for file in self._files.get(symbol, ()):
            if step_ms % file.interval_ms:
                continue
            try:
                candles = read_file(file)
            except CandleFileError as error:
                raise BadInputError(str(error), "market-data") from error
            ends: Ints = candles.start // step_ms * step_ms + step_ms
            last = np.append(np.flatnonzero(np.diff(ends)), len(ends) - 1)
            found.update(zip(ends[last].tolist(), candles.close[last].tolist(), strict=True))
        return found
