"""Read Binance kline CSV files, gzip, named `SYMBOL-INTERVAL*.csv.gz`, into columns of exact integers."""

import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import numpy as np

from backend.exchange.simulator.candles import Candles, candles_of
from backend.exchange.simulator.intervals import INTERVALS_MS
from backend.exchange.simulator.wire import MINUTE_MS, UNIT

FILE_NAME: Final = re.compile(r"^(?P<symbol>[^-]+)-(?P<interval>\d+[smhdwM])(?:-.*)?\.csv\.gz$")
COLUMNS: Final = ("open_time", "open", "high", "low", "close", "volume")
FIRST_MICROSECONDS: Final = 10**14  # newer archives count open_time in microseconds
EXACT_FLOAT: Final = 2**53


class CandleFileError(ValueError):
    """A file is not what its name says."""


@dataclass(frozen=True)
class CandleFile:
    """A file found by its name; not read yet."""

    path: Path
    symbol: str
    interval_ms: int


def find_files(folder: Path) -> dict[str, list[CandleFile]]:
    """Files of each symbol below `folder`, the finest interval first, equal ones by name.

    Raises:
        CandleFileError: a file's interval, compression or first line cannot be used.
    """
    found: dict[str, list[CandleFile]] = {}
    for file in _named(folder):
        _columns_of(file, _first_line(file))
        found.setdefault(file.symbol, []).append(file)
    for files in found.values():
        files.sort(key=lambda file: (file.interval_ms, file.path.name))
    return found


def _named(folder: Path) -> Iterator[CandleFile]:
    for path in sorted(folder.rglob("*.csv.gz")):
        match = FILE_NAME.match(path.name)
        if match is None:
            continue
        interval_ms = INTERVALS_MS.get(match["interval"], 0)
        if interval_ms < MINUTE_MS:
            raise CandleFileError(f"{path.name}: candles of {match['interval']} cannot be used (1m to 1w can)")
        yield CandleFile(path, match["symbol"], interval_ms)


def read_file(file: CandleFile) -> Candles:
    """Read one file, oldest row first.

    Raises:
        CandleFileError: a column is missing, a value is no number, or rows do not ascend.
    """
    try:
        text = gzip.decompress(file.path.read_bytes()).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CandleFileError(f"{file.path.name}: cannot be read ({error})") from error
    header, _, rows = text.partition("\n")
    places, headed = _columns_of(file, header)
    rows = rows if headed else text
    if not rows.strip():
        raise CandleFileError(f"{file.path.name}: holds no candle")
    return _columns(file, rows, places)


def _first_line(file: CandleFile) -> str:
    try:
        with gzip.open(file.path, "rt", encoding="utf-8") as stream:
            return stream.readline()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CandleFileError(f"{file.path.name}: cannot be read ({error})") from error


def _columns_of(file: CandleFile, first_line: str) -> tuple[list[int], bool]:
    """Where each column stands, and whether the first line is a header."""
    names = [name.strip() for name in first_line.split(",")]
    if names[0].isdigit():  # the exchange's own archives come without a header, in kline order
        return list(range(len(COLUMNS))), False
    try:
        return [names.index(name) for name in COLUMNS], True
    except ValueError as error:
        raise CandleFileError(f"{file.path.name}: {error}") from error


def _columns(file: CandleFile, rows: str, places: list[int]) -> Candles:
    try:
        table = np.loadtxt(io.StringIO(rows), delimiter=",", usecols=places[:5], ndmin=2)
        volume = [_units(row.split(",", places[5] + 1)[places[5]]) for row in rows.splitlines() if row]
    except (ValueError, IndexError, InvalidOperation) as error:
        raise CandleFileError(f"{file.path.name}: {error}") from error
    prices = np.rint(table[:, 1:] * UNIT)
    if not np.isfinite(table).all() or prices.max() >= EXACT_FLOAT or prices.min() <= 0:
        raise CandleFileError(f"{file.path.name}: a price is not positive, not finite or too large to keep exact")
    start = table[:, 0].astype(np.int64)
    if start[0] >= FIRST_MICROSECONDS:
        start = start // 1000
    if (np.diff(start) < file.interval_ms).any() or (start % MINUTE_MS).any():
        raise CandleFileError(f"{file.path.name}: open times do not ascend by whole intervals")
    columns = (prices[:, column].astype(np.int64) for column in range(4))
    return candles_of(start, columns, np.array(volume, object))


def _units(text: str) -> int:
    """Volume in units of 1e-8, exactly: some exceed 64 bits."""
    return int(Decimal(text).scaleb(8))
