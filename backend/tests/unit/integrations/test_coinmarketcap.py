"""CoinMarketCap is asked at its own host with the user's key; whatever else it answers is no list of ranks."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import requests_mock

from backend.core.model.rank_keys import RankUsage
from backend.core.rebalancing.errors import RankKeyRefusedError, RanksUnavailableError
from backend.integrations import coinmarketcap
from backend.integrations.coinmarketcap import KEY_INFO, MAP, CoinMarketCap
from backend.integrations.demo_ranks import DemoRanks

KEY = "secret-key-of-the-user"


def row(coin_id: int, symbol: str, rank: int, **more: Any) -> dict[str, Any]:
    made = {"id": coin_id, "rank": rank, "name": symbol.title(), "symbol": symbol, "slug": symbol.lower()}
    return made | {"is_active": 1, "platform": None} | more


def test_the_list_is_read_with_names_ranks_and_contracts() -> None:
    token = {"id": 1027, "name": "Ethereum", "symbol": "ETH", "token_address": "0x1F98AbC"}
    with requests_mock.Mocker() as web:
        web.get(MAP, json={"status": {}, "data": [row(1, "BTC", 1), row(7083, "UNI", 30, platform=token)]})
        found = CoinMarketCap(KEY, 5).coins()
    assert [(coin.coin_id, coin.symbol, coin.slug, coin.rank) for coin in found] == [
        (1, "BTC", "btc", 1),
        (7083, "UNI", "uni", 30),
    ]
    assert found[1].addresses == {"0x1f98abc"}
    (asked,) = web.request_history
    assert asked.headers["X-CMC_PRO_API_KEY"] == KEY
    assert asked.hostname == "pro-api.coinmarketcap.com"
    assert KEY not in asked.url
    assert asked.qs["listing_status"] == ["active"]


def test_a_long_list_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coinmarketcap, "ASKED", {"limit": 2})
    pages = [[row(1, "A", 1), row(2, "B", 2)], [row(3, "C", 3)]]
    with requests_mock.Mocker() as web:
        web.get(MAP, [{"json": {"data": page}} for page in pages])
        assert [coin.rank for coin in CoinMarketCap(KEY, 5).coins()] == [1, 2, 3]
    assert [one.qs["start"] for one in web.request_history] == [["1"], ["3"]]


def test_rows_that_cannot_be_used_do_not_spoil_the_others() -> None:
    bad: list[dict[str, Any]] = [
        row(2, "X", 0),
        row(3, "", 4),
        {**row(4, "Y", 5), "rank": None},
        {**row(5, "Z", 6), "id": "5"},
        {**row(6, "W", 7), "name": 7},
        {**row(7, "V", 8), "rank": True},
    ]
    with requests_mock.Mocker() as web:
        web.get(MAP, json={"data": [*bad, row(1, "BTC", 1)]})
        assert [coin.symbol for coin in CoinMarketCap(KEY, 5).coins()] == ["BTC"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status_code": 401, "json": {}}, "refuses the key"),
        ({"status_code": 403, "json": {}}, "refuses the key"),
        ({"status_code": 429, "json": {}}, "status 429"),
        ({"status_code": 500, "text": "oops"}, "status 500"),
        ({"text": "<html>"}, "no JSON"),
        ({"json": []}, "something else"),
        ({"json": {"data": {"BTC": 1}}}, "something else"),
        ({"json": {"data": [1]}}, "something else"),
        ({"json": {"data": []}}, "no coins"),
        ({"exc": requests.exceptions.ConnectTimeout}, "does not answer"),
    ],
)
def test_no_list_is_said_in_words_without_the_key(answer: dict[str, Any], words: str) -> None:
    with requests_mock.Mocker() as web:
        web.get(MAP, **answer)
        with pytest.raises(RanksUnavailableError, match=words) as refused:
            CoinMarketCap(KEY, 5).coins()
    assert KEY not in str(refused.value)


def use(plan: Any, month: Any) -> dict[str, Any]:
    """The answer about a key, as it is documented; `plan` and `month` as they are told."""
    usage = {"current_minute": {"requests_made": 1}, "current_day": {"credits_used": 2}, "current_month": month}
    return {"status": {"credit_count": 0}, "data": {"plan": plan, "usage": usage}}


def test_the_use_of_the_key_is_read_without_a_credit() -> None:
    plan = {"credit_limit_monthly": 10_000, "credit_limit_monthly_reset": "In 3 days", "rate_limit_minute": 30}
    with requests_mock.Mocker() as web:
        web.get(KEY_INFO, json=use(plan, {"credits_used": 41, "credits_left": 9_959}))
        assert CoinMarketCap(KEY, 5).usage() == RankUsage(41, 10_000)
    (asked,) = web.request_history
    assert (asked.url, asked.headers["X-CMC_PRO_API_KEY"]) == (KEY_INFO, KEY)


@pytest.mark.parametrize(
    ("plan", "month", "expected"),
    [
        ({"credit_limit_monthly": 10_000}, {"credits_used": 0}, RankUsage(0, 10_000)),
        ({"credit_limit_monthly": 0}, {"credits_used": 5}, RankUsage(5, None)),
        ({"credit_limit_monthly": None}, {"credits_used": None}, RankUsage(None, None)),
        ({"credit_limit_monthly": "10000"}, {"credits_used": 4.5}, RankUsage(None, None)),
        ({"credit_limit_monthly": True}, {"credits_used": False}, RankUsage(None, None)),
        ({"credit_limit_monthly": -1}, {"credits_used": -1}, RankUsage(None, None)),
        ({"credit_limit_monthly": 2**53}, {"credits_used": 2**53 - 1}, RankUsage(2**53 - 1, None)),
        ([], "month", RankUsage(None, None)),
    ],
)
def test_what_is_not_told_of_the_use_stays_unknown(plan: Any, month: Any, expected: RankUsage) -> None:
    with requests_mock.Mocker() as web:
        web.get(KEY_INFO, json=use(plan, month))
        assert CoinMarketCap(KEY, 5).usage() == expected


@pytest.mark.parametrize("answer", [{"json": []}, {"json": {"data": None}}, {"text": "<html>"}, {"status_code": 429}])
def test_no_use_is_no_refusal(answer: dict[str, Any]) -> None:
    with requests_mock.Mocker() as web:
        web.get(KEY_INFO, **answer)
        with pytest.raises(RanksUnavailableError) as silence:
            CoinMarketCap(KEY, 5).usage()
    assert not isinstance(silence.value, RankKeyRefusedError)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_apart_and_both_its_places_are_named(status: int) -> None:
    with requests_mock.Mocker() as web:
        web.get(KEY_INFO, status_code=status, json={"status": {"error_code": 1001, "error_message": f"{KEY} no"}})
        with pytest.raises(RankKeyRefusedError, match=r"Settings.*COINMARKETCAP_API_KEY") as refused:
            CoinMarketCap(KEY, 5).usage()
    assert KEY not in str(refused.value)


def test_a_redirect_is_not_followed() -> None:
    with requests_mock.Mocker() as web:
        web.get(MAP, status_code=302, headers={"Location": "https://elsewhere.example/list"})
        elsewhere = web.get("https://elsewhere.example/list", json={"data": [row(1, "BTC", 1)]})
        with pytest.raises(RanksUnavailableError, match="status 302"):
            CoinMarketCap(KEY, 5).coins()
    assert not elsewhere.called


@pytest.mark.parametrize("address", ["https://elsewhere.example/map", MAP.replace("https", "http"), "file:///etc"])
def test_no_other_address_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coinmarketcap, "MAP", address)
    with requests_mock.Mocker() as web:
        anything = web.get(requests_mock.ANY, json={"data": [row(1, "BTC", 1)]})
        with pytest.raises(RanksUnavailableError, match="Only CoinMarketCap"):
            CoinMarketCap(KEY, 5).coins()
    assert not anything.called


def test_an_answer_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coinmarketcap, "LARGEST_ANSWER", 10)
    with requests_mock.Mocker() as web:
        web.get(MAP, json={"data": [row(1, "BTC", 1)]})
        with pytest.raises(RanksUnavailableError, match="more than a list"):
            CoinMarketCap(KEY, 5).coins()


def test_the_demo_ranks_without_asking_anybody() -> None:
    with requests_mock.Mocker() as web:
        coins = DemoRanks().coins()
    assert web.request_history == []
    assert len({coin.coin_id for coin in coins}) == len(coins)
    assert coins[0].symbol == "BTC"
    assert len([coin for coin in coins if coin.symbol == "UNI"]) > 1
