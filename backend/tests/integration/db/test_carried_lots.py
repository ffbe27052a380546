"""Lots go with the coins from one tracked account to another: the books of each are those of one book over all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from sqlalchemy import select

from backend.core.ledger.book_sums import METHODS
from backend.core.ledger.cost_basis import CostBasis
from backend.core.ledger.cost_events import Buy, CostEvent, Deposit, Expense, Sell, Transfer
from backend.core.ledger.cost_translation import EnteredCost
from backend.core.model.accounts import Account
from backend.core.model.amounts import MONEY
from backend.core.model.holdings import LedgerEvent
from backend.core.model.instants import from_ms
from backend.core.own_moves import settle_moves
from backend.db.move_models import carried_lots
from backend.db.unit_of_work import SqlStore
from backend.services.book_keeper import BookKeeper
from backend.services.past_prices import PastPrice
from backend.tests.builders import T0, deposit, trade, withdrawal

TOLERANCE = Fraction(1, 10**18)


def price_at(at_ms: int) -> Decimal:
    return Decimal(100 + (at_ms // 1000 * 37) % 61)


def price_of(asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
    return {at_ms: PastPrice(price_at(at_ms), None) for at_ms in instants_ms}


@dataclass
class Family:
    """Two accounts, their keeper, and the same history as one book over both would have it."""

    store: SqlStore
    accounts: tuple[Account, Account]
    keeper: BookKeeper
    followers: list[int] = field(default_factory=list)
    whole: list[CostEvent] = field(default_factory=list)
    at_ms: int = T0

    def tick(self) -> int:
        self.at_ms += 1000
        return self.at_ms

    def add(self, place: int, *events: LedgerEvent) -> None:
        with self.store.write() as unit:
            unit.ledger.add(self.accounts[place].id, events)

    def bring(self, place: int, quantity: str) -> None:
        at = self.tick()
        self.add(place, deposit("BTC", quantity, at))
        self.whole.append(Deposit(from_ms(at), "BTC", Decimal(quantity), price_at(at), account=str(place)))

    def buy(self, place: int, quantity: str) -> None:
        at, amount = self.tick(), Decimal(quantity)
        self.add(place, trade("BUY", "BTC", amount, "USDT", amount * price_at(at), at, at))
        self.whole.append(Buy(from_ms(at), "BTC", amount, price_at(at), account=str(place)))

    def sell(self, place: int, quantity: str) -> None:
        at, amount = self.tick(), Decimal(quantity)
        self.add(place, trade("SELL", "BTC", amount, "USDT", amount * price_at(at), at, at))
        self.whole.append(Sell(from_ms(at), "BTC", amount, price_at(at), account=str(place)))

    def move(self, source: int, quantity: str, fee: str = "0") -> tuple[LedgerEvent, LedgerEvent]:
        """What the two accounts tell of a move; nobody has told it yet."""
        left, came = self.tick(), self.tick()
        target = 1 - source
        self.whole.append(Transfer(from_ms(left), "BTC", Decimal(quantity), str(source), str(target)))
        if Decimal(fee):
            self.whole.append(Expense(from_ms(left), "BTC", Decimal(fee), str(source)))
        return (
            replace(withdrawal("BTC", quantity, left, fee=fee), transaction=f"t{left}"),
            replace(deposit("BTC", quantity, came), transaction=f"t{left}"),
        )

    def moved(self, source: int, quantity: str, fee: str = "0") -> None:
        sent, received = self.move(source, quantity, fee)
        self.add(source, sent)
        self.add(1 - source, received)

    def settle(self) -> None:
        """What a collector does until nobody's books wait any more."""
        with self.store.write() as unit:
            settle_moves(unit, "simulator")
        waiting = [account.id for account in self.accounts]
        self.keeper.on_carried = waiting.append
        for steps, account in enumerate(waiting):
            assert steps < 200, "the books of two accounts wait for each other"
            self.followers.append(account)
            self.keeper.update(account, None, price_of)

    def agree(self) -> None:
        """Quantity, cost and result of each account under each method are those of one book over both."""
        for method in METHODS:
            basis = CostBasis("USDT", method)
            basis.book_all(self.whole)
            place = METHODS.index(method)
            realized = Fraction(0)
            for number, account in enumerate(self.accounts):
                position = basis.position("BTC", str(number))
                with self.store.read() as unit:
                    held = unit.books.open_positions(account.id, 0, 10)
                    realized += Fraction(unit.books.run_at(account.id, None).realized[place])
                assert sum(one.held for one in held) == position.quantity
                cost = sum((Fraction(one.held_cost[place]) for one in held), Fraction(0))
                assert abs(cost - Fraction(position.cost)) <= TOLERANCE, (method, number)
            assert abs(realized - Fraction(basis.realized_total)) <= TOLERANCE, method


