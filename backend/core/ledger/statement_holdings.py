"""What an account without a key holds: its ledger, replayed (docs/decisions/0017-accounts-without-a-key.md).

Nobody reports its balances. Where it gave up a key, the last reading of that key stands for everything until then;
otherwise what left without having come must have been there before the first line, and is booked as unexplained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.ledger.reconcile import Adjustments, adjust
from backend.core.ledger.replay import final_quantities, lowest_quantities
from backend.core.model.amounts import ZERO, total
from backend.core.model.holdings import EventKind, LedgerEvent

if TYPE_CHECKING:
    from backend.core.model.accounts import LastReading


@dataclass(frozen=True, slots=True)
class StatementHoldings:
    """Quantities by asset, all wallets together, as of the last line (`as_of_ms`): nothing is known of later."""

    as_of_ms: int
    owned: Mapping[str, Decimal]


def told_until_ms(events: Sequence[LedgerEvent], last: LastReading | None) -> int | None:
    """The last line of the statements, or the last reading of a former key where that is later; None: nothing is told.

    Args:
        events: the whole ledger in booking order.
    """
    newest = next((event.at_ms for event in reversed(events) if event.source != RECONCILIATION), None)
    known = [at_ms for at_ms in (newest, None if last is None else last.at_ms) if at_ms is not None]
    return max(known, default=None)


def statement_holdings(events: Sequence[LedgerEvent], last: LastReading | None) -> StatementHoldings | None:
    """What the ledger comes to; None while nothing is told: that is unknown, not nothing."""
    as_of_ms = told_until_ms(events, last)
    if as_of_ms is None:
        return None
    real = [event for event in events if event.source != RECONCILIATION]
    if last is None:
        before = {asset: -lowest for asset, lowest in lowest_quantities(real).items() if lowest < ZERO}
        return StatementHoldings(as_of_ms, _together(final_quantities(real), before))
    owned = _together(last.owned, final_quantities(event for event in real if event.at_ms > last.at_ms))
    # More left since than there was: it came by a line that is missing. What was owed then may be owed still.
    held = {asset: max(quantity, min(last.owned.get(asset, ZERO), ZERO)) for asset, quantity in owned.items()}
    return StatementHoldings(as_of_ms, {asset: quantity for asset, quantity in held.items() if quantity != ZERO})


def settle(events: Sequence[LedgerEvent], last: LastReading | None) -> Adjustments:
    """The entries to take back and to book so that the ledger gives what is held, and is never below nothing.

    The same ledger gives the same entries, in whatever order its lines were told.
    """
    holdings = statement_holdings(events, last)
    booked = [event for event in events if event.source == RECONCILIATION]
    if holdings is None:
        return Adjustments(tuple(booked), ())
    if last is not None:
        # Entries of the time of the key say when a difference was first seen: they stay until they are explained.
        return adjust(holdings.owned, events, holdings.as_of_ms, first_sync=not booked)
    open_ones = {event.external_id: event for event in booked if event.kind is EventKind.UNEXPLAINED}
    rest = [event for event in events if event.external_id not in open_ones or event.source != RECONCILIATION]
    plan = adjust(holdings.owned, rest, holdings.as_of_ms, first_sync=True)
    wanted = {event.external_id: event for event in plan.added}
    gone = [event for name, event in open_ones.items() if wanted.get(name) != event]
    fresh = [event for name, event in wanted.items() if open_ones.get(name) != event]
    return Adjustments((*plan.removed, *gone), tuple(fresh))


def _together(first: Mapping[str, Decimal], second: Mapping[str, Decimal]) -> dict[str, Decimal]:
    sums = {asset: total([first.get(asset, ZERO), second.get(asset, ZERO)]) for asset in {**first, **second}}
    return {asset: quantity for asset, quantity in sums.items() if quantity != ZERO}
