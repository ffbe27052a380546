"""What the samples of Binance tell a plan: rights and rates of an account, contracts of coins; and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.orders import Rates, TradingRights
from backend.exchange.binance import orders_parse, wallets_parse

SAMPLES: Final = Path(__file__).resolve().parents[6] / "shared" / "binance" / "responses" / "docs"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder ../shared/binance is absent")


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def test_rights_and_rates_of_an_account() -> None:
    rate = Decimal("0.00150000")
    expected = TradingRights(True, frozenset({"SPOT"}), Rates(rate, rate, Decimal(0), Decimal(0)))
    assert orders_parse.trading_rights(sample("get_api_v3_account")) == expected


@pytest.mark.parametrize(
    "change", [{"permissions": [1]}, {"permissions": "SPOT"}, {"canTrade": "yes"}, {"canTrade": None}]
)
def test_rights_of_another_form_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ExchangeUnavailableError):
        orders_parse.trading_rights(sample("get_api_v3_account") | change)


def test_contracts_of_a_coin_are_told_in_lower_case() -> None:
    answer = sample("get_sapi_v1_capital_config_getall")
    answer[0]["networkList"][0]["contractAddress"] = "0xC748673057861A797275CD8A068ABB95A902E8DE"
    coin = wallets_parse.coins(answer)[0]
    assert (coin.asset, coin.name) == ("1MBABYDOGE", "1M x BABYDOGE")
    assert "0xc748673057861a797275cd8a068abb95a902e8de" in coin.contracts
    for empty in ("", None):
        for network in answer[0]["networkList"]:
            network["contractAddress"] = empty
        assert wallets_parse.coins(answer)[0].contracts == frozenset()
