"""The demo: a simulator as a child process, with an account 800 days old made through its control calls.

The child ends with us, also after SIGKILL: it holds the other end of a pipe. An existing demo keeps its scenario and
its data. Nothing else in the product calls `/sim`.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import structlog

from backend.core.errors import BadInputError, ExchangeUnavailableError
from backend.core.model.amounts import plain
from backend.core.model.instants import iso

log = structlog.get_logger(__name__)

PROJECT_ROOT: Final = Path(__file__).resolve().parent.parent.parent
HISTORY_DAYS: Final = 800
HISTORY_SEED: Final = 11
TRADES: Final = 140
FLOWS: Final = 26
# Which part of what it ends up with lies in other wallets than spot.
ELSEWHERE: Final = (
    ("funding", "USDT", Decimal("0.1")),
    ("earn_flexible", "ETH", Decimal("0.25")),
    ("earn_locked", "BTC", Decimal("0.2")),
)
MOVED_STEP: Final = Decimal("0.0001")
READY: Final = "simulator ready on "
STREAMS: Final = "streams on "
START_TIMEOUT_S: Final = 20.0
CONTROL_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class _DemoAccount:
    """What is kept of a demo between starts. `ready`: its history was made to the end."""

    api_key: str
    api_secret: str
    scenario: str
    ready: bool


class DemoExchange:
    """Starts, watches and stops the demo's exchange, and acts on it."""

    def __init__(self, folder: Path, scenario: str) -> None:
        self._folder = folder
        self._scenario = scenario
        self._process: subprocess.Popen[str] | None = None
        self._url: str | None = None
        self._streams: str | None = None
        self._port = self._stream_port = 0
        self._account: _DemoAccount | None = None
        self._stopping = threading.Event()
        self._up = threading.Event()
        self._http = requests.Session()
        self._http.trust_env = False
        self._watcher = threading.Thread(target=self._watch, name="demo-exchange", daemon=True)

    def start(self) -> None:
        """Start the exchange in the background; `url` and `keys` wait for it."""
        self._watcher.start()

    def stop(self) -> None:
        """End the exchange."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()

    def url(self) -> str:
        """Where the exchange answers.

        Raises:
            ExchangeUnavailableError: it is not up yet.
        """
        if not self._up.wait(START_TIMEOUT_S) or self._url is None:
            raise ExchangeUnavailableError("The demo exchange is starting")
        return self._url

    def streams(self) -> str:
        """Where the exchange's streams are.

        Raises:
            ExchangeUnavailableError: it is not up yet.
        """
        if not self._up.is_set() or self._streams is None:
            raise ExchangeUnavailableError("The demo exchange is starting")
        return self._streams

    def keys(self) -> tuple[str, str]:
        """Key and secret of the demo account.

        Raises:
            ExchangeUnavailableError: the exchange is not up yet.
        """
        self.url()
        if self._account is None:
            raise ExchangeUnavailableError("The demo account is being made")
        return self._account.api_key, self._account.api_secret

    def kept_key(self) -> str:
        """The key of the demo account of this folder, whether the exchange runs or not; empty where none was made."""
        account = self._load()
        return account.api_key if account.ready else ""

    def act(self, payload: Mapping[str, Any]) -> str:
        """Deposit, withdraw or move a price; returns what happened in words.

        Raises:
            BadInputError: the exchange says why it cannot be.
            ExchangeUnavailableError: it does not answer.
        """
        asset, key = str(payload["asset"]), self.keys()[0]
        match payload["action"]:
            case "deposit":
                body = {"api_key": key, "asset": asset, "amount": str(payload["amount"])}
                self._control("/sim/deposit", body)
                return f"Deposited {payload['amount']} {asset}"
            case "withdraw":
                body = {"api_key": key, "asset": asset, "amount": str(payload["amount"])}
                self._control("/sim/withdraw", body)
                return f"Withdrew {payload['amount']} {asset}"
            case "price_shock":
                return self._shock(asset, Decimal(str(payload["percent"])))
            case other:
                raise BadInputError(f"There is no demo action {other}", "action")

    def _shock(self, asset: str, percent: Decimal) -> str:
        symbol = f"{asset}USDT"
        answer = self._http.get(
            f"{self.url()}/api/v3/ticker/price", params={"symbol": symbol}, timeout=CONTROL_TIMEOUT_S
        )
        try:
            price = Decimal(str(answer.json()["price"]))
        except (ValueError, KeyError, TypeError, InvalidOperation):
            raise BadInputError(f"{asset} has no price against USDT in the demo", "asset") from None
        shocked = (price * (1 + percent / 100)).quantize(Decimal("0.00000001"))
        self._control("/sim/prices", {symbol: plain(shocked)})
        return f"Moved {asset} by {percent} % to {plain(shocked)}"

    def _watch(self) -> None:
        """Keep the exchange running: one that dies is started again on the same state."""
        while not self._stopping.is_set():
            try:
                self._run_once()
            except (OSError, requests.RequestException, ExchangeUnavailableError, BadInputError) as error:
                log.error("demo exchange failed to start", detail=str(error))
            self._up.clear()
            self._stopping.wait(1.0)

    def _run_once(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        account = self._load()
        state = str(self._folder / "state")
        command = [sys.executable, "-m", "backend.exchange.simulator", "--port", str(self._port), "--data", state]
        command += ["--stream-port", str(self._stream_port)]
        command += ["--seed", str(HISTORY_SEED), "--scenario", account.scenario, "--exit-with-parent"]
        self._process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {}
        )
        assert self._process.stdout is not None
        self._port = self._stream_port = 0
        for line in self._process.stdout:
            if line.startswith(READY):
                self._url = line.removeprefix(READY).strip()
                # One that dies comes back at the same place, unless another program has taken it meanwhile.
                self._port = urlsplit(self._url).port or 0
                self._account = self._made(account)
                self._up.set()
            elif line.startswith(STREAMS):
                self._streams = line.removeprefix(STREAMS).strip()
                self._stream_port = urlsplit(self._streams).port or 0
        self._process.wait()

    def _made(self, account: _DemoAccount) -> _DemoAccount:
        """Make the account and its past, once: an attempt that was cut off leaves an account nobody uses."""
        if account.ready:
            return account
        account = _DemoAccount(secrets.token_hex(32), secrets.token_hex(32), account.scenario, ready=True)
        now = datetime.fromisoformat(str(self._get("/sim/clock")["now"]))
        self._control(
            "/sim/accounts",
            {
                "name": "demo",
                "api_key": account.api_key,
                "api_secret": account.api_secret,
                "balances": {},
                "permissions": {"enableReading": True, "enableSpotAndMarginTrading": True, "ipRestrict": True},
                "created_at": iso(now - timedelta(days=HISTORY_DAYS + 1)),
            },
        )
        self._control(
            "/sim/history",
            {
                "api_key": account.api_key,
                "days": HISTORY_DAYS,
                "seed": HISTORY_SEED,
                "trades": TRADES,
                "flows": FLOWS,
            },
        )
        self._spread(account.api_key)
        self._save(account)
        return account

    def _spread(self, api_key: str) -> None:
        """Move a part of what the account holds into other wallets, which is no cash flow."""
        held: dict[str, Decimal] = {}
        for row in self._get(f"/sim/ledger?api_key={api_key}"):
            held[row["asset"]] = Decimal(row["balance"])
        for wallet, asset, part in ELSEWHERE:
            amount = (held.get(asset, Decimal(0)) * part).quantize(MOVED_STEP, rounding=ROUND_DOWN)
            if amount > 0:
                body = {"api_key": api_key, "from": "spot", "to": wallet, "asset": asset, "amount": plain(amount)}
                self._control("/sim/transfer", body)

    def _get(self, path: str) -> Any:
        return self._http.get(f"{self._url}{path}", timeout=CONTROL_TIMEOUT_S).json()

    def _control(self, path: str, body: Mapping[str, Any]) -> Any:
        try:
            answer = self._http.post(f"{self._url}{path}", json=body, timeout=CONTROL_TIMEOUT_S)
        except requests.RequestException:
            raise ExchangeUnavailableError("The demo exchange does not answer") from None
        if answer.status_code >= 400:
            raise BadInputError(_sentence(answer))
        return answer.json()

    def _load(self) -> _DemoAccount:
        path = self._folder / "demo.json"
        if path.is_file():
            return _DemoAccount(**json.loads(path.read_text(encoding="utf-8")))
        return _DemoAccount("", "", self._scenario, ready=False)

    def _save(self, account: _DemoAccount) -> None:
        path = self._folder / "demo.json"
        draft = path.with_suffix(".new")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(account), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def _sentence(answer: requests.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return "The demo exchange refused"
    for name in ("error", "detail", "message", "msg"):
        if isinstance(body, dict) and isinstance(body.get(name), str):
            return str(body[name])
    return "The demo exchange refused"
