"""The unmodified python-binance client works against the simulator."""

import time
from decimal import Decimal

import pytest
from binance.client import Client
from binance.exceptions import BinanceAPIException

from backend.tests.simulator.harness import SimulatorProcess

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def client(simulator: SimulatorProcess) -> Client:
    class SimulatorClient(Client):  # type: ignore[misc]  # python-binance carries no types
        API_URL = simulator.url + "/api"
        MARGIN_API_URL = simulator.url + "/sapi"

    made = SimulatorClient("key", "secret", ping=False)
    made.session.trust_env = False
    exchange_ms = simulator.get("/api/v3/time").json()["serverTime"]
    made.timestamp_offset = exchange_ms - int(time.time() * 1000)
    return made


def test_ping_and_time_answer(client: Client) -> None:
    assert client.ping() == {}
    assert client.get_server_time()["serverTime"] >= 1780315230000  # 2026-06-01T12:00:30Z


def test_exchange_info_lists_at_least_sixty_symbols(client: Client) -> None:
    listed = {row["symbol"] for row in client.get_exchange_info()["symbols"]}
    assert len(listed) >= 60
    assert {"BTCUSDT", "ETHUSDT", "ETHBTC", "BNBBTC", "BNBUSDT", "USDCUSDT", "EURUSDT", "USDTTRY"} <= listed
    assert client.get_symbol_info("BTCUSDT")["baseAsset"] == "BTC"


def test_klines_of_every_interval_end_with_the_running_candle(client: Client) -> None:
    now = client.get_server_time()["serverTime"]
    for interval in ("1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"):
        rows = client.get_klines(symbol="BTCUSDT", interval=interval, limit=3)
        assert len(rows) == 3
        assert rows[-1][0] <= client.get_server_time()["serverTime"]
        assert rows[-1][6] >= now, interval
        assert all(len(row) == 12 for row in rows)


def test_a_market_order_moves_the_balances_and_shows_in_orders_and_trades(client: Client) -> None:
    before = Decimal(client.get_asset_balance("BTC")["free"])
    order = client.create_order(
        symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.01000", newClientOrderId="mine-1"
    )
    assert (order["status"], order["clientOrderId"]) == ("FILLED", "mine-1")
    (fill,) = order["fills"]
    assert fill["commissionAsset"] == "BNB"
    assert Decimal(client.get_asset_balance("BTC")["free"]) == before + Decimal("0.01")
    found = client.get_order(symbol="BTCUSDT", origClientOrderId="mine-1")
    assert found["orderId"] == order["orderId"]
    assert found["cummulativeQuoteQty"] == order["cummulativeQuoteQty"]
    trades = client.get_my_trades(symbol="BTCUSDT", orderId=order["orderId"])
    assert [(row["id"], row["price"]) for row in trades] == [(fill["tradeId"], fill["price"])]
    assert client.get_all_orders(symbol="BTCUSDT")[-1]["orderId"] == order["orderId"]
    assert client.get_open_orders() == []


def test_a_test_order_checks_the_filters_and_moves_nothing(client: Client) -> None:
    before = client.get_account()["balances"]
    assert client.create_test_order(symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.01") == {}
    with pytest.raises(BinanceAPIException) as refused:
        client.create_test_order(symbol="BTCUSDT", side="BUY", type="MARKET", quantity="0.000001")
    assert (refused.value.code, refused.value.message) == (-1013, "Filter failure: LOT_SIZE")
    assert client.get_account()["balances"] == before


def test_deposits_withdrawals_permissions_and_coins_answer(client: Client, simulator: SimulatorProcess) -> None:
    simulator.control("/sim/deposit", {"api_key": "key", "asset": "ETH", "amount": "1.5", "at": "2026-05-01T10:00:00Z"})
    simulator.control(
        "/sim/withdraw",
        {"api_key": "key", "asset": "ETH", "amount": "0.5", "fee": "0.001", "at": "2026-05-02T11:12:13Z"},
    )
    (deposit,) = client.get_deposit_history(coin="ETH")
    assert (deposit["amount"], deposit["insertTime"], deposit["status"]) == ("1.5", 1777629600000, 1)
    (withdrawal,) = client.get_withdraw_history(coin="ETH")
    assert (withdrawal["amount"], withdrawal["transactionFee"]) == ("0.5", "0.001")
    assert withdrawal["applyTime"] == "2026-05-02 11:12:13"
    assert client.get_account_api_permissions()["enableReading"] is True
    assert {"BTC", "ETH", "USDT"} <= {row["coin"] for row in client.get_all_coins_info()}
    assert client.get_trade_fee(symbol="BTCUSDT")[0]["takerCommission"] == "0.001"
    assert client.get_system_status()["status"] == 0


def test_a_wrong_secret_is_refused_with_the_exchanges_code(simulator: SimulatorProcess, client: Client) -> None:
    stranger = type(client)("key", "wrong", ping=False)
    stranger.session.trust_env = False
    stranger.timestamp_offset = client.timestamp_offset
    with pytest.raises(BinanceAPIException) as refused:
        stranger.get_account()
    assert refused.value.code == -1022
