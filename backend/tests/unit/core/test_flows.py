"""Cash flows added up: exactly, and honest about what is not known."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from backend.core.flows import net_deposits
from backend.core.model.holdings import CashFlow
from backend.tests.builders import T0


def flow(amount: str | Decimal | None, at_ms: int = T0, status: str = "exact", reason: str | None = None) -> CashFlow:
    value = None if amount is None else Decimal(amount)
    return CashFlow(None, 1, at_ms, value, "BTC", Decimal(1), None, "", "deposit", f"{at_ms}{amount}", status, reason)


def test_deposits_and_withdrawals_are_told_apart_and_netted() -> None:
    sums = net_deposits([flow("100"), flow("-30", T0 - 5), flow("0.5")])
    assert (sums.net, sums.deposits, sums.withdrawals) == (Decimal("70.5"), Decimal("100.5"), Decimal(-30))
    assert (sums.deposit_count, sums.withdrawal_count, sums.first_ms) == (2, 1, T0 - 5)
    assert (sums.status, sums.reason) == ("exact", None)


def test_no_flow_at_all_is_exactly_zero() -> None:
    sums = net_deposits([])
    assert (sums.net, sums.first_ms, sums.status) == (Decimal(0), None, "exact")


def test_a_flow_without_a_value_is_not_in_the_sum_and_makes_it_an_estimate() -> None:
    sums = net_deposits([flow("100"), flow(None, status="unavailable", reason="no_price")])
    assert (sums.net, sums.status, sums.reason) == (Decimal(100), "estimated", "no_price")


def test_with_no_known_value_the_sum_is_unknown_not_zero() -> None:
    assert net_deposits([flow(None)]).net is None


def test_an_unexplained_change_makes_the_sum_an_estimate() -> None:
    sums = net_deposits([flow("100"), flow("5", status="to_confirm", reason="unexplained_change")])
    assert (sums.net, sums.status, sums.reason) == (Decimal(105), "estimated", "unexplained_change")


def test_an_old_price_names_itself() -> None:
    sums = net_deposits([flow("100", status="estimated", reason="old_price")])
    assert (sums.status, sums.reason) == ("estimated", "old_price")


@given(amounts=st.lists(st.decimals("-1e15", "1e15", places=18), max_size=30))
def test_the_parts_always_add_up_to_the_net(amounts: list[Decimal]) -> None:
    sums = net_deposits([flow(amount, T0 + place) for place, amount in enumerate(amounts)])
    assert sums.deposit_count + sums.withdrawal_count == len(amounts)
    assert sums.net == net_deposits([flow(amount, T0) for amount in reversed(amounts)]).net
    assert net_deposits([flow(sums.deposits), flow(sums.withdrawals)]).net == sums.net
