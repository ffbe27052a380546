"""Where the automatic runs of an account stand: what was set, since when, and what is due."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ZERO, plain
from backend.core.model.instants import MINUTE_MS
from backend.core.model.strategies import StrategyClock
from backend.core.rebalancing.chosen import settings_of, targets_of
from backend.core.rebalancing.drift import AssetDrift, drifts
from backend.core.rebalancing.eligibility import eligible
from backend.core.rebalancing.errors import EmptyPortfolioError
from backend.core.rebalancing.plan_body import inputs_of
from backend.core.rebalancing.settings_text import encode_settings
from backend.core.rebalancing.triggers import Decision, Past, Schedule, decide, interval_ms, off_target

if TYPE_CHECKING:
    from backend.core.model.rebalancing import RebalancingSettings, StoredPlan
    from backend.core.ports import UnitOfWork

PAUSE_SETTING: Final = "rebalancing.paused"
PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Situation:
    """An account at a moment. `clock` has seen what is set now; `stored` is the one in the database, if any."""

    settings: RebalancingSettings
    paused: bool
    clock: StrategyClock
    stored: StrategyClock | None
    decision: Decision


def situation(unit: UnitOfWork, environment: str, account_id: int, now_ms: int) -> Situation:
    """Where an account stands; `now_ms` of this machine's clock. What was just set starts the clock at now."""
    settings = settings_of(unit, environment, account_id)
    pause = unit.settings.get(pause_name(environment))
    paused = is_paused(pause)
    mark = _mark(settings, targets_of(unit, environment, account_id), pause)
    stored = unit.strategies.clock(account_id)
    clock = _followed(stored, account_id, mark, unit.strategies.newest_deposit(account_id), now_ms)
    ended = [
        at for at in (unit.strategies.last_run_ms(account_id), unit.strategies.last_automatic_ms(account_id)) if at
    ]
    schedule = Schedule(
        strategy=settings.strategy,
        interval_ms=interval_ms(settings.interval_hours),
        started_ms=clock.started_ms,
        cooldown_ms=interval_ms(settings.cooldown_hours),
        settle_ms=settings.settle_minutes * MINUTE_MS,
        paused=paused,
    )
    past = Past(
        last_due_ms=clock.last_due_ms,
        last_run_ms=max(ended, default=None),
        last_deposit_ms=clock.deposit_seen_ms,
        running=unit.runs.blocking(account_id) is not None,
    )
    return Situation(settings, paused, clock, stored, decide(schedule, past, now_ms))


def drifted(plan: StoredPlan, threshold_percent: Decimal) -> tuple[AssetDrift, ...]:
    """The assets of a plan that are off their targets by the threshold, as the plan weighs them: of what takes part.

    Raises:
        EmptyPortfolioError: nothing that takes part is worth anything.
    """
    with localcontext(MONEY):
        return off_target(*_weighed(plan), threshold_percent / PERCENT)


def largest_drift(plan: StoredPlan) -> AssetDrift | None:
    """The asset of a plan that is furthest from its target; None: nothing that takes part is worth anything."""
    try:
        return drifts(*_weighed(plan))[0]
    except EmptyPortfolioError:
        return None


def pause_name(environment: str) -> str:
    """The setting that says whether automatic runs rest."""
    return f"{PAUSE_SETTING}.{environment}"


def pause_text(paused: bool, now_ms: int) -> str:
    """Its content; the instant makes letting go on a change, which starts all clocks anew."""
    return json.dumps({"paused": paused, "at": now_ms})


def is_paused(content: str | None) -> bool:
    return content is not None and json.loads(content)["paused"] is True


def _mark(settings: RebalancingSettings, targets: Mapping[str, Decimal], pause: str | None) -> str:
    shares = {asset: plain(share) for asset, share in sorted(targets.items())}
    return sha256(json.dumps([encode_settings(settings), shares, pause]).encode()).hexdigest()


def _weighed(plan: StoredPlan) -> tuple[Mapping[str, Decimal], Mapping[str, Decimal]]:
    """The values of what takes part in a plan, and its targets as shares of them."""
    inputs = inputs_of(plan.body)
    tradable = inputs.market.reaching(inputs.base_asset)
    part = eligible(inputs.positions, inputs.targets, inputs.market.prices, inputs.rules, inputs.base_asset, tradable)
    wanted = {asset: inputs.targets.get(asset, ZERO) for asset in part.values}
    with localcontext(MONEY):
        whole = sum(wanted.values(), ZERO)
        return part.values, {asset: share / whole for asset, share in wanted.items()} if whole else wanted


def _followed(
    stored: StrategyClock | None, account_id: int, mark: str, newest_deposit: int | None, now_ms: int
) -> StrategyClock:
    """The clock after what is set and what has come in were looked at."""
    if stored is None:
        return StrategyClock(account_id, mark, now_ms, newest_flow=newest_deposit)
    clock = stored
    if clock.chosen != mark:
        clock = replace(clock, chosen=mark, started_ms=now_ms, failing=None)
    if newest_deposit is not None and newest_deposit > (clock.newest_flow or 0):
        clock = replace(clock, newest_flow=newest_deposit, deposit_seen_ms=now_ms)
    return clock
