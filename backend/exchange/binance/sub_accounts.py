"""Moves between a master account and its sub-accounts as ledger events: for one account they are flows.

Both sides of a move bear one id, the exchange's, and one instant: over all accounts together they come to nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from backend.core.model.amounts import ZERO
from backend.core.model.history import MovementSource, SubAccountTransfer
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance import fields, history_parse
from backend.exchange.binance.crossings import crossing
from backend.exchange.binance.movement_reader import MONTH_MS, MovementPath, Told, not_happened, under_sapi

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.exchange.binance.client import ApiClient, Endpoints

MOVED: Final = "SUCCESS"
NOT_MOVED: Final = frozenset({"FAILURE", "FAILED"})
# One name for both views: a move that both tell is one event.
EVENTS: Final = "sub_account"
MOST_OWN: Final = 1000
MOST_FAMILY: Final = 500
MOST_SUBS: Final = 200
WEEK_MS: Final = 7 * DAY_MS - 1
SUBS_STAND_S: Final = 600.0
# Any wallet may give or receive; spot is the one that every account has.
ANY_WALLET: Final = frozenset({Wallet.SPOT})
RECEIVED: Final = MovementSource("sub_account_in", ANY_WALLET, MONTH_MS, brings=True)
SENT: Final = MovementSource("sub_account_out", ANY_WALLET, MONTH_MS)
# The two lists of the master, each with what its answer tells.
FamilyPath = tuple[str, Callable[[object], Sequence[SubAccountTransfer]]]
UNIVERSAL: Final[FamilyPath] = (
    "sub-account/universalTransfer",
    lambda answer: history_parse.universal_transfers(answer).rows,
)
FROM_SPOT: Final[FamilyPath] = ("sub-account/sub/transfer/history", history_parse.sub_account_transfers)
# What a move calls its two wallets, where that is not spot.
WALLETS: Final = {
    "USDT_FUTURE": Wallet.FUTURES_USDM,
    "COIN_FUTURE": Wallet.FUTURES_COINM,
    "MARGIN": Wallet.MARGIN_CROSS,
    "ISOLATED_MARGIN": Wallet.MARGIN_ISOLATED,
    "FUNDING": Wallet.FUNDING,
}
# Nothing says that both lists give one move one id.
TWINS_MS: Final = 5_000
# The master's view: twelve weeks a window, which are twelve questions for each sub-account.
FAMILY: Final = MovementSource(
    "sub_accounts", ANY_WALLET, 12 * (WEEK_MS + 1) - 2 * TWINS_MS - 1, brings=True, dear=True
)


def own_paths(endpoints: Endpoints) -> Sequence[MovementPath]:
    """A sub-account's own view, what came in and what went out."""
    if not endpoints.sapi:
        return ()
    return [
        MovementPath(
            source,
            "sapi_ip",
            1,
            under_sapi("sub-account/transfer/subUserHistory", type=word),
            _own,
            "halves",
            MOST_OWN,
        )
        for source, word in ((RECEIVED, 1), (SENT, 2))
    ]


def _own(answer: object) -> Told:
    rows = history_parse.own_sub_account_transfers(answer)
    return Told([_event(row, incoming=row.towards == "in") for row in rows if row.amount != ZERO], len(rows))


class FamilyReader:
    """The master's view, out of two lists: moves of any wallets, and those from spot to spot. A move may stand in both.

    They tell addresses and not which of them is the master's: the one that is no sub-account's.
    """

    def __init__(self, client: ApiClient, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._monotonic_s = monotonic_s
        self._subs: tuple[float, frozenset[str]] | None = None

    def read(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        """Every move of the master with start <= instant <= end, each once; none where it has no sub-accounts.

        Raises:
            ExchangeError: the account is no master, or the exchange gave no usable answer.
        """
        subs = self._sub_accounts()
        if not subs:
            return []
        told: dict[str, SubAccountTransfer] = {}
        # A little more on both sides: of two rows that are one, the other may stand there.
        last_ms = end_ms + TWINS_MS
        for start in range(start_ms - TWINS_MS, last_ms + 1, WEEK_MS + 1):
            told |= {row.key: row for row in self._both_ways(UNIVERSAL, subs, start, min(start + WEEK_MS, last_ms))}
        other = {row.key: row for row in self._both_ways(FROM_SPOT, subs, start_ms, end_ms) if row.key not in told}
        rows = [*told.values(), *_without_twins(other.values(), told.values())]
        return [_event(row, incoming=row.source in subs) for row in rows if start_ms <= row.at_ms <= end_ms]

    def _both_ways(
        self, path: FamilyPath, subs: frozenset[str], start_ms: int, end_ms: int
    ) -> Iterator[SubAccountTransfer]:
        """What the master sent, which is told without an address, and what it got."""
        yield from self._moves(path, start_ms, end_ms, {})
        for address in sorted(subs):
            moves = self._moves(path, start_ms, end_ms, {"fromEmail": address})
            yield from (row for row in moves if row.target not in subs)

    def _sub_accounts(self) -> frozenset[str]:
        now_s = self._monotonic_s()
        if self._subs is None or now_s - self._subs[0] >= SUBS_STAND_S:
            self._subs = now_s, frozenset(self._listed())
        return self._subs[1]

    def _listed(self) -> Iterator[str]:
        page = 1
        while True:
            found = self._ask("sub-account/list", {"page": page, "limit": MOST_SUBS}, _addresses)
            yield from found
            if len(found) < MOST_SUBS:
                return
            page += 1

    def _moves(
        self, path: FamilyPath, start_ms: int, end_ms: int, more: dict[str, Any]
    ) -> Iterator[SubAccountTransfer]:
        page = 1
        while True:
            asked = {"startTime": start_ms, "endTime": end_ms, "page": page, "limit": MOST_FAMILY, **more}
            found = self._ask(path[0], asked, path[1])
            yield from (row for row in found if row.amount != ZERO)
            if len(found) < MOST_FAMILY:
                return
            page += 1

    def _ask(self, path: str, asked: dict[str, Any], read: Callable[[object], Any]) -> Any:
        return self._client.signed("sapi_ip", 1, lambda client: under_sapi(path)(client, asked), read)


def _without_twins(
    rows: Iterable[SubAccountTransfer], told: Iterable[SubAccountTransfer]
) -> Iterator[SubAccountTransfer]:
    """Rows less those that another list told under an id of its own: one for one, seconds apart at most."""
    left = list(told)
    for row in rows:
        twin = next((one for one in left if _same(one, row)), None)
        if twin is None:
            yield row
        else:
            left.remove(twin)


def _same(one: SubAccountTransfer, other: SubAccountTransfer) -> bool:
    moved = (one.source, one.target, one.asset, one.amount) == (other.source, other.target, other.asset, other.amount)
    return moved and abs(one.at_ms - other.at_ms) <= TWINS_MS


def _addresses(answer: object) -> Sequence[str]:
    page = fields.mapping(fields.body(answer))
    return [fields.text(row, "email") for row in fields.rows(page.get("subAccounts"))]


def _event(row: SubAccountTransfer, incoming: bool) -> LedgerEvent:
    if row.status != MOVED:
        return not_happened(EVENTS, row.key, row.at_ms, row.status in NOT_MOVED)
    amount = row.amount if incoming else -row.amount
    event = crossing(EVENTS, row.key, row.at_ms, row.asset, amount, f"{row.source} -> {row.target}")
    wallet = WALLETS.get((row.target_wallet if incoming else row.source_wallet) or "")
    return event if wallet is None else replace(event, wallet=wallet.value)
