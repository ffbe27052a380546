"""What no order may go beyond, checked right before each send.

Source: docs/rebalancing.md#limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO, plain

if TYPE_CHECKING:
    from backend.core.model.rebalancing import Limits, PlannedOrder, Side
    from backend.core.model.runs import RunFill

LimitCode = Literal[
    "limit-symbol", "limit-per-trade", "limit-share", "limit-per-run", "limit-per-day", "price-moved", "limit-slippage"
]
DAY_MS: Final = 86_400_000
PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order that is about to be sent.

    `worth`: in the reporting currency. `offer`: the best price on the other side now; `planned`: that of the plan;
    `second`: the last trade's, as another endpoint tells it; `through`: what the order costs on average through the
    offers of the book, None where nobody looked.
    """

    symbol: str
    side: Side
    worth: Decimal
    offer: Decimal
    planned: Decimal
    second: Decimal
    through: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent already, and what the portfolio was worth in the plan; reporting currency."""

    in_run: Decimal
    in_day: Decimal
    portfolio: Decimal


@dataclass(frozen=True, slots=True)
class Breach:
    """The first limit that an order would break, in words that name both numbers."""

    code: LimitCode
    detail: str


def breach(limits: Limits, order: Proposal, sent: Sent) -> Breach | None:
    """The first limit that an order would break; None: it may be sent."""
    return money_breach(limits, order.symbol, order.worth, sent) or price_breach(limits, order)


def price_breach(limits: Limits, order: Proposal) -> Breach | None:
    """As `breach`, of what an order costs beside the plan and beside the last trade."""
    most = limits.max_slippage_percent
    paid = order.offer if order.through is None else order.through
    moved, apart = worse(order.side, order.offer, order.planned), worse(order.side, paid, order.second)
    if moved > most:
        words = (
            f"{order.symbol} is {_percent(moved)} % worse than planned ({plain(order.planned)}), above {plain(most)} %"
        )
        return Breach("price-moved", words)
    if apart > most:
        words = f"{order.symbol} costs {_percent(apart)} % more than the last trade ({plain(order.second)})"
        words = words if order.side == "BUY" else words.replace("costs", "brings").replace("more", "less")
        return Breach("limit-slippage", f"{words}, above {plain(most)} %")
    beside = worse(order.side, paid, order.planned)
    if beside > most:
        words = f"An order of this size is {_percent(beside)} % worse than planned ({plain(order.planned)})"
        return Breach("limit-slippage", f"{order.symbol}: {words}, above {plain(most)} %")
    return None


def money_breach(limits: Limits, symbol: str, worth: Decimal, sent: Sent) -> Breach | None:
    """As `breach`, of what needs no price."""
    if limits.symbols is not None and symbol not in limits.symbols:
        return Breach("limit-symbol", f"{symbol} is not on the list of pairs that may be traded")
    with localcontext(MONEY):
        share = None if limits.max_share_percent is None else sent.portfolio * limits.max_share_percent / PERCENT
        checks: tuple[tuple[LimitCode, Decimal | None, Decimal, str], ...] = (
            ("limit-per-trade", limits.per_trade_usd, worth, "one trade"),
            ("limit-share", share, worth, "one trade's share of the portfolio"),
            ("limit-per-run", limits.per_run_usd, sent.in_run + worth, "one run"),
            ("limit-per-day", limits.per_day_usd, sent.in_day + worth, "24 hours"),
        )
    for code, most, wanted, what in checks:
        if most is not None and wanted > most:
            return Breach(code, f"{_money(wanted)} is above the limit of {_money(most)} for {what}")
    return None


def strictest(limits: Limits, order: PlannedOrder) -> Limits:
    """The limits with the slippage of the plan where that is less: a person has seen what an order brings at least."""
    if order.received <= ZERO:
        return limits
    with localcontext(MONEY):
        planned = (ONE - order.min_received / order.received) * PERCENT
    return replace(limits, max_slippage_percent=min(limits.max_slippage_percent, max(planned, ZERO)))


def slipped(limits: Limits, order: PlannedOrder, fills: Sequence[RunFill]) -> Breach | None:
    """Whether an order was filled, on average, beyond the slippage that its plan and the limits allow."""
    most = strictest(limits, order).max_slippage_percent
    with localcontext(MONEY):
        quantity = sum((fill.quantity for fill in fills), ZERO)
        if quantity <= ZERO:
            return None
        average = sum((fill.quote for fill in fills), ZERO) / quantity
    found = worse(order.side, average, order.price)
    if found <= most:
        return None
    words = f"{order.symbol} was filled {_percent(found)} % worse than planned ({plain(order.price)})"
    return Breach("limit-slippage", f"{words}, above {plain(most)} %: the rest is not sent")


def worse(side: Side, offer: Decimal, reference: Decimal) -> Decimal:
    """By how many percent an offer is worse than a price; negative: better."""
    with localcontext(MONEY):
        if reference <= ZERO:
            return PERCENT
        ratio = offer / reference
        return (ratio - ONE if side == "BUY" else ONE - ratio) * PERCENT


def _percent(value: Decimal) -> str:
    return plain(round(value, 2))


def _money(value: Decimal) -> str:
    return plain(round(value, 2))
