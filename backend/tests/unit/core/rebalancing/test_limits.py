"""Limits right before a send."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.rebalancing import Limits, PlannedOrder
from backend.core.model.runs import RunFill
from backend.core.rebalancing.limits import Proposal, Sent, breach, money_breach, slipped, strictest, worse

SENT = Sent(in_run=Decimal(100), in_day=Decimal(500), portfolio=Decimal(10_000))
HUNDRED = Decimal(100)


def proposal(**changes: object) -> Proposal:
    fields: dict[str, object] = {
        "symbol": "BTCUSDT",
        "side": "BUY",
        "worth": HUNDRED,
        "offer": HUNDRED,
        "planned": HUNDRED,
        "second": HUNDRED,
    }
    return Proposal(**(fields | changes))  # type: ignore[arg-type]  # fields of the test's choice


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(per_trade_usd=Decimal("99.99")), "limit-per-trade"),
        (Limits(per_trade_usd=HUNDRED), None),
        (Limits(per_run_usd=Decimal("199.99")), "limit-per-run"),
        (Limits(per_run_usd=Decimal(200)), None),
        (Limits(per_day_usd=Decimal("599.99")), "limit-per-day"),
        (Limits(per_day_usd=Decimal(600)), None),
        (Limits(max_share_percent=Decimal("0.99")), "limit-share"),
        (Limits(max_share_percent=Decimal(1)), None),
        (Limits(symbols=frozenset({"ETHUSDT"})), "limit-symbol"),
        (Limits(symbols=frozenset({"BTCUSDT"})), None),
        (Limits(symbols=frozenset()), "limit-symbol"),
        (Limits(), None),
    ],
)
def test_an_order_keeps_to_each_limit_to_the_cent(limits: Limits, code: str | None) -> None:
    found = breach(limits, proposal(), SENT)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("side", "offer", "code"),
    [
        ("BUY", "100.5", None),
        ("BUY", "100.51", "price-moved"),
        ("BUY", "90", None),
        ("SELL", "99.5", None),
        ("SELL", "99.49", "price-moved"),
        ("SELL", "110", None),
    ],
)
def test_a_price_may_be_worse_than_planned_by_the_slippage_and_better_by_anything(
    side: str, offer: str, code: str | None
) -> None:
    price = Decimal(offer)
    found = breach(Limits(), proposal(side=side, offer=price, second=price), SENT)
    assert (found.code if found else None) == code


def test_a_book_far_from_the_last_trade_is_not_traded_on() -> None:
    found = breach(Limits(), proposal(second=Decimal(99)), SENT)
    assert found is not None
    assert found.code == "limit-slippage"
    assert "99" in found.detail


@pytest.mark.parametrize("side", ["BUY", "SELL"])
def test_a_reference_that_is_no_price_forbids_every_order(side: str) -> None:
    found = breach(Limits(), proposal(side=side, planned=Decimal(0)), SENT)
    assert found is not None


money = st.decimals(0, 10_000, places=2)


@given(per_trade=money, per_run=money, per_day=money, worths=st.lists(money, max_size=20))
def test_what_passes_never_adds_up_beyond_a_limit(
    per_trade: Decimal, per_run: Decimal, per_day: Decimal, worths: list[Decimal]
) -> None:
    limits = Limits(per_trade_usd=per_trade, per_run_usd=per_run, per_day_usd=per_day)
    before, sent = Decimal(50), Decimal(0)
    for worth in worths:
        if money_breach(limits, "BTCUSDT", worth, Sent(sent, before + sent, HUNDRED)) is None:
            sent += worth
            assert worth <= per_trade
    assert sent <= per_run
    assert sent == 0 or before + sent <= per_day


@given(offer=st.decimals("0.01", 1000, places=2), reference=st.decimals("0.01", 1000, places=2))
def test_what_is_worse_for_a_buyer_is_better_for_a_seller(offer: Decimal, reference: Decimal) -> None:
    assert abs(worse("BUY", offer, reference) + worse("SELL", offer, reference)) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("side", "through", "code"),
    [
        ("BUY", "100.5", None),
        ("BUY", "100.51", "limit-slippage"),
        ("SELL", "99.5", None),
        ("SELL", "99.4", "limit-slippage"),
    ],
)
def test_an_order_is_priced_through_the_book_and_not_at_the_best_offer(
    side: str, through: str, code: str | None
) -> None:
    found = breach(Limits(), proposal(side=side, through=Decimal(through)), SENT)
    assert (found.code if found else None) == code
    beside = breach(Limits(), proposal(side=side, through=Decimal(through), second=Decimal(through)), SENT)
    assert (beside.code if beside else None) == code


def test_a_plan_allows_no_more_slippage_than_was_seen_with_it() -> None:
    seen = replace(ORDER, received=HUNDRED, min_received=Decimal(99))
    assert strictest(Limits(max_slippage_percent=Decimal(5)), seen).max_slippage_percent == 1
    assert strictest(Limits(max_slippage_percent=Decimal("0.3")), seen).max_slippage_percent == Decimal("0.3")


@pytest.mark.parametrize(("quote", "code"), [("201", None), ("202.01", "limit-slippage"), ("190", None)])
def test_an_order_that_was_filled_beyond_the_slippage_is_told(quote: str, code: str | None) -> None:
    seen = replace(ORDER, received=HUNDRED, min_received=Decimal(99))
    fill = RunFill(1, 1, "BTCUSDT", "BUY", "1", "1", HUNDRED, Decimal(1), Decimal(quote) / 2, Decimal(0), "BTC", 1)
    found = slipped(Limits(max_slippage_percent=HUNDRED), seen, [fill, replace(fill, trade_id="2")])
    assert (found.code if found else None) == code
    assert slipped(Limits(), seen, []) is None


ORDER = PlannedOrder(
    n=1, line=1, hop=1, hops=1, action="BUY", asset="BTC", symbol="BTCUSDT", side="BUY", given="USDT", taken="BTC",
    quantity=HUNDRED, price=HUNDRED, notional=HUNDRED, spent=HUNDRED, received=HUNDRED, fee=Decimal(0),
    min_received=HUNDRED,
)  # fmt: skip
