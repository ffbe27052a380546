"""Courses of the whole market around the anchor day (the day the exchange was first started).

Some scenarios have more in store than a course: `staging.py` puts it on stage.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from backend.exchange.simulator.noise import Floats


@dataclass(frozen=True)
class Scenario:
    """`yearly_drift` is a log return of a coin with market pull 1; `restlessness` scales every deviation.

    `fall` and `recovery` are log returns of a crash that starts `CRASH_START` days before the anchor.
    """

    yearly_drift: float
    restlessness: float
    fall: float = 0.0
    recovery: float = 0.0


CRASH_START: Final = -12.0
CRASH_DAYS: Final = 3.0
RECOVERY_DAYS: Final = 45.0
SATURATION_DAYS: Final = 900.0

SCENARIOS: Final[dict[str, Scenario]] = {
    "calm": Scenario(0.10, 0.75),
    "bull": Scenario(0.60, 1.0),
    "bear": Scenario(-0.55, 1.1),
    "crash": Scenario(0.10, 0.9, fall=-0.60, recovery=0.28),
    "flash_crash": Scenario(0.10, 0.75),
    "depeg": Scenario(0.10, 0.75),
    "delisting": Scenario(0.10, 0.75),
    "ban": Scenario(0.10, 0.75),
}


def trend(scenario: Scenario, days_from_anchor: Floats) -> Floats:
    """Log level of the market relative to the anchor day.

    The drift fades out some years away from the anchor, so that no scenario reaches absurd levels in the decades
    for which prices are defined.
    """
    level = scenario.yearly_drift * SATURATION_DAYS / 365 * np.tanh(days_from_anchor / SATURATION_DAYS)
    fallen = np.clip((days_from_anchor - CRASH_START) / CRASH_DAYS, 0, 1)
    recovered = np.clip((days_from_anchor - CRASH_START - CRASH_DAYS) / RECOVERY_DAYS, 0, 1)
    return np.asarray(level + scenario.fall * fallen + scenario.recovery * recovered, np.float64)
