"""/api/audit: who did what, from where and when; and whether nothing of it was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.files import as_file, exported
from backend.api.instants import instant_ms
from backend.api.schemas import audit as schemas
from backend.api.schemas.common import NoQuery
from backend.api.shapes import audit as shape
from backend.api.writes import idempotent, json_answer
from backend.core.model.audit import AuditFilter

if TYPE_CHECKING:
    from flask import Response

audit = APIBlueprint("audit", __name__, url_prefix="/api/audit", tag="Audit")
EXPORTED: Final = exported(schemas.AuditExportRowOut.model_json_schema(), "null", {"type": "null"})
EXPORTS: Final[dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]] = {
    200: {
        "description": "The acts; a CSV begins with the names of its columns",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": EXPORTED},
        },
    },
    404: {"description": "There is no such account"},
    422: {"description": "A parameter cannot be used"},
}


@audit.get("")
@audit.input(schemas.AuditQuery, location="query")
@audit.output(schemas.AuditOut)
@audit.doc(summary="Who did what, from where and when: newest first", responses=[404, 422])
def get_audit(query_data: schemas.AuditQuery) -> Response:
    api, asked, wanted = services(), query_data, _filter(query_data)

    def draft() -> Draft:
        return Draft(shape.page(api.environment, api.audit.page(wanted, asked.limit, asked.cursor)))

    return send(api.cache.get(("audit", wanted, asked.limit, asked.cursor), draft))


@audit.get("/verify")
@audit.input(NoQuery, location="query")
@audit.output(schemas.AuditCheckOut)
@audit.doc(summary="What the last check of the chain found")
def get_check(query_data: NoQuery) -> Response:
    api = services()
    return send(api.cache.get("audit-check", lambda: Draft(shape.check(api.environment, api.audit.last_check()))))


@audit.post("/verify")
@audit.input(NoQuery, location="query")
@audit.output(schemas.AuditCheckOut)
@audit.doc(summary="Check every row of the chain now", responses=[409, 422, 503])
@idempotent
def post_check(query_data: NoQuery) -> Response:
    api = services()
    report = api.audit.check()
    api.feed.catch_up()
    return json_answer(shape.check(api.environment, report))


@audit.get("/export")
@audit.input(schemas.AuditExportQuery, location="query")
@audit.doc(summary="Acts as a file, with their hashes", responses=EXPORTS)
def get_export(query_data: schemas.AuditExportQuery) -> Response:
    wanted = _filter(query_data)
    return as_file(query_data, query_data.format, lambda: services().audit.export(wanted))


def _filter(asked: schemas.AuditFilterQuery) -> AuditFilter:
    return AuditFilter(
        action=asked.action or None,
        actor=asked.actor or None,
        account_id=asked.account,
        text=asked.q or None,
        start_ms=instant_ms(asked.from_, "from"),
        end_ms=instant_ms(asked.to, "to"),
    )
