"""/api/accounts: whose money is looked at. Those without a key are made and deleted here; keys are in the settings."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from backend.api.addresses import recomputing
from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.recompute import still_recomputing
from backend.api.schemas import accounts as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import accounts as shape
from backend.api.writes import idempotent, json_answer
from backend.core.accounts_book import AccountView
from backend.core.errors import NotFoundError

NO_ACCOUNT = "There is no such account"
HELD = (
    "key-in-settings: its key stands in the settings; run-active: an order's end is not known, and the key is needed "
    "to find out; needs-review: a run waits for a person; or the Idempotency-Key is in use"
)

accounts = APIBlueprint("accounts", __name__, url_prefix="/api/accounts", tag="Accounts")


@accounts.get("")
@accounts.input(NoQuery, location="query")
@accounts.output(schemas.AccountsOut)
@accounts.doc(summary="The accounts, and where each is known from", responses=[422])
def get_accounts(query_data: NoQuery) -> Response:
    def draft() -> Draft:
        standings, expires_s = services().rights.standings()
        return Draft(shape.accounts(services().accounts.all(), standings, services().environment), expires_s)

    return send(services().cache.get(("accounts",), draft))


@accounts.post("")
@accounts.input(NoQuery, location="query")
@accounts.input(schemas.AccountIn)
@accounts.output(schemas.AccountMadeOut, status_code=201)
@accounts.doc(summary="Make an account that lives from statements", responses=[422, 503])
@idempotent
def post_account(query_data: NoQuery, json_data: schemas.AccountIn) -> Response:
    api = services()
    made = api.accounts.create(json_data.name, json_data.environment)
    api.feed.catch_up()
    return json_answer({"environment": api.environment, "item": _item(made)}, 201)


@accounts.delete("/<int:account_id>")
@accounts.input(schemas.AccountDeleteQuery, location="query")
@accounts.output(schemas.AccountDeletedOut)
@accounts.doc(summary="Let an account go, with or without its data", responses={404: NO_ACCOUNT, 409: HELD})
@idempotent
def delete_account(account_id: int, query_data: schemas.AccountDeleteQuery) -> Response:
    if account_id > MAX_ID:
        raise NotFoundError(NO_ACCOUNT)
    api, asked = services(), query_data
    body = {"environment": api.environment, "id": account_id, "data": asked.data}
    if asked.data == "keep":
        kept = api.accounts.keep(account_id, asked.name)
        # Its figures are marked from the last reading on, which is where they begin to rest on statements.
        going_on = still_recomputing(account_id, kept.last_statement_ms)
        return json_answer(body | {"item": _item(kept), "recomputing": going_on})
    changed = api.accounts.delete(account_id, asked.name)
    going_on = recomputing(changed) if changed else False
    api.feed.catch_up()
    return json_answer(body | {"item": None, "recomputing": going_on})


def _item(view: AccountView) -> dict[str, Any]:
    return shape.account(view, services().rights.standing_of(view.account.id))
