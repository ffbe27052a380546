"""The closing equation: with true data nothing is left over, whatever happened; with a fault, exactly the fault is."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Literal

import pytest

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.closing import LEAST, Closing, ClosingBook, tolerance
from backend.core.ledger.cost_translation import wanted_prices
from backend.core.ledger.replay import Replay
from backend.core.model.amounts import MONEY
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.tests.builders import T0, deposit, income, loan, trade, unexplained, withdrawal

HOUR = 3_600_000
COINS = ("BTC", "ETH", "BNB", "ADA")
EXACT = Decimal("1e-18")
NO_PRICES: Mapping[str, Decimal | None] = {}


class Market:
    """Prices that wander, each instant's its own."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._known: dict[tuple[str, int], Decimal] = {}

    def price(self, coin: str, at_ms: int) -> Decimal:
        if coin == "USDT":
            return Decimal(1)
        if (coin, at_ms) not in self._known:
            chance = random.Random(f"{self._seed} {coin} {at_ms}")
            self._known[coin, at_ms] = Decimal(chance.randint(1, 10**9)) / Decimal(10 ** chance.randint(3, 8))
        return self._known[coin, at_ms]

    def prices(self, coins: Sequence[str], at_ms: int) -> dict[str, Decimal | None]:
        return {coin: self.price(coin, at_ms) for coin in coins}


def some(chance: random.Random) -> Decimal:
    """A quantity as exchanges write it."""
    return Decimal(chance.randint(1, 10**10)) / 10**8


def history(seed: int, market: Market, length: int = 30) -> list[LedgerEvent]:
    """Everything that can happen, in any order, also sales of coins that never came."""
    chance = random.Random(seed)
    events = [deposit("USDT", "50000", T0, "d0")]
    at_ms = T0
    for number in range(length):
        at_ms += chance.randint(0, 2) * chance.randint(1, 3 * HOUR)
        coin, other = chance.sample(COINS, 2)
        amount = some(chance)
        name = f"e{number}"
        fee = chance.choice([None, ("BNB", some(chance) / 1000), ("USDT", some(chance) / 100), (coin, amount / 1000)])
        match chance.randint(0, 9):
            case 0:
                events.append(deposit(coin, amount, at_ms, name))
            case 1:
                events.append(withdrawal(chance.choice([coin, "USDT"]), amount, at_ms, name, fee=amount / 500))
            case 2 | 3:
                side: Literal["BUY", "SELL"] = chance.choice(["BUY", "SELL"])
                paid = amount * market.price(coin, at_ms)
                events.append(trade(side, coin, amount, "USDT", paid, at_ms, number, fee))
            case 4:
                side = chance.choice(["BUY", "SELL"])
                events.append(trade(side, coin, amount, other, some(chance), at_ms, number, fee))
            case 5:
                kind = chance.choice([EventKind.REWARD, EventKind.INTEREST, EventKind.FUNDING])
                signed = amount if kind is EventKind.REWARD else chance.choice([amount, -amount])
                events.append(income(kind, chance.choice([coin, "USDT"]), signed, at_ms, name=name))
            case 6:
                kind = chance.choice([EventKind.FUTURES_RESULT, EventKind.FUTURES_FEE])
                events.append(income(kind, "USDT", chance.choice([amount, -amount]), at_ms, name=name))
            case 7:
                events.append(loan(coin, amount, at_ms))
            case 8:
                legs = (Leg(coin, -amount, "out"), Leg(other, some(chance), "in"))
                swap = chance.choice([EventKind.CONVERT, EventKind.RENAME])
                events.append(LedgerEvent("convert", name, swap, at_ms, legs))
            case _:
                events.append(unexplained(coin, chance.choice([amount, -amount]), at_ms))
    return events


def closed(
    events: Sequence[LedgerEvent], market: Market, instants: Sequence[int], priceless: Sequence[str] = ()
) -> list[Closing]:
    """The closings just before some instants."""
    book = ClosingBook("USDT")
    position = 0
    found = []
    for at_ms in instants:
        while position < len(events) and events[position].at_ms < at_ms:
            event = events[position]
            wanted = wanted_prices(event, "USDT") - set(priceless)
            book.book(event, {coin: market.price(coin, event.at_ms) for coin in wanted}.get)
            position += 1
        mark = book.mark(at_ms, {})
        found.append(mark.closing({coin: market.price(coin, at_ms) for coin in mark.held if coin not in priceless}))
    return found


