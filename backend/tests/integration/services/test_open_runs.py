"""Runs that are not over are found whatever their age: one that waits for a review is not lost behind newer ones."""

from __future__ import annotations

from pathlib import Path

from backend.core.model.runs import NewRun, RunState
from backend.core.rebalancing.plan_facts import portfolio_of
from backend.core.run_book import RunBook
from backend.tests.process.order_walks import ENVIRONMENT, Bench, bench, case


def add_run(on: Bench, account: int, number: int, state: RunState, dry_run: bool = True) -> int:
    """A run of the account that stands as `state`. Beside a real one that is not over there may be dry ones only."""
    _, plan = case(3, orders=1)
    with on.store.write() as unit:
        new = NewRun(
            account_id=account,
            environment=ENVIRONMENT,
            plan_id=f"{plan.plan_id}-{number}",
            plan_hash=plan.hash,
            dry_run=dry_run,
            source="user",
            portfolio=portfolio_of(plan),
            created_ms=number,
            start={},
        )
        run_id = unit.runs.create(new, plan.orders(), on.epoch)
        if state != "queued":
            unit.runs.end(run_id, state, None, "", number)
    return run_id


def test_a_run_that_waits_for_a_review_is_told_behind_any_number_of_newer_ones(tmp_path: Path) -> None:
    with bench(tmp_path) as on:
        with on.store.write() as unit:
            account = unit.accounts.ensure(ENVIRONMENT, "mine", "reference").id
        waits = add_run(on, account, 0, "needs_review", dry_run=False)
        newer = [add_run(on, account, number, "complete") for number in range(1, 9)]
        goes_on = add_run(on, account, 9, "queued")
        book = RunBook(on.store, ENVIRONMENT, "USDT", lambda: 0)
        told, cursor = book.page(None, 5, None, is_open=True)
        assert ([one.run.id for one in told], cursor) == ([goes_on, waits], None)
        told, cursor = book.page(None, 1, None, is_open=True)
        assert ([one.run.id for one in told], cursor) == ([goes_on], goes_on)
        assert [one.run.id for one in book.page(None, 1, cursor, is_open=True)[0]] == [waits]
        assert [one.run.id for one in book.page(None, 2, None)[0]] == [goes_on, newer[-1]]
