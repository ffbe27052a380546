"""What each history of an account was read for, and which stretches of it are missing, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from backend.core.import_forecast import TRADES
from backend.core.model.instants import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from backend.core.imports.statements.covered import Covered
    from backend.core.ports import UnitOfWork

# Cursors that the collector keeps. Of a history: everything between the two was read; when the key was refused last.
SINCE: Final = "since"
UNTIL: Final = "until"
REFUSED: Final = "refused"
# By history: what is older than this is not told.
EDGE: Final = "edge"
# A horizon moves with the clock; it is noted anew when it has moved by so much.
EDGE_MOVES_MS: Final = HOUR_MS
# Of the import as a whole: the account's first event.
IMPORT: Final = "import"
FIRST: Final = "first"
# When the account's wallets were read first: values of earlier instants were seen by nobody, they are replayed.
WATCHED: Final = "watched"
# Until when the ledger is known to explain the balances: they were compared then, whatever differed was booked.
EXPLAINED: Final = "explained"
# Binance opened on 2017-07-14: nothing can be older.
OPENED_MS: Final = 1_499_990_400_000
ON_CHAIN: Final = ("deposit", "withdrawal", TRADES)
# Told to masters and to sub-accounts only: any other account is refused.
OF_FAMILIES: Final = frozenset({"sub_account_in", "sub_account_out", "sub_accounts"})
# Each history is looked at once a day at the rarest.
BEHIND_MS: Final = 2 * DAY_MS
# Of a history that a file tells: from when, and until when, by the file's import, its kind and a running number.
_OF_FILE: Final = re.compile(r"file:(\d+:[a-z0-9_]+:\d+):(from|until)")
Reason = Literal["not_read", "beyond_horizon", "not_readable"]


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A stretch that nothing is known of; `until_ms` None: up to now."""

    from_ms: int
    until_ms: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One history. `horizon_ms`: the exchange tells nothing from before; None: no such end is known.

    `files`: stretches, from and until, that exports of the exchange tell instead, oldest first.
    """

    source: str
    from_ms: int | None
    until_ms: int | None
    horizon_ms: int | None
    gaps: tuple[CoverageGap, ...]
    files: tuple[tuple[int, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Everything since the account's first event was read, from the exchange or from its exports."""
        return not self.gaps

    @property
    def reason(self) -> Reason | None:
        """Why it is not complete: what the user can change first."""
        reasons = [gap.reason for gap in self.gaps]
        order: tuple[Reason, ...] = ("not_readable", "not_read", "beyond_horizon")
        return next((reason for reason in order if reason in reasons), None)


def coverage(
    source: str, cursors: Mapping[str, int], edge_ms: int, opened_ms: int, first_ms: int, newest_ms: int = 0
) -> SourceCoverage:
    """What is known of one history.

    Args:
        cursors: of this history, as the collector left them.
        edge_ms: what is older is not told.
        opened_ms: the oldest instant there is; an edge there is none.
        first_ms: the account's first event: nothing can be missing from before.
        newest_ms: until when any history of the account was read: one that is days behind is not read any more.
    """
    since, until = cursors.get(SINCE), cursors.get(UNTIL)
    if since is not None and opened_ms < edge_ms < since < edge_ms + EDGE_MOVES_MS:
        # What was just inside the horizon when it was noted was beyond it when it was asked for.
        edge_ms = since
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
        if reason == "not_readable" or newest_ms - until > BEHIND_MS:
            # It was told once, and is no more.
            gaps.append(CoverageGap(until, None, reason))
    files = _of_files(cursors)
    unknown = tuple(
        replace(gap, from_ms=start, until_ms=stop)
        for gap in gaps
        for start, stop in _rest(gap.from_ms, gap.until_ms, files)
    )
    return SourceCoverage(source, since, until, edge_ms if edge_ms > opened_ms else None, unknown, files)


def file_key(import_id: int) -> str:
    """What the cursors of an import begin with."""
    return f"file:{import_id}:"


def note_covered(unit: UnitOfWork, account_id: int, import_id: int, found: Iterable[Covered]) -> None:
    """Write down what the files of an import tell whole, also where an earlier one does: that may be taken back."""
    for number, one in enumerate(found):
        key = f"{file_key(import_id)}{one.view}:{number}"
        unit.ledger.set_cursor(account_id, one.history, f"{key}:from", one.from_ms)
        unit.ledger.set_cursor(account_id, one.history, f"{key}:until", one.until_ms)


def _of_files(cursors: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    """Stretches that files tell, oldest first, those that touch or overlap put together."""
    ends: dict[str, dict[str, int]] = {}
    for key, at_ms in cursors.items():
        if (named := _OF_FILE.fullmatch(key)) is not None:
            ends.setdefault(named[1], {})[named[2]] = at_ms
    joined: list[tuple[int, int]] = []
    for start, stop in sorted((one["from"], one["until"]) for one in ends.values()):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], stop)
        else:
            joined.append((start, stop))
    return tuple(joined)


def _rest(start: int, stop: int | None, files: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int | None]]:
    """What is left of a stretch (`stop` None: up to now) when files tell parts of it."""
    for told_from, told_until in files:
        if told_until <= start or (stop is not None and told_from >= stop):
            continue
        if told_from > start:
            yield start, told_from
        start = told_until
    if stop is None or start < stop:
        yield start, stop


def histories(unit: UnitOfWork, account_id: int) -> Sequence[SourceCoverage]:
    """What each history of an account was read for."""
    edges = unit.ledger.cursors(account_id, EDGE)
    first_ms = unit.ledger.cursor(account_id, IMPORT, FIRST) or max(edges.values(), default=OPENED_MS)
    told = {name: unit.ledger.cursors(account_id, name) for name in edges}
    newest_ms = max((cursors.get(UNTIL, 0) for cursors in told.values()), default=0)
    names = sorted(
        (name for name, cursors in told.items() if not _is_not_ours(name, cursors)),
        key=lambda name: (name not in ON_CHAIN, name),
    )
    return [coverage(name, told[name], edges[name], OPENED_MS, first_ms, newest_ms) for name in names]


def _is_not_ours(name: str, cursors: Mapping[str, int]) -> bool:
    """A history that the account does not have: refused from the first question on, as it is to most accounts."""
    return name in OF_FAMILIES and bool(cursors.get(REFUSED)) and cursors.get(SINCE) is None
