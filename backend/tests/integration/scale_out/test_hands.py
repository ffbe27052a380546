"""Steps through a real Redis and a real Celery consumer: done once, or said to be nobody's any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import pytest

from backend.core.errors import (
    CredentialsRefusedError,
    DatabaseUnavailableError,
    ExchangeError,
    ExchangeLimitedError,
    ExchangeUnavailableError,
    LeaseLostError,
    NotAllowedError,
    RequestBudgetError,
)
from backend.core.model.steps import (
    BacktestHandOut,
    Handed,
    HandOut,
    StepAsk,
    StepDone,
    done_written,
    failure_written,
    handed_read,
    outcome_read,
)
from backend.core.worker_ports import HandOutLost, NoWorkers
from backend.scale_out import hands, places, worker_host
from backend.scale_out.celery_app import messages
from backend.scale_out.hands import BEGUN, QUEUED, WAITING, CeleryHands, now_s, state_key
from backend.scale_out.link import RedisDown, RedisLink
from backend.scale_out.state import ScaleState
from backend.scale_out.worker_host import WorkerHost
from backend.tests.process.harness import wait_for
from backend.tests.redis_server import RedisServer

PLACES = count()
STEP = HandOut(3, 1, 7, StepAsk("refresh", for_user=True))
Do = Callable[[Handed, Callable[[], bool]], Mapping[str, Any]]


def always() -> bool:
    return True


@contextmanager
def working(server: RedisServer, do: Do) -> Iterator[WorkerHost]:
    # A consumer ends with its program, which a test's does not: it stays at a place that no other test uses.
    for place in range(next(PLACES)):
        server.client.set(f"portfolio:worker:{place}", "nobody")
    own = RedisLink(server.url)
    host = WorkerHost(own, do, 2, lambda words: None)
    host.start()
    wait_for(lambda: set(places.taken(server.client).values()) - {"nobody"}, "a worker has a place", 60)
    for place, token in places.taken(server.client).items():
        if token == "nobody":
            server.client.delete(f"portfolio:worker:{place}")
    yield host
    host.stop(5.0)
    own.close()


def test_a_step_goes_to_a_worker_and_its_outcome_comes_back(server: RedisServer, link: RedisLink) -> None:
    seen: list[Handed] = []

    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        seen.append(step)
        return done_written(StepDone(5, True, frozenset({9})))

    with working(server, do):
        assert outcome_read(CeleryHands(link).do(STEP, always)) == StepDone(5, True, frozenset({9}))
        assert seen == [STEP]
        told = ScaleState(link, by_workers=True).look().workers
        assert told is not None
        assert (told.number, told.waiting, told.oldest_s) == (1, 0, None)
    assert places.taken(server.client) == {}
    assert not server.client.keys("portfolio:hand-out:*") + server.client.keys("portfolio:outcome:*")


def test_without_a_worker_or_without_redis_there_is_nobody(server: RedisServer, link: RedisLink) -> None:
    with pytest.raises(NoWorkers):
        CeleryHands(link).do(STEP, always)
    nowhere = RedisLink("redis://127.0.0.1:1/0")
    with pytest.raises(NoWorkers):
        CeleryHands(nowhere).do(STEP, always)
    nowhere.close()


def test_a_message_that_comes_twice_is_done_once(server: RedisServer, link: RedisLink) -> None:
    done: list[Handed] = []

    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        done.append(step)
        return {"failed": "fault"}

    host = WorkerHost(link, do, 1, lambda words: None)
    server.client.set(state_key("one"), QUEUED)
    host.run("one", STEP.written())
    host.run("one", STEP.written())
    host.run("taken back", STEP.written())
    host.run("no step", {"account": "3"})
    assert done == [STEP]


def test_a_step_that_nobody_does_any_more_is_told_to_whoever_waits(server: RedisServer, link: RedisLink) -> None:
    server.client.set("portfolio:worker:0", "frozen")
    lost: list[BaseException] = []

    def wait() -> None:
        try:
            CeleryHands(link).do(STEP, always)
        except HandOutLost as error:
            lost.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    key = wait_for(lambda: next(iter(server.client.scan_iter("portfolio:hand-out:*")), None), "handed out", 30)
    # It was begun, and then its worker gave no sign of life.
    server.client.set(key, BEGUN)
    server.client.delete(key)
    waiting.join(30)
    assert len(lost) == 1


def test_what_a_worker_left_behind_does_not_wait_for_the_next_one_at_its_place(
    server: RedisServer, link: RedisLink
) -> None:
    server.client.set("portfolio:worker:0", "killed")
    lost = threading.Event()

    def wait() -> None:
        try:
            CeleryHands(link).do(STEP, always)
        except HandOutLost:
            lost.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    wait_for(lambda: next(iter(server.client.scan_iter("portfolio:hand-out:*")), None), "handed out", 30)
    server.client.set("portfolio:worker:0", "started anew")
    assert lost.wait(60)


def test_a_worker_takes_a_step_though_redis_is_away_when_it_comes(server: RedisServer) -> None:
    done: list[Handed] = []

    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        done.append(step)
        return done_written(StepDone(1, False))

    own = RedisLink(server.url)
    host = WorkerHost(own, do, 1, lambda words: None)
    server.client.set(state_key("one"), QUEUED)
    # It did not answer a moment ago: it is left alone for some seconds.
    with pytest.raises(RedisDown), own.asked():
        raise ConnectionError("away")
    assert not own.answers()
    host.run("one", STEP.written())
    assert done == [STEP]
    own.close()


def test_a_worker_that_hears_of_no_more_steps_ends(
    server: RedisServer, link: RedisLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    host = WorkerHost(link, lambda step, go_on: {}, 1, lambda words: ended.set())

    def fails() -> None:
        raise OSError("gone")

    monkeypatch.setattr(host, "_hear", fails)
    host.start()
    assert ended.wait(60)
    host.stop(5.0)


def test_a_step_whose_message_is_nowhere_is_not_waited_for(
    server: RedisServer, link: RedisLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "NOWHERE_S", 0.0)
    monkeypatch.setattr(hands, "QUEUED_S", 2)
    # At a place where no consumer of another test is.
    server.client.set("portfolio:worker:60", "alive")
    waits = threading.Event()

    def go_on() -> bool:
        # Asked once the message has been looked for and found.
        if not waits.is_set():
            assert server.client.delete("portfolio.60") == 1
            waits.set()
        return True

    with pytest.raises(HandOutLost):
        CeleryHands(link).do(STEP, go_on)
    assert waits.is_set()


def test_a_step_is_found_where_its_worker_has_taken_it_and_not_begun(server: RedisServer, link: RedisLink) -> None:
    began, end = threading.Event(), threading.Event()

    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        began.set()
        end.wait(60)
        return done_written(StepDone(1, False))

    with working(server, do):
        place = next(iter(places.taken(server.client)))
        waiting = threading.Thread(target=CeleryHands(link).do, args=[STEP, always])
        waiting.start()
        assert began.wait(60)
        (number,) = [key.rpartition(":")[2] for key in server.client.scan_iter("portfolio:hand-out:*")]
        assert [number in text for text in messages(server.client, place)] == [True]
        end.set()
        waiting.join(60)


def test_what_a_killed_collector_had_handed_out_is_not_told_as_waiting(server: RedisServer, link: RedisLink) -> None:
    server.client.zadd(WAITING, {"of the killed one": 1.0, "waits": now_s(server.client)})
    server.client.set(state_key("waits"), QUEUED)
    told = ScaleState(link, by_workers=True).look().workers
    assert told is not None
    assert told.waiting == 1
    assert told.oldest_s is not None
    assert told.oldest_s < 3600


def test_a_step_that_is_waited_for_outlives_the_time_of_one_that_is_not(server: RedisServer, link: RedisLink) -> None:
    server.client.set("portfolio:worker:0", "busy")

    def wait() -> None:
        with suppress(HandOutLost):
            CeleryHands(link).do(STEP, always)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    key = wait_for(lambda: next(iter(server.client.scan_iter("portfolio:hand-out:*")), None), "handed out", 30)
    server.client.persist(key)
    wait_for(lambda: server.client.ttl(key) > 0, "its time is said anew", 30)
    server.client.delete("portfolio:worker:0")
    waiting.join(60)
    assert not waiting.is_alive()


def test_a_worker_is_asked_to_come_to_an_end_when_somebody_else_waits(server: RedisServer, link: RedisLink) -> None:
    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        wait_for(lambda: not go_on(), "it may not go on", 60)
        return done_written(StepDone(1, True))

    with working(server, do):
        assert outcome_read(CeleryHands(link).do(STEP, lambda: False)).more


def test_a_step_is_asked_to_come_to_an_end_after_a_while_and_a_backtest_is_not(
    server: RedisServer, link: RedisLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_host, "SOFT_S", -1.0)
    may: list[bool] = []

    def do(step: Handed, go_on: Callable[[], bool]) -> Mapping[str, Any]:
        may.append(go_on())
        return {}

    host = WorkerHost(link, do, 1, lambda words: None)
    for number, what in (("one", STEP), ("two", BacktestHandOut(4, 1, 1))):
        server.client.set(state_key(number), QUEUED)
        host.run(number, what.written())
    assert may == [False, True]


def test_an_account_stays_with_its_place_while_the_places_are_the_same() -> None:
    before = {account: places.place_of(str(account), [0, 1, 2, 3]) for account in range(400)}
    after = {account: places.place_of(str(account), [0, 1, 3]) for account in range(400)}
    assert {before[account] for account in before if before[account] != after[account]} == {2}
    shares = [list(before.values()).count(place) for place in range(4)]
    assert min(shares) > 60


def test_a_place_that_another_took_is_not_kept(server: RedisServer) -> None:
    assert places.take(server.client, "first") == 0
    assert places.take(server.client, "second") == 1
    assert places.keep(server.client, 0, "first")
    server.client.delete("portfolio:worker:0")
    assert places.keep(server.client, 0, "first")  # Redis forgot it: taken anew
    server.client.set("portfolio:worker:0", "third")
    assert not places.keep(server.client, 0, "first")
    places.leave(server.client, 0, "first")
    assert places.taken(server.client) == {0: "third", 1: "second"}


@pytest.mark.parametrize(
    "error",
    [
        RequestBudgetError("full", 4.0, banned=False),
        ExchangeLimitedError("banned", 60.0, banned=True),
        CredentialsRefusedError("refused"),
        ExchangeError("odd"),
        LeaseLostError("lost"),
        ExchangeUnavailableError("down"),
        DatabaseUnavailableError("away"),
        NotAllowedError("no"),
    ],
)
def test_what_a_step_met_is_what_the_collector_meets(error: Exception) -> None:
    with pytest.raises(Exception) as met:  # noqa: PT011  # which one is what is compared
        outcome_read(failure_written(error))
    found = met.value
    for name in ("code", "remedy", "retry_after_s", "banned"):
        assert getattr(found, name, None) == getattr(error, name, None)
    assert str(found) == str(error)
    for kind in (LeaseLostError, RequestBudgetError, ExchangeUnavailableError, DatabaseUnavailableError):
        assert isinstance(found, kind) == isinstance(error, kind)


def test_the_words_of_a_fault_do_not_travel() -> None:
    told = failure_written(ZeroDivisionError("secret"))
    assert "secret" not in str(told)
    with pytest.raises(RuntimeError, match="log"):
        outcome_read(told)


def test_a_step_survives_its_journey() -> None:
    for ask in (StepAsk(), StepAsk("catch_up"), StepAsk("refresh", True, True)):
        step = HandOut(1, 2, 3, ask)
        assert handed_read(step.written()) == step
    backtest = BacktestHandOut(4, 5, 6)
    assert handed_read(backtest.written()) == backtest
    for wrong in (
        {},
        {"account": True, "epoch": 1, "turn": 1, "kind": "refresh"},
        STEP.written() | {"kind": "order"},
        backtest.written() | {"turn": "6"},
    ):
        with pytest.raises(ValueError, match="hand-out"):
            handed_read(wrong)
