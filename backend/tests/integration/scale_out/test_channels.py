"""C32: executed trades are heard, our own events published; browsers hear at once what the table says."""

from __future__ import annotations

import json
import threading

from backend.core.errors import DatabaseUnavailableError
from backend.core.model.accounts import Account
from backend.db.unit_of_work import SqlStore
from backend.scale_out.bus import BELL, EVENTS, EXECUTIONS, Bell, Listener, RedisEvents
from backend.scale_out.link import RedisLink
from backend.services.event_feed import EventFeed
from backend.services.event_publisher import EventPublisher
from backend.services.execution_desk import ExecutionDesk
from backend.tests.process.harness import wait_for
from backend.tests.redis_server import RedisServer

WITHIN_S = 30.0


class Heard:
    """What came by a channel, which is listened to already."""

    def __init__(self, server: RedisServer, link: RedisLink, channel: str) -> None:
        self.texts: list[str] = []
        self.listener = Listener(link, channel, self.texts.append)
        self.listener.start()
        wait_for(lambda: dict(server.client.pubsub_numsub(channel))[channel], "somebody listens", WITHIN_S)


def told(store: SqlStore, count: int, since: int = 0) -> list[dict[str, object]]:
    with store.write() as unit:
        for number in range(count):
            unit.events.emit("balances", None, {"n": since + number})
    with store.read() as unit:
        found = unit.events.after(since, 1000)
    return [{"id": one, "topic": topic, "account": account, "detail": detail} for one, topic, account, detail in found]


def test_the_channel_carries_what_the_table_says_in_its_order(
    server: RedisServer, link: RedisLink, store: SqlStore
) -> None:
    heard = Heard(server, link, EVENTS)
    publisher = EventPublisher(store, RedisEvents(link))
    publisher.step()
    publisher.lead(1)
    publisher.step()  # what was before is nobody's news
    rows = told(store, 3)
    publisher.step()
    wait_for(lambda: len(heard.texts) == 3, "three events", WITHIN_S)
    assert [json.loads(text) for text in heard.texts] == rows
    # Another collector goes on where this one was.
    told(store, 1)
    successor = EventPublisher(store, RedisEvents(link))
    successor.lead(2)
    successor.step()
    wait_for(lambda: len(heard.texts) == 4, "the fourth", WITHIN_S)
    assert [json.loads(text)["id"] for text in heard.texts] == [1, 2, 3, 4]
    heard.listener.stop()


def test_what_could_not_be_published_follows_when_redis_is_back(
    server: RedisServer, link: RedisLink, store: SqlStore
) -> None:
    publisher = EventPublisher(store, RedisEvents(link))
    publisher.lead(1)
    publisher.step()
    server.kill()
    rows = told(store, 2)
    publisher.step()
    server.start()
    heard = Heard(server, link, EVENTS)
    publisher.step()
    wait_for(lambda: len(heard.texts) == 2, "both", WITHIN_S)
    assert [json.loads(text) for text in heard.texts] == rows
    heard.listener.stop()


def test_a_commit_that_told_of_something_rings_and_one_that_did_not_does_not(
    server: RedisServer, link: RedisLink, store: SqlStore
) -> None:
    rung: list[int] = []
    ringing = SqlStore(store._engine, lambda: 0, lambda: rung.append(1))
    with ringing.write() as unit:
        unit.settings.set("one", "2")
    with ringing.write() as unit:
        unit.events.newest_id()
    assert rung == []
    with ringing.write() as unit:
        unit.events.emit("balances", None)
        assert rung == []  # not before the commit
    assert rung == [1]
    heard = Heard(server, link, BELL)
    Bell(link).ring()
    wait_for(lambda: heard.texts, "the bell", WITHIN_S)
    heard.listener.stop()


def test_a_message_that_cannot_be_taken_up_does_not_end_the_hearing(server: RedisServer, link: RedisLink) -> None:
    heard: list[str] = []

    def take(text: str) -> None:
        heard.append(text)
        if text == "first":
            raise DatabaseUnavailableError("locked")

    listener = Listener(link, EXECUTIONS, take)
    listener.start()
    wait_for(lambda: dict(server.client.pubsub_numsub(EXECUTIONS))[EXECUTIONS], "it listens", WITHIN_S)
    for text in ("first", "second"):
        server.client.publish(EXECUTIONS, text)
    wait_for(lambda: heard == ["first", "second"], "both", WITHIN_S)
    assert listener.stop()


def test_what_was_written_down_of_an_act_rings_too(store: SqlStore) -> None:
    rung: list[int] = []
    with SqlStore(store._engine, lambda: 0, lambda: rung.append(1)).write() as unit:
        unit.audit.record("settings.change")
    assert rung == [1]


class Silent:
    """Notices of a connection that tells of nothing."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def wait(self, most_s: float) -> None:
        self.ended.wait()

    def close(self) -> None:
        return


def test_a_bell_is_heard_beside_notices_of_the_database(server: RedisServer, link: RedisLink, store: SqlStore) -> None:
    notices = Silent()
    feed = EventFeed(store, notices, lambda ring: Listener(link, BELL, lambda _: ring()))
    feed.start()
    wait_for(lambda: dict(server.client.pubsub_numsub(BELL))[BELL], "it listens", WITHIN_S)
    told(store, 1)
    Bell(link).ring()
    assert feed.after(0, WITHIN_S) != []
    notices.ended.set()
    feed.stop()


def test_an_executed_trade_has_its_account_read_at_once(
    server: RedisServer, link: RedisLink, store: SqlStore, account: Account
) -> None:
    asked: list[int] = []
    came = threading.Event()

    def refresh(account_id: int) -> None:
        asked.append(account_id)
        came.set()

    desk = ExecutionDesk(store, "simulator", lambda heard: Listener(link, EXECUTIONS, heard))
    desk.follow_with(refresh)
    desk.start()
    wait_for(lambda: dict(server.client.pubsub_numsub(EXECUTIONS))[EXECUTIONS], "it listens", WITHIN_S)
    message = {"account": "MAIN", "symbol": "BTCUSDT", "order_id": 17}
    desk.heard(json.dumps(message))
    assert asked == []  # another collector works
    desk.lead(1)
    server.client.publish(EXECUTIONS, json.dumps(message))
    assert came.wait(WITHIN_S)
    desk.heard(json.dumps({"account": account.id}))
    for wrong in ("", "[]", "{}", json.dumps({"account": "nobody"}), json.dumps({"symbol": "BTCUSDT"})):
        desk.heard(wrong)
    assert asked == [account.id, account.id]
    assert desk.stop()
