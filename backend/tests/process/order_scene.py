"""The scene of orders: a simulator with accounts that all hold the same, the web server, and the collector beside it.

The collector is a process of its own, so that it alone is killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.leaks import SECRET
from backend.tests.process.harness import NeverHappened, Product, wait_for
from backend.tests.process.order_judge import Journal, JournalReader
from backend.tests.simulator.harness import SimulatorProcess

SPEED: Final = 60
# Nothing of the exchange moves by itself: what is bought and sold is the same whenever it happens.
DOLLARS: Final[Mapping[str, str]] = {
    "BTC": "50000", "ETH": "2500", "BNB": "500", "SOL": "100", "XRP": "0.5", "ADA": "0.4", "DOGE": "0.1", "LTC": "80",
}  # fmt: skip
BALANCES: Final[Mapping[str, str]] = {"USDT": "500", "BTC": "0.4", "SOL": "100", "ADA": "20000"}
# Far from each other and from what is held first, so that every run has its orders.
TARGETS: Final[Sequence[Mapping[str, float]]] = (
    {"BTC": 15.0, "ETH": 30.0, "SOL": 5.0, "ADA": 5.0, "XRP": 20.0, "DOGE": 15.0, "LTC": 10.0},
    {"BTC": 25.0, "ETH": 5.0, "SOL": 30.0, "ADA": 20.0, "XRP": 5.0, "DOGE": 5.0, "LTC": 5.0, "BNB": 5.0},
)
# What an order and the questions about it meet. Answers that silence the host for minutes (418, 403, -1008) have runs
# of their own (`make soak ARGS=ban`); those that stop all calls for a second are in the long runs only.
LOST: Final = (
    "timeout_before", "timeout_after", "reset_before", "reset_after", "http_500", "http_502_html", "http_503_unknown",
    "unknown_1001", "unknown_1006", "unknown_1007", "truncated", "garbage", "empty",
    "wrong_type", "missing_field", "nan", "error_200",
)  # fmt: skip
STOPPING: Final = ("http_429", "clock_skew")
P: Final = 0.2
ORDER_PATHS: Final = r" /api/v3/(order|openOrders|myTrades|account)$"
# An order is on its way for so long: a kill can meet it there.
LATENCY_MS: Final = 40
PLANS_AT_ONCE: Final = 4
LOOK_EVERY_S: Final = 0.002
PATIENCE_S: Final = 240.0
RUN_OVER: Final = ("complete", "stopped", "failed", "needs_review")


@dataclass
class OrderScene:
    """A simulator with accounts that all hold the same, the web server, and the collector that is killed."""

    exchange: SimulatorProcess
    folder: Path
    web: Product
    collector: Product
    names: list[str]
    speed: int
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = JournalReader(self.database)

    @property
    def database(self) -> Path:
        return self.folder / "portfolio.db"

    def journal(self) -> Journal:
        return self._reader.read()

    def set_up(self) -> None:
        """Leave to trade, for all accounts."""
        found = self.web.get("/api/accounts")["items"]
        self.ids = {row["name"]: row["id"] for row in found}
        limits = {"max_slippage_percent": 5.0}
        answer = self.web.request("PUT", "/api/rebalancing/settings", json={"dry_run": False, "limits": limits})
        assert answer.ok, answer.text
        for name, number in self.ids.items():
            self.web.post(f"/api/accounts/{number}/arm", {"minutes": 600, "confirmation": name})

    def plan(self, name: str, **more: Any) -> Any:
        """A plan of an account that may be executed; asked for again while balances are not there yet."""

        def probe() -> Any:
            answer = self.web.request("POST", "/api/rebalancing/plan", json={"account": self.ids[name], **more})
            return answer.json() if answer.ok and answer.json()["executable"] else None

        return wait_for(probe, f"a plan for {name}", PATIENCE_S, 0.2)

    def begun(self, name: str, targets: Mapping[str, float]) -> int:
        """The run of a plan of an account; planned anew where a busy machine let the collector be too slow."""

        def probe() -> int | None:
            plan = self.plan(name, allocations=targets)
            body = {"plan_id": plan["plan_id"], "hash": plan["hash"], "dry_run": False, "confirmation": name}
            answer = self.web.request("POST", "/api/rebalancing/execute", json=body)
            if answer.status_code == 202:
                return int(answer.json()["run_id"])
            assert answer.status_code == 503, f"{answer.status_code} {answer.text}"
            made = [row["id"] for row in self.journal().runs if row["plan_id"] == plan["plan_id"]]
            return int(made[0]) if made else None

        return wait_for(probe, f"a run of {name}", PATIENCE_S, 1.0)

    def begin(
        self, names: Sequence[str], seed: int, targets: Mapping[str, float], kinds: Sequence[str] = LOST
    ) -> list[int]:
        """Begin a run of each account in peace; what disturbs orders begins before the first of them has ended."""
        self.exchange.control("/sim/clock", {"speed": 1})
        self.exchange.control("/sim/faults", {"kinds": [], "match": ORDER_PATHS, "latency_ms": LATENCY_MS})
        with ThreadPoolExecutor(PLANS_AT_ONCE) as asked:
            runs = list(asked.map(lambda name: self.begun(name, targets), names))
        self.faults(seed, kinds)
        self.exchange.control("/sim/clock", {"speed": self.speed})
        return runs

    def faults(self, seed: int, kinds: Sequence[str] = LOST, **more: Any) -> None:
        body = {"p": P, "seed": seed, "kinds": list(kinds), "match": ORDER_PATHS, "latency_ms": LATENCY_MS}
        self.exchange.control("/sim/faults", body | more)

    def no_faults(self) -> None:
        assert self.exchange.session.delete(f"{self.exchange.url}/sim/faults", timeout=10).ok

    def epoch(self) -> int:
        return self._reader.epoch()

    def over(self, runs: Sequence[int]) -> bool:
        states = self.journal().state_of_runs()
        return all(states.get(run) in RUN_OVER for run in runs)

    def finish(self, runs: Sequence[int]) -> None:
        """Wait until the runs have ended."""
        try:
            wait_for(lambda: self.over(runs), "the runs end", PATIENCE_S)
        except NeverHappened as problem:
            states = {run: self.journal().of_run(run) for run in runs}
            rest = {run: [leg["state"] for leg in journal.legs] for run, journal in states.items()}
            raise NeverHappened(f"{problem}: {rest}\n{self.collector.log_tail()}") from None

    def close(self) -> None:
        self._reader.close()

    def orders(self, name: str) -> list[Any]:
        return list(self.exchange.control(f"/sim/orders?api_key={name}"))

    def ledger(self, name: str) -> list[Any]:
        return list(self.exchange.control(f"/sim/ledger?api_key={name}"))


@contextmanager
def order_scene(
    folder: Path, accounts: int, speed: int = SPEED, *, forked: bool = True, **settings: str
) -> Iterator[OrderScene]:
    """Start everything and wait until all accounts were read.

    Args:
        forked: the collector is a fork of a process that has imported it; else begun anew from the command line.
    """
    names = [f"account{number:03}" for number in range(accounts)]
    arguments = ["--start-time", "2026-06-01T12:00:30Z", "--speed", "1"]
    with SimulatorProcess(folder / "exchange", arguments) as exchange:
        pin_prices(exchange)
        for name in names:
            exchange.open_account(name, SECRET, balances={"spot": dict(BALANCES)}, created_at="2026-05-31T00:00:00Z")
        data = folder / "data"
        data.mkdir(parents=True)
        lay_accounts(data / "accounts.toml", names)
        chosen = {
            "BINANCE_SIMULATOR_URL": exchange.url,
            "BALANCE_UPDATE_INTERVAL": "20",
            "SNAPSHOT_INTERVAL": "86400",
            "EXCHANGE_TIMEOUT": "1",
            "LOG_LEVEL": "INFO",
        }
        web = Product(data, chosen | settings, ("web",))
        collector = Product(data, chosen | settings, ("collector",), forked=forked)
        collector.log = data / "collector.log"
        with web, ExitStack() as ended:
            collector.launch()
            try:
                scene = OrderScene(exchange, data, web, collector, names, speed)
                ended.callback(scene.close)
                wait_for(lambda: len(web.get("/api/accounts")["items"]) == accounts, "all accounts are known", 60)
                scene.set_up()
                yield scene
            finally:
                if collector.running:
                    collector.kill()


def lay_accounts(file: Path, names: Sequence[str]) -> None:
    """Write the accounts file: each one's key is its name."""
    file.touch(0o600)
    entries = [f'[[account]]\nname = "{name}"\napi_key = "{name}"\napi_secret = "{SECRET}"\n' for name in names]
    file.write_text("\n".join(entries), "utf-8")


def pin_prices(exchange: SimulatorProcess) -> None:
    """Every pair of the listing gets a price that agrees with those of its coins in dollars."""
    listing = exchange.get("/api/v3/exchangeInfo").json()["symbols"]
    told = {row["symbol"]: Decimal(row["price"]) for row in exchange.get("/api/v3/ticker/price").json()}
    worth = {"USDT": Decimal(1)} | {
        row["baseAsset"]: told[row["symbol"]] for row in listing if row["quoteAsset"] == "USDT"
    }
    worth |= {row["quoteAsset"]: 1 / told[row["symbol"]] for row in listing if row["baseAsset"] == "USDT"}
    worth |= {coin: Decimal(price) for coin, price in DOLLARS.items()}
    pinned = {}
    for row in listing:
        base, quote = worth.get(row["baseAsset"]), worth.get(row["quoteAsset"])
        if base is not None and quote is not None:
            pinned[row["symbol"]] = f"{(base / quote).quantize(Decimal('1e-8')):f}"
    exchange.control("/sim/prices", pinned)
