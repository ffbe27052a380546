"""Stand-ins for the exchange where a test needs answers that no exchange gives on demand."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.accounts import KeyPermissions, WeightUse
from backend.core.model.futures import FuturesPosition, FuturesTrade
from backend.core.model.history import MovementSource
from backend.core.model.holdings import Balance, LedgerEvent
from backend.core.model.instants import MINUTE_MS
from backend.core.model.market import BestOffers, Candle, CandleAsk, Symbol, Ticker
from backend.core.model.orders import Commission, Rates, TradingRights
from backend.core.model.request_budget import PoolUse, Silence
from backend.core.model.trading_rules import SymbolRules
from backend.core.model.wallet_moves import WalletMove
from backend.core.model.wallets import CoinInfo, Wallet, WalletBalance, WalletsReading
from backend.exchange.binance.candle_reader import INTERVALS_MS

PAGE = 1000
# What an import asks for; a cut counts these and leaves the looks at the clock alone.
HISTORY = frozenset(
    {
        "deposits",
        "withdrawals",
        "trades",
        "margin_trades",
        "candle_answers",
        "touched_assets",
        "movements",
        "futures_trades",
    }
)


class FakeExchange:
    """Implements `core.ports.Exchange` over minute candles and events given beforehand; it never fails."""

    has_wallet_history = True
    latency_ms = 1
    clock_offset_ms = 0

    def __init__(
        self,
        now_ms: int,
        symbols: Sequence[Symbol],
        closes: Mapping[str, Mapping[int, str]],
        events: Iterable[LedgerEvent] = (),
        balances: Sequence[Balance] = (),
    ) -> None:
        """`closes[symbol][open instant of a minute]` is that minute's close; what is missing is a gap."""
        self.now_ms = now_ms
        self.listed = list(symbols)
        self.minutes = {
            name: sorted((at, Decimal(close)) for at, close in rows.items()) for name, rows in closes.items()
        }
        self.events = list(events)
        self.held = list(balances)
        self.calls: list[str] = []

    def server_time_ms(self) -> int:
        return self.now_ms

    def symbols(self) -> Sequence[Symbol]:
        return self.listed

    def balances(self) -> Sequence[Balance]:
        return self.held

    def wallets(self, fresh: bool = False) -> WalletsReading:
        """The spot wallet with `held` in it, and no other."""
        spot = tuple(WalletBalance(Wallet.SPOT, one.asset, one.free, one.locked) for one in self.balances())
        return WalletsReading(self.now_ms, spot, read_ms={Wallet.SPOT: self.now_ms})

    def margin_index(self) -> Mapping[str, Decimal]:
        return {}

    def tickers(self, symbols: Iterable[str]) -> Sequence[Ticker]:
        last = {name: self.last_candle(name, self.now_ms) for name in symbols}
        return [Ticker(name, candle.close, None, self.now_ms) for name, candle in last.items() if candle is not None]

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        return [self._answer(ask) for ask in asks]

    def _answer(self, ask: CandleAsk) -> Sequence[Candle]:
        if ask.start_ms is None:
            last = self.last_candle(ask.symbol, ask.end_ms)
            return [] if last is None else [last]
        return self.candles(ask.symbol, ask.interval, ask.start_ms, ask.end_ms)

    def candles(self, symbol: str, interval: str, start_ms: int, end_ms: int) -> Sequence[Candle]:
        self.calls.append(f"candles {symbol} {interval}")
        step = INTERVALS_MS[interval]
        closes = {
            at // step * step: close
            for at, close in self.minutes.get(symbol, ())
            if start_ms <= at // step * step < end_ms and at + MINUTE_MS <= self.now_ms
        }
        return [Candle(at, at + step, close) for at, close in sorted(closes.items())][:PAGE]

    def last_candle(self, symbol: str, ended_by_ms: int) -> Candle | None:
        self.calls.append(f"last_candle {symbol}")
        rows = self.minutes.get(symbol, [])
        place = bisect_right(rows, ended_by_ms - MINUTE_MS, key=lambda row: row[0])
        return None if place == 0 else Candle(rows[place - 1][0], rows[place - 1][0] + MINUTE_MS, rows[place - 1][1])

    def deposits(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return self._between("deposit", start_ms, end_ms)

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return self._between("withdrawal", start_ms, end_ms)

    def trades(self, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        self.calls.append(f"trades {symbol}")
        found = [
            (int(event.external_id.split(":")[1]), event)
            for event in self.events
            if event.source == "trade" and event.symbol == symbol
        ]
        return [event for number, event in sorted(found, key=lambda row: row[0]) if number >= from_id][:PAGE]

    def margin_trades(self, wallet: Wallet, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        return ()

    @property
    def import_pace(self) -> Mapping[str, int]:
        return {"deposit": 100, "withdrawal": 100, "trade": 100}

    def movement_sources(self) -> Sequence[MovementSource]:
        return ()

    def movements(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return self._between(source, start_ms, end_ms)

    def wallet_move_sources(self) -> Sequence[MovementSource]:
        return ()

    def wallet_moves(self, source: str, start_ms: int, end_ms: int) -> Sequence[WalletMove]:
        return ()

    def futures_positions(self, wallet: Wallet) -> Sequence[FuturesPosition]:
        return ()

    def futures_trades(self, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
        return ()

    def permissions(self) -> KeyPermissions:
        return KeyPermissions(True, False, False, True)

    def trading_rules(self) -> Sequence[SymbolRules]:
        """It is no market: nothing can be traded there."""
        return ()

    def best_offers(self) -> Sequence[BestOffers]:
        return ()

    def trading_rights(self) -> TradingRights:
        return TradingRights(False, frozenset(), Rates(Decimal(0), Decimal(0)))

    def commission(self, symbol: str) -> Commission:
        return Commission(symbol, None, None, None, None)

    def coin_list(self) -> Sequence[CoinInfo]:
        return ()

    def touched_assets(self) -> Sequence[str]:
        return ()

    def futures_listen_key(self) -> str:
        return "listen-key"

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        return {"timestamp": now_ms}

    def weight(self) -> WeightUse | None:
        return None

    def set_for_user(self, waiting: bool) -> None:
        """It has no budget."""

    def set_purpose(self, purpose: Literal["live", "import"]) -> None:
        """It has no budget."""

    def _between(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self.calls.append(source)
        return [event for event in self.events if event.source == source and start_ms <= event.at_ms <= end_ms]


class CutExchange:
    """Passes everything on to a real client until `calls` questions about the past were answered, then fails.

    Stands for a program killed between two pages: whatever was not committed by then is lost.
    """

    def __init__(self, inner: Any, calls: int) -> None:
        self._inner = inner
        self.left = calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in HISTORY:
            return found

        def counted(*args: Any) -> Any:
            if self.left == 0:
                raise ExchangeUnavailableError("cut off")
            self.left -= 1
            return found(*args)

        return counted


class ForgetfulExchange:
    """Passes everything on, but leaves some events out of its reports and names no coin touched, as Binance does."""

    def __init__(self, inner: Any, hidden: Iterable[str] = ()) -> None:
        self._inner = inner
        self.hidden = set(hidden)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in ("deposits", "withdrawals", "trades"):
            return lambda *args: [event for event in found(*args) if event.external_id not in self.hidden]
        return found

    def touched_assets(self) -> Sequence[str]:
        return ()


class MemoryBudgets:
    """`core.ports.RequestBudgets` of one process that never ends; several budgets may share it."""

    def __init__(self) -> None:
        self._pools: dict[tuple[str, str], PoolUse] = {}
        self._silences: dict[str, Silence] = {}
        self._lock = threading.Lock()

    def change(self, host: str, pool: str, step: Callable[[PoolUse, Silence], PoolUse]) -> None:
        with self._lock:
            silence = self._silences.get(host, Silence(0, banned=False))
            self._pools[host, pool] = step(self.use(host, pool), silence)

    def use(self, host: str, pool: str) -> PoolUse:
        return self._pools.get((host, pool), PoolUse(-1, 0, 0))

    def silence(self, host: str, until_ms: int, banned: bool) -> None:
        with self._lock:
            if until_ms >= self._silences.get(host, Silence(0, banned=False)).until_ms:
                self._silences[host] = Silence(until_ms, banned)
