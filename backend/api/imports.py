"""/api/imports: files of the user's, previewed before anything is written, and taken back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint
from flask import Response, request

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.recompute import still_recomputing
from backend.api.schemas import imports as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import imports as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import NotFoundError
from backend.core.flow_book import read_cursor

if TYPE_CHECKING:
    from backend.core.import_views import ImportView

imports = APIBlueprint("imports", __name__, url_prefix="/api/imports", tag="Imports")


@imports.before_request
def allow_files() -> None:
    """A file may be larger than other bodies."""
    if request.endpoint == "imports.post_import":
        request.max_content_length = schemas.MAX_BYTES


def _import_id(import_id: int) -> int:
    if import_id > MAX_ID:
        raise NotFoundError("There is no such import")
    return import_id


@imports.post("")
@imports.input(NoQuery, location="query")
@imports.input(schemas.ImportIn)
@imports.output(schemas.ImportPreviewOut, status_code=201)
@imports.doc(
    summary="Preview exports of the exchange or a CSV of cash flows; nothing is written yet", responses=[404, 413, 422]
)
@idempotent
def post_import(query_data: NoQuery, json_data: schemas.ImportIn) -> Response:
    found = services().imports.open(
        json_data.name, shape.files(json_data), json_data.account, shape.answers(json_data.answers)
    )
    services().feed.catch_up()
    return json_answer(shape.preview(found), 201)


@imports.get("")
@imports.input(schemas.ImportsQuery, location="query")
@imports.output(schemas.ImportsOut)
@imports.doc(summary="Imports, newest first", responses=[404, 422])
def get_imports(query_data: schemas.ImportsQuery) -> Response:
    key = ("imports", query_data.limit, query_data.cursor, query_data.account)

    def draft() -> Draft:
        return shape.history(services().imports.history(query_data.limit, query_data.cursor, query_data.account))

    return send(services().cache.get(key, draft))


@imports.get("/<int:import_id>")
@imports.input(NoQuery, location="query")
@imports.output(schemas.ImportPreviewOut)
@imports.doc(summary="An import: its preview, or what was written", responses=[404, 422])
def get_import(import_id: int, query_data: NoQuery) -> Response:
    def draft() -> Draft:
        return Draft(shape.preview(services().imports.preview(_import_id(import_id))), shape.EXPIRES_S)

    return send(services().cache.get(("import", import_id), draft))


@imports.get("/<int:import_id>/lines")
@imports.input(schemas.ImportLinesQuery, location="query")
@imports.output(schemas.ImportLinesOut)
@imports.doc(summary="Lines of a preview, all or of one state", responses=[404, 422])
def get_import_lines(import_id: int, query_data: schemas.ImportLinesQuery) -> Response:
    after = 0 if query_data.cursor is None else read_cursor(query_data.cursor)[0]
    state, limit = query_data.state, query_data.limit

    def draft() -> Draft:
        return shape.lines(services().imports.preview(_import_id(import_id)), state, limit, after)

    return send(services().cache.get(("import-lines", import_id, state, limit, after), draft))


@imports.put("/<int:import_id>")
@imports.input(NoQuery, location="query")
@imports.input(schemas.ImportAnswersIn)
@imports.output(schemas.ImportPreviewOut)
@imports.doc(summary="Say how to read the file; previews it anew", responses=[404, 409, 422])
@idempotent
def put_import(import_id: int, query_data: NoQuery, json_data: schemas.ImportAnswersIn) -> Response:
    found = services().imports.answer(_import_id(import_id), shape.answers(json_data.answers))
    services().feed.catch_up()
    return json_answer(shape.preview(found))


@imports.post("/<int:import_id>/commit")
@imports.input(schemas.CommitQuery, location="query")
@imports.output(schemas.ImportChangedOut)
@imports.doc(summary="Write the new lines; once, however often it is asked for", responses=[404, 409, 422])
@idempotent
def post_import_commit(import_id: int, query_data: schemas.CommitQuery) -> Response:
    return _changed(services().imports.commit(_import_id(import_id), query_data.expected))


@imports.post("/<int:import_id>/dismiss")
@imports.input(NoQuery, location="query")
@imports.output(schemas.ImportChangedOut)
@imports.doc(summary="Say that the refused lines are seen to: they leave nothing estimated", responses=[404, 409, 422])
@idempotent
def post_import_dismiss(import_id: int, query_data: NoQuery) -> Response:
    return _changed(services().imports.dismiss(_import_id(import_id)))


@imports.post("/<int:import_id>/undo")
@imports.input(NoQuery, location="query")
@imports.output(schemas.ImportChangedOut)
@imports.doc(summary="Take back what an import wrote, but for flows changed by hand since", responses=[404, 409, 422])
@idempotent
def post_import_undo(import_id: int, query_data: NoQuery) -> Response:
    return _changed(services().imports.undo(_import_id(import_id)))


def _changed(view: ImportView) -> Response:
    return json_answer(shape.changed(view, still_recomputing(view.file.account_id, view.from_ms)))
