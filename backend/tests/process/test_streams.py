"""The real program beside the real simulator: what only a stream can have brought, and life without streams.

The refresh interval is ten minutes where the stream is to be seen at work: whatever shows sooner came by it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import requests
from Crypto.PublicKey import ECC, RSA

from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, free_port, wait_for
from backend.tests.simulator.harness import SimulatorProcess
from soak.streams import Times, cuts

pytestmark = pytest.mark.process

KEY: Final = "key"
NEVER_BY_ITSELF: Final = "600"
SOON_S: Final = 30.0
BY_STREAM: Final = {"by": "stream"}
CUTS: Final = 15
SEED: Final = 15


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[SimulatorProcess]:
    arguments = ["--start-time", "2026-06-01T12:00:30Z"]
    with SimulatorProcess(tmp_path / "exchange", arguments) as process:
        balances = {"spot": {"USDT": "50000", "BTC": "0.5"}}
        process.open_account(KEY, SECRET, balances=balances, created_at="2026-05-31T06:00:00Z")
        yield process


def product_on(exchange: SimulatorProcess, data: Path, streams: str | None = None, interval: str = "600") -> Product:
    address = streams or exchange.control("/sim/streams")["url"]
    return Product.on_simulator(
        data, exchange.url, KEY, SECRET, BINANCE_SIMULATOR_STREAM_URL=address, BALANCE_UPDATE_INTERVAL=interval
    )


def deposit(exchange: SimulatorProcess, amount: str, asset: str = "USDT") -> None:
    exchange.control("/sim/deposit", {"api_key": KEY, "asset": asset, "amount": amount})


def overview(product: Product) -> Any:
    return product.get("/api/portfolio/overview")


def held(product: Product) -> dict[str, Decimal]:
    return {row["asset"]: Decimal(row["total"]) for row in product.get("/api/portfolio/balances")["balances"]}


def wait_until_live(product: Product) -> None:
    """Both streams stand, and the look at the account that they asked for is over."""
    wait_for(
        lambda: (
            overview(product)["sync"]["streams"]["state"] == "live" and "Auto-refresh #2" in product.log.read_text()
        ),
        "the streams are live",
        SOON_S,
    )


def events(response: requests.Response) -> Iterator[tuple[str, Any]]:
    topic = ""
    for line in response.iter_lines(decode_unicode=True):
        name, _, value = line.partition(": ")
        if name == "event":
            topic = value
        elif name == "data":
            yield topic, json.loads(value)


def test_a_change_of_balances_reaches_an_open_browser_by_the_stream_alone(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with product_on(exchange, tmp_path / "data", interval=NEVER_BY_ITSELF) as product:
        wait_until_live(product)
        with product.session.get(f"{product.url}/api/events", stream=True, timeout=SOON_S) as browser:
            heard = events(browser)
            assert next(heard)[0] == "hello"
            deposit(exchange, "1234")
            # Prices tell of themselves too, and may come in between.
            assert next(told for topic, told in heard if topic == "balances" and told["detail"] == BY_STREAM)
        assert held(product)["USDT"] == Decimal(51234)
        settled = wait_for(
            lambda: page if (page := overview(product))["net_deposits_status"] == "exact" else None,
            "the deposit is booked",
            SOON_S,
        )
        assert settled["status"] == "exact"
        flows = product.all_items("/api/performance/cashflows")
        assert sorted(Decimal(flow["quantity"]) for flow in flows if flow["asset"] == "USDT") == [1234, 50000]


def test_a_trade_moves_both_coins_at_once_and_is_settled(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with product_on(exchange, tmp_path / "data", interval=NEVER_BY_ITSELF) as product:
        wait_until_live(product)
        before = held(product)
        body = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.01"}
        assert exchange.signed("POST", "/api/v3/order", KEY, SECRET, **body).ok
        after = wait_for(lambda: now if (now := held(product)) != before else None, "the trade shows", SOON_S)
        assert after["BTC"] > before["BTC"]
        assert after["USDT"] < before["USDT"]
        wait_for(
            lambda: overview(product)["pnl_status"] == "exact" and overview(product)["realized_pnl_usd"] is not None,
            "the trade is booked",
            SOON_S,
        )
        assert held(product) == after


def test_prices_come_by_stream_and_leave_the_instant_of_the_balances_alone(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    with product_on(exchange, tmp_path / "data", interval=NEVER_BY_ITSELF) as product:
        wait_until_live(product)
        exchange.control("/sim/prices", {"BTCUSDT": "123456"})
        after = wait_for(
            lambda: page if Decimal((page := overview(product))["total_value_usd"]) == 111728 else None,
            "the price shows",
            SOON_S,
        )
        assert after["as_of"] == after["sync"]["prices_at"] > after["sync"]["balances_at"]
        assert "Auto-refresh #3" not in product.log.read_text()
        assert after["status"] == "exact"


def test_futures_are_followed_once_there_are_any(exchange: SimulatorProcess, tmp_path: Path) -> None:
    body = {"api_key": KEY, "from": "spot", "to": "usdm", "asset": "USDT", "amount": "1000"}
    exchange.control("/sim/transfer", body)
    with product_on(exchange, tmp_path / "data", interval=NEVER_BY_ITSELF) as product:
        wait_until_live(product)
        wait_for(lambda: exchange.control("/sim/streams")["connections"] == 3, "the futures' stream stands", SOON_S)
        traded = {"symbol": "BTCUSDT", "side": "BUY", "quantity": "0.01", "market": "usdm"}
        exchange.control("/sim/trade", {"api_key": KEY} | traded)
        wait_for(lambda: in_futures(product) not in (None, Decimal(1000)), "the fee of the trade shows", SOON_S)


def test_accounts_with_keys_of_all_kinds_are_followed_over_one_connection(
    exchange: SimulatorProcess, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    rsa, ed25519 = RSA.generate(2048), ECC.generate(curve="ed25519")
    keys = {
        "rsa": (rsa.public_key().export_key().decode(), rsa.export_key(pkcs=8).decode()),
        "ed25519": (ed25519.public_key().export_key(format="PEM"), ed25519.export_key(format="PEM")),
    }
    entries = []
    for name, (public, private) in keys.items():
        exchange.open_account(name, str(public), key_type=name.upper(), balances={"spot": {"USDT": "100"}})
        entries.append(f'[[account]]\nname = "{name}"\napi_key = "{name}"\napi_secret = """\n{private}\n"""\n')
    file = data / "accounts.toml"
    file.touch(0o600)
    file.write_text("\n".join(entries))
    with product_on(exchange, data, interval=NEVER_BY_ITSELF) as product:
        wait_until_live(product)
        wait_for(lambda: product.log.read_text().count("Auto-refresh #") >= 2 * (1 + len(keys)), "all looks", SOON_S)
        assert exchange.control("/sim/streams")["connections"] == 2
        for number, name in enumerate(keys, 1):
            exchange.control("/sim/deposit", {"api_key": name, "asset": "USDT", "amount": str(number)})
        wait_for(lambda: amounts(product) == [101, 102, 50000], "both deposits show", SOON_S)


def amounts(product: Product) -> list[Decimal]:
    """USDT of every account."""
    rows = product.get("/api/portfolio/balances")["balances"]
    return sorted(Decimal(row["total"]) for row in rows if row["asset"] == "USDT")


def in_futures(product: Product) -> Decimal | None:
    rows = product.get("/api/portfolio/balances")["balances"]
    return next((Decimal(row["total"]) for row in rows if row["wallet"] == "futures_usdm"), None)


def test_streams_that_are_cut_lose_nothing_and_the_page_agrees_within_seconds() -> None:
    times = Times()
    tally = cuts(random.Random(SEED), CUTS, times)
    assert tally.failures == []
    assert len(times.told) == len(times.agreed) == CUTS
    assert tally.counts["reconnects"] >= CUTS


def test_without_streams_the_refreshes_go_on_and_the_page_says_so(exchange: SimulatorProcess, tmp_path: Path) -> None:
    nowhere = f"ws://127.0.0.1:{free_port()}"
    with product_on(exchange, tmp_path / "data", streams=nowhere, interval="1") as product:
        told = wait_for(
            lambda: found if (found := overview(product)["sync"]["streams"])["detail"] else None,
            "the page says that streams are down",
            SOON_S,
        )
        assert told["state"] == "reconnecting"
        assert told["detail"] == "The stream cannot be reached"
        wait_for(lambda: held(product).get("USDT") == 50000, "the first refresh", SOON_S)
        deposit(exchange, "7")
        wait_for(lambda: held(product)["USDT"] == Decimal(50007), "a refresh shows the deposit", SOON_S)
        assert overview(product)["sync"]["status"] == "healthy"
        assert product.stop(within_s=5.0) == 0


def test_a_program_with_live_streams_ends_at_once(exchange: SimulatorProcess, tmp_path: Path) -> None:
    with product_on(exchange, tmp_path / "data") as product:
        wait_until_live(product)
        assert product.stop(within_s=5.0) == 0
    wait_for(lambda: exchange.control("/sim/streams")["connections"] == 0, "no connection is left", SOON_S)