@pytest.fixture
def family(store: SqlStore, account: Account) -> Family:
    with store.write() as unit:
        other = unit.accounts.ensure("simulator", "other", "other reference")
    return Family(store, (account, other), BookKeeper(store, "USDT"))


def test_the_coins_keep_their_cost_and_date_under_every_method(family: Family) -> None:
    family.buy(0, "1")
    family.buy(0, "2")
    family.buy(1, "1")
    family.moved(0, "1.5", fee="0.01")
    family.settle()
    family.agree()
    family.sell(1, "2")
    family.settle()
    family.agree()


@pytest.mark.parametrize("seed", range(12))
def test_any_history_of_two_accounts_is_that_of_one_book_over_both(family: Family, seed: int) -> None:
    dice = random.Random(seed)
    held = [Decimal(0), Decimal(0)]
    for _ in range(40):
        place = dice.randrange(2)
        quantity = Decimal(dice.randrange(1, 400)) / 100
        what = dice.choice(("buy", "bring", "sell", "move", "move"))
        if what in ("buy", "bring"):
            getattr(family, "buy" if what == "buy" else "bring")(place, str(quantity))
            held[place] += quantity
        elif held[place] > quantity + Decimal("0.01"):
            if what == "sell":
                family.sell(place, str(quantity))
                held[place] -= quantity
            else:
                family.moved(place, str(quantity), "0.01")
                held[place] -= quantity + Decimal("0.01")
                held[1 - place] += quantity
        if dice.random() < 0.2:
            family.settle()
    family.settle()
    family.agree()


def test_profit_of_all_accounts_is_their_value_less_the_flows_that_are_no_moves(family: Family) -> None:
    family.buy(0, "3")
    family.moved(0, "2", fee="0.01")
    family.sell(1, "0.5")
    family.settle()
    mark = Fraction(77)
    spent = Fraction(0)
    with family.store.read() as unit:
        sums = [unit.books.run_at(account.id, None) for account in family.accounts]
        held = [one for account in family.accounts for one in unit.books.open_positions(account.id, 0, 10)]
        (move,) = unit.moves.all([account.id for account in family.accounts])
    for event in family.whole:
        if isinstance(event, Buy | Sell):
            spent += Fraction(event.quantity * event.price) * (1 if isinstance(event, Buy) else -1)
    worth = sum((Fraction(one.held) * mark for one in held), Fraction(0))
    # The two sides of the move as the lists of cash flows have them: profit of all accounts takes them back.
    moved = 2 * (Fraction(price_at(move.received_ms)) - Fraction(price_at(move.sent_ms)))
    for place in range(len(METHODS)):
        gained = sum((Fraction(one.realized[place]) + Fraction(one.transferred[place]) for one in sums), moved)
        gained += worth - sum((Fraction(one.held_cost[place]) for one in held), Fraction(0))
        assert abs(gained - (worth - spent)) <= TOLERANCE


@pytest.mark.parametrize("first", ["sent", "received"])
def test_a_side_that_is_told_late_has_both_books_made_anew(family: Family, first: str) -> None:
    family.buy(0, "2")
    sides = family.move(0, "1")
    family.sell(1, "0.4")
    places = (0, 1) if first == "sent" else (1, 0)
    for place in places:
        family.add(place, sides[place])
        family.settle()
    family.agree()


def test_a_late_purchase_changes_the_costs_of_the_account_that_the_coins_went_to(family: Family) -> None:
    at = family.tick()
    family.buy(0, "2")
    family.moved(0, "1.5")
    family.sell(1, "1")
    family.settle()
    family.whole.insert(0, Buy(from_ms(at), "BTC", Decimal(1), price_at(at), account="0"))
    family.add(0, trade("BUY", "BTC", "1", "USDT", price_at(at), at, 1))
    family.followers.clear()
    family.settle()
    assert family.accounts[1].id in family.followers[2:]
    family.agree()


