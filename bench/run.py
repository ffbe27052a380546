"""Print the measured ratios beside their goals: `python -m bench.run [NAME ...]`; without a name all of them.

Exit code 0 when everything was measured, whether or not the goals are met (a busy machine must not fail a build);
2 when something could not be measured.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence

from bench import (
    backtest,
    chart,
    cold_page,
    cold_start,
    first_load,
    history,
    overview,
    repair,
    risk,
    scale,
    statements,
    trades,
)
from bench.quiet import be_quiet
from bench.report import Result, table
from scripts.servers import ServerError

MEASURES: dict[str, Callable[[], list[Result]]] = {
    "overview": overview.measure,
    "stats": history.measure_stats,
    "append": history.measure_append,
    "pages": trades.measure_pages,
    "fifo": trades.measure_fifo,
    "risk": risk.measure_risk,
    "xirr": risk.measure_xirr,
    "twr": risk.measure_twr,
    "first-load": first_load.measure,
    "cold-page": cold_page.measure,
    "cold-start": cold_start.measure,
    "statements": statements.measure,
    "chart": chart.measure,
    "repair": repair.measure,
    "backtest": backtest.measure,
}
# Takes half an hour, and stands for no goal of one machine: run when it is named, with the number of its accounts
# (`scale=40`).
SCALE = "scale"


def main(wanted: Sequence[str]) -> int:
    """Measure what is named, or everything."""
    measures = MEASURES | {one: _scaled(one) for one in wanted if one.partition("=")[0] == SCALE}
    unknown = set(wanted) - set(measures)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join([*MEASURES, SCALE])}", file=sys.stderr)
        return 2
    results: list[Result] = []
    failed = False
    for name in wanted or MEASURES:
        started = time.monotonic()
        try:
            results += measures[name]()
        except (ServerError, overview.NotSettledError, first_load.NotBuiltError, risk.NotInstalledError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
        except Exception:  # noqa: BLE001  # what one measure stumbles over is told, and the others go on
            traceback.print_exc()
            failed = True
        print(f"measured {name} in {time.monotonic() - started:.0f} s", flush=True)
    if results:
        print(table(results))
    return 2 if failed else 0


def _scaled(asked: str) -> Callable[[], list[Result]]:
    count = asked.partition("=")[2]
    return lambda: scale.measure(int(count)) if count else scale.measure()


if __name__ == "__main__":
    be_quiet()
    sys.exit(main(sys.argv[1:]))
