"""Settings to exchange: live, testnet, simulator or demo. The only place that asks which of them it is."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from backend.core.errors import CredentialsRefusedError, ExchangeUnavailableError
from backend.core.model.keys import KeyLook, KeyPair, reference_of
from backend.exchange.binance.candle_reader import CandleHelpers
from backend.exchange.binance.client import PRODUCTION, TESTNET, ApiClient, Endpoints
from backend.exchange.binance.clock import HostClock
from backend.exchange.binance.limits import WeightBudget, host_of
from backend.exchange.binance.market_book import MarketBook
from backend.exchange.binance.spot import BinanceSpot
from backend.exchange.binance.streams.live import PRODUCTION_STREAMS, TESTNET_STREAMS, BinanceLive, StreamHosts
from backend.exchange.binance.streams.toll import Toll, Tolls
from backend.exchange.binance.trading import BinanceTrading
from backend.exchange.demo import DemoExchange
from backend.exchange.keyless import KeylessExchange

if TYPE_CHECKING:
    from backend.core.ledger.statement_holdings import StatementHoldings
    from backend.core.live_ports import LiveListener
    from backend.core.request_ports import RequestBudgets
    from backend.core.trade_ports import ArmingRule

# Public endpoints are asked without a key, and nothing is ever signed with this.
UNSIGNED: Final = "unsigned"
DEMO_NAME: Final = "demo"
# A program that is told to end is gone within ten seconds, whatever an order waits for.
LONGEST_CALL_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """The keys of one account. `type`: hmac, rsa or ed25519; found out from the secret where empty."""

    name: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    type: str = ""

    @property
    def pair(self) -> KeyPair:
        return KeyPair(self.key, self.secret, self.type)


@dataclass(frozen=True, slots=True)
class AccountId:
    """An account without its keys; `reference` tells them apart without telling them, `entered_ms` when one came."""

    environment: str
    name: str
    reference: str
    entered_ms: int = 0


class StoredKeys(Protocol):
    """Keys that are kept sealed. Name, reference and instant of entry of each; opened one by one."""

    def listed(self) -> Sequence[tuple[str, str, int]]: ...
    def read_key(self, reference: str) -> KeyPair: ...
    def trade_key(self, reference: str) -> KeyPair: ...


class KeysInHand:
    """Keys that are known in the clear, as the demo's; one reads and trades."""

    def __init__(self, keys: Callable[[], Sequence[AccountKeys]]) -> None:
        self._keys = keys

    def listed(self) -> Sequence[tuple[str, str, int]]:
        return [(one.name, reference_of(one.key), 0) for one in self._keys()]

    def read_key(self, reference: str) -> KeyPair:
        """The key of a reference.

        Raises:
            CredentialsRefusedError: there is none.
        """
        found = next((one for one in self._keys() if reference_of(one.key) == reference), None)
        if found is None:
            raise CredentialsRefusedError("This account has no key that can be used")
        return found.pair

    def trade_key(self, reference: str) -> KeyPair:
        return self.read_key(reference)


class ReadKeysAlone:
    """Stored keys for whoever must never send an order."""

    def __init__(self, keys: StoredKeys) -> None:
        self._keys = keys

    def listed(self) -> Sequence[tuple[str, str, int]]:
        return self._keys.listed()

    def read_key(self, reference: str) -> KeyPair:
        return self._keys.read_key(reference)

    def trade_key(self, reference: str) -> KeyPair:
        """None is given.

        Raises:
            CredentialsRefusedError: always.
        """
        raise CredentialsRefusedError("Orders are sent by the collector alone")


class _Market:
    """What all accounts of one address share: its clock, its listing, its prices."""

    def __init__(self, steady_clock: bool, public: Callable[[HostClock], ApiClient]) -> None:
        self.clock = HostClock(steady_clock)
        self.book = MarketBook()
        self.helpers = CandleHelpers(lambda: public(self.clock))


@dataclass(frozen=True, slots=True)
class ExchangeSettings:
    """What the factory needs to know of the settings. `accounts`: keys in hand, where none are stored."""

    environment: str
    accounts: Sequence[AccountKeys]
    simulator_url: str
    timeout_s: float
    data_dir: Path
    scenario: str
    simulator_stream_url: str = ""


