"""/api/imports/progress, /coverage, /pause, /resume: the import by the exchange's API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import import_progress as schemas
from backend.api.schemas.common import AccountQuery
from backend.api.shapes import import_progress as shape
from backend.api.writes import idempotent, json_answer

if TYPE_CHECKING:
    from flask import Response

import_progress = APIBlueprint("import_progress", __name__, url_prefix="/api/imports", tag="Imports")


@import_progress.get("/progress")
@import_progress.input(AccountQuery, location="query")
@import_progress.output(schemas.ImportProgressOut)
@import_progress.doc(summary="How far the import of each account is, and how long it will take", responses=[404, 422])
def get_import_progress(query_data: AccountQuery) -> Response:
    def draft() -> Draft:
        return Draft(shape.progress(services().import_status.progress(query_data.account)), shape.EXPIRES_S)

    return send(services().cache.get(("import-progress", query_data.account), draft))


@import_progress.get("/coverage")
@import_progress.input(AccountQuery, location="query")
@import_progress.output(schemas.ImportCoverageOut)
@import_progress.doc(summary="What each history was read for, and what is missing", responses=[404, 422])
def get_import_coverage(query_data: AccountQuery) -> Response:
    def draft() -> Draft:
        return shape.coverage(services().import_status.coverage(query_data.account))

    return send(services().cache.get(("import-coverage", query_data.account), draft))


@import_progress.post("/pause")
@import_progress.input(AccountQuery, location="query")
@import_progress.output(schemas.ImportProgressOut)
@import_progress.doc(summary="Stop reading the past at the next question; what is new is read on", responses=[404, 422])
@idempotent
def post_import_pause(query_data: AccountQuery) -> Response:
    return _paused(query_data.account, True)


@import_progress.post("/resume")
@import_progress.input(AccountQuery, location="query")
@import_progress.output(schemas.ImportProgressOut)
@import_progress.doc(summary="Go on where a pause stopped, with the next refresh", responses=[404, 422])
@idempotent
def post_import_resume(query_data: AccountQuery) -> Response:
    return _paused(query_data.account, False)


def _paused(account_id: int | None, paused: bool) -> Response:
    found = services().import_status.pause(account_id, paused)
    services().feed.catch_up()
    return json_answer(shape.progress(found))
