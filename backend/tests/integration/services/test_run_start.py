"""What must hold before a plan becomes a run."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from backend.core.errors import (
    BadInputError,
    DomainError,
    ExchangeUnavailableError,
    LeaseLostError,
    NotFoundError,
    RunRefusedError,
)
from backend.core.model.rebalancing import Limits, body_hash
from backend.core.rebalancing.plan_facts import worth_of
from backend.core.run_book import RunBook
from backend.core.trading_rights import TradingRights
from backend.services.run_start import StartOrder
from backend.tests.integration.services.run_stage import NAME, Stage
from backend.tests.process.order_walks import ENVIRONMENT, WIDE


def test_a_plan_becomes_a_run_with_all_its_legs_planned_and_the_balances_of_its_beginning(stage: Stage) -> None:
    run_id = stage.start()
    with stage.on.store.read() as unit:
        run, legs = unit.runs.find(run_id), unit.runs.legs(run_id)
    assert run is not None
    assert (run.state, run.dry_run, run.epoch, run.plan_hash) == ("queued", False, stage.on.epoch, stage.plan.hash)
    assert [leg.planned for leg in legs] == list(stage.plan.orders())
    assert {leg.state for leg in legs} == {"PLANNED"}
    assert run.start == {asset: amount for asset, amount in stage.exchange.balances.items() if amount}
    assert stage.exchange.placed == []


def test_a_dry_run_asks_for_no_client_that_could_send(stage: Stage) -> None:
    stage.rights.throw()
    run_id = stage.start(dry_run=True)
    assert stage.asked == []
    view = RunBook(stage.on.store, ENVIRONMENT, "USDT", stage.on.now_ms).run(run_id)
    assert (view.summary.run.state, view.summary.run.dry_run, view.summary.filled) == ("complete", True, 0)
    assert {leg.leg.state for leg in view.legs} == {"PLANNED"}


def test_a_payload_without_a_clear_no_is_a_dry_run() -> None:
    payload = {"plan_id": "a", "hash": "b", "confirmation": "c", "source": "user"}
    assert [StartOrder.of(payload | {"dry_run": word}).dry_run for word in (True, None, 0, "false", False)] == [
        True,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_plan_is_good_for_one_run(stage: Stage, dry_run: bool) -> None:
    stage.start(dry_run=dry_run)
    with pytest.raises(RunRefusedError) as refusal:
        stage.start()
    assert refusal.value.code == "plan-used"
    assert stage.runs() == 1


def test_of_many_who_ask_at_once_one_gets_the_run(stage: Stage) -> None:
    codes: list[str] = []

    def ask() -> None:
        try:
            stage.start()
        except DomainError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["plan-used"] * 7
    assert stage.runs() == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_plan_that_is_not_what_was_seen_is_refused(stage: Stage, dry_run: bool) -> None:
    assert stage.refused(hash="0" * 64, dry_run=dry_run) == "plan-changed"
    edited = stage.plan_again("edited", body={**stage.plan.body, "extra": 1})
    assert stage.refused(plan_id=edited.plan_id, dry_run=dry_run) == "plan-changed"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_plan_is_too_old_after_a_minute_of_the_exchange(stage: Stage, dry_run: bool) -> None:
    if dry_run:
        # A dry run asks nobody: it goes by the offset that was measured last.
        stage.sync(clock_offset_ms=stage.plan.expires_ms - stage.on.now_ms())
    stage.exchange.clock.now_ms = stage.plan.expires_ms
    assert stage.refused(dry_run=dry_run) == "plan-expired"


def test_the_name_of_the_account_is_the_word_that_it_is_meant(stage: Stage) -> None:
    for word in ("", "Mine", "other"):
        with pytest.raises(BadInputError, match="Type the name") as refusal:
            stage.start(confirmation=word)
        assert refusal.value.field == "confirmation"
    with pytest.raises(BadInputError):
        stage.start(confirmation=None)
    with pytest.raises(BadInputError):
        stage.start(confirmation="other", dry_run=True)
    assert stage.runs() == 0
    stage.start(confirmation=f" {NAME} ")


@pytest.mark.parametrize("changes", [{"dry_run": True}, {"source": "strategy"}], ids=str)
def test_a_dry_run_and_the_programs_own_wish_need_no_word(stage: Stage, changes: dict[str, Any]) -> None:
    stage.start(confirmation=None, **changes)


def test_a_plan_of_another_environment_is_not_there(stage: Stage) -> None:
    other = stage.plan_again("other", environment="testnet")
    with pytest.raises(NotFoundError):
        stage.start(plan_id=other.plan_id)
    with pytest.raises(NotFoundError):
        stage.start(plan_id="nobody")


@pytest.mark.parametrize(
    "state",
    [
        {"failures": 1, "error": "The exchange cannot be reached"},
        {"refreshed_machine": None},
        {"refreshed_machine": 1},
        {"unreconciled": ["BTC"]},
    ],
    ids=str,
)
def test_nothing_trades_on_what_does_not_agree_with_the_exchange(stage: Stage, state: dict[str, Any]) -> None:
    stage.sync(**state)
    assert stage.refused() == "not-reconciled"
    assert stage.asked == []


def test_a_plan_that_says_it_is_blocked_is_not_executed(stage: Stage) -> None:
    body = {**stage.plan.body, "blocked": [{"code": "stale", "detail": "old"}]}
    blocked = stage.plan_again("blocked", body=body, hash=body_hash(body))
    assert stage.refused(plan_id=blocked.plan_id, hash=blocked.hash) == "not-reconciled"


def test_a_coin_that_is_kept_since_the_plan_is_not_sold_by_it(stage: Stage) -> None:
    sold, bought = (next(one for one in stage.plan.orders() if one.action == action) for action in ("SELL", "BUY"))
    kept: list[dict[str, Any]] = [
        {"excluded": frozenset({sold.asset})},
        {"protected": {sold.asset: Decimal(10**9)}},
        {"excluded": frozenset({bought.asset})},
        {"protected": {bought.given: Decimal(10**9)}},
    ]
    for settings in kept:
        stage.settings(**settings)
        assert stage.refused() == "plan-changed"
    # What is no part of it may be kept.
    stage.settings(excluded=frozenset({"ELSEWHERE"}), protected={"ELSEWHERE": Decimal(1)})
    stage.start()


def test_what_has_risen_since_the_plan_counts_with_what_it_is_worth_now(stage: Stage) -> None:
    """A limit that the plan's prices keep to, and the prices of now do not."""
    sold = next(one for one in stage.plan.orders() if one.side == "SELL")
    worth = max(worth_of(stage.plan, one, one.spent) for one in stage.plan.orders())
    stage.limit(replace(WIDE, per_trade_usd=worth * 2))
    pair = stage.exchange.pairs[sold.symbol]
    before = pair.bid, pair.ask
    pair.bid, pair.ask = pair.bid * 1000, pair.ask * 1000
    assert stage.refused() == "limit-per-trade"
    pair.bid, pair.ask = before
    stage.start()


