"""A program with many accounts on one simulator, and what an onlooker can say of both."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from backend.tests.database_places import NAME
from backend.tests.process.harness import Product
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import looked_into

API_LIMIT: Final = 6_000
REFUSED: Final = ("429", "418")
COINS: Final[Mapping[str, str]] = {"BTC": "0.5", "ETH": "4", "SOL": "30", "BNB": "12", "ADA": "900"}


@dataclass
class Installation:
    """A simulator, and the program's folder beside it with an accounts file."""

    exchange: SimulatorProcess
    folder: Path
    keys: list[str] = field(default_factory=list)

    def open_accounts(self, count: int, dice: random.Random, opened_at: str) -> None:
        """Accounts with a few coins each, on the exchange and in the accounts file."""
        entries = []
        for number in range(count):
            key = f"soak-key-{number:03}"
            coins = dice.sample(sorted(COINS), 3)
            balances = {"USDT": "1000"} | {coin: COINS[coin] for coin in coins}
            self.exchange.open_account(key, "secret", balances={"spot": balances}, created_at=opened_at)
            self.keys.append(key)
            entries.append(f'[[account]]\nname = "Account {number:03}"\napi_key = "{key}"\napi_secret = "secret"\n')
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "accounts.toml"
        file.touch(0o600)
        file.write_text("\n".join(entries), "utf-8")

    def product(self, **settings: str) -> Product:
        """The program on these accounts."""
        chosen = {"BINANCE_SIMULATOR_URL": self.exchange.url, "LOG_LEVEL": "INFO", "SNAPSHOT_INTERVAL": "3600"}
        return Product(self.folder, chosen | settings)

    def states(self) -> list[Mapping[str, Any]]:
        """How each account's refreshes went, from the program's own table."""
        with looked_into(self.folder / NAME) as connection:
            found = connection.execute(text("SELECT * FROM account_sync WHERE account_id > 0"))
            return [dict(row) for row in found.mappings()]

    def imported(self) -> int:
        """How many accounts have their history."""
        return sum(bool(state["import_complete"]) for state in self.states())

    def oldest_s(self) -> float:
        """The age of the oldest account's balances and prices, as their instant tells it."""
        now_ms = time.time() * 1000
        return max((now_ms - (state["as_of"] or 0)) / 1000 for state in self.states())

    def requests(self) -> list[Mapping[str, Any]]:
        """The exchange's own log of requests: the judge."""
        return list(self.exchange.control("/sim/requests")["requests"])

    def refusals(self) -> int:
        """Requests that the exchange refused for their number."""
        return sum(int(row["status"].get(status, 0)) for row in self.requests() for status in REFUSED)

    def weights(self, since: datetime) -> Counter[str]:
        """Spot weight by the exchange's minute, from the first full minute after an instant."""
        found: Counter[str] = Counter()
        for row in self.requests():
            if row["path"].startswith("/api/") and datetime.fromisoformat(row["minute"]) > since:
                found[row["minute"]] += int(row["weight"])
        return found


@contextlib.contextmanager
def installed(folder: Path, *arguments: str) -> Iterator[Installation]:
    """A simulator in a folder, and a place for the program."""
    with SimulatorProcess(folder / "exchange", arguments) as exchange:
        yield Installation(exchange, folder / "data")
