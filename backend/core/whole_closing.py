"""The closing equation of all accounts together: the parts of each, without what only moved between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.ledger.closing import Closing
from backend.core.model.accounts import is_whole
from backend.core.model.amounts import minus, total
from backend.core.own_moves import key_of

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import UnitOfWork


def closing_at(unit: UnitOfWork, row: SnapshotRow) -> Closing | None:
    """The parts that a snapshot is made of; None: they are not booked yet, or an account has no row of that instant.

    What left one account for another is no flow. What its price gained on its way is a gain that no account has booked;
    as long as it is on its way it is an open one.
    """
    if not is_whole(row.account_id):
        return unit.proofs.closing(row.account_id, row.at_ms)
    ends = unit.wholes.ends(sorted(unit.wholes.members(row.account_id)))
    begun = [account for account, own in ends.items() if own.first_ms < row.at_ms]
    found = [unit.proofs.closing(account, row.at_ms) for account in begun]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    values = [unit.snapshots.values_before(account, [row.at_ms]).get(row.at_ms) for account in begun]
    # Coins may be on their way to an account whose history begins with them.
    moves = [one for one in unit.moves.all(sorted(ends)) if one.state == "paired"]
    sides = {key for move in moves for key in move.keys}
    amounts = {
        key_of(flow): flow.amount
        for account in ends
        for flow in (unit.cash_flows.all(account) if sides else ())
        if flow.amount is not None and flow.at_ms < row.at_ms and key_of(flow) in sides
    }
    moved = total(list(amounts.values()))
    whole = [move for move in moves if amounts.keys() >= set(move.keys)]
    gained = total([amounts[key] for move in whole for key in move.keys])
    on_their_way = minus(row.value, *(value for value in values if value is not None))
    return Closing(
        at_ms=row.at_ms,
        flows=minus(total([one.flows for one in known]), moved),
        realized=total([gained, *(one.realized for one in known)]),
        unrealized=total([on_their_way, minus(moved, gained), *(one.unrealized for one in known)]),
        income=total([one.income for one in known]),
        fees=total([one.fees for one in known]),
    )
