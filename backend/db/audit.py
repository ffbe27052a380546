"""The audit trail. What a transaction records is appended when it ends, behind the head, which is locked for it: one
chain, however many write. The lock is the last one that a transaction takes, so that no two wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, update

from backend.core.acting import actor, origin
from backend.core.audit_chain import HEAD_LOST, entry_hash
from backend.core.audit_details import canonical, short
from backend.core.model.audit import GENESIS, AuditEntry, AuditFilter, AuditHead
from backend.db.audit_models import audit, audit_anchors, audit_head
from backend.db.dialect import upsert
from backend.db.models import accounts

if TYPE_CHECKING:
    from backend.db.events import SqlEvents

HEAD_ROW: Final = 1
# The last instant that can be written as a date.
LAST_MS: Final = 253_402_300_799_999
TEXTS: Final = ("actor", "origin", "action", "environment", "subject", "details", "previous_hash", "hash")
# Columns that have other names than fields.
# Of no act: what stands in the column is no number.
NO_ACCOUNT: Final = -1
RENAMED: Final = {"at_ms": "at", "account_id": "account"}


class SqlAudit:
    """Rows of one connection; nothing here commits. `now_ms`: this machine's clock; `events`: of the connection."""

    def __init__(self, connection: Connection, now_ms: Callable[[], int], events: SqlEvents) -> None:
        self._events = events
        self._connection = connection
        self._now_ms = now_ms
        self._waiting: list[AuditEntry] = []

    def record(
        self,
        action: str,
        *,
        account_id: int | None = None,
        subject: str = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        environment: str | None = None
        if account_id is not None:
            # Now: an account that is deleted is not known any more when the transaction ends.
            query = select(accounts.c.environment).where(accounts.c.id == account_id)
            environment = self._connection.execute(query).scalar()
        self._waiting.append(
            AuditEntry(
                id=0,
                at_ms=0,
                actor=short(actor()),
                origin=short(origin()),
                action=action,
                environment=environment,
                account_id=account_id,
                subject=short(subject),
                details=canonical(details),
                previous_hash="",
                hash="",
            )
        )

    def flush(self) -> None:
        """Append what was recorded; the last thing that a transaction does."""
        if not self._waiting:
            return
        head, at_ms = self._locked_head(), self._now_ms()
        rows: list[dict[str, Any]] = []
        for entry in self._waiting:
            linked = replace(entry, id=head.last_id + 1, at_ms=at_ms, previous_hash=head.hash)
            linked = replace(linked, hash=entry_hash(linked))
            rows.append({RENAMED.get(name, name): value for name, value in asdict(linked).items()})
            head = AuditHead(linked.id, linked.hash)
        self._waiting = []
        self._connection.execute(insert(audit), rows)
        self._connection.execute(
            update(audit_head).where(audit_head.c.id == HEAD_ROW).values(last_id=head.last_id, hash=head.hash)
        )
        # Pages that show the trail read it anew.
        self._events.emit("audit", None, {"id": head.last_id})

    def page(self, environment: str, wanted: AuditFilter, limit: int, before_id: int | None) -> Sequence[AuditEntry]:
        query = select(audit).where(*_matches(environment, wanted)).order_by(audit.c.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(audit.c.id < before_id)
        return [_entry(row) for row in self._connection.execute(query)]

    def count(self, environment: str, wanted: AuditFilter) -> int:
        query = select(func.count()).select_from(audit).where(*_matches(environment, wanted))
        return int(self._connection.execute(query).scalar_one())

    def named(self, environment: str) -> tuple[Sequence[str], Sequence[str]]:
        seen = _matches(environment, AuditFilter())
        actions, actors = (
            list(self._connection.execute(select(column).where(*seen).distinct().order_by(column)).scalars())
            for column in (audit.c.action, audit.c.actor)
        )
        return actions, actors

    def after(self, last_id: int | None, limit: int) -> Sequence[AuditEntry]:
        query = select(audit).order_by(audit.c.id).limit(limit)
        if last_id is not None:
            query = query.where(audit.c.id > last_id)
        return [_entry(row) for row in self._connection.execute(query)]

    def head(self) -> AuditHead | None:
        row = self._connection.execute(select(audit_head).where(audit_head.c.id == HEAD_ROW)).first()
        return None if row is None else AuditHead(row.last_id, row.hash)

    def anchors(self) -> Sequence[AuditHead]:
        query = select(audit_anchors).order_by(audit_anchors.c.last_id)
        return [AuditHead(row.last_id, row.hash) for row in self._connection.execute(query)]

    def anchor(self, head: AuditHead) -> None:
        values = {"last_id": head.last_id, "hash": head.hash, "at_machine": self._now_ms()}
        statement = upsert(self._connection)(audit_anchors).values(values)
        # What is known already stays as it was first seen.
        self._connection.execute(statement.on_conflict_do_nothing())

    def _locked_head(self) -> AuditHead:
        query = select(audit_head).where(audit_head.c.id == HEAD_ROW).with_for_update()
        row = self._connection.execute(query).first()
        if row is not None:
            return AuditHead(row.last_id, row.hash)
        # Somebody took it away. Acts go on, above all the kill switch: the chain says that it happened.
        last = self._connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).first()
        head = AuditHead(0, GENESIS) if last is None else AuditHead(last.id, last.hash)
        self._connection.execute(insert(audit_head).values(id=HEAD_ROW, last_id=head.last_id, hash=head.hash))
        lost = replace(self._waiting[0], action=HEAD_LOST, environment=None, account_id=None, subject="", details="{}")
        self._waiting.insert(0, lost)
        return head


def _matches(environment: str, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    table = audit.c
    found: list[ColumnElement[bool]] = [or_(table.environment == environment, table.environment.is_(None))]
    if wanted.action is not None:
        found.append(or_(table.action == wanted.action, table.action.startswith(f"{wanted.action}.", autoescape=True)))
    if wanted.actor is not None:
        found.append(table.actor == wanted.actor)
    if wanted.account_id is not None:
        found.append(table.account == wanted.account_id)
    if wanted.start_ms is not None:
        found.append(table.at >= wanted.start_ms)
    if wanted.end_ms is not None:
        found.append(table.at < wanted.end_ms)
    if wanted.text is not None:
        columns = (table.action, table.actor, table.origin, table.subject, table.details)
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    return found


def _entry(row: Row[Any]) -> AuditEntry:
    """A row as it can be read. Whoever edits a file of SQLite may leave anything in any column: what is not of its kind
    is read as something else, which does not fit the hash either.
    """
    values = {name: getattr(row, RENAMED.get(name, name)) for name in AuditEntry.__dataclass_fields__}
    for name in TEXTS:
        if not isinstance(values[name], str | None):
            values[name] = repr(values[name])
    if not isinstance(values["at_ms"], int) or not 0 <= values["at_ms"] <= LAST_MS:
        values["at_ms"] = 0
    if not isinstance(values["account_id"], int | None):
        values["account_id"] = NO_ACCOUNT
    return AuditEntry(**values)
