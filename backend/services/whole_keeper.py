"""WholeKeeper: the chain of all accounts together, kept up with the rows of its members.

Run behind each refresh of any account (docs/decisions/0029-all-accounts-together.md).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog

from backend.core.errors import ExchangeError
from backend.core.model.accounts import Account
from backend.core.performance.benchmark_plan import PLAN_SETTING, BenchmarkPlan, decode_plan, encode_plan
from backend.core.performance.snapshot_chain import FINE_FOR_MS, Grid, extend
from backend.core.told_accounts import told_accounts
from backend.core.valuation import RouteBook
from backend.services.past_prices import PastPrices
from backend.services.session_manager import Session
from backend.services.turns import always
from backend.services.whole_points import Stretch, points_of, read_stretch

if TYPE_CHECKING:
    from backend.core.model.valuation import SnapshotRow
    from backend.core.ports import Store, UnitOfWork
    from backend.services.chart_keeper import ChartKeeper
    from backend.services.shadow_keeper import ShadowKeeper

log = structlog.get_logger(__name__)

# Rows of members that a piece may read, and the fewest slots it is about.
PIECE_ROWS: Final = 20_000
PIECE_SLOTS: Final = 24
# How long one step may reckon: the refreshes of others wait for it.
LONGEST_S: Final = 2.0
FEWEST: Final = 2
# How often its shadows and charts are looked at where it has no new rows.
FOLLOW_EVERY_S: Final = 55.0
NAME: Final = "all accounts"


@dataclass(slots=True)
class _Piece:
    """A stretch of the chain and what it rests on. `base_ms`: rows from there on are replaced, None: none are."""

    stretch: Stretch
    version: int
    plan: BenchmarkPlan
    tail: SnapshotRow | None
    before: SnapshotRow | None
    base_ms: int | None
    rebuilt_to_ms: int | None
    until_ms: int
    horizon_ms: int

    @property
    def last(self) -> bool:
        return self.until_ms >= self.horizon_ms


class WholeKeeper:
    """One for all accounts of a collector. `shadows` and `charts` follow the whole as they follow an account."""

    def __init__(
        self,
        store: Store,
        reporting: str,
        snapshot_interval_s: int,
        shadows: ShadowKeeper | None = None,
        charts: ChartKeeper | None = None,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._routes = RouteBook(reporting)
        self._interval_ms = snapshot_interval_s * 1000
        self._shadows = shadows
        self._charts = charts
        self._monotonic_s = monotonic_s
        # The steps of several accounts end together: one of them does what there is to do.
        self._at_work = threading.Lock()
        self._came = threading.Event()
        # Up to where there is nothing more to make of the rows of a version, though the chain ends earlier.
        self._passed: dict[int, tuple[int, int]] = {}
        self._followed_s = float("-inf")

    def update(self, session: Session, epoch: int, go_on: Callable[[], bool] = always) -> bool:
        """Take in what the members have got; whether there is more. What could not be read is for the next step.

        Raises:
            LeaseLostError: another collector works now.
        """
        if not self._at_work.acquire(blocking=False):
            # Who is at work may have looked before this account was read, and is to look again.
            self._came.set()
            if not self._at_work.acquire(blocking=False):
                return False
        self._came.clear()
        try:
            whole = self._settled(session.account.environment, epoch)
            left = whole is not None and self._follow(whole, session, epoch, go_on)
        finally:
            self._at_work.release()
        return left or self._came.is_set()

    def _settled(self, environment: str, epoch: int) -> int | None:
        """The whole with the members it is to have; None where there are not two accounts to tell of."""
        with self._store.read() as unit:
            told = told_accounts(unit, environment, None)
            whole = unit.wholes.of(environment)
            if whole is None and len(told) < FEWEST:
                return None
            known = frozenset[int]() if whole is None else unit.wholes.members(whole)
            ends = unit.wholes.ends([one.id for one in told]) if len(told) >= FEWEST else {}
        if known == ends.keys():
            return whole if known else None
        new = [ends[account].first_ms for account in ends.keys() - known]
        from_ms = min(new) if known <= ends.keys() else 0
        with self._store.write(epoch) as unit:
            whole = unit.wholes.ensure(environment)
            unit.wholes.set_members(whole, sorted(ends), from_ms)
            if unit.snapshots.first(whole) is None:
                # Its rows follow what is set from the first one on.
                unit.shadows.set_plan(whole, encode_plan(decode_plan(unit.settings.get(PLAN_SETTING))))
            if not ends:
                _drop(unit, whole)
            unit.events.emit("snapshot", None)
        return whole if ends else None

    def _follow(self, whole: int, session: Session, epoch: int, go_on: Callable[[], bool]) -> bool:
        exchange = session.exchange
        started_s = self._monotonic_s()
        piece = self._read(whole)
        if piece is None and started_s - self._followed_s < FOLLOW_EVERY_S:
            return False
        self._followed_s = started_s
        left = False
        exchange.set_purpose("import")
        try:
            prices = PastPrices(self._store, exchange, epoch, self._routes.routes(exchange.symbols()))
            while piece is not None and self._make(whole, piece, prices, epoch):
                left = not go_on() or self._monotonic_s() - started_s >= LONGEST_S
                if left:
                    break
                piece = self._read(whole)
        except ExchangeError as error:
            log.info("all accounts together not computed yet", code=error.code)
        finally:
            exchange.set_purpose("live")
        own = Session(Account(whole, NAME, session.account.environment), exchange)
        if self._shadows is not None:
            left |= self._shadows.update(own, epoch, go_on)
        if self._charts is not None:
            self._charts.update(whole, epoch, go_on)
        return left

    def _make(self, whole: int, piece: _Piece, prices: PastPrices, epoch: int) -> bool:
        """Make some rows; whether more are to be made."""
        since_ms = None if piece.tail is None else piece.tail.at_ms
        points, resets = points_of(piece.stretch, prices, piece.plan, since_ms)
        grid = Grid(self._interval_ms, piece.horizon_ms - FINE_FOR_MS)
        rows = extend(whole, piece.tail, points, resets, grid, piece.plan)
        with self._store.write(epoch) as unit:
            # A member changed meanwhile: the next piece begins with what it is by then.
            if unit.wholes.version(whole) != piece.version:
                return True
            _write(unit, whole, piece, rows)
        self._passed[whole] = piece.version, piece.until_ms
        return not piece.last

    def _read(self, whole: int) -> _Piece | None:
        with self._store.read() as unit:
            members = sorted(unit.wholes.members(whole))
            ends = unit.wholes.ends(members)
            if len(ends) < len(members):
                # One of them has just lost its rows.
                return None
            horizon_ms = min(own.settled_ms for own in ends.values())
            version = unit.wholes.version(whole)
            sync, newest = unit.accounts.sync_state(whole), unit.snapshots.last(whole)
            base_ms, before, drafted = sync.dirty_from_ms, newest, None
            if base_ms is not None:
                before = unit.snapshots.last(whole, base_ms)
                if sync.rebuilt_to_ms is not None:
                    drafted = unit.drafts.last(whole, sync.rebuilt_to_ms)
            tail = drafted or before
            after_ms = min(own.first_ms for own in ends.values()) - 1 if tail is None else tail.at_ms
            passed_version, passed_ms = self._passed.get(whole, (version, after_ms))
            after_ms = max(after_ms, passed_ms) if passed_version == version else after_ms
            next_ms = unit.wholes.next_ms(members, after_ms) if after_ms < horizon_ms else None
            if base_ms is None and (next_ms is None or next_ms > horizon_ms):
                return None
            settling = horizon_ms < min(own.last_ms for own in ends.values())
            if base_ms is not None and settling and (newest is None or horizon_ms < newest.at_ms):
                # What the rows there are will be replaced by is not there yet, or the first ones are half a chain.
                return None
            span_ms = self._interval_ms * max(PIECE_SLOTS, PIECE_ROWS // len(members))
            until_ms = horizon_ms if next_ms is None else min(horizon_ms, next_ms + span_ms)
            until_ms = max(until_ms, after_ms)
            return _Piece(
                stretch=read_stretch(unit, whole, after_ms, until_ms),
                version=version,
                plan=decode_plan(unit.shadows.plan(whole)),
                tail=tail,
                before=before,
                base_ms=base_ms,
                rebuilt_to_ms=sync.rebuilt_to_ms,
                until_ms=until_ms,
                horizon_ms=horizon_ms,
            )


def _write(unit: UnitOfWork, whole: int, piece: _Piece, rows: Sequence[SnapshotRow]) -> None:
    """Write a piece. Rows that replace others are drafts until the last of them is made."""
    if piece.base_ms is None:
        unit.snapshots.append(rows)
    elif not piece.last:
        if rows:
            behind_ms = piece.tail.at_ms if piece.tail is not None and piece.tail is not piece.before else 0
            unit.drafts.replace_after(whole, behind_ms, rows)
            unit.accounts.update_sync(whole, rebuilt_to=rows[-1].at_ms + 1)
        return
    else:
        unit.snapshots.delete_from(whole, piece.base_ms)
        if piece.rebuilt_to_ms is not None:
            unit.drafts.adopt(whole, piece.rebuilt_to_ms)
        unit.snapshots.append(rows)
        unit.accounts.update_sync(whole, dirty_from=None, rebuilt_to=None)
        unit.accounts.count_rebuild(whole)
    if rows:
        unit.events.emit("snapshot", None, {"rows": len(rows)})


def _drop(unit: UnitOfWork, whole: int) -> None:
    """Keep no rows of a whole that is none."""
    unit.snapshots.delete_from(whole, 0)
    unit.drafts.replace_after(whole, -1, ())
    unit.accounts.update_sync(whole, dirty_from=None, rebuilt_to=None)
    unit.accounts.count_rebuild(whole)
