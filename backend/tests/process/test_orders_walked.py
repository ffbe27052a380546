"""The promises about orders on random plans, by the program's own walk and journal, on an exchange whose clock is ours.

The full counts are run by `make soak ARGS="orders ..."`; docs/evidence/orders.md has what came of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.model.rebalancing import PlannedOrder
from backend.core.model.trading_rules import SymbolRules
from backend.core.rebalancing.order_money import sized
from backend.core.rebalancing.plan_facts import worth_of
from backend.core.trade_ports import Quote
from backend.services.order_search import OrderSearch
from backend.services.run_walk import RunWalk
from backend.tests.process import order_markets
from backend.tests.process import order_promises as promises
from backend.tests.process.order_promises import LAGS_S, Found, legs_at_lag, repeated
from backend.tests.process.order_walks import Bench, bench

LEGS: Final = 12
RUNS: Final = 12


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("walks")) as made:
        yield made


@pytest.mark.parametrize("lag_s", LAGS_S)
def test_not_found_is_not_failed_however_late_reads_are(on: Bench, lag_s: int) -> None:
    found = legs_at_lag(on, 0, LEGS, lag_s)
    assert found.failures == []
    assert found.counts["kills"] > 5


@pytest.mark.parametrize(
    ("promise", "happened"),
    [
        (promises.sells_first, ("sales rejected", "sales in part")),
        (promises.filters_change, ("changes",)),
        (promises.filters_stand, ("orders sent",)),
        (promises.over_limits, ("legs stopped by a limit", "orders sent")),
        (promises.switch_thrown, ("thrown by file", "thrown by switch", "run stopped")),
        (promises.foreign_move, ("run stopped",)),
        (promises.income_comes, ("payments", "paid at held", "run complete")),
        (order_markets.sells_first_while_prices_move, ("purchases by money", "purchases by coins", "jumps")),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_promise_holds_on_random_plans(
    on: Bench, promise: Callable[[Bench, int], Found], happened: tuple[str, ...]
) -> None:
    found = repeated(promise, on, 0, RUNS)
    assert found.failures == []
    for what in happened:
        assert found.counts[what], f"{what} never happened"


def test_nothing_over_a_limit_is_sent_while_prices_move(on: Bench) -> None:
    found = repeated(order_markets.over_limits_while_prices_move, on, 0, 4 * RUNS)
    assert found.failures == []
    for kind in order_markets.KINDS:
        assert found.counts[f"legs left out by {kind}"], f"nothing was over {kind}"
    assert found.counts["slippage: ended stopped, limit-slippage"]


def test_the_judge_sees_worth_at_the_plans_prices_alone(on: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "backend.services.run_walk.worth_of", lambda plan, order, spent, price: worth_of(plan, order, spent)
    )
    found = repeated(order_markets.over_limits_while_prices_move, on, 0, 4 * RUNS)
    assert any("is over" in sentence for sentence in found.failures)


def test_the_judge_sees_orders_that_are_priced_at_the_best_offer(on: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RunWalk, "_through", lambda self, order, size: order.price)
    monkeypatch.setattr(RunWalk, "_refuse_slipped", lambda self, unit, facts: None)
    found = repeated(order_markets.over_limits_while_prices_move, on, 0, 4 * RUNS)
    assert any("was sent at" in sentence for sentence in found.failures)
    assert any("was sent after" in sentence for sentence in found.failures)


def test_the_judge_sees_purchases_sent_as_coins(on: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def coins(order: PlannedOrder, rules: SymbolRules, quote: Quote, amount: Decimal, slippage: Decimal) -> Any:
        return sized(order, replace(rules, market_by_quote=False), quote, amount, Decimal(0))

    monkeypatch.setattr("backend.services.run_walk.sized", coins)
    found = repeated(order_markets.sells_first_while_prices_move, on, 0, 2 * RUNS)
    assert any("spent of" in sentence for sentence in found.failures)


def test_fills_count_once_however_they_are_told(on: Bench) -> None:
    found = repeated(promises.fills_once, on, 0, 60)
    assert found.failures == []
    assert found.counts["pages cut off"] > 5


def test_five_minutes_without_the_network_are_no_verdict(on: Bench) -> None:
    found = repeated(promises.network_down, on, 0, 2)
    assert found.failures == []
    assert found.counts["run complete"] == 2


def test_the_judge_sees_a_program_that_takes_not_found_for_failed(on: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait left out: an order that was taken is sent again while reads lag."""
    monkeypatch.setattr("backend.core.rebalancing.orders.SETTLE_MS", -60_000)
    monkeypatch.setattr(OrderSearch, "_agrees", lambda self: True)
    found = legs_at_lag(on, 0, LEGS, 20)
    assert any("doubled" in sentence or "lost" in sentence for sentence in found.failures)


def test_the_judge_sees_purchases_that_do_not_wait_for_the_sales(on: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.core.rebalancing.order_money.Budget.amount", lambda self, order, free: order.spent)
    found = repeated(promises.sells_first, on, 0, RUNS)
    assert any("spent of" in sentence or "for more than" in sentence for sentence in found.failures)