def test_a_price_that_moved_beyond_the_slippage_is_refused(stage: Stage) -> None:
    stage.limit(Limits(max_slippage_percent=Decimal(1)))
    order = stage.plan.orders()[0]
    pair = stage.exchange.pairs[order.symbol]
    for one in stage.exchange.pairs.values():
        # Otherwise the books of this world are wider than the limit.
        one.bid = one.ask = (one.bid + one.ask) / 2
    worse = Decimal("0.8") if order.side == "SELL" else Decimal("1.2")
    pair.bid, pair.ask = pair.bid * worse, pair.ask * worse
    assert stage.refused() == "price-moved"


def test_balances_that_are_not_those_of_the_plan_are_refused(stage: Stage) -> None:
    stage.exchange.move(stage.plan.orders()[0].given, Decimal("0.00000001"))
    assert stage.refused() == "plan-changed"


def test_a_plan_beyond_a_limit_is_refused_with_both_numbers(stage: Stage) -> None:
    stage.limit(Limits(per_run_usd=Decimal(1), max_slippage_percent=Decimal(100)))
    assert stage.refused() == "limit-per-run"


def test_an_exchange_that_does_not_answer_begins_nothing_and_costs_no_plan(stage: Stage) -> None:
    stage.exchange.troubles.reads = 1.0
    with pytest.raises(ExchangeUnavailableError):
        stage.start()
    assert stage.runs() == 0
    stage.exchange.troubles.reads = 0.0
    stage.start()


