"""Targets and settings are of one account or of all of an environment; a plan is executed once; ranks are kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from backend.core.model.accounts import Account
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.model.rebalancing import Limits, RebalancingSettings, StoredPlan, body_hash
from backend.core.model.wallets import CoinInfo
from backend.core.rebalancing.chosen import settings_of, targets_of
from backend.core.rebalancing.errors import RanksUnavailableError
from backend.core.rebalancing.ranks import RankedCoin, Ranking
from backend.db.rebalancing_models import allocation_settings
from backend.db.unit_of_work import SqlStore
from backend.services.rank_book import RankBook
from backend.tests.builders import T0

HERE = "simulator"
BODY = {"lines": [], "blocked": [], "größe": "0.1"}
SETTINGS = RebalancingSettings(
    dry_run=False,
    strategy="threshold",
    interval_hours=Decimal("0.5"),
    threshold_percent=Decimal("2.5"),
    base_asset="USDC",
    max_rank=50,
    coin_ids={"UNI": 7083},
    excluded=frozenset({"DOGE", "LUNA"}),
    protected={"BTC": Decimal("0.123456789")},
    min_trade_usd=Decimal("12.5"),
    max_turnover_percent=Decimal(15),
    limits=Limits(per_day_usd=Decimal(1000), symbols=frozenset({"BTCUSDC"})),
)


def percents(**shares: str) -> dict[str, Decimal]:
    return {asset: Decimal(share) for asset, share in shares.items()}


def plan(account: Account, plan_id: str = "one", expires_ms: int = T0 + 60_000) -> StoredPlan:
    return StoredPlan(plan_id, account.id, account.environment, T0, expires_ms, body_hash(BODY), BODY)


def test_targets_of_an_account_win_over_those_of_all_and_environments_stay_apart(
    store: SqlStore, account: Account
) -> None:
    with store.write() as unit:
        other = unit.accounts.ensure(HERE, "other", "other")
        unit.allocations.replace(HERE, None, percents(BTC="60", ETH="40"))
        unit.allocations.replace("live", None, percents(BTC="100"))
        unit.allocations.replace(HERE, account.id, percents(SOL="33.3", USDT="66.7"))
    with store.read() as unit:
        assert targets_of(unit, HERE, account.id) == percents(SOL="33.3", USDT="66.7")
        assert targets_of(unit, HERE, other.id) == targets_of(unit, HERE, None) == percents(BTC="60", ETH="40")
        assert targets_of(unit, "live", None) == percents(BTC="100")
        assert targets_of(unit, "testnet", None) == {}
    with store.write() as unit:
        unit.allocations.replace(HERE, account.id, {})
        assert targets_of(unit, HERE, account.id) == percents(BTC="60", ETH="40")


def test_one_target_an_asset_and_scope(store: SqlStore, account: Account) -> None:
    for scope in (None, account.id):
        row = {"environment": HERE, "account_id": scope, "asset": "BTC", "target_percentage": Decimal(1)}
        with store.write() as unit:
            unit.connection.execute(insert(allocation_settings).values(row))
        with pytest.raises(IntegrityError), store.write() as unit:
            unit.connection.execute(insert(allocation_settings).values(row))


def test_settings_come_back_as_they_were_and_defaults_place_no_orders(store: SqlStore, account: Account) -> None:
    with store.read() as unit:
        assert settings_of(unit, HERE, account.id) == RebalancingSettings()
    assert RebalancingSettings().dry_run
    with store.write() as unit:
        unit.rebalancing_settings.replace(HERE, account.id, replace(SETTINGS, dry_run=True))
        unit.rebalancing_settings.replace(HERE, account.id, SETTINGS)
        unit.rebalancing_settings.replace(HERE, None, replace(SETTINGS, max_rank=None))
    with store.read() as unit:
        assert settings_of(unit, HERE, account.id) == SETTINGS
        assert settings_of(unit, HERE, None).max_rank is None
        assert settings_of(unit, "live", None) == RebalancingSettings()


def test_a_plan_comes_back_with_its_hash_and_is_consumed_once(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.plans.add(plan(account))
    with store.write() as unit:
        found = unit.plans.find("one")
        assert found == plan(account)
        assert found is not None
        assert body_hash(found.body) == found.hash
        assert [unit.plans.consume("one"), unit.plans.consume("one"), unit.plans.consume("two")] == [True, False, False]
    with store.read() as unit:
        assert unit.plans.find("one") == replace(plan(account), consumed=True)
        assert unit.plans.find("two") is None


def test_old_plans_are_forgotten_but_not_those_that_were_executed(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        for name, expires in (("old", T0), ("used", T0), ("new", T0 + 1)):
            unit.plans.add(plan(account, name, expires))
        unit.plans.consume("used")
        unit.plans.forget_old(T0 + 1)
        assert [unit.plans.find(name) is not None for name in ("old", "used", "new")] == [False, True, True]


def test_what_was_set_for_an_account_goes_with_it(store: SqlStore, account: Account) -> None:
    with store.write() as unit:
        unit.allocations.replace(HERE, account.id, percents(BTC="100"))
        unit.rebalancing_settings.replace(HERE, account.id, SETTINGS)
        unit.plans.add(plan(account))
        unit.accounts.remove(account.id)
        assert unit.allocations.of(HERE, account.id) is None
        assert unit.rebalancing_settings.of(HERE, account.id) is None
        assert unit.plans.find("one") is None


class Source:
    """Ranks that can fail."""

    name = "test"

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False

    def coins(self) -> list[RankedCoin]:
        self.asked += 1
        if self.fails:
            raise RanksUnavailableError("no answer")
        return [RankedCoin(1, "BTC", "Bitcoin", "bitcoin", self.asked, frozenset({"0xa"}))]


class NoNames:
    """The exchange, of which only the names of coins are asked."""

    def coin_list(self) -> list[CoinInfo]:
        return []


def test_ranks_are_asked_for_once_a_day_and_kept_for_a_week_when_nobody_answers(
    store: SqlStore, account: Account
) -> None:
    now, source = [T0], Source()
    book = RankBook(store, lambda: source, lambda: now[0])

    def rank() -> tuple[str, int | None]:
        found = book.rank_filter(None, RebalancingSettings(max_rank=10), ["BTC"], NoNames())
        return found.state, None if found.ranks is None else found.ranks["BTC"]

    assert [rank(), rank(), source.asked] == [("on", 1), ("on", 1), 1]
    # Another process finds what was read.
    assert RankBook(store, lambda: source, lambda: now[0]).rank_filter(
        None, RebalancingSettings(max_rank=10), ["BTC"], NoNames()
    ).ranks == {"BTC": 1}
    now[0] += DAY_MS
    source.fails = True
    assert [rank(), rank(), source.asked] == [("on", 1), ("on", 1), 2]
    now[0] += HOUR_MS
    source.fails = False
    assert [rank(), source.asked] == [("on", 3), 3]
    now[0] += 8 * DAY_MS
    source.fails = True
    assert rank() == ("unavailable", None)


def test_without_a_key_the_filter_is_off_and_says_so(store: SqlStore) -> None:
    book = RankBook(store, lambda: None, lambda: T0)
    found = book.rank_filter(None, RebalancingSettings(max_rank=10), ["BTC"], NoNames())
    assert (found.state, found.ranks, found.max_rank) == ("no_key", None, 10)
    assert book.rank_filter(None, RebalancingSettings(), ["BTC"], NoNames()).state == "off"


def test_a_ranking_takes_the_place_of_the_one_before(store: SqlStore) -> None:
    coins = [RankedCoin(n, f"C{n}", f"Coin {n}", f"coin-{n}", n) for n in (2, 1)]
    with store.write() as unit:
        unit.coin_ranks.replace("test", Ranking(T0, coins))
        unit.coin_ranks.replace("other", Ranking(T0, coins[:1]))
        unit.coin_ranks.replace("test", Ranking(T0 + 1, coins[1:]))
        assert unit.coin_ranks.latest("test") == Ranking(T0 + 1, coins[1:])
        assert unit.coin_ranks.latest("other") == Ranking(T0, coins[:1])
