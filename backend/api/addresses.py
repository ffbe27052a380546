"""/api/addresses: wallets of the user's own outside the exchange."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from apiflask import APIBlueprint

from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.recompute import still_recomputing
from backend.api.schemas import addresses as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import addresses as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.jobs import RECOMPUTE

if TYPE_CHECKING:
    from flask import Response

addresses = APIBlueprint("addresses", __name__, url_prefix="/api/addresses", tag="Addresses")


@addresses.get("")
@addresses.input(NoQuery, location="query")
@addresses.output(schemas.AddressesOut)
@addresses.doc(summary="Own addresses outside the exchange, and what they hold", responses=[422])
def get_addresses(query_data: NoQuery) -> Response:
    def draft() -> Draft:
        return Draft(shape.addresses(services().addresses.all(), services().environment), None)

    return send(services().cache.get(("addresses",), draft))


@addresses.post("")
@addresses.input(NoQuery, location="query")
@addresses.input(schemas.AddressIn)
@addresses.output(schemas.AddressChangedOut, status_code=201)
@addresses.doc(summary="Tell an address of one's own", responses=[409, 422, 503])
@idempotent
def post_address(query_data: NoQuery, json_data: schemas.AddressIn) -> Response:
    view, changed = services().addresses.add(
        json_data.address, json_data.network or "", json_data.label.strip(), json_data.treatment
    )
    body = {"environment": services().environment, "item": shape.address(view), "recomputing": recomputing(changed)}
    return json_answer(body, 201)


@addresses.patch("/<int:address_id>")
@addresses.input(NoQuery, location="query")
@addresses.input(schemas.AddressChangeIn)
@addresses.output(schemas.AddressChangedOut)
@addresses.doc(summary="Name an address otherwise, or treat what went there otherwise", responses=[404, 409, 422, 503])
@idempotent
def patch_address(address_id: int, query_data: NoQuery, json_data: schemas.AddressChangeIn) -> Response:
    if json_data.label is None and json_data.treatment is None:
        raise BadInputError("Nothing to change: send at least one field")
    label = None if json_data.label is None else json_data.label.strip()
    view, changed = services().addresses.change(_address_id(address_id), label, json_data.treatment)
    body = {"environment": services().environment, "item": shape.address(view), "recomputing": recomputing(changed)}
    return json_answer(body)


@addresses.delete("/<int:address_id>")
@addresses.input(NoQuery, location="query")
@addresses.output(schemas.AddressDeletedOut)
@addresses.doc(summary="Forget an address", responses=[404, 409, 503])
@idempotent
def delete_address(address_id: int, query_data: NoQuery) -> Response:
    changed = services().addresses.delete(_address_id(address_id))
    body = {"environment": services().environment, "id": address_id, "recomputing": recomputing(changed)}
    return json_answer(body)


def recomputing(changed: Mapping[int, int]) -> bool:
    """Have each account computed anew from its instant on; whether that goes on."""
    api = services()
    first, *others = sorted(changed) or [0]
    for account in others:
        api.jobs.submit(RECOMPUTE, account, {"from_ms": changed[account]})
    # One is waited for: where there are several, the page hears of the others by their events.
    return still_recomputing(first, changed.get(first)) or bool(others)


def _address_id(address_id: int) -> int:
    if address_id > MAX_ID:
        raise NotFoundError("There is no such address")
    return address_id
