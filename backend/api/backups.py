"""/api/backups: which backups there are, and a new one. Putting one back is done on the machine: docs/operations.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.deps import services
from backend.api.schemas.backups import BackupOut, BackupsOut
from backend.api.schemas.common import NoQuery
from backend.api.shapes import backups as shape
from backend.api.writes import idempotent, json_answer

if TYPE_CHECKING:
    from flask import Response

backups = APIBlueprint("backups", __name__, url_prefix="/api/backups", tag="Backups")


@backups.get("")
@backups.input(NoQuery, location="query")
@backups.output(BackupsOut)
@backups.doc(summary="The backups of the database, newest first, and the rules for them", responses=[422])
def get_backups(query_data: NoQuery) -> Response:
    api = services()
    return json_answer(shape.backups(api.environment, api.backups.view()))


@backups.post("")
@backups.input(NoQuery, location="query")
@backups.output(BackupOut, status_code=201)
@backups.doc(summary="Make a backup now and read it back", responses=[409, 422, 503])
@idempotent
def post_backup(query_data: NoQuery) -> Response:
    api = services()
    made = api.backups.make()
    api.feed.catch_up()
    return json_answer(shape.backup(made), 201)
