"""Settings to exchange: live, testnet, simulator or demo. The only place that asks which of them it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.core.errors import ExchangeUnavailableError
from backend.core.live_ports import LiveListener
from backend.core.ports import RequestBudgets
from backend.exchange.binance.client import PRODUCTION, TESTNET, ApiClient, Endpoints, reference_of
from backend.exchange.binance.limits import WeightBudget, host_of
from backend.exchange.binance.spot import BinanceSpot
from backend.exchange.binance.streams.live import PRODUCTION_STREAMS, TESTNET_STREAMS, BinanceLive, StreamHosts
from backend.exchange.demo import DemoExchange


@dataclass(frozen=True, slots=True)
class ExchangeSettings:
    """What the factory needs to know of the settings."""

    environment: str
    api_key: str
    api_secret: str
    simulator_url: str
    timeout_s: float
    data_dir: Path
    scenario: str
    simulator_stream_url: str = ""


class ExchangeAccess:
    """Opens the account of the settings, and in demo mode runs the exchange it lives on."""

    def __init__(self, settings: ExchangeSettings, budgets: RequestBudgets) -> None:
        self._settings = settings
        self._rows = budgets
        self._budgets: dict[str, WeightBudget] = {}
        self._stopping = threading.Event()
        self._feed: BinanceLive | None = None
        self._demo = (
            DemoExchange(settings.data_dir / "simulator", settings.scenario) if settings.environment == "demo" else None
        )

    @property
    def demo(self) -> DemoExchange | None:
        """The demo's controls; None with a real account."""
        return self._demo

    def start(self) -> None:
        """Start what must run beside us: in demo mode the exchange."""
        if self._demo is not None:
            self._demo.start()

    def stop(self) -> None:
        """Cut waiting calls short and end the demo's exchange."""
        self._stopping.set()
        if self._feed is not None:
            self._feed.stop()
        if self._demo is not None:
            self._demo.stop()

    def identity(self) -> tuple[str, str, str]:
        """(environment, name of the account, digest that tells its keys apart)."""
        key, _ = self._keys()
        name = {"demo": "demo", "simulator": "simulator", "testnet": "testnet", "live": "main"}
        environment = self._settings.environment
        return environment, name[environment], reference_of(key)

    def address(self) -> str:
        """Where the exchange answers now.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        return self._endpoints().api

    def connect(self) -> BinanceSpot:
        """A client for the account.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        key, secret = self._keys()
        endpoints = self._endpoints()
        host = host_of(endpoints.api)
        budget = self._budgets.setdefault(host, WeightBudget(host, self._rows))
        client = ApiClient(
            endpoints,
            key,
            secret,
            self._settings.timeout_s,
            budget,
            through_proxy=self._settings.environment in ("live", "testnet"),
            stopping=self._stopping,
        )
        return BinanceSpot(client, budget)

    @property
    def has_streams(self) -> bool:
        """Whether it is known where streams are: of a simulator only when the settings say so."""
        return self._settings.environment != "simulator" or bool(self._settings.simulator_stream_url)

    def open_feed(self, listener: LiveListener, changed: Callable[[], None], now_ms: Callable[[], int]) -> BinanceLive:
        """The streams of the environment; `now_ms` is this machine's clock. They end with `stop` at the latest."""
        self._feed = BinanceLive(
            self._stream_hosts,
            listener,
            changed,
            now_ms,
            through_proxy=self._settings.environment in ("live", "testnet"),
        )
        return self._feed

    def _stream_hosts(self) -> StreamHosts:
        match self._settings.environment:
            case "live":
                return PRODUCTION_STREAMS
            case "testnet":
                return TESTNET_STREAMS
            case "simulator":
                return StreamHosts.simulated(self._settings.simulator_stream_url)
            case _:
                if self._demo is None:
                    raise ExchangeUnavailableError("The demo exchange is not running")
                return StreamHosts.simulated(self._demo.streams())

    def _keys(self) -> tuple[str, str]:
        if self._demo is None:
            return self._settings.api_key, self._settings.api_secret
        return self._demo.keys()

    def _endpoints(self) -> Endpoints:
        match self._settings.environment:
            case "live":
                return PRODUCTION
            case "testnet":
                return TESTNET
            case "simulator":
                base = self._settings.simulator_url
            case _:
                if self._demo is None:
                    raise ExchangeUnavailableError("The demo exchange is not running")
                base = self._demo.url()
        return Endpoints(f"{base}/api", f"{base}/sapi", f"{base}/fapi", f"{base}/dapi")
