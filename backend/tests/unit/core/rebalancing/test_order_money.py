"""How much an order may spend, and whose moves the balances show."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.market import Symbol
from backend.core.model.rebalancing import PlannedOrder
from backend.core.model.runs import RunFill
from backend.core.model.trading_rules import LotRule, NotionalRule, SymbolRules
from backend.core.rebalancing.order_money import Budget, Income, Sized, changes, compared, held_after, sized
from backend.core.trade_ports import Quote

ZERO = Decimal(0)


def planned(
    n: int, line: int, action: str, given: str, taken: str, spent: str, received: str, **more: int
) -> PlannedOrder:
    side = "SELL" if action == "SELL" else "BUY"
    return PlannedOrder(
        n=n,
        line=line,
        hop=more.get("hop", 1),
        hops=more.get("hops", 1),
        action=side,  # type: ignore[arg-type]  # a sale sells, a purchase buys
        asset=given if action == "SELL" else taken,
        symbol=given + taken if side == "SELL" else taken + given,
        side=side,  # type: ignore[arg-type]  # as above
        given=given,
        taken=taken,
        quantity=Decimal(spent if side == "SELL" else received),
        price=Decimal(1),
        notional=Decimal(received if side == "SELL" else spent),
        spent=Decimal(spent),
        received=Decimal(received),
        fee=ZERO,
        min_received=ZERO,
    )


SALE = planned(1, 1, "SELL", "BTC", "USDT", "2", "200")
BUYS = (planned(2, 2, "BUY", "USDT", "ETH", "150", "15"), planned(3, 3, "BUY", "USDT", "ADA", "90", "900"))
# 40 of the 240 that the purchases take were there before.
ORDERS = (SALE, *BUYS)


def fill(side: str, quantity: str, quote: str, commission: str, asset: str) -> RunFill:
    return RunFill(
        run_id=1,
        n=1,
        symbol="BTCUSDT",
        side=side,  # type: ignore[arg-type]  # BUY or SELL
        trade_id="1",
        order_id="7",
        price=Decimal(quote) / Decimal(quantity),
        quantity=Decimal(quantity),
        quote=Decimal(quote),
        commission=Decimal(commission),
        commission_asset=asset,
        at_ms=1,
    )


def test_a_fee_comes_out_of_what_is_received_or_out_of_another_coin() -> None:
    assert changes(SALE, [fill("SELL", "2", "200", "0.2", "USDT")]) == {"BTC": Decimal(-2), "USDT": Decimal("199.8")}
    apart = changes(SALE, [fill("SELL", "2", "200", "0.01", "BNB")])
    assert apart == {"BTC": Decimal(-2), "USDT": Decimal(200), "BNB": Decimal("-0.01")}


def test_purchases_share_what_the_sale_brought_less_than_planned() -> None:
    budget = Budget(ORDERS, {1: {"BTC": Decimal(-1), "USDT": Decimal(80)}})
    # 240 - (200 - 80) = 120, half of what was planned.
    assert budget.amount(BUYS[0], Decimal(1000)) == Decimal(75)
    assert budget.amount(BUYS[1], Decimal(1000)) == Decimal(45)


def test_a_sale_that_brings_more_does_not_buy_more() -> None:
    budget = Budget(ORDERS, {1: {"BTC": Decimal(-2), "USDT": Decimal(300)}})
    assert budget.amount(BUYS[0], Decimal(1000)) == Decimal(150)


def test_nothing_is_bought_with_what_a_sale_never_brought() -> None:
    orders = (SALE, planned(2, 2, "BUY", "USDT", "ETH", "200", "20"))
    assert Budget(orders, {}).amount(orders[1], Decimal(1000)) == ZERO


def test_the_last_purchase_has_what_the_one_before_it_left() -> None:
    moved = {1: {"USDT": Decimal(200)}, 2: {"USDT": Decimal(-170), "ETH": Decimal(15)}}
    assert Budget(ORDERS, moved).amount(BUYS[1], Decimal(1000)) == Decimal(70)


def test_never_more_than_is_free() -> None:
    assert Budget(ORDERS, {}).amount(SALE, Decimal("1.5")) == Decimal("1.5")
    assert Budget(ORDERS, {1: {"USDT": Decimal(200)}}).amount(BUYS[0], Decimal(10)) == Decimal(10)


def test_a_second_hop_spends_what_the_first_one_brought() -> None:
    hops = (
        planned(1, 1, "BUY", "USDT", "BTC", "100", "1", hop=1, hops=2),
        planned(2, 1, "BUY", "BTC", "ETH", "1", "10", hop=2, hops=2),
    )
    assert Budget(hops, {1: {"USDT": Decimal(-100), "BTC": Decimal("0.7")}}).amount(hops[1], Decimal(5)) == Decimal(
        "0.7"
    )
    assert Budget(hops, {}).amount(hops[1], Decimal(5)) == ZERO


parts = st.decimals(0, 1000, places=2)


@given(
    cash=parts, proceeds=parts, came=parts, weights=st.lists(st.decimals("0.01", 10, places=2), min_size=1, max_size=6)
)
def test_purchases_together_never_spend_more_than_cash_and_proceeds(
    cash: Decimal, proceeds: Decimal, came: Decimal, weights: list[Decimal]
) -> None:
    whole, weight = cash + proceeds, sum(weights, ZERO)
    sale = planned(1, 1, "SELL", "BTC", "USDT", "1", str(proceeds))
    shares = [(whole * one / weight).quantize(Decimal("0.000001"), "ROUND_DOWN") for one in weights]
    buys = [planned(n, n, "BUY", "USDT", f"C{n}", str(share), "1") for n, share in enumerate(shares, 2)]
    moved: dict[int, dict[str, Decimal]] = {1: {"USDT": came}}
    free = cash + came
    for buy in buys:
        amount = Budget((sale, *buys), moved).amount(buy, free)
        assert ZERO <= amount <= free
        moved[buy.n] = {"USDT": -amount}
        free -= amount
    spent = -sum((moved[buy.n]["USDT"] for buy in buys), ZERO)
    assert spent <= cash + min(came, proceeds) + Decimal("0.000001")


START = {"BTC": Decimal(2), "USDT": Decimal(50)}
MOVES = [{"BTC": Decimal(-1), "USDT": Decimal(100)}, {"BTC": Decimal(-1), "USDT": Decimal(99)}]


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ({"USDT": "249"}, "as_expected"),
        ({"BTC": "0", "USDT": "249.00"}, "as_expected"),
        ({"BTC": "1", "USDT": "150"}, "behind"),
        ({"BTC": "2", "USDT": "50"}, "behind"),
        ({"BTC": "1", "USDT": "249"}, "more"),
        ({"USDT": "249", "DOGE": "1"}, "more"),
        ({"BTC": "1", "USDT": "249", "DOGE": "1"}, "more"),
        ({"BTC": "1", "USDT": "149"}, "foreign"),
        ({"USDT": "248.99"}, "foreign"),
    ],
)
def test_balances_are_those_of_the_run_or_of_an_earlier_moment_of_it_or_of_somebody_else(
    held: dict[str, str], found: str
) -> None:
    assert compared(START, MOVES, {asset: Decimal(amount) for asset, amount in held.items()}) == found


@given(change=st.decimals("-10", 10, places=8).filter(bool), asset=st.sampled_from(["BTC", "USDT", "ETH"]))
def test_any_foreign_move_is_seen(change: Decimal, asset: str) -> None:
    held = held_after(START, [*MOVES, {asset: change}])
    found = compared(START, MOVES, held)
    assert found == "foreign" if change < 0 else found in ("more", "foreign")


PAID = [{"SOL": Decimal("0.1")}, {"BTC": Decimal("0.2")}]


@pytest.mark.parametrize(
    ("held", "early", "found"),
    [
        ({"USDT": "249", "SOL": "0.1", "BTC": "0.2"}, 0, "as_expected"),
        # Told, and not shown yet; shown with what the first trade left.
        ({"USDT": "249", "SOL": "0.1"}, 0, "behind"),
        ({"USDT": "150", "BTC": "1", "SOL": "0.1"}, 0, "behind"),
        # The start had the first one already; had it had both, one was taken away.
        ({"USDT": "249", "BTC": "0.2"}, 1, "as_expected"),
        ({"USDT": "249", "BTC": "0.2"}, 0, "more"),
        ({"USDT": "249", "SOL": "0.1", "BTC": "0.3"}, 0, "more"),
        ({"USDT": "248", "SOL": "0.1", "BTC": "0.2"}, 0, "foreign"),
    ],
)
def test_what_the_exchange_paid_is_nobodys_move(held: dict[str, str], early: int, found: str) -> None:
    amounts = {asset: Decimal(amount) for asset, amount in held.items()}
    assert compared(START, MOVES, amounts, Income(PAID, early)) == found


RULES = SymbolRules(
    symbol=Symbol("BTCUSDT", "BTC", "USDT", tradable=True),
    status="TRADING",
    permission_sets=(),
    order_types=frozenset({"MARKET"}),
    market_by_quote=True,
    lot=LotRule(Decimal("0.01"), Decimal(100), Decimal("0.01")),
    market_lot=None,
    price=None,
    notional=NotionalRule(Decimal(5), True, None, False, 5),
    min_notional=None,
    percent_price=None,
)


# Half of them near the exchange's minimum of 5.
AMOUNTS = st.one_of(st.decimals(0, 10_000, places=8), st.decimals(4, 12, places=8))
ASKS = st.decimals("0.5", 5000, places=2)
SLIPPAGES = st.decimals(0, 100, places=2)
BUY = planned(1, 1, "BUY", "USDT", "BTC", "1", "1")


@given(amount=AMOUNTS, ask=ASKS, slippage=SLIPPAGES)
def test_a_purchase_is_an_amount_of_money_and_keeps_to_the_filters_of_now(
    amount: Decimal, ask: Decimal, slippage: Decimal
) -> None:
    found = sized(BUY, RULES, Quote(ask, ask, ask), amount, slippage)
    if isinstance(found, Sized):
        assert found.quote_quantity is not None
        assert found.quote_quantity == found.hop.spent <= amount
        assert found.hop.quantity * ask <= found.quote_quantity
        assert found.hop.quantity % Decimal("0.01") == 0
        assert found.hop.quantity * ask >= 5
        assert found.hop.quantity <= 100
        # What the exchange would buy of it is no more than it takes in one order.
        assert found.hop.quantity == 100 or found.quote_quantity == amount
        assert found.quote_quantity / ask < Decimal("100.01")
    else:
        assert amount - ask * Decimal("0.01") < 5 or amount < ask * Decimal("0.01")


@given(amount=AMOUNTS, ask=ASKS, slippage=SLIPPAGES)
def test_a_purchase_that_cannot_name_its_money_leaves_out_what_the_slippage_may_cost(
    amount: Decimal, ask: Decimal, slippage: Decimal
) -> None:
    rules = replace(RULES, market_by_quote=False)
    found = sized(BUY, rules, Quote(ask, ask, ask), amount, slippage)
    worst = ask * (1 + slippage / 100)
    if isinstance(found, Sized):
        assert found.quote_quantity is None
        assert found.hop.price == ask
        assert found.hop.quantity * worst <= amount
        assert found.hop.quantity * ask >= 5, "the exchange measures it at the price of now, not at the worst one"
        assert found.hop.quantity == 100 or (found.hop.quantity + Decimal("0.01")) * worst > amount
    else:
        assert (amount // worst.scaleb(-2) if worst else 0) * Decimal("0.01") * ask < 5


def test_a_purchase_by_two_steps_that_do_not_fit_names_its_coins() -> None:
    rules = replace(RULES, market_lot=LotRule(Decimal("0.015"), Decimal(100), Decimal("0.015")))
    ask = Decimal(100)
    found = sized(BUY, rules, Quote(ask, ask, ask), Decimal(110), Decimal(1))
    assert isinstance(found, Sized)
    assert (found.hop.quantity, found.quote_quantity) == (Decimal("1.08"), None)
    fitting = replace(RULES, market_lot=LotRule(Decimal("0.02"), Decimal(100), Decimal("0.02")))
    assert isinstance(by_money := sized(BUY, fitting, Quote(ask, ask, ask), Decimal(110), Decimal(1)), Sized)
    assert by_money.quote_quantity == 110


def test_a_purchase_is_reckoned_from_the_digits_that_are_sent() -> None:
    """A quantity that costs more than eight digits say is not bought: the exchange would refuse the rest of it."""
    ask = Decimal("22884.99438")
    rules = replace(RULES, lot=LotRule(Decimal("0.0003"), Decimal(100), Decimal("0.0003")))
    assert sized(BUY, rules, Quote(ask, ask, ask), Decimal("0.0003") * ask, Decimal(0)) == "min_qty"


def test_a_sale_names_its_coins_and_leaves_nothing_out() -> None:
    sale = planned(1, 1, "SELL", "BTC", "USDT", "1", "1")
    price = Decimal(100)
    found = sized(sale, RULES, Quote(price, price, price), Decimal("1.239"), Decimal(50))
    assert isinstance(found, Sized)
    assert (found.hop.quantity, found.hop.price, found.quote_quantity) == (Decimal("1.23"), price, None)
