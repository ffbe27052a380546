"""Streams draw on the budget of requests, and are silent when the exchange asks for silence."""

from __future__ import annotations

from typing import Any

import pytest

from backend.core.errors import ExchangeLimitedError
from backend.tests.integration.streams.conftest import Hall, state_of
from backend.tests.process.harness import wait_for
from backend.tests.simulator.harness import SimulatorProcess

CONNECT_AND_SUBSCRIBE = 2 + 1 + 2  # the connection, the time, the subscription


def logged(simulator: SimulatorProcess, *paths: str) -> int:
    """How often the exchange was asked by WebSocket."""
    rows: list[dict[str, Any]] = simulator.control("/sim/requests")["requests"]
    return sum(row["count"] for row in rows if row["method"] == "WS" and (not paths or row["path"] in paths))


def test_a_connection_and_its_calls_are_counted_as_the_exchange_counts_them(hall: Hall) -> None:
    ours = hall.budget.use().used
    theirs = logged(hall.simulator)
    hall.feed().watch({1: hall.account()})
    hall.ears.until(lambda: hall.ears.live == [1])
    assert logged(hall.simulator) - theirs == 3
    # What answers tell is believed: this address had used something before.
    assert hall.budget.use().used - ours >= CONNECT_AND_SUBSCRIBE


def test_while_the_exchange_wants_silence_nothing_connects_and_why_is_told(hall: Hall) -> None:
    asked, feed = logged(hall.simulator), hall.feed()
    hall.budget.silence(600, banned=True)
    feed.watch({1: hall.account()})
    feed.want({"BTCUSDT"})
    for name in ("user", "market"):
        detail = wait_for(lambda name=name: state_of(feed, name).detail, f"{name} says why", 10)  # type: ignore[misc]  # bound per round
        assert "banned" in detail
    assert (logged(hall.simulator), hall.simulator.control("/sim/streams")["connections"]) == (asked, 0)


def test_a_connection_that_lives_asks_nothing_more_once_silence_is_wanted(hall: Hall) -> None:
    feed = hall.feed()
    feed.watch({1: hall.account()})
    hall.ears.until(lambda: hall.ears.live == [1])
    hall.budget.silence(600, banned=False)
    asked = logged(hall.simulator)
    hall.ears.until(lambda: hall.ears.lost == [1])
    wait_for(lambda: "wait" in state_of(feed, "user").detail, "it says why", 5)
    assert logged(hall.simulator) == asked


def test_a_ban_that_a_stream_meets_silences_everybody(tmp_path_factory: pytest.TempPathFactory) -> None:
    with SimulatorProcess(tmp_path_factory.mktemp("banned"), []) as simulator:
        hall = Hall(simulator)
        login = hall.account()
        simulator.control("/sim/ban", {"for_s": 77})
        feed = hall.feed()
        try:
            feed.watch({1: login})
            wait_for(lambda: state_of(feed, "user").detail, "the refusal is told", 10)
            with pytest.raises(ExchangeLimitedError, match="banned") as refused:
                hall.budget.take("api", 1, "user")
            assert refused.value.banned
            assert 60 < refused.value.retry_after_s <= 78
        finally:
            hall.close()
