"""Moves between accounts that are tracked here: kept in step with the ledgers, and no flows of both together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError, NotFoundError
from backend.core.flows import ENTERED, counts
from backend.core.ledger.moves import may_be_one, pair_up
from backend.core.own_addresses import recompute_changed, seen_before

if TYPE_CHECKING:
    from backend.core.model.holdings import CashFlow
    from backend.core.model.moves import FlowLeg, LegKey, MoveDecision
    from backend.core.ports import UnitOfWork
    from backend.core.views import BalancesView

MOVE_SUGGESTED: Final = "move_suggested"


@dataclass(frozen=True, slots=True)
class FlowsBehind:
    """Cash flows of some accounts: those that count for all of them together, and the two sides of moves among them.

    `open`: suggestions that nobody has answered; their sides count.
    """

    counted: Sequence[CashFlow]
    moved: Sequence[CashFlow]
    open: int


def key_of(flow: CashFlow) -> LegKey:
    return flow.account_id, flow.source, flow.external_id


def flows_of(unit: UnitOfWork, view: BalancesView) -> FlowsBehind:
    """Cash flows up to each account's valuation: a later one is not in the value that they are compared with, and one
    of before anything is known is compared with nothing.
    """
    known = [
        flow
        for holding in view.accounts
        for flow in unit.cash_flows.all(holding.account.id)
        if counts(flow) and (holding.valuation is None or flow.at_ms <= holding.valuation.at_ms)
    ]
    if len(view.accounts) < 2:
        return FlowsBehind(known, (), 0)
    there = {key_of(flow) for flow in known}
    # While one side is not known yet the other is a flow: the coins are in no value then.
    whole = [
        move
        for move in unit.moves.all([holding.account.id for holding in view.accounts])
        if there.issuperset(move.keys)
    ]
    paired = {key for move in whole if move.state == "paired" for key in move.keys}
    return FlowsBehind(
        counted=[flow for flow in known if key_of(flow) not in paired],
        moved=[flow for flow in known if key_of(flow) in paired],
        open=sum(1 for move in whole if move.state == "suggested"),
    )


def settle_moves(unit: UnitOfWork, environment: str) -> frozenset[int]:
    """Pair the deposits and withdrawals of an environment anew. Where a pair is new or gone, the costs of both sides
    are booked anew from there.

    Returns:
        The accounts whose figures wait for their next step.
    """
    accounts = [account.id for account in unit.accounts.in_environment(environment)]
    known = {move.keys: move for move in unit.moves.all(accounts)}
    found = {move.keys: move for move in pair_up(unit.moves.legs(accounts), unit.moves.said(accounts))}
    gone = [move for keys, move in known.items() if found.get(keys) != move]
    new = [move for keys, move in found.items() if known.get(keys) != move]
    if not gone and not new:
        return frozenset()
    outside = seen_before(unit, environment)
    unit.moves.replace(gone, new)
    # What goes to another account of one's own is told there, whatever is said of its address.
    waiting = set(recompute_changed(unit, outside))
    for move in (*gone, *new):
        if move.carries:
            book_anew(unit, move.sent[0], move.sent_ms)
            book_anew(unit, move.received[0], move.received_ms)
            waiting |= {move.sent[0], move.received[0]}
    for account in sorted({key[0] for move in (*gone, *new) for key in move.keys}):
        unit.events.emit("cashflow", account)
    return frozenset(waiting)


def book_anew(unit: UnitOfWork, account: int, from_ms: int) -> None:
    """Costs of an account are others from an instant on."""
    unit.books.mark(account, from_ms)
    # Profit is not split by costs that are not these any more.
    unit.accounts.update_sync(account, positions=None)


def decide_move(
    unit: UnitOfWork, environment: str, flow: CashFlow, other: CashFlow, decision: MoveDecision | None
) -> tuple[LegKey, LegKey]:
    """Say whether two cash flows are one move; None takes the answer back. Returns the sides: sent, received.

    Raises:
        BadInputError: they cannot be one move.
        NotFoundError: the ledger does not have them any more.
    """
    if ENTERED & {flow.source, other.source}:
        raise BadInputError("A cash flow entered by hand stands beside the ledger: it cannot be paired", "other")
    accounts = [account.id for account in unit.accounts.in_environment(environment)]
    by_key: dict[LegKey, FlowLeg] = {leg.key: leg for leg in unit.moves.legs(accounts)}
    sides = sorted((by_key.get(key_of(one)) for one in (flow, other)), key=lambda leg: 0 if leg is None else leg.amount)
    if sides[0] is None or sides[1] is None:
        raise NotFoundError("One of the cash flows is no deposit or withdrawal of the ledger")
    sent, received = sides[0], sides[1]
    if not may_be_one(sent, received):
        words = "One coin must leave one of your accounts and come to another"
        raise BadInputError(f"{words}: these two cash flows cannot be one move", "other")
    unit.moves.say(sent.key, received.key, decision)
    settle_moves(unit, environment)
    return sent.key, received.key
