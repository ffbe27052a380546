"""Threads that take runs to their end: begun by a job, halted, and taken up again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.core.errors import CredentialsRefusedError, ExchangeUnavailableError
from backend.core.model.jobs import Job
from backend.core.model.rebalancing import PLAN_LIFE_MS, RebalancingSettings, StoredPlan
from backend.core.model.runs import EXECUTE_RUN, PENDING, Attempt, AttemptState, Run
from backend.core.run_book import RunBook
from backend.core.trade_ports import OrderToSend, TradingExchange
from backend.core.trading_rights import TradingRights
from backend.services.kill_switch import KillSwitch
from backend.services.run_executor import RunExecutor
from backend.services.run_start import RunStarter, StartOrder
from backend.tests.process.order_exchange import MemoryExchange
from backend.tests.process.order_walks import ENVIRONMENT, WIDE, Bench, bench, case, exchange_of

PATIENCE_S = 30.0


@dataclass
class Program:
    """One collector's executor over a database; `again` is the next start of the program."""

    on: Bench
    plan: StoredPlan
    exchange: MemoryExchange
    account_id: int
    refreshed: threading.Event = field(default_factory=threading.Event)
    opened: list[str] = field(default_factory=list)
    open: Callable[[str], TradingExchange] | None = None
    executor: RunExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.rights = TradingRights(
            self.on.store, ENVIRONMENT, "always", lambda: False, self.on.now_ms, own_time=True, tells_rights=False
        )
        self.again()

    def again(self) -> None:
        starter = RunStarter(self.on.store, ENVIRONMENT, self.trading, self.rights, self.on.now_ms, 30.0)
        self.executor = RunExecutor(self.on.store, ENVIRONMENT, self.trading, self.rights, starter, self.on.now_ms)
        self.refreshed.clear()
        self.executor.start(lambda account: self.refreshed.set())
        self.executor.lead(self.on.epoch)

    def trading(self, reference: str) -> TradingExchange:
        self.opened.append(reference)
        return self.exchange if self.open is None else self.open(reference)

    def ask(self, until_ms: int | None = None, **changes: Any) -> Job:
        payload = {
            "plan_id": self.plan.plan_id,
            "hash": self.plan.hash,
            "dry_run": False,
            "confirmation": "mine",
            "source": "user",
            "request": None,
            "until_machine_ms": self.on.now_ms() + 1 if until_ms is None else until_ms,
        } | changes
        with self.on.store.write() as unit:
            job = unit.jobs.find(unit.jobs.submit(EXECUTE_RUN, None, payload))
        assert job is not None
        self.executor.begin(job, self.on.epoch)
        return job

    def answer(self, job: Job) -> Job:
        """The job once it is done."""
        pause = threading.Event()
        for _ in range(int(PATIENCE_S / 0.01)):
            with self.on.store.read() as unit:
                found = unit.jobs.find(job.id)
            if found is not None and found.state in ("done", "failed"):
                return found
            pause.wait(0.01)
        raise AssertionError("the job was never answered")

    def state(self) -> str:
        with self.on.store.read() as unit:
            (run,) = unit.runs.page([self.account_id], 10, None)
        return run.state


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with bench(tmp_path) as on:
        given, plan = case(3, orders=3)
        exchange = exchange_of(given)
        now = exchange.clock.now_ms
        with on.store.write() as unit:
            account = unit.accounts.ensure(ENVIRONMENT, "mine", "reference")
            unit.accounts.update_sync(account.id, refreshed_machine=on.now_ms(), clock_offset_ms=now - on.now_ms())
            unit.rebalancing_settings.replace(ENVIRONMENT, account.id, RebalancingSettings(limits=WIDE))
            made = {"account_id": account.id, "created_ms": now, "expires_ms": now + PLAN_LIFE_MS}
            plan = StoredPlan(**{name: getattr(plan, name) for name in StoredPlan.__dataclass_fields__} | made)
            unit.plans.add(plan)
        running = Program(on, plan, exchange, account.id)
        yield running
        assert running.executor.stop(PATIENCE_S)


def test_a_job_becomes_a_run_and_the_run_its_orders(program: Program) -> None:
    done = program.answer(program.ask())
    assert done.state == "done"
    assert program.refreshed.wait(PATIENCE_S)
    assert program.state() == "complete"
    assert [one.row.symbol for one in program.exchange.placed] == [order.symbol for order in program.plan.orders()]
    assert done.result["run_id"] == 1


def test_what_was_asked_for_too_long_ago_is_not_begun(program: Program) -> None:
    done = program.answer(program.ask(until_ms=program.on.now_ms() - 1))
    assert (done.state, done.result["code"]) == ("failed", "exchange-unavailable")
    with program.on.store.read() as unit:
        assert unit.runs.page([program.account_id], 10, None) == []
    assert program.exchange.placed == []


def test_a_dry_run_is_over_at_once_and_opens_no_account(program: Program) -> None:
    assert program.answer(program.ask(dry_run=True)).state == "done"
    assert program.state() == "complete"
    assert (program.opened, program.exchange.placed) == ([], [])


