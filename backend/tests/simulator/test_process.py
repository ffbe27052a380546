"""The real process: what survives a kill, how it starts, refuses to start, and ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.sync.client import connect

from backend.tests.simulator.candle_writer import write_candles
from backend.tests.simulator.harness import ROOT, SimulatorProcess
from backend.tests.simulator.test_streams import close_code

pytestmark = pytest.mark.process
ACCOUNT = "/api/v3/account"


def deposit(simulator: SimulatorProcess, amount: str) -> str:
    return str(simulator.control("/sim/deposit", {"api_key": "key", "asset": "USDT", "amount": amount})["id"])


def state(simulator: SimulatorProcess) -> Any:
    """All that an account's owner and the judge can see."""
    return [
        simulator.control("/sim/ledger?api_key=key"),
        simulator.control("/sim/orders?api_key=key"),
        simulator.signed("GET", ACCOUNT, "key", "secret").json(),
        simulator.signed("GET", "/api/v3/myTrades", "key", "secret", symbol="BTCUSDT").json(),
        simulator.get("/api/v3/klines", symbol="BTCUSDT", interval="1m", limit=100).json()[:-1],
    ]


def test_everything_acknowledged_survives_sigkill(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data", ["--speed", "0", "--seed", "3", "--scenario", "crash"]) as simulator:
        simulator.open_account()
        simulator.control("/sim/history", {"api_key": "key", "days": 90, "seed": 1, "trades": 30, "flows": 8})
        simulator.control("/sim/prices", {"BTCUSDT": "54321.99"})
        simulator.control("/sim/symbols", {"symbol": "SOLUSDT", "status": "HALT"})
        order = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quoteOrderQty": "50"}
        assert simulator.signed("POST", "/api/v3/order", "key", "secret", **order).ok
        before = state(simulator)
        simulator.restart()
        assert state(simulator) == before
        assert simulator.get("/api/v3/ticker/price", symbol="BTCUSDT").json()["price"] == "54321.99000000"
        assert simulator.get("/api/v3/exchangeInfo", symbol="SOLUSDT").json()["symbols"][0]["status"] == "HALT"


def test_the_products_command_line_starts_it_too(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data", (), (sys.executable, "-m", "backend", "simulator")) as simulator:
        simulator.open_account()
        assert simulator.signed("GET", ACCOUNT, "key", "secret").ok


def test_kills_in_the_middle_of_writing_lose_nothing_acknowledged_and_double_nothing(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    with SimulatorProcess(tmp_path / "data") as simulator:
        simulator.open_account()
        for round_number in range(5):
            wanted = len(acknowledged) + 10 + 3 * round_number
            go_on = threading.Event()

            def keep_depositing(wanted: int = wanted, reached: threading.Event = go_on) -> None:
                session = requests.Session()
                session.trust_env = False
                body = {"api_key": "key", "asset": "USDT", "amount": "1"}
                while True:
                    try:
                        answer = session.post(simulator.url + "/sim/deposit", json=body, timeout=5)
                    except requests.RequestException:
                        return
                    acknowledged.append(answer.json()["id"])
                    if len(acknowledged) >= wanted:
                        reached.set()

            writer = threading.Thread(target=keep_depositing)
            writer.start()
            assert go_on.wait(30)
            simulator.kill()
            writer.join(10)
            simulator.start()
            refs = [row["ref"] for row in simulator.control("/sim/ledger?api_key=key")]
            assert set(acknowledged) <= set(refs)
            assert len(refs) == len(set(refs))
            assert len(refs) - len(acknowledged) <= round_number + 1  # at most the one in flight at each kill


def test_the_clock_never_goes_back_over_a_kill(tmp_path: Path) -> None:
    arguments = ["--start-time", "2021-03-04T05:06:07Z", "--speed", "5000"]
    with SimulatorProcess(tmp_path / "data", arguments) as simulator:
        seen = 0
        for _ in range(3):
            for _ in range(20):
                now = simulator.get("/api/v3/time").json()["serverTime"]
                assert now >= seen
                seen = now
            simulator.restart()
        assert simulator.get("/api/v3/time").json()["serverTime"] >= seen
        assert simulator.control("/sim/clock")["speed"] == "5000"


def failed_start(tmp_path: Path, *arguments: str) -> str:
    """Start with bad arguments; one line on standard error, exit code 2."""
    command = [sys.executable, "-m", "backend.exchange.simulator", "--data", str(tmp_path / "data"), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1, run.stderr
    return run.stderr


def test_what_prevents_a_start_costs_one_line_and_exit_code_2(tmp_path: Path) -> None:
    write_candles(tmp_path / "candles", "BTCUSDT-1s", [])
    (tmp_path / "bad.json").write_text("{}")
    assert "scenario" in failed_start(tmp_path, "--scenario", "stormy")
    assert "no folder of candles" in failed_start(tmp_path, "--market-data", str(tmp_path / "absent"))
    assert "BTCUSDT-1s" in failed_start(tmp_path, "--market-data", str(tmp_path / "candles"))
    assert "not an exchangeInfo file" in failed_start(tmp_path, "--exchange-info", str(tmp_path / "bad.json"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in failed_start(tmp_path, "--port", str(port))
    assert not (tmp_path / "data" / "ledger.jsonl").exists()


def test_a_second_simulator_on_the_same_folder_does_not_start(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data"):
        assert "another simulator" in failed_start(tmp_path, "--port", "0")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_at_once_even_while_it_holds_a_connection(tmp_path: Path, name: str) -> None:
    with SimulatorProcess(tmp_path / "data") as simulator:
        simulator.control("/sim/faults", {"p": 1, "seed": 1, "kinds": ["timeout_before"]})
        address = simulator.url.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))) as held:
            held.sendall(b"GET /api/v3/ping HTTP/1.1\r\nHost: x\r\n\r\n")
            started = time.monotonic()
            os.kill(simulator.pid, getattr(signal, name))
            assert simulator.stop() == 0
            assert time.monotonic() - started < 5  # it would hold the connection for a minute


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data", ["--exit-with-parent"]) as simulator:
        assert simulator.get("/api/v3/ping").ok
        assert simulator.close_stdin() == 0


def test_sockets_fail_as_asked(simulator: SimulatorProcess) -> None:
    def under(kind: str, timeout_s: float = 30) -> requests.Response:
        simulator.control("/sim/faults", {"p": 1, "seed": 1, "kinds": [kind], "count": 1})
        return simulator.session.get(simulator.url + "/api/v3/exchangeInfo", timeout=timeout_s)

    with pytest.raises(requests.exceptions.ReadTimeout):
        under("timeout_before", timeout_s=0.3)
    with pytest.raises(requests.exceptions.ConnectionError):
        under("reset_before")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        under("truncated")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        under("garbage").json()
    assert simulator.get("/api/v3/ping").ok


def test_many_clients_at_once_spend_each_balance_once(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data") as simulator:
        simulator.open_account(balances={"spot": {"USDT": "100"}})
        body = {"api_key": "key", "asset": "USDT", "amount": "10"}
        statuses: list[int] = []

        def withdraw() -> None:
            for _ in range(5):
                answer = requests.post(
                    simulator.url + "/sim/withdraw", json=body, timeout=30, proxies={"http": "", "https": ""}
                )
                statuses.append(answer.status_code)

        threads = [threading.Thread(target=withdraw) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses.count(201) == 10
        assert statuses.count(400) == 20
        rows = simulator.control("/sim/ledger?api_key=key")
        assert min(Decimal(row["balance"]) for row in rows) == 0


def test_the_streams_say_where_they_are_and_end_with_the_process(tmp_path: Path) -> None:
    with SimulatorProcess(tmp_path / "data") as simulator:
        url = simulator.control("/sim/streams")["url"]
        with connect(f"{url}/ws/btcusdt@miniTicker", proxy=None) as client:
            assert '"s":"BTCUSDT"' in str(client.recv(10))
            assert simulator.stop() == 0
            assert close_code(client) in (1001, None)  # None: the process was gone before the frame
