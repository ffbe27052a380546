"""Moves between accounts that are tracked here: what left one of them is what came to another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# Account, source and external id: what names an event of the ledger, also after it was read anew.
LegKey = tuple[int, str, str]
# Why two sides are one move: the exchange's own id of it, the transaction of a chain, the address, the coin with its
# amount and time alone, or the user's word.
MoveBasis = Literal["transfer", "transaction", "address", "amount", "user"]
MoveState = Literal["paired", "suggested"]
MoveDecision = Literal["move", "not_move"]
Said = dict[tuple[LegKey, LegKey], MoveDecision]


@dataclass(frozen=True, slots=True)
class FlowLeg:
    """A deposit (positive) or withdrawal (negative) of one coin; `fee` >= 0 left on top of it in the same coin.

    `transaction` and `address` are empty where nobody told them.
    """

    account_id: int
    source: str
    external_id: str
    at_ms: int
    asset: str
    amount: Decimal
    fee: Decimal
    transaction: str
    address: str

    @property
    def key(self) -> LegKey:
        return self.account_id, self.source, self.external_id


@dataclass(frozen=True, slots=True)
class Move:
    """Two sides that are one move, or may be one (`suggested`, which changes no figure).

    `quantity` is what arrived. `carries`: the coins keep the cost and the date that they had where they left.
    """

    sent: LegKey
    sent_ms: int
    received: LegKey
    received_ms: int
    asset: str
    quantity: Decimal
    basis: MoveBasis
    state: MoveState
    carries: bool

    @property
    def keys(self) -> tuple[LegKey, LegKey]:
        return self.sent, self.received
