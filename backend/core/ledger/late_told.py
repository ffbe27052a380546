"""A ledger that was told late of what stood in it unexplained: where both hold the same before and after.

The exchange lists a deposit hours after the balances showed it. Until then an entry stood in for it
(`core/ledger/reconcile.py`); now the entry goes and the deposit comes, at its own instant and with its own flow. What
was held differs between the two alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from backend.core.model.amounts import MONEY, ZERO
from backend.core.model.holdings import FLOW_KINDS, LedgerEvent


def flows_told_late(before: Sequence[LedgerEvent], after: Sequence[LedgerEvent]) -> tuple[int, int] | None:
    """From when to when two ledgers of one account may differ in what was held, or in what is in doubt, both ends
    outside; None where nothing differs, where more than flows does, or where what is held differs for good.
    """
    own, other = set(before), set(after)
    gone = [event for event in before if event not in other]
    come = [event for event in after if event not in own]
    changed = [*gone, *come]
    if not changed or any(event.kind not in FLOW_KINDS for event in changed):
        return None
    left: dict[str, Decimal] = {}
    with localcontext(MONEY):
        for events, sign in ((come, 1), (gone, -1)):
            for event in events:
                for leg in event.legs:
                    left[leg.asset] = left.get(leg.asset, ZERO) + sign * leg.amount
    if any(amount != ZERO for amount in left.values()):
        return None
    stretches = [event.stretch or (event.at_ms, event.at_ms) for event in changed]
    return (
        min(min(start, event.at_ms) for (start, _), event in zip(stretches, changed, strict=True)),
        max(max(end, event.at_ms) for (_, end), event in zip(stretches, changed, strict=True)),
    )
