"""Moves between own wallets as the exchange lists them: universal transfers, one direction a question, and what went
into and came out of Simple Earn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO
from backend.core.model.history import EarnRedemption, EarnSubscription, MovementSource, Page, WalletTransfer
from backend.core.model.instants import DAY_MS
from backend.core.model.wallet_moves import WalletMove, transfer_history
from backend.core.model.wallets import Wallet
from backend.exchange.binance import history_parse
from backend.exchange.binance.movement_reader import MONTH_MS, Answered, HistoryPath, HistoryReader, under_sapi

if TYPE_CHECKING:
    from backend.exchange.binance.client import ApiClient

# The exchange's words for wallets in the type of a transfer.
WORDS: Final = {
    "MAIN": Wallet.SPOT,
    "FUNDING": Wallet.FUNDING,
    "MARGIN": Wallet.MARGIN_CROSS,
    "ISOLATEDMARGIN": Wallet.MARGIN_ISOLATED,
    "UMFUTURE": Wallet.FUTURES_USDM,
    "CMFUTURE": Wallet.FUTURES_COINM,
}
# Six months; one question may span them.
TOLD_MS: Final = 180 * DAY_MS
EARN_WEIGHT: Final = 150
MOVED: Final = "CONFIRMED"
SUBSCRIBED: Final = "SUCCESS"
REDEEMED: Final = frozenset({"SUCCESS", "PAID"})
# A locked position is paid back days after it was asked for, and its row bears the instant of that.
EARN_LATE_MS: Final = 3 * DAY_MS
# What a redemption says of where it goes to, where that is not spot.
TARGETS: Final = {
    "FUNDING": Wallet.FUNDING,
    "NEW_TRANSFERRED": Wallet.EARN_FLEXIBLE,
    "CONVERT": Wallet.EARN_FLEXIBLE,
}
MovePath = HistoryPath[WalletMove]


def _transfers(first: tuple[str, Wallet], second: tuple[str, Wallet]) -> MovePath:
    word, (source, target) = f"{first[0]}_{second[0]}", (first[1], second[1])
    name = transfer_history(source, target)

    def move(row: WalletTransfer) -> WalletMove:
        return WalletMove(name, row.transaction_id, row.at_ms, row.asset, row.amount, source.value, target.value)

    def read(answer: object) -> Answered[WalletMove]:
        rows = history_parse.wallet_transfers(answer).rows
        return Answered([move(row) for row in rows if row.status == MOVED], len(rows))

    told = MovementSource(name, frozenset({source, target}), TOLD_MS, TOLD_MS)
    return HistoryPath(told, "sapi_ip", 1, under_sapi("asset/transfer", type=word), read, "pages")


def _subscribed(name: str, wallet: Wallet) -> Callable[[EarnSubscription], Iterator[WalletMove]]:
    def moves(row: EarnSubscription) -> Iterator[WalletMove]:
        if row.status != SUBSCRIBED:
            return
        spot, funding = row.paid or (row.amount, ZERO)
        for origin, amount in ((Wallet.SPOT, spot), (Wallet.FUNDING, funding)):
            if amount != ZERO:
                key = f"{row.key}:{origin.value}"
                yield WalletMove(name, key, row.at_ms, row.asset, amount, origin.value, wallet.value)

    return moves


def _redeemed(name: str, wallet: Wallet) -> Callable[[EarnRedemption], Iterator[WalletMove]]:
    def moves(row: EarnRedemption) -> Iterator[WalletMove]:
        if row.status in REDEEMED and row.amount != ZERO:
            target = TARGETS.get(row.target, Wallet.SPOT)
            yield WalletMove(name, row.key, row.at_ms, row.asset, row.amount, wallet.value, target.value)

    return moves


def _earn(kind: str, wallet: Wallet) -> Iterator[MovePath]:
    subscriptions: Callable[[object], Page[EarnSubscription]] = (
        history_parse.flexible_subscriptions if kind == "flexible" else history_parse.locked_subscriptions
    )
    into, out = _subscribed(f"{wallet.value}_in", wallet), _redeemed(f"{wallet.value}_out", wallet)

    def read_in(answer: object) -> Answered[WalletMove]:
        rows = subscriptions(answer).rows
        return Answered([move for row in rows for move in into(row)], len(rows))

    def read_out(answer: object) -> Answered[WalletMove]:
        rows = history_parse.redemptions(answer).rows
        return Answered([move for row in rows for move in out(row)], len(rows))

    for name, word, read in (("in", "subscription", read_in), ("out", "redemption", read_out)):
        told = MovementSource(
            f"{wallet.value}_{name}", frozenset({wallet}), MONTH_MS, dear=True, overlap_ms=EARN_LATE_MS
        )
        ask = under_sapi(f"simple-earn/{kind}/history/{word}Record")
        yield HistoryPath(told, "sapi_ip", EARN_WEIGHT, ask, read, "pages")


def _paths() -> Iterator[MovePath]:
    for first, second in permutations(WORDS.items(), 2):
        yield _transfers(first, second)
    yield from _earn("flexible", Wallet.EARN_FLEXIBLE)
    yield from _earn("locked", Wallet.EARN_LOCKED)


class WalletMoveHistories:
    """Moves between the wallets of one account."""

    def __init__(self, client: ApiClient) -> None:
        self._reader = HistoryReader(client, _paths() if client.endpoints.sapi else ())

    def sources(self) -> Sequence[MovementSource]:
        """What this environment tells, cheap ones first."""
        return self._reader.sources()

    def read(self, source: str, start_ms: int, end_ms: int) -> Sequence[WalletMove]:
        """Every move with start <= instant <= end, each once.

        Raises:
            ExchangeError: the exchange gave no usable answer; nothing is known of this window then.
        """
        return self._reader.read(source, start_ms, end_ms)
