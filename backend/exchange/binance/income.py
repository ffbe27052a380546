"""Income and costs of every wallet as ledger events: rewards, interest, and the results of futures.

Moves between own wallets are left out: over all wallets together they change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from binance.client import Client

from backend.core.model.amounts import ZERO
from backend.core.model.futures import FuturesIncome
from backend.core.model.history import Dividend, EarnReward, IncomeSource, MarginInterest, MarginLoan
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance import futures_parse, history_parse
from backend.exchange.binance.client import ApiClient
from backend.exchange.binance.limits import Pool

MOST_FUTURES_ROWS: Final = 1000
MOST_DIVIDENDS: Final = 500
PAGE_ROWS: Final = 100
MONTH_MS: Final = 30 * DAY_MS - 1
# The words of the exchange for lines of a futures wallet. What is not named here is a reward when it came in, and part
# of the result when it went out.
FUTURES_WORDS: Final[Mapping[str, EventKind]] = {
    "REALIZED_PNL": EventKind.FUTURES_RESULT,
    "INSURANCE_CLEAR": EventKind.FUTURES_RESULT,
    "DELIVERED_SETTELMENT": EventKind.FUTURES_RESULT,
    "COIN_SWAP_DEPOSIT": EventKind.FUTURES_RESULT,
    "COIN_SWAP_WITHDRAW": EventKind.FUTURES_RESULT,
    "AUTO_EXCHANGE": EventKind.FUTURES_RESULT,
    "COMMISSION": EventKind.FUTURES_FEE,
    "FUNDING_FEE": EventKind.FUNDING,
}
OWN_MOVE: Final = "TRANSFER"
SETTLED: Final = "CONFIRMED"
Params = Mapping[str, Any]
Ask = Callable[[Client, Params], Any]


@dataclass(frozen=True, slots=True)
class _Answer:
    """Events of one answer, how many rows it had, and the instant of its last row."""

    events: Sequence[LedgerEvent]
    rows: int
    last_ms: int | None


@dataclass(frozen=True, slots=True)
class _Path:
    """How one history is asked: `walk` by time from the oldest row, `pages` by number, `halves` without either."""

    source: IncomeSource
    pool: Pool
    weight: int
    ask: Ask
    read: Callable[[object], _Answer]
    by: Literal["walk", "pages", "halves"]


class IncomeReader:
    """Reads one account's histories of income and costs."""

    def __init__(self, client: ApiClient) -> None:
        self._client = client
        endpoints = client.endpoints
        found = [
            *(SAPI_PATHS if endpoints.sapi else ()),
            *((_futures(Wallet.FUTURES_USDM),) if endpoints.fapi else ()),
            *((_futures(Wallet.FUTURES_COINM),) if endpoints.dapi else ()),
        ]
        self._paths = {path.source.name: path for path in found}

    def sources(self) -> Sequence[IncomeSource]:
        """What this environment tells."""
        return [path.source for path in self._paths.values()]

    def read(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        """Every event with start <= instant <= end, each once.

        Raises:
            ExchangeError: the exchange gave no usable answer; nothing is known of this window then.
        """
        path = self._paths[source]
        match path.by:
            case "walk":
                found = self._walk(path, start_ms, end_ms)
            case "pages":
                found = self._pages(path, start_ms, end_ms)
            case "halves":
                found = self._halves(path, start_ms, end_ms)
        return list({event.external_id: event for event in found}.values())

    def _walk(self, path: _Path, start_ms: int, end_ms: int) -> Iterable[LedgerEvent]:
        while start_ms <= end_ms:
            answer = self._ask(path, start_ms, end_ms, {"limit": MOST_FUTURES_ROWS})
            yield from answer.events
            if answer.rows < MOST_FUTURES_ROWS or answer.last_ms is None:
                return
            # Rows of one millisecond may stand on two pages: the last one is asked for again.
            start_ms = max(answer.last_ms, start_ms + 1)

    def _pages(self, path: _Path, start_ms: int, end_ms: int) -> Iterable[LedgerEvent]:
        page = 1
        while True:
            answer = self._ask(path, start_ms, end_ms, {"current": page, "size": PAGE_ROWS})
            yield from answer.events
            if answer.rows < PAGE_ROWS:
                return
            page += 1

    def _halves(self, path: _Path, start_ms: int, end_ms: int) -> Iterable[LedgerEvent]:
        answer = self._ask(path, start_ms, end_ms, {"limit": MOST_DIVIDENDS})
        if answer.rows < MOST_DIVIDENDS or start_ms >= end_ms:
            yield from answer.events
            return
        middle = (start_ms + end_ms) // 2
        yield from self._halves(path, start_ms, middle)
        yield from self._halves(path, middle + 1, end_ms)

    def _ask(self, path: _Path, start_ms: int, end_ms: int, more: Params) -> _Answer:
        params = {"startTime": start_ms, "endTime": end_ms, **more}
        return self._client.signed(path.pool, path.weight, lambda client: path.ask(client, params), path.read)


def _event(
    source: str, key: str, kind: EventKind, at_ms: int, asset: str, amount: Decimal, symbol: str | None, note: str
) -> LedgerEvent:
    role: Literal["in", "out"] = "in" if amount > ZERO else "out"
    return LedgerEvent(source, key, kind, at_ms, (Leg(asset, amount, role),), symbol=symbol, note=note)


def futures_events(source: str, rows: Iterable[FuturesIncome]) -> Sequence[LedgerEvent]:
    """Lines of a futures wallet without the moves between own wallets."""
    found = []
    for row in rows:
        if OWN_MOVE in row.kind or row.amount == ZERO:
            continue
        other = EventKind.REWARD if row.amount > ZERO else EventKind.FUTURES_RESULT
        kind = FUTURES_WORDS.get(row.kind, other)
        found.append(_event(source, row.key, kind, row.at_ms, row.asset, row.amount, row.symbol, row.kind))
    return found


def _dividend(row: Dividend) -> LedgerEvent:
    amount = -row.amount if row.direction == -1 else row.amount
    # Both sides of a coin that changed its name bear one id.
    key = f"{row.key}:{row.asset}"
    return _event(DIVIDENDS.name, key, EventKind.REWARD, row.at_ms, row.asset, amount, None, row.note)


def _interest(row: MarginInterest) -> LedgerEvent:
    return _event(
        MARGIN_INTEREST.name, row.key, EventKind.INTEREST, row.at_ms, row.asset, -row.interest, row.pair, row.kind
    )


def _reward(source: str) -> Callable[[EarnReward], LedgerEvent]:
    return lambda row: _event(source, row.key, EventKind.REWARD, row.at_ms, row.asset, row.amount, None, row.kind)


def loan_events(rows: Iterable[MarginLoan], repaid: bool) -> Sequence[LedgerEvent]:
    """Loans taken or paid back: the leg that comes in is the change of the debt, the other what it brought."""
    found = []
    for row in rows:
        owed = -row.amount if repaid else row.amount
        if row.status == SETTLED and owed != ZERO:
            legs = (Leg(row.asset, owed, "in"), Leg(row.asset, -owed, "out"))
            source = (MARGIN_REPAYMENTS if repaid else MARGIN_LOANS).name
            found.append(LedgerEvent(source, row.key, EventKind.LOAN, row.at_ms, legs, symbol=row.pair))
    return found


def _listed(rows: Sequence[Any], events: Iterable[LedgerEvent]) -> _Answer:
    return _Answer([event for event in events if event.legs[0].amount != ZERO], len(rows), None)


def _dividends(answer: object) -> _Answer:
    rows = history_parse.dividends(answer).rows
    return _listed(rows, map(_dividend, rows))


def _interests(answer: object) -> _Answer:
    rows = history_parse.margin_interest(answer).rows
    return _listed(rows, map(_interest, rows))


def _loans(repaid: bool) -> Callable[[object], _Answer]:
    def read(answer: object) -> _Answer:
        rows = history_parse.margin_loans(answer).rows
        return _listed(rows, loan_events(rows, repaid))

    return read


def _flexible(answer: object) -> _Answer:
    rows = history_parse.flexible_rewards(answer).rows
    return _listed(rows, map(_reward(FLEXIBLE_REWARDS.name), rows))


def _locked(answer: object) -> _Answer:
    rows = history_parse.locked_rewards(answer).rows
    return _listed(rows, map(_reward(LOCKED_REWARDS.name), rows))


def _futures(wallet: Wallet) -> _Path:
    source = FUTURES_SOURCES[wallet]

    def read(answer: object) -> _Answer:
        rows = futures_parse.income(answer)
        return _Answer(futures_events(source.name, rows), len(rows), max((row.at_ms for row in rows), default=None))

    if wallet is Wallet.FUTURES_USDM:
        return _Path(source, "fapi", 30, lambda client, asked: client.futures_income_history(**asked), read, "walk")
    return _Path(source, "dapi", 20, lambda client, asked: client.futures_coin_income_history(**asked), read, "walk")


def _margin(client: Client, path: str, asked: Params) -> Any:
    # The library's own methods for these paths differ from version to version; the request below does not.
    return client._request_margin_api("get", path, True, data=dict(asked))


MARGIN: Final = frozenset({Wallet.MARGIN_CROSS, Wallet.MARGIN_ISOLATED})
DIVIDENDS: Final = IncomeSource("dividend", frozenset({Wallet.SPOT}), 180 * DAY_MS - 1)
FLEXIBLE_REWARDS: Final = IncomeSource("earn_flexible", frozenset({Wallet.EARN_FLEXIBLE}), MONTH_MS, dear=True)
LOCKED_REWARDS: Final = IncomeSource("earn_locked", frozenset({Wallet.EARN_LOCKED}), MONTH_MS, dear=True)
MARGIN_INTEREST: Final = IncomeSource("margin_interest", MARGIN, MONTH_MS, 180 * DAY_MS)
MARGIN_LOANS: Final = IncomeSource("margin_loan", MARGIN, MONTH_MS, 180 * DAY_MS)
MARGIN_REPAYMENTS: Final = IncomeSource("margin_repayment", MARGIN, MONTH_MS, 180 * DAY_MS)
FUTURES_SOURCES: Final[Mapping[Wallet, IncomeSource]] = {
    Wallet.FUTURES_USDM: IncomeSource("futures_usdm", frozenset({Wallet.FUTURES_USDM}), MONTH_MS, 89 * DAY_MS),
    Wallet.FUTURES_COINM: IncomeSource("futures_coinm", frozenset({Wallet.FUTURES_COINM}), MONTH_MS, 364 * DAY_MS),
}
SAPI_PATHS: Final = (
    _Path(
        DIVIDENDS,
        "sapi_ip",
        10,
        lambda client, asked: client.get_asset_dividend_history(**asked),
        _dividends,
        "halves",
    ),
    _Path(
        FLEXIBLE_REWARDS,
        "sapi_ip",
        150,
        lambda client, asked: _margin(client, "simple-earn/flexible/history/rewardsRecord", {**asked, "type": "ALL"}),
        _flexible,
        "pages",
    ),
    _Path(
        LOCKED_REWARDS,
        "sapi_ip",
        150,
        lambda client, asked: _margin(client, "simple-earn/locked/history/rewardsRecord", asked),
        _locked,
        "pages",
    ),
    _Path(
        MARGIN_INTEREST,
        "sapi_ip",
        1,
        lambda client, asked: client.get_margin_interest_history(**asked),
        _interests,
        "pages",
    ),
    *(
        _Path(
            source,
            "sapi_ip",
            10,
            lambda client, asked, word=word: _margin(client, "margin/borrow-repay", {**asked, "type": word}),  # type: ignore[misc]  # bound per path
            _loans(repaid),
            "pages",
        )
        for source, word, repaid in ((MARGIN_LOANS, "BORROW", False), (MARGIN_REPAYMENTS, "REPAY", True))
    ),
)
