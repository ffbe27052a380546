"""Answers of /api/imports."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, get_args

from backend.api.answers import Draft
from backend.api.schemas.imports import ImportAnswers, ImportIn
from backend.api.shapes.common import base, instant, money
from backend.core.errors import BadInputError
from backend.core.imports.answers import Answers, Role
from backend.core.imports.archive import texts
from backend.core.imports.statements.entries import StatementLine
from backend.core.imports.statements.reading import NamedText

if TYPE_CHECKING:
    from backend.core.import_views import ImportPreview, ImportView
    from backend.core.imports.judged import JudgedLine, LineState
    from backend.core.views import Basis

# Lines in the preview itself; the others are asked for by state and page.
SHOWN: Final = 200
# "In the future" is judged by the clock: a preview does not stay true for ever.
EXPIRES_S: Final = 60.0


def answers(form: ImportAnswers) -> Answers:
    """The answers in the words of the domain."""
    columns: dict[Role, int] | None = None
    if form.columns is not None:
        given = form.columns.model_dump()
        columns = {role: given[role] for role in get_args(Role) if given[role] is not None}
    return Answers(
        delimiter=form.delimiter,
        header=form.header,
        columns=columns,
        decimal_mark=form.decimal_mark,
        date_order=form.date_order,
        time_zone=form.time_zone,
        direction=form.direction,
    )


def files(form: ImportIn) -> list[NamedText]:
    """The text files that were sent.

    Raises:
        BadInputError: none, both ways at once, or a zip that cannot be opened.
    """
    if bool(form.content) == bool(form.content_base64):
        raise BadInputError("Send the file as content or as content_base64", "content")
    if form.content:
        return [NamedText(form.name, form.content)]
    try:
        return texts(form.name, base64.b64decode(form.content_base64, validate=True))
    except binascii.Error as error:
        raise BadInputError("This is no base64", "content_base64") from error


def preview(found: ImportPreview) -> dict[str, Any]:
    outcome = found.view.file.outcome
    counts = found.counts
    page, after = found.page(None, SHOWN, 0)
    return base(found.view.basis) | {
        "import_id": found.view.file.id,
        "item": item(found.view),
        "columns": [asdict(column) for column in found.columns],
        "answers": asdict(found.answers) | {"columns": None if found.answers.columns is None else _columns(found)},
        "questions": [
            {
                "field": question.about,
                "answer": question.answer,
                "example": question.example,
                "options": [asdict(option) for option in question.options],
            }
            for question in found.questions
        ],
        "complete": found.complete,
        "counts": {
            "new": counts["new"] if outcome is None else outcome.written,
            "known": counts["known"] if outcome is None else outcome.known,
            "error": counts["error"] if outcome is None else outcome.refused,
            "ignored": counts["ignored"] if outcome is None else outcome.ignored,
        },
        "lines": [_line(judged) for judged in page],
        "refused": None if found.refused is None else asdict(found.refused),
        "next_cursor": _cursor(after),
    }


def lines(found: ImportPreview, state: LineState | None, limit: int, after: int) -> Draft:
    page, last = found.page(state, limit, after)
    body = base(found.view.basis) | {"items": [_line(judged) for judged in page], "next_cursor": _cursor(last)}
    return Draft(body, EXPIRES_S)


def history(page: tuple[Basis, list[ImportView], str | None]) -> Draft:
    basis, views, cursor = page
    return Draft(base(basis) | {"items": [item(view) for view in views], "next_cursor": cursor}, basis.expires_s)


def changed(view: ImportView, recomputing: bool) -> dict[str, Any]:
    return base(view.basis) | {"item": item(view), "recomputing": recomputing}


def item(view: ImportView) -> dict[str, Any]:
    file, outcome = view.file, view.file.outcome
    return {
        "id": file.id,
        "account_id": file.account_id,
        "account_name": view.account_name,
        "kind": file.kind,
        "name": file.name,
        "state": file.state,
        "created_at": instant(file.created_machine_ms),
        "committed_at": instant(file.finished_machine_ms),
        "undone_at": instant(file.undone_machine_ms),
        "written": outcome.written if outcome else None,
        "known": outcome.known if outcome else None,
        "refused": outcome.refused if outcome else None,
        "ignored": outcome.ignored if outcome else None,
        "removed": file.removed,
        "kept": file.kept,
        "first_at": instant(outcome.first_ms) if outcome else None,
        "last_at": instant(outcome.last_ms) if outcome else None,
    }


def _columns(found: ImportPreview) -> dict[str, int | None]:
    columns = found.answers.columns or {}
    return {role: columns.get(role) for role in get_args(Role)}


def _cursor(after: int | None) -> str | None:
    return None if after is None else f"{after}-0"


def _line(judged: JudgedLine) -> dict[str, Any]:
    line = judged.line
    shared = {
        "position": judged.position,
        "file": judged.file,
        "n": line.n,
        "state": judged.state,
        "reason": judged.reason,
        "detail": line.detail,
    }
    if isinstance(line, StatementLine):
        return shared | {
            "timestamp": None if line.at_ms is None else instant(line.at_ms),
            "type": None,
            "amount_usd": None,
            "asset": None,
            "quantity": None,
            "description": line.words,
            "event": line.kind,
            "moves": [{"asset": leg.asset, "quantity": money(leg.amount)} for leg in line.legs],
        }
    sign = line.amount if line.amount is not None else line.quantity
    return shared | {
        "timestamp": None if line.when is None else instant(line.when.at_ms),
        "type": None if sign is None else "DEPOSIT" if sign >= 0 else "WITHDRAW",
        "amount_usd": money(line.amount),
        "asset": line.asset,
        "quantity": money(None if line.quantity is None else abs(line.quantity)),
        "description": line.note,
        "event": None,
        "moves": [],
    }
