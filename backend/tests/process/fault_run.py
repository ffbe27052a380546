"""An exchange that answers every fifth call wrongly, late or not at all, and a check of everything shown meanwhile.

The judge is a second program that reads the same account without faults afterwards, and the exchange's ledger.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.leaks import SECRET
from backend.tests.process.harness import Product, wait_for
from backend.tests.process.reference import Movement, milliseconds, movements, quantities
from backend.tests.simulator.harness import SimulatorProcess

P: Final = 0.2
KEY: Final = "key"
# Each of these is over at once or after EXCHANGE_TIMEOUT; those that last have a test of their own.
QUICK: Final = (
    "http_500", "http_502_html", "http_503_unknown", "timeout_before", "timeout_after", "reset_before", "reset_after",
    "truncated", "garbage", "empty", "wrong_type", "missing_field", "nan", "error_200",
)  # fmt: skip
TIMEOUT: Final = "0.3"
# Deposits a wave: each is a row of its own, and its prices are asked for one by one.
DEPOSITS: Final = 8
# So many refreshes are shown between two waves, however slow the machine: enough to compare.
REFRESHES_A_WAVE: Final = 3
# Wallets by their names at the control of the exchange and in the product; and moves between them, one a wave.
WALLETS: Final = {
    "spot": "spot", "funding": "funding", "earn_flexible": "earn_flexible", "usdm": "futures_usdm",
}  # fmt: skip
MOVES: Final = (
    ("spot", "funding", "7"), ("spot", "earn_flexible", "5"), ("funding", "usdm", "3"),
    ("earn_flexible", "spot", "2"), ("usdm", "spot", "1"),
)  # fmt: skip
SOON_S: Final = 60.0
# Looks leave the machine some room: several runs may share it.
LOOK_EVERY_S: Final = 0.1
STALE_AFTER_MS: Final = 4_000
READS: Final = (
    "/api/portfolio/overview",
    "/api/portfolio/balances",
    "/api/performance/twr/0",
    "/api/performance/pnl/0",
    "/api/performance/snapshots",
    "/api/performance/cashflows",
)
OVERVIEW, BALANCES, TWR, PNL, SNAPSHOTS, CASH_FLOWS = READS
MINUTE: Final = 60_000


@contextmanager
def exchange_with_a_past(folder: Path, seed: int = 8) -> Iterator[SimulatorProcess]:
    """A simulator with one account that has a few days behind it."""
    with SimulatorProcess(folder, ["--start-time", "2026-06-01T12:00:30Z"]) as process:
        process.open_account(KEY, SECRET, balances={}, created_at="2026-05-20T00:00:00Z")
        process.control("/sim/history", {"api_key": KEY, "days": 4, "seed": seed, "trades": 30, "flows": 6})
        process.control("/sim/deposit", {"api_key": KEY, "asset": "USDT", "amount": "5000"})
        yield process


def product(folder: Path, exchange: SimulatorProcess) -> Product:
    return Product.on_simulator(folder, exchange.url, KEY, SECRET, EXCHANGE_TIMEOUT=TIMEOUT)


def start_faults(exchange: SimulatorProcess, kinds: tuple[str, ...], **more: Any) -> None:
    exchange.control("/sim/faults", {"p": P, "seed": 11, "kinds": list(kinds), **more})


def stop_faults(exchange: SimulatorProcess) -> None:
    assert exchange.session.delete(f"{exchange.url}/sim/faults", timeout=10).ok


def asked(exchange: SimulatorProcess) -> int:
    """How many requests the exchange has seen; control calls do not count."""
    return sum(row["count"] for row in exchange.control("/sim/requests")["requests"])


def settled(product: Product, within_s: float = SOON_S) -> Any:
    """Wait until everything is read, computed, exact and fresh; returns the overview."""

    def probe() -> Any:
        overview = product.get(OVERVIEW)
        known = overview["realized_pnl_usd"] is not None and overview["pnl_status"] == "exact"
        done = known and overview["freshness"] == "fresh" and not overview["attention"]
        assert done or time.monotonic() < deadline, overview
        return overview if done else None

    deadline = time.monotonic() + within_s
    return wait_for(probe, "everything is exact and fresh", 2 * within_s)


@dataclass
class Witness:
    """Reads the product all the time and keeps what it said, with the moment of each answer."""

    product: Product
    seen: dict[str, list[tuple[int, Any]]] = field(default_factory=lambda: {path: [] for path in READS})

    def look(self) -> None:
        for path in READS:
            answer = self.product.request("GET", path)
            assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
            body = answer.json()
            if not self.seen[path] or self.seen[path][-1][1] != body:
                self.seen[path].append((time.time_ns() // 1_000_000, body))

    def refreshes(self) -> int:
        """How many valuations were seen."""
        return len({body["as_of"] for _, body in self.seen[BALANCES]})


def wave_of_movements(exchange: SimulatorProcess, wave: int) -> None:
    """Deposits of several coins, and money moved from one wallet to another."""
    for number in range(DEPOSITS):
        asset = ("USDT", "BTC", "ETH", "SOL")[(wave + number) % 4]
        exchange.control("/sim/deposit", {"api_key": KEY, "asset": asset, "amount": f"0.0{number + 1}"})
    source, target, amount = MOVES[wave % len(MOVES)]
    move = {"api_key": KEY, "from": source, "to": target, "asset": "USDT", "amount": amount}
    exchange.control("/sim/transfer", move)


class Judge:
    """What is true: minute prices and the ledger as the exchange tells them without faults, and a second program."""

    def __init__(self, exchange: SimulatorProcess, twin: Product) -> None:
        self._exchange = exchange
        self._prices: dict[tuple[str, int], Decimal] = {}
        ledger = exchange.control(f"/sim/ledger?api_key={KEY}")
        self.in_wallet: dict[str, list[Movement]] = {
            shown: movements({**row, "wallet": "spot"} for row in ledger if row["wallet"] == wallet)
            for wallet, shown in WALLETS.items()
        }
        self.moves = [move for moves in self.in_wallet.values() for move in moves]
        self._instants = {
            name: sorted(move.at for move in moves) for name, moves in (*self.in_wallet.items(), (None, self.moves))
        }
        self._held: dict[tuple[str | None, int], dict[str, Decimal]] = {}
        self.rows = {row["timestamp"]: row for row in twin.all_items(SNAPSHOTS)}
        self.flows = {flow_key(row): row for row in twin.all_items(CASH_FLOWS)}

    def price(self, asset: str, at: int) -> Decimal:
        """Close of the last minute candle that has ended."""
        if asset == "USDT":
            return Decimal(1)
        minute = at // MINUTE
        if (asset, minute) not in self._prices:
            end = minute * MINUTE - 1
            page = self._exchange.get("/api/v3/klines", symbol=f"{asset}USDT", interval="1m", endTime=end, limit=1)
            self._prices[asset, minute] = Decimal(page.json()[-1][4])
        return self._prices[asset, minute]

    def held(self, at: int, wallet: str | None = None) -> dict[str, Decimal]:
        """Quantities after what happened at an instant, in one wallet or in all of them together."""
        if (wallet, at) not in self._held:
            self._held[wallet, at] = quantities(self.moves if wallet is None else self.in_wallet[wallet], at + 1)
        return self._held[wallet, at]

    def value(self, at: int) -> Decimal:
        held = self.held(at)
        return sum((quantity * self.price(asset, at) for asset, quantity in held.items()), Decimal(0))

    def net_deposits(self, at: int) -> Decimal:
        known = [row for row in self.flows.values() if milliseconds(row["timestamp"]) <= at]
        return sum((Decimal(row["amount_usd"]) for row in known), Decimal(0))

    def near_a_movement(self, at: int, wallet: str | None = None) -> bool:
        """Whether the balances may have been read just before a movement and the prices, at `at`, just after it."""
        instants = self._instants[wallet]
        return bisect_left(instants, at - 1_999) < bisect_left(instants, at + 1)


def flow_key(row: Any) -> tuple[str, str, str]:
    return row["timestamp"], row["asset"], row["quantity"]


@dataclass(frozen=True)
class Outcome:
    """What a run went through: requests seen by the exchange, answers compared as exact, deposits made."""

    requests: int
    exact: int
    deposits: int


def run_with_faults(folder: Path, requests: int, seed: int, give_up_s: float) -> Outcome:
    """Let the product work through `requests` requests with faults, and check all it showed.

    Raises:
        AssertionError: an answer of ours failed, a wrong figure was shown as exact, or an old one as fresh.
    """
    with exchange_with_a_past(folder / "exchange", seed) as exchange, product(folder / "tried", exchange) as tried:
        start_faults(exchange, QUICK, seed=seed)
        witness = Witness(tried)
        shown, wave = 0, 0
        deadline = time.monotonic() + give_up_s
        pause = threading.Event()
        while asked(exchange) < requests:
            pause.wait(LOOK_EVERY_S)
            assert time.monotonic() < deadline, f"{asked(exchange)} requests\n{tried.log_tail()}"
            witness.look()
            if witness.refreshes() >= shown + REFRESHES_A_WAVE or not wave:
                wave_of_movements(exchange, wave)
                wave, shown = wave + 1, witness.refreshes()
        witness.look()
        stop_faults(exchange)
        seen = asked(exchange)
        found = settled(tried)
        witness.look()
        assert found["sync"]["status"] == "healthy"
        assert "Traceback" not in tried.log.read_text("utf-8")
        with product(folder / "twin", exchange) as twin:
            settled(twin, SOON_S + len(witness.seen[BALANCES]) / 4)  # it reads in one go what happened one by one
            judge = Judge(exchange, twin)
        exact = compare(witness, judge)
        rows = {row["timestamp"]: row for row in tried.all_items(SNAPSHOTS)}
        assert {at: figures(rows[at]) for at in rows if at in judge.rows} == {
            at: figures(row) for at, row in judge.rows.items() if at in rows
        }
        assert set(judge.flows) == {flow_key(row) for row in tried.all_items(CASH_FLOWS)}
    assert len(judge.flows) > wave * DEPOSITS
    assert len(set(rows) & set(judge.rows)) >= len(judge.rows) - 1
    return Outcome(seen, exact, wave * DEPOSITS)


def figures(row: Any) -> Any:
    """What a row says of its instant: not which row it is, nor whether anybody was watching then."""
    return {name: value for name, value in row.items() if name not in ("id", "account", "replayed")}


def compare(witness: Witness, judge: Judge) -> int:
    """Every answer that calls itself exact is true at its instant, and none calls old data fresh; returns how many."""
    exact = 0
    for at_machine, body in witness.seen[OVERVIEW]:
        if body["as_of"] is None:
            assert body["total_value_usd"] is None
            continue
        at = milliseconds(body["as_of"])
        if not body["stale"]:
            assert at_machine - milliseconds(body["refreshed_at"]) <= STALE_AFTER_MS + 2_000
        if body["status"] == "exact" and not judge.near_a_movement(at):
            exact += 1
            assert Decimal(body["total_value_usd"]) == judge.value(at), body["as_of"]
        if body["pnl_status"] == "exact" and not judge.near_a_movement(at):
            assert Decimal(body["net_deposits_usd"]) == judge.net_deposits(at)
            assert Decimal(body["total_pnl_usd"]) == judge.value(at) - judge.net_deposits(at)
    for _, body in witness.seen[BALANCES]:
        for row in body["balances"]:
            at = milliseconds(row["timestamp"])
            if row["status"] == "exact" and not judge.near_a_movement(at, row["wallet"]):
                assert Decimal(row["price_usd"]) == judge.price(row["asset"], at)
                held = judge.held(at, row["wallet"]).get(row["asset"], Decimal(0))
                assert Decimal(row["total"]) == held, f"{row} of a balance of {body['as_of']}"
    for path, name, column in ((TWR, "twr_percent", "twr"), (PNL, "pnl_usd", "pnl")):
        for _, body in witness.seen[path]:
            row = judge.rows.get(body["end"]) if body["status"] == "exact" else None
            if row is not None:
                exact += 1
                assert str(body[name]) == str(row[column]), (path, body["end"])
    for _, body in witness.seen[SNAPSHOTS]:
        for row in body["items"]:
            if row["status"] == "exact" and row["timestamp"] in judge.rows:
                assert figures(row)["total_value_usd"] == judge.rows[row["timestamp"]]["total_value_usd"]
    for _, body in witness.seen[CASH_FLOWS]:
        for row in body["items"]:
            if row["status"] == "exact":
                assert row["amount_usd"] == judge.flows[flow_key(row)]["amount_usd"]
    assert exact > 20, "too little was shown to have proved anything"
    return exact
