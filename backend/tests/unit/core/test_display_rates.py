"""A figure in another currency is divided by the price of its own time; without one it is unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.core.display_rates import Rates, converted
from backend.core.model.instants import HOUR_MS, MINUTE_MS

T0 = 1_780_000_000_000 - 1_780_000_000_000 % HOUR_MS
RATES = Rates("EUR", Decimal("1.25"), {T0: Decimal("1.10"), T0 + HOUR_MS: Decimal("1.20")})


def test_a_past_value_takes_the_price_of_then_and_not_that_of_now() -> None:
    assert RATES.then(Decimal("110"), T0) == Decimal("100")
    assert RATES.shown(Decimal("125")) == Decimal("100")


def test_between_two_prices_the_earlier_one_stands_and_never_the_later() -> None:
    assert RATES.at(T0 + 59 * MINUTE_MS) == Decimal("1.10")
    assert RATES.at(T0 + HOUR_MS) == Decimal("1.20")


@pytest.mark.parametrize("at_ms", [T0 - 1, T0 + 2 * HOUR_MS + 1])
def test_without_a_price_of_the_time_a_value_is_unknown_and_not_zero(at_ms: int) -> None:
    assert RATES.then(Decimal("110"), at_ms) is None


@pytest.mark.parametrize(("value", "rate"), [(None, Decimal("1.1")), (Decimal("5"), None)])
def test_unknown_stays_unknown(value: Decimal | None, rate: Decimal | None) -> None:
    assert converted(value, rate) is None


def test_a_return_is_that_of_the_values_and_flows_divided_at_each_instant() -> None:
    # 100 grow to 120, 30 come in, 150 grow to 165: (120/100) x (165/150) - 1 = 32 %, and the currency gains 10 %.
    first, middle, last = Decimal("1.00"), Decimal("1.05"), Decimal("1.10")
    rates = Rates("EUR", None, {T0: first, T0 + HOUR_MS: middle, T0 + 2 * HOUR_MS: last})
    chained = (120 / middle) / (100 / first) * (165 / last) / ((120 + 30) / middle) - 1
    assert rates.growth(0.32, T0, last) == pytest.approx(float(chained), rel=1e-12)


def test_a_return_without_the_price_of_its_start_is_unknown() -> None:
    assert RATES.growth(0.1, T0 - 1, Decimal("1.2")) is None
