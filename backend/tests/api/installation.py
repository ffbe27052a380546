"""The product without its web server: a database in a folder, a collector that works, the application in front."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from apiflask import APIFlask
from argon2 import PasswordHasher

from backend.api.deps import ApiServices
from backend.app import create_app
from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.model.rank_keys import RankUsage
from backend.core.rebalancing.errors import RanksUnavailableError
from backend.core.rebalancing.ranks import RankedCoin
from backend.core.told_accounts import told_accounts
from backend.services.collector import Collector
from backend.services.password_hashes import Argon2Passwords
from backend.tests.api.contract import Api, Contract
from backend.tests.database_places import NAME, settings_of
from backend.tests.empty_database import lay_database
from backend.tests.leaks import SECRET
from backend.tests.simulator.harness import SimulatorProcess

KEY: Final = "key"
NOON: Final = "2026-06-01T12:00:30Z"
# One refresh at the start and then none by itself: what changes, changes because a test asks for it.
NO_HURRY: Final = {"BALANCE_UPDATE_INTERVAL": "86400"}
READY_WITHIN_S: Final = 90.0
UNSETTLED: Final = {"history_importing", "recomputing"}


def simulator_settings(url: str, data: Path) -> dict[str, str]:
    """The settings of an installation on the simulator's account `key`; on a server its database need not be there."""
    return {
        "DATA_DIR": str(data),
        **settings_of(data),
        "BINANCE_SIMULATOR_URL": url,
        "BINANCE_API_KEY": KEY,
        "BINANCE_API_SECRET": SECRET,
        **NO_HURRY,
    }


@dataclass
class Ranker:
    """In CoinMarketCap's place, which no test asks: ranks nothing, and keeps the keys whose use was asked for."""

    name = "coinmarketcap"
    key: str = ""
    asked: list[str] = field(default_factory=list)

    def with_key(self, key: str, timeout_s: float) -> Ranker:
        return replace(self, key=key)

    def coins(self) -> Sequence[RankedCoin]:
        raise RanksUnavailableError("Nobody ranks coins in tests")

    def usage(self) -> RankUsage:
        self.asked.append(self.key)
        return RankUsage(41, 10_000)


class Installation:
    """A context manager; `collecting=False` leaves the collector out, as when it is not running.

    Passwords are hashed as fast as can be.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path, collecting: bool = True) -> None:
        data = lay_database(Path(settings["DATA_DIR"]) / NAME).parent
        loaded = load_settings(settings_of(data) | dict(settings), folder / "absent.env")
        self.ranker = Ranker()
        hashes = Argon2Passwords(PasswordHasher(1, 8, 1))
        self.container = Container(loaded, password_hashes=hashes, rank_client=self.ranker.with_key)
        self.container.migrate()
        self.api = with_dashboard(self.container.app(), page_of(folder))
        self._collector: Collector | None = self.container.collector() if collecting else None

    def __enter__(self) -> Self:
        self.container.feed.start()
        if self._collector is not None:
            self._collector.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._collector is not None:
            self._collector.stop_runs()
        self.container.exchange.stop()
        if self._collector is not None:
            self._collector.stop()
        self.container.feed.stop()
        self.container.observing.stop()
        self.container.engine.dispose()

    def settled(self) -> Any:
        """Wait until history and costs are read, the returns computed and closed; returns the overview."""
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            overview = self.api.read("/api/portfolio/overview")
            waiting = {item["kind"] for item in overview["attention"]} & UNSETTLED
            if not waiting and overview["realized_pnl_usd"] is not None and self._closed() and self._followed():
                return overview
            self._wait_for_events(deadline)

    def _closed(self) -> bool:
        # While the books are made nobody counts their trades.
        booked = self.api.read("/api/portfolio/trade-history", limit=1)["total"] is not None
        return booked and self.api.read("/api/performance/attribution")["reason"] not in UNSETTLED

    def _followed(self) -> bool:
        """Whether the shadows are made, and all accounts that have rows are in those of all together."""
        if self.api.read("/api/performance/benchmark", days=0)["hold_only"]["reason"] in UNSETTLED:
            return False
        environment = self.container.settings.environment
        with self.container.store.read() as unit:
            told = {one.id for one in told_accounts(unit, environment, None) if unit.snapshots.last(one.id) is not None}
            whole = unit.wholes.of(environment)
            return len(told) < 2 or (whole is not None and unit.wholes.members(whole) == told)

    def refresh(self) -> None:
        """Let the collector read the exchange, and wait until its balances are there."""
        deadline = time.monotonic() + READY_WITHIN_S
        position = self.container.feed.catch_up()
        assert self.api.post("/api/portfolio/refresh").status_code == 202
        topics: set[str] = set()
        while "balances" not in topics:
            topics |= {topic for _, topic, _ in self.container.feed.after(position, 0.5) or ()}
            assert time.monotonic() < deadline

    def _wait_for_events(self, deadline: float) -> None:
        assert time.monotonic() < deadline
        feed = self.container.feed
        feed.after(feed.revision, 0.5)


def page_of(folder: Path) -> Path:
    """A dashboard of one page and one script: these tests need none that is built."""
    pages = folder / "dist"
    (pages / "assets").mkdir(parents=True, exist_ok=True)
    (pages / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (pages / "assets" / "main-1a2b.js").write_text("start()", encoding="utf-8")
    for language in ("en", "fr"):
        links = f"</assets/main-1a2b.js>; rel=modulepreload, </assets/{language}-1a2b.js>; rel=modulepreload"
        (pages / f"overview.{language}.links").write_text(links, encoding="ascii")
    return pages


def with_dashboard(app: APIFlask, pages: Path) -> Api:
    """The same services behind another dashboard."""
    services: ApiServices = app.extensions["portfolio"]
    return Api(create_app(replace(services, dashboard=pages)), Contract.committed())


def open_history(simulator: SimulatorProcess, days: int = 45, flows: int = 12) -> None:
    """An account with a past: deposits, withdrawals and trades, the same at every run."""
    simulator.open_account(KEY, SECRET, balances={}, created_at="2026-01-01T00:00:00Z")
    simulator.control("/sim/history", {"api_key": KEY, "days": days, "seed": 5, "trades": 24, "flows": flows})
