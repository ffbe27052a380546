"""The identity of FINANCE 7 over 1,000 random histories under all four methods at once: profit is value less flows.

The histories are counted here in fractions by their legs alone. Seeds are fixed: the same thousand each time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest

from backend.core.ledger.account_book import AccountBook
from backend.core.ledger.book_sums import METHODS
from backend.core.ledger.cost_translation import EnteredCost, wanted_prices
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.tests.builders import T0, deposit, income, trade, withdrawal

HISTORIES = 1_000
SEEDS_A_TEST = 100
TOLERANCE = Fraction(1, 10**18)
COINS = ("BTC", "ETH", "BNB")
NOTHING = Fraction(0)
KINDS = (
    "buy", "buy", "sell", "sell", "swap", "convert", "deposit", "known_deposit", "withdraw", "cash_in", "cash_out",
    "reward", "interest", "futures", "funding",
)  # fmt: skip


@dataclass
class World:
    """Random events that never take more than there is, the prices of their time, and what the legs come to."""

    dice: random.Random
    at_ms: int = T0
    events: list[LedgerEvent] = field(default_factory=list)
    prices: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    entered: dict[str, EnteredCost] = field(default_factory=dict)
    held: dict[str, Fraction] = field(default_factory=dict)
    flows: Fraction = NOTHING

    def play(self, steps: int) -> None:
        self.add(deposit("USDT", "50000", self.tick()))
        for coin in COINS:
            self.add(deposit(coin, self.amount(), self.tick()))
        for _ in range(steps):
            self.tick()
            getattr(self, self.dice.choice(KINDS))()

    def tick(self) -> int:
        """Let some time pass and prices move; often none passes."""
        self.at_ms += self.dice.choice((0, 0, 1, 3_600_000))
        self.prices.setdefault(self.at_ms, {coin: self.price() for coin in COINS} | {"USDT": Decimal(1)})
        return self.at_ms

    def price(self) -> Decimal:
        return Decimal(self.dice.randrange(1, 10**9)).scaleb(-4)

    def amount(self) -> Decimal:
        return Decimal(self.dice.randrange(1, 10**10)).scaleb(-8)

    def part(self, coin: str, most: Fraction = Fraction(1)) -> Decimal:
        """Some of what is held, at times all of it."""
        share = self.dice.choice((most, most / 3, most / 7))
        return Decimal(int(self.held.get(coin, NOTHING) * share * 10**8)).scaleb(-8)

    def add(self, event: LedgerEvent) -> None:
        self.events.append(event)
        for leg in event.legs:
            self.held[leg.asset] = self.held.get(leg.asset, NOTHING) + Fraction(leg.amount)
        for leg in event.flow_legs():
            self.flows += Fraction(leg.amount) * Fraction(self.prices[event.at_ms][leg.asset])

    def name(self) -> str:
        return f"n{len(self.events)}"

    def fee(self, coin: str, quantity: Decimal) -> tuple[str, Decimal] | None:
        """In money, in the coin traded, in BNB, or none."""
        choices: list[tuple[str, Decimal] | None] = [None, ("USDT", Decimal("0.01")), (coin, quantity / 1024)]
        if self.held.get("BNB", NOTHING) > Fraction(1, 100) and coin != "BNB":
            choices.append(("BNB", self.part("BNB", Fraction(1, 50)) or Decimal("0.00000001")))
        return self.dice.choice(choices)

    def buy(self) -> None:
        coin, quantity = self.dice.choice(COINS), self.amount()
        paid = quantity * self.price()
        if Fraction(paid) + 1 < self.held["USDT"]:
            fee = self.fee(coin, quantity)
            self.add(trade("BUY", coin, quantity, "USDT", paid, self.at_ms, len(self.events), fee))

    def sell(self) -> None:
        coin = self.dice.choice(COINS)
        quantity = self.part(coin, Fraction(1023, 1024))
        if quantity:
            fee = self.fee(coin, quantity)
            self.add(trade("SELL", coin, quantity, "USDT", quantity * self.price(), self.at_ms, len(self.events), fee))

    def swap(self) -> None:
        side: Literal["BUY", "SELL"] = "BUY" if self.dice.random() < 0.5 else "SELL"
        gone = "BTC" if side == "BUY" else "ETH"
        quantity, came = self.part(gone), self.amount()
        if quantity:
            base, quote = (came, quantity) if side == "BUY" else (quantity, came)
            fee = ("BNB", Decimal("0.00000001")) if self.held["BNB"] > Fraction(1, 1000) else None
            self.add(trade(side, "ETH", base, "BTC", quote, self.at_ms, len(self.events), fee))

    def convert(self) -> None:
        gone, came = self.dice.sample((*COINS, "USDT"), 2)
        quantity = self.part(gone)
        if quantity:
            arrived = self.amount()
            legs = [Leg(gone, -quantity, "out"), Leg(came, arrived, "in")]
            if self.dice.random() < 0.5:
                legs.append(Leg(came, -arrived / 1024, "fee"))
            self.add(LedgerEvent("convert", self.name(), EventKind.CONVERT, self.at_ms, tuple(legs)))

    def deposit(self) -> None:
        self.add(deposit(self.dice.choice(COINS), self.amount(), self.at_ms, self.name()))

    def known_deposit(self) -> None:
        """Coins of which the user knows the cost, at times 0."""
        cost = Decimal(self.dice.choice((0, self.dice.randrange(1, 10**6)))) / 100
        self.entered[self.name()] = EnteredCost(cost, T0 - self.dice.randrange(10**9))
        self.deposit()

    def cash_in(self) -> None:
        self.add(deposit("USDT", self.amount(), self.at_ms, self.name()))

    def withdraw(self) -> None:
        coin = self.dice.choice(COINS)
        amount = self.part(coin)
        if amount:
            self.add(withdrawal(coin, amount - amount / 128, self.at_ms, self.name(), fee=amount / 128))

    def cash_out(self) -> None:
        amount = self.part("USDT", Fraction(1, 2))
        if amount > 2:
            self.add(withdrawal("USDT", amount - 1, self.at_ms, self.name(), fee="1"))

    def reward(self) -> None:
        coin = self.dice.choice((*COINS, "USDT"))
        self.add(income(EventKind.REWARD, coin, self.amount(), self.at_ms, name=self.name()))

    def interest(self) -> None:
        coin = self.dice.choice(COINS)
        amount = self.part(coin, Fraction(1, 10))
        if amount:
            self.add(income(EventKind.INTEREST, coin, -amount, self.at_ms, name=self.name()))

    def futures(self) -> None:
        kind = self.dice.choice((EventKind.FUTURES_RESULT, EventKind.FUTURES_FEE))
        coin = self.dice.choice(("USDT", "BTC"))
        amount = self.part(coin, Fraction(1, 20)) * (
            self.dice.choice((1, -1)) if kind is EventKind.FUTURES_RESULT else -1
        )
        if amount:
            self.add(income(kind, coin, amount, self.at_ms, "BTCUSDT", self.name()))

    def funding(self) -> None:
        amount = Decimal(self.dice.randrange(-300, 300)) / 100
        if amount:
            self.add(income(EventKind.FUNDING, "USDT", amount, self.at_ms, "BTCUSDT", self.name()))


def booked(world: World, book: AccountBook, events: list[LedgerEvent]) -> AccountBook:
    for event in events:
        prices = world.prices[event.at_ms]
        wanted = {asset: prices[asset] for asset in wanted_prices(event, "USDT")}
        book.book(event, wanted, world.entered.get(event.external_id))
    return book


def profits(book: AccountBook, marks: dict[str, Fraction]) -> list[Fraction]:
    """Realised + income + transferred-out less brought-in gain + unrealised, by method."""
    totals = book.totals
    return [
        Fraction(totals.realized[place])
        + Fraction(totals.income)
        + Fraction(totals.transferred[place])
        + sum(
            (Fraction(one.held) * marks[one.asset] - Fraction(one.held_cost[place]) for one in book.open.values()),
            NOTHING,
        )
        for place in range(len(METHODS))
    ]


@pytest.mark.parametrize("first", range(0, HISTORIES, SEEDS_A_TEST))
def test_total_profit_is_value_less_flows_under_all_four_methods(first: int) -> None:
    for seed in range(first, first + SEEDS_A_TEST):
        world = World(random.Random(seed))
        world.play(40)
        book = booked(world, AccountBook("USDT"), world.events)
        assert book.reason is None, (seed, book.reason)
        marks = {coin: Fraction(world.price()) for coin in COINS} | {"USDT": Fraction(1)}
        wanted = sum((quantity * marks[asset] for asset, quantity in world.held.items()), NOTHING) - world.flows
        for method, profit in zip(METHODS, profits(book, marks), strict=True):
            assert abs(profit - wanted) <= TOLERANCE, (seed, method, float(profit - wanted))
        held = {asset: quantity for asset, quantity in world.held.items() if quantity and asset != "USDT"}
        assert {asset: Fraction(one.held) for asset, one in book.open.items()} == held


def test_the_sums_of_coins_and_contracts_add_up_to_the_totals() -> None:
    for seed in range(50):
        world = World(random.Random(seed))
        world.play(60)
        book = booked(world, AccountBook("USDT"), world.events)
        sums = book.sums.values()
        assert sum(one.trades for one in sums) == book.totals.trades
        assert sum(one.closing for one in sums) == book.totals.closing
        for place in range(len(METHODS)):
            for name in ("realized", "transferred", "gains", "losses"):
                parts = sum((Fraction(getattr(one, name)[place]) for one in sums), NOTHING)
                assert abs(parts - Fraction(getattr(book.totals, name)[place])) <= TOLERANCE


def test_books_that_were_frozen_go_on_as_if_nothing_had_happened() -> None:
    for seed in range(50):
        world = World(random.Random(seed))
        world.play(60)
        cut = world.dice.randrange(len(world.events))
        whole = booked(world, AccountBook("USDT"), world.events)
        before = booked(world, AccountBook("USDT"), world.events[:cut])
        after = booked(world, AccountBook.thaw("USDT", before.freeze()), world.events[cut:])
        assert after.freeze() == whole.freeze()
