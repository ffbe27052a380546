"""The key of CoinMarketCap over the database: sealed, before the settings, seen at once, its use asked daily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from backend.core.errors import BadInputError, NotAllowedError
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.rank_keys import COINMARKETCAP, PURPOSE, RankKey, RankUsage
from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.wallets import CoinInfo
from backend.core.rank_key_book import RankKeyBook
from backend.core.rebalancing.errors import RankKeyRefusedError, RanksUnavailableError
from backend.core.rebalancing.ranks import RankedCoin
from backend.core.redaction import KNOWN, REDACTED
from backend.db.audit_models import audit
from backend.db.lease import SqlLease
from backend.db.sealed import SqlSealedTexts
from backend.db.unit_of_work import SqlStore
from backend.services.rank_book import RankBook
from backend.services.rank_key_looks import RankKeyLooks
from backend.tests.database_places import stored_bytes
from backend.tests.integration.db.conftest import MachineClock
from backend.vault.key_file import NAME
from backend.vault.vault import Vault

FIRST, SECOND, GIVEN = "canary-first-8key-AB12", "canary-second-8key-CD34", "canary-of-settings-EF56"


@dataclass
class Market:
    """CoinMarketCap as it answers each key; notes who asked."""

    use: dict[str, RankUsage] = field(default_factory=dict)
    fails: bool = False
    asked: list[str] = field(default_factory=list)


@dataclass
class Client:
    """Asks the market with one key."""

    market: Market
    key: str
    name: str = COINMARKETCAP

    def coins(self) -> Sequence[RankedCoin]:
        if self.market.fails:
            raise RanksUnavailableError("no answer")
        return [RankedCoin(1, "BTC", "Bitcoin", "bitcoin", 1)]

    def usage(self) -> RankUsage:
        self.market.asked.append(self.key)
        if self.market.fails:
            raise RanksUnavailableError("no answer")
        if self.key not in self.market.use:
            raise RankKeyRefusedError("CoinMarketCap refuses the key")
        return self.market.use[self.key]


class NoNames:
    """The exchange, of which only the names of coins are asked."""

    def coin_list(self) -> list[CoinInfo]:
        return []


class House:
    """A key over a database and a folder for the master key."""

    def __init__(self, store: SqlStore, engine: Engine, folder: Path, clock: MachineClock) -> None:
        self.store, self.engine, self.folder, self.clock = store, engine, folder, clock
        self.market = Market()
        self.open()

    def open(self, given: str = "", environment: str = "live") -> None:
        """As after a start."""
        self.vault = Vault(self.folder, NAME, ())
        self.keys = RankKeyBook(self.store, environment, self.vault.ring, given, self.clock)
        self.looks = RankKeyLooks(self.store, self.keys, lambda key: Client(self.market, key.text), self.clock)
        self.looks.lead(SqlLease(self.engine, "house", 10**9, self.clock).acquire())

    def has_ranks(self) -> bool:
        with self.store.read() as unit:
            return self.keys.has_ranks(unit)

    def text(self) -> str | None:
        """The key that counts."""
        key = self.keys.present()
        return None if key is None else key.text

    def acts(self) -> list[tuple[str, str]]:
        with self.store.read() as unit:
            found = unit.connection.execute(select(audit.c.action, audit.c.details).order_by(audit.c.id))
            return [(row.action, row.details) for row in found]


@pytest.fixture
def house(store: SqlStore, engine: Engine, tmp_path: Path, clock: MachineClock) -> House:
    return House(store, engine, tmp_path / "vault", clock)


def test_a_key_is_kept_sealed_and_its_end_is_all_that_is_shown(house: House, database: Path) -> None:
    assert (house.keys.view().source, house.has_ranks(), house.keys.present()) == (None, False, None)
    view = house.keys.set(FIRST)
    assert (view.source, view.set_by, view.ending, view.added_ms) == ("coinmarketcap", "page", "AB12", house.clock.now)
    assert (view.told, view.blocked, house.has_ranks()) == (None, None, True)
    key = house.keys.present()
    assert house.text() == FIRST
    stored = stored_bytes(database)
    assert b"canary" not in stored
    assert b"AB12" in stored
    assert "canary" not in f"{view!r} {key!r}"
    assert house.acts() == [("rank_key.set", '{"ending":"AB12"}')]
    # Whoever seals and opens it has it kept out of the log.
    assert KNOWN.scrub(f"with {FIRST}") == f"with {REDACTED}"


def test_the_key_of_the_page_wins_and_without_it_that_of_the_settings_counts_again(house: House) -> None:
    house.open(given=GIVEN)
    view = house.keys.view()
    assert (view.source, view.set_by, view.ending, view.added_ms) == ("coinmarketcap", "settings", "EF56", None)
    house.keys.set(FIRST)
    assert (house.keys.view().set_by, house.text()) == ("page", FIRST)
    house.keys.set(SECOND)
    assert house.text() == SECOND
    view = house.keys.drop()
    assert (view.set_by, view.ending, house.text()) == ("settings", "EF56", GIVEN)
    house.open()
    assert (house.keys.drop().source, house.has_ranks()) == (None, False)
    assert [action for action, _ in house.acts()] == ["rank_key.set", "rank_key.set", "rank_key.remove"]


def test_a_lost_master_key_asks_for_the_key_again_and_takes_no_other_meanwhile(house: House) -> None:
    house.keys.set(FIRST)
    (house.folder / NAME).unlink()
    house.open(given=GIVEN)
    view = house.keys.view()
    assert (view.source, view.set_by, view.ending, view.blocked) == (None, "page", "AB12", "key_lost")
    assert (house.keys.present(), house.has_ranks()) == (None, False)
    house.looks.step()
    assert house.market.asked == []
    assert house.keys.set(SECOND).blocked is None
    assert house.text() == SECOND


def test_a_text_that_was_sealed_for_something_else_is_no_key(house: House) -> None:
    house.keys.set(FIRST)
    with house.store.write() as unit:
        stored = unit.rank_keys.find(COINMARKETCAP)
        assert stored is not None
        assert stored.sealed is not None
        assert house.vault.ring.unseal(stored.sealed, PURPOSE) == FIRST
        other = house.vault.ring.seal(FIRST, "account-key:1:read")
        unit.rank_keys.put(COINMARKETCAP, type(stored)(other, stored.ending, stored.added_ms))
    assert house.keys.view().blocked == "key_lost"


def test_rotation_seals_it_anew(house: House) -> None:
    house.open(given=GIVEN)
    house.market.use[GIVEN] = RankUsage(1, 2)
    house.looks.step()  # a row without a sealed text
    assert Vault(house.folder, NAME, ()).rotate(SqlSealedTexts(house.engine)).resealed == 0
    house.keys.set(FIRST)
    done = Vault(house.folder, NAME, ()).rotate(SqlSealedTexts(house.engine))
    assert (done.resealed, done.lost) == (1, 0)
    assert house.text() == FIRST


@pytest.mark.parametrize("key", ["", "seven77", "two words of a key", "line\nbreak-of-a-key", "é" * 10, "k" * 201])
def test_what_is_no_key_is_not_kept(house: House, key: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        house.keys.set(key)
    assert (refusal.value.field, house.keys.present(), house.acts()) == ("key", None, [])


def test_in_the_demo_and_without_a_vault_none_is_set(house: House) -> None:
    house.keys.set(FIRST)
    house.open(given=GIVEN, environment="demo")
    view = house.keys.view()
    assert (view.source, view.set_by, view.ending, view.blocked) == ("demo", None, None, "demo")
    assert (house.keys.present(), house.keys.to_ask(), house.has_ranks()) == (None, None, True)
    with pytest.raises(NotAllowedError, match="demo"):
        house.keys.set(SECOND)
    with pytest.raises(NotAllowedError, match="demo"):
        house.keys.drop()
    bare = RankKeyBook(house.store, "live", None, "", house.clock)
    assert (bare.view().source, bare.view().blocked, bare.present()) == (None, "no_vault", None)
    with pytest.raises(NotAllowedError, match="vault"):
        bare.set(SECOND)
    assert bare.drop().blocked == "no_vault"


def test_plans_are_filtered_with_a_key_that_was_only_just_entered(house: House) -> None:
    made: dict[str, Client] = {}

    def source() -> Client | None:
        key = house.keys.present()
        return None if key is None else made.setdefault(key.text, Client(house.market, key.text))

    book = RankBook(house.store, source, house.clock)

    def state() -> str:
        return book.rank_filter(None, RebalancingSettings(max_rank=10), ["BTC"], NoNames()).state

    assert state() == "no_key"
    house.market.fails = True
    house.keys.set(FIRST)
    assert state() == "unavailable"
    house.market.fails = False
    # The same key is not asked again for an hour; another one is at once.
    assert state() == "unavailable"
    house.keys.set(SECOND)
    assert state() == "on"
    house.keys.drop()
    assert state() == "no_key"


def test_the_use_of_a_key_is_asked_once_it_is_entered_and_then_daily(house: House) -> None:
    house.looks.step()
    house.market.use |= {FIRST: RankUsage(41, 10_000), SECOND: RankUsage(7, None)}
    house.keys.set(FIRST)
    for _ in range(3):
        house.looks.step()
    told = house.keys.view().told
    assert told is not None
    assert (told.usage, told.at_ms, told.refusal) == (RankUsage(41, 10_000), house.clock.now, None)
    assert house.market.asked == [FIRST]
    house.keys.set(SECOND)
    assert house.keys.view().told is None
    house.looks.step()
    told = house.keys.view().told
    assert told is not None
    assert told.usage == RankUsage(7, None)
    house.clock.now += DAY_MS - 1
    house.looks.step()
    assert house.market.asked == [FIRST, SECOND]
    house.clock.now += 1
    house.market.use[SECOND] = RankUsage(9, 500)
    house.looks.step()
    told = house.keys.view().told
    assert told is not None
    assert (told.usage, house.market.asked) == (RankUsage(9, 500), [FIRST, SECOND, SECOND])


def test_nobody_who_answers_is_asked_hourly_and_what_is_known_stays(house: House) -> None:
    house.market.use[FIRST] = RankUsage(41, 10_000)
    house.keys.set(FIRST)
    house.looks.step()
    house.clock.now += DAY_MS
    house.market.fails = True
    for _ in range(3):
        house.looks.step()
    assert house.market.asked == [FIRST, FIRST]
    told = house.keys.view().told
    assert told is not None
    assert (told.usage, told.refusal) == (RankUsage(41, 10_000), None)
    house.clock.now += HOUR_MS
    house.looks.step()
    assert house.market.asked == [FIRST, FIRST, FIRST]


def test_a_refused_key_says_so_and_is_asked_again_after_an_hour(house: House) -> None:
    house.keys.set(FIRST)
    house.looks.step()
    told = house.keys.view().told
    assert told is not None
    assert (told.usage, told.refusal) == (RankUsage(None, None), "CoinMarketCap refuses the key")
    house.looks.step()
    house.clock.now += HOUR_MS
    house.market.use[FIRST] = RankUsage(1, 10_000)
    house.looks.step()
    told = house.keys.view().told
    assert told is not None
    assert (told.usage, told.refusal, house.market.asked) == (RankUsage(1, 10_000), None, [FIRST, FIRST])


def test_the_key_of_the_settings_is_asked_about_and_its_successor_anew(house: House) -> None:
    house.market.use |= {GIVEN: RankUsage(3, 10_000), SECOND: RankUsage(4, 10_000)}
    house.open(given=GIVEN)
    house.looks.step()
    view = house.keys.view()
    assert view.told is not None
    assert (view.set_by, view.told.usage) == ("settings", RankUsage(3, 10_000))
    house.open(given=SECOND)
    assert house.keys.view().told is None
    house.looks.step()
    view = house.keys.view()
    assert view.told is not None
    assert (view.ending, view.told.usage) == ("CD34", RankUsage(4, 10_000))


def test_what_is_told_of_a_key_that_is_gone_is_not_written(house: House) -> None:
    house.market.use[FIRST] = RankUsage(41, 10_000)
    house.keys.set(FIRST)
    old = house.keys.present()
    house.keys.set(SECOND)
    assert old is not None
    told = house.looks._told(old)
    assert told is not None
    with house.store.write() as unit:
        house.keys.note(unit, old, told)
        house.keys.note(unit, RankKey(GIVEN, None), told)
    assert (house.keys.view().ending, house.keys.view().told) == ("CD34", None)


def test_without_the_lease_nobody_is_asked(house: House) -> None:
    house.keys.set(FIRST)
    house.looks.lead(None)
    house.looks.step()
    assert house.market.asked == []
