"""What the runs made is what the account is worth less what it would be worth without them, after fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.rebalancing import PlannedOrder
from backend.core.model.runs import RunFill
from backend.core.performance.hold_only import HoldFlows, HoldPoint, next_hold, open_hold
from backend.core.rebalancing.order_money import held_after
from backend.core.rebalancing.score import less, score
from backend.core.rebalancing.score import net_change as run_change
from backend.tests.builders import T0

COINS = ("BNB", "BTC", "ETH", "USDT")


@dataclass(frozen=True)
class Traded:
    """One fill: `quantity` of base against `quote_quantity`, and its fee."""

    base: str
    quote: str
    side: Literal["BUY", "SELL"]
    quantity: Decimal
    quote_quantity: Decimal
    fee: Decimal
    fee_asset: str


def net_change(run: Sequence[Traded]) -> dict[str, Decimal]:
    """Each trade as an order of its own."""
    orders, told = [], []
    for n, one in enumerate(run, 1):
        given, taken = (one.base, one.quote) if one.side == "SELL" else (one.quote, one.base)
        symbol = one.base + one.quote
        terms = (symbol, one.side, given, taken, *6 * (ZERO,))
        orders.append(
            PlannedOrder(*terms, n=n, line=n, hop=1, hops=1, action=one.side, asset=one.base, min_received=ZERO)
        )
        fill = (ZERO, one.quantity, one.quote_quantity, one.fee, one.fee_asset, T0)
        told.append(RunFill(1, n, symbol, one.side, f"t{n}", f"o{n}", *fill))
    return run_change(orders, told)


def bought(base: str, quantity: str, paid: str, fee: str = "0", fee_asset: str = "") -> Traded:
    return Traded(base, "USDT", "BUY", Decimal(quantity), Decimal(paid), Decimal(fee), fee_asset or base)


def prices(**of: str) -> dict[str, Decimal]:
    return {asset: Decimal(price) for asset, price in of.items()}


def test_a_run_that_sold_what_fell_since_has_earned_the_fall_less_its_fee() -> None:
    sale = Traded("BTC", "USDT", "SELL", Decimal(1), Decimal(50_000), Decimal(50), "USDT")
    change = net_change([sale])
    assert change == {"BTC": Decimal(-1), "USDT": Decimal(49_950)}
    assert score(change, prices(BTC="40000", USDT="1")).value == Decimal(9_950)
    assert score(change, prices(BTC="50000", USDT="1")).value == Decimal(-50)


def test_a_fee_in_a_third_coin_goes_on_with_that_coins_price() -> None:
    change = net_change([bought("ETH", "2", "5000", "0.01", "BNB")])
    assert change == {"BNB": Decimal("-0.01"), "ETH": Decimal(2), "USDT": Decimal(-5000)}
    assert score(change, prices(BNB="600", ETH="2500", USDT="1")).value == Decimal(-6)


def test_a_missing_price_makes_the_score_unknown_and_is_named() -> None:
    found = score(net_change([bought("ETH", "2", "5000")]), prices(USDT="1"))
    assert found.value is None
    assert found.missing == ("ETH",)
    assert [line.value for line in found.lines] == [None, Decimal(-5000)]


def test_a_coin_that_ends_as_it_began_needs_no_price() -> None:
    way = [
        Traded("BTC", "USDT", "SELL", Decimal(1), Decimal(50_000), ZERO, "USDT"),
        Traded("ETH", "USDT", "BUY", Decimal(20), Decimal(50_000), Decimal("0.02"), "ETH"),
    ]
    assert net_change(way) == {"BTC": Decimal(-1), "ETH": Decimal("19.98")}
    assert score(net_change(way), prices(BTC="50000", ETH="2500")).value == Decimal(-50)


def test_a_run_without_fills_has_a_score_of_zero() -> None:
    assert score(net_change([]), {}).value == ZERO


amounts = st.decimals(Decimal("0.00000001"), Decimal(1_000_000), places=8)
fills = st.builds(
    Traded,
    base=st.sampled_from(COINS[:3]),
    quote=st.just("USDT"),
    side=st.sampled_from(["BUY", "SELL"]),
    quantity=amounts,
    quote_quantity=amounts,
    fee=st.decimals(Decimal(0), Decimal(10), places=8),
    fee_asset=st.sampled_from(COINS),
) | st.builds(
    Traded,
    base=st.just("ETH"),
    quote=st.just("BTC"),
    side=st.sampled_from(["BUY", "SELL"]),
    quantity=amounts,
    quote_quantity=amounts,
    fee=st.decimals(Decimal(0), Decimal(10), places=8),
    fee_asset=st.sampled_from(COINS),
)
moves = st.tuples(st.sampled_from(COINS), st.decimals(Decimal(-10_000), Decimal(10_000), places=8))
# Runs, trades by hand, deposits and withdrawals, in any order: a later run trades what an earlier one brought.
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.lists(fills, min_size=1, max_size=4)),
        st.tuples(st.just("hand"), st.lists(fills, min_size=1, max_size=2)),
        st.tuples(st.just("flow"), st.lists(moves, min_size=1, max_size=2)),
    ),
    max_size=12,
)
price_lists = st.fixed_dictionaries(
    {coin: st.decimals(Decimal("0.0001"), Decimal(200_000), places=8) for coin in COINS}
)


def book(held: dict[str, Decimal], fill: Traded) -> None:
    """Move the balances as an exchange does, leg by leg."""
    with localcontext(MONEY):
        if fill.side == "BUY":
            held[fill.base] += fill.quantity
            held[fill.quote] -= fill.quote_quantity
        else:
            held[fill.base] -= fill.quantity
            held[fill.quote] += fill.quote_quantity
        held[fill.fee_asset] -= fill.fee


def worth(held: Mapping[str, Decimal], at: Mapping[str, Decimal]) -> Decimal:
    with localcontext(MONEY):
        return sum((quantity * at[coin] for coin, quantity in held.items()), ZERO)


@given(happenings, price_lists)
def test_actual_less_hold_is_exactly_the_sum_of_the_scores(
    events: list[tuple[str, list[Traded]]], at: dict[str, Decimal]
) -> None:
    actual, hold = dict.fromkeys(COINS, ZERO), dict.fromkeys(COINS, ZERO)
    runs: list[list[Traded]] = []
    for kind, what in events:
        for one in what:
            if isinstance(one, Traded):
                book(actual, one)
                if kind == "hand":
                    book(hold, one)
            else:
                coin, quantity = one
                actual[coin] += quantity
                hold[coin] += quantity
        if kind == "run":
            runs.append(what)
    scores = [score(net_change(run), at).value for run in runs]
    with localcontext(MONEY):
        told = sum((value for value in scores if value is not None), ZERO)
        assert None not in scores
        assert worth(actual, at) - worth(hold, at) == told
    every: dict[str, Decimal] = {}
    for run in runs:
        every = held_after(every, [net_change(run)])
    assert score(every, at).value == told
    assert less(actual, every) == {coin: quantity for coin, quantity in sorted(hold.items()) if quantity}


deposits = st.lists(
    st.tuples(st.sampled_from(COINS), st.decimals(Decimal(1), Decimal(10_000), places=8), st.lists(fills, max_size=3)),
    max_size=8,
)


@given(deposits, st.lists(price_lists, min_size=9, max_size=9))
def test_where_only_runs_trade_and_money_only_comes_hold_is_the_hold_only_shadow(
    turns: list[tuple[str, Decimal, list[Traded]]], at: list[dict[str, Decimal]]
) -> None:
    start = dict.fromkeys(COINS, Decimal(1_000_000))
    actual, told = dict(start), list[dict[str, Decimal]]()
    row = open_hold(start, HoldPoint(T0, at[0]))
    state = row.state
    for number, (coin, quantity, run) in enumerate(turns):
        assert state is not None
        came = HoldFlows(worth(actual, at[number]), {coin: quantity}, worth({coin: quantity}, at[number]))
        row = next_hold(state, HoldPoint(T0 + number + 1, at[number], flows=came))
        state = row.state
        actual[coin] += quantity
        for fill in run:
            book(actual, fill)
        told.append(net_change(run))
    assert state is not None
    now = at[len(turns)]
    shadow = next_hold(state, HoldPoint(T0 + 99, now)).value
    with localcontext(MONEY):
        scores = [score(change, now).value for change in told]
        assert worth(actual, now) - shadow == sum((value for value in scores if value is not None), ZERO)


def test_later_news_of_a_run_changes_its_score_and_no_other() -> None:
    first, second = bought("BTC", "1", "50000"), bought("ETH", "2", "5000")
    at = prices(BTC="60000", ETH="2000", USDT="1")
    more = replace(second, quantity=Decimal(3), quote_quantity=Decimal(7500))
    assert score(net_change([first]), at).value == Decimal(10_000)
    assert score(net_change([second]), at).value == Decimal(-1000)
    assert score(net_change([second, more]), at).value == Decimal(-2500)
