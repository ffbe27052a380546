"""What an export tells whole: which histories of the account, and for which days.

An export is of a span that the user chose, of all wallets or of some; which, it does not say. So it counts for the days
from its first line to its last, and a transaction history for the wallets that it has a line of. It does not count for
days that it has a line of which nobody understands: what that line moved is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.imports.statements.wallet_names import letters, wallet_named
from backend.core.model.holdings import EventKind
from backend.core.model.instants import DAY_MS
from backend.core.model.wallet_moves import EARN_MOVES, MOVED_BETWEEN, transfer_history
from backend.core.model.wallets import Wallet

if TYPE_CHECKING:
    from backend.core.imports.statements.entries import Entry, StatementLine, View

_SPOT: Final = (
    *("deposit", "withdrawal", "trade", "convert", "dust", "dividend", "fiat_deposit", "fiat_withdrawal"),
    *("card_purchase", "sub_account_in", "sub_account_out", "sub_accounts"),
)
_EARN: Final = ("earn_flexible", "earn_locked")
# By the letters of a wallet's name, which changes over the years. The interest of loans is in no export.
_OF_WALLET: Final[Mapping[str, Sequence[str]]] = {
    "spot": _SPOT,
    "funding": ("p2p", "pay"),
    "earn": _EARN,
    "simpleearn": _EARN,
    "savings": _EARN,
    "usdtfutures": ("futures_usdm",),
    "usdmfutures": ("futures_usdm",),
    "coinmfutures": ("futures_coinm",),
}
_OF_VIEW: Final[Mapping[View, Sequence[str]]] = {
    "trades": ("trade",),
    "converts": ("convert",),
    "withdrawals": ("withdrawal",),
    "fiat_buys": ("card_purchase",),
    "p2p": ("p2p",),
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A file of one kind tells all of one history in from_ms <= instant < until_ms."""

    view: View
    history: str
    from_ms: int
    until_ms: int


def covered(
    view: View, wallets: Collection[str], lines: Sequence[StatementLine], entries: Sequence[Entry], present_ms: int
) -> list[Covered]:
    """What one file covers, in whole days of UTC; one stretch for each run of days without a refused line.

    Args:
        lines: in the order of the file.
        wallets: as the lines of a transaction history name them.
        present_ms: nothing later is told.
    """
    days = {line.at_ms // DAY_MS for line in lines if line.at_ms is not None}
    if not days:
        return []
    unclear = _unclear_days(lines)
    starts = [min(days), *(day + 1 for day in unclear)]
    stops = [*unclear, max(days) + 1]
    stretches = [(start * DAY_MS, min(stop * DAY_MS, present_ms)) for start, stop in zip(starts, stops, strict=True)]
    names = sorted(set(_histories(view, wallets, entries)))
    return [Covered(view, name, start, stop) for name in names for start, stop in stretches if start < stop]


def _unclear_days(lines: Sequence[StatementLine]) -> list[int]:
    """Days with a refused line, ascending; one without an instant may be of any day from the line before it to the one
    after it.
    """
    found: set[int] = set()
    before: int | None = None
    undated = False
    for line in lines:
        if line.at_ms is None:
            undated |= line.refused
            continue
        day = line.at_ms // DAY_MS
        if undated:
            other = day if before is None else before
            found.update(range(min(day, other), max(day, other) + 1))
        if line.refused:
            found.add(day)
        before, undated = day, False
    if undated and before is not None:
        found.add(before)
    return sorted(found)


def _histories(view: View, wallets: Iterable[str], entries: Sequence[Entry]) -> Iterable[str]:
    match view:
        case "transactions":
            return (name for wallet in wallets for name in (*_OF_WALLET.get(letters(wallet), ()), *_moves_of(wallet)))
        case "deposits" | "fiat":
            # One header for both directions: what became of the lines tells which it was.
            prefix = "fiat_" if view == "fiat" else ""
            kinds = {entry.event.kind for entry in entries}
            return [f"{prefix}{kind}" for kind in (EventKind.DEPOSIT, EventKind.WITHDRAWAL) if kind in kinds]
        case "futures_income":
            coin_margined = {"_" in (entry.event.symbol or "") for entry in entries if entry.event.symbol}
            return [{False: "futures_usdm", True: "futures_coinm"}[inverse] for inverse in coin_margined]
        case _:
            return _OF_VIEW.get(view, ())


def _moves_of(account: str) -> Iterable[str]:
    """The histories of moves between a wallet and the others: each is a row of this wallet."""
    wallet = wallet_named(account)
    if wallet in (Wallet.SPOT, Wallet.EARN_FLEXIBLE):
        yield from EARN_MOVES
    if wallet in MOVED_BETWEEN:
        for other in MOVED_BETWEEN:
            if other is not wallet:
                yield from (transfer_history(wallet, other), transfer_history(other, wallet))
