"""Does the replayed ledger give today's balances? What is left over is booked, named and marked, never hidden.

A difference becomes an `unexplained` event that counts as a cash flow until its cause is found: value and return then
stay right, and everything that rests on it says `estimated`. When the missing event turns up later, the entry that
stood in for it goes away again. Only then: a difference the other way round, without a word of that coin, is another
change that nobody told, and has an entry of its own.

What the user said of an entry (a flow, or income) is its kind. It outlives every later reconciliation, but not the
entry: when the cause turns up, that is the better answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from backend.core.ledger.replay import final_quantities, lowest_points
from backend.core.model.amounts import MONEY, ZERO, plain
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import HOUR_MS, MINUTE_MS

SOURCE: Final = "reconciliation"
# Balances may be so much older than the history that is compared with them.
LATE_READING_MS: Final = HOUR_MS
# So long may it take to read all wallets: what happens meanwhile may be in them.
SLOW_READING_MS: Final = MINUTE_MS


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What to take back and what to book so that the ledger gives the reported balances."""

    removed: tuple[LedgerEvent, ...]
    added: tuple[LedgerEvent, ...]

    @property
    def from_ms(self) -> int | None:
        """The earliest instant that changes, what lies in doubt before an entry included; None when nothing does."""
        changed = (*self.removed, *self.added)
        return min((_doubted_from(event) for event in changed), default=None)


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
    agreed_ms: int | None = None,
    told: Mapping[str, int] | None = None,
) -> Adjustments:
    """Plan the entries that make the ledger give the reported balances.

    Args:
        reported: quantities of the exchange at `seen_at_ms`.
        events: the whole ledger in booking order, earlier adjustments included.
        first_sync: the account was never reconciled. What must have been there before the first known event is then
            booked at that event; later, a difference is dated when it was first seen.
        watched_ms: when the account was first looked at. What was booked before it was booked for coins that were short
            then; where they no longer are, it goes, with what was booked against it.
        agreed_ms: when the sums were right last: what is missing now happened after it. None: they never were, so it
            may have happened at any time since the first event.
        told: by coin, the earliest instant that the ledger was told of, or had taken back, since the comparison before:
            an entry gives way only to what happened until it was booked. None: anything may have been told.
    """
    real = [event for event in events if event.source != SOURCE]
    booked = [event for event in events if event.source == SOURCE]
    needed = difference(reported, real)
    opening = _shortages(real) if first_sync else {}
    since_ms = agreed_ms if agreed_ms is not None else min((event.at_ms for event in real), default=seen_at_ms)
    removed: list[LedgerEvent] = []
    added: list[LedgerEvent] = []
    with localcontext(MONEY):
        for asset in sorted({*needed, *opening, *(leg.asset for event in booked for leg in event.legs)}):
            own = [event for event in booked if event.legs[0].asset == asset]
            booking: dict[int, tuple[Decimal, EventKind, int | None]] = {}
            for event, still, until_ms in _filled(real, own, watched_ms):
                removed.append(event)
                own.remove(event)
                if still != ZERO:
                    booking[event.at_ms] = still, event.kind, until_ms
            held_back = sum((amount for amount, *_ in booking.values()), ZERO)
            missing = needed.get(asset, ZERO) - sum((event.legs[0].amount for event in own), held_back)
            doubted = [since_ms]
            # Newest first: an entry against the direction of what is missing stood in for what has turned up.
            for event in reversed(own):
                amount = event.legs[0].amount
                if missing == ZERO or (amount > ZERO) == (missing > ZERO):
                    continue
                if told is not None and not _turned_up(event, missing, told.get(asset), real):
                    continue
                removed.append(event)
                missing += amount
                if (missing > ZERO) == (amount > ZERO) and missing != ZERO:
                    # Only a part of it turned up: the rest has been there since that instant too.
                    booking[event.at_ms] = missing, event.kind, event.since_ms
                    missing = ZERO
                elif event.since_ms is not None:
                    # What it stood for may have turned up, or have been undone by something that nobody told either.
                    doubted.append(_doubted_from(event))
            before, until_ms = opening.get(asset, (ZERO, 0))
            if before > ZERO and real and not own and not booking:
                booking[real[0].at_ms] = before, EventKind.UNEXPLAINED, until_ms
                missing -= before
            if missing != ZERO:
                # What is new must be asked for, also where an answer stands for the rest of the instant.
                there = booking.get(seen_at_ms, (ZERO,))[0]
                booking[seen_at_ms] = there + missing, EventKind.UNEXPLAINED, min(doubted)
            kept = [event for event in own if event not in removed]
            for at_ms, (amount, kind, doubtful_ms) in booking.items():
                # One entry an asset and instant: a second one of the same amount would bear the same id.
                same = [event for event in kept if event.at_ms == at_ms]
                removed.extend(same)
                together = amount + sum((event.legs[0].amount for event in same), ZERO)
                if together != ZERO:
                    earliest = [one for one in (doubtful_ms, *(event.since_ms for event in same)) if one is not None]
                    kind = kind if not same else EventKind.UNEXPLAINED
                    added.append(_entry(asset, together, at_ms, kind, min(earliest, default=None)))
    return Adjustments(tuple(removed), tuple(added))


