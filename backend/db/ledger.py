"""Ledger events and the cursors of their import. A cursor moves in the transaction of its rows.

Events of statements (`import_id`) may tell again what another source tells: such rows are kept and marked
`superseded`, and only this module sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    delete,
    func,
    insert,
    select,
    tuple_,
    type_coerce,
    update,
)

from backend.core.imports.statements.entries import PREFIX
from backend.core.imports.statements.merge import FARTHEST_MS, doubles, key_of
from backend.core.ledger.reconcile import SOURCE as RECONCILIATION
from backend.core.model.holdings import EventKind, KnownEvents, LedgerEvent, Leg
from backend.db.dialect import upsert
from backend.db.models import cash_flows, import_cursors, ledger_counts, ledger_events
from backend.db.told_again import hand_over, note
from backend.db.types import ExactDecimal

if TYPE_CHECKING:
    from backend.core.model.imports import Handover, Repeat

Role = Literal["in", "out", "fee"]
# Columns as they are stored: decimals are dear to read.
RAW = [type_coerce(column, Text) if isinstance(column.type, ExactDecimal) else column for column in ledger_events.c]
# Rows of a statement that are written at once.
CHUNK_ROWS = 1_000
# Cursors by coin: the earliest instant that the ledger was told of since it was compared with the balances.
TOLD = "told"


class SqlLedger:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account_id: int, events: Iterable[LedgerEvent]) -> int | None:
        """Record events once each; returns the earliest instant that is new, None when all were known."""
        added: list[LedgerEvent] = []
        for event in events:
            statement = upsert(self._connection)(ledger_events).values(_values(account_id, event))
            done = self._connection.execute(statement.on_conflict_do_nothing())
            if done.rowcount == 1:
                added.append(event)
            elif event.transaction:
                self._complete(account_id, event)
        self._note_told(account_id, _coins(added))
        return self._settled(account_id, [event.at_ms for event in added])

    def _complete(self, account_id: int, event: LedgerEvent) -> None:
        """A withdrawal is listed before it has a transaction: that is told later, of an event that is known."""
        table = ledger_events.c
        own = (table.account_id == account_id, table.source == event.source, table.external_id == event.external_id)
        told = {"transaction_id": event.transaction, "address": event.address}
        self._connection.execute(update(ledger_events).where(*own, table.transaction_id == "").values(told))

    def add_import(
        self, account_id: int, import_id: int, events: Sequence[LedgerEvent], repeats: Sequence[Repeat] = ()
    ) -> int | None:
        """Record the events of a statement, and which it tells again; returns the earliest instant at which the ledger
        changed.
        """
        note(self._connection, account_id, import_id, repeats)
        values = [_values(account_id, event) | {"import_id": import_id} for event in events]
        for start in range(0, len(values), CHUNK_ROWS):
            self._connection.execute(insert(ledger_events), values[start : start + CHUNK_ROWS])
        self._note_told(account_id, _coins(events))
        return self._settled(account_id, [event.at_ms for event in events])

    def delete_import(self, account_id: int, import_id: int) -> tuple[int | None, Sequence[Handover]]:
        """Take back the events of a statement and their cash flows, but for what another has told again; returns the
        earliest instant that changed, and what stays for whom.
        """
        left = hand_over(self._connection, account_id, import_id)
        written = (ledger_events.c.account_id == account_id) & (ledger_events.c.import_id == import_id)
        instants = list(self._connection.execute(select(ledger_events.c.at).where(written)).scalars())
        for column in (ledger_events.c.asset_in, ledger_events.c.asset_out, ledger_events.c.fee_asset):
            query = select(column, func.min(ledger_events.c.at)).where(written, column.is_not(None)).group_by(column)
            self._note_told(account_id, ((asset, at_ms) for asset, at_ms in self._connection.execute(query)))
        self._forget_flows(account_id, written)
        self._connection.execute(delete(ledger_events).where(written))
        return self._settled(account_id, instants), left

    def told(self, account_id: int, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        """Every event with start <= instant <= end, those that a better source tells too among them."""
        table = ledger_events.c
        query = select(ledger_events).where(table.account_id == account_id, table.at.between(start_ms, end_ms))
        return [event_of(row) for row in self._connection.execute(query.order_by(table.at, table.id))]

    def count(self, account_id: int) -> int:
        """How many events count."""
        own = select(ledger_counts.c.events).where(ledger_counts.c.account_id == account_id)
        return self._connection.execute(own).scalar() or 0

    def ends(self, account_id: int) -> tuple[int | None, int | None]:
        """The instants of the first and the last event that a report told; None where none did."""
        table = ledger_events.c
        told = select(table.at).where(table.account_id == account_id, ~table.superseded, table.source != RECONCILIATION)
        first = self._connection.execute(told.order_by(table.at).limit(1)).scalar()
        last = self._connection.execute(told.order_by(table.at.desc()).limit(1)).scalar()
        return first, last

    def all(self, account_id: int) -> Sequence[LedgerEvent]:
        """Every event in booking order: instant, then deposits, trades by trade id, withdrawals.

        Never the order of arrival: pages come in any order, and the ledger is the same.
        """
        return self._ordered(ledger_events.c.account_id == account_id)

    def again(self, account_id: int, known: KnownEvents) -> Sequence[LedgerEvent]:
        """As `all`, for somebody who reads it often: rows that `known` has as they are, are not made events of anew.

        It is brought up to date.
        """
        told = known.copy()
        known.clear()
        for row in self._connection.execute(_in_order(ledger_events.c.account_id == account_id, RAW)):
            mark = hash(tuple(row))
            before = told.get(row[0])
            # Numbers of deleted rows are given out again: the whole row tells whether it is the same.
            known[row[0]] = before if before is not None and before[0] == mark else (mark, None)
        fresh = [number for number, (_, event) in known.items() if event is None]
        for start in range(0, len(fresh), CHUNK_ROWS):
            chosen = ledger_events.c.id.in_(fresh[start : start + CHUNK_ROWS])
            for row in self._connection.execute(select(ledger_events).where(chosen)):
                known[row.id] = known[row.id][0], event_of(row)
        return [event for _, event in known.values() if event is not None]

    def of_source(self, account_id: int, source: str) -> Sequence[LedgerEvent]:
        """The events of one source in booking order."""
        return self._ordered((ledger_events.c.account_id == account_id) & (ledger_events.c.source == source))

    def reclassify(self, account_id: int, source: str, external_id: str, kind: EventKind) -> bool:
        """Give an event another kind; False when there is none of that id."""
        table = ledger_events.c
        done = self._connection.execute(
            update(ledger_events)
            .where(table.account_id == account_id, table.source == source, table.external_id == external_id)
            .values(kind=kind.value)
        )
        return done.rowcount == 1

    def delete(self, account_id: int, source: str, external_ids: Iterable[str]) -> None:
        """Take events back: the collector's own adjustments, and withdrawals that were called off."""
        gone: list[LedgerEvent] = []
        for external_id in external_ids:
            statement = delete(ledger_events).where(
                ledger_events.c.account_id == account_id,
                ledger_events.c.source == source,
                ledger_events.c.external_id == external_id,
            )
            rows = self._connection.execute(statement.returning(*ledger_events.c))
            gone += [event_of(row) for row in rows]
        self._note_told(account_id, _coins(gone))
        self._settled(account_id, [event.at_ms for event in gone])

    def newly_told(self, account_id: int) -> dict[str, int]:
        """By coin, the earliest instant of what a report told or took back since `note_compared`; entries that stand in
        for events that nobody told are no report.
        """
        return self.cursors(account_id, TOLD)

    def note_compared(self, account_id: int) -> None:
        """The ledger was compared with the balances: what it is told from here on is new."""
        table = import_cursors.c
        self._connection.execute(delete(import_cursors).where(table.account_id == account_id, table.source == TOLD))

    def _note_told(self, account_id: int, coins: Iterable[tuple[str, int]]) -> None:
        earliest: dict[str, int] = {}
        for asset, at_ms in coins:
            earliest[asset] = min(at_ms, earliest.get(asset, at_ms))
        known = self.newly_told(account_id) if earliest else {}
        for asset, at_ms in earliest.items():
            if at_ms < known.get(asset, at_ms + 1):
                self.set_cursor(account_id, TOLD, asset, at_ms)

    def _settled(self, account_id: int, instants: Sequence[int]) -> int | None:
        """Judge anew which statement rows count around instants that changed; returns the earliest change of all."""
        if not instants:
            return None
        first, last = min(instants), max(instants)
        table = ledger_events.c
        own = table.account_id == account_id
        if self._connection.execute(select(table.id).where(own, table.import_id.is_not(None)).limit(1)).first() is None:
            return first
        # Beyond what is judged stand the partners of what is judged.
        around = own & table.at.between(first - 2 * FARTHEST_MS, last + 2 * FARTHEST_MS)
        query = select(ledger_events).where(around).order_by(table.at, table.id)
        rows = self._connection.execute(query).all()
        events = [event_of(row) for row in rows]
        told_better = doubles(events)
        changed = {True: list[int](), False: list[int]()}
        for row, event in zip(rows, events, strict=True):
            superseded = key_of(event) in told_better
            if superseded != row.superseded and first - FARTHEST_MS <= row.at <= last + FARTHEST_MS:
                changed[superseded].append(row.id)
                first = min(first, row.at)
        for superseded, ids in changed.items():
            for start in range(0, len(ids), CHUNK_ROWS):
                chosen = table.id.in_(ids[start : start + CHUNK_ROWS])
                self._connection.execute(update(ledger_events).where(chosen).values(superseded=superseded))
        if changed[True]:
            self._forget_flows(account_id, own & table.superseded)
        return first

    def forget_flows(self, account_id: int) -> None:
        """Drop cash flows of statements whose event was taken back, or told better, while they were valued."""
        table, events = cash_flows.c, ledger_events.c
        counting = select(events.source, events.external_id).where(events.account_id == account_id, ~events.superseded)
        gone = tuple_(table.source, table.external_id).not_in(counting)
        told = table.source.startswith(PREFIX)
        self._connection.execute(delete(cash_flows).where(table.account_id == account_id, told, gone))

    def _forget_flows(self, account_id: int, wanted: ColumnElement[bool]) -> None:
        """Drop the cash flows of events; those that count again get theirs when the snapshots are rebuilt."""
        keys = select(ledger_events.c.source, ledger_events.c.external_id).where(wanted)
        own = tuple_(cash_flows.c.source, cash_flows.c.external_id).in_(keys)
        self._connection.execute(delete(cash_flows).where(cash_flows.c.account_id == account_id, own))

    def page(self, account_id: int, after: tuple[int, int] | None, limit: int) -> Sequence[tuple[int, LedgerEvent]]:
        """Events with the ids of their rows, newest first; `after`: (instant, id) of the last row before."""
        table = ledger_events.c
        query = select(ledger_events).where(table.account_id == account_id, ~table.superseded)
        if after is not None:
            earlier = (table.at < after[0]) | ((table.at == after[0]) & (table.id < after[1]))
            query = query.where(table.at <= after[0], earlier)
        rows = self._connection.execute(query.order_by(table.at.desc(), table.id.desc()).limit(limit))
        return [(row.id, event_of(row)) for row in rows]

    def identified(self, account_id: int, after_ms: int) -> Sequence[tuple[int, LedgerEvent]]:
        """Events later than an instant in booking order, with the ids of their rows."""
        later = (ledger_events.c.account_id == account_id) & (ledger_events.c.at > after_ms)
        return [(row.id, event_of(row)) for row in self._rows(later)]

    def _ordered(self, wanted: ColumnElement[bool]) -> Sequence[LedgerEvent]:
        return [event_of(row) for row in self._rows(wanted)]

    def _rows(self, wanted: ColumnElement[bool]) -> Sequence[Row[Any]]:
        return self._connection.execute(_in_order(wanted, ledger_events.c)).all()

    def cursor(self, account_id: int, source: str, key: str) -> int | None:
        """Up to where a source was read (an instant or an id); None when never."""
        query = select(import_cursors.c.position).where(
            import_cursors.c.account_id == account_id, import_cursors.c.source == source, import_cursors.c.key == key
        )
        return self._connection.execute(query).scalar()

    def cursors(self, account_id: int, source: str) -> dict[str, int]:
        """All cursors of a source by key."""
        query = select(import_cursors.c.key, import_cursors.c.position).where(
            import_cursors.c.account_id == account_id, import_cursors.c.source == source
        )
        return {row.key: row.position for row in self._connection.execute(query.order_by(import_cursors.c.key))}

    def cursors_of(self, account_id: int, keys: Collection[str]) -> dict[str, dict[str, int]]:
        """Cursors of every source with some keys: by source, then by key."""
        table = import_cursors.c
        query = select(table.source, table.key, table.position).where(
            table.account_id == account_id, table.key.in_(keys)
        )
        found: dict[str, dict[str, int]] = {}
        for row in self._connection.execute(query.order_by(table.source, table.key)):
            found.setdefault(row.source, {})[row.key] = row.position
        return found

    def set_cursor(self, account_id: int, source: str, key: str, position: int) -> None:
        statement = upsert(self._connection)(import_cursors).values(
            account_id=account_id, source=source, key=key, position=position
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id", "source", "key"], set_={"position": statement.excluded.position}
            )
        )

    def drop_cursors(self, account_id: int, prefix: str) -> None:
        """Forget the cursors of every source whose key begins so."""
        table = import_cursors.c
        chosen = (table.account_id == account_id) & table.key.startswith(prefix, autoescape=True)
        self._connection.execute(delete(import_cursors).where(chosen))


