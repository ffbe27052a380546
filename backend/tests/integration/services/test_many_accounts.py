"""Several accounts: one budget, one price book, one clock; what befalls one does not befall the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC, RSA
from sqlalchemy import Engine

from backend.bootstrap_sessions import session_manager
from backend.core.errors import CredentialsRefusedError, ExchangeError
from backend.core.model.accounts import Account, SyncState
from backend.db.engine import make_engine
from backend.db.lease import SqlLease
from backend.db.request_budgets import SqlRequestBudgets
from backend.db.unit_of_work import SqlStore
from backend.exchange.factory import AccountKeys, ExchangeAccess, ExchangeSettings
from backend.services.auto_refresh import AutoRefresh, RefreshSettings
from backend.services.collector import Collector
from backend.services.job_queue import JobQueue
from backend.tests.database_places import url_of
from backend.tests.integration.services.conftest import Bourse
from backend.tests.process.harness import wait_while_it_stirs
from backend.tests.simulator.harness import SimulatorProcess

NOW_MS = 1_800_000_000_000
# The tests before may have used up the weight of a minute, which the program then waits for, and much else may run.
LONG_S = 900.0
HOUR_S = 3600.0


class House:
    """A collector over several accounts of one simulator, on a database of its own."""

    def __init__(self, file: Path, simulator: SimulatorProcess, keys: Sequence[AccountKeys]) -> None:
        self.engine: Engine = make_engine(url_of(file))
        self.simulator = simulator
        self.store = SqlStore(self.engine, lambda: NOW_MS)
        self.access = ExchangeAccess(
            ExchangeSettings("simulator", keys, simulator.url, 5.0, file.parent, "calm"),
            SqlRequestBudgets(self.engine, self.engine),
        )
        self.sessions = session_manager(self.store, self.access, "simulator")
        self.refresh = AutoRefresh(self.store, RefreshSettings("USDT", 3600), lambda: NOW_MS)
        self.jobs = JobQueue(self.store, lambda: NOW_MS)

    @contextmanager
    def collecting(self) -> Iterator[Collector]:
        lease = SqlLease(self.engine, "house", 10_000_000, lambda: NOW_MS)
        running = Collector(self.store, lease, self.sessions, self.refresh, HOUR_S, demo=None)
        running.start()
        try:
            yield running
        finally:
            self.access.stop()
            running.stop()

    def accounts(self) -> Sequence[Account]:
        with self.store.read() as unit:
            return unit.accounts.in_environment("simulator")

    def sync(self, account: Account) -> SyncState:
        with self.store.read() as unit:
            return unit.accounts.sync_state(account.id)

    def total(self, account: Account) -> Decimal | None:
        with self.store.read() as unit:
            shown = unit.balances.latest(account.id)
        return None if shown is None else shown.total

    def imported(self) -> list[str]:
        return [account.name for account in self.accounts() if self.sync(account).import_complete]

    def until(self, probe: Callable[[], object], what: str) -> None:
        """Wait for something as long as the exchange is asked for more.

        Raises:
            NeverHappened: it was asked for nothing more, or for ever more.
        """
        wait_while_it_stirs(probe, what, lambda: self.asked().total())

    def asked(self) -> Counter[str]:
        """Requests by path, as the exchange logged them."""
        rows = self.simulator.control("/sim/requests")["requests"]
        found: Counter[str] = Counter()
        for row in rows:
            found[row["path"]] += row["count"]
        return found


@pytest.fixture
def make_house(database: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def made(simulator: SimulatorProcess, *keys: AccountKeys) -> House:
        houses.append(House(database, simulator, keys))
        return houses[-1]

    yield made
    for house in houses:
        house.engine.dispose()


def keys_of(bourse: Bourse, name: str) -> AccountKeys:
    return AccountKeys(name, bourse.key, "secret")


@pytest.fixture
def three(open_bourse: Callable[..., Bourse]) -> list[Bourse]:
    """Three accounts of one simulator."""
    first = open_bourse(USDT="100")
    return [first, *(Bourse(first.simulator, "2026-05-25T10:00:00Z", {"USDT": money}) for money in ("200", "300"))]


def test_every_account_is_refreshed_and_has_its_own_figures(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    house = make_house(three[0].simulator, *map(keys_of, three, ("A", "B", "C")))
    with house.collecting():
        house.until(lambda: len(house.imported()) == 3, "every history")
    assert {one.name: house.total(one) for one in house.accounts()} == {"A": 100, "B": 200, "C": 300}


def test_a_refused_key_stops_no_other_account(three: list[Bourse], make_house: Callable[..., House]) -> None:
    wrong = AccountKeys("B", three[1].key, "another")
    house = make_house(three[0].simulator, keys_of(three[0], "A"), wrong, keys_of(three[2], "C"))
    with house.collecting():
        house.until(lambda: house.imported() == ["A", "C"], "the others' histories")
        house.until(lambda: house.sync(house.accounts()[1]).error_code, "what is wrong with the key")
    assert house.sync(house.accounts()[1]).error_code == "credentials-refused"
    assert house.total(house.accounts()[1]) is None


def test_a_key_that_cannot_sign_is_told_with_its_account_and_stops_no_other(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    broken = AccountKeys("A", three[0].key, "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----")
    house = make_house(three[0].simulator, broken, keys_of(three[1], "B"))
    with house.collecting():
        house.until(lambda: house.imported() == ["B"], "the other's history")
        with pytest.raises(CredentialsRefusedError):
            house.jobs.wait(house.jobs.submit("refresh", house.accounts()[0].id, {}), LONG_S)
    state = house.sync(house.accounts()[0])
    assert (state.error_code, "cut off or damaged" in (state.error or "")) == ("credentials-refused", True)


def test_a_job_goes_to_the_account_it_names_and_without_a_name_to_all(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    house = make_house(three[0].simulator, *map(keys_of, three, ("A", "B", "C")))
    with house.collecting():
        house.until(lambda: len(house.imported()) == 3, "every history")
        for bourse in three:
            bourse.do("deposit", asset="USDT", amount="1000")
        second = house.accounts()[1]
        house.jobs.wait(house.jobs.submit("refresh", second.id, {}), LONG_S)
        assert [house.total(one) for one in house.accounts()] == [100, 1200, 300]
        house.jobs.wait(house.jobs.submit("refresh", None, {}), LONG_S)
        assert [house.total(one) for one in house.accounts()] == [1100, 1200, 1300]


def test_a_job_for_all_fails_in_words_when_one_account_does(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    wrong = AccountKeys("B", three[1].key, "another")
    house = make_house(three[0].simulator, keys_of(three[0], "A"), wrong)
    with house.collecting():
        house.until(lambda: house.imported() == ["A"], "the other's history")
        three[0].do("deposit", asset="USDT", amount="7")
        with pytest.raises(ExchangeError):
            house.jobs.wait(house.jobs.submit("refresh", None, {}), LONG_S)
        assert house.total(house.accounts()[0]) == 107


def test_listing_clock_and_prices_are_asked_once_for_all(
    open_bourse: Callable[..., Bourse], make_house: Callable[..., House]
) -> None:
    first = open_bourse(BTC="1", USDT="100")
    others = [Bourse(first.simulator, "2026-05-25T10:00:00Z", {"ETH": "1", "USDT": "5"}) for _ in range(5)]
    bourses = [first, *others]
    house = make_house(first.simulator, *(keys_of(one, one.key) for one in bourses))
    with house.collecting():
        house.until(lambda: len(house.imported()) == len(bourses), "every history")
        before = house.asked()
        house.jobs.wait(house.jobs.submit("refresh", None, {}), LONG_S)
        sent = house.asked() - before
    assert sent["/api/v3/account"] == len(bourses)
    assert sent["/api/v3/exchangeInfo"] == 0
    assert sent["/api/v3/ticker/24hr"] < len(bourses)
    assert sent["/api/v3/time"] < 2 * len(bourses)


def test_an_account_with_another_name_in_the_settings_is_the_same_account(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    def imported_as(name: str) -> House:
        house = make_house(three[0].simulator, keys_of(three[0], name))
        with house.collecting():
            house.until(lambda: house.imported() == [name], "its history")
        return house

    imported_as("A")
    assert [one.name for one in imported_as("Savings").accounts()] == ["Savings"]


def test_a_ban_is_obeyed_by_all_accounts_and_by_the_next_start(
    three: list[Bourse], make_house: Callable[..., House]
) -> None:
    simulator = three[0].simulator
    keys = list(map(keys_of, three, ("A", "B", "C")))
    house = make_house(simulator, *keys)
    try:
        with house.collecting() as running:
            house.until(lambda: len(house.imported()) == 3, "every history")
            simulator.control("/sim/ban", {"for_s": 60})
            running.refresh_soon(house.accounts()[0].id)
            house.until(lambda: house.sync(house.accounts()[0]).error_code, "the ban is heard of")
            counted = house.asked()
            with pytest.raises(ExchangeError):
                house.jobs.wait(house.jobs.submit("refresh", None, {}), LONG_S)
        again = make_house(simulator, *keys)
        with again.collecting(), pytest.raises(ExchangeError, match="banned"):
            again.jobs.wait(again.jobs.submit("refresh", None, {}), LONG_S)
        assert house.asked() == counted
    finally:
        simulator.restart()  # others use it too, and the log of a new one is empty


@pytest.mark.parametrize("kind", ["RSA", "ED25519"])
def test_accounts_may_sign_with_pairs_of_keys(kind: str, three: list[Bourse], make_house: Callable[..., House]) -> None:
    private, public = pair(kind)
    key = f"{three[0].key}-{kind}"
    three[0].simulator.open_account(key, public, key_type=kind, balances={"spot": {"USDT": "77"}})
    house = make_house(three[0].simulator, AccountKeys("Pair", key, private), keys_of(three[1], "B"))
    with house.collecting():
        house.until(lambda: len(house.imported()) == 2, "both histories")
        test = house.jobs.wait(house.jobs.submit("connection_test", house.accounts()[0].id, {}), LONG_S).result
    assert test["ok"]
    assert house.total(house.accounts()[0]) == 77


def pair(kind: str) -> tuple[str, str]:
    """A private key and its public half, in PEM."""
    if kind == "RSA":
        rsa = RSA.generate(2048)
        return rsa.export_key(pkcs=8).decode(), rsa.public_key().export_key().decode()
    curve = ECC.generate(curve="Ed25519")
    return curve.export_key(format="PEM"), curve.public_key().export_key(format="PEM")
