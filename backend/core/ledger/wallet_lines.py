"""What of a coin's certificate is said of each wallet: whether it is right, and why not.

The coin is judged by all wallets together. What one of them has too much and another too little is no difference of
the coin: a move between them that nobody told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from backend.core.model.amounts import ZERO, minus

# agrees: to the last digit. moves_not_told: moves between wallets that the exchange does not tell (any more), or of
# which it does not say in which wallet they were; moves_not_read: that were not asked for yet. Both cancel out to zero
# among the wallets. differs: all of the coin's difference is here. unclear: a part of it, and nothing says which.
LineState = Literal["agrees", "moves_not_told", "moves_not_read", "differs", "unclear"]


@dataclass(frozen=True, slots=True)
class WalletLine:
    """One coin in one wallet. `replayed` None: this was certified before wallets were replayed."""

    wallet: str
    reported: Decimal
    replayed: Decimal | None
    state: LineState

    @property
    def difference(self) -> Decimal | None:
        """Reported less replayed."""
        return None if self.replayed is None else minus(self.reported, self.replayed)


def wallet_lines(
    reported: Mapping[str, Decimal], replayed: Mapping[str, Decimal] | None, difference: Decimal, moves_read: bool
) -> Sequence[WalletLine]:
    """The lines of one coin, those of wallets that hold any of it first.

    Args:
        difference: that of the coin over all wallets.
        moves_read: the moves between wallets were asked for.
    """
    if replayed is None:
        return [WalletLine(wallet, quantity, None, "moves_not_read") for wallet, quantity in reported.items()]
    wallets = [*reported, *(wallet for wallet in replayed if wallet not in reported)]
    off = {wallet: minus(reported.get(wallet, ZERO), replayed.get(wallet, ZERO)) for wallet in wallets}
    open_ones = [wallet for wallet in wallets if off[wallet] != ZERO]
    # Where one wallet alone is off by all that the coin is, the others cancel out.
    guilty = [wallet for wallet in open_ones if difference != ZERO and off[wallet] == difference]
    covered: LineState = "moves_not_told" if moves_read else "moves_not_read"

    def state(wallet: str) -> LineState:
        if off[wallet] == ZERO:
            return "agrees"
        if difference == ZERO:
            return covered
        if len(guilty) == 1:
            return "differs" if wallet == guilty[0] else covered
        return "unclear"

    return [
        WalletLine(wallet, reported.get(wallet, ZERO), replayed.get(wallet, ZERO), state(wallet)) for wallet in wallets
    ]
