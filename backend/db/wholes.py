"""All accounts of an environment together: which they are, and the rows that the whole is made of.

Whoever changes rows of an account marks the wholes that it is in, in the same transaction
(docs/decisions/0029-all-accounts-together.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    ScalarSelect,
    Table,
    case,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from backend.core.model.valuation import Holding
from backend.core.whole_ports import MemberEnds, MemberRow
from backend.db.ledger import event_of
from backend.db.models import account_sync, accounts, ledger_events, metadata, snapshots
from backend.db.months import ends_of

if TYPE_CHECKING:
    from backend.core.model.holdings import LedgerEvent

NAME: Final = "all accounts"
REFERENCE: Final = "all:"

whole_members = Table(
    "whole_members",
    metadata,
    Column("whole_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("whole_id", "account_id"),
    Index(None, "account_id"),
)


def members_of(whole_id: int) -> ScalarSelect[int]:
    """The accounts of a whole, to be used in an IN."""
    return select(whole_members.c.account_id).where(whole_members.c.whole_id == whole_id).scalar_subquery()


def mark_wholes(connection: Connection, account_id: int, from_ms: int) -> None:
    """Have the wholes that an account is in made anew from an instant on."""
    inside = select(whole_members.c.whole_id).where(whole_members.c.account_id == account_id)
    _mark(connection, list(connection.execute(inside).scalars()), from_ms)


def _mark(connection: Connection, wholes: Sequence[int], from_ms: int) -> None:
    table = account_sync.c
    if wholes:
        connection.execute(
            update(account_sync)
            .where(table.account_id.in_(wholes))
            .values(
                dirty_from=case((table.dirty_from < from_ms, table.dirty_from), else_=from_ms),
                rebuilt_to=case((table.rebuilt_to > from_ms, from_ms), else_=table.rebuilt_to),
                flows_only=false(),
                # Whoever makes rows of what there was before does not write them.
                flow_changes=table.flow_changes + 1,
            )
        )


class SqlWholes:
    """Rows of one connection; nothing here commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, environment: str) -> int | None:
        """The account that stands for all of an environment."""
        query = select(accounts.c.id).where(accounts.c.environment == environment, accounts.c.id < 0)
        found: int | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def ensure(self, environment: str) -> int:
        """The same, made where there is none. Its number is kept for good."""
        known = self.of(environment)
        if known is not None:
            return known
        lowest = self._connection.execute(select(func.min(accounts.c.id))).scalar() or 0
        number = min(lowest, 0) - 1
        values = {"environment": environment, "name": NAME, "reference": REFERENCE, "created_at": 0}
        self._connection.execute(insert(accounts).values(id=number, **values))
        self._connection.execute(insert(account_sync).values(account_id=number, import_complete=True))
        return number

    def members(self, whole_id: int) -> frozenset[int]:
        query = select(whole_members.c.account_id).where(whole_members.c.whole_id == whole_id)
        return frozenset(self._connection.execute(query).scalars())

    def set_members(self, whole_id: int, account_ids: Sequence[int], from_ms: int) -> None:
        """Have other members; rows from an instant on are made anew."""
        self._connection.execute(delete(whole_members).where(whole_members.c.whole_id == whole_id))
        if account_ids:
            values = [{"whole_id": whole_id, "account_id": account} for account in account_ids]
            self._connection.execute(insert(whole_members), values)
        _mark(self._connection, [whole_id], from_ms)

    def version(self, whole_id: int) -> int:
        """Counts what was done to rows that the whole is made of."""
        query = select(account_sync.c.flow_changes).where(account_sync.c.account_id == whole_id)
        return int(self._connection.execute(query).scalar_one())

    def marked_from(self, whole_id: int) -> int | None:
        """From when on rows of a whole, or of an account in it, wait for recomputation."""
        table = account_sync.c
        query = select(func.min(table.dirty_from)).where(
            or_(table.account_id == whole_id, table.account_id.in_(members_of(whole_id)))
        )
        found: int | None = self._connection.execute(query).scalar()
        return found

    def ends(self, account_ids: Sequence[int]) -> Mapping[int, MemberEnds]:
        """The first and the newest row of each account that has rows, and from when on they are computed anew."""
        table = account_sync.c
        first = ends_of(self._connection, account_ids)
        last = ends_of(self._connection, account_ids, newest=True)
        query = select(table.account_id, table.dirty_from).where(table.account_id.in_(account_ids))
        query = query.order_by(table.account_id)
        return {
            account: MemberEnds(first[account], last[account], dirty_ms)
            for account, dirty_ms in self._connection.execute(query)
            if account in first
        }

    def next_ms(self, account_ids: Sequence[int], after_ms: int) -> int | None:
        """The instant of the first row later than another, of any of some accounts."""
        return min(ends_of(self._connection, account_ids, after_ms).values(), default=None)

    def rows(self, account_ids: Sequence[int], after_ms: int, until_ms: int) -> Sequence[MemberRow]:
        """The rows of accounts with after < instant <= until, in rising order."""
        table = snapshots.c
        query = (
            select(
                table.account_id, table.timestamp, table.kind, table.total_value_usd, table.reason, table.composition
            )
            .where(table.account_id.in_(account_ids), table.timestamp > after_ms, table.timestamp <= until_ms)
            .order_by(table.timestamp, table.account_id)
        )
        return [
            MemberRow(account, at_ms, kind, value, reason, _held(composition))
            for account, at_ms, kind, value, reason, composition in self._connection.execute(query)
        ]

    def events(self, account_id: int, from_ms: int, until_ms: int) -> Sequence[LedgerEvent]:
        """What counts of the ledger of an account with from <= instant < until."""
        table = ledger_events.c
        query = select(ledger_events).where(
            table.account_id == account_id, table.at >= from_ms, table.at < until_ms, ~table.superseded
        )
        return [event_of(row) for row in self._connection.execute(query.order_by(table.at, table.id))]


def _held(composition: str) -> Mapping[str, Holding]:
    return {
        asset: Holding(Decimal(quantity), None if price is None else Decimal(price))
        for asset, (quantity, price) in json.loads(composition).items()
    }
