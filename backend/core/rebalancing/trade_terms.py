"""What an account pays for trading, and the pairs that matter to a plan, out of what the exchange tells.

Source: docs/formulas.md#plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import MONEY, ONE, ZERO
from backend.core.model.orders import Commission, Rates, TradingRights
from backend.core.rebalancing.market import Market, Pair, tradable_pairs
from backend.core.rebalancing.order_bounds import OrderBounds, market_order_bounds
from backend.core.rebalancing.routing import FAR_DIGITS
from backend.core.valuation import INTERMEDIATES, PriceRoutes, route_price

if TYPE_CHECKING:
    from backend.core.model.market import BestOffers
    from backend.core.model.trading_rules import SymbolRules

BNB: Final = "BNB"
MARKET: Final = "MARKET"
# Over which coins a sale and a purchase may go beside those of the portfolio: the ones with deep markets.
DEEP: Final = frozenset({*INTERMEDIATES, "USDT"})
# How far the offers may be from the average that the exchange measures with.
MARGIN: Final = Decimal("1.02")
TWO: Final = Decimal(2)


@dataclass(frozen=True, slots=True)
class TradeReadings:
    """What the exchange says of trading at one instant. `commissions`: of the symbols that were asked for."""

    rules: Sequence[SymbolRules]
    offers: Sequence[BestOffers]
    rights: TradingRights
    commissions: Mapping[str, Commission]


def market_of(
    readings: TradeReadings, traded: Collection[str], held: Collection[str], base: str, reporting: str, bnb_pays: bool
) -> Market:
    """Pairs by which some assets can be traded, directly or over a coin with deep markets, and prices.

    A price is the middle of the best offers; an asset that no such way leads from to the reporting currency has none.

    Args:
        traded: what may be bought or sold.
        held: what else needs a price.
        base: what is traded against.
        bnb_pays: whether fees may be planned in BNB, with the discount, where the account has chosen that.
    """
    offers = {one.symbol: one for one in readings.offers if _two_sided(one)}
    listed = {one.symbol.name: one for one in readings.rules if one.symbol.tradable and one.symbol.name in offers}
    routes = PriceRoutes([one.symbol for one in listed.values()], reporting)
    middles = {name: _middle(offers[name]) for name in listed}
    wanted, deep = frozenset({*traded, base}), DEEP | {base, reporting}
    pairs: list[Pair] = []
    for name in sorted(listed):
        symbol = listed[name].symbol
        ends = {symbol.base, symbol.quote}
        if ends & wanted and ends <= wanted | deep and _permitted(listed[name], readings.rights):
            pairs.append(_pair(listed[name], offers[name], readings, bnb_pays))
    prices: dict[str, Decimal] = {}
    for asset in sorted({*wanted, *held, *(end for pair in pairs for end in (pair.base, pair.quote))}):
        price = _price(asset, routes, middles)
        if price is not None:
            prices[asset] = price
    usable = [pair for pair in pairs if pair.base in prices and pair.quote in prices]
    return Market(tradable_pairs(usable), prices, deep)


def taker_rate(commission: Commission, bnb_pays: bool) -> tuple[Decimal, bool]:
    """What a market order costs, a ratio of what is received, the dearer side counted; and whether BNB pays it.

    The discount is on the standard part alone.
    """
    discount = commission.discount
    by_bnb = (
        bnb_pays
        and discount is not None
        and discount.for_account
        and discount.for_symbol
        and discount.asset == BNB
        and discount.factor is not None
    )
    factor = discount.factor if by_bnb and discount is not None and discount.factor is not None else ONE
    with localcontext(MONEY):
        rate = _of_taker(commission.standard) * factor + _of_taker(commission.special) + _of_taker(commission.tax)
    return max(rate, ZERO), by_bnb


def _pair(rules: SymbolRules, offer: BestOffers, readings: TradeReadings, bnb_pays: bool) -> Pair:
    symbol = rules.symbol
    commission = readings.commissions.get(symbol.name) or Commission(None, readings.rights.rates, None, None, None)
    rate, by_bnb = taker_rate(commission, bnb_pays)
    return Pair(
        symbol.name, symbol.base, symbol.quote, offer.bid, offer.ask, _bounds(rules, offer), rate, fee_apart=by_bnb
    )


def _bounds(rules: SymbolRules, offer: BestOffers) -> OrderBounds:
    """The exchange measures a market order with an average of minutes: what is close to a bound might be refused."""
    bounds = market_order_bounds(rules)
    most = rules.notional.maximum if rules.notional is not None and rules.notional.maximum_for_market else None
    with localcontext(MONEY):
        max_qty = bounds.max_qty
        if most:
            by_worth = (most / (offer.ask * MARGIN)).quantize(FAR_DIGITS, ROUND_FLOOR)
            max_qty = by_worth if max_qty is None else min(max_qty, by_worth)
        return replace(bounds, max_qty=max_qty, min_notional=bounds.min_notional * MARGIN)


def _permitted(rules: SymbolRules, rights: TradingRights) -> bool:
    return MARKET in rules.order_types and rules.permits(rights.permissions)


def _two_sided(offer: BestOffers) -> bool:
    return offer.bid > ZERO and offer.ask >= offer.bid and offer.bid_quantity > ZERO and offer.ask_quantity > ZERO


def _middle(offer: BestOffers) -> Decimal:
    with localcontext(MONEY):
        return (offer.bid + offer.ask) / TWO


def _price(asset: str, routes: PriceRoutes, middles: Mapping[str, Decimal]) -> Decimal | None:
    found: Iterable[Decimal | None] = (route_price(route, middles.get) for route in routes.of(asset))
    return next((price for price in found if price is not None), None)


def _of_taker(rates: Rates | None) -> Decimal:
    """Of a market order; where buyer and seller pay apart, the dearer of the two."""
    if rates is None:
        return ZERO
    with localcontext(MONEY):
        return rates.taker + max(rates.buyer or ZERO, rates.seller or ZERO)
