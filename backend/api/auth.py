"""/api/auth: set-up, sign-in and sign-out, sessions, tokens of programs, the second factor.

None of these writes is remembered by its Idempotency-Key: what they answer is kept nowhere.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIBlueprint
from flask import Response, request

from backend import __version__
from backend.api.cookies import drop_cookies, session_token, set_cookies
from backend.api.deps import services
from backend.api.gate import caller
from backend.api.host_guard import is_local
from backend.api.schemas import auth as schemas
from backend.api.schemas.common import MAX_ID, NoQuery
from backend.api.shapes import auth as shape
from backend.api.shapes.common import instant
from backend.api.writes import json_answer
from backend.core.acting import acting_as
from backend.core.errors import NotAllowedError, NotFoundError
from backend.core.sign_in.model import USER_NAME, Opened, Scope, Visitor
from backend.core.sign_in.sessions import NO_SESSION, NO_TOKEN

if TYPE_CHECKING:
    from backend.core.sign_in.auth import Auth

auth = APIBlueprint("auth", __name__, url_prefix="/api/auth", tag="Sign-in")
REFUSED: Final = {
    401: "sign-in-refused: wrong name, password or code; second-factor-needed: send its code, too",
    429: "Too many wrong tries, or too many sign-ins at once: wait for Retry-After seconds",
}
NO_PASSWORD: Final = "There is no password yet: set one first"


@auth.get("/session")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SessionOut)
@auth.doc(summary="Whether one is signed in, and what to do before", responses=[422])
def get_session(query_data: NoQuery) -> Response:
    sessions, token = _auth().sessions, session_token(request.environ)
    known = sessions.of_browser(token) if token else None
    session = next((one for one in sessions.all() if known and one.id == known.id), None)
    return json_answer(
        shape.session(
            required=sessions.required(),
            has_password=sessions.has_password(),
            code_needed=_code_needed(),
            session=session,
            token=token,
            version=__version__,
        )
    )


@auth.post("/set-up")
@auth.input(NoQuery, location="query")
@auth.input(schemas.SetUpIn)
@auth.output(schemas.SignedInOut)
@auth.doc(
    summary="Set the first password and sign in; closed afterwards",
    responses={401: "The set-up code is wrong", 403: "set-up-over: there is a password", 429: REFUSED[429]},
)
def post_set_up(query_data: NoQuery, json_data: schemas.SetUpIn) -> Response:
    code = (json_data.code or "") if _code_needed() else None
    with _as_owner():
        return _signed_in(_auth().passwords.set_up(json_data.password, code, _visitor()))


@auth.post("/login")
@auth.input(NoQuery, location="query")
@auth.input(schemas.LoginIn)
@auth.output(schemas.SignedInOut)
@auth.doc(summary="Sign in: a session in a cookie", responses=REFUSED)
def post_login(query_data: NoQuery, json_data: schemas.LoginIn) -> Response:
    asked, before = json_data, session_token(request.environ)
    with _as_owner():
        return _signed_in(
            _auth().passwords.sign_in(asked.username, asked.password, asked.code, asked.stay, _visitor(), before)
        )


@auth.post("/logout")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SignedOutOut)
@auth.doc(summary="End this session", responses=[422])
def post_logout(query_data: NoQuery) -> Response:
    who = caller()
    if who.kind == "session":
        _auth().sessions.end(who.id)
        services().feed.catch_up()
    answer = json_answer({"ended": int(who.kind == "session")})
    drop_cookies(answer)
    return answer


@auth.post("/confirm")
@auth.input(NoQuery, location="query")
@auth.input(schemas.ConfirmIn)
@auth.output(schemas.ConfirmedOut)
@auth.doc(summary="Type the password again, for what asks for it", responses=REFUSED)
def post_confirm(query_data: NoQuery, json_data: schemas.ConfirmIn) -> Response:
    who = caller()
    if who.kind != "session":
        return json_answer({"until": None})  # of programs, and where nobody signs in, no password is asked
    until_ms = _auth().passwords.confirm(who, json_data.password, _visitor())
    return json_answer({"until": instant(until_ms)})


@auth.post("/password")
@auth.input(NoQuery, location="query")
@auth.input(schemas.PasswordIn)
@auth.output(schemas.SignedInOut)
@auth.doc(summary="Change the password: every session ends but a new one of this browser", responses=REFUSED)
def post_password(query_data: NoQuery, json_data: schemas.PasswordIn) -> Response:
    if not _auth().sessions.has_password():
        raise NotAllowedError(NO_PASSWORD)
    old, new = json_data.current_password, json_data.new_password
    return _signed_in(_auth().passwords.change(caller(), old, new, _visitor()))


@auth.get("/sessions")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SessionsOut)
@auth.doc(summary="Who is signed in", responses=[422])
def get_sessions(query_data: NoQuery) -> Response:
    sessions, own = _auth().sessions, caller()
    own_id = own.id if own.kind == "session" else None
    body = {"items": [shape.session_item(one, own_id) for one in sessions.all()]}
    return json_answer(body | {"password_set": sessions.has_password(), "sign_in_required": sessions.required()})


@auth.delete("/sessions")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SignedOutOut)
@auth.doc(summary="Sign out everywhere, here too", responses=[422])
def delete_sessions(query_data: NoQuery) -> Response:
    ended = _auth().sessions.end_all()
    services().feed.catch_up()
    answer = json_answer({"ended": ended})
    drop_cookies(answer)
    return answer


@auth.delete("/sessions/<int:session_id>")
@auth.input(NoQuery, location="query")
@auth.output(schemas.EndedOut)
@auth.doc(summary="Sign one browser out", responses={404: NO_SESSION})
def delete_session(session_id: int, query_data: NoQuery) -> Response:
    if session_id > MAX_ID:
        raise NotFoundError(NO_SESSION)
    _auth().sessions.end(session_id)
    services().feed.catch_up()
    return json_answer({"id": session_id})


@auth.get("/tokens")
@auth.input(NoQuery, location="query")
@auth.output(schemas.TokensOut)
@auth.doc(summary="The tokens of programs", responses=[422])
def get_tokens(query_data: NoQuery) -> Response:
    return json_answer({"items": [shape.token(one) for one in _auth().sessions.tokens()]})


@auth.post("/tokens")
@auth.input(NoQuery, location="query")
@auth.input(schemas.TokenIn)
@auth.output(schemas.TokenMadeOut, status_code=201)
@auth.doc(summary="Make a token for a program; its text is told once", responses=[422])
def post_token(query_data: NoQuery, json_data: schemas.TokenIn) -> Response:
    scopes = frozenset(Scope(one) for one in json_data.scopes)
    text, made = _auth().sessions.new_token(json_data.name.strip(), scopes)
    return json_answer(shape.token(made) | {"token": text}, 201)


@auth.delete("/tokens/<int:token_id>")
@auth.input(NoQuery, location="query")
@auth.output(schemas.EndedOut)
@auth.doc(summary="Let a program in no more", responses={404: NO_TOKEN})
def delete_token(token_id: int, query_data: NoQuery) -> Response:
    if token_id > MAX_ID:
        raise NotFoundError(NO_TOKEN)
    _auth().sessions.end_token(token_id)
    services().feed.catch_up()
    return json_answer({"id": token_id})


@auth.get("/second-factor")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SecondFactorOut)
@auth.doc(summary="Whether a code is asked for beside the password", responses=[422])
def get_second_factor(query_data: NoQuery) -> Response:
    return json_answer(_second_factor())


@auth.post("/second-factor")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SecretOut)
@auth.doc(summary="Make a secret for an authenticator app", responses=[422])
def post_second_factor(query_data: NoQuery) -> Response:
    made = _auth().second_factor.begin(USER_NAME)
    return json_answer({"secret": made.secret, "address": made.address, "picture": made.picture})


@auth.put("/second-factor")
@auth.input(NoQuery, location="query")
@auth.input(schemas.CodeIn)
@auth.output(schemas.RecoveryCodesOut)
@auth.doc(summary="Turn the second factor on, by a code of the app", responses={404: "No secret was made"})
def put_second_factor(query_data: NoQuery, json_data: schemas.CodeIn) -> Response:
    codes = _auth().second_factor.turn_on(USER_NAME, json_data.code)
    return json_answer({"on": True, "recovery_codes": list(codes)})


@auth.delete("/second-factor")
@auth.input(NoQuery, location="query")
@auth.output(schemas.SecondFactorOut)
@auth.doc(summary="Turn the second factor off", responses=[422])
def delete_second_factor(query_data: NoQuery) -> Response:
    _auth().second_factor.turn_off(USER_NAME)
    return json_answer(_second_factor())


def _auth() -> Auth:
    return services().auth


def _as_owner() -> AbstractContextManager[None]:
    """Whoever knocks does it by the name of the one user there is; the gate lets everybody knock."""
    return acting_as(f"user:{USER_NAME}", request.remote_addr or "")


def _visitor() -> Visitor:
    return Visitor(request.remote_addr or "", request.headers.get("User-Agent", ""))


def _code_needed() -> bool:
    """From elsewhere the first visitor shows that the log of the program is theirs."""
    return not (_auth().local and is_local(request.host))


def _second_factor() -> dict[str, Any]:
    state = _auth().second_factor.state(USER_NAME)
    return {"on": state.on, "recovery_codes_left": state.codes_left}


def _signed_in(opened: Opened) -> Response:
    services().feed.catch_up()
    answer = json_answer(shape.signed_in(opened))
    set_cookies(answer, opened, request.headers.get("Origin", "").startswith("https://"))
    return answer
