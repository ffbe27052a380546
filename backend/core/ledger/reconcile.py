"""Does the replayed ledger give today's balances? What is left over is booked, named and marked, never hidden.

A difference becomes an `unexplained` event that counts as a cash flow until its cause is found: value and return then
stay right, and everything that rests on it says `estimated`. When the missing event turns up later, the entry that
stood in for it goes away again.

What the user said of an entry (a flow, or income) is its kind. It outlives every later reconciliation, but not the
entry: when the cause turns up, that is the better answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.replay import final_quantities, lowest_quantities
from backend.core.model.amounts import MONEY, ZERO, plain
from backend.core.model.holdings import EventKind, LedgerEvent, Leg

SOURCE: Final = "reconciliation"


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What to take back and what to book so that the ledger gives the reported balances."""

    removed: tuple[LedgerEvent, ...]
    added: tuple[LedgerEvent, ...]

    @property
    def from_ms(self) -> int | None:
        """The earliest instant that changes; None when nothing does."""
        return min((event.at_ms for event in (*self.removed, *self.added)), default=None)


def difference(reported: Mapping[str, Decimal], events: Sequence[LedgerEvent]) -> dict[str, Decimal]:
    """Reported minus replayed quantity of each asset that differs."""
    replayed = final_quantities(events)
    with localcontext(MONEY):
        found = {
            asset: reported.get(asset, ZERO) - replayed.get(asset, ZERO) for asset in sorted({*reported, *replayed})
        }
    return {asset: amount for asset, amount in found.items() if amount != ZERO}


def adjust(
    reported: Mapping[str, Decimal],
    events: Sequence[LedgerEvent],
    seen_at_ms: int,
    first_sync: bool,
    watched_ms: int | None = None,
) -> Adjustments:
    """Plan the entries that make the ledger give the reported balances.

    Args:
        reported: quantities of the exchange at `seen_at_ms`.
        events: the whole ledger in booking order, earlier adjustments included.
        first_sync: the account was never reconciled. What must have been there before the first known event is then
            booked at that event; later, a difference is dated when it was first seen.
        watched_ms: when the account was first looked at. What was booked before it was booked for coins that were short
            then; where they no longer are, it goes, with what was booked against it.
    """
    real = [event for event in events if event.source != SOURCE]
    booked = [event for event in events if event.source == SOURCE]
    needed = difference(reported, real)
    opening = short(real) if first_sync else {}
    removed: list[LedgerEvent] = []
    added: list[LedgerEvent] = []
    with localcontext(MONEY):
        for asset in sorted({*needed, *opening, *(leg.asset for event in booked for leg in event.legs)}):
            own = [event for event in booked if event.legs[0].asset == asset]
            booking: dict[int, tuple[Decimal, EventKind]] = {}
            for event, still in _filled(real, own, watched_ms):
                removed.append(event)
                own.remove(event)
                if still != ZERO:
                    booking[event.at_ms] = still, event.kind
            held_back = sum((amount for amount, _ in booking.values()), ZERO)
            missing = needed.get(asset, ZERO) - sum((event.legs[0].amount for event in own), held_back)
            # Newest first: an entry against the direction of what is missing stood in for what has turned up.
            for event in reversed(own):
                amount = event.legs[0].amount
                if missing == ZERO or (amount > ZERO) == (missing > ZERO):
                    continue
                removed.append(event)
                missing += amount
                if (missing > ZERO) == (amount > ZERO) and missing != ZERO:
                    # Only a part of it turned up: the rest has been there since that instant too.
                    booking[event.at_ms] = missing, event.kind
                    missing = ZERO
            before = opening.get(asset, ZERO)
            if before > ZERO and real and not own and not booking:
                booking[real[0].at_ms] = before, EventKind.UNEXPLAINED
                missing -= before
            if missing != ZERO:
                # What is new must be asked for, also where an answer stands for the rest of the instant.
                booking[seen_at_ms] = booking.get(seen_at_ms, (ZERO,))[0] + missing, EventKind.UNEXPLAINED
            kept = [event for event in own if event not in removed]
            for at_ms, (amount, kind) in booking.items():
                # One entry an asset and instant: a second one of the same amount would bear the same id.
                same = [event for event in kept if event.at_ms == at_ms]
                removed.extend(same)
                together = amount + sum((event.legs[0].amount for event in same), ZERO)
                if together != ZERO:
                    added.append(_entry(asset, together, at_ms, kind if not same else EventKind.UNEXPLAINED))
    return Adjustments(tuple(removed), tuple(added))


def _filled(
    real: Sequence[LedgerEvent], own: Sequence[LedgerEvent], watched_ms: int | None
) -> list[tuple[LedgerEvent, Decimal]]:
    """The entry of an asset for coins that were short before anything was known, and how much of it is still short.

    Only where another entry takes away what it brought: the sums agree, so nothing else would ever question the two. A
    loan found late is such a cause, since it changes no sum.
    """
    before = [event for event in own if event.legs[0].amount > ZERO and event.at_ms < (watched_ms or 0)]
    if not before or not any(event.legs[0].amount < ZERO for event in own):
        return []
    still = short(real).get(before[0].legs[0].asset, ZERO)
    return [(before[0], still)] if still < before[0].legs[0].amount else []


def short(real: Sequence[LedgerEvent]) -> dict[str, Decimal]:
    """How many coins must have been there before the first event, for none to have been below zero."""
    return {asset: -lowest for asset, lowest in lowest_quantities(real).items() if lowest < ZERO}


def _entry(asset: str, amount: Decimal, at_ms: int, kind: EventKind) -> LedgerEvent:
    role = "in" if amount > ZERO else "out"
    return LedgerEvent(
        source=SOURCE,
        external_id=f"{asset}:{at_ms}:{plain(amount)}",
        kind=kind,
        at_ms=at_ms,
        legs=(Leg(asset, amount, "in" if role == "in" else "out"),),
    )