def values(
    events: Sequence[LedgerEvent], market: Market, instants: Sequence[int], priceless: Sequence[str] = ()
) -> list[Decimal]:
    """The value just before some instants, from quantities and prices alone."""
    with localcontext(MONEY):
        return [
            sum((held * market.price(coin, at_ms) for coin, held in row.items() if coin not in priceless), Decimal(0))
            for at_ms, row in Replay(events).before(instants)
        ]


def worth(events: Sequence[LedgerEvent], market: Market, before_ms: int) -> Decimal:
    """What stands in for events, at the price of its instant."""
    with localcontext(MONEY):
        return sum(
            (
                leg.amount * market.price(leg.asset, event.at_ms)
                for event in events
                if event.kind is EventKind.UNEXPLAINED and event.at_ms < before_ms
                for leg in event.legs
            ),
            Decimal(0),
        )


@pytest.mark.parametrize("seed", range(10))
def test_with_true_data_nothing_is_left_over_between_any_two_instants(seed: int) -> None:
    """A hundred histories a seed, borrowing and overselling included; nothing unexplained in them."""
    for number in range(100):
        market = Market(seed * 1000 + number)
        events = [one for one in history(seed * 1000 + number, market) if one.kind is not EventKind.UNEXPLAINED]
        instants = sorted({T0, *(event.at_ms for event in events), events[-1].at_ms + HOUR})
        for closing, value in zip(closed(events, market, instants), values(events, market, instants), strict=True):
            assert abs(closing.residual(value)) < EXACT


def test_what_is_unexplained_is_left_over_at_the_price_of_its_instant_and_nothing_else() -> None:
    for seed in range(100):
        market = Market(seed)
        events = history(seed, market)
        instants = sorted({T0, *(event.at_ms for event in events), events[-1].at_ms + HOUR})
        for closing, value in zip(closed(events, market, instants), values(events, market, instants), strict=True):
            assert abs(closing.residual(value) - worth(events, market, closing.at_ms)) < EXACT


def test_a_coin_without_a_price_is_outside_both_sides() -> None:
    for seed in range(100):
        market = Market(seed)
        events = [one for one in history(seed, market) if one.kind is not EventKind.UNEXPLAINED]
        instants = sorted({T0, *(event.at_ms for event in events), events[-1].at_ms + HOUR})
        told = values(events, market, instants, ["ADA"])
        for closing, value in zip(closed(events, market, instants, ["ADA"]), told, strict=True):
            assert abs(closing.residual(value)) < EXACT


def test_realised_and_unrealised_are_what_the_books_of_the_account_say_fees_apart() -> None:
    """Both are written for themselves; over a plain history they must come to the same profit."""
    market = Market(7)
    events = [
        deposit("USDT", "50000", T0),
        trade("BUY", "BTC", "0.5", "USDT", "20000", T0 + HOUR, 1, fee=("USDT", "20")),
        deposit("ETH", "4", T0 + 2 * HOUR),
        trade("SELL", "BTC", "0.2", "USDT", "9000", T0 + 3 * HOUR, 2, fee=("USDT", "9")),
        income(EventKind.REWARD, "ETH", "0.01", T0 + 4 * HOUR),
        trade("SELL", "ETH", "1", "BTC", "0.05", T0 + 5 * HOUR, 3, fee=("BTC", "0.0001")),
        LedgerEvent(
            "dividend",
            "r",
            EventKind.RENAME,
            T0 + 6 * HOUR,
            (Leg("ADA", Decimal(90), "in"), Leg("ETH", Decimal(-2), "out")),
        ),
        income(EventKind.FUTURES_RESULT, "USDT", "-120", T0 + 7 * HOUR, "BTCUSDT"),
        income(EventKind.FUTURES_FEE, "USDT", "-3", T0 + 7 * HOUR, "BTCUSDT", "fee"),
    ]
    end = T0 + 8 * HOUR
    (closing,) = closed(events, market, [end])
    books = AccountBook("USDT")
    for event in events:
        books.book(event, {coin: market.price(coin, event.at_ms) for coin in ("USDT", *COINS)})
    book = books.positions()
    with localcontext(MONEY):
        unrealized = sum(
            (held.quantity * market.price(asset, end) - held.cost for asset, held in book.open.items()), Decimal(0)
        )
        profit = closing.realized + closing.unrealized + closing.income - closing.fees
        assert abs(profit - (book.realized + unrealized)) < EXACT
    assert closing.flows == Decimal(50000) + 4 * market.price("ETH", T0 + 2 * HOUR)