def test_nothing_is_begun_once_nobody_waits_for_it_any_more_however_long_the_exchange_takes(stage: Stage) -> None:
    until_ms = stage.on.now_ms() + 45_000

    def slowly(name: str) -> None:
        if name == "held":
            stage.on.machine_ms[0] += 45_001

    stage.exchange.on_call = slowly
    with pytest.raises(ExchangeUnavailableError, match="too long ago"):
        stage.start(until_machine_ms=until_ms)
    assert stage.runs() == 0


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_write_that_is_sent_again_gets_the_run_it_has_already(stage: Stage, dry_run: bool) -> None:
    first = stage.start(dry_run=dry_run, request="token")
    late = stage.on.now_ms() - 1
    assert stage.start(dry_run=dry_run, request="token", until_machine_ms=late) == first
    with pytest.raises(RunRefusedError) as refusal:
        stage.start(dry_run=dry_run, request="another")
    assert refusal.value.code == "plan-used"
    assert stage.runs() == 1


def test_of_two_that_begin_the_same_write_at_once_one_makes_the_run(stage: Stage) -> None:
    made: list[int] = []

    def at_once(name: str) -> None:
        if name == "held" and not made:
            made.append(0)
            made[0] = stage.start(request="token")

    stage.exchange.on_call = at_once
    assert stage.start(request="token") == made[0]
    assert stage.runs() == 1


def test_a_collector_that_lost_its_lease_begins_nothing(stage: Stage) -> None:
    order = StartOrder(stage.plan.plan_id, stage.plan.hash, False, NAME, "user")
    with pytest.raises(LeaseLostError):
        stage.starter().start(order, stage.on.epoch + 1)
    assert stage.runs() == 0


def test_one_run_at_a_time_and_none_before_a_doubtful_one_was_reviewed(stage: Stage) -> None:
    book = RunBook(stage.on.store, ENVIRONMENT, "USDT", stage.on.now_ms)
    first = stage.start()
    second = stage.plan_again("second")
    codes = []
    for state in ("queued", "running", "needs_review"):
        with stage.on.store.write() as unit:
            unit.runs.end(first, state, None, "", 1)
        with pytest.raises(RunRefusedError) as refusal:
            stage.start(plan_id=second.plan_id)
        codes.append(refusal.value.code)
    assert codes == ["run-active", "run-active", "needs-review"]
    assert book.stop(first).summary.run.state == "stopped"
    assert stage.start(plan_id=second.plan_id) != first
    with pytest.raises(DomainError, match="over"):
        book.stop(first)


@pytest.mark.parametrize(
    ("offset_ms", "code"), [(1_000, None), (-1_000, None), (1_001, "clock-apart"), (None, "clock-apart")]
)
def test_where_the_exchange_goes_by_the_time_of_the_world_a_clock_a_second_off_sends_nothing(
    stage: Stage, offset_ms: int | None, code: str | None
) -> None:
    stage.sync(clock_offset_ms=offset_ms)
    on = stage.on
    rights = TradingRights(
        on.store, ENVIRONMENT, "always", stage.file.exists, on.now_ms, own_time=False, tells_rights=False
    )
    with on.store.read() as unit:
        refused = rights.refusal(unit, stage.account_id)
        assert stage.rights.refusal(unit, stage.account_id) is None
    assert (None if refused is None else refused.code) == code
