"""The plan maker asks the exchange for no more than a plan needs, and stores what it shows under the lease alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from backend.core.errors import ExchangeUnavailableError, LeaseLostError, StaleDataError
from backend.core.model.accounts import Account
from backend.core.model.instants import DAY_MS
from backend.core.model.orders import Commission
from backend.core.model.rebalancing import StoredPlan
from backend.core.model.valuation import Valuation
from backend.core.ports import Exchange
from backend.core.rebalancing.errors import AccountWithoutKeyError, NoTargetsError
from backend.core.rebalancing.trade_terms import TradeReadings
from backend.db.lease import SqlLease
from backend.db.unit_of_work import SqlStore
from backend.services.plan_maker import PlanMaker
from backend.services.rank_book import RankBook
from backend.services.session_manager import Session
from backend.tests.unit.core.rebalancing.questions import T0, commission, line, readings

ASKED: Mapping[str, Any] = {"mode": None, "amount_usd": None, "allocations": None}
HELD = (line("BTC", "3", "50000"), line("ETH", "20", "2500"))


class Terms:
    """The exchange as far as a plan asks it; `dear` symbols cost ten times as much as the account's rate."""

    def __init__(self, dear: frozenset[str] = frozenset()) -> None:
        self.told: TradeReadings = readings()
        self.dear = dear
        self.now_ms = T0
        self.asked: list[str] = []

    def set_for_user(self, waiting: bool) -> None:
        """It has no budget."""

    def server_time_ms(self) -> int:
        return self.now_ms

    def trading_rules(self) -> Any:
        return self.told.rules

    def best_offers(self) -> Any:
        return self.told.offers

    def trading_rights(self) -> Any:
        return self.told.rights

    def commission(self, symbol: str) -> Commission:
        self.asked.append(symbol)
        return commission(symbol, rate=Decimal("0.01" if symbol in self.dear else "0.001"))


class Desk:
    """A plan maker with one account, its targets and balances in the database."""

    def __init__(self, store: SqlStore, account: Account, epoch: int, terms: Terms) -> None:
        self.store, self.account, self.epoch, self.terms = store, account, epoch, terms
        self.seconds = 0.0
        self.refreshed = 0
        self.maker = PlanMaker(store, "USDT", RankBook(store, lambda: None, lambda: T0), lambda: self.seconds)

    def make(self, **asked: Any) -> StoredPlan:
        session = Session(self.account, cast(Exchange, self.terms))
        made = self.maker.make(session, self.epoch, {**ASKED, **asked}, self._refresh)
        with self.store.read() as unit:
            plan = unit.plans.find(made["plan_id"])
        assert plan is not None
        return plan

    def _refresh(self) -> int:
        self.refreshed += 1
        return T0


@pytest.fixture
def desk(engine: Engine, store: SqlStore, account: Account) -> Desk:
    epoch = SqlLease(engine, "here", DAY_MS, lambda: T0).acquire()
    assert epoch is not None
    with store.write() as unit:
        unit.balances.replace(account.id, Valuation.of(T0, HELD))
        unit.accounts.update_sync(account.id, as_of=T0, refreshed_machine=T0, import_complete=True)
        unit.allocations.replace(account.environment, None, {"BTC": Decimal(50), "ETH": Decimal(50)})
    return Desk(store, account, epoch, Terms())


def test_commissions_are_asked_of_the_pairs_that_the_plan_trades_and_known_for_a_while(desk: Desk) -> None:
    first = desk.make()
    traded = {order.symbol for order in first.orders()}
    assert set(desk.terms.asked) == traded == {"ETHBTC"}
    assert first.executable
    assert desk.refreshed == 1
    assert desk.make().hash == first.hash
    assert len(desk.terms.asked) == 1
    desk.seconds = 601.0
    desk.make()
    assert len(desk.terms.asked) == 2


def test_a_pair_that_turns_out_dear_is_left_for_cheaper_ones(desk: Desk) -> None:
    desk.terms.dear = frozenset({"ETHBTC"})
    plan = desk.make()
    assert [order.symbol for order in plan.orders()] == ["BTCUSDT", "ETHUSDT"]
    rates = {pair["symbol"]: pair["fee_rate"] for pair in plan.body["pairs"]}
    assert (rates["ETHBTC"], rates["BTCUSDT"]) == ("0.01", "0.001")


def test_a_plan_lives_sixty_seconds_from_before_its_prices_were_read(desk: Desk) -> None:
    plan = desk.make()
    assert (plan.created_ms, plan.expires_ms, plan.body["priced_ms"]) == (T0, T0 + 60_000, T0)


def test_targets_and_mode_of_the_question_win_over_those_kept(desk: Desk) -> None:
    plan = desk.make(mode="sell_only", amount_usd="10000", allocations={"BTC": "100"})
    assert (plan.body["mode"], plan.body["amount"], plan.body["percents"]) == ("sell_only", "10000", {"BTC": "100"})
    assert {order.side for order in plan.orders()} == {"SELL"}


def test_old_plans_are_forgotten_when_a_new_one_is_made(desk: Desk) -> None:
    old = desk.make()
    desk.terms.now_ms += 2 * DAY_MS
    desk.make()
    with desk.store.read() as unit:
        assert unit.plans.find(old.plan_id) is None


def test_nothing_is_planned_when_the_account_cannot_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise ExchangeUnavailableError("no answer")

    monkeypatch.setattr(desk, "_refresh", fail)
    with pytest.raises(ExchangeUnavailableError):
        desk.make()


def test_a_collector_that_lost_its_lease_stores_no_plan(desk: Desk) -> None:
    desk.epoch += 1
    with pytest.raises(LeaseLostError):
        desk.make()


def test_an_account_without_a_key_or_balances_or_targets_has_no_plan(desk: Desk) -> None:
    real = desk.account
    desk.account = replace(real, keyless=True)
    with pytest.raises(AccountWithoutKeyError, match="statements"):
        desk.make()
    with desk.store.write() as unit:
        other = unit.accounts.ensure(real.environment, "other", "other")
    desk.account = other
    with pytest.raises(StaleDataError):
        desk.make()
    with desk.store.write() as unit:
        unit.allocations.replace(real.environment, None, {})
    desk.account = real
    with pytest.raises(NoTargetsError):
        desk.make()
