"""Which of the moves between own wallets count, of all that were told: exports overlap each other and the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.core.imports.statements.entries import PREFIX
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.core.model.wallet_moves import EARN_MOVES, WalletMove

What = tuple[str, Decimal, str, str]
# Lists of the API bear the instant of the question, exports that of the booking.
NEAR_MS: Final = MINUTE_MS
# A locked position is paid back days after it was asked for.
NEAR_OF_EARN_MS: Final = 3 * DAY_MS


def counting(told: Sequence[WalletMove]) -> list[WalletMove]:
    """Each move once, the oldest first: those that the API told, and of those in files what it did not.

    Equal moves of one file are as many as it tells; of several files the one that tells most of them counts.
    """
    found = [move for move in told if not move.source.startswith(PREFIX)]
    files: dict[tuple[int, What], dict[str, list[WalletMove]]] = {}
    for move in told:
        if move.source.startswith(PREFIX):
            by_file = files.setdefault((move.at_ms, _what(move)), {})
            by_file.setdefault(move.external_id.rpartition(":")[0], []).append(move)
    free: dict[What, list[WalletMove]] = defaultdict(list)
    for move in found:
        free[_what(move)].append(move)
    for at_ms, what in sorted(files):
        for move in max(files[at_ms, what].values(), key=len):
            near = [one for one in free[what] if abs(one.at_ms - move.at_ms) <= _reach(one)]
            if near:
                free[what].remove(min(near, key=lambda one: abs(one.at_ms - move.at_ms)))
            else:
                found.append(move)
    return sorted(found, key=lambda one: (one.at_ms, one.source, one.external_id))


def _what(move: WalletMove) -> What:
    return move.asset, move.amount, move.from_wallet, move.to_wallet


def _reach(move: WalletMove) -> int:
    return NEAR_OF_EARN_MS if move.source in EARN_MOVES else NEAR_MS
