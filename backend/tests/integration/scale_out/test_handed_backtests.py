"""Backtests that workers do: the figures of one's own process to the last digit, each kept once, whoever dies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.core.backtest_ports import StoredBacktest
from backend.core.errors import (
    DatabaseUnavailableError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    LeaseLostError,
)
from backend.core.model.steps import BacktestHandOut, Handed, failure_written
from backend.core.rebalancing.backtest_setup import BacktestError
from backend.core.worker_ports import HandOutLost, NoWorkers
from backend.db.backtest_models import backtest_turns
from backend.db.lease import SqlLease
from backend.db.turns import SqlTurnStore
from backend.db.unit_of_work import SqlStore
from backend.scale_out.hands import CeleryHands
from backend.scale_out.link import RedisLink
from backend.services.backtest_work import BacktestWork
from backend.services.backtest_workers import BacktestStoppedError
from backend.services.backtests import BacktestRunner
from backend.services.handed_backtests import HandedBacktests, TurnedBacktests
from backend.tests.integration.scale_out.conftest import NOW_MS
from backend.tests.integration.scale_out.test_hands import working
from backend.tests.integration.services.backtest_desk import Candles, Desk, Here, request, runner_over
from backend.tests.redis_server import RedisServer

GoOn = Callable[[], bool]


@pytest.fixture
def desk(engine: Engine, store: SqlStore) -> Desk:
    lease = SqlLease(engine, "here", 60_000, lambda: NOW_MS, lambda owner: False)
    source = Candles()
    return Desk(store, lease, source, runner_over(store, lease, source))


class Crew:
    """A collector's side over workers that do as they are told to; each has a store of turns of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.turns = SqlTurnStore(desk.store, backtest_turns)
        self.steps: list[BacktestHandOut] = []
        self.workers: list[Callable[[BacktestHandOut, GoOn], Mapping[str, Any]]] = []
        self.runner = self.over(self)

    def over(self, hands: Any) -> BacktestRunner:
        found = BacktestRunner(self.desk.store, "demo", HandedBacktests(hands, self.turns, self.side("here")))
        found.lead(self.desk.lease.acquire())
        return found

    def side(self, name: str) -> TurnedBacktests:
        """Whoever does backtests."""
        own = SqlTurnStore(self.desk.store, backtest_turns)
        return TurnedBacktests(own, "demo", BacktestWork(own, "demo", lambda: self.desk.source))

    def do(self, step: Handed, go_on: GoOn) -> Mapping[str, Any]:
        assert isinstance(step, BacktestHandOut)
        self.steps.append(step)
        if not self.workers:
            raise NoWorkers
        return self.workers.pop(0)(step, go_on)

    def killed_after(self, results: int) -> Callable[[BacktestHandOut, GoOn], Mapping[str, Any]]:
        """A worker that is no more once so many results are there."""

        def do(step: BacktestHandOut, go_on: GoOn) -> Mapping[str, Any]:
            self.side("killed").told(step, lambda: len(self.desk.results(step.number)) < results)
            raise HandOutLost

        return do


@pytest.fixture
def crew(desk: Desk) -> Crew:
    return Crew(desk)


def test_a_worker_finds_what_an_own_process_finds_to_the_last_digit(
    desk: Desk, crew: Crew, server: RedisServer, link: RedisLink
) -> None:
    alone = desk.ask(request())
    desk.runner.step()
    by_worker = desk.ask(request())
    workers: list[str] = []

    def do(step: Handed, go_on: GoOn) -> Mapping[str, Any]:
        assert isinstance(step, BacktestHandOut)
        workers.append(threading.current_thread().name)
        return crew.side("worker").told(step, go_on)

    with working(server, do):
        crew.over(CeleryHands(link)).step()
    assert workers
    assert threading.current_thread().name not in workers
    assert desk.found(by_worker).state == "done"
    assert len(desk.results(by_worker)) == 3
    assert desk.results(by_worker) == desk.results(alone)


