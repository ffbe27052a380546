"""The ledger booked at average cost. An independent account in fractions, which imports none of it, is the judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.positions import PositionBook
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.tests.builders import T0, deposit, income, loan, trade, unexplained, withdrawal

TOLERANCE = Fraction(1, 10**18)
NOTHING = Fraction(0)


def at_prices(**prices: str) -> dict[str, Decimal]:
    return {asset: Decimal(price) for asset, price in prices.items()}


def booked(events: Iterable[LedgerEvent], prices: Mapping[str, Decimal | None]) -> PositionBook:
    """Book with prices that stand still."""
    book = AccountBook("USDT")
    for event in events:
        book.book(event, prices)
    return book.positions()


def test_a_buy_costs_its_price_and_its_fee() -> None:
    events = [deposit("USDT", "1000", T0), trade("BUY", "BTC", "0.01", "USDT", "500", T0 + 1, fee=("USDT", "0.5"))]
    book = booked(events, {})
    assert (book.open["BTC"].quantity, book.open["BTC"].cost) == (Decimal("0.01"), Decimal("500.5"))
    assert book.complete
    assert book.realized == 0


def test_a_fee_in_the_coin_bought_brings_fewer_coins_for_the_same_money() -> None:
    events = [trade("BUY", "BTC", "0.01", "USDT", "500", T0, fee=("BTC", "0.00001"))]
    book = booked(events, at_prices(BTC="50000"))
    assert (book.open["BTC"].quantity, book.open["BTC"].cost) == (Decimal("0.00999"), Decimal(500))


def test_a_sale_realises_against_the_average() -> None:
    events = [
        trade("BUY", "BTC", "1", "USDT", "100", T0),
        trade("BUY", "BTC", "1", "USDT", "300", T0 + 1, 2),
        trade("SELL", "BTC", "0.5", "USDT", "150", T0 + 2, 3, fee=("USDT", "1")),
    ]
    book = booked(events, {})
    assert book.realized == 49  # 150 - 1 - half of the average of 200
    assert book.open["BTC"].cost == 300


def test_a_coin_that_gets_another_name_keeps_its_cost_and_makes_no_profit() -> None:
    renamed = LedgerEvent(
        "dividend", "1", EventKind.RENAME, T0 + 2, (Leg("NEW", Decimal(5), "in"), Leg("OLD", Decimal(-500), "out"))
    )
    events = [deposit("USDT", "1000", T0), trade("BUY", "OLD", "500", "USDT", "1000", T0 + 1), renamed]
    # No price is needed, and a jump of it makes no profit.
    book = booked(events, at_prices(NEW="999"))
    assert (book.realized, book.complete) == (Decimal(0), True)
    assert {asset: (one.quantity, one.cost) for asset, one in book.open.items()} == {"NEW": (Decimal(5), Decimal(1000))}
    account = AccountBook("USDT")
    entries = [account.book(event, {}) for event in events]
    assert (entries[-1].exchanged, entries[-1].realized, account.totals.closing) == (None, None, 0)
    bought = trade("SELL", "NEW", "5", "USDT", "1500", T0 + 3, 2)
    assert booked([*events, bought], {}).realized == 500


def test_a_fee_in_a_third_coin_disposes_of_it_at_market_value() -> None:
    events = [
        trade("BUY", "BNB", "1", "USDT", "400", T0),
        trade("BUY", "BTC", "1", "USDT", "100", T0 + 1, 2, fee=("BNB", "0.01")),
    ]
    book = booked(events, at_prices(BNB="600"))
    # A hundredth of the BNB, bought for 4, pays a fee of 6: 2 are realised, 6 are cost of the bitcoin.
    assert [book.realized, book.open["BTC"].cost, book.open["BNB"].cost] == [2, 106, 396]


def test_a_swap_values_both_legs_at_the_quote_leg() -> None:
    events = [trade("BUY", "BTC", "1", "USDT", "100", T0), trade("BUY", "ETH", "20", "BTC", "1", T0 + 1, 2)]
    book = booked(events, at_prices(BTC="150"))
    assert book.realized == 50
    assert "BTC" not in book.open
    assert book.open["ETH"].cost == 150


def test_a_deposit_starts_at_market_value_and_a_withdrawal_is_no_trading_profit() -> None:
    events = [deposit("BTC", "2", T0), withdrawal("BTC", "0.9", T0 + 1, fee="0.1")]
    book = booked(events, at_prices(BTC="100"))
    # The network fee of a tenth is a cost; the rest leaves with its cost.
    assert [book.realized, book.open["BTC"].cost] == [-10, 100]


def test_the_network_fee_of_the_reporting_currency_is_a_cost() -> None:
    events = [deposit("USDT", "100", T0), withdrawal("USDT", "50", T0 + 1, fee="3")]
    assert booked(events, {}).realized == -3


def test_coins_that_left_without_coming_in_leave_the_book_incomplete() -> None:
    book = booked([trade("SELL", "BTC", "1", "USDT", "100", T0)], {})
    assert (book.complete, book.reason) == (False, "missing_coins")


def test_an_unexplained_change_leaves_the_book_incomplete() -> None:
    book = booked([unexplained("BTC", "1", T0)], at_prices(BTC="100"))
    assert (book.complete, book.reason) == (False, "unexplained_change")


def test_income_that_the_user_named_starts_at_market_value_and_is_profit() -> None:
    gift = replace(unexplained("ADA", "25", T0), kind=EventKind.ADJUSTMENT_INCOME)
    book = booked([gift], at_prices(ADA="0.5"))
    assert (book.open["ADA"].quantity, book.open["ADA"].cost) == (Decimal(25), Decimal("12.5"))
    assert (book.realized, book.complete) == (Decimal("12.5"), True)


def test_a_loss_that_the_user_named_costs_what_the_coins_had_cost() -> None:
    lost = replace(unexplained("BTC", "-0.5", T0 + 1), kind=EventKind.ADJUSTMENT_INCOME)
    book = booked([trade("BUY", "BTC", "1", "USDT", "100", T0), lost], at_prices(BTC="300"))
    assert (book.open["BTC"].quantity, book.open["BTC"].cost, book.realized) == (
        Decimal("0.5"),
        Decimal(50),
        Decimal(-50),
    )


def test_income_of_the_reporting_currency_is_profit_and_has_no_lots() -> None:
    events = [
        replace(unexplained("USDT", amount, T0 + place), kind=EventKind.ADJUSTMENT_INCOME)
        for place, amount in enumerate(("10", "-3"))
    ]
    book = booked(events, {})
    assert (book.realized, len(book.open), book.complete) == (Decimal(7), 0, True)


def test_what_the_user_confirmed_is_booked_like_a_deposit() -> None:
    gift = replace(unexplained("ADA", "25", T0), kind=EventKind.ADJUSTMENT_FLOW)
    book = booked([gift], at_prices(ADA="0.5"))
    assert (book.open["ADA"].cost, book.realized, book.complete) == (Decimal("12.5"), Decimal(0), True)


def test_a_missing_price_is_named_and_stops_nothing_else() -> None:
    events = [
        trade("BUY", "BTC", "1", "USDT", "100", T0),
        withdrawal("GHOST", "1", T0 + 1),
        trade("SELL", "BTC", "1", "USDT", "130", T0 + 2, 2),
    ]
    book = booked(events, {"GHOST": None})
    assert book.realized == 30
    assert (book.complete, book.reason) == (False, "no_price")


@dataclass
class Judge:
    """Average cost in exact fractions, from the definitions alone."""

    cost: dict[str, Fraction] = field(default_factory=dict)
    held: dict[str, Fraction] = field(default_factory=dict)
    realized: Fraction = NOTHING
    transferred_out: Fraction = NOTHING
    flows: Fraction = NOTHING

    def buy(self, asset: str, quantity: Fraction, cost: Fraction) -> None:
        self.held[asset] = self.held.get(asset, NOTHING) + quantity
        self.cost[asset] = self.cost.get(asset, NOTHING) + cost

    def take(self, asset: str, quantity: Fraction) -> Fraction:
        """Remove coins; returns what they had cost."""
        if asset == "USDT":
            self.held[asset] -= quantity
            return quantity
        share = quantity / self.held[asset]
        gone = self.cost[asset] * share
        self.held[asset] -= quantity
        self.cost[asset] -= gone
        return gone

    def value(self, prices: Mapping[str, Fraction]) -> Fraction:
        return sum((quantity * prices[asset] for asset, quantity in self.held.items()), NOTHING)


@dataclass(frozen=True)
class Step:
    kind: str
    coin: str
    size: Decimal
    prices: dict[str, Decimal]


coin_prices = st.decimals("0.01", "100000", places=8)
steps = st.builds(
    Step,
    kind=st.sampled_from(["deposit", "withdraw", "buy", "sell", "swap", "buy_fee_bnb", "buy_fee_coin", "cash_out"]),
    coin=st.sampled_from(["BTC", "ETH"]),
    size=st.decimals("0.05", "0.9", places=2),
    prices=st.fixed_dictionaries({"BTC": coin_prices, "ETH": coin_prices, "BNB": coin_prices}),
)


def eight(value: Fraction) -> Decimal:
    """Cut to eight decimals, as an exchange books it."""
    return Decimal(int(value * 10**8)).scaleb(-8)


class History:
    """Random events that never take more than there is, told to the judge as they are made."""

    def __init__(self) -> None:
        self.judge = Judge(held={"USDT": NOTHING})
        self.events: list[LedgerEvent] = []
        self.prices: dict[int, dict[str, Decimal]] = {}
        self.at_ms = T0

    def play(self, step: Step) -> None:
        self.at_ms += 1
        self.prices[self.at_ms] = step.prices
        getattr(self, "_" + step.kind)(step.coin, Fraction(step.size), Fraction(step.prices[step.coin]), step)

    def open(self, prices: dict[str, Decimal]) -> None:
        """Cash and some of every coin."""
        for asset, amount in (("USDT", "100000"), ("BTC", "3"), ("ETH", "40"), ("BNB", "9")):
            self.at_ms += 1
            self.prices[self.at_ms] = prices
            value = Fraction(amount) * Fraction(prices.get(asset, Decimal(1)))
            self._add(deposit(asset, amount, self.at_ms))
            self.judge.buy(asset, Fraction(amount), value)
            self.judge.flows += value

    def _add(self, event: LedgerEvent) -> None:
        self.events.append(event)

    def _deposit(self, coin: str, size: Fraction, price: Fraction, _: Step) -> None:
        amount = eight(size)
        self._add(deposit(coin, amount, self.at_ms))
        self.judge.buy(coin, Fraction(amount), Fraction(amount) * price)
        self.judge.flows += Fraction(amount) * price

    def _withdraw(self, coin: str, size: Fraction, price: Fraction, _: Step) -> None:
        amount = eight(self.judge.held[coin] * size * Fraction(9, 10))
        fee = eight(self.judge.held[coin] * size / 100)
        if not amount or not fee:
            return
        self._add(withdrawal(coin, amount, self.at_ms, fee=fee))
        cost = self.judge.take(coin, Fraction(amount))
        self.judge.transferred_out += Fraction(amount) * price - cost
        self.judge.realized -= self.judge.take(coin, Fraction(fee))
        self.judge.flows -= Fraction(amount) * price

    def _cash_out(self, _: str, size: Fraction, __: Fraction, ___: Step) -> None:
        amount = eight(self.judge.held["USDT"] * size / 2)
        if not amount:
            return
        self._add(withdrawal("USDT", amount, self.at_ms, fee="1" if self.judge.held["USDT"] > amount + 1 else "0"))
        self.judge.held["USDT"] -= Fraction(amount)
        self.judge.flows -= Fraction(amount)
        if self.judge.held["USDT"] > 1:
            self.judge.held["USDT"] -= 1
            self.judge.realized -= 1

    def _buy(self, coin: str, size: Fraction, price: Fraction, step: Step, fee_in: str = "USDT") -> None:
        quantity = eight(self.judge.held["USDT"] * size / 2 / price)
        if not quantity:
            return
        paid = Decimal(quantity) * step.prices[coin]
        fee = {"USDT": eight(Fraction(paid) / 1000), "BNB": Decimal("0.0001"), coin: eight(Fraction(quantity) / 1000)}
        if not fee[fee_in] or self.judge.held["BNB"] < Fraction(1, 1000):
            return
        self._add(trade("BUY", coin, quantity, "USDT", paid, self.at_ms, self.at_ms, (fee_in, fee[fee_in])))
        self.judge.held["USDT"] -= Fraction(paid)
        cost, arrives = Fraction(paid), Fraction(quantity)
        charged = Fraction(fee[fee_in])
        if fee_in == "USDT":
            self.judge.held["USDT"] -= charged
            cost += charged
        elif fee_in == "BNB":
            worth = charged * Fraction(step.prices["BNB"])
            self.judge.realized += worth - self.judge.take("BNB", charged)
            cost += worth
        else:
            arrives -= charged
        self.judge.buy(coin, arrives, cost)

    def _buy_fee_bnb(self, coin: str, size: Fraction, price: Fraction, step: Step) -> None:
        self._buy(coin, size, price, step, "BNB")

    def _buy_fee_coin(self, coin: str, size: Fraction, price: Fraction, step: Step) -> None:
        self._buy(coin, size, price, step, coin)

    def _sell(self, coin: str, size: Fraction, _: Fraction, step: Step) -> None:
        quantity = eight(self.judge.held[coin] * size)
        brought = Decimal(quantity) * step.prices[coin]
        fee = eight(Fraction(brought) / 1000)
        if not quantity or not fee:
            return
        self._add(trade("SELL", coin, quantity, "USDT", brought, self.at_ms, self.at_ms, ("USDT", fee)))
        cost = self.judge.take(coin, Fraction(quantity))
        self.judge.held["USDT"] += Fraction(brought) - Fraction(fee)
        self.judge.realized += Fraction(brought) - Fraction(fee) - cost

    def _swap(self, _: str, size: Fraction, __: Fraction, step: Step) -> None:
        """Ether for bitcoin, at the bitcoin's value."""
        paid = eight(self.judge.held["BTC"] * size)
        quantity = eight(Fraction(paid) * Fraction(step.prices["BTC"]) / Fraction(step.prices["ETH"]))
        if not paid or not quantity:
            return
        self._add(trade("BUY", "ETH", quantity, "BTC", paid, self.at_ms, self.at_ms))
        worth = Fraction(paid) * Fraction(step.prices["BTC"])
        self.judge.realized += worth - self.judge.take("BTC", Fraction(paid))
        self.judge.buy("ETH", Fraction(quantity), worth)


