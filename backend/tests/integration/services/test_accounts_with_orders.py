"""An account is not let go while nobody knows what became of one of its orders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backend.core.accounts_book import AccountsBook
from backend.core.errors import RunRefusedError
from backend.core.model.runs import Attempt, AttemptState, NewRun, RunState
from backend.core.rebalancing.plan_facts import portfolio_of
from backend.tests.process.order_walks import ENVIRONMENT, Bench, bench, case

NAME = "mine"


def account_with_an_order(on: Bench, state: AttemptState, run_state: RunState) -> int:
    """An account whose key is gone, with one order in its journal."""
    _, plan = case(3, orders=1)
    order = plan.orders()[0]
    with on.store.write() as unit:
        account = unit.accounts.ensure(ENVIRONMENT, NAME, "reference").id
        new = NewRun(
            account_id=account,
            environment=ENVIRONMENT,
            plan_id=plan.plan_id,
            plan_hash=plan.hash,
            dry_run=False,
            source="user",
            portfolio=portfolio_of(plan),
            created_ms=1,
            start={},
        )
        run_id = unit.runs.create(new, plan.orders(), on.epoch)
        sent = Attempt(
            run_id=run_id,
            n=order.n,
            attempt=1,
            client_order_id="r1",
            symbol=order.symbol,
            side=order.side,
            quantity=order.quantity,
            price=order.price,
            worth=order.notional,
            stamp_ms=1,
            recv_window_ms=3_000,
            state="SENDING",
        )
        unit.runs.add_attempt(sent)
        unit.runs.change_attempt(replace(sent, state=state))
        if run_state != "queued":
            unit.runs.end(run_id, run_state, None, "", 2)
    return account


def book(on: Bench) -> AccountsBook:
    return AccountsBook(on.store, ENVIRONMENT, lambda: frozenset(), lambda: frozenset())


@pytest.mark.parametrize("state", ["SENDING", "UNKNOWN", "OPEN", "PARTIAL"])
def test_an_order_whose_end_is_not_known_holds_its_account(tmp_path: Path, state: AttemptState) -> None:
    with bench(tmp_path) as on:
        account = account_with_an_order(on, state, "queued")
        for let_go in (book(on).delete, book(on).keep):
            with pytest.raises(RunRefusedError, match="put the key back") as refusal:
                let_go(account, NAME)
            assert refusal.value.code == "run-active"
        with on.store.read() as unit:
            assert unit.runs.blocking(account) is not None


def test_a_run_that_needs_review_is_ended_first(tmp_path: Path) -> None:
    with bench(tmp_path) as on:
        account = account_with_an_order(on, "NEEDS_REVIEW", "needs_review")
        with pytest.raises(RunRefusedError) as refusal:
            book(on).delete(account, NAME)
        assert refusal.value.code == "needs-review"


def test_what_has_ended_goes_with_its_account(tmp_path: Path) -> None:
    with bench(tmp_path) as on:
        account = account_with_an_order(on, "FILLED", "complete")
        book(on).delete(account, NAME)
        with on.store.read() as unit:
            assert unit.runs.page([account], 10, None) == []
