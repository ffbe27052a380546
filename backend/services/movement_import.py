"""Reads movements into the ledger that are neither deposits nor withdrawals nor trades: income and costs, swaps, fiat,
cards, P2P, Pay, moves between accounts. Idempotent, resumable.

Each source keeps the stretch of time that it was read for, moved in the transaction of its rows. New windows are asked
when something differs, and once in a while; older ones while something differs, and slowly beside that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import (
    CredentialsRefusedError,
    ExchangeError,
    ExchangeLimitedError,
    RequestBudgetError,
    RequestRefusedError,
)
from backend.core.import_coverage import REFUSED, SINCE, UNTIL
from backend.core.import_status import OPENED_MS
from backend.core.import_waiting import WAITING, read_from
from backend.core.ledger.twins import APART_MS
from backend.core.model.history import MARGIN_TRADES, MovementSource
from backend.core.model.instants import DAY_MS, HOUR_MS, MINUTE_MS
from backend.core.model.wallets import Wallet, WalletsReading
from backend.core.ports import UnitOfWork
from backend.services.account_import import AccountImport
from backend.services.margin_import import SIGNS

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent

log = structlog.get_logger(__name__)

# An import that was cut off does not ask again for what it read just now.
RESUMED_MS: Final = MINUTE_MS
# What comes in and goes out between two refreshes leaves no difference: so often one looks all the same.
LOOK_EVERY_MS: Final = HOUR_MS
RARE_LOOK_EVERY_MS: Final = DAY_MS
# Older windows a look goes through while nothing is unexplained.
OLDER_A_LOOK: Final = 3
# Sources whose events name the isolated pair that they happened in; those of loans name none where it was cross.
OF_ISOLATED: Final = frozenset({MARGIN_TRADES[Wallet.MARGIN_ISOLATED], *SIGNS})
Missing = Callable[[], Collection[str]]
# Writes down what a window told; returns the earliest instant of the ledger that changed, None: none did.
Record = Callable[[UnitOfWork], int | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What events name: when each source told of anything first, and pairs of isolated margin that were traded, or
    borrowed in.
    """

    events: Sequence[LedgerEvent]
    sources: Mapping[str, int]
    pairs: frozenset[str]

    @classmethod
    def of(cls, events: Sequence[LedgerEvent]) -> Seen:
        sources: dict[str, int] = {}
        for event in events:
            sources[event.source] = min(event.at_ms, sources.get(event.source, event.at_ms))
        named = {event.symbol for event in events if event.source in OF_ISOLATED and event.symbol is not None}
        return cls(events, sources, frozenset(named))

    def reaches(self, source: str, at_ms: int) -> bool:
        """Whether a source told of anything from before an instant."""
        return self.sources.get(source, at_ms) < at_ms


