"""Risk figures by quantstats, which lives in an environment of its own: one calculation for each line that is read.

The first line has the returns of the account and of its benchmark, as two lists in JSON. Each answer is a line, too.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

# Neither is where this is checked.
pandas: Any = importlib.import_module("pandas")
stats: Any = importlib.import_module("quantstats").stats
YEAR = 365


def main() -> None:
    """Answer until there is nothing more to read."""
    r, b = json.loads(sys.stdin.readline())
    dates = pandas.date_range("2021-01-01", periods=len(r))
    own, mark = pandas.Series(r, index=dates), pandas.Series(b, index=dates)
    print("ready", flush=True)
    for _ in sys.stdin:
        for series in (own, mark):
            stats.volatility(series, periods=YEAR)
            stats.sharpe(series, periods=YEAR)
            stats.sortino(series, periods=YEAR)
            stats.calmar(series)
            stats.max_drawdown(series)
            stats.value_at_risk(series)
            stats.conditional_value_at_risk(series)
            stats.best(series)
            stats.worst(series)
        stats.greeks(own, mark, periods=YEAR)
        stats.information_ratio(own, mark)
        print("done", flush=True)


if __name__ == "__main__":
    main()
