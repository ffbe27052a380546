"""What each wallet holds, replayed: the events that happened in it, and the moves between it and the others.

Lists tell their wallet (a deposit into funding), or their kind does: trades are in spot, futures in theirs. What no
list tells is taken to be in spot, and shows as a difference between two wallets where it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from backend.core.imports.statements.entries import View, source_of
from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.history import MARGIN_TRADES
from backend.core.model.wallets import Wallet

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.core.model.wallet_moves import WalletMove

# Margin is told for all wallets by the same names; those of an isolated pair bear its symbol.
MARGIN_SOURCES: Final = frozenset({"margin_interest", "margin_loan", "margin_repayment"})
# Rewards of flexible Earn that are paid into the position as they accrue; others are paid to spot.
FLEXIBLE: Final = "earn_flexible"
ACCRUED: Final = "REALTIME"
_OF_FUTURES: Final[tuple[View, ...]] = ("futures_income", "futures_trades")
OF_SOURCE: Final[Mapping[str, Wallet]] = {
    **{source: wallet for wallet, source in MARGIN_TRADES.items()},
    "p2p": Wallet.FUNDING,
    "pay": Wallet.FUNDING,
    "earn_locked": Wallet.EARN_LOCKED,
    "futures_usdm": Wallet.FUTURES_USDM,
    "futures_coinm": Wallet.FUTURES_COINM,
    source_of("p2p"): Wallet.FUNDING,
    **{source_of(view): Wallet.FUTURES_USDM for view in _OF_FUTURES},
}


def wallet_of(event: LedgerEvent) -> str:
    """The wallet that an event happened in."""
    if event.wallet:
        return event.wallet
    if event.source in MARGIN_SOURCES:
        return Wallet.MARGIN_CROSS if event.symbol is None else Wallet.MARGIN_ISOLATED
    if event.source == FLEXIBLE and event.note == ACCRUED:
        return Wallet.EARN_FLEXIBLE
    return OF_SOURCE.get(event.source, Wallet.SPOT)


def wallet_quantities(
    events: Iterable[LedgerEvent], moves: Iterable[WalletMove]
) -> Mapping[str, Mapping[str, Decimal]]:
    """What each wallet holds of each asset (asset, then wallet) after all of them, zeros left out."""
    held: dict[tuple[str, str], Decimal] = {}
    with localcontext(MONEY):
        for event in events:
            wallet = wallet_of(event)
            for leg in event.legs:
                held[leg.asset, wallet] = held.get((leg.asset, wallet), ZERO) + leg.amount
        for move in moves:
            for wallet, amount in ((move.from_wallet, -move.amount), (move.to_wallet, move.amount)):
                held[move.asset, wallet] = held.get((move.asset, wallet), ZERO) + amount
    found: dict[str, dict[str, Decimal]] = {}
    for (asset, wallet), quantity in held.items():
        if quantity != ZERO:
            found.setdefault(asset, {})[str(wallet)] = quantity
    return found
