"""Keys over the database: kept sealed, taken over once, opened for their own account, sealed anew by rotation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.core.accounts_book import AccountsBook
from backend.core.errors import BadInputError, CredentialsRefusedError, KeyLostError, NotFoundError, RunRefusedError
from backend.core.key_book import KeyBook
from backend.core.key_store import KeyStore
from backend.core.model.accounts import KEY_GONE, KeyPermissions
from backend.core.model.jobs import Job
from backend.core.model.keys import CHECK_KEYS, LOOK_AT_KEY, GivenKey, KeyKind, KeyLook, KeyPair
from backend.core.trading_rights import TradingRights
from backend.db.lease import SqlLease
from backend.db.sealed import SqlSealedTexts, sealed_columns
from backend.db.unit_of_work import SqlStore
from backend.services.key_looks import DAY_MS, ON_THE_WAY, RIGHTS_CHANGED, KeyLooks
from backend.tests.database_places import stored_bytes
from backend.vault.key_file import NAME
from backend.vault.vault import Vault

ENVIRONMENT = "live"
NOW_MS = 1_800_000_000_000
SAFE = KeyPermissions(can_read=True, can_trade=True, can_withdraw=False, ip_restricted=True)
FIRST, SECOND = KeyPair("canary-key-of-first-AB12", "canary-secret-1"), KeyPair("canary-key-of-second-CD34", "canary-2")


@dataclass
class Desk:
    """Answers about keys as it is told; notes whose were let go."""

    looks: dict[str, KeyLook] = field(default_factory=dict)
    let: list[int] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    looked: int = 0

    def look(self, pair: KeyPair) -> KeyLook:
        self.looked += 1
        if pair.key not in self.looks:
            raise CredentialsRefusedError("The exchange refused the API key [-2015]")
        return self.looks[pair.key]

    def check(self, account_id: int) -> None:
        raise CredentialsRefusedError("The exchange refused the API key [-2015]", -2015, "203.0.113.24")

    def changed(self, account_id: int) -> None:
        self.changes.append(account_id)

    def let_go(self, account_id: int) -> None:
        self.let.append(account_id)


class House:
    """Keys of the environment `live` over a database and a folder for the master key."""

    def __init__(self, store: SqlStore, engine: Engine, folder: Path) -> None:
        self.store, self.engine, self.folder = store, engine, folder
        self.now_ms = NOW_MS
        self.desk = Desk()
        self.open()

    def open(self) -> None:
        """As after a start."""
        self.vault = Vault(self.folder, NAME, ())
        self.keys = KeyStore(self.store, self.vault.ring, ENVIRONMENT, lambda: self.now_ms)
        accounts = AccountsBook(self.store, ENVIRONMENT, lambda: (), lambda: ())
        self.accounts = accounts
        self.book = KeyBook(self.store, self.keys, accounts, self.desk, ENVIRONMENT, tells_rights=True)
        self.looks = KeyLooks(self.store, self.keys, self.vault.ring, self.desk.look, lambda: self.now_ms)

    def knows(self, pair: KeyPair, rights: KeyPermissions = SAFE, owner: str | None = "7") -> KeyPair:
        self.desk.looks[pair.key] = KeyLook(rights, "hmac", owner)
        return pair

    def added(self, name: str = "First", pair: KeyPair = FIRST) -> int:
        return self.book.add(name, None, self.knows(pair)).account.id

    def epoch(self) -> int:
        epoch = SqlLease(self.engine, "house", 10**9, lambda: self.now_ms).acquire()
        assert epoch is not None
        return epoch

    def job(self, kind: str, account: int | None, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.looks.do(Job(1, kind, account, payload, "running", {}), self.epoch())

    def lines(self) -> list[str]:
        with self.store.read() as unit:
            found = unit.task_log.page(ENVIRONMENT, ("warning",), "keys", None, 100, None)
        return [f"{one.line.code}: {one.line.detail}" for one in found]

    def bar(self, account: int) -> str | None:
        rights = TradingRights(
            self.store, ENVIRONMENT, "always", lambda: False, lambda: self.now_ms, own_time=False, tells_rights=True
        )
        bar = rights.standing_of(account).bar
        return None if bar is None else f"{bar.code}: {bar.detail}"


@pytest.fixture
def house(store: SqlStore, engine: Engine, tmp_path: Path) -> House:
    return House(store, engine, tmp_path / "vault")


def test_a_key_is_kept_sealed_and_opens_for_its_account(house: House, database: Path) -> None:
    account = house.added()
    assert house.keys.listed() == [("First", FIRST.reference, NOW_MS)]
    assert house.keys.read_key(FIRST.reference) == FIRST
    assert house.keys.trade_key(FIRST.reference) == FIRST
    assert house.desk.changes == [account]
    stored = stored_bytes(database)
    assert b"canary" not in stored
    assert FIRST.reference.encode() in stored
    assert b"AB12" in stored


def test_a_name_that_was_read_before_the_user_changed_it_does_not_come_back(house: House) -> None:
    account = house.added()
    (read_before,) = house.keys.listed()
    house.accounts.rename(account, "Otherwise")
    with house.store.write(house.epoch()) as unit:
        opened = unit.accounts.ensure(ENVIRONMENT, read_before[0], read_before[1])
    assert (opened.id, opened.name) == (account, "Otherwise")
    assert [name for name, _, _ in house.keys.listed()] == ["Otherwise"]


def test_one_that_was_put_beside_another_account_does_not_open(house: House) -> None:
    first, second = house.added(), house.book.add("Second", None, house.knows(SECOND, owner="8")).account.id
    with house.store.write() as unit:
        (mine,), (other,) = unit.account_keys.of(first), unit.account_keys.of(second)
        unit.account_keys.put(replace(other, sealed=mine.sealed))
    with pytest.raises(KeyLostError):
        house.keys.read_key(SECOND.reference)


def test_a_lost_master_key_loses_keys_and_nothing_else(house: House) -> None:
    account = house.added()
    (house.folder / NAME).unlink()
    house.open()
    with pytest.raises(KeyLostError, match="entered again"):
        house.keys.read_key(FIRST.reference)
    with house.store.write() as unit:
        unit.accounts.update_sync(account, error="lost", error_code="key-lost")
    (view,) = house.accounts.all()
    assert (view.key, view.account.id) == ("lost", account)
    house.book.give(account, "read", FIRST)
    assert house.keys.read_key(FIRST.reference) == FIRST
    (view,) = house.accounts.all()
    assert (view.key, view.account.id) == ("stored", account)


def test_rotation_seals_them_anew(house: House) -> None:
    house.added()
    assert [f"{table.name}.{column.name}" for table, column in sealed_columns()].count("account_keys.sealed") == 1
    before = (house.folder / NAME).read_text("ascii")
    done = Vault(house.folder, NAME, ()).rotate(SqlSealedTexts(house.engine))
    assert (done.resealed, done.lost, done.dropped) == (1, 0, 1)
    assert (house.folder / NAME).read_text("ascii") != before
    assert house.keys.read_key(FIRST.reference) == FIRST


def test_keys_of_the_settings_are_taken_over_once(house: House) -> None:
    given = [GivenKey("First", FIRST), GivenKey("Second", SECOND)]
    assert list(house.keys.waiting(given)) == given
    assert house.keys.take_over(given) == ["First", "Second"]
    assert (list(house.keys.waiting(given)), list(house.keys.take_over(given))) == ([], [])
    account = next(one.account.id for one in house.accounts.all() if one.account.name == "First")
    house.book.take(account, "read")
    assert house.keys.take_over(given) == ()
    assert [name for name, _, _ in house.keys.listed()] == ["Second"]


def test_a_name_that_another_account_has_gets_a_number(house: House) -> None:
    house.added("main")
    with house.store.write() as unit:
        unit.accounts.create(ENVIRONMENT, "Main 2")
    assert list(house.keys.take_over([GivenKey("Main", SECOND)])) == ["Main"]
    assert [one.account.name for one in house.accounts.all()] == ["main", "Main 2", "Main 3"]


def test_a_key_that_may_take_coins_away_or_tells_nothing_is_not_kept(house: House) -> None:
    for rights, words in (
        (replace(SAFE, can_withdraw=True), "withdraw"),
        (replace(SAFE, can_read=False), "may not read"),
        (replace(SAFE, can_withdraw=None), "does not tell"),
    ):
        with pytest.raises(BadInputError, match=words):
            house.book.add("First", None, house.knows(FIRST, rights))
    with pytest.raises(BadInputError, match="-2015"):
        house.book.add("First", None, SECOND)
    assert list(house.accounts.all()) == []


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "é" * 10, "k" * 257])
def test_what_is_no_key_is_sent_nowhere(house: House, key: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        house.book.add("First", None, KeyPair(key, "secret"))
    assert (refusal.value.field, house.desk.looked) == ("api_key", 0)


@pytest.mark.parametrize("secret", ["", "é" * 10, "s" * 8193])
def test_nor_what_is_no_secret(house: House, secret: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        house.book.add("First", None, KeyPair("key", secret))
    assert (refusal.value.field, house.desk.looked) == ("api_secret", 0)


def test_one_account_of_the_exchange_is_one_account_here(house: House) -> None:
    account = house.added()
    with pytest.raises(BadInputError, match="enter it there"):
        house.book.add("Again", None, FIRST)
    with pytest.raises(BadInputError, match="reads the same account"):
        house.book.add("Again", None, house.knows(SECOND))
    with pytest.raises(BadInputError, match="another account of the exchange"):
        house.book.give(account, "read", house.knows(SECOND, owner="8"))


def test_a_trade_key_sends_the_orders_until_it_is_forgotten(house: House) -> None:
    account = house.added()
    with house.store.write() as unit:
        unit.arming.set(account, NOW_MS + 1)
    view = house.book.give(account, "trade", house.knows(SECOND))
    assert [(one.kind, one.ending) for one in view.keys] == [("read", "AB12"), ("trade", "CD34")]
    assert (house.keys.read_key(FIRST.reference), house.keys.trade_key(FIRST.reference)) == (FIRST, SECOND)
    with house.store.read() as unit:
        assert unit.arming.until(account) is None
    house.book.take(account, "trade")
    assert house.keys.trade_key(FIRST.reference) == FIRST
    with pytest.raises(NotFoundError):
        house.book.take(account, "trade")
    with pytest.raises(BadInputError, match="may not trade"):
        house.book.give(account, "trade", house.knows(SECOND, replace(SAFE, can_trade=False)))


def test_with_the_read_key_goes_the_trade_key(house: House) -> None:
    account = house.added()
    house.book.give(account, "trade", house.knows(SECOND))
    view = house.book.take(account, "read")
    assert (view.key, list(view.keys), house.desk.let) == ("gone", [], [account])
    with house.store.read() as unit:
        assert unit.accounts.sync_state(account).error_code == KEY_GONE
    with pytest.raises(BadInputError, match="reads it first"):
        house.book.give(account, "trade", SECOND)
    assert house.book.give(account, "read", SECOND).key == "stored"
    assert [name for name, _, _ in house.keys.listed()] == ["First"]


def test_a_refused_check_is_told_with_the_account(house: House) -> None:
    account = house.added()
    found = house.book.check(account)
    assert (found.code, found.view.account.id) == ("credentials-refused", account)
    assert "-2015" in found.detail


def test_where_the_exchange_sees_us_is_kept_when_it_refuses_a_key(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = house.added()

    def refuse(pair: KeyPair) -> KeyLook:
        raise CredentialsRefusedError("The exchange refused the API key [-2015]", -2015, "203.0.113.24")

    monkeypatch.setattr(house.looks, "_look", refuse)
    with pytest.raises(CredentialsRefusedError):
        house.job(CHECK_KEYS, account, {})
    (key,) = house.accounts.all()[0].keys
    assert key.ip_seen == "203.0.113.24"


@pytest.mark.parametrize("kind", ["read", "trade"])
def test_rights_that_change_are_told_once_and_bar_trading(house: House, kind: KeyKind) -> None:
    account = house.added()
    house.book.give(account, "trade", house.knows(SECOND))
    assert house.bar(account) is None
    house.knows(FIRST if kind == "read" else SECOND, replace(SAFE, can_withdraw=True))
    for _ in range(2):
        house.job(CHECK_KEYS, account, {})
    assert house.lines() == [f"{RIGHTS_CHANGED}: {kind} key: withdraw or transfer on"]
    assert str(house.bar(account)).startswith("key-rights: The key of First may withdraw")


def test_without_an_ip_restriction_a_live_account_does_not_trade(house: House) -> None:
    account = house.added()
    house.book.give(account, "trade", house.knows(SECOND, replace(SAFE, ip_restricted=False)))
    assert "works from any address" in str(house.bar(account))
    assert house.book.judged(house.accounts.all()[0], "trade").verdict == "warned"


def test_a_trade_key_is_looked_at_once_a_day(house: House) -> None:
    account = house.added()
    house.book.give(account, "trade", house.knows(SECOND))
    looked = house.desk.looked
    house.looks.daily(account, house.epoch())
    assert house.desk.looked == looked
    house.now_ms += DAY_MS
    del house.desk.looks[SECOND.key]
    house.looks.daily(account, house.epoch())
    assert house.desk.looked == looked + 1
    # The exchange refuses it: what it could do, it cannot any more.
    assert str(house.bar(account)).startswith("key-reads-only")


def test_a_key_on_its_way_to_the_collector_is_sealed(house: House) -> None:
    house.knows(FIRST)
    sealed = house.vault.ring.seal(FIRST.written(), ON_THE_WAY)
    assert "canary" not in sealed
    told = house.job(LOOK_AT_KEY, None, {"sealed": sealed})
    assert (told["look"]["owner"], told["look"]["type"]) == ("7", "hmac")
    assert "canary" not in str(told)


def test_an_account_goes_with_its_keys(house: House) -> None:
    account = house.added()
    with pytest.raises(BadInputError, match="not the name"):
        house.accounts.release(account, "first")
    assert house.accounts.release(account, "First")
    house.book.part(account)
    house.accounts.delete(account, "First")
    assert house.keys.listed() == []
    assert house.added() != account


def test_nothing_of_a_key_is_in_what_is_printed_of_it(house: House) -> None:
    account = house.added()
    with house.store.read() as unit:
        (stored,) = unit.account_keys.of(account)
    assert "canary" not in f"{FIRST!r} {stored!r} {GivenKey('First', FIRST)!r} {house.vault!r}"


def test_while_a_run_is_under_way_keys_stay(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    account = house.added()

    def under_way(*_: object, **__: object) -> None:
        raise RunRefusedError("run-active", "Run 1 is under way")

    monkeypatch.setattr("backend.core.key_book.refuse_with_orders", under_way)
    changes: tuple[Callable[[], object], ...] = (
        lambda: house.book.take(account, "read"),
        lambda: house.book.give(account, "read", SECOND),
    )
    for change in changes:
        with pytest.raises(RunRefusedError):
            change()
    assert house.keys.read_key(FIRST.reference) == FIRST
