"""What streams owe: the WebSocket API draws on the request weight of its host, and a ban halts every stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import ExchangeLimitedError
from backend.exchange.binance.stream_parse import api_result, weight_told

if TYPE_CHECKING:
    from backend.exchange.binance.limits import Pool, WeightBudget
    from backend.exchange.binance.streams.link import Link

CONNECT_WEIGHT: Final = 2
PING_WEIGHT: Final = 1


class Toll:
    """One host's.

    Its methods raise `ExchangeLimitedError` while nothing, or nothing more in this minute, may be sent.
    """

    def __init__(self, budget: Callable[[], WeightBudget], pool: Pool = "api") -> None:
        """`budget()` is that of the host's REST calls, which has the same limits; it may raise `ExchangeError`."""
        self._budget = budget
        self._pool: Pool = pool

    def pay(self, weight: int) -> None:
        """Before something is sent whose answer tells nothing of weights.

        Zero, for what has no weight, still asks whether the exchange wants silence.
        """
        budget = self._budget()
        budget.settle_with(budget.take(self._pool, weight, "user"), None)

    def ask(self, link: Link, request: Mapping[str, Any], weight: int) -> object:
        """The result of a call of the WebSocket API, booked before it is sent and settled by what its answer tells.

        Raises:
            ExchangeError: as over HTTP.
            TimeoutError, ConnectionClosed: no answer came.
        """
        budget, answer = self._budget(), None
        booking = budget.take(self._pool, weight, "live")
        try:
            answer = link.ask(request)
        finally:
            budget.settle_with(booking, weight_told(answer))
        try:
            return api_result(answer)
        except ExchangeLimitedError as error:
            budget.silence(error.retry_after_s, error.banned)
            raise

    def refused(self, seconds: float, banned: bool) -> None:
        """The host refused a connection with 429 or 418: nobody may send to it for so long."""
        self._budget().silence(seconds, banned)


@dataclass(frozen=True, slots=True)
class Tolls:
    """Of the hosts of spot, whose market streams are nobody else's, and of USD-M futures."""

    spot: Toll
    futures: Toll
