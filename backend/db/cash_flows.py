"""Cash flows: those of the ledger and those entered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, exists, func, insert, or_, select, tuple_, update

from backend.core.flows import BEFORE_FIRST_ENTRY, ENTERED, NOT_A_FLOW, TO_CONFIRM
from backend.core.model.accounts import is_whole
from backend.core.model.holdings import CashFlow
from backend.db.dialect import upsert
from backend.db.models import cash_flows
from backend.db.move_models import own_moves
from backend.db.wholes import members_of

if TYPE_CHECKING:
    from backend.core.model.moves import LegKey

AFTER_ALL_MS = 2**62
COUNTS = cash_flows.c.status != NOT_A_FLOW
KEY = ("account_id", "source", "external_id")


class SqlCashFlows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, account_id: int) -> Sequence[CashFlow]:
        """Every flow that counts, oldest first."""
        query = select(cash_flows).where(_own(account_id), COUNTS)
        rows = self._connection.execute(query.order_by(cash_flows.c.timestamp, cash_flows.c.id))
        return [_flow(row) for row in rows]

    def between(self, account_id: int, start_ms: int, end_ms: int) -> Sequence[CashFlow]:
        """Flows with start <= instant < end, oldest first."""
        query = select(cash_flows).where(
            _own(account_id),
            cash_flows.c.timestamp >= start_ms,
            cash_flows.c.timestamp < end_ms,
            COUNTS,
        )
        return [_flow(row) for row in self._connection.execute(query.order_by(cash_flows.c.timestamp, cash_flows.c.id))]

    def find(self, flow_id: int) -> CashFlow | None:
        row = self._connection.execute(select(cash_flows).where(cash_flows.c.id == flow_id)).first()
        return None if row is None else _flow(row)

    def ids_of(self, keys: Iterable[LegKey]) -> Mapping[LegKey, int]:
        """The rows of events of the ledger, as far as they have one."""
        wanted = tuple_(*(cash_flows.c[name] for name in KEY)).in_(list(keys))
        rows = self._connection.execute(select(cash_flows).where(wanted))
        return {(row.account_id, row.source, row.external_id): row.id for row in rows}

    def waiting(self, account_ids: Sequence[int]) -> Sequence[CashFlow]:
        """What the user is asked about, newest first: changes that nothing explains, and sides of a suggested move."""
        sides = [
            exists()
            .where(*(cash_flows.c[name] == own_moves.c[f"{side}_{name}"] for name in KEY))
            .where(own_moves.c.state == "suggested")
            for side in ("sent", "received")
        ]
        query = select(cash_flows).where(
            cash_flows.c.account_id.in_(account_ids), or_(cash_flows.c.status == TO_CONFIRM, *sides)
        )
        rows = self._connection.execute(query.order_by(cash_flows.c.timestamp.desc(), cash_flows.c.id.desc()))
        return [_flow(row) for row in rows]

    def page(
        self, account_ids: Sequence[int], limit: int, after: tuple[int, int] | None, kind: str | None, text: str | None
    ) -> Sequence[CashFlow]:
        """Newest first, with those that the user said are none; `after`: (instant, id) of the last row before."""
        query = select(cash_flows).where(cash_flows.c.account_id.in_(account_ids))
        if kind is not None:
            query = query.where(cash_flows.c.type == kind)
        if text:
            query = _containing(query, text)
        if after is not None:
            at_ms, row_id = after
            older = cash_flows.c.timestamp < at_ms
            query = query.where(or_(older, (cash_flows.c.timestamp == at_ms) & (cash_flows.c.id < row_id)))
        rows = self._connection.execute(
            query.order_by(cash_flows.c.timestamp.desc(), cash_flows.c.id.desc()).limit(limit)
        )
        return [_flow(row) for row in rows]

    def count(self, account_id: int) -> int:
        query = select(func.count()).where(_own(account_id), COUNTS)
        return self._connection.execute(query).scalar_one()

    def upsert(self, flows: Iterable[CashFlow]) -> None:
        """Write flows of the ledger; the user's note on a known one stays."""
        for flow in flows:
            statement = upsert(self._connection)(cash_flows).values(_values(flow))
            new = statement.excluded
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=list(KEY),
                    set_={
                        name: new[name]
                        for name in ("timestamp", "type", "amount_usd", "quantity", "price_usd", "status", "reason")
                    },
                )
            )

    def insert(self, flow: CashFlow) -> int:
        statement = insert(cash_flows).values(_values(flow)).returning(cash_flows.c.id)
        return int(self._connection.execute(statement).scalar_one())

    def insert_all(self, flows: Sequence[CashFlow]) -> None:
        self._connection.execute(insert(cash_flows), [_values(flow) for flow in flows])

    def change(self, flow: CashFlow) -> None:
        self._connection.execute(update(cash_flows).where(cash_flows.c.id == flow.id).values(_values(flow)))

    def delete(self, flow_id: int) -> None:
        self._connection.execute(delete(cash_flows).where(cash_flows.c.id == flow_id))

    def delete_external(self, account_id: int, source: str, external_ids: Iterable[str]) -> None:
        """Drop flows whose ledger event was taken back."""
        for external_id in external_ids:
            self._connection.execute(
                delete(cash_flows).where(
                    cash_flows.c.account_id == account_id,
                    cash_flows.c.source == source,
                    cash_flows.c.external_id == external_id,
                )
            )

    def delete_import(self, import_id: int) -> int | None:
        """Drop what an import wrote, but for rows that were changed by hand since; returns the earliest instant."""
        written = (cash_flows.c.import_id == import_id) & ~cash_flows.c.edited
        earliest = self._connection.execute(select(func.min(cash_flows.c.timestamp)).where(written)).scalar()
        self._connection.execute(delete(cash_flows).where(written))
        return earliest

    def count_import(self, import_id: int) -> tuple[int, int]:
        """Rows of an import that are as it wrote them, and those that were changed by hand since."""
        query = select(cash_flows.c.edited, func.count()).where(cash_flows.c.import_id == import_id)
        found = {bool(edited): count for edited, count in self._connection.execute(query.group_by(cash_flows.c.edited))}
        return found.get(False, 0), found.get(True, 0)

    def settle_pending(self, account_id: int, first_ms: int | None) -> None:
        """Flows entered by hand are in the returns now, which begin at `first_ms`; earlier ones wait and say for what.

        One without a value waits for its price.
        """
        own = update(cash_flows).where(cash_flows.c.account_id == account_id)
        early = cash_flows.c.timestamp < (AFTER_ALL_MS if first_ms is None else first_ms)
        waiting = {"status": "pending", "reason": BEFORE_FIRST_ENTRY}
        self._connection.execute(own.where(cash_flows.c.source.in_(ENTERED), COUNTS, early).values(waiting))
        valued = (cash_flows.c.status == "pending") & cash_flows.c.amount_usd.is_not(None)
        self._connection.execute(own.where(valued, ~early).values(status="exact", reason=None))


