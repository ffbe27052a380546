"""Pages of candles, several at a time: thousands of past prices take as long as the budget, not as the road to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from backend.exchange.binance import parse

if TYPE_CHECKING:
    from backend.core.model.market import Candle, CandleAsk
    from backend.exchange.binance.client import ApiClient

INTERVALS_MS: Final = {"1m": 60_000, "5m": 300_000, "15m": 900_000, "30m": 1_800_000, "1h": 3_600_000}
CANDLES_A_PAGE: Final = 1000
WEIGHT: Final = 2
# Seven at a time use the import's share of a minute in about a minute, where an answer takes a fifth of a second.
HELPERS: Final = 6


class CandleHelpers:
    """Clients beside those of the accounts, lent for public questions. One for a host; thread-safe."""

    def __init__(self, make: Callable[[], ApiClient], most: int = HELPERS) -> None:
        self._make = make
        self._left = most
        self._idle: list[ApiClient] = []
        self._lock = threading.Lock()

    def borrow(self, wanted: int) -> list[ApiClient]:
        """As many as are idle now, `wanted` at most; nobody waits for one."""
        with self._lock:
            found = [self._idle.pop() for _ in range(min(wanted, len(self._idle)))]
            new = min(wanted - len(found), self._left)
            self._left -= new
        return [*found, *(self._make() for _ in range(new))]

    def give_back(self, clients: Sequence[ApiClient]) -> None:
        """What was borrowed is idle again."""
        with self._lock:
            self._idle.extend(clients)


class CandleReader:
    """Candles for one account, by its own client and what helpers are idle."""

    def __init__(self, own: ApiClient, helpers: CandleHelpers | None) -> None:
        self._own = own
        self._helpers = helpers

    def read(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        """The answers in the order of the questions.

        Raises:
            ExchangeError: one of them failed; those under way were waited for, no further one was sent.
        """
        if self._helpers is None or len(asks) < 2:
            return [_answer(self._own, ask) for ask in asks]
        borrowed = self._helpers.borrow(len(asks) - 1)
        for client in borrowed:
            client.purpose, client.for_user = self._own.purpose, self._own.for_user
        run = _Run(asks)
        threads = [threading.Thread(target=run.work, args=(client,), name="candles") for client in borrowed]
        try:
            for thread in threads:
                thread.start()
            run.work(self._own)
        finally:
            for thread in threads:
                thread.join()
            self._helpers.give_back(borrowed)
        return run.answers()


class _Run:
    """Questions that several clients work through."""

    def __init__(self, asks: Sequence[CandleAsk]) -> None:
        self._asks = asks
        self._next = 0
        self._found: dict[int, Sequence[Candle]] = {}
        self._failure: Exception | None = None
        self._lock = threading.Lock()

    def work(self, client: ApiClient) -> None:
        """Answer what nobody has begun, until there is none or one has failed."""
        while (place := self._begin()) is not None:
            try:
                found = _answer(client, self._asks[place])
            except Exception as error:  # noqa: BLE001  # raised again where the answers are waited for
                with self._lock:
                    self._failure = self._failure or error
                return
            with self._lock:
                self._found[place] = found

    def answers(self) -> Sequence[Sequence[Candle]]:
        if self._failure is not None:
            raise self._failure
        return [self._found[place] for place in range(len(self._asks))]

    def _begin(self) -> int | None:
        with self._lock:
            if self._failure is not None or self._next == len(self._asks):
                return None
            self._next += 1
            return self._next - 1


def _answer(client: ApiClient, ask: CandleAsk) -> Sequence[Candle]:
    step = INTERVALS_MS[ask.interval]
    if ask.start_ms is None:
        found = client.read(
            "api",
            WEIGHT,
            lambda one: one.get_klines(symbol=ask.symbol, interval=ask.interval, endTime=ask.end_ms - step, limit=1),
            lambda answer: parse.candles(answer, step),
        )
        return [candle for candle in found if candle.end_ms <= ask.end_ms][-1:]
    start = ask.start_ms
    found = client.read(
        "api",
        WEIGHT,
        lambda one: one.get_klines(
            symbol=ask.symbol, interval=ask.interval, startTime=start, endTime=ask.end_ms - 1, limit=CANDLES_A_PAGE
        ),
        lambda answer: parse.candles(answer, step),
    )
    return [candle for candle in found if start <= candle.open_ms < ask.end_ms]
