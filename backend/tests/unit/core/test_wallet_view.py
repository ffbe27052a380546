"""What of an asset's cost belongs to each wallet, and what all of them together have gained."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.model.holdings import Balance
from backend.core.model.valuation import PricedBalance
from backend.core.views import CostView
from backend.core.wallet_view import cost_of_line

D = Decimal


def line(wallet: str, quantity: str, unrealized: str = "0", price: str | None = "100") -> PricedBalance:
    balance = Balance(wallet, "BTC", D(quantity), D(0), unrealized=D(unrealized))
    priced = None if price is None else D(price)
    return PricedBalance(balance, priced, None if priced is None else balance.valued * priced, None, None)


def told(cost: CostView) -> tuple[Decimal | None, Decimal | None]:
    return cost.cost, cost.unrealized


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([("spot", "4", "0")], [(D(240), D(160))]),
        ([("spot", "3", "0"), ("earn_locked", "1", "0")], [(D(180), D(120)), (D(60), D(40))]),
        # The debt of a short sale takes its part of the cost back.
        ([("spot", "5", "0"), ("margin_cross", "-1", "0")], [(D(300), D(200)), (D(-60), D(-40))]),
        # Unrealised profit is a gain of the wallet that it stands in.
        ([("spot", "4", "0"), ("futures_coinm", "0", "0.5")], [(D(240), D(160)), (D(0), D(50))]),
    ],
)
def test_a_wallets_share_of_the_quantity_is_its_share_of_the_cost(
    parts: list[tuple[str, str, str]], wanted: list[tuple[Decimal, Decimal]]
) -> None:
    lines = [line(*part) for part in parts]
    gain = sum((one.value or D(0) for one in lines), D(0)) - 240
    found = [cost_of_line(CostView(D(240), gain, None, D(4)), one) for one in lines]
    assert [told(cost) for cost in found] == wanted
    assert sum(cost.unrealized or D(0) for cost in found) == gain


def test_a_cost_that_is_not_known_stays_so_in_each_wallet() -> None:
    unknown = CostView(None, None, "quantity_differs", D(4))
    assert cost_of_line(unknown, line("spot", "3")) is unknown


def test_without_a_price_the_cost_is_known_and_the_gain_is_not() -> None:
    found = cost_of_line(CostView(D(240), None, "no_price", D(4)), line("spot", "1", price=None))
    assert (told(found), found.reason) == ((D(60), None), "no_price")
