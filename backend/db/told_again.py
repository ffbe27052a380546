"""Events of one import that another tells again. Taken back, the first leaves them to the next that told them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from backend.core.model.imports import Handover, Repeat
from backend.db.dialect import whole_sum
from backend.db.models import ledger_events, told_again

CHUNK_ROWS = 1_000


def note(connection: Connection, account_id: int, import_id: int, repeats: Sequence[Repeat]) -> None:
    """Write down what an import tells that an earlier one has told."""
    values = [
        {
            "account_id": account_id,
            "source": one.source,
            "external_id": one.external_id,
            "import_id": import_id,
            "lines": one.lines,
        }
        for one in repeats
    ]
    for start in range(0, len(values), CHUNK_ROWS):
        connection.execute(insert(told_again), values[start : start + CHUNK_ROWS])


def hand_over(connection: Connection, account_id: int, import_id: int) -> Sequence[Handover]:
    """Give the events of an import to the earliest other that told them; what nobody else told stays its own."""
    again, events = told_again.c, ledger_events.c
    connection.execute(delete(told_again).where(again.account_id == account_id, again.import_id == import_id))
    own = (events.account_id == account_id) & (events.import_id == import_id)
    heir = select(func.min(again.import_id)).where(_same()).scalar_subquery()
    connection.execute(update(ledger_events).where(own, heir.is_not(None)).values(import_id=heir))
    # Whoever has an event now tells it first.
    left = _same() & (events.import_id == again.import_id) & (again.account_id == account_id)
    query = select(again.import_id, whole_sum(again.lines), func.min(events.at), func.max(events.at)).where(left)
    found = [Handover(*row) for row in connection.execute(query.group_by(again.import_id).order_by(again.import_id))]
    connection.execute(delete(told_again).where(select(events.id).where(left).exists()))
    return found


def _same() -> ColumnElement[bool]:
    again, events = told_again.c, ledger_events.c
    return (
        (again.account_id == events.account_id)
        & (again.source == events.source)
        & (again.external_id == events.external_id)
    )