class MovementImport(AccountImport):
    """Imports one account's movements."""

    _last_seen: Seen | None = None

    def edges(self, reading: WalletsReading, now_ms: int) -> Mapping[str, int]:
        """The histories that this account has, and from when on each of them tells anything now."""
        return {source.name: self._told_from(source, now_ms) for source in self._told(reading)}

    def expect(self, reading: WalletsReading, now_ms: int) -> None:
        """Tell what `read_everything` has before it."""
        for source, start in self._first_windows(reading, now_ms):
            left = len(self._unread(source, start, now_ms, RESUMED_MS))
            self._progress.expect(source.name, left, source.a_minute)

    def read_everything(self, reading: WalletsReading, now_ms: int) -> None:
        """The first import: all that is told since the first event, of dear sources the newest window.

        Raises:
            ExchangeError: the exchange did not answer or the request budget is used up; call again later.
        """
        for source, start in self._first_windows(reading, now_ms):
            self._read_span(source, start, now_ms, RESUMED_MS)

    def read_new(self, reading: WalletsReading, now_ms: int, missing: Missing) -> None:
        """The newest windows of the sources that can tell something new, with an overlap for what was listed late;
        dear ones only while assets are `missing` that they can tell of.

        Raises:
            ExchangeError: one of them gave no usable answer; the others were read all the same.
        """
        failure: ExchangeError | None = None
        for source in self._told(reading):
            if not self._can_tell(source, reading) or (source.dear and not _explains(source, missing())):
                continue
            try:
                self._read_newest(source, now_ms)
            except RequestBudgetError:
                # Only its own calls use the budget of a rare history: it was read within this very minute.
                if not source.rare or not self._read_since(source, now_ms - LOOK_EVERY_MS):
                    raise
            except ExchangeLimitedError:
                raise
            except ExchangeError as error:
                failure = error
        if failure is not None:
            raise failure

    def read_beside(self, reading: WalletsReading, at_ms: int, now_ms: int) -> None:
        """Once more what was read of the minutes around an instant.

        Raises:
            ExchangeError: a source gave no usable answer.
        """
        for source in self._told(reading):
            since, until = self._cursor(source.name, SINCE), self._cursor(source.name, UNTIL)
            if since is None or until is None:
                continue
            start = max(at_ms - APART_MS, since, self._edge(source, now_ms))
            stop = min(at_ms + APART_MS, until)
            if start < stop:
                self._read_window(source, start, stop, now_ms)

    def read_loans(self, reading: WalletsReading, now_ms: int) -> None:
        """What is told of loans: they change nothing that is owned, so that no difference ever asks for them."""
        for source in self._told(reading):
            if not source.wallets.isdisjoint(MARGIN_TRADES):
                self._read_newest(source, now_ms)

    def look(self, reading: WalletsReading, now_ms: int) -> None:
        """Once in a while the newest windows though nothing differs, and a few older ones where any are left.

        A history that does not answer, or has no room in its budget, waits for the next look.

        Raises:
            ExchangeLimitedError: the exchange asked for silence.
        """
        # One question for a rare history is enough for a look.
        closed: set[str] = set()
        for source in self._told(reading):
            often = self._can_tell(source, reading) and not source.rare
            due = not self._read_since(source, now_ms - (LOOK_EVERY_MS if often else RARE_LOOK_EVERY_MS))
            if due and source.name not in closed and not self._refused_since(source, now_ms - DAY_MS):
                closed |= self._rare_names() if source.rare else set()
                self._try(source, lambda one: self._read_newest(one, now_ms))
        for _ in range(OLDER_A_LOOK):
            left = [one for one in self._told(reading) if one.name not in closed and self._older_left(one, now_ms)]
            if not left:
                return
            source = max(left, key=lambda one: (not one.rare, self._cursor(one.name, SINCE) or 0))
            closed |= self._rare_names() if source.rare else set()
            if not self._try(source, lambda one: self._read_older_window(one, now_ms)):
                closed.add(source.name)

    def read_older(self, reading: WalletsReading, now_ms: int, missing: Collection[str]) -> bool:
        """One older window of each source that has any left and can tell of what is missing; False when there was none.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        any_read = False
        for source in self._told(reading):
            if not _explains(source, missing) or (self._has_answered(source) and not self._older_left(source, now_ms)):
                continue
            try:
                any_read |= self._read_older_window(source, now_ms)
            except RequestBudgetError:
                # The others go on; what this one tells is asked for in a minute.
                if not source.rare:
                    raise
        return any_read

    def _try(self, source: MovementSource, ask: Callable[[MovementSource], object]) -> bool:
        """Ask a history for which nothing waits; False where it did not answer."""
        try:
            ask(source)
        except RequestBudgetError:
            return False
        except ExchangeLimitedError:
            raise
        except ExchangeError as error:
            log.warning("history not told", source=source.name, code=error.code)
            return False
        return True

    def _rare_names(self) -> set[str]:
        return {source.name for source in self._exchange.movement_sources() if source.rare}

    def _told(self, reading: WalletsReading) -> Sequence[MovementSource]:
        """Sources of wallets that this account has, those of isolated margin for each pair ever seen."""
        absent = {one.wallet for one in reading.absent}
        there = [source for source in self._exchange.movement_sources() if not source.wallets <= absent]
        held = {one.pair for one in reading.balances if one.pair is not None}
        pairs = sorted(held | self._seen().pairs)
        return [one for source in there for one in (map(source.of_pair, pairs) if source.by_pair else (source,))]

    def _seen(self) -> Seen:
        """What the events of the ledger name; told anew when they change."""
        if self._last_seen is None or self._last_seen.events is not self._ledger.events:
            self._last_seen = Seen.of(self._ledger.events)
        return self._last_seen

    def _can_tell(self, source: MovementSource, reading: WalletsReading) -> bool:
        held: Collection[Wallet] = {one.wallet for one in reading.balances}
        known = source.events in self._seen().sources and not source.tells
        return known or Wallet.SPOT in source.wallets or not source.wallets.isdisjoint(held)

    def _first_windows(self, reading: WalletsReading, now_ms: int) -> Sequence[tuple[MovementSource, int]]:
        """What a first import reads, and from when on."""
        touched = {leg.asset for event in self._ledger.events for leg in event.legs} | set(reading.owned())
        return [
            (source, self._newest_start(source, now_ms) if source.dear else self._since_first_event(source, now_ms))
            for source in self._told(reading)
            if not source.rare or _explains(source, touched)
        ]

    def _newest_start(self, source: MovementSource, now_ms: int) -> int:
        return max(now_ms - source.window_ms, self._edge(source, now_ms))

    def _since_first_event(self, source: MovementSource, now_ms: int) -> int:
        first = self._ledger.first_real_ms
        return max(now_ms if first is None else first, self._edge(source, now_ms))

    def _reach(self, source: MovementSource, now_ms: int) -> int:
        """How far back there is anything to ask for."""
        return self._edge(source, now_ms) if source.brings else self._since_first_event(source, now_ms)

    def _edge(self, source: MovementSource, now_ms: int) -> int:
        """What is older is not asked for."""
        return max(OPENED_MS, source.first_ms, 0 if source.archived else _horizon(source, now_ms))

    def _told_from(self, source: MovementSource, now_ms: int) -> int:
        """What is older is not told; of an archive that is not known before it told anything."""
        edge, horizon = self._edge(source, now_ms), _horizon(source, now_ms)
        if source.archived and not self._seen().reaches(source.events, horizon):
            return max(edge, horizon)
        return edge

    def _has_answered(self, source: MovementSource) -> bool:
        return self._cursor(source.name, SINCE) is not None

    def _older_left(self, source: MovementSource, now_ms: int) -> bool:
        since = self._cursor(source.name, SINCE)
        return since is not None and since > self._reach(source, now_ms)

    def _read_since(self, source: MovementSource, at_ms: int) -> bool:
        return (self._cursor(source.name, UNTIL) or 0) >= at_ms

    def _refused_since(self, source: MovementSource, at_ms: int) -> bool:
        return (self._cursor(source.name, REFUSED) or 0) >= at_ms

    def _read_newest(self, source: MovementSource, now_ms: int) -> None:
        until = self._cursor(source.name, UNTIL)
        if until is None:
            start = self._newest_start(source, now_ms) if source.dear else self._since_first_event(source, now_ms)
        else:
            start = read_from(until - source.overlap_ms, self._cursor(source.name, WAITING), now_ms)
            start = max(start, self._edge(source, now_ms))
        self._read_span(source, start, now_ms)

    def _read_older_window(self, source: MovementSource, now_ms: int) -> bool:
        since = self._cursor(source.name, SINCE)
        stop = now_ms if since is None else since
        start = max(stop - source.window_ms, self._reach(source, now_ms))
        return start < stop and self._read_window(source, start, stop, now_ms)

    def _read_span(self, source: MovementSource, start_ms: int, end_ms: int, fresh_ms: int | None = None) -> None:
        """Every window of a range, from what was read on outward; with `fresh_ms` without those that an import cut off
        had read.
        """
        windows = self._outward(source.name, self._unread(source, start_ms, end_ms, fresh_ms))
        self._progress.expect(source.name, len(windows), source.a_minute)
        for position, (start, stop) in enumerate(windows):
            if len(windows) > 1:
                self._progress.reading(position, len(windows), f"reading {source.name} history")
            if not self._read_window(source, start, stop, end_ms):
                break
        self._progress.expect(source.name, 0, source.a_minute)

    def _unread(
        self, source: MovementSource, start_ms: int, end_ms: int, fresh_ms: int | None
    ) -> Sequence[tuple[int, int]]:
        starts = range(start_ms, max(end_ms, start_ms + 1), source.window_ms)
        windows = [(start, min(start + source.window_ms, end_ms)) for start in starts]
        since, until = self._cursor(source.name, SINCE), self._cursor(source.name, UNTIL)
        if fresh_ms is None or since is None or until is None:
            return windows
        # The end of the newest one moves on while an import is at work.
        return [
            (start, stop)
            for start, stop in windows
            if start < since or stop - (fresh_ms if stop == end_ms else 0) > until
        ]

    def _read_window(self, source: MovementSource, start_ms: int, stop_ms: int, now_ms: int) -> bool:
        """Read one window; False where the key may not see this history: it is not marked as read then.

        Raises:
            ExchangeError: the exchange gave no usable answer; the window is not marked either.
        """
        self._progress.go_on()
        try:
            record = self._ask(source, start_ms, stop_ms, now_ms)
        except (RequestRefusedError, CredentialsRefusedError) as error:
            # The others go on, and what it would have told stays unexplained.
            log.warning("history not readable", source=source.name, code=error.exchange_code)
            self._note_refusal(source, stop_ms)
            return False
        moved = {**self._widened(source.name, start_ms, stop_ms)}
        if self._cursor(source.name, REFUSED):
            moved[REFUSED] = 0
        with self._store.write(self._epoch) as unit:
            earliest = record(unit)
            self._move(unit, source.name, moved)
        self._ledger.note(earliest)
        self._progress.read(source.name)
        return True

    def _ask(self, source: MovementSource, start_ms: int, stop_ms: int, now_ms: int) -> Record:
        """Ask for a window.

        Raises:
            ExchangeError: the exchange gave no usable answer.
        """
        found = self._exchange.movements(source.name, start_ms, stop_ms)
        waiting = self._waiting(source.name, start_ms, stop_ms, now_ms, found)

        def record(unit: UnitOfWork) -> int | None:
            self._move(unit, source.name, waiting)
            return self._ledger.write(unit, found)

        return record

    def _note_refusal(self, source: MovementSource, at_ms: int) -> None:
        with self._store.write(self._epoch) as unit:
            self._move(unit, source.name, {REFUSED: at_ms})


def _horizon(source: MovementSource, now_ms: int) -> int:
    return 0 if source.horizon_ms is None else now_ms - source.horizon_ms


def _explains(source: MovementSource, missing: Collection[str]) -> bool:
    """Whether a source can tell of anything that is missing."""
    return bool(missing) if source.assets is None else not source.assets.isdisjoint(missing)
