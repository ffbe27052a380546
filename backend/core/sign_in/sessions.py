"""Sessions of browsers, and tokens of programs: who a request comes from, and what has been let in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.errors import DatabaseUnavailableError, NotFoundError
from backend.core.sign_in.model import (
    ALL_SCOPES,
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    Caller,
    Opened,
    Scope,
    Session,
    SignInRule,
    Token,
    Visitor,
    widened,
)
from backend.core.sign_in.secret_texts import ENDING, digest, program_token, session_token

if TYPE_CHECKING:
    from backend.core.sign_in.ports import SignInStore, SignInUnit

IDLE_MS: Final = 2 * HOUR_MS
LONGEST_MS: Final = 12 * HOUR_MS
STAY_MS: Final = 7 * DAY_MS
# How long the password that was typed counts for what asks for it anew.
CONFIRMED_MS: Final = 10 * MINUTE_MS
# That a session is in use is written down this often at most.
SEEN_EVERY_MS: Final = MINUTE_MS
LONGEST_AGENT: Final = 200
# What tells open streams that somebody was signed out.
TOPIC: Final = "session"
NO_SESSION: Final = "There is no such session"
NO_TOKEN: Final = "There is no such token"


class Sessions:
    """Who is signed in. `now_ms`: this machine's clock."""

    def __init__(self, store: SignInStore, rule: SignInRule, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._rule = rule
        self._now_ms = now_ms
        self._password_is_set = False

    def required(self) -> bool:
        """Whether one has to sign in."""
        return self._rule == "always" or (self._rule == "once_set" and self.has_password())

    def has_password(self) -> bool:
        """Whether the set-up is over; once it is, it stays so."""
        if not self._password_is_set:
            with self._store.read() as unit:
                self._password_is_set = unit.sign_ins.has_password()
        return self._password_is_set

    def of_browser(self, token: str) -> Caller | None:
        """Who sends this cookie; None: nobody who is signed in."""
        with self._store.read() as unit:
            found = unit.sign_ins.session_of(digest(token))
        now = self._now_ms()
        if found is None or found.over(now):
            return None
        if now - found.seen_ms >= SEEN_EVERY_MS:
            self._note(lambda unit: unit.sign_ins.see(found.id, now))
        return caller_of(found)

    def of_program(self, token: str) -> Caller | None:
        """Who sends this token; None: it is none of ours."""
        with self._store.read() as unit:
            found = unit.sign_ins.token_of(digest(token))
        if found is None:
            return None
        now = self._now_ms()
        if found.used_ms is None or now - found.used_ms >= SEEN_EVERY_MS:
            self._note(lambda unit: unit.sign_ins.use_token(found.id, now))
        return Caller("token", found.name, widened(found.scopes), id=found.id)

    def stands(self, caller: Caller) -> bool:
        """Whether a caller of before is still let in."""
        if caller.kind == "open":
            return not self.required()
        with self._store.read() as unit:
            if caller.kind == "token":
                return unit.sign_ins.token(caller.id) is not None
            found = unit.sign_ins.session(caller.id)
        return found is not None and not found.over(self._now_ms())

    def is_confirmed(self, caller: Caller) -> bool:
        """Whether the password was typed within the last minutes. Programs type none: their scope says enough."""
        return caller.kind != "session" or self._now_ms() - caller.confirmed_ms < CONFIRMED_MS

    def all(self) -> Sequence[Session]:
        """Those that are not over, the newest first."""
        now = self._now_ms()
        with self._store.read() as unit:
            return [one for one in unit.sign_ins.sessions() if not one.over(now)]

    def end(self, session_id: int) -> None:
        """Sign one out.

        Raises:
            NotFoundError: there is no such session.
        """
        with self._store.write() as unit:
            if not unit.sign_ins.end_session(session_id):
                raise NotFoundError(NO_SESSION)
            unit.audit.record("sign_in.end", details={"sessions": 1})
            unit.events.emit(TOPIC, None)

    def end_all(self) -> int:
        """Sign everybody out; returns how many that were."""
        with self._store.write() as unit:
            ended = unit.sign_ins.end_sessions()
            unit.audit.record("sign_in.end", details={"sessions": ended})
            unit.events.emit(TOPIC, None)
            return ended

    def tokens(self) -> Sequence[Token]:
        """Those of programs, the newest first."""
        with self._store.read() as unit:
            return unit.sign_ins.tokens()

    def new_token(self, name: str, scopes: frozenset[Scope]) -> tuple[str, Token]:
        """A token, told once, and what is kept of it."""
        text = program_token()
        with self._store.write() as unit:
            token = unit.sign_ins.add_token(name, scopes, digest(text), text[-ENDING:], self._now_ms())
            told = {"ending": token.ending, "scopes": sorted(scope.value for scope in scopes)}
            unit.audit.record("token.create", subject=name, details=told)
            return text, token

    def end_token(self, token_id: int) -> None:
        """Let a program in no more.

        Raises:
            NotFoundError: there is no such token.
        """
        with self._store.write() as unit:
            token = next((one for one in unit.sign_ins.tokens() if one.id == token_id), None)
            if token is None or not unit.sign_ins.end_token(token_id):
                raise NotFoundError(NO_TOKEN)
            unit.audit.record("token.revoke", subject=token.name, details={"ending": token.ending})
            unit.events.emit(TOPIC, None)

    def _note(self, what: Callable[[SignInUnit], None]) -> None:
        # A database that cannot be written now must not sign anybody out.
        try:
            with self._store.write() as unit:
                what(unit)
        except DatabaseUnavailableError:
            return


def caller_of(session: Session) -> Caller:
    """Whoever signed in may do everything."""
    return Caller(
        "session",
        session.user_name,
        ALL_SCOPES,
        id=session.id,
        user_id=session.user_id,
        confirmed_ms=session.confirmed_ms,
    )


def opened(unit: SignInUnit, user_id: int, stay: bool, visitor: Visitor, now_ms: int) -> Opened:
    """Begin a session: always with a new token, whatever the browser brought."""
    token = session_token()
    idle_ms, longest_ms = (STAY_MS, STAY_MS) if stay else (IDLE_MS, LONGEST_MS)
    unit.sign_ins.drop_old_sessions(now_ms)
    known = Visitor(visitor.address, visitor.agent[:LONGEST_AGENT])
    session = unit.sign_ins.open_session(user_id, digest(token), now_ms, idle_ms, longest_ms, known)
    return Opened(token, session, stay)
