"""What workers can do where the exchange sets no limit: imported by the program (`Product(first=...)`) it lifts the
budgets that requests are counted against, and run it is the built-in exchange that allows as much.

With the real limits an address reads 255 accounts a minute (85 % of 6,000 by 20 each), however many workers ask.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, cast

from backend.exchange.binance.limits import RULES
from backend.exchange.simulator import limits

TIMES: Final = 1_000


def lift() -> None:
    """Allow so many times as much, to whoever asks and by whoever answers."""
    rules = cast(dict[str, Any], RULES)
    for pool, rule in list(rules.items()):
        rules[pool] = replace(rule, limit=rule.limit * TIMES)
    for budget in (limits.SPOT_IP, limits.USDM_IP, limits.COINM_IP, limits.SAPI_IP, limits.SAPI_UID):
        # Each route holds the very object.
        object.__setattr__(budget, "limit", budget.limit * TIMES)
    object.__setattr__(limits.SAPI_UID_SECOND, "limit", limits.SAPI_UID_SECOND.limit * TIMES)


lift()

if __name__ == "__main__":
    from backend.exchange.simulator.cli import simulator_command

    simulator_command()
