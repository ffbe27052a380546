"""When an account is refreshed next."""

from __future__ import annotations

from typing import Final

from backend.services.account_tasks import REFRESHES_AT_ONCE

# Each asks for the prices once, which many coins make dear.
MOST_GROUPS: Final = 4


def always() -> bool:
    """Where nobody waits, a step goes on until it is through."""
    return True


def next_turn_s(position: int, accounts: int, due_s: float, now_s: float, interval_s: float) -> float:
    """The next turn of an account whose turn is now, by the steady clock, in seconds.

    Accounts that can be refreshed at once keep their distance to the last time. More than that take turns in groups,
    evenly over the interval: in one crowd the last would wait for all the others, some minutes longer than others, and
    its data would be older than an interval by so much.

    Args:
        position: of the account among all `accounts`, from 0.
        due_s: when its turn was due; longer ago than an interval where it missed one.
    """
    groups = min(-(-accounts // REFRESHES_AT_ONCE), MOST_GROUPS)
    if groups <= 1:
        return due_s + interval_s if due_s + interval_s > now_s else now_s + interval_s
    phase_s = position % groups * interval_s / groups
    following_s = phase_s + ((now_s - phase_s) // interval_s + 1) * interval_s
    # Rounded, the turn may be the one that is now: it would come again at once.
    return following_s if following_s > now_s else following_s + interval_s
