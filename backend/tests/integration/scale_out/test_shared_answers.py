"""Answers shared by web processes through a real Redis: computed once, and never one of other data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from backend.api.answers import Draft, ReadCache
from backend.api.shared_answers import KEPT_S, SharedAnswers
from backend.core.stored_charts import ChartBody
from backend.db.unit_of_work import SqlStore
from backend.db.work_models import events
from backend.scale_out import answers
from backend.scale_out.answers import ORDER, RedisAnswers
from backend.scale_out.link import RedisLink
from backend.tests.redis_server import RedisServer
from backend.vault.ring import KeyRing, MasterKey

KEY = MasterKey("a key of a test, and of nothing else")
QUESTION = ("risk", 30)


def ring(*keys: MasterKey) -> KeyRing:
    return KeyRing(lambda: keys, lambda: keys[0])


class Web:
    """A web process: what it is asked for, and how often it computed."""

    def __init__(self, store: SqlStore, server: RedisServer, ground: str = "one", seal: KeyRing | None = None) -> None:
        self.store = store
        self.computed = 0
        self.now_s = 0.0
        self.revision = 1
        self.expires_s: float | None = None
        self.rest: ChartBody | None = None
        self.meanwhile: Callable[[], None] = lambda: None
        link = RedisLink(server.url, texts=False)
        shared = SharedAnswers(RedisAnswers(link), seal or ring(KEY), store, ground, lambda: self.now_s)
        self.cache = ReadCache(lambda: self.revision, lambda: self.now_s, shared)

    def asked(self, question: tuple[object, ...] = QUESTION, heavy: bool = True) -> bytes:
        return self.cache.get(question, self._draft, heavy=heavy).coded(False).body

    def _draft(self) -> Draft:
        self.computed += 1
        with self.store.read() as unit:
            names = [one.name for one in unit.accounts.in_environment("simulator")]
        self.meanwhile()
        return Draft({"accounts": names}, self.expires_s, self.rest)


def told(store: SqlStore, name: str) -> None:
    """A change of the data, and its event."""
    with store.write() as unit:
        unit.accounts.ensure("simulator", name, f"reference of {name}")
        unit.events.emit("accounts", None)


def raw(server: RedisServer) -> list[bytes]:
    """What lies in Redis of answers."""
    own = RedisLink(server.url, texts=False)
    found = [own.client.get(key) for key in own.client.scan_iter("portfolio:answer:*")]
    own.close()
    told = [one for one in found if isinstance(one, bytes)]
    assert told
    return told


def test_an_answer_is_computed_once_for_all_processes(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    first, second = Web(store, server), Web(store, server)
    assert first.asked() == second.asked() == b'{"accounts":["one"]}'
    assert (first.computed, second.computed) == (1, 0)
    assert first.cache.get(QUESTION, first._draft).coded(False).etag == (
        second.cache.get(QUESTION, second._draft).coded(False).etag
    )
    assert b"one" not in b"".join(raw(server))


def test_after_a_change_no_process_is_given_the_answer_of_before(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    first, second = Web(store, server), Web(store, server)
    first.asked()
    told(store, "two")
    # It has not heard of the event yet: its answer is newer than its revision, never older.
    assert second.asked() == b'{"accounts":["one","two"]}'
    assert second.computed == 1
    first.revision += 1
    assert first.asked() == second.asked()
    assert first.computed == 1


def test_what_changed_while_it_was_computed_is_not_kept_for_others(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    first, second = Web(store, server), Web(store, server)
    first.meanwhile = lambda: told(store, "two")
    assert first.asked() == b'{"accounts":["one"]}'
    assert server.client.keys("portfolio:answer:*") == []
    assert second.asked() == b'{"accounts":["one","two"]}'


@pytest.mark.parametrize(
    "other",
    [
        lambda store, server: Web(store, server, ground="another version, or other settings"),
        lambda store, server: Web(store, server, seal=ring(MasterKey("of another installation"))),
    ],
)
def test_nothing_passes_between_versions_settings_and_installations(
    store: SqlStore, server: RedisServer, other: Callable[[SqlStore, RedisServer], Web]
) -> None:
    told(store, "one")
    Web(store, server).asked()
    stranger = other(store, server)
    stranger.asked()
    assert stranger.computed == 1


def test_a_database_with_another_event_of_that_number_is_another(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    Web(store, server).asked()
    with store.write() as unit:
        unit.connection.execute(update(events).values(at_machine=events.c.at_machine + 1))
    web = Web(store, server)
    web.asked()
    assert web.computed == 1


def test_what_another_wrote_into_redis_is_not_shown(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    web, reader = Web(store, server), Web(store, server)
    web.asked()
    web.asked(("risk", 365))
    here, there = server.client.keys("portfolio:answer:*")
    # One answer in the place of another, and text of somebody else's.
    server.client.rename(here, there)
    server.client.set(here, b'\x00{"accounts":[]}')
    assert reader.asked() == reader.asked(("risk", 365)) == b'{"accounts":["one"]}'
    assert reader.computed == 2


def test_an_answer_that_will_be_stale_is_so_everywhere_in_time(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    first, second = Web(store, server), Web(store, server)
    first.expires_s = 20.0
    first.asked()
    (name,) = server.client.keys("portfolio:answer:*")
    assert 0 < server.client.pttl(name) <= 19_000
    second.asked()
    server.client.delete(name)
    second.now_s = 1.0
    second.asked()
    assert second.computed == 0
    second.now_s = 19.5
    second.asked()
    assert second.computed == 1
    late = Web(store, server)
    late.expires_s = 0.5
    late.asked(("risk", 1))
    assert len(server.client.keys("portfolio:answer:*")) == 1


def test_they_go_away_by_themselves_and_are_never_many_or_large(
    store: SqlStore, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST", 3)
    told(store, "one")
    web = Web(store, server)
    for days in range(5):
        web.asked(("risk", days))
    names = server.client.keys("portfolio:answer:*")
    assert set(names) == set(server.client.zrange(ORDER, 0, -1))
    assert len(names) == 3
    assert all(0 < server.client.pttl(name) <= KEPT_S * 1000 for name in names)
    monkeypatch.setattr(answers, "LARGEST", 10)
    web.asked(("risk", 99))
    assert set(names) == set(server.client.keys("portfolio:answer:*"))


def test_what_is_not_heavy_or_lies_in_the_database_is_not_shared(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    web = Web(store, server)
    web.asked(heavy=False)
    web.rest = ChartBody.of(b'{"points":[]}')
    assert web.asked(("history", 30)) == b'{"accounts":["one"],"points":[]}'
    assert server.client.keys("portfolio:answer:*") == []


def test_while_redis_is_away_answers_are_computed(store: SqlStore) -> None:
    told(store, "one")
    nowhere = RedisServer()
    web = Web(store, nowhere)
    assert web.asked() == b'{"accounts":["one"]}'
    nowhere.client.close()


def test_without_a_master_key_nothing_is_shared(store: SqlStore, server: RedisServer) -> None:
    told(store, "one")
    web = Web(store, server, seal=ring())
    assert web.asked() == b'{"accounts":["one"]}'
    assert server.client.keys("portfolio:answer:*") == []
