"""Which withdrawals of one account are the deposits of another (docs/decisions/0015-own-moves.md).

A function of all deposits and withdrawals and of what the user said: no order in which accounts are read matters, and
a side that is taken back takes the pair with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from backend.core.imports.statements.entries import PREFIX, View, source_of
from backend.core.model.amounts import minus
from backend.core.model.instants import DAY_MS, MINUTE_MS
from backend.core.model.moves import FlowLeg, LegKey, Move, MoveBasis, MoveDecision

# Clocks of two lists, and a withdrawal that is listed when it was sent and not when it was asked for.
EARLY_MS: Final = 10 * MINUTE_MS
LATE_MS: Final = DAY_MS
_OUTSIDE_VIEWS: Final[tuple[View, ...]] = ("fiat", "fiat_buys", "p2p")
# Money that crossed by a bank, a card or another person did not go to an account of one's own.
OUTSIDE: Final = frozenset(
    {"fiat_deposit", "fiat_withdrawal", "card_purchase", "card_sale", "p2p", *map(source_of, _OUTSIDE_VIEWS)}
)
Pair = tuple[FlowLeg, FlowLeg]


@dataclass(frozen=True, slots=True)
class _Rule:
    """When two sides are one move. `marks`: one of them is common to both, so that not all are compared with all."""

    basis: MoveBasis
    marks: Callable[[FlowLeg], Sequence[object]]
    fits: Callable[[FlowLeg, FlowLeg], bool]


@dataclass(slots=True)
class _Sides:
    """What has no other side yet, by coin."""

    sent: dict[str, list[FlowLeg]] = field(default_factory=lambda: defaultdict(list))
    received: dict[str, list[FlowLeg]] = field(default_factory=lambda: defaultdict(list))

    def take(self, pair: Pair) -> None:
        sent, received = pair
        self.sent[sent.asset].remove(sent)
        self.received[received.asset].remove(received)


def pair_up(legs: Iterable[FlowLeg], said: Mapping[tuple[LegKey, LegKey], MoveDecision]) -> list[Move]:
    """The moves among deposits and withdrawals, and the suggestions, in the order of their instants.

    Args:
        said: the user's word on two sides.
    """
    sides = _Sides()
    by_key: dict[LegKey, FlowLeg] = {}
    for leg in legs:
        by_key[leg.key] = leg
        (sides.sent if leg.amount < 0 else sides.received)[leg.asset].append(leg)
    found: list[Move] = []
    for (sent_key, received_key), decision in sorted(said.items()):
        sent, received = by_key.get(sent_key), by_key.get(received_key)
        if decision != "move" or sent is None or received is None or not may_be_one(sent, received):
            continue
        if sent in sides.sent[sent.asset] and received in sides.received[received.asset]:
            sides.take((sent, received))
            found.append(_move((sent, received), "user"))
    for rule in RULES:
        found += [_move(pair, rule.basis) for pair in _matched(sides, rule, said)]
    return _carrying(sorted(found, key=lambda move: (move.sent_ms, move.keys)))


def may_be_one(sent: FlowLeg, received: FlowLeg) -> bool:
    """Whether two sides can be a move at all: one coin that left one account and came to another."""
    opposite = sent.amount < 0 < received.amount
    return opposite and sent.asset == received.asset and sent.account_id != received.account_id


def _matched(sides: _Sides, rule: _Rule, said: Mapping[tuple[LegKey, LegKey], MoveDecision]) -> Sequence[Pair]:
    """One side for one other, those nearest in time first."""
    candidates: list[tuple[int, LegKey, LegKey, Pair]] = []
    for asset, all_sent in sides.sent.items():
        there: dict[object, list[FlowLeg]] = defaultdict(list)
        for received in sides.received.get(asset, ()):
            for mark in rule.marks(received):
                there[mark].append(received)
        for sent in all_sent:
            for received in {one.key: one for mark in rule.marks(sent) for one in there.get(mark, ())}.values():
                if may_be_one(sent, received) and rule.fits(sent, received) and (sent.key, received.key) not in said:
                    apart = abs(received.at_ms - sent.at_ms)
                    candidates.append((apart, sent.key, received.key, (sent, received)))
    taken: set[LegKey] = set()
    found: list[Pair] = []
    for _, sent_key, received_key, pair in sorted(candidates, key=lambda one: one[:3]):
        if sent_key not in taken and received_key not in taken:
            taken |= {sent_key, received_key}
            sides.take(pair)
            found.append(pair)
    return found


def _one_transfer(sent: FlowLeg, received: FlowLeg) -> bool:
    """The exchange gives both sides of a transfer one id. Rows of files are numbered here, by no one else."""
    same = (sent.source, sent.external_id) == (received.source, received.external_id)
    return same and not sent.source.startswith(PREFIX) and received.amount == -sent.amount


def _one_transaction(sent: FlowLeg, received: FlowLeg) -> bool:
    return _same(sent.transaction, received.transaction) and received.amount == -sent.amount


def _one_address(sent: FlowLeg, received: FlowLeg) -> bool:
    """Sent to the address of the other account, at one time and in one amount."""
    if not _same(sent.address, received.address) or received.amount != -sent.amount:
        return False
    return _in_time(sent, received) and not _of_two_transactions(sent, received)


def _alike(sent: FlowLeg, received: FlowLeg) -> bool:
    """Nothing but the user can say whether it is one: the coin, the amount and the time agree."""
    if sent.source in OUTSIDE or received.source in OUTSIDE or _of_two_transactions(sent, received):
        return False
    if _same(sent.transaction, received.transaction):
        # What arrived is less than what was sent: a coin that takes its share of each transfer.
        return received.amount < -sent.amount
    # Some lists tell a withdrawal with its fee.
    return _in_time(sent, received) and received.amount in (-sent.amount, minus(-sent.amount, sent.fee))


def _in_time(sent: FlowLeg, received: FlowLeg) -> bool:
    return sent.at_ms - EARLY_MS <= received.at_ms <= sent.at_ms + LATE_MS


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def _of_two_transactions(sent: FlowLeg, received: FlowLeg) -> bool:
    both = bool(sent.transaction and received.transaction)
    return both and not _same(sent.transaction, received.transaction)


def _move(pair: Pair, basis: MoveBasis) -> Move:
    sent, received = pair
    return Move(
        sent=sent.key,
        sent_ms=sent.at_ms,
        received=received.key,
        received_ms=received.at_ms,
        asset=sent.asset,
        quantity=received.amount,
        basis=basis,
        state="suggested" if basis == "amount" else "paired",
        carries=False,
    )


def _carrying(moves: Sequence[Move]) -> list[Move]:
    """Costs go with the coins forward in time only, so that no account's costs ever rest on themselves."""
    paired = [move for move in moves if move.state == "paired"]
    senders = {(move.sent[0], move.asset, move.sent_ms) for move in paired}
    return [
        replace(
            move,
            carries=move.state == "paired"
            and (
                move.sent_ms < move.received_ms
                or (
                    move.sent_ms == move.received_ms and (move.received[0], move.asset, move.received_ms) not in senders
                )
            ),
        )
        for move in moves
    ]


def _transfer_id(leg: FlowLeg) -> Sequence[object]:
    return ((leg.source, leg.external_id),)


def _transaction_of(leg: FlowLeg) -> Sequence[object]:
    return (leg.transaction.casefold(),) if leg.transaction else ()


def _address_of(leg: FlowLeg) -> Sequence[object]:
    return (leg.address.casefold(),) if leg.address else ()


def _amounts_of(leg: FlowLeg) -> Sequence[object]:
    amounts = (leg.amount,) if leg.amount > 0 else (-leg.amount, minus(-leg.amount, leg.fee))
    return *amounts, *_transaction_of(leg)


# The surest first: what one has paired, the next does not see.
RULES: Final = (
    _Rule("transfer", _transfer_id, _one_transfer),
    _Rule("transaction", _transaction_of, _one_transaction),
    _Rule("address", _address_of, _one_address),
    _Rule("amount", _amounts_of, _alike),
)
