"""How money came in or went out: over a chain, by a bank or a card, from person to person. Two flows of one size may be
one movement only where both may have gone the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from backend.core.imports.statements.entries import source_of

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent

Way = Literal["chain", "bank", "card", "p2p", "pay", "family"]
Ways = frozenset[Way]
_CHAIN: Final[Ways] = frozenset({"chain"})
_BANK: Final[Ways] = frozenset({"bank"})
_CARD: Final[Ways] = frozenset({"card"})
_P2P: Final[Ways] = frozenset({"p2p"})
_PAY: Final[Ways] = frozenset({"pay"})
_FAMILY: Final[Ways] = frozenset({"family"})
_OF_SOURCE: Final[Mapping[str, Ways]] = {
    "fiat_deposit": _BANK,
    "fiat_withdrawal": _BANK,
    source_of("fiat"): _BANK,
    "card_purchase": _CARD,
    "card_sale": _CARD,
    source_of("fiat_buys"): _CARD,
    "p2p": _P2P,
    source_of("p2p"): _P2P,
    "pay": _PAY,
    "sub_account_in": _FAMILY,
    "sub_account_out": _FAMILY,
    "sub_accounts": _FAMILY,
}
# Operations of a transaction history that name the way. Plain deposits and withdrawals, and what was sent, name none:
# money of banks stands under those words as well as coins that went over a chain.
_OF_OPERATION: Final[Mapping[str, Ways]] = {
    "fiat deposit": _BANK,
    "fiat withdraw": _BANK,
    "fiat withdrawal": _BANK,
    "binance card spending": _CARD | _PAY,
    "p2p trading": _P2P,
    "c2c transfer": _P2P | _PAY,
    "binance pay": _PAY,
    "crypto box": _PAY,
    "buy crypto with card": _CARD,
    "buy crypto": _CARD | _BANK,
    "buy crypto with fiat": _CARD | _BANK,
    "fiat ocbs - add fiat and fees": _CARD | _BANK,
    "transfer between main account and sub-account": _FAMILY,
}
_HISTORY: Final = source_of("transactions")
# What the exchange writes in place of a transaction where coins went from one of its users to another.
_OFF_CHAIN: Final = ("internal", "off-chain", "off chain")


def same_way(one: LedgerEvent, other: LedgerEvent) -> bool:
    """Whether two flows may be one movement; a flow that names no way may have gone any."""
    mine, others = _ways(one), _ways(other)
    return mine is None or others is None or not mine.isdisjoint(others)


def _ways(event: LedgerEvent) -> Ways | None:
    """The ways that a flow may have gone; None: any."""
    if event.transaction:
        return None if event.transaction.lower().startswith(_OFF_CHAIN) else _CHAIN
    if event.source == _HISTORY:
        return _OF_OPERATION.get(" ".join(event.note.lower().split()))
    return _OF_SOURCE.get(event.source)
