"""Files of the user's: drafts with their content, and what was written or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from backend.core.model.imports import FileImport, Handover, ImportOutcome
from backend.db.models import imports

# A draft that nobody finished is forgotten, and so are all but the newest: files can be large.
DRAFT_MS = 24 * 3_600_000
MOST_DRAFTS = 10
ALL_BUT_THE_CONTENT = [column for column in imports.c if column.name not in ("content", "answers")]


class SqlImports:
    def __init__(self, connection: Connection, now_ms: Callable[[], int]) -> None:
        self._connection = connection
        self._now_ms = now_ms

    def add_draft(self, account_id: int, kind: str, name: str, content: str, answers: str) -> int:
        """Keep a file until it is imported; returns its number."""
        values = {
            "account_id": account_id,
            "kind": kind,
            "name": name,
            "state": "preview",
            "content": content,
            "answers": answers,
            "created_machine": self._now_ms(),
        }
        return int(self._connection.execute(insert(imports).values(values).returning(imports.c.id)).scalar_one())

    def find(self, import_id: int) -> FileImport | None:
        row = self._connection.execute(select(*ALL_BUT_THE_CONTENT).where(imports.c.id == import_id)).first()
        return None if row is None else _file(row)

    def draft(self, import_id: int) -> tuple[str, str] | None:
        """Content and answers of a draft; None when it is none (any more)."""
        query = select(imports.c.content, imports.c.answers)
        row = self._connection.execute(query.where(imports.c.id == import_id, imports.c.state == "preview")).first()
        return None if row is None else (row.content, row.answers)

    def change_answers(self, import_id: int, answers: str) -> None:
        self._change(import_id, answers=answers)

    def finish(self, import_id: int, outcome: ImportOutcome, refused: str | None = None) -> None:
        """It is written: of its content what was refused is kept."""
        self._change(
            import_id,
            state="committed",
            content=refused,
            finished_machine=self._now_ms(),
            written=outcome.written,
            known=outcome.known,
            refused=outcome.refused,
            ignored=outcome.ignored,
            first_at=outcome.first_ms,
            last_at=outcome.last_ms,
        )

    def inherit(self, left: Handover) -> None:
        """What another import leaves to this one was written by it from now on, and not known before."""
        row = self.find(left.import_id)
        if row is not None and (told := row.outcome) is not None:
            self._change(
                left.import_id,
                written=told.written + left.lines,
                known=told.known - left.lines,
                first_at=left.first_ms if told.first_ms is None else min(told.first_ms, left.first_ms),
                last_at=left.last_ms if told.last_ms is None else max(told.last_ms, left.last_ms),
            )

    def refused(self, import_id: int) -> str | None:
        """What a written import refused; None: nothing, or it is not written."""
        query = select(imports.c.content).where(imports.c.id == import_id, imports.c.state == "committed")
        return self._connection.execute(query).scalar()

    def all_refused(self, account_id: int) -> Sequence[str]:
        """What the written imports of an account refused."""
        written = (imports.c.account_id == account_id) & (imports.c.state == "committed")
        query = select(imports.c.content).where(written, imports.c.content.is_not(None))
        return list(self._connection.execute(query).scalars())

    def keep_refused(self, import_id: int, refused: str) -> None:
        self._change(import_id, content=refused)

    def undo(self, import_id: int, removed: int, kept: int) -> None:
        self._change(import_id, state="undone", content=None, undone_machine=self._now_ms(), removed=removed, kept=kept)

    def page(self, account_ids: Sequence[int], limit: int, after: int | None) -> Sequence[FileImport]:
        """Newest first; `after` is the number of the last one of the page before."""
        query = select(*ALL_BUT_THE_CONTENT).where(imports.c.account_id.in_(account_ids))
        if after is not None:
            query = query.where(imports.c.id < after)
        return [_file(row) for row in self._connection.execute(query.order_by(imports.c.id.desc()).limit(limit))]

    def forget_drafts(self) -> None:
        """Drop drafts that are old, and all but the newest."""
        drafts = imports.c.state == "preview"
        newest = select(imports.c.id).where(drafts).order_by(imports.c.id.desc()).limit(MOST_DRAFTS)
        self._connection.execute(delete(imports).where(drafts, imports.c.created_machine < self._now_ms() - DRAFT_MS))
        self._connection.execute(delete(imports).where(drafts, imports.c.id.not_in(newest)))

    def _change(self, import_id: int, **values: Any) -> None:
        self._connection.execute(update(imports).where(imports.c.id == import_id).values(values))


def _file(row: Row[Any]) -> FileImport:
    outcome = ImportOutcome(row.written, row.known, row.refused, row.first_at, row.last_at, row.ignored)
    return FileImport(
        id=row.id,
        account_id=row.account_id,
        kind=row.kind,
        name=row.name,
        state=row.state,
        created_machine_ms=row.created_machine,
        finished_machine_ms=row.finished_machine,
        undone_machine_ms=row.undone_machine,
        outcome=None if row.finished_machine is None else outcome,
        removed=row.removed,
        kept=row.kept,
    )
