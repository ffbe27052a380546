"""The unmodified ccxt works against the simulator, from an environment of its own."""

import json
import os
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.tests.simulator.harness import ROOT, SimulatorProcess

pytestmark = pytest.mark.process
TOUR = Path(__file__).with_name("ccxt_tour.py")


def clients_python() -> Path:
    """The interpreter that has ccxt: CLIENTS_PYTHON, else `.venv-clients`; skips the test where there is none."""
    folder = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    python = Path(os.environ.get("CLIENTS_PYTHON") or ROOT / ".venv-clients" / folder)
    if not python.exists():
        pytest.skip(f"no interpreter with ccxt at {python} (requirements-clients.txt)")
    return python


def test_ccxt_reads_the_account_and_trades(tmp_path: Path) -> None:
    python = clients_python()
    month_ago = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=30)
    with SimulatorProcess(tmp_path) as simulator:
        simulator.open_account(
            balances={"spot": {"USDT": "10000"}, "usdm": {"USDT": "1000"}},
            created_at=month_ago.isoformat(),
            permissions={"permitsUniversalTransfer": True},
        )
        trade = {"api_key": "key", "symbol": "BTCUSDT", "side": "SELL", "quantity": "0.01", "market": "usdm"}
        simulator.control("/sim/trade", trade)
        into = {"api_key": "key", "from": "spot", "to": "funding", "asset": "USDT", "amount": "5"}
        simulator.control("/sim/transfer", into)
        simulator.control("/sim/withdraw", {"api_key": "key", "asset": "USDT", "amount": "100", "fee": "1"})
        run = subprocess.run(
            [python, TOUR, simulator.url, "key", "secret"], capture_output=True, text=True, timeout=120, check=False
        )
        assert run.returncode == 0, run.stderr[-2000:]
        seen = json.loads(run.stdout)
    assert seen["symbols"] >= 60
    assert seen["free_usdt"] == 9894
    assert seen["candles"] == 24
    assert seen["order"] == {"status": "closed", "filled": 0.05, "side": "buy"}
    assert 45 < seen["cost"] <= 50
    assert seen["trades"] == seen["orders"]
    assert seen["deposits"] == [["USDT", 10000]]
    assert seen["withdrawals"] == [["USDT", 100, 1]]
    assert seen["ticker"] > 0
    assert seen["limit"] == ["open", True, "canceled"]
    assert all(seen["wallets"][kind] for kind in ("spot", "funding", "future"))
    assert seen["wallets"]["funding"] == 5
    assert seen["positions"] == [["BTC/USDT:USDT", 0.01, "short"]]
    assert seen["moved"] == [10]
    assert seen["funding"]
