"""All accounts together: each row added up again from the rows of its members, and what lay between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row as SqlRow
from sqlalchemy import func, select

from backend.core.ledger.outside import kept_outside
from backend.core.model.amounts import ZERO
from backend.core.own_addresses import outside_in
from backend.db.models import cash_flows, profit_readings, snapshots
from backend.db.move_models import own_moves
from backend.db.wholes import whole_members
from backend.verify.chain_figures import ChainFigures, Composition, Link, compare_held, composition_of
from backend.verify.days import Days
from backend.verify.differences import EXACT, Report, Row
from backend.verify.doubts import Doubts
from backend.verify.flows import CERTAIN, ENTERED, NO_FLOW, Moved, net

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent
    from backend.db.unit_of_work import SqlUnitOfWork
    from backend.verify.price_book import PriceBook

ROWS_A_CHUNK: Final = 200
REGULAR: Final = ("slot", "manual")
BEFORE_FIRST_ENTRY: Final = "before_first_entry"
# Doubts about prices, which are those of the instant of a row and of no other.
OF_PRICES: Final = ("no_price", "old_price")
BEFORE_ALL: Final = -(2**62)


@dataclass(slots=True)
class _Member:
    """The rows of an account in the order of time, its events, and when profit of open positions was read."""

    account: int
    at_ms: Sequence[int]
    events: Sequence[LedgerEvent]
    booked_ms: Sequence[int]
    open_ms: Sequence[int]
    rows: dict[int, SqlRow[Any]] = field(default_factory=dict)

    @property
    def first_ms(self) -> int:
        return self.at_ms[0]


@dataclass(slots=True)
class _Sum:
    """A row as it is added up."""

    value: Decimal = ZERO
    owned: Composition = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def hold(self, asset: str, quantity: Decimal, price: Decimal | None) -> None:
        held, known = self.owned.get(asset, (ZERO, None))
        self.owned[asset] = EXACT.add(held, quantity), known if price is None else price


class WholePass:
    """Compares the snapshots of all accounts together, and what follows from them."""

    def __init__(
        self, unit: SqlUnitOfWork, whole: int, prices: PriceBook, plan: str | None, report: Report, interval_ms: int
    ) -> None:
        self._unit, self._connection, self._whole = unit, unit.connection, whole
        self._prices, self._report = prices, report
        self._days = Days(self._connection, whole, report)
        self._doubts = Doubts()
        self._figures = ChainFigures(
            self._connection, whole, prices, plan, self._days, report, interval_ms, self._doubts
        )
        accounts = select(whole_members.c.account_id).where(whole_members.c.whole_id == whole)
        self._members = [self._member(one) for one in sorted(self._connection.execute(accounts).scalars())]
        self._opening_ms = min((one.first_ms for one in self._members), default=0)
        numbers = {one.account for one in self._members}
        moves = self._connection.execute(select(own_moves)).all()
        inside = [one for one in moves if {one.sent_account_id, one.received_account_id} <= numbers]
        self._paired = [one for one in inside if one.state == "paired"]
        self._sides = {key for one in self._paired for key in _sides(one)}
        self._asked = {key for one in inside if one.state != "paired" for key in _sides(one)}
        self._flows = self._flows_by_instant()

    def run(self, until_ms: int | None) -> Iterator[int]:
        """Compare everything before an instant (None: all); yields how many rows were seen."""
        table = snapshots.c
        query = select(snapshots).where(table.account_id == self._whole)
        if until_ms is not None:
            query = query.where(table.timestamp < until_ms)
        rows = iter(self._connection.execute(query.order_by(table.timestamp).execution_options(yield_per=ROWS_A_CHUNK)))
        seen, after_ms = 0, self._opening_ms - 1
        while chunk := list(islice(rows, ROWS_A_CHUNK)):
            last_ms = chunk[-1].timestamp
            self._prices.load(after_ms + 1, last_ms)
            self._figures.load(after_ms + 1, last_ms)
            self._load(after_ms, last_ms)
            stored = {row.timestamp: row for row in chunk}
            for at_ms in sorted({*stored, *self._wanted(after_ms, last_ms)}):
                self._row(at_ms, stored.get(at_ms))
            after_ms = last_ms
            seen += len(chunk)
            yield seen
        self._days.finish(whole=until_ms is None)
        if until_ms is None:
            self._figures.finish()

    def _member(self, account: int) -> _Member:
        connection, table = self._connection, snapshots.c
        rows = connection.execute(select(table.timestamp).where(table.account_id == account).order_by(table.timestamp))
        stored = [event for _, event in self._unit.ledger.identified(account, BEFORE_ALL)]
        events = kept_outside(stored, outside_in(self._unit, account).keys)
        reading = profit_readings.c
        opened = select(reading.at).where(reading.account_id == account, func.length(reading.amounts) > len("{}"))
        return _Member(
            account,
            list(rows.scalars()),
            events,
            [event.at_ms for event in events],
            list(connection.execute(opened.order_by(reading.at)).scalars()),
        )

    def _flows_by_instant(self) -> dict[int, list[tuple[SqlRow[Any], Moved]]]:
        """What crossed the border of all accounts together."""
        first = {one.account: one.first_ms for one in self._members}
        query = (
            select(cash_flows)
            .where(cash_flows.c.account_id.in_(first))
            .order_by(cash_flows.c.timestamp, cash_flows.c.id)
        )
        found: dict[int, list[tuple[SqlRow[Any], Moved]]] = {}
        for row in self._connection.execute(query):
            counted = row.status != NO_FLOW and row.reason != BEFORE_FIRST_ENTRY
            if not counted or _key(row) in self._sides or row.timestamp < first[row.account_id]:
                continue
            doubt = None if row.status in CERTAIN else row.reason or row.status
            told = row.asset is None or row.quantity is None or (row.amount_usd is not None and row.price_usd is None)
            coin, quantity = (self._prices.reporting, row.amount_usd or ZERO) if told else (row.asset, row.quantity)
            moved = Moved(row.amount_usd, coin, quantity, row.source in ENTERED, doubt)
            found.setdefault(row.timestamp, []).append((row, moved))
        return found

    def _load(self, after_ms: int, until_ms: int) -> None:
        """Read the members' rows of a stretch, and the one beside it on either side."""
        table = snapshots.c
        for one in self._members:
            place = bisect_left(one.at_ms, after_ms + 1)
            start_ms = one.at_ms[max(place - 1, 0)]
            end = bisect_left(one.at_ms, until_ms + 1)
            end_ms = one.at_ms[min(end, len(one.at_ms) - 1)]
            query = select(snapshots).where(
                table.account_id == one.account, table.timestamp >= start_ms, table.timestamp <= end_ms
            )
            one.rows = {row.timestamp: row for row in self._connection.execute(query)}

    def _wanted(self, after_ms: int, until_ms: int) -> set[int]:
        """The instants that have a row, with after < instant <= until."""
        found = {at_ms for at_ms in self._flows if after_ms < at_ms <= until_ms}
        for one in self._members:
            for at_ms, row in one.rows.items():
                if after_ms < at_ms <= until_ms and row.kind in REGULAR:
                    begun = [other for other in self._members if self._counted(other, at_ms)]
                    if all(at_ms in other.rows for other in begun):
                        found.add(at_ms)
        if after_ms < self._opening_ms <= until_ms:
            found.add(self._opening_ms)
        return found

    def _counted(self, one: _Member, at_ms: int) -> bool:
        return one.first_ms < at_ms or one.first_ms == at_ms == self._opening_ms

    def _row(self, at_ms: int, row: SqlRow[Any] | None) -> None:
        told = Row(self._report, snapshots.name, self._whole, None if row is None else row.id, at_ms)
        flows = self._flows.get(at_ms, [])
        if row is None:
            told.exactly("row", "none", "a row of all accounts together")
            return
        stored, found = composition_of(row.composition), _Sum()
        for one in self._members:
            if self._counted(one, at_ms):
                self._add(found, one, at_ms, stored)
        for move in self._paired:
            if min(move.sent_at, move.received_at) < at_ms <= max(move.sent_at, move.received_at):
                quantity = move.quantity if move.sent_at < move.received_at else -move.quantity
                self._priced(found, move.asset, quantity, at_ms, stored)
        owned = {asset: held for asset, held in found.owned.items() if held[0] != 0}
        compare_held(told, stored, owned)
        moved = [one for _, one in flows]
        asked = "move_suggested" if any(_key(one) in self._asked for one, _ in flows) else None
        doubt = found.doubts[0] if found.doubts else None
        flow = net(moved)
        for one in self._members:
            if one.first_ms == at_ms and at_ms != self._opening_ms:
                flow = EXACT.add(flow, one.rows[at_ms].total_value_usd)
        self._figures.take(told, row, Link(found.value, flow, owned, moved, doubt, stored, asked))

    def _add(self, found: _Sum, one: _Member, at_ms: int, stored: Composition) -> None:
        """Take in a member: its row, or what it held by the last one before and its ledger since."""
        row = one.rows.get(at_ms)
        if row is not None:
            found.value = EXACT.add(found.value, row.total_value_usd)
            for asset, (quantity, price) in composition_of(row.composition).items():
                found.hold(asset, quantity, price)
            found.doubts += [row.reason] if row.reason is not None and row.reason not in OF_PRICES else []
            return
        place = bisect_left(one.at_ms, at_ms)
        beside = [one.rows[known] for known in one.at_ms[place - 1 : place + 1]]
        since_ms = beside[0].timestamp
        held = {asset: quantity for asset, (quantity, _) in composition_of(beside[0].composition).items()}
        for event in one.events[bisect_left(one.booked_ms, since_ms) : bisect_left(one.booked_ms, at_ms)]:
            for leg in event.legs:
                held[leg.asset] = EXACT.add(held.get(leg.asset, ZERO), leg.amount)
        for asset, quantity in held.items():
            if quantity != 0:
                self._priced(found, asset, quantity, at_ms, stored)
        told = [
            row.reason for row in beside if row.reason is not None and row.reason.partition(":")[0] not in OF_PRICES
        ]
        until_ms = beside[-1].timestamp if len(beside) > 1 else at_ms
        if bisect_left(one.open_ms, since_ms) < bisect_left(one.open_ms, until_ms + 1):
            told.append("unrealized_unknown")
        found.doubts += told[:1]

    def _priced(self, found: _Sum, asset: str, quantity: Decimal, at_ms: int, stored: Composition) -> None:
        price, doubt = self._prices.told(asset, at_ms, stored.get(asset, (ZERO, None))[1])
        found.hold(asset, quantity, price)
        if price is not None:
            found.value = EXACT.add(found.value, EXACT.multiply(quantity, price))
        if doubt is not None:
            found.doubts.append(f"{doubt}:{asset}")


def _sides(move: SqlRow[Any]) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    return (
        (move.sent_account_id, move.sent_source, move.sent_external_id),
        (move.received_account_id, move.received_source, move.received_external_id),
    )


def _key(row: SqlRow[Any]) -> tuple[int, str, str]:
    return row.account_id, row.source, row.external_id