def test_what_a_killed_worker_found_stays_and_another_does_the_rest(
    desk: Desk, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Here(monkeypatch)
    number = desk.ask(request())
    crew.workers = [crew.killed_after(1), crew.killed_after(2), crew.side("third").told]
    crew.runner.step()
    assert [step.turn for step in crew.steps] == [1, 2, 3]
    assert here.asked == [[0, 1, 2], [1, 2], [2]]
    assert (desk.found(number).state, len(desk.results(number))) == ("done", 3)


def test_where_nobody_does_it_any_more_it_is_done_here(desk: Desk, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Here(monkeypatch)
    nobody, lost = desk.ask(request()), desk.ask(request())
    crew.runner.step()
    crew.workers = [crew.killed_after(0)] * 3
    crew.runner.step()
    assert len(crew.steps) == 1 + 3
    assert [desk.found(one).state for one in (nobody, lost)] == ["done", "done"]
    assert here.asked[0] == [0, 1, 2]


def test_a_worker_that_wakes_is_refused_whatever_it_writes(
    desk: Desk, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Here(monkeypatch)
    number = desk.ask(request())
    told: list[Mapping[str, Any]] = []

    def freezes(step: BacktestHandOut, go_on: GoOn) -> Mapping[str, Any]:
        """It sleeps with its second result in hand; by then another has it, on other rules of the exchange."""

        def sleeps(done: int) -> None:
            if done == 1:
                here.after = lambda done: None
                desk.source.step = "0.5"
                crew.runner.step()

        here.after = sleeps
        told.append(crew.side("frozen").told(step, go_on))
        raise HandOutLost

    crew.workers = [freezes, crew.side("other").told]
    crew.runner.step()
    assert told == [failure_written(LeaseLostError("It was handed to another worker"))]
    facts = desk.found(number).facts
    assert facts is not None
    assert (desk.found(number).state, here.asked[-1]) == ("done", [0, 1, 2])
    by_other = desk.results(number)
    desk.ask(request())
    desk.runner.step()
    assert by_other == desk.results(number + 1)


def test_one_that_is_called_off_stops_at_its_worker(desk: Desk, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Here(monkeypatch)
    number = desk.ask(request())

    def cancel(done: int) -> None:
        if done == 1:
            with desk.store.write() as unit:
                assert unit.backtests.move(number, "cancelled")

    here.after = cancel
    crew.workers = [crew.side("worker").told]
    crew.runner.step()
    crew.runner.step()
    assert (desk.found(number).state, list(desk.results(number)), len(crew.steps)) == ("cancelled", [0], 1)


@pytest.mark.parametrize(
    "error",
    [
        ExchangeLimitedError("used up", 30.0, banned=False),
        ExchangeUnavailableError("no answer"),
        DatabaseUnavailableError("away"),
        LeaseLostError("another's"),
    ],
)
def test_what_a_worker_waits_for_fails_nothing(desk: Desk, crew: Crew, error: Exception) -> None:
    number = desk.ask(request())
    crew.workers = [lambda step, go_on: failure_written(error)]
    crew.runner.step()
    assert desk.found(number).code is None
    crew.workers = [crew.side("worker").told]
    crew.runner.step()
    assert desk.found(number).state == "done"


@pytest.mark.parametrize(
    ("error", "code", "times"),
    [
        (BacktestError("No candles: take another coin"), BacktestError.code, 1),
        (BacktestStoppedError("ended"), BacktestStoppedError.code, 3),
        (ValueError("of a fault no text travels"), "internal-error", 1),
    ],
)
def test_what_cannot_be_fails_as_here(desk: Desk, crew: Crew, error: Exception, code: str, times: int) -> None:
    number = desk.ask(request())
    states = []
    for _ in range(times):
        crew.workers = [lambda step, go_on: failure_written(error)]
        crew.runner.step()
        states.append(desk.found(number).state)
    assert states[-1] == "failed"
    assert "failed" not in states[:-1]
    found: StoredBacktest = desk.found(number)
    assert found.code == code
