"""The exchange that every client tours: accounts, pinned prices, and a past whose every row is known."""

import json
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from Crypto.PublicKey import ECC, RSA

from backend.exchange.simulator.listing import entry, own_listing
from backend.tests.simulator.harness import ROOT, SimulatorProcess
from scripts import bootstrap

PACKAGE: Final = "backend.tests.simulator.conformance"
PAST_DAYS: Final = 60
PRICES: Final = {"BTCUSDT": "50000", "ETHUSDT": "2500", "BNBUSDT": "500", "DOGEUSDT": "0.2", "XRPUSDT": "2"}
BALANCES: Final = {
    "spot": {"USDT": "100000", "BTC": "2", "ETH": "10", "BNB": "10", "DOGE": "100"},
    "funding": {"USDT": "50"},
    "earn_flexible": {"USDT": "200"},
    "earn_locked": {"BNB": "1"},
    "margin": {"BTC": "0.1"},
    "isolated_margin": {"ETH": "1"},
    "usdm": {"USDT": "1000"},
    "coinm": {"BTC": "1"},
}
RIGHTS: Final = {"permitsUniversalTransfer": True}
DEPOSITS: Final = [str(number) for number in range(1, 26)]  # XRP, a day apart, the last two days ago
WITHDRAWALS: Final = [f"0.{number:02}" for number in range(1, 13)]  # XRP, an hour apart, each with a fee of 0.01
TRADES: Final = 25  # of 0.01 ETH, two hours apart, so that no window of 24 hours holds all
TRANSFERS: Final = [str(number) for number in range(1, 13)]  # USDT, from spot to USD-M futures
REWARDS: Final = [str(number) for number in range(1, 26)]  # USDT
CONVERTS: Final = ["10", "20", "30"]  # USDT
SUBSCRIPTIONS: Final = ["5"] * 11  # USDT, into flexible Earn
CONTRACT_TRADES: Final = 6  # of 0.01 BTC
ISOLATED_LOAN: Final = {"asset": "USDT", "pair": "ETHUSDT"}


FORBIDDEN: Final = entry("FORBIDDEN", "USDT") | {"permissionSets": [["LEVERAGED"]]}  # no account here has the right


def simulator_in(folder: Path) -> SimulatorProcess:
    """A simulator whose clock starts so far back that the whole past of the stage has pinned prices."""
    started = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=PAST_DAYS)
    listing = folder / "exchange-info.json"
    listing.write_text(json.dumps({"symbols": [*own_listing(), FORBIDDEN]}), encoding="utf-8")
    options = ["--start-time", started.strftime("%Y-%m-%dT%H:%M:%SZ"), "--exchange-info", str(listing)]
    return SimulatorProcess(folder / "data", options)


