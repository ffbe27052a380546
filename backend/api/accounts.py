"""/api/accounts: whose money is looked at: made, given keys, looked at, let go. A key that came in never goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint

from backend.api.addresses import recomputing
from backend.api.answers import Draft, send
from backend.api.deps import services
from backend.api.recompute import still_recomputing
from backend.api.schemas import accounts as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import accounts as shape
from backend.api.writes import idempotent, json_answer
from backend.core.errors import BadInputError, NotFoundError
from backend.core.model.keys import KeyPair

if TYPE_CHECKING:
    from flask import Response
    from pydantic import SecretStr

    from backend.core.accounts_book import AccountView

NO_ACCOUNT = "There is no such account"
HELD = (
    "key-in-settings: its key stands in the settings alone, or is the demo's; run-active: orders are under way, or an "
    "order's end is not known, and the key is needed to find out; needs-review: a run waits for a person; or the "
    "Idempotency-Key is in use"
)
UNASKED = "The exchange could not be asked about the key: nothing was changed"

accounts = APIBlueprint("accounts", __name__, url_prefix="/api/accounts", tag="Accounts")


@accounts.get("")
@accounts.input(NoQuery, location="query")
@accounts.output(schemas.AccountsOut)
@accounts.doc(summary="The accounts, and where each is known from", responses=[422])
def get_accounts(query_data: NoQuery) -> Response:
    def draft() -> Draft:
        standings, expires_s = services().rights.standings()
        views, judged = services().accounts.all(), services().keys.judged
        return Draft(shape.accounts(views, standings, services().environment, judged), expires_s)

    return send(services().cache.get(("accounts",), draft))


@accounts.post("")
@accounts.input(NoQuery, location="query")
@accounts.input(schemas.AccountIn)
@accounts.output(schemas.AccountMadeOut, status_code=201)
@accounts.doc(summary="Make an account, read by a key or living from statements", responses=[422, 503])
@idempotent
def post_account(query_data: NoQuery, json_data: schemas.AccountIn) -> Response:
    api, asked = services(), json_data
    if asked.api_key is None:
        if asked.api_secret is not None or asked.key_type is not None:
            raise BadInputError("A secret goes with its key", "api_key")
        made = api.accounts.create(asked.name, asked.environment)
    else:
        made = api.keys.add(asked.name, asked.environment, _pair(asked.api_key, asked.api_secret, asked.key_type))
    api.feed.catch_up()
    return json_answer({"environment": api.environment, "item": _item(made)}, 201)


@accounts.delete("/<int:account_id>")
@accounts.input(schemas.AccountDeleteQuery, location="query")
@accounts.output(schemas.AccountDeletedOut)
@accounts.doc(summary="Let an account go, with or without its data", responses={404: NO_ACCOUNT, 409: HELD})
@idempotent
def delete_account(account_id: int, query_data: schemas.AccountDeleteQuery) -> Response:
    account_id = _known(account_id)
    api, asked = services(), query_data
    body = {"environment": api.environment, "id": account_id, "data": asked.data}
    if api.accounts.release(account_id, asked.name):
        api.keys.part(account_id)
    if asked.data == "keep":
        kept = api.accounts.keep(account_id, asked.name)
        # Its figures are marked from the last reading on, which is where they begin to rest on statements.
        going_on = still_recomputing(account_id, kept.last_statement_ms)
        return json_answer(body | {"item": _item(kept), "recomputing": going_on})
    changed = api.accounts.delete(account_id, asked.name)
    going_on = recomputing(changed) if changed else False
    api.feed.catch_up()
    return json_answer(body | {"item": None, "recomputing": going_on})


@accounts.put("/<int:account_id>")
@accounts.input(NoQuery, location="query")
@accounts.input(schemas.AccountNameIn)
@accounts.output(schemas.AccountKeyOut)
@accounts.doc(summary="Call an account otherwise", responses={404: NO_ACCOUNT, 409: HELD})
@idempotent
def put_account(account_id: int, query_data: NoQuery, json_data: schemas.AccountNameIn) -> Response:
    return _keyed(services().accounts.rename(_known(account_id), json_data.name))


@accounts.put("/<int:account_id>/key")
@accounts.input(NoQuery, location="query")
@accounts.input(schemas.KeyIn)
@accounts.output(schemas.AccountKeyOut)
@accounts.doc(summary="Give an account a key, or another one", responses={404: NO_ACCOUNT, 409: HELD, 503: UNASKED})
@idempotent
def put_key(account_id: int, query_data: NoQuery, json_data: schemas.KeyIn) -> Response:
    asked = json_data
    pair = _pair(asked.api_key, asked.api_secret, asked.key_type)
    return _keyed(services().keys.give(_known(account_id), asked.kind, pair))


@accounts.delete("/<int:account_id>/key")
@accounts.input(schemas.KeyQuery, location="query")
@accounts.output(schemas.AccountKeyOut)
@accounts.doc(summary="Forget a key; with its read key goes its trade key", responses={404: NO_ACCOUNT, 409: HELD})
@idempotent
def delete_key(account_id: int, query_data: schemas.KeyQuery) -> Response:
    return _keyed(services().keys.take(_known(account_id), query_data.kind))


@accounts.post("/<int:account_id>/check")
@accounts.input(NoQuery, location="query")
@accounts.output(schemas.AccountCheckOut)
@accounts.doc(summary="Ask the exchange what the keys of an account may do", responses={404: NO_ACCOUNT, 503: UNASKED})
@idempotent
def post_check(account_id: int, query_data: NoQuery) -> Response:
    found = services().keys.check(_known(account_id))
    services().feed.catch_up()
    item = _item(found.view)
    told = {"ok": found.code is None and item["verdict"] != "refused", "code": found.code, "detail": found.detail}
    return json_answer({"environment": services().environment, "item": item} | told)


def _known(account_id: int) -> int:
    if account_id > MAX_ID:
        raise NotFoundError(NO_ACCOUNT)
    return account_id


def _pair(key: SecretStr, secret: SecretStr | None, key_type: str | None) -> KeyPair:
    return KeyPair(key.get_secret_value().strip(), secret.get_secret_value().strip() if secret else "", key_type or "")


def _keyed(view: AccountView) -> Response:
    services().feed.catch_up()
    return json_answer({"environment": services().environment, "item": _item(view)})


def _item(view: AccountView) -> dict[str, Any]:
    return shape.account(view, services().rights.standing_of(view.account.id), services().keys.judged)
