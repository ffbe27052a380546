"""What no order may go beyond, checked right before each send.

Source: docs/operations.md#limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final, Literal

from backend.core.model.amounts import MONEY, ONE, ZERO, plain
from backend.core.model.rebalancing import Limits, Side

LimitCode = Literal[
    "limit-symbol", "limit-per-trade", "limit-share", "limit-per-run", "limit-per-day", "price-moved", "limit-slippage"
]
DAY_MS: Final = 86_400_000
PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order that is about to be sent.

    `worth`: in the reporting currency. `offer`: the best price on the other side now; `planned`: that of the plan;
    `second`: the last trade's, as another endpoint tells it.
    """

    symbol: str
    side: Side
    worth: Decimal
    offer: Decimal
    planned: Decimal
    second: Decimal


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
    moved, apart = worse(order.side, order.offer, order.planned), worse(order.side, order.offer, order.second)
    if moved > most:
        words = (
            f"{order.symbol} is {_percent(moved)} % worse than planned ({plain(order.planned)}), above {plain(most)} %"
        )
        return Breach("price-moved", words)
    if apart > most:
        words = f"The offer of {order.symbol} is {_percent(apart)} % worse than the last trade ({plain(order.second)})"
        return Breach("limit-slippage", f"{words}, above {plain(most)} %")
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
