"""Every sample of Binance's answers that this program reads passes the border, with the figures a reader sees in it."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.model.holdings import EventKind
from backend.core.model.market import Symbol
from backend.exchange.binance import parse
from backend.tests.builders import ms

SHARED: Final = Path(__file__).resolve().parents[6] / "shared" / "binance"
BNBBTC: Final = Symbol("BNBBTC", "BNB", "BTC", True)
LONG_INTERVAL: Final = 604_800_000

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared/binance is absent")


def answers(*names: str) -> pytest.MarkDecorator:
    """Parametrize over samples; each is named by its file."""
    return pytest.mark.parametrize("name", names)


def sample(name: str) -> Any:
    return json.loads((SHARED / "responses" / f"{name}.json").read_text(encoding="utf-8"))


@answers("docs/get_api_v3_time", "binance-net/spot-GetServerTime", "nautilus/spot-server_time_response")
def test_server_time(name: str) -> None:
    assert parse.server_time_ms(sample(name)) == sample(name)["serverTime"]


@answers("docs/get_api_v3_account", "binance-net/spot-GetAccountInfo", "nautilus/spot-account_response")
def test_account(name: str) -> None:
    first = parse.balances(sample(name))[0]
    assert (first.wallet, first.asset, first.total) == ("spot", "BTC", Decimal("4723846.89208129"))
    assert "BTC" in parse.listed_assets(sample(name))


@answers("binance-net/spot-GetTicker", "nautilus/spot-ticker_24hr_response")
def test_ticker_of_a_day(name: str) -> None:
    (ticker,) = parse.tickers(sample(name))
    assert (ticker.symbol, ticker.price) == ("BNBBTC", Decimal("4.000002"))
    assert (ticker.change_24h_percent, ticker.at_ms) == (Decimal("-95.96"), 1499869899040)
    assert parse.tickers([sample(name)]) == [ticker]


@answers("binance-net/spot-GetKlines", "nautilus/spot-klines_response")
def test_candles(name: str) -> None:
    (candle,) = parse.candles(sample(name), LONG_INTERVAL)
    assert (candle.open_ms, candle.close) == (1499040000000, Decimal("0.01577100"))
    # Binance's close instant is the last millisecond inside.
    assert candle.end_ms == sample(name)[0][6] + 1


@answers("binance-net/spot-GetExchangeInfo", "nautilus/spot-exchange_info_response")
def test_exchange_info(name: str) -> None:
    found = parse.symbols(sample(name))
    assert len(found) == len(sample(name)["symbols"])
    assert any((one.base, one.quote) == (one.name[:3], one.name[3:]) for one in found)


@pytest.mark.parametrize("file", ["spot-mainnet-2023-04-10.json.gz", "spot-testnet-2024-09-08.json.gz"])
def test_the_whole_exchange_info_of_a_real_day(file: str) -> None:
    content = json.loads(gzip.decompress((SHARED / "exchange-info" / file).read_bytes()))
    found = {symbol.name: symbol for symbol in parse.symbols(content)}
    assert len(found) == len(content["symbols"]) > 500
    assert found["BTCUSDT"] == Symbol("BTCUSDT", "BTC", "USDT", True)
    halted = {row["symbol"] for row in content["symbols"] if row["status"] != "TRADING"}
    assert {name for name, symbol in found.items() if not symbol.tradable} == halted


@answers("docs/get_sapi_v1_capital_deposit_hisrec", "binance-net/spot-GetDepositHistory")
def test_deposits_that_were_credited(name: str) -> None:
    found = [event for event in parse.deposits(sample(name)) if event.legs]
    credited = [row for row in sample(name) if row["status"] in (1, 6)]
    assert [event.external_id for event in found] == [row["id"] for row in credited]
    assert [event.at_ms for event in found] == [row["insertTime"] for row in credited]
    assert [event.legs[0].amount for event in found] == [Decimal(row["amount"]) for row in credited]
    assert parse.count_rows(sample(name)) == len(sample(name))


@answers("docs/get_sapi_v1_capital_withdraw_history", "binance-net/spot-GetWithdrawalHistory")
def test_withdrawals_with_their_fee_and_their_time_in_utc(name: str) -> None:
    first = parse.withdrawals(sample(name))[0]
    assert first.external_id == "b6ae22b3aa844210a7041aee7589627c"
    assert first.at_ms == ms("2019-10-12T11:12:02+00:00")
    assert [(leg.asset, leg.amount, leg.role) for leg in first.legs] == [
        ("USDT", Decimal("-8.91"), "out"),
        ("USDT", Decimal("-0.004"), "fee"),
    ]
    assert sum(leg.amount for leg in first.flow_legs()) == Decimal("-8.91")


@answers("docs/get_api_v3_myTrades", "binance-net/spot-GetUserTrades", "nautilus/spot-account_trades_response")
def test_trades(name: str) -> None:
    event = parse.trades(sample(name), BNBBTC)[0]
    assert (event.external_id, event.kind, event.side) == ("BNBBTC:28457", EventKind.TRADE, "BUY")
    assert [(leg.asset, leg.amount, leg.role) for leg in event.legs] == [
        ("BNB", Decimal(12), "in"),
        ("BTC", Decimal("-48.000012"), "out"),
        ("BNB", Decimal("-10.1"), "fee"),
    ]


@answers("docs/get_sapi_v1_account_apiRestrictions", "binance-net/spot-GetAPIKeyPermissions")
def test_key_rights(name: str) -> None:
    rights = parse.permissions(sample(name))
    assert (rights.can_read, rights.can_trade, rights.ip_restricted) == (True, False, False)
    # Moving coins to another account is as good as withdrawing them.
    assert rights.can_withdraw is (sample(name)["permitsUniversalTransfer"] is True)
