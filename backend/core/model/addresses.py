"""Addresses of the user's own outside the exchange, and what went there and came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

# What a withdrawal to an address is: money that left, or coins that are held elsewhere and count in the value.
Treatment = Literal["flow", "outside_holdings"]
# Source and external id of an event of one account's ledger.
EventKey = tuple[str, str]
# Letters of these alphabets mean the same in both cases.
_EITHER_CASE: Final = ("0x", "bc1", "ltc1", "tb1")


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address outside the exchange that belongs to the user; `network` is empty where any will do."""

    id: int
    address: str
    network: str
    label: str
    treatment: Treatment
    created_ms: int

    def takes(self, address: str, network: str) -> bool:
        """Whether a withdrawal to an address over a network went here; a network that nobody told is any."""
        if self.network and network and self.network.casefold() != network.casefold():
            return False
        return same_address(self.address, address)


@dataclass(frozen=True, slots=True)
class OutsideMove:
    """A withdrawal to an own address that keeps its coins, or a deposit that came back from there.

    `kept`: the coins are in the value until they come back. `returned`: the user said that the deposit came from
    there; `suggested`: it may have, and counts as a flow until the user says so.
    """

    key: EventKey
    at_ms: int
    address_id: int
    asset: str
    quantity: Decimal
    state: Literal["kept", "returned", "suggested"]


@dataclass(frozen=True, slots=True)
class AtAddress:
    """An own address that a cash flow went to or came from. `state`: `flow` where it is treated as one, else that of
    the move.
    """

    address: OwnAddress
    state: Literal["kept", "returned", "suggested", "flow"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What of an account is held outside: its moves by event, and the quantities that are there now."""

    moves: Mapping[EventKey, OutsideMove]
    held: Mapping[tuple[int, str], Decimal]

    @property
    def keys(self) -> frozenset[EventKey]:
        """Events that are no flows: the coins stayed the user's."""
        return frozenset(key for key, move in self.moves.items() if move.state != "suggested")


NOTHING_OUTSIDE: Final = Outside({}, {})


def same_address(one: str, other: str) -> bool:
    """Whether two texts name one address."""
    if one.casefold().startswith(_EITHER_CASE):
        return one.casefold() == other.casefold()
    return one == other
