"""What a run reads of the plan it executes."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from backend.core.model.amounts import MONEY, ZERO, product
from backend.core.model.strategies import Conversion
from backend.core.rebalancing.conversion import ConversionWish

if TYPE_CHECKING:
    from backend.core.model.rebalancing import PlannedOrder, RebalancingSettings, StoredPlan


def free_of(plan: StoredPlan, asset: str) -> Decimal:
    """What was free of an asset in the spot wallet when the plan was made."""
    position = plan.body["positions"].get(asset)
    return ZERO if position is None else Decimal(position["free"])


def portfolio_of(plan: StoredPlan) -> Decimal:
    """What takes part in the plan is worth so much, reporting currency."""
    return Decimal(plan.body["totals"]["total"])


def worth_of(plan: StoredPlan, order: PlannedOrder, spent: Decimal, price: Decimal | None = None) -> Decimal:
    """What an order moves is worth, reporting currency: at the plan's prices, or at a price of now where that is more.

    Args:
        price: of the pair, as it is offered now; None: only the plan is known. Money of the reporting currency is
            worth what it is.
    """
    prices = plan.body["prices"]
    planned = product(spent, Decimal(prices[order.given]))
    if price is None or order.given == plan.body["reporting_currency"]:
        return planned
    with localcontext(MONEY):
        taken = spent * price if order.side == "SELL" else spent / price
        return max(planned, taken * Decimal(prices[order.taken]))


def kept_since(plan: StoredPlan, settings: RebalancingSettings) -> frozenset[str]:
    """Coins that were excluded, or of which more was protected, after the plan was made."""
    rules = plan.body["rules"]
    before = {asset: Decimal(quantity) for asset, quantity in rules["protected"].items()}
    more = {asset for asset, quantity in settings.protected.items() if quantity > before.get(asset, ZERO)}
    return frozenset(more | (settings.excluded - set(rules["excluded"])))


def touches(order: PlannedOrder, kept: frozenset[str]) -> bool:
    """Whether an order gives one of some coins away, or is on its way to buying one.

    The second order of a sale does not: its coin has gone with the first.
    """
    return order.given in kept or (order.action == "BUY" and order.asset in kept)


def conversion_of(plan: StoredPlan, run_id: int, at_ms: int) -> Conversion:
    """The conversion that a plan of one is, as its run begins."""
    wish = ConversionWish.of(plan.body["conversion"])
    orders = plan.orders()
    return Conversion(
        run_id=run_id,
        account_id=plan.account_id,
        at_ms=at_ms,
        given=wish.given,
        taken=wish.taken,
        amount=wish.amount,
        expected=orders[-1].received,
        route=(wish.given, *(order.taken for order in orders)),
    )