def _coins(events: Iterable[LedgerEvent]) -> Iterator[tuple[str, int]]:
    """The coins of what reports told, each with its instant."""
    told = (event for event in events if event.source != RECONCILIATION)
    return ((leg.asset, event.at_ms) for event in told for leg in event.legs)


def _values(account_id: int, event: LedgerEvent) -> dict[str, Any]:
    values: dict[str, Any] = {
        "account_id": account_id,
        "source": event.source,
        "external_id": event.external_id,
        "kind": event.kind.value,
        "at": event.at_ms,
        "symbol": event.symbol,
        "side": event.side,
        "price": event.price,
        "note": event.note,
        "transaction_id": event.transaction,
        "address": event.address,
        "wallet": event.wallet,
        "since": event.since_ms,
        "asset_in": None,
        "amount_in": None,
        "asset_out": None,
        "amount_out": None,
        "fee_asset": None,
        "fee_amount": None,
    }
    for leg in event.legs:
        asset, amount = (
            ("fee_asset", "fee_amount") if leg.role == "fee" else (f"asset_{leg.role}", f"amount_{leg.role}")
        )
        values[asset], values[amount] = leg.asset, leg.amount
    return values


def _in_order(wanted: ColumnElement[bool], columns: Iterable[ColumnElement[Any]]) -> Select[Any]:
    """Columns of the events that count, in booking order."""
    table = ledger_events.c
    # A shorter id of the same pair is the smaller number.
    order = (table.at, table.source, func.length(table.external_id), table.external_id)
    return select(*columns).where(wanted & ~table.superseded).order_by(*order)


def event_of(row: Row[Any]) -> LedgerEvent:
    """An event from its row."""
    found = (
        ("in", row.asset_in, row.amount_in),
        ("out", row.asset_out, row.amount_out),
        ("fee", row.fee_asset, row.fee_amount),
    )
    return LedgerEvent(
        source=row.source,
        external_id=row.external_id,
        kind=EventKind(row.kind),
        at_ms=row.at,
        legs=tuple(Leg(asset, amount, cast(Role, role)) for role, asset, amount in found if asset is not None),
        symbol=row.symbol,
        price=row.price,
        side=row.side,
        note=row.note,
        transaction=row.transaction_id,
        address=row.address,
        wallet=row.wallet,
        since_ms=row.since,
    )
