"""Drift that is shown all the time is weighed as a plan weighs it: by what takes part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.valuation import PricedBalance
from backend.core.rebalancing.standing import AssetStanding, standing
from backend.tests.unit.core.rebalancing.questions import line


def stands(lines: list[PricedBalance], percents: dict[str, str], **settings: Any) -> dict[str, AssetStanding]:
    wanted = {asset: Decimal(share) for asset, share in percents.items()}
    return {one.asset: one for one in standing(lines, wanted, RebalancingSettings(**settings), "USDT")}


HELD = [line("BTC", "1", "300"), line("BTC", "2", "300", "earn_locked"), line("ETH", "1", "100")]


def test_weights_are_of_what_takes_part_over_all_wallets() -> None:
    found = stands([*HELD, line("LTC", "10", "100")], {"BTC": "80", "ETH": "20"})
    btc, ltc = found["BTC"], found["LTC"]
    assert (btc.weight, btc.base_weight, btc.drift) == (Decimal(45), Decimal(90), Decimal(10))
    assert (ltc.weight, ltc.base_weight, ltc.target, ltc.drift) == (Decimal(50), None, None, None)


def test_coins_to_be_sold_without_a_target_take_part() -> None:
    found = stands([*HELD, line("LTC", "10", "100")], {"BTC": "80", "ETH": "20"}, sell_untargeted=True)
    assert (found["BTC"].base_weight, found["BTC"].drift) == (Decimal(45), Decimal(-35))
    ltc = found["LTC"]
    assert (ltc.base_weight, ltc.target, ltc.drift, ltc.outside) == (Decimal(50), None, Decimal(50), True)


def test_an_asset_is_outside_from_the_threshold_on() -> None:
    assert stands(HELD, {"BTC": "80", "ETH": "20"}, threshold_percent=Decimal(10))["BTC"].outside
    assert not stands(HELD, {"BTC": "80", "ETH": "20"}, threshold_percent=Decimal("10.1"))["BTC"].outside


def test_protected_coins_are_taken_off_and_excluded_ones_stay_out() -> None:
    found = stands(HELD, {"BTC": "80", "ETH": "20"}, protected={"BTC": Decimal(2)})
    assert (found["BTC"].base_weight, found["BTC"].drift) == (Decimal(75), Decimal(-5))
    out = stands(HELD, {"BTC": "80", "ETH": "20"}, excluded=frozenset({"BTC"}))
    assert (out["BTC"].drift, out["ETH"].base_weight, out["ETH"].drift) == (None, Decimal(100), Decimal(0))


def test_a_target_that_is_not_held_is_wholly_missing_and_no_price_is_unknown() -> None:
    found = stands([*HELD, line("NEW", "5", None)], {"BTC": "50", "SOL": "40", "NEW": "10"})
    assert (found["SOL"].value, found["SOL"].base_weight) == (Decimal(0), Decimal(0))
    assert (found["NEW"].value, found["NEW"].weight, found["NEW"].drift) == (None, None, None)


def test_nothing_held_has_no_weights() -> None:
    found = stands([], {"BTC": "100"})
    assert (found["BTC"].weight, found["BTC"].drift, found["BTC"].outside) == (None, None, False)