@settings(max_examples=60, deadline=None)
@given(opening=steps, played=st.lists(steps, max_size=25), closing=steps)
def test_realised_unrealised_and_transferred_out_are_the_profit(
    opening: Step, played: list[Step], closing: Step
) -> None:
    history = History()
    history.open(opening.prices)
    for step in played:
        history.play(step)
    judge = history.judge

    books = AccountBook("USDT")
    for event in history.events:
        books.book(event, history.prices[event.at_ms])
    book = books.positions()
    assert book.complete, book.reason
    assert abs(Fraction(book.realized) - judge.realized) < TOLERANCE
    marks = {asset: Fraction(price) for asset, price in closing.prices.items()} | {"USDT": Fraction(1)}
    unrealized = NOTHING
    for asset, position in book.open.items():
        assert Fraction(position.quantity) == judge.held[asset]
        assert abs(Fraction(position.cost) - judge.cost[asset]) < TOLERANCE
        unrealized += judge.held[asset] * marks[asset] - Fraction(position.cost)
    assert {asset for asset, quantity in judge.held.items() if quantity and asset != "USDT"} == set(book.open)
    # The identity of FINANCE 7: the account opened with nothing, so the profit is value less flows.
    profit = judge.value(marks) - judge.flows
    assert abs(Fraction(book.realized) + unrealized + judge.transferred_out - profit) < TOLERANCE


