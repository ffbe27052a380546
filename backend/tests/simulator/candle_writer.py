"""Write small made-up candle files for tests."""

import gzip
from collections.abc import Sequence
from pathlib import Path

HEADER = "open_time,open,high,low,close,volume"


def write_candles(folder: Path, name: str, rows: Sequence[tuple[int, str, str, str, str, str]]) -> Path:
    """Write `name` (SYMBOL-INTERVAL...) as Binance kline CSV, gzip; rows are (open time in ms, o, h, l, c, volume)."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [HEADER, *(",".join(map(str, row)) for row in rows)]
    path = folder / f"{name}.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    return path
