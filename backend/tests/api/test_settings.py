"""Coins that are hidden by rule: out of sight, in every sum, and counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from backend.core.model.holdings import Balance
from backend.core.model.valuation import PricedBalance, Valuation
from backend.tests.api.contract import Api
from backend.tests.api.installation import Installation
from backend.tests.builders import T0

D = Decimal


def line(wallet: str, asset: str, quantity: str, price: str | None, borrowed: str = "0") -> PricedBalance:
    balance = Balance(wallet, asset, D(quantity), D(0), D(borrowed))
    value = None if price is None else balance.valued * D(price)
    return PricedBalance(
        balance, None if price is None else D(price), value, None, "no_price" if price is None else None
    )


HELD = (
    line("spot", "BTC", "1", "100"),
    line("spot", "DUST", "3", "1"),  # 3 here and 3 in Earn: not small together
    line("earn_flexible", "DUST", "3", "1"),
    line("spot", "CRUMB", "4", "1"),
    line("margin_cross", "DEBT", "0", "1", borrowed="4.9"),
    line("margin_cross", "OWED", "0", "1", borrowed="40"),
    line("spot", "SPAM", "1000000", None),
)


@pytest.fixture
def api(empty: Installation) -> Api:
    with empty.container.store.write() as unit:
        account = unit.accounts.ensure("simulator", "main", "digest").id
        valuation = Valuation.of(T0, HELD)
        unit.balances.replace(account, valuation)
        unit.accounts.update_sync(account, as_of=T0, refreshed_machine=T0, unpriced=valuation.unpriced)
    return empty.api


def hidden(api: Api, **rule: Any) -> tuple[dict[str, str], dict[str, Any], str]:
    """What is hidden and why, the counts, and the total."""
    if rule:
        wanted = {"minimum_usd": "5", "unpriced": False, "assets": []} | rule
        answer = api.send("PUT", "/api/settings", json={"hidden_coins": wanted})
        told: Any = answer.json
        assert (answer.status_code, told["hidden_coins"]) == (200, wanted)
    body = api.read("/api/portfolio/balances")
    reasons = {row["asset"]: row["hidden"] for row in body["balances"] if row["hidden"] is not None}
    return reasons, body["hidden"], body["total_value_usd"]


def test_a_new_installation_hides_what_is_worth_less_than_five_together(api: Api) -> None:
    reasons, counts, total = hidden(api)
    assert reasons == {"CRUMB": "small", "DEBT": "small"}
    assert counts == {"minimum_usd": "5", "count": 2, "value_usd": "-0.9", "unpriced": 0}
    assert total == "65.1"


def test_nothing_that_is_hidden_leaves_the_sum(api: Api) -> None:
    totals = {
        hidden(api, **rule)[2]
        for rule in ({"minimum_usd": "0"}, {"minimum_usd": "1000"}, {"unpriced": True}, {"assets": ["BTC"]})
    }
    assert totals == {"65.1"}


def test_each_rule_hides_what_it_names(api: Api) -> None:
    assert hidden(api, minimum_usd="0")[0] == {}
    assert hidden(api, minimum_usd="6.01")[0] == {"CRUMB": "small", "DEBT": "small", "DUST": "small"}
    reasons, counts, _ = hidden(api, minimum_usd="0", unpriced=True, assets=["BTC", "NOTHELD"])
    assert reasons == {"SPAM": "no_price", "BTC": "named"}
    assert counts == {"minimum_usd": "0", "count": 2, "value_usd": "100", "unpriced": 1}


def test_the_rule_is_kept_and_told(api: Api) -> None:
    first = api.read("/api/settings")["hidden_coins"]
    assert first == {"minimum_usd": "5", "unpriced": False, "assets": []}
    hidden(api, minimum_usd="0.5", unpriced=True, assets=["SPAM"])
    assert api.read("/api/settings")["hidden_coins"] == {"minimum_usd": "0.5", "unpriced": True, "assets": ["SPAM"]}


@pytest.mark.parametrize(
    "rule",
    [
        {"minimum_usd": "-1", "unpriced": False, "assets": []},
        {"minimum_usd": "5", "unpriced": False, "assets": [""]},
        {"minimum_usd": "5", "unpriced": False, "assets": ["A B"]},
        {"minimum_usd": "5", "assets": []},
        {"minimum_usd": "5", "unpriced": False, "assets": [], "more": 1},
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_changes_nothing(api: Api, rule: dict[str, Any]) -> None:
    assert api.send("PUT", "/api/settings", json={"hidden_coins": rule}).status_code == 422
    assert api.read("/api/settings")["hidden_coins"]["minimum_usd"] == "5"
