"""Small markets for tests of routes and plans."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from backend.core.rebalancing.market import Market, Pair
from backend.core.rebalancing.order_bounds import OrderBounds

ASSETS = ("ADA", "BNB", "BTC", "ETH", "USDC", "USDT")
QUOTES = {"USDT": 0, "USDC": 1, "BTC": 2, "ETH": 3, "BNB": 4, "ADA": 5}


def bounds(step: str = "0.00001", min_qty: str = "0.00001", min_notional: str = "5", most: str = "") -> OrderBounds:
    return OrderBounds(Decimal(step), Decimal(min_qty), Decimal(most) if most else None, Decimal(min_notional))


def pair(
    base: str, quote: str, bid: str, ask: str, fee: str = "0.001", rules: OrderBounds | None = None, apart: bool = False
) -> Pair:
    return Pair(base + quote, base, quote, Decimal(bid), Decimal(ask), rules or bounds(), Decimal(fee), apart)


@st.composite
def markets(draw: st.DrawFn) -> Market:
    """Up to fifteen pairs between six assets: steps and minima of all sizes, offers around the true price."""
    prices = {
        asset: draw(st.decimals("0.05", "5", places=3)) * Decimal(10) ** draw(st.integers(-1, 4)) for asset in ASSETS
    }
    prices["USDT"] = Decimal(1)
    found = []
    for quote in ASSETS:
        for base in ASSETS:
            if QUOTES[base] <= QUOTES[quote] or not draw(st.booleans()):
                continue
            middle = prices[base] / prices[quote]
            half = draw(st.decimals("0", "0.02", places=4)) * middle
            step = Decimal(1).scaleb(draw(st.integers(-6, 1)))
            rules = OrderBounds(step, step, None, draw(st.sampled_from([0, 5, 10])) / prices[quote])
            fee = draw(st.sampled_from([Decimal(0), Decimal("0.00075"), Decimal("0.001")]))
            symbol = base + quote
            found.append(Pair(symbol, base, quote, middle - half, middle + half, rules, fee, draw(st.booleans())))
    return Market(tuple(found), prices)
