"""The hold-only shadow: what the account would be worth had nothing been traded, with the same cash flows.

It keeps the quantities of its first snapshot. A deposit stays the coin that it came in; a withdrawal takes the same
share of every coin. Trades, conversions, income and costs since are not in it. Its index is a time-weighted return,
float64.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.performance.growth_index import NEGATIVE_VALUE

NO_PRICE: Final = "no_price"


@dataclass(frozen=True, slots=True)
class HoldState:
    """What is held after the flows of an instant: `base` is its value, `index` the growth until then.

    `doubt`: why the index is an estimate from here on; `broken`: why there is none.
    """

    index: float
    base: Decimal
    units: Mapping[str, Decimal]
    exhausted: bool = False
    doubt: str | None = None
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class HoldFlows:
    """Flows of an instant: the coins that came with their value, and the value that left (positive).

    `account_value`: of the real account just before them.
    """

    account_value: Decimal
    arrivals: Mapping[str, Decimal]
    arrived: Decimal = ZERO
    left: Decimal = ZERO
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class HoldPoint:
    """An instant with the prices of all coins that are held or come in; None where one has none.

    `doubts`: by coin, why its price is missing or old.
    """

    at_ms: int
    prices: Mapping[str, Decimal | None]
    doubts: Mapping[str, str] = field(default_factory=dict)
    flows: HoldFlows | None = None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """The shadow just before the flows of an instant; `state` where they changed it, and in the first row."""

    at_ms: int
    value: Decimal
    index: float | None
    reason: str | None
    state: HoldState | None


def open_hold(quantities: Mapping[str, Decimal], point: HoldPoint, by_share: bool = False) -> HoldRow:
    """Begin with what is held just before the flows of an instant; the index is 1."""
    start = HoldState(1.0, _worth(quantities, point), dict(quantities))
    return next_hold(start, point, by_share, opens=True)


def next_hold(state: HoldState, point: HoldPoint, by_share: bool = False, opens: bool = False) -> HoldRow:
    """The row of the next instant.

    Args:
        by_share: a withdrawal takes the share of the real account that leaves; by default the value that leaves.

    Source:
        docs/formulas.md#hold-only-shadow.
    """
    value = _worth(state.units, point)
    doubt = state.doubt or next((point.doubts[coin] for coin in state.units if coin in point.doubts), None)
    broken = state.broken or (NEGATIVE_VALUE if value < 0 else None)
    index = None if broken else state.index * float(value) / float(state.base) if state.base > 0 else state.index
    flows = point.flows
    after: HoldState | None = None
    if flows is not None:
        after = _after(state, point, flows, value, by_share)
    elif opens:
        after = state
    if after is not None:
        after = HoldState(
            index if index is not None else state.index,
            after.base,
            after.units,
            after.exhausted,
            doubt or (flows.doubt if flows else None),
            broken or (NEGATIVE_VALUE if after.base < 0 else None),
        )
    return HoldRow(point.at_ms, value, index, broken or doubt, after)


def _after(state: HoldState, point: HoldPoint, flows: HoldFlows, value: Decimal, by_share: bool) -> HoldState:
    with localcontext(MONEY):
        units = dict(state.units)
        for coin, quantity in flows.arrivals.items():
            units[coin] = units.get(coin, ZERO) + quantity
        exhausted = state.exhausted and not flows.arrivals
        base = value + flows.arrived
        if flows.left > 0:
            before = flows.account_value + flows.arrived if by_share else base
            kept = ONE - flows.left / before if before > 0 and flows.left <= before else ZERO
            exhausted = flows.left > before
            units = {coin: quantity * kept for coin, quantity in units.items()}
            base *= kept
    held = {coin: quantity for coin, quantity in units.items() if quantity != 0}
    return HoldState(state.index, base, held, exhausted)


def _worth(units: Mapping[str, Decimal], point: HoldPoint) -> Decimal:
    with localcontext(MONEY):
        worth = ZERO
        for coin, quantity in units.items():
            price = point.prices.get(coin)
            if price is not None:
                worth += quantity * price
        return worth
