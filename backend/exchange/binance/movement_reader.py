"""Reads histories in windows: every row once, whatever the pages. What a history means is told by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Protocol, TypeVar

from backend.core.model.amounts import ZERO
from backend.core.model.history import OF_PAIR, MovementSource
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.exchange.binance.library import Client
from backend.exchange.binance.limits import RULES, SHARE_OF_A_SECOND, SHARES, Pool

if TYPE_CHECKING:
    from backend.exchange.binance.client import ApiClient

MONTH_MS: Final = 30 * DAY_MS - 1
QUARTER_MS: Final = 90 * DAY_MS - 1
PAGE_ROWS: Final = 100
Params = Mapping[str, Any]
Ask = Callable[[Client, Params], Any]


class Listed(Protocol):
    """What a row becomes."""

    @property
    def external_id(self) -> str: ...


Found = TypeVar("Found", bound=Listed)


@dataclass(frozen=True)
class Answered(Generic[Found]):
    """What one answer tells, how many rows it had, and the instant of its last row where rows come oldest first.

    An event without legs never happened: a row whose status says so.
    """

    events: Sequence[Found]
    rows: int
    last_ms: int | None = None


@dataclass(frozen=True)
class HistoryPath(Generic[Found]):
    """How one history is asked: `walk` by time from the oldest row, `pages` by number, `halves` without either.

    `most`: rows an answer can have, asked for by the parameter `limit`, or by the second of `pages`. `times`, `pages`:
    what the exchange calls the ends of a window, and the number and length of a page.
    """

    source: MovementSource
    pool: Pool
    weight: int
    ask: Ask
    read: Callable[[object], Answered[Found]]
    by: Literal["walk", "pages", "halves"]
    most: int = PAGE_ROWS
    times: tuple[str, str] = ("startTime", "endTime")
    pages: tuple[str, str] = ("current", "size")

    def asking(self, **fixed: str) -> HistoryPath[Found]:
        """The same with further parameters."""
        ask = self.ask
        return replace(self, ask=lambda client, asked: ask(client, {**asked, **fixed}))

    @property
    def told(self) -> MovementSource:
        """The source, with how often an import may ask."""
        return replace(self.source, a_minute=calls_a_minute(self.pool, self.weight))


class HistoryReader(Generic[Found]):
    """Reads one account's histories over their paths."""

    def __init__(self, client: ApiClient, paths: Iterable[HistoryPath[Found]]) -> None:
        self._client = client
        self._paths = {path.source.name: path for path in paths}

    def sources(self) -> Sequence[MovementSource]:
        """What this environment tells."""
        return [path.told for path in self._paths.values()]

    def read(self, source: str, start_ms: int, end_ms: int) -> Sequence[Found]:
        """Every event with start <= instant <= end, each once; of a pair by the name that its source has then.

        Raises:
            ExchangeError: the exchange gave no usable answer; nothing is known of this window then.
        """
        name, _, pair = source.partition(OF_PAIR)
        path = self._paths[name]
        if pair:
            path = path.asking(isolatedSymbol=pair)
        found = list(self._window(path, start_ms, end_ms))
        if path.source.archived:
            edge_ms = self._client.server_time_ms() - (path.source.horizon_ms or 0)
            if start_ms < edge_ms:
                found += self._window(path.asking(archived="true"), start_ms, end_ms)
        return list({event.external_id: event for event in found}.values())

    def _window(self, path: HistoryPath[Found], start_ms: int, end_ms: int) -> Iterable[Found]:
        match path.by:
            case "walk":
                return self._walk(path, start_ms, end_ms)
            case "pages":
                return self._pages(path, start_ms, end_ms)
            case "halves":
                return self._halves(path, start_ms, end_ms)

    def _walk(self, path: HistoryPath[Found], start_ms: int, end_ms: int) -> Iterable[Found]:
        while start_ms <= end_ms:
            answer = self._ask(path, start_ms, end_ms, {"limit": path.most})
            yield from answer.events
            if answer.rows < path.most or answer.last_ms is None:
                return
            # Rows of one millisecond may stand on two pages: the last one is asked for again.
            start_ms = max(answer.last_ms, start_ms + 1)

    def _pages(self, path: HistoryPath[Found], start_ms: int, end_ms: int) -> Iterable[Found]:
        page = 1
        number, length = path.pages
        while True:
            answer = self._ask(path, start_ms, end_ms, {number: page, length: path.most})
            yield from answer.events
            if answer.rows < path.most:
                return
            page += 1

    def _halves(self, path: HistoryPath[Found], start_ms: int, end_ms: int) -> Iterable[Found]:
        answer = self._ask(path, start_ms, end_ms, {"limit": path.most})
        if answer.rows < path.most or start_ms >= end_ms:
            yield from answer.events
            return
        middle = (start_ms + end_ms) // 2
        yield from self._halves(path, start_ms, middle)
        yield from self._halves(path, middle + 1, end_ms)

    def _ask(self, path: HistoryPath[Found], start_ms: int, end_ms: int, more: Params) -> Answered[Found]:
        first, last = path.times
        params = {first: start_ms, last: end_ms, **more}
        return self._client.signed(path.pool, path.weight, lambda client: path.ask(client, params), path.read)


def calls_a_minute(pool: Pool, weight: int) -> int:
    """How many calls of one weight an import may send in a minute."""
    rule = RULES[pool]
    share = SHARES["import"] if rule.window_s > 1 else SHARE_OF_A_SECOND
    return int(rule.limit * share // weight) * (60 // rule.window_s)


# Of histories that the ledger is made of.
Told = Answered[LedgerEvent]
MovementPath = HistoryPath[LedgerEvent]
MovementReader = HistoryReader[LedgerEvent]


def under_sapi(path: str, **fixed: str | int) -> Ask:
    """Asks a path under /sapi/v1: the library's own methods differ from version to version, this does not."""
    return lambda client, asked: client._request_margin_api("get", path, True, data={**asked, **fixed})


def not_happened(source: str, key: str, at_ms: int, settled: bool = True) -> LedgerEvent:
    """What is listed and moved nothing: failed or called off or, not `settled`, still on its way. Then `at_ms` is the
    instant by which it is listed.
    """
    return LedgerEvent(source, key, EventKind.DEPOSIT, at_ms, (), settled=settled)


def one_leg(
    source: str, key: str, kind: EventKind, at_ms: int, asset: str, amount: Decimal, symbol: str | None, note: str
) -> LedgerEvent:
    """A movement of one asset; `amount` is negative when it went out."""
    role: Literal["in", "out"] = "in" if amount > ZERO else "out"
    return LedgerEvent(source, key, kind, at_ms, (Leg(asset, amount, role),), symbol=symbol, note=note)
