"""Cash flows that the user brought as a quantity of a coin: valued at the price of their instant, like the ledger's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.core.model.amounts import product

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.services.past_prices import PastPrices


def at_prices(flows: Sequence[CashFlow], prices: PastPrices) -> dict[int | None, CashFlow]:
    """The flows, by id, whose amount follows from a price. One for which somebody said an amount is not among them.

    Raises:
        ExchangeError: a price could not be read.
    """
    asked: dict[str, list[CashFlow]] = {}
    for flow in flows:
        if flow.asset is not None and flow.quantity is not None and (flow.amount is None or flow.price is not None):
            asked.setdefault(flow.asset, []).append(flow)
    found: dict[int | None, CashFlow] = {}
    known = prices.of_all({asset: {flow.at_ms for flow in own} for asset, own in asked.items()})
    for asset, own in asked.items():
        for flow in own:
            price = known[asset][flow.at_ms]
            worth = None if price.price is None or flow.quantity is None else product(flow.quantity, price.price)
            status = "unavailable" if worth is None else "exact" if price.doubt is None else "estimated"
            found[flow.id] = replace(flow, amount=worth, price=price.price, status=status, reason=price.doubt)
    return found