class Stage:
    """A simulator and what was set up on it; `keys` are private keys in PEM by their kind."""

    def __init__(self, simulator: SimulatorProcess, folder: Path) -> None:
        self.simulator = simulator
        self.keys = {"RSA": folder / "rsa.pem", "ED25519": folder / "ed25519.pem"}

    def set_up(self) -> None:
        """Pin the prices of the whole past, come to the present, and tell what has happened meanwhile."""
        control = self.simulator.control
        control("/sim/prices", PRICES)
        self._open_accounts()
        # Clients stamp their calls by the machine's clock, so the exchange must have the machine's time.
        control("/sim/clock", {"set": datetime.fromtimestamp(time.time(), UTC).isoformat()})
        self._tell_flows()
        self._tell_moves()
        self._tell_events()

    def _open_accounts(self) -> None:
        opened = self.simulator.open_account
        opened(balances=BALANCES, permissions=RIGHTS)
        opened("sub", "secret", master="key")
        opened("reader", "secret", permissions={"enableSpotAndMarginTrading": False})
        opened("elsewhere", "secret", permissions={"ipRestrict": True}, trusted_ips=["203.0.113.5"])
        opened("revoked", "secret")
        self.simulator.control("/sim/rights", {"api_key": "revoked", "revoked": True})
        rsa, edwards = RSA.generate(2048), ECC.generate(curve="Ed25519")
        self.keys["RSA"].write_bytes(rsa.export_key(pkcs=8))
        self.keys["ED25519"].write_text(edwards.export_key(format="PEM"), encoding="ascii")
        opened("rsa", rsa.public_key().export_key().decode(), key_type="RSA")
        opened("ed25519", edwards.public_key().export_key(format="PEM"), key_type="ED25519")

    def _ago(self, hours: float) -> str:
        return (datetime.fromtimestamp(time.time(), UTC) - timedelta(hours=hours)).isoformat()

    def _tell(self, path: str, hours_ago: float, **fields: Any) -> None:
        self.simulator.control(path, {"api_key": "key", "at": self._ago(hours_ago)} | fields)

    def _tell_flows(self) -> None:
        for number, amount in enumerate(DEPOSITS):
            self._tell("/sim/deposit", 24 * (26 - number), asset="XRP", amount=amount)
        for number, amount in enumerate(WITHDRAWALS):
            self._tell("/sim/withdraw", 30 - number, asset="XRP", amount=amount, fee="0.01")
        for number in range(TRADES):
            self._tell("/sim/trade", 52 - 2 * number, symbol="ETHUSDT", side="BUY", quantity="0.01")
        for number, amount in enumerate(REWARDS):
            self._tell("/sim/reward", 200 - number, asset="USDT", amount=amount, kind="Airdrop")

    def _tell_moves(self) -> None:
        for number in range(CONTRACT_TRADES):
            contract = {"market": "usdm", "symbol": "BTCUSDT", "side": "BUY", "quantity": "0.01"}
            self._tell("/sim/trade", 60 - number, **contract)
        self._tell("/sim/trade", 45, market="coinm", symbol="BTCUSD_PERP", side="BUY", quantity="1")
        usdt = {"asset": "USDT"}
        for number, amount in enumerate(TRANSFERS):
            self._tell("/sim/transfer", 40 - number, amount=amount, **usdt, **{"from": "spot", "to": "usdm"})
        for number, amount in enumerate(SUBSCRIPTIONS):
            into = {"from": "spot", "to": "earn_flexible"}
            self._tell("/sim/transfer", 300 - number, amount=amount, **usdt, **into)
        self._tell("/sim/transfer", 250, amount="2", **usdt, **{"from": "earn_flexible", "to": "spot"})
        self._tell("/sim/reward", 240, amount="0.01", kind="REALTIME", wallet="earn_flexible", **usdt)
        self._tell("/sim/transfer", 220, asset="BNB", amount="1", **{"from": "spot", "to": "earn_locked"})

    def _tell_events(self) -> None:
        for number, amount in enumerate(CONVERTS):
            swap = {"from_asset": "USDT", "from_amount": amount, "to_asset": "BTC", "to_amount": "0.0002"}
            self._tell("/sim/event", 100 - number, kind="convert", **swap)
        for hours, kind, fields in (
            (70, "dust", {"assets": {"DOGE": "10"}}),
            (69, "dust", {"assets": {"DOGE": "20"}}),
            (99, "fiat_deposit", {"fiat": "EUR", "amount": "100", "fee": "1"}),
            (98, "fiat_deposit", {"fiat": "EUR", "amount": "200", "status": "Failed"}),
            (97, "fiat_buy", {"asset": "BTC", "amount": "0.001", "fiat": "EUR", "paid": "50"}),
            (96, "pay", {"asset": "USDT", "amount": "3"}),
            (95, "p2p", {"side": "BUY", "asset": "USDT", "amount": "20", "fiat": "EUR", "price": "0.9"}),
            (150, "borrow", {"asset": "USDT", "amount": "100"}),
            (140, "interest", {"asset": "USDT", "amount": "0.5"}),
            (130, "repay", {"asset": "USDT", "amount": "10"}),
            (149, "borrow", ISOLATED_LOAN | {"amount": "50"}),
            (139, "interest", ISOLATED_LOAN | {"amount": "0.25"}),
            (129, "repay", ISOLATED_LOAN | {"amount": "10.25"}),
            (90, "stake", {"from_asset": "ETH", "from_amount": "0.5", "to_asset": "BETH", "to_amount": "0.5"}),
            (80, "unstake", {"from_asset": "BETH", "from_amount": "0.1", "to_asset": "ETH", "to_amount": "0.1"}),
            *((50 - number, "sub_transfer", _to_sub(number)) for number in (1, 2, 3)),
        ):
            self._tell("/sim/event", hours, kind=kind, **fields)  # type: ignore[arg-type]  # the rows' fields differ

    def tour(self, client: str, chapters: str) -> dict[str, Any]:
        """Run chapters (words joined by commas) of a client's tour under its own interpreter; what it saw."""
        keys = [str(path) for path in self.keys.values()]
        module = f"{PACKAGE}.{client.replace('-', '_')}_tour"
        run = subprocess.run(
            [python_of(client), "-m", module, self.simulator.url, chapters, *keys],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-3000:]
        seen: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
        return seen

    def calls(self) -> tuple[int, int]:
        """How many calls of the exchange's paths were answered, and of how many kinds (method and path)."""
        rows = self.simulator.control("/sim/requests")["requests"]
        return sum(row["count"] for row in rows), len({(row["method"], row["path"]) for row in rows})


def _to_sub(number: int) -> dict[str, str]:
    return {"to_key": "sub", "asset": "USDT", "amount": str(number)}


@dataclass(frozen=True)
class Toured:
    """What a client saw, how many calls that took before it exhausted the limits, and of how many kinds."""

    client: str
    seen: dict[str, Any]
    calls: int
    kinds: int
    expected: dict[str, Any]


def python_of(client: str) -> Path:
    """The interpreter of the client's own environment, prepared by `make test`; skips the test where it is absent."""
    python = bootstrap.venv_python(ROOT / f".venv-{client}")
    if not python.exists():
        pytest.skip(f"{client} has no environment (requirements-{client}.txt); make test prepares it")
    return python