def test_a_program_that_ends_leaves_the_run_to_the_next_start(program: Program) -> None:
    sent = threading.Event()

    def cut(name: str) -> None:
        if name == "placed" and len(program.exchange.placed) == 2:
            # The answer is lost, and so is every answer after it.
            program.exchange.troubles.reads = 1.0
            sent.set()
            raise ExchangeUnavailableError("no answer")

    program.exchange.on_call = cut
    program.ask()
    assert sent.wait(PATIENCE_S)
    assert program.executor.stop(PATIENCE_S)
    assert program.state() == "running"
    with program.on.store.read() as unit:
        states = [leg.state for leg in unit.runs.legs(1)]
    assert states[0] == "FILLED"
    assert states[1] in ("SENDING", "UNKNOWN")
    program.exchange.on_call = lambda name: None
    program.exchange.troubles.reads = 0.0
    program.again()
    assert program.refreshed.wait(PATIENCE_S)
    assert program.state() == "complete"
    assert len(program.exchange.placed) == len(program.plan.orders())


def test_a_stopped_executor_begins_nothing_more(program: Program) -> None:
    assert program.executor.stop(PATIENCE_S)
    program.ask()
    program.executor.lead(program.on.epoch)
    assert program.opened == []


def test_a_run_that_met_a_broken_step_is_taken_up_again(program: Program) -> None:
    broken = iter([True])

    def once(name: str) -> None:
        if name == "held" and program.exchange.placed and next(broken, False):
            raise ZeroDivisionError

    program.exchange.on_call = once
    program.ask()
    assert program.refreshed.wait(PATIENCE_S)
    assert program.state() == "complete"
    assert len(program.exchange.placed) == len(program.plan.orders())
    assert len(program.opened) == 3


def test_the_switch_answers_when_no_send_can_begin_any_more(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, let_go, thrown = threading.Event(), threading.Event(), threading.Event()
    place = MemoryExchange.place

    def slowly(exchange: MemoryExchange, order: OrderToSend) -> Any:
        under_way.set()
        assert let_go.wait(PATIENCE_S)
        return place(exchange, order)

    monkeypatch.setattr(MemoryExchange, "place", slowly)
    program.ask()
    assert under_way.wait(PATIENCE_S)
    switch = KillSwitch(program.on.store, ENVIRONMENT, program.rights)
    seen: list[int] = []

    def throw() -> None:
        view = switch.throw()
        seen.extend([view.in_flight, len(program.exchange.placed)])
        thrown.set()

    threading.Thread(target=throw, daemon=True).start()
    # It is thrown while the order is on its way, and says so only when that has its answer.
    while not program.rights.state().on:
        assert not thrown.is_set()
    assert not thrown.is_set()
    let_go.set()
    assert thrown.wait(PATIENCE_S)
    assert program.refreshed.wait(PATIENCE_S)
    assert seen == [0, 1]
    assert len(program.exchange.placed) == 1
    assert program.state() == "stopped"


def gone(_reference: str) -> TradingExchange:
    raise CredentialsRefusedError("This account has no key in the settings that can be used")


def without_a_key(program: Program) -> Run:
    """A run that was written, and whose key went before its first order; nothing works on it by itself."""
    assert program.executor.stop(PATIENCE_S)
    on, plan = program.on, program.plan
    starter = RunStarter(on.store, ENVIRONMENT, program.trading, program.rights, on.now_ms, 30.0)
    run_id = starter.start(StartOrder(plan.plan_id, plan.hash, False, "mine", "user"), on.epoch)
    program.open = gone
    with on.store.read() as unit:
        run = unit.runs.find(run_id)
    assert run is not None
    return run


def test_a_run_whose_key_is_gone_ends_when_it_is_stopped_and_says_once_why_it_waits(program: Program) -> None:
    run = without_a_key(program)
    with capture_logs() as lines:
        for _ in range(3):
            program.executor._work(run, program.on.epoch)
    assert [line["code"] for line in lines if line["event"] == "run waits"] == ["credentials-refused"]
    assert program.state() == "queued"
    RunBook(program.on.store, ENVIRONMENT, "USDT", program.on.now_ms).stop(run.id)
    program.executor._work(run, program.on.epoch)
    assert program.state() == "stopped"
    with program.on.store.read() as unit:
        assert {leg.state for leg in unit.runs.legs(run.id)} == {"STOPPED"}
    assert program.exchange.placed == []


@pytest.mark.parametrize("state", sorted(PENDING))
def test_a_run_without_a_key_does_not_end_while_an_order_may_be_under_way(
    program: Program, state: AttemptState
) -> None:
    run, order = without_a_key(program), program.plan.orders()[0]
    sizes = (order.quantity, order.price, order.notional)
    attempt = Attempt(run.id, 1, 1, "r1", order.symbol, order.side, *sizes, 1, 3_000, state)
    with program.on.store.write() as unit:
        unit.runs.add_attempt(attempt)
        unit.runs.ask_stop(run.id)
    program.executor._work(run, program.on.epoch)
    assert program.state() == "queued"
    with program.on.store.write() as unit:
        unit.runs.change_attempt(replace(attempt, state="ABSENT"))
    program.executor._work(run, program.on.epoch)
    assert program.state() == "stopped"
