"""Targets and settings with several accounts: of one, or of all that have none of their own. Nobody collects here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.holdings import Balance
from backend.core.model.valuation import PricedBalance, Valuation
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.builders import T0

ALLOCATION = "/api/rebalancing/allocation"
SETTINGS = "/api/rebalancing/settings"


def line(asset: str, quantity: str, price: str) -> PricedBalance:
    balance = Balance("spot", asset, Decimal(quantity), Decimal(0))
    return PricedBalance(balance, Decimal(price), balance.valued * Decimal(price), None, None)


@pytest.fixture
def api(empty: Installation) -> Api:
    """Account 1 holds 300 of BTC, account 2 holds 100 of ETH, account 3 is of another environment."""
    with empty.container.store.write() as unit:
        for name, environment, held in (
            ("one", "simulator", line("BTC", "3", "100")),
            ("two", "simulator", line("ETH", "10", "10")),
            ("three", "live", line("BTC", "1", "100")),
        ):
            account = unit.accounts.ensure(environment, name, name).id
            unit.balances.replace(account, Valuation.of(T0, (held,)))
            unit.accounts.update_sync(account, as_of=T0, refreshed_machine=T0)
    return empty.api


def aim(api: Api, targets: dict[str, float], account: int | None = None) -> Any:
    query = {} if account is None else {"account": account}
    answer = api.post(ALLOCATION, json={"allocations": targets}, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_targets_of_all_count_for_accounts_without_their_own(api: Api) -> None:
    everyone = aim(api, {"BTC": 50, "ETH": 50})
    assert (everyone["account"], everyone["own"], everyone["outside"]) == (None, False, 2)
    assert {one["asset"]: one["drift_percent"] for one in everyone["items"]} == {"BTC": 25.0, "ETH": -25.0}
    of_one = api.read(ALLOCATION, account=1)
    assert (of_one["account"], of_one["own"], of_one["allocations"]) == (1, False, {"BTC": 50.0, "ETH": 50.0})
    own = aim(api, {"BTC": 90, "ETH": 10}, account=1)
    assert (own["own"], own["allocations"]) == (True, {"BTC": 90.0, "ETH": 10.0})
    assert {one["asset"]: one["drift_percent"] for one in own["items"]} == {"BTC": 10.0, "ETH": -10.0}
    assert api.read(ALLOCATION)["allocations"] == {"BTC": 50.0, "ETH": 50.0}
    assert api.read(ALLOCATION, account=2)["allocations"] == {"BTC": 50.0, "ETH": 50.0}


def test_own_targets_can_be_taken_away_again(api: Api) -> None:
    aim(api, {"BTC": 50, "ETH": 50})
    aim(api, {"BTC": 90, "ETH": 10}, account=1)
    answer = api.send("DELETE", ALLOCATION, query_string={"account": 1})
    told: Any = answer.json
    assert (answer.status_code, told["own"], told["allocations"]) == (200, False, {"BTC": 50.0, "ETH": 50.0})


def test_settings_of_one_account_leave_the_others(api: Api) -> None:
    api.send("PUT", SETTINGS, json={"strategy": "periodic"})
    api.send("PUT", SETTINGS, json={"min_trade_usd": "25"}, query_string={"account": 2})
    found = {account: api.read(SETTINGS, account=account) for account in (1, 2)}
    assert [(one["strategy"], one["min_trade_usd"], one["own"]) for one in found.values()] == [
        ("periodic", "0", False),
        ("periodic", "25", True),
    ]
    assert api.read(SETTINGS)["min_trade_usd"] == "0"


def test_accounts_of_another_environment_are_not_there(api: Api) -> None:
    aim(api, {"BTC": 50, "ETH": 50})
    for answer in (
        api.get(ALLOCATION, query_string={"account": 3}),
        api.send("PUT", SETTINGS, json={"only_held": True}, query_string={"account": 3}),
        api.post("/api/rebalancing/plan", json={"account": 3}),
    ):
        assert answer.status_code == 404
    assert sum(Decimal(one["value_usd"]) for one in api.read(ALLOCATION)["items"]) == 400


def test_a_plan_is_for_one_account_and_asks_which(api: Api) -> None:
    answer = api.post("/api/rebalancing/plan", json={})
    told: Any = answer.json
    assert (answer.status_code, told["errors"][0]["field"]) == (422, "account")


def test_a_name_that_nobody_can_check_is_kept_for_the_plan_to_judge(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.app.extensions["portfolio"].rebalancing._unpriced.__self__, "_timeout_s", 0.05)
    assert aim(api, {"BTC": 50, "NEWCOIN": 50}, account=1)["allocations"] == {"BTC": 50.0, "NEWCOIN": 50.0}