class ExchangeAccess:
    """Opens the accounts that there are keys for, and in demo mode runs the exchange it lives on."""

    def __init__(self, settings: ExchangeSettings, budgets: RequestBudgets, stored: StoredKeys | None = None) -> None:
        self._settings = settings
        self._rows = budgets
        self._budgets: dict[str, WeightBudget] = {}
        self._markets: dict[str, _Market] = {}
        self._stopping = threading.Event()
        self._feed: BinanceLive | None = None
        self._demo = (
            DemoExchange(settings.data_dir / "simulator", settings.scenario) if settings.environment == "demo" else None
        )
        self._keys: StoredKeys = KeysInHand(self._in_hand) if stored is None or self._demo is not None else stored

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

    def accounts(self) -> Sequence[AccountId]:
        """The accounts that there are keys for, in their order.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        return [AccountId(self._settings.environment, *one) for one in self._keys.listed()]

    def demo_reference(self) -> str | None:
        """Of the demo's key, whether its exchange runs or not; None with a real account."""
        key = "" if self._demo is None else self._demo.kept_key()
        return reference_of(key) if key else None

    def address(self) -> str:
        """Where the exchange answers now.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        return self._endpoints().api

    def connect(self, reference: str) -> BinanceSpot:
        """A client for one of the accounts.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
            CredentialsRefusedError: its key cannot be opened, or its secret cannot be used to sign.
        """
        return self._client(self._keys.read_key(reference))

    def look_at(self, pair: KeyPair) -> KeyLook:
        """What the exchange says of a key, for a user who waits for it.

        Raises:
            CredentialsRefusedError: it refuses the key, or its secret cannot be used to sign.
            ExchangeError: it cannot be asked now.
        """
        client = self._client(pair)
        client.set_for_user(True)
        return client.look_at_key()

    def trading(self, reference: str) -> BinanceTrading:
        """A client that can send orders for one of the accounts; nothing else builds one.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
            CredentialsRefusedError: the account has no key here that can be used.
        """
        keys = self._keys.trade_key(reference)
        endpoints = self._endpoints()
        client = self._api_client(endpoints, keys, self._market(endpoints).clock, LONGEST_CALL_S)
        return BinanceTrading(client, endpoints.wallet_history)

    @property
    def arming(self) -> ArmingRule:
        """Who may trade in this environment."""
        return "always" if self._settings.environment == "demo" else "by_hand"

    @property
    def own_time(self) -> bool:
        """Whether the exchange keeps a time of its own: a simulator's clock may stand in the past or run fast."""
        return self._settings.environment in ("demo", "simulator")

    @property
    def tells_rights(self) -> bool:
        """Whether the exchange says what a key may do; testnets do not, and a simulator's keys cost nobody anything."""
        return self._settings.environment == "live"

    def without_key(self, held: Callable[[], StatementHoldings | None]) -> KeylessExchange:
        """An account that lives from statements, at the prices of the environment.

        Raises:
            ExchangeUnavailableError: the demo's exchange is not up yet.
        """
        return KeylessExchange(self._client(KeyPair("", UNSIGNED)), held)

    def _client(self, keys: KeyPair) -> BinanceSpot:
        endpoints = self._endpoints()
        market = self._market(endpoints)
        return BinanceSpot(self._api_client(endpoints, keys, market.clock), market.book, market.helpers)

    def _market(self, endpoints: Endpoints) -> _Market:
        market = self._markets.get(endpoints.api)
        if market is None:
            # A simulator's clock may run fast, stand still or be set.
            public = partial(self._api_client, endpoints, KeyPair("", UNSIGNED))
            market = self._markets.setdefault(endpoints.api, _Market(self._real, public))
        return market

    def _api_client(
        self, endpoints: Endpoints, keys: KeyPair, clock: HostClock, longest_s: float = math.inf
    ) -> ApiClient:
        return ApiClient(
            endpoints,
            keys.key,
            keys.secret,
            min(self._settings.timeout_s, longest_s),
            self._budget,
            clock,
            through_proxy=self._real,
            stopping=self._stopping,
            key_type=keys.type,
        )

    @property
    def _real(self) -> bool:
        return self._settings.environment in ("live", "testnet")

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
            tolls=Tolls(
                Toll(lambda: self._budget(host_of(self._endpoints().api))),
                Toll(lambda: self._budget(host_of(self._endpoints().fapi or "")), "fapi"),
            ),
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

    def _budget(self, host: str) -> WeightBudget:
        return self._budgets.setdefault(host, WeightBudget(host, self._rows))

    def _in_hand(self) -> Sequence[AccountKeys]:
        return self._settings.accounts if self._demo is None else [AccountKeys(DEMO_NAME, *self._demo.keys())]

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
