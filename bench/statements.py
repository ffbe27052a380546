"""A CSV of 100,000 trades, previewed by the program as it runs: seconds and memory of a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.imports.answers import Answers
from backend.core.imports.statements.reading import NamedText
from bench.report import Result

LINES: Final = 100_000
GOAL_S: Final = 10.0
GOAL_MIB: Final = 300.0
NAME: Final = "Binance-Spot-Trade-History(UTC+2).csv"


def measure() -> list[Result]:
    """Return the time of a preview and the peak memory of its process, the program's own 125 MiB included."""
    with tempfile.TemporaryDirectory() as folder:
        # Made up here: what that takes is none of the program's.
        (Path(folder) / NAME).write_text(_export(), encoding="utf-8")
        command = [sys.executable, "-m", "bench.statements", folder]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    detail = f"{LINES:,} lines; {found['cpu_s']:.1f} s of the processor"
    return [
        Result("preview of 100,000 lines", found["s"], GOAL_S, "s", detail),
        Result("its memory", found["mib"], GOAL_MIB, "MiB", f"before the file: {found['before_mib']:.0f} MiB"),
    ]


def _preview(folder: Path) -> dict[str, float]:
    (folder / NAME).write_text(_export(), encoding="utf-8")
    address = {"BINANCE_SIMULATOR_URL": "http://127.0.0.1:9", "BINANCE_API_KEY": "key", "BINANCE_API_SECRET": "secret"}
    container = Container(load_settings({"DATA_DIR": str(folder), "LOG_LEVEL": "ERROR", **address}, folder / "none"))
    container.migrate()
    with container.store.write() as unit:
        unit.accounts.ensure("simulator", "main", "reference")
    container.app()
    before_mib = _peak_mib()
    started_s, cpu_s = time.monotonic(), time.process_time()
    text = (folder / NAME).read_text(encoding="utf-8")
    preview = container.imports.open(NAME, [NamedText(NAME, text)], None, Answers())
    if preview.counts["new"] != LINES:
        raise RuntimeError(f"not every line was read: {preview.counts}")
    took = {"s": time.monotonic() - started_s, "cpu_s": time.process_time() - cpu_s}
    return took | {"mib": _peak_mib(), "before_mib": before_mib}


def _export() -> str:
    """Trades of changing size, several a minute."""
    at = datetime(2021, 1, 1, tzinfo=UTC)
    rows = ["Time,Pair,Side,Price,Executed,Amount,Fee"]
    for number in range(LINES):
        size = 1 + number * 7919 % 1_000_003
        when = at + timedelta(seconds=17 * number)
        amounts = f"{size / 1e8:.8f}BTC,{size * 6 / 1e4:.4f}USDT,{size / 1e7:.7f}BNB"
        rows.append(f"{when:%y-%m-%d %H:%M:%S},BTCUSDT,BUY,60000,{amounts}")
    return "\n".join(rows)


def _peak_mib() -> float:
    status = Path("/proc/self/status")
    if status.is_file():
        # What `getrusage` tells of a child begins with the peak of the process that started it.
        peak_kib = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")).split()[1]
        return int(peak_kib) / 2**10
    import resource  # Windows has none, and the other measures run there

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    print(json.dumps(_preview(Path(sys.argv[1]))))