def test_coins_whose_cost_was_never_told_stay_unknown_where_they_go(family: Family) -> None:
    family.bring(0, "2")
    family.moved(0, "1")
    family.settle()
    with family.store.read() as unit:
        (position,) = unit.books.open_positions(family.accounts[1].id, 0, 10)
        state = unit.books.state(family.accounts[1].id)
        assert unit.books.lots(family.accounts[1].id, "unknown", None, 10) == []
    # It is asked where they came from outside, once.
    assert (position.cost_status, state is not None and state.unknown_lots) == ("unknown", 0)


def test_a_cost_entered_where_the_coins_came_from_goes_with_them(family: Family) -> None:
    family.bring(0, "2")
    family.moved(0, "1")
    family.settle()
    with family.store.write() as unit:
        (lot,) = unit.books.lots(family.accounts[0].id, "unknown", None, 10)
        unit.books.enter_cost(lot.id, EnteredCost(Decimal(10)))
        unit.books.mark(family.accounts[0].id, lot.at_ms)
    family.settle()
    with family.store.read() as unit:
        (position,) = unit.books.open_positions(family.accounts[1].id, 0, 10)
    assert position.held_cost == (Decimal(5),) * len(METHODS)
    assert position.cost_status == "known"


def test_a_pair_that_is_parted_leaves_coins_from_outside(family: Family) -> None:
    family.buy(0, "2")
    family.moved(0, "1")
    family.settle()
    with family.store.write() as unit:
        (move,) = unit.moves.all([account.id for account in family.accounts])
        unit.moves.say(move.sent, move.received, "not_move")
    family.settle()
    with family.store.read() as unit:
        (lot,) = unit.books.lots(family.accounts[1].id, "unknown", None, 10)
        assert unit.connection.execute(select(carried_lots)).all() == []
    assert lot.market_value == price_at(lot.at_ms)


def test_lots_that_do_not_cover_what_came_leave_the_rest_unknown(family: Family) -> None:
    """More left than is known to have come: nothing is made up."""
    family.buy(0, "1")
    sent, received = family.move(0, "3")
    family.add(0, sent)
    family.add(1, received)
    family.settle()
    with family.store.read() as unit:
        (position,) = unit.books.open_positions(family.accounts[1].id, 0, 10)
    with localcontext(MONEY):
        expected = price_at(T0 + 1000) + 2 * price_at(received.at_ms)
    assert (position.held, position.held_cost[0], position.cost_status) == (Decimal(3), expected, "unknown")


def _told_while_it_books(family: Family, place: int, tell: Callable[[], object]) -> None:
    """Book an account, and let others tell something between what it reads and what it writes; then book the rest."""
    told: list[object] = []

    def prices(asset: str, instants_ms: Iterable[int]) -> Mapping[int, PastPrice]:
        if not told:
            told.append(tell())
        return price_of(asset, instants_ms)

    waiting = [family.accounts[place].id]
    family.keeper.on_carried = waiting.append
    family.keeper.update(waiting[0], None, prices)
    assert told
    for account in [*waiting, *(one.id for one in family.accounts)]:
        family.keeper.update(account, None, price_of)


@pytest.mark.parametrize("held", ["", "1"])
def test_lots_that_are_told_while_the_receiver_books_reach_it(family: Family, held: str) -> None:
    family.buy(0, "2")
    if held:
        family.buy(1, held)
    family.settle()
    family.moved(0, "1")
    with family.store.write() as unit:
        settle_moves(unit, "simulator")
    _told_while_it_books(family, 1, lambda: family.keeper.update(family.accounts[0].id, None, price_of))
    family.agree()


def test_a_pair_that_is_found_while_the_sender_books_has_its_lots_told(family: Family) -> None:
    family.buy(0, "2")
    family.settle()
    family.moved(0, "1")

    def pair() -> None:
        with family.store.write() as unit:
            settle_moves(unit, "simulator")

    _told_while_it_books(family, 0, pair)
    family.agree()