def _filled(
    real: Sequence[LedgerEvent], own: Sequence[LedgerEvent], watched_ms: int | None
) -> list[tuple[LedgerEvent, Decimal, int]]:
    """The entry of an asset for coins that were short before anything was known, how many still are, and the instant
    that the last of these were.

    Only where another entry takes away what it brought: the sums agree, so nothing else would ever question the two. A
    loan found late is such a cause, since it changes no sum.
    """
    before = [event for event in own if event.legs[0].amount > ZERO and event.at_ms < (watched_ms or 0)]
    if not before or not any(event.legs[0].amount < ZERO for event in own):
        return []
    still, until_ms = _shortages(real).get(before[0].legs[0].asset, (ZERO, 0))
    return [(before[0], still, until_ms)] if still < before[0].legs[0].amount else []


def _turned_up(entry: LedgerEvent, missing: Decimal, told_ms: int | None, real: Sequence[LedgerEvent]) -> bool:
    """Whether what an entry stood in for may be what was told of its coin, from `told_ms` on (None: nothing was).

    What is missing is against its direction. Where it is all of it, what was told may have happened while the wallets
    were read; or the wallets were behind what had been told by then.
    """
    whole = missing == -entry.legs[0].amount
    latest_ms = entry.at_ms + (SLOW_READING_MS if whole else 0)
    return (told_ms is not None and told_ms <= latest_ms) or (whole and _read_late(real, entry))


def _read_late(real: Sequence[LedgerEvent], entry: LedgerEvent) -> bool:
    """Whether an entry takes back just what had been told of its coin last: the wallets did not show it yet.

    The histories are read after the wallets, so that may also have happened a moment after them.
    """
    asset, amount = entry.legs[0].asset, entry.legs[0].amount
    first_ms, last_ms = entry.at_ms - LATE_READING_MS, entry.at_ms + SLOW_READING_MS
    near = [event for event in real if first_ms < event.at_ms <= last_ms]
    while near:
        left = amount
        for event in reversed(near):
            left += sum((leg.amount for leg in event.legs if leg.asset == asset), ZERO)
            if left == ZERO:
                return True
        # What came after it was told later than the entry was booked.
        if near.pop().at_ms <= entry.at_ms:
            return False
    return False


def in_doubt(events: Sequence[LedgerEvent]) -> list[tuple[int, int]]:
    """Stretches, both ends outside, in which something happened that nobody told and nobody said what it was."""
    unknown = (event.stretch for event in events if event.kind is EventKind.UNEXPLAINED)
    return [stretch for stretch in unknown if stretch is not None]


def short(real: Sequence[LedgerEvent]) -> dict[str, Decimal]:
    """How many coins must have been there before the first event, for none to have been below zero."""
    return {asset: amount for asset, (amount, _) in _shortages(real).items()}


def _shortages(real: Sequence[LedgerEvent]) -> dict[str, tuple[Decimal, int]]:
    """The same, and when the last of them were short."""
    return {asset: (-lowest, at_ms) for asset, (lowest, at_ms) in lowest_points(real).items() if lowest < ZERO}


def _doubted_from(event: LedgerEvent) -> int:
    return event.at_ms if event.stretch is None else event.stretch[0]


def _entry(asset: str, amount: Decimal, at_ms: int, kind: EventKind, since_ms: int | None) -> LedgerEvent:
    role = "in" if amount > ZERO else "out"
    return LedgerEvent(
        source=SOURCE,
        external_id=f"{asset}:{at_ms}:{plain(amount)}",
        kind=kind,
        at_ms=at_ms,
        legs=(Leg(asset, amount, "in" if role == "in" else "out"),),
        since_ms=since_ms,
    )
