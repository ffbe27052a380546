"""Is anything missing? The certificate under /api/imports, the closing equation under /api/performance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.schemas import proof as schemas
from backend.api.schemas.common import AccountQuery
from backend.api.shapes import proof as shape

if TYPE_CHECKING:
    from flask import Response

proof = APIBlueprint("proof", __name__, url_prefix="/api", tag="Proof")


@proof.get("/imports/certificate")
@proof.input(AccountQuery, location="query")
@proof.output(schemas.CertificateOut)
@proof.doc(summary="Does the ledger, replayed, give today's balances?", responses=[404, 422])
def get_certificate(query_data: AccountQuery) -> Response:
    def draft() -> Draft:
        return shape.certificate(services().proofs.certificate(query_data.account))

    return send(services().cache.get(("certificate", query_data.account), draft))


@proof.get("/performance/attribution")
@proof.input(schemas.AttributionQuery, location="query")
@proof.output(schemas.AttributionOut)
@proof.doc(summary="What the change of value is made of, and what is left unexplained", responses=[404, 422])
def get_attribution(query_data: schemas.AttributionQuery) -> Response:
    days, account, currency = query_data.days, query_data.account, query_data.display

    def draft() -> Draft:
        api = services()
        view = api.proofs.attribution(days, account)
        return shape.attribution(view if currency is None else api.display.attribution(view, currency), days)

    return send(services().cache.get(("attribution", days, account, currency), draft, heavy=True))
