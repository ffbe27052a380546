"""The kinds of alerts: what their limit means, when they fire and when they are armed again.

Source: docs/alerts.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from backend.core.alerts.judge import Threshold
from backend.core.model.alerts import AlertKind, AlertRule, Severity

Unit = Literal["percent", "points", "times", "money", "price"]
# A level is measured at each refresh, a change is seen between two, an occurrence is told by whoever sees it.
Nature = Literal["level", "change", "occurrence"]
D = Decimal
NOTHING: Final = D(0)
ALL: Final = D(100)
AT_ONCE: Final = D(1)
MOST_PRICES: Final = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind is.

    `rearm`: the limit times this is where it is armed again. `falling`: it fires below its limit. `of_asset`: a rule
    names one. `on`: where nothing was set; kinds without a limit of their own have `unit` None.
    """

    nature: Nature
    severity: Severity
    unit: Unit | None = None
    default: Decimal | None = None
    lowest: Decimal = NOTHING
    highest: Decimal = ALL
    rearm: Decimal = AT_ONCE
    falling: bool = False
    of_asset: bool = False
    on: bool = True

    @property
    def may_lack_limit(self) -> bool:
        """Whether a rule without a limit means something."""
        return self.unit is None or (self.default is None and not self.of_asset)


LARGEST: Final = D("1e15")
TERMS: Final[Mapping[AlertKind, Terms]] = {
    "loss_1h": Terms("level", "warning", "percent", D(5), D("0.1"), D(100), D("0.75")),
    "loss_24h": Terms("level", "warning", "percent", D(8), D("0.1"), D(100), D("0.75")),
    "loss_peak": Terms("level", "warning", "percent", D(25), D("0.1"), D(100), D("0.9"), on=False),
    "sync_failing": Terms("level", "critical", "times", D(3), D(1), D(1000), D(0)),
    "balance_anomaly": Terms("level", "critical", "money", D(50), D(0), LARGEST, D("0.5")),
    "position_share": Terms("level", "warning", "percent", D(50), D(1), D(100), D("0.95"), on=False),
    "drift_band": Terms("level", "info", "points", None, D("0.01"), D(100), D("0.8")),
    "price_above": Terms("level", "info", "price", None, D("1e-18"), LARGEST, D("0.99"), of_asset=True),
    "price_below": Terms("level", "info", "price", None, D("1e-18"), LARGEST, D("1.01"), falling=True, of_asset=True),
    "depeg": Terms("level", "critical", "percent", D("0.5"), D("0.05"), D(50), D("0.5")),
    "key_rights": Terms("change", "critical"),
    "residual": Terms("occurrence", "warning", "money", D(0), D(0), LARGEST),
    "run_finished": Terms("occurrence", "info"),
    "run_failed": Terms("occurrence", "warning"),
    "run_review": Terms("occurrence", "critical"),
    "benchmark_exhausted": Terms("occurrence", "info"),
    "audit_broken": Terms("occurrence", "critical"),
}


def default_rules() -> Sequence[AlertRule]:
    """What is watched where nothing was set; told in the dashboard alone."""
    return [AlertRule(kind, one.default, one.on) for kind, one in TERMS.items() if not one.of_asset]


def threshold(rule: AlertRule, limit: Decimal) -> Threshold:
    """Where a level fires, and where it is armed again."""
    terms = TERMS[rule.kind]
    return Threshold(limit, limit * terms.rearm, terms.falling)


def refused_limit(kind: AlertKind, limit: Decimal | None) -> str | None:
    """Why a limit cannot be that of a kind; None: it can."""
    terms = TERMS[kind]
    if limit is None:
        return None if terms.may_lack_limit else "It needs a limit"
    if terms.unit is None:
        return "It has no limit"
    if not terms.lowest <= limit <= terms.highest:
        return f"From {terms.lowest} to {terms.highest:f}"
    return None