def test_a_reward_costs_what_it_was_worth_and_is_realised_at_once() -> None:
    book = booked(
        [income(EventKind.REWARD, "ADA", "25", T0), income(EventKind.REWARD, "USDT", "7", T0)], at_prices(ADA="2")
    )
    assert (book.open["ADA"].quantity, book.open["ADA"].cost) == (Decimal(25), Decimal(50))
    assert book.realized == 57
    assert book.complete


def test_what_futures_brought_and_cost_is_realised_at_once() -> None:
    events = [
        income(EventKind.FUTURES_RESULT, "USDT", "120", T0),
        income(EventKind.FUTURES_FEE, "USDT", "-3", T0 + 1),
        income(EventKind.FUNDING, "USDT", "-0.5", T0 + 2),
        income(EventKind.FUTURES_RESULT, "BTC", "0.002", T0 + 3),
    ]
    book = booked(events, at_prices(BTC="50000"))
    assert book.realized == Decimal("216.5")
    assert book.open["BTC"].cost == 100
    # A charge in coins leaves with what they cost.
    charged = booked([*events, income(EventKind.FUTURES_FEE, "BTC", "-0.001", T0 + 4)], at_prices(BTC="60000"))
    assert charged.realized == Decimal("236.5") - Decimal(60)


def test_interest_is_a_cost_and_a_loan_is_nothing() -> None:
    events = [
        deposit("USDT", "100", T0),
        loan("USDT", "50", T0 + 1),
        income(EventKind.INTEREST, "USDT", "-0.25", T0 + 2),
    ]
    assert booked(events, {}).realized == Decimal("-0.25")
