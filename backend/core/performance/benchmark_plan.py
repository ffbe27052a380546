"""What the benchmark is made of, as the user set it: coins with their weights, when it is reset, how withdrawals go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import MONEY, ZERO, parse_amount, plain
from backend.core.model.instants import from_ms, to_ms
from backend.core.performance.benchmark import HALF_AND_HALF
from backend.core.performance.errors import InvalidWeightsError
from backend.core.performance.schedule import MONDAY, RESET_HOUR, next_rebalance, resets_between

MOST_COINS: Final = 10
# Weights are typed in by hand: thirds do not add up to 1.
SUM_WITHIN: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class BenchmarkPlan:
    """`weights` as they were said, in order; `shares` are what is reckoned with: they add up to 1.

    `weekday` 0 is Monday; `hour` in UTC, None: never reset. `by_share`: a withdrawal takes the share of the account
    that leaves, not its value.
    """

    weights: Mapping[str, Decimal]
    weekday: int = MONDAY
    hour: int | None = RESET_HOUR
    by_share: bool = False
    shares: Mapping[str, Decimal] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        with localcontext(MONEY):
            whole = sum(self.weights.values(), ZERO)
            shares = {coin: weight / whole for coin, weight in self.weights.items()} if whole > 0 else {}
        object.__setattr__(self, "shares", shares)

    @property
    def coins(self) -> Sequence[str]:
        return tuple(self.weights)

    def resets(self, after_ms: int, until_ms: int) -> list[int]:
        """Scheduled instants with after < t <= until, rising."""
        if self.hour is None:
            return []
        return [to_ms(at) for at in resets_between(from_ms(after_ms), from_ms(until_ms), self.weekday, self.hour)]

    def next_reset(self, after_ms: int) -> int | None:
        """The first scheduled instant after one; None: never."""
        if self.hour is None:
            return None
        return to_ms(next_rebalance(from_ms(after_ms), self.weekday, self.hour))

    def check(self) -> None:
        """Refuse what is no plan.

        Raises:
            InvalidWeightsError: says what.
        """
        if not 1 <= len(self.weights) <= MOST_COINS:
            raise InvalidWeightsError(f"a benchmark has from 1 to {MOST_COINS} coins")
        with localcontext(MONEY):
            if any(weight <= 0 for weight in self.weights.values()):
                raise InvalidWeightsError("every weight must be above 0")
            if abs(sum(self.weights.values(), ZERO) - 1) > SUM_WITHIN:
                raise InvalidWeightsError("the weights must add up to 1")


DEFAULT_PLAN: Final = BenchmarkPlan(HALF_AND_HALF)
# Where the settings keep what the user wants: the plan, and from when on the hold-only shadow holds.
PLAN_SETTING: Final = "benchmark"
HOLD_SETTING: Final = "hold_only_since"


def encode_plan(plan: BenchmarkPlan) -> str:
    """As JSON text; the same plan gives the same text."""
    weights = [[coin, plain(weight)] for coin, weight in plan.weights.items()]
    return json.dumps([weights, plan.weekday, plan.hour, plan.by_share])


def decode_plan(text: str | None) -> BenchmarkPlan:
    """What `encode_plan` wrote; half BTC and half ETH where nothing was."""
    if text is None:
        return DEFAULT_PLAN
    weights, weekday, hour, by_share = json.loads(text)
    return BenchmarkPlan({coin: parse_amount(weight) for coin, weight in weights}, weekday, hour, by_share)


@dataclass(frozen=True, slots=True)
class HoldChoice:
    """`since_ms`: the shadow holds what was there then; None: at the first snapshot. `by_share` as the plan's."""

    since_ms: int | None = None
    by_share: bool = False

    def encoded(self) -> str:
        """As JSON text."""
        return json.dumps([self.since_ms, self.by_share])


def hold_choice(setting: str | None, plan: BenchmarkPlan) -> HoldChoice:
    """What the setting and the plan make of the shadow."""
    return HoldChoice(json.loads(setting) if setting is not None else None, plan.by_share)
