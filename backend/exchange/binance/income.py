"""Income and costs of every wallet as ledger events: rewards, interest, and the results of futures.

Moves between own wallets are left out: over all wallets together they change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from backend.core.model.amounts import ZERO
from backend.core.model.futures import FUTURES_WORDS, FuturesIncome
from backend.core.model.history import Dividend, EarnReward, MarginInterest, MarginLoan, MovementSource
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.core.trade_ports import Payment
from backend.exchange.binance import futures_parse, history_parse
from backend.exchange.binance.movement_reader import (
    MONTH_MS,
    MovementPath,
    Params,
    Told,
    not_happened,
    one_leg,
    under_sapi,
)
from backend.exchange.binance.swaps import swap

if TYPE_CHECKING:
    from backend.exchange.binance.client import Endpoints
    from backend.exchange.binance.library import Client

MOST_FUTURES_ROWS: Final = 1000
MOST_DIVIDENDS: Final = 500
OWN_MOVE: Final = "TRANSFER"
SETTLED: Final = "CONFIRMED"
FAILED: Final = "FAILED"
OUT: Final = -1


def futures_events(source: str, rows: Iterable[FuturesIncome]) -> Sequence[LedgerEvent]:
    """Lines of a futures wallet without the moves between own wallets."""
    found = []
    for row in rows:
        if OWN_MOVE in row.kind or row.amount == ZERO:
            continue
        # What has no known word is a reward when it came in, and part of the result when it went out.
        other = EventKind.REWARD if row.amount > ZERO else EventKind.FUTURES_RESULT
        kind = FUTURES_WORDS.get(row.kind, other)
        found.append(one_leg(source, row.key, kind, row.at_ms, row.asset, row.amount, row.symbol, row.kind))
    return found


def _dividend(row: Dividend) -> LedgerEvent:
    amount = -row.amount if row.direction == OUT else row.amount
    key = f"{row.key}:{row.asset}"
    return one_leg(DIVIDENDS.name, key, EventKind.REWARD, row.at_ms, row.asset, amount, None, row.note)


def _paid(rows: Iterable[Dividend]) -> Iterator[LedgerEvent]:
    """Dividends; both sides of a coin that goes on as another one (a new name, other units) bear one id."""
    of_id: dict[str, list[Dividend]] = {}
    for row in rows:
        if row.amount != ZERO:
            of_id.setdefault(row.key, []).append(row)
    for together in of_id.values():
        given = [row for row in together if row.direction == OUT]
        got = [row for row in together if row.direction != OUT]
        if len(given) == len(got) == 1:
            (old,), (new,) = given, got
            both = (old.asset, old.amount), (new.asset, new.amount)
            event = swap(DIVIDENDS.name, f"{new.key}:{new.asset}", new.at_ms, *both, new.note, ZERO)
            yield replace(event, kind=EventKind.RENAME)
        else:
            yield from map(_dividend, together)


def payments(answer: object) -> Sequence[Payment]:
    """What dividends brought into the spot wallet, without coins that only go on as other ones."""
    rows = history_parse.dividends(answer).rows
    given = {row.key for row in rows if row.direction == OUT}
    return [
        Payment(f"{row.key}:{row.asset}", row.asset, row.amount, row.at_ms)
        for row in rows
        if row.key not in given and row.amount > ZERO
    ]


def _interest(row: MarginInterest) -> LedgerEvent:
    return one_leg(
        MARGIN_INTEREST.name, row.key, EventKind.INTEREST, row.at_ms, row.asset, -row.interest, row.pair, row.kind
    )


def _reward(source: str) -> Callable[[EarnReward], LedgerEvent]:
    return lambda row: one_leg(source, row.key, EventKind.REWARD, row.at_ms, row.asset, row.amount, None, row.kind)


def loan_events(rows: Iterable[MarginLoan], repaid: bool) -> Sequence[LedgerEvent]:
    """Loans taken or paid back: the leg that comes in is the change of the debt, the other what it brought."""
    found = []
    for row in rows:
        owed = -row.amount if repaid else row.amount
        source = (MARGIN_REPAYMENTS if repaid else MARGIN_LOANS).name
        if row.status != SETTLED:
            found.append(not_happened(source, row.key, row.at_ms, row.status == FAILED))
        elif owed != ZERO:
            legs = (Leg(row.asset, owed, "in"), Leg(row.asset, -owed, "out"))
            found.append(LedgerEvent(source, row.key, EventKind.LOAN, row.at_ms, legs, symbol=row.pair))
    return found


def _listed(rows: Sequence[Any], events: Iterable[LedgerEvent]) -> Told:
    return Told([event for event in events if all(leg.amount != ZERO for leg in event.legs)], len(rows))


def _dividends(answer: object) -> Told:
    rows = history_parse.dividends(answer).rows
    return Told(list(_paid(rows)), len(rows))


def _interests(answer: object) -> Told:
    rows = history_parse.margin_interest(answer).rows
    return _listed(rows, map(_interest, rows))


def _loans(repaid: bool) -> Callable[[object], Told]:
    def read(answer: object) -> Told:
        rows = history_parse.margin_loans(answer).rows
        return _listed(rows, loan_events(rows, repaid))

    return read


def _flexible(answer: object) -> Told:
    rows = history_parse.flexible_rewards(answer).rows
    return _listed(rows, map(_reward(FLEXIBLE_REWARDS.name), rows))


def _locked(answer: object) -> Told:
    rows = history_parse.locked_rewards(answer).rows
    return _listed(rows, map(_reward(LOCKED_REWARDS.name), rows))


def _futures(wallet: Wallet) -> MovementPath:
    source = FUTURES_SOURCES[wallet]

    def read(answer: object) -> Told:
        rows = futures_parse.income(answer)
        return Told(futures_events(source.name, rows), len(rows), max((row.at_ms for row in rows), default=None))

    def of_usdm(client: Client, asked: Params) -> Any:
        return client.futures_income_history(**asked)

    def of_coinm(client: Client, asked: Params) -> Any:
        return client.futures_coin_income_history(**asked)

    if wallet is Wallet.FUTURES_USDM:
        return MovementPath(source, "fapi", 30, of_usdm, read, "walk", MOST_FUTURES_ROWS)
    return MovementPath(source, "dapi", 20, of_coinm, read, "walk", MOST_FUTURES_ROWS)


def income_paths(endpoints: Endpoints) -> Sequence[MovementPath]:
    """What an environment with these addresses tells of income and costs."""
    return [
        *(SAPI_PATHS if endpoints.sapi else ()),
        *((_futures(Wallet.FUTURES_USDM),) if endpoints.fapi else ()),
        *((_futures(Wallet.FUTURES_COINM),) if endpoints.dapi else ()),
    ]


CROSS: Final = frozenset({Wallet.MARGIN_CROSS})
# Interest that is older has to be asked for as archived. The exchange's pages name that no more, and no end either.
SIX_MONTHS_MS: Final = 180 * DAY_MS
# Of loans one question without an asset tells a week, whatever the window.
WEEK_MS: Final = 7 * DAY_MS - 1
DIVIDENDS: Final = MovementSource("dividend", frozenset({Wallet.SPOT}), 180 * DAY_MS - 1)
FLEXIBLE_REWARDS: Final = MovementSource("earn_flexible", frozenset({Wallet.EARN_FLEXIBLE}), MONTH_MS, dear=True)
LOCKED_REWARDS: Final = MovementSource("earn_locked", frozenset({Wallet.EARN_LOCKED}), MONTH_MS, dear=True)
MARGIN_INTEREST: Final = MovementSource("margin_interest", CROSS, MONTH_MS, SIX_MONTHS_MS, archived=True)
MARGIN_LOANS: Final = MovementSource("margin_loan", CROSS, WEEK_MS, SIX_MONTHS_MS)
MARGIN_REPAYMENTS: Final = MovementSource("margin_repayment", CROSS, WEEK_MS, SIX_MONTHS_MS)


def _isolated(name: str, cross: MovementSource) -> MovementSource:
    """The same of an isolated pair: a row has one id, in whichever wallet it happened."""
    return replace(cross, name=name, wallets=frozenset({Wallet.MARGIN_ISOLATED}), by_pair=True, tells=cross.name)


ISOLATED_INTEREST: Final = _isolated("isolated_interest", MARGIN_INTEREST)
ISOLATED_LOANS: Final = _isolated("isolated_loan", MARGIN_LOANS)
ISOLATED_REPAYMENTS: Final = _isolated("isolated_repayment", MARGIN_REPAYMENTS)
FUTURES_SOURCES: Final[Mapping[Wallet, MovementSource]] = {
    Wallet.FUTURES_USDM: MovementSource("futures_usdm", frozenset({Wallet.FUTURES_USDM}), MONTH_MS, 89 * DAY_MS),
    Wallet.FUTURES_COINM: MovementSource("futures_coinm", frozenset({Wallet.FUTURES_COINM}), MONTH_MS, 364 * DAY_MS),
}
SAPI_PATHS: Final = (
    MovementPath(
        DIVIDENDS,
        "sapi_ip",
        10,
        lambda client, asked: client.get_asset_dividend_history(**asked),
        _dividends,
        "halves",
        MOST_DIVIDENDS,
    ),
    MovementPath(
        FLEXIBLE_REWARDS,
        "sapi_ip",
        150,
        under_sapi("simple-earn/flexible/history/rewardsRecord", type="ALL"),
        _flexible,
        "pages",
    ),
    MovementPath(
        LOCKED_REWARDS, "sapi_ip", 150, under_sapi("simple-earn/locked/history/rewardsRecord"), _locked, "pages"
    ),
    *(
        MovementPath(source, "sapi_ip", 1, under_sapi("margin/interestHistory"), _interests, "pages")
        for source in (MARGIN_INTEREST, ISOLATED_INTEREST)
    ),
    *(
        MovementPath(source, "sapi_ip", 10, under_sapi("margin/borrow-repay", type=word), _loans(repaid), "pages")
        for sources, word, repaid in (
            ((MARGIN_LOANS, ISOLATED_LOANS), "BORROW", False),
            ((MARGIN_REPAYMENTS, ISOLATED_REPAYMENTS), "REPAY", True),
        )
        for source in sources
    ),
)