def _own(account_id: int) -> ColumnElement[bool]:
    """The flows of an account; of all accounts together those of each but both sides of moves between two of them."""
    if not is_whole(account_id):
        return cash_flows.c.account_id == account_id
    sides = [
        exists()
        .where(*(cash_flows.c[name] == own_moves.c[f"{side}_{name}"] for name in KEY))
        .where(own_moves.c.state == "paired", own_moves.c[f"{other}_account_id"].in_(members_of(account_id)))
        for side, other in (("sent", "received"), ("received", "sent"))
    ]
    early = func.coalesce(cash_flows.c.reason, "") == BEFORE_FIRST_ENTRY
    return cash_flows.c.account_id.in_(members_of(account_id)) & ~early & ~or_(*sides)


def _containing(query: Select[Any], text: str) -> Select[Any]:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    return query.where(
        or_(cash_flows.c.description.ilike(pattern, escape="\\"), cash_flows.c.asset.ilike(pattern, escape="\\"))
    )


def _values(flow: CashFlow) -> dict[str, Any]:
    incoming = (flow.amount if flow.amount is not None else flow.quantity or 0) >= 0
    return {
        "account_id": flow.account_id,
        "timestamp": flow.at_ms,
        "type": "DEPOSIT" if incoming else "WITHDRAW",
        "amount_usd": flow.amount,
        "asset": flow.asset,
        "quantity": flow.quantity,
        "price_usd": flow.price,
        "description": flow.description,
        "source": flow.source,
        "external_id": flow.external_id,
        "status": flow.status,
        "reason": flow.reason,
        "import_id": flow.import_id,
        "edited": flow.edited,
    }


def _flow(row: Row[Any]) -> CashFlow:
    return CashFlow(
        id=row.id,
        account_id=row.account_id,
        at_ms=row.timestamp,
        amount=row.amount_usd,
        asset=row.asset,
        quantity=row.quantity,
        price=row.price_usd,
        description=row.description,
        source=row.source,
        external_id=row.external_id,
        status=row.status,
        reason=row.reason,
        import_id=row.import_id,
        edited=row.edited,
    )
