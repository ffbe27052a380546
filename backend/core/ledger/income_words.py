"""What kind of income a line of the ledger is, in the words of a yearly list."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from backend.core.model.amounts import ZERO
from backend.core.model.holdings import EventKind

_OF_KIND: Final[Mapping[EventKind, str]] = {
    EventKind.FUNDING: "funding",
    EventKind.FUTURES_RESULT: "futures_result",
    EventKind.FUTURES_FEE: "futures_fee",
    EventKind.INTEREST: "margin_interest",
    EventKind.ADJUSTMENT_INCOME: "adjustment",
}
# The exchange's own words, of the source or the note; the first that is found tells. Its rewards for holding coins in
# Earn are called "interest", those for staking too: staking comes first.
_OF_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("referral", ("referral", "kickback", "rebate", "commission")),
    ("airdrop", ("airdrop", "launchpool", "megadrop", "hodler", "fork")),
    ("staking", ("staking", "eth2", "eth 2.0", "beth ", "sol boost")),
    ("earn", ("earn", "savings", "vault", "dual investment", "liquidity", "lending", "interest", "bonus tiered")),
    ("bonus", ("bonus", "contest", "voucher", "reward", "campaign", "red packet")),
)
DIVIDEND: Final = "dividend"
CHARGE: Final = "charge"


def income_word(kind: EventKind, source: str, note: str, quantity: Decimal) -> str:
    """earn, staking, airdrop, referral, bonus, dividend, funding, margin_interest, futures_result, futures_fee,
    adjustment or, where a reward was taken back or written off, charge.
    """
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if quantity < ZERO:
        return CHARGE
    words = f"{source} {note} ".lower().replace("_", " ")
    return next((name for name, marks in _OF_WORDS if any(mark in words for mark in marks)), DIVIDEND)
