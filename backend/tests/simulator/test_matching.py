"""Market orders: every filter by name, the quantity cut from an amount, and who pays which fee."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.exchange.simulator.listing import entry
from backend.exchange.simulator.matching import Purse, Refused, Wanted, execute, executed_quantity
from backend.exchange.simulator.symbols import Listed, LotRule, SymbolBook


def listed(base: str = "BTC", quote: str = "USDT", **changed: dict[str, object]) -> Listed:
    """BTCUSDT-like; `changed` overrides fields of a filter by its type."""
    raw = entry(base, quote)
    for one in raw["filters"]:
        one.update(changed.get(one["filterType"], {}))
    found = SymbolBook([raw]).get(base + quote)
    assert found is not None
    return found


def buy(quantity: str | None = None, amount: str | None = None) -> Wanted:
    return Wanted("BUY", Decimal(quantity) if quantity else None, Decimal(amount) if amount else None)


PRICE = Decimal("50000")


@pytest.mark.parametrize(
    ("wanted", "filter_name"),
    [
        (buy("0.000001"), "LOT_SIZE"),
        (buy("0.000015"), "LOT_SIZE"),
        (buy("9000.1"), "LOT_SIZE"),
        (buy("8000"), "MARKET_LOT_SIZE"),
        (buy("0.00009"), "NOTIONAL"),
        (buy(amount="4.99"), "NOTIONAL"),
    ],
)
def test_an_order_that_breaks_a_filter_is_refused_by_its_name(wanted: Wanted, filter_name: str) -> None:
    symbol = listed(MARKET_LOT_SIZE={"maxQty": "7000.00000000"})
    with pytest.raises(Refused) as refusal:
        executed_quantity(symbol, wanted, PRICE)
    assert (refusal.value.code, refusal.value.text) == (-1013, f"Filter failure: {filter_name}")


def test_zero_in_a_filter_means_no_rule() -> None:
    assert LotRule(Decimal(0), Decimal(0), Decimal(0)).admits(Decimal("0.123456789"))


def test_the_older_min_notional_counts_too() -> None:
    raw = entry("BTC", "USDT")
    raw["filters"].append({"filterType": "MIN_NOTIONAL", "minNotional": "100", "applyToMarket": True})
    symbol = SymbolBook([raw]).get("BTCUSDT")
    assert symbol is not None
    with pytest.raises(Refused, match="MIN_NOTIONAL"):
        executed_quantity(symbol, buy("0.0015"), PRICE)


@settings(deadline=None)
@given(st.decimals("5.01", "100000", places=2), st.decimals("0.5", "90000", places=2))
def test_an_amount_buys_whole_steps_and_never_costs_more(amount: Decimal, price: Decimal) -> None:
    symbol = listed()
    step = Decimal("0.00001")
    assume(amount - step * price >= 5)  # the cut quantity must still be worth the smallest order
    assume(amount / price < 9000)
    quantity = executed_quantity(symbol, Wanted("BUY", None, amount), price)
    assert quantity % step == 0
    assert quantity * price <= amount < (quantity + step) * price


def free(**held: str) -> "dict[str, Decimal]":
    return {asset: Decimal(amount) for asset, amount in held.items()}


def run(
    wanted: Wanted, held: dict[str, Decimal], symbol: Listed | None = None, bnb: str | None = "500"
) -> tuple[str, ...]:
    """Execute at 50,000 with BNB at `bnb` of the quote coin; quantity, cost, fee and its coin as text."""
    done = execute(
        symbol or listed(),
        wanted,
        PRICE,
        Purse(
            lambda asset: held.get(asset, Decimal(0)),
            lambda _, amount: None if bnb is None else amount / Decimal(bnb),
        ),
    )
    return str(done.quantity), str(done.quote_quantity), str(done.commission), done.commission_asset


def test_without_bnb_the_fee_is_a_thousandth_of_what_was_received() -> None:
    assert run(buy("0.01"), free(USDT="1000")) == ("0.01", "500.00000000", "0.00001000", "BTC")
    sold = run(Wanted("SELL", Decimal("0.01"), None), free(BTC="1"))
    assert sold == ("0.01", "500.00000000", "0.50000000", "USDT")


def test_with_enough_bnb_the_fee_is_three_quarters_of_that_in_bnb() -> None:
    # 500 USDT x 0.075 % = 0.375 USDT = 0.00075 BNB at 500
    assert run(buy("0.01"), free(USDT="1000", BNB="1"))[2:] == ("0.00075000", "BNB")


def test_too_little_bnb_or_an_unknown_bnb_price_means_the_ordinary_fee() -> None:
    assert run(buy("0.01"), free(USDT="1000", BNB="0.0007"))[3] == "BTC"
    assert run(buy("0.01"), free(USDT="1000", BNB="1"), bnb=None)[3] == "BTC"


def test_selling_all_bnb_leaves_none_for_its_own_fee() -> None:
    symbol = listed("BNB")
    assert run(Wanted("SELL", Decimal("2"), None), free(BNB="2"), symbol)[3] == "USDT"
    assert run(Wanted("SELL", Decimal("1"), None), free(BNB="2"), symbol, bnb="50000")[3] == "BNB"


def test_a_balance_that_does_not_suffice_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        run(buy("0.01"), free(USDT="499.99"))
    assert (refusal.value.code, refusal.value.text) == (-2010, "Account has insufficient balance for requested action.")
