"""Connections that are cut, silenced, ended or refused come back by themselves, and say how they are."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.stream_events import BalanceMoved, BalancesChanged, FuturesAccountChanged, StreamEnded
from backend.exchange.binance.streams.live import BinanceLive, StreamHosts
from backend.tests.integration.streams.conftest import HURRIED, Hall, Login, state_of
from backend.tests.process.harness import free_port, wait_for

CUTS = 15


def test_prices_of_wanted_symbols_come_and_of_others_do_not(hall: Hall) -> None:
    feed = hall.feed()
    feed.want({"BTCUSDT"})
    hall.simulator.control("/sim/prices", {"BTCUSDT": "51000", "ETHUSDT": "1234"})
    hall.ears.until(lambda: hall.ears.quotes.get("BTCUSDT") == Decimal(51000))
    assert set(hall.ears.quotes) == {"BTCUSDT"}
    assert state_of(feed, "market").state == "live"


def test_each_account_hears_its_own_changes_over_one_connection(hall: Hall) -> None:
    first, second = hall.account(), hall.account()
    hall.feed().watch({1: first, 2: second})
    hall.ears.until(lambda: sorted(hall.ears.live) == [1, 2])
    assert hall.simulator.control("/sim/streams")["connections"] == 1
    hall.deposit(second, "25")
    hall.ears.until(lambda: hall.ears.held.get((2, "USDT")) == Decimal(25))
    assert {account for account, _ in hall.ears.events} == {2}
    assert [type(event) for _, event in hall.ears.events] == [BalanceMoved, BalancesChanged]


def test_a_stream_that_is_cut_again_and_again_comes_back_each_time_and_asks_for_a_look(hall: Hall) -> None:
    login, feed = hall.account(), hall.feed()
    feed.watch({1: login})
    for cut in range(1, CUTS + 1):
        hall.ears.until(lambda cut=cut: len(hall.ears.live) == cut)  # type: ignore[misc]  # bound per round
        hall.deposit(login, "1")
        hall.ears.until(lambda cut=cut: hall.ears.held.get((1, "USDT")) == cut)  # type: ignore[misc]  # bound per round
        hall.faults("stream_cut", match="WS /ws-api", count=1)
        hall.ears.until(lambda cut=cut: len(hall.ears.lost) == cut)  # type: ignore[misc]  # bound per round
    hall.ears.until(lambda: len(hall.ears.live) == CUTS + 1)
    wait_for(lambda: state_of(feed, "user").reconnects == CUTS, "every reconnect is counted", 5)


def test_a_connection_that_falls_silent_is_noticed_and_replaced(hall: Hall) -> None:
    login, feed = hall.account(), hall.feed()
    feed.watch({1: login})
    feed.want({"BTCUSDT"})
    hall.ears.until(lambda: hall.ears.live == [1] and "BTCUSDT" in hall.ears.quotes)
    hall.faults("stream_silent")
    hall.ears.until(lambda: hall.ears.lost == [1] and hall.ears.prices_gone >= 1)
    hall.calm()
    hall.ears.until(lambda: len(hall.ears.live) == 2)
    hall.deposit(login, "3")
    hall.ears.until(lambda: hall.ears.held.get((1, "USDT")) == Decimal(3))


def test_prices_that_cease_while_the_connection_answers_are_noticed(hall: Hall) -> None:
    feed = hall.feed(replace(HURRIED, data_s=1.0))
    feed.want({"BTCUSDT"})
    hall.ears.until(lambda: "BTCUSDT" in hall.ears.quotes)
    hall.simulator.control("/sim/clock", {"speed": 0})
    try:
        hall.ears.until(lambda: hall.ears.prices_gone >= 1)
        assert state_of(feed, "market").detail in ("The stream fell silent", "")
    finally:
        hall.simulator.control("/sim/clock", {"speed": 1})


def test_a_connection_is_replaced_before_the_exchange_ends_it(hall: Hall) -> None:
    login, feed = hall.account(), hall.feed(replace(HURRIED, life_s=0.5))
    feed.watch({1: login})
    hall.ears.until(lambda: len(hall.ears.live) >= 3)
    assert state_of(feed, "user").detail == ""


def test_a_server_that_goes_away_is_left_at_its_word(hall: Hall) -> None:
    login, feed = hall.account(), hall.feed()
    feed.watch({1: login})
    feed.want({"BTCUSDT"})
    hall.ears.until(lambda: hall.ears.live == [1] and "BTCUSDT" in hall.ears.quotes)
    hall.simulator.control("/sim/streams", {"shutdown": True})
    hall.ears.until(lambda: len(hall.ears.live) == 2 and hall.ears.prices_gone == 1)
    wait_for(lambda: state_of(feed, "market").reconnects == 1, "the market is live again", 5)
    assert hall.ears.lost == [1]


def test_other_accounts_are_heard_where_one_key_is_refused(hall: Hall) -> None:
    good, bad = hall.account(), Login("no such key", "secret")
    feed = hall.feed()
    feed.watch({1: bad, 2: good})
    hall.ears.until(lambda: hall.ears.live == [2])
    assert state_of(feed, "user").state == "live"


def test_a_refused_key_is_said_in_words_without_the_key(hall: Hall) -> None:
    feed = hall.feed()
    feed.watch({1: Login("no such key", "its secret")})
    state = wait_for(lambda: next((one for one in feed.states() if one.detail), None), "the refusal is told", 10)
    assert state.state == "reconnecting"
    assert "no such key" not in state.detail
    assert "its secret" not in state.detail


def test_a_revoked_key_ends_its_stream_without_ending_the_others(hall: Hall) -> None:
    first, second = hall.account(), hall.account()
    hall.feed().watch({1: first, 2: second})
    hall.ears.until(lambda: sorted(hall.ears.live) == [1, 2])
    hall.simulator.control("/sim/rights", {"api_key": first.key, "revoked": True})
    hall.ears.until(lambda: hall.ears.live.count(2) == 2)
    assert hall.ears.live.count(1) == 1


def test_another_choice_of_accounts_is_subscribed_at_once(hall: Hall) -> None:
    first, second = hall.account(), hall.account()
    feed = hall.feed()
    feed.watch({1: first})
    hall.ears.until(lambda: hall.ears.live == [1])
    feed.watch({1: first, 2: second})
    hall.ears.until(lambda: sorted(hall.ears.live) == [1, 1, 2])
    feed.watch({1: first, 2: second})
    hall.deposit(second, "7")
    hall.ears.until(lambda: hall.ears.held.get((2, "USDT")) == Decimal(7))
    assert hall.ears.lost == [1]


def listen_key(hall: Hall, login: Login) -> str:
    answer = hall.simulator.session.post(
        f"{hall.simulator.url}/fapi/v1/listenKey", headers={"X-MBX-APIKEY": login.key}, timeout=10
    )
    return str(answer.json()["listenKey"])


def close_listen_key(hall: Hall, login: Login) -> None:
    headers = {"X-MBX-APIKEY": login.key}
    hall.simulator.session.delete(f"{hall.simulator.url}/fapi/v1/listenKey", headers=headers, timeout=10)


def test_what_happens_to_futures_is_heard_through_the_listen_key(hall: Hall) -> None:
    login = hall.account(balances={"spot": {"USDT": "100"}, "usdm": {"USDT": "500"}})
    feed = hall.feed()
    feed.watch_futures(1, listen_key(hall, login))
    # Its first word asks for a look at what happened before.
    hall.ears.until(lambda: hall.ears.events == [(1, None)])
    body = {"api_key": login.key, "from": "spot", "to": "usdm", "asset": "USDT", "amount": "60"}
    hall.simulator.control("/sim/transfer", body)
    hall.ears.until(lambda: len(hall.ears.events) == 2)
    event = hall.ears.events[1][1]
    assert isinstance(event, FuturesAccountChanged)
    assert [(cash.asset, cash.wallet_balance) for cash in event.balances] == [("USDT", Decimal(560))]


def test_a_listen_key_that_ended_is_told_and_a_new_one_taken_at_once(hall: Hall) -> None:
    login = hall.account(balances={"usdm": {"USDT": "500"}})
    feed = hall.feed()
    feed.watch_futures(1, listen_key(hall, login))
    wait_for(lambda: state_of(feed, "futures:1").state == "live", "the stream is live", 10)
    close_listen_key(hall, login)
    hall.ears.until(lambda: any(isinstance(event, StreamEnded) for _, event in hall.ears.events))
    feed.watch_futures(1, listen_key(hall, login))
    body = {"api_key": login.key, "from": "usdm", "to": "spot", "asset": "USDT", "amount": "1"}

    def heard() -> bool:
        hall.simulator.control("/sim/transfer", body)
        return any(isinstance(event, FuturesAccountChanged) for _, event in hall.ears.events)

    wait_for(heard, "a transfer is heard through the new key", 10)


def test_hosts_that_do_not_answer_or_are_not_known_are_tried_again_and_told(hall: Hall) -> None:
    login = hall.account()
    bases = iter([None, f"ws://127.0.0.1:{free_port()}", f"{hall.streams}/nowhere", hall.streams])
    now = [next(bases)]
    told: list[str] = []

    def hosts() -> StreamHosts:
        if now[0] is None:
            raise ExchangeUnavailableError("The demo exchange is starting")
        return StreamHosts.simulated(now[0])

    def changed() -> None:
        detail = feed.states()[0].detail
        if detail and detail not in told:
            told.append(detail)
            now[0] = next(bases)

    feed = BinanceLive(
        hosts,
        hall.ears,
        changed,
        lambda: time.time_ns() // 1_000_000,
        through_proxy=False,
        tolls=hall.tolls,
        pace=HURRIED,
    )
    try:
        feed.watch({1: login})
        hall.ears.until(lambda: hall.ears.live == [1])
    finally:
        feed.stop()
    assert told == [
        "The demo exchange is starting",
        "The stream cannot be reached",
        "The stream's host refused the connection [404]",
    ]


def test_a_proxy_that_streams_cannot_take_is_named(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    feed = BinanceLive(
        lambda: StreamHosts.simulated("wss://stream.example"),
        hall.ears,
        lambda: None,
        lambda: 0,
        through_proxy=True,
        tolls=hall.tolls,
    )
    try:
        feed.want({"BTCUSDT"})
        detail = wait_for(lambda: state_of(feed, "market").detail, "the failure is told", 10)
    finally:
        feed.stop()
    assert detail.startswith("Streams cannot go through a SOCKS proxy")


def test_stopping_ends_every_thread_at_once_whatever_it_waits_for(hall: Hall) -> None:
    login = hall.account()
    feed = hall.feed(replace(HURRIED, quiet_s=600, first_retry_s=600))
    lost = hall.feed(replace(HURRIED, first_retry_s=600, longest_retry_s=600), base=f"ws://127.0.0.1:{free_port()}")
    feed.watch({1: login})
    feed.want({"BTCUSDT"})
    lost.want({"BTCUSDT"})
    hall.ears.until(lambda: hall.ears.live == [1] and "BTCUSDT" in hall.ears.quotes)
    wait_for(lambda: state_of(lost, "market").detail, "the lost one waits", 5)
    started = time.monotonic()
    feed.stop()
    lost.stop()
    assert time.monotonic() - started < 2.0
    assert not [one for one in threading.enumerate() if one.name.startswith("stream-")]