@pytest.mark.parametrize(
    ("quantity", "paid", "realized", "level"),
    [("1", "150", "50", "50"), ("2", "300", "100", "0"), ("3", "450", "100", "0")],
)
def test_a_sale_realises_against_the_average_and_what_was_owed_is_bought_back(
    quantity: str, paid: str, realized: str, level: str
) -> None:
    prices: Mapping[str, Decimal | None] = {"BTC": Decimal(150), "USDT": Decimal(1)}
    book = ClosingBook("USDT")
    book.book(trade("BUY", "BTC", "2", "USDT", "200", T0), prices.get)
    book.book(trade("SELL", "BTC", quantity, "USDT", paid, T0 + 1), prices.get)
    closing = book.mark(T0 + 2, {}).closing(prices)
    assert (closing.realized, closing.unrealized) == (Decimal(realized), Decimal(level))


def test_income_paid_is_less_income_and_a_fee_is_a_fee_whatever_it_is_paid_in() -> None:
    prices: Mapping[str, Decimal | None] = {"BNB": Decimal(600), "BTC": Decimal(50000)}
    book = ClosingBook("USDT")
    book.book(deposit("BNB", "1", T0), prices.get)
    book.book(trade("BUY", "BTC", "0.01", "USDT", "500", T0 + 1, fee=("BNB", "0.001")), prices.get)
    book.book(income(EventKind.INTEREST, "USDT", "-2.5", T0 + 2), prices.get)
    book.book(income(EventKind.FUNDING, "USDT", "0.5", T0 + 3), prices.get)
    sums = book.mark(T0 + 4, {}).sums
    assert (sums.fees, sums.income, sums.flows, sums.realized) == tuple(map(Decimal, ("0.6", "-2", "600", "0")))


def test_open_futures_profit_is_unrealised() -> None:
    book = ClosingBook("USDT")
    book.book(deposit("USDT", "100", T0), NO_PRICES.get)
    mark = book.mark(T0 + 1, {"USDT": Decimal("7.5")})
    assert mark.closing({"USDT": Decimal(1)}).unrealized == Decimal("7.5")


def test_money_entered_by_hand_is_a_flow_that_no_coin_shows() -> None:
    book = ClosingBook("USDT")
    book.book(deposit("USDT", "100", T0), NO_PRICES.get)
    book.enter(Decimal(40))
    closing = book.mark(T0 + 1, {}).closing({"USDT": Decimal(1)})
    assert closing.residual(Decimal(100)) == -40


def test_a_coin_that_gets_another_name_realises_nothing() -> None:
    market = Market(3)
    renamed = LedgerEvent(
        "dividend", "r", EventKind.RENAME, T0 + 2, (Leg("ADA", Decimal(90), "in"), Leg("BTC", Decimal("-0.5"), "out"))
    )
    events = [deposit("USDT", "50000", T0), trade("BUY", "BTC", "1", "USDT", "20000", T0 + 1, 1), renamed]
    (closing,) = closed(events, market, [T0 + 3])
    assert closing.realized == 0


def test_a_decided_entry_is_what_the_user_said() -> None:
    prices: Mapping[str, Decimal | None] = {"ADA": Decimal(2)}
    entry = unexplained("ADA", "10", T0)
    for kind, part in ((EventKind.ADJUSTMENT_FLOW, "flows"), (EventKind.ADJUSTMENT_INCOME, "income")):
        book = ClosingBook("USDT")
        book.book(replace(entry, kind=kind), prices.get)
        closing = book.mark(T0 + 1, {}).closing(prices)
        assert getattr(closing, part) == 20
        assert closing.residual(Decimal(20)) == 0


def test_the_tolerance_is_a_cent_or_a_millionth_of_the_larger_value() -> None:
    assert tolerance(Decimal(0), Decimal(10_000)) == LEAST
    assert tolerance(Decimal(-50_000_000), Decimal(1)) == 50
