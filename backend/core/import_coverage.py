"""What each history of an account was read for, and which stretches of it are missing, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

# Cursors that the collector keeps. Of a history: everything between the two was read; when the key was refused last.
SINCE: Final = "since"
UNTIL: Final = "until"
REFUSED: Final = "refused"
# By history: what is older than this is not told.
EDGE: Final = "edge"
# Of the import as a whole: the account's first event.
FIRST: Final = "first"
Reason = Literal["not_read", "beyond_horizon", "not_readable"]


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A stretch that nothing is known of; `until_ms` None: up to now."""

    from_ms: int
    until_ms: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One history. `horizon_ms`: the exchange tells nothing from before; None: no such end is known."""

    source: str
    from_ms: int | None
    until_ms: int | None
    horizon_ms: int | None
    gaps: tuple[CoverageGap, ...]

    @property
    def complete(self) -> bool:
        """Everything since the account's first event was read."""
        return not self.gaps

    @property
    def reason(self) -> Reason | None:
        """Why it is not complete: what the user can change first."""
        reasons = [gap.reason for gap in self.gaps]
        order: tuple[Reason, ...] = ("not_readable", "not_read", "beyond_horizon")
        return next((reason for reason in order if reason in reasons), None)


def coverage(source: str, cursors: Mapping[str, int], edge_ms: int, opened_ms: int, first_ms: int) -> SourceCoverage:
    """What is known of one history.

    Args:
        cursors: of this history, as the collector left them.
        edge_ms: what is older is not told.
        opened_ms: the oldest instant there is; an edge there is none.
        first_ms: the account's first event: nothing can be missing from before.
    """
    since, until = cursors.get(SINCE), cursors.get(UNTIL)
    gaps: list[CoverageGap] = []
    told_from = max(edge_ms, first_ms)
    if edge_ms > first_ms:
        gaps.append(CoverageGap(first_ms, edge_ms, "beyond_horizon"))
    reason: Reason = "not_readable" if cursors.get(REFUSED) else "not_read"
    if since is None or until is None:
        gaps.append(CoverageGap(told_from, None, reason))
    else:
        if since > told_from:
            gaps.append(CoverageGap(told_from, since, reason))
        if reason == "not_readable":
            # It was told once, and is no more.
            gaps.append(CoverageGap(until, None, reason))
    return SourceCoverage(source, since, until, edge_ms if edge_ms > opened_ms else None, tuple(gaps))
