"""The password: set once at the first visit, asked for at each sign-in, changed, and reset by who has the machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError, SecondFactorNeededError, SetUpOverError, SignInRefusedError
from backend.core.sign_in.brakes import Brakes
from backend.core.sign_in.model import USER_NAME, Caller, Opened, User, Visitor
from backend.core.sign_in.secret_texts import code_digest, digest, same, typed_code
from backend.core.sign_in.sessions import CONFIRMED_MS, STAY_MS, TOPIC, opened
from backend.core.sign_in.stored_hash import is_meant_as_hash, is_password_hash

if TYPE_CHECKING:
    from backend.core.sign_in.ports import PasswordHashes, SignInStore
    from backend.core.sign_in.second_factor import SecondFactor

SHORTEST, LONGEST = 12, 1024
FEWEST_DIFFERENT: Final = 5
WRONG: Final = "Wrong user name or password"
WRONG_CODE: Final = "This set-up code is wrong: it stands in the program's log, and each start makes a new one"
OVER: Final = "A password is set already: sign in with it, or reset it on the machine (scripts/reset_password.sh)"


class Passwords:
    """What lets somebody in. `now_ms`: this machine's clock; `code`: of the first visit, made when it is empty."""

    def __init__(
        self,
        store: SignInStore,
        hashes: PasswordHashes,
        second_factor: SecondFactor,
        now_ms: Callable[[], int],
        code: str = "",
    ) -> None:
        self._store = store
        self._hashes = hashes
        self._second_factor = second_factor
        self._now_ms = now_ms
        self._code = code
        self._lock = threading.Lock()

    def set_up_code(self) -> str:
        """The code of this run of the program for the first visit from elsewhere; only the log tells it."""
        with self._lock:
            self._code = self._code or typed_code()
            return self._code

    def set_up(self, password: str, code: str | None, visitor: Visitor) -> Opened:
        """Set the first password and sign in. `code`: None where none is asked for.

        Raises:
            SetUpOverError: there is a password.
            BadInputError: the password is too easy to guess.
            SignInRefusedError: the code is wrong.
            TooManyRequestsError: too many wrong codes, or too much is being hashed.
        """
        self._refuse_second_set_up()
        check_password(password, "password")
        brakes = Brakes(USER_NAME, visitor.address, "set-up of ")
        if code is not None:
            left = brakes.count(self._store, self._now_ms())
            if not same(code_digest(code), code_digest(self.set_up_code())):
                raise SignInRefusedError(WRONG_CODE, left)
        with self._hashes.turn():
            made = self._hashes.hashed(password)
        with self._store.write() as unit:
            if unit.sign_ins.has_password():
                raise SetUpOverError(OVER)
            brakes.release(unit.sign_ins)
            user_id = unit.sign_ins.set_password(USER_NAME, made, self._now_ms())
            unit.audit.record("password.set_up")
            unit.events.emit(TOPIC, None)
            return opened(unit, user_id, False, visitor, self._now_ms())

    def set_first(self, password: str) -> bool:
        """Set the password of the settings, unless there is one already; in its place may be its hash."""
        with self._store.read() as unit:
            if unit.sign_ins.has_password():
                return False
        made = password
        if not is_password_hash(password):
            with self._hashes.turn():
                made = self._hashes.hashed(password)
        with self._store.write() as unit:
            if unit.sign_ins.has_password():
                return False
            unit.sign_ins.set_password(USER_NAME, made, self._now_ms())
            unit.audit.record("password.set_up", details={"source": "ADMIN_PASSWORD"})
            return True

    def sign_in(
        self, name: str, password: str, code: str | None, stay: bool, visitor: Visitor, before: str | None
    ) -> Opened:
        """Begin a session. `before`: the token that the browser brought, which ends.

        Raises:
            SignInRefusedError: the name, the password or the code is wrong.
            SecondFactorNeededError: the password is right; its code is missing.
            TooManyRequestsError: too many wrong tries, or too much is being hashed.
        """
        user, brakes = self._checked(name, password, visitor)
        if user.second_factor:
            if not code:
                # The password was right, which is no try; the code that follows is one again.
                with self._store.write() as unit:
                    brakes.release(unit.sign_ins)
                raise SecondFactorNeededError("Type the code of your authenticator app, or a recovery code")
            self._check_code(user, code, visitor)
        with self._store.write() as unit:
            brakes.release(unit.sign_ins)
            if before is not None:
                found = unit.sign_ins.session_of(digest(before))
                if found is not None:
                    unit.sign_ins.end_session(found.id)
                    unit.events.emit(TOPIC, None)
            unit.audit.record("sign_in.open", subject=user.name, details={"second_factor": user.second_factor})
            return opened(unit, user.id, stay, visitor, self._now_ms())

    def confirm(self, caller: Caller, password: str, visitor: Visitor) -> int:
        """Type the password again, for what asks for it; returns until when it counts.

        Raises:
            SignInRefusedError, TooManyRequestsError: as at the sign-in.
        """
        _, brakes = self._checked(caller.name, password, visitor)
        with self._store.write() as unit:
            brakes.release(unit.sign_ins)
            unit.sign_ins.confirm(caller.id, self._now_ms())
        return self._now_ms() + CONFIRMED_MS

    def change(self, caller: Caller, old: str, new: str, visitor: Visitor) -> Opened:
        """Set another password: every session ends, and the one who changed it gets a new one, for as long as before.

        Raises:
            BadInputError: the new one is too easy to guess, or is the old one.
            SignInRefusedError, TooManyRequestsError: as at the sign-in.
        """
        check_password(new)
        if same(old, new):
            raise BadInputError("This is the present password: choose another one", "new_password")
        user, brakes = self._checked(USER_NAME, old, visitor)
        with self._hashes.turn():
            made = self._hashes.hashed(new)
        with self._store.write() as unit:
            brakes.release(unit.sign_ins)
            present = unit.sign_ins.session(caller.id) if caller.kind == "session" else None
            stay = present is not None and present.idle_ms == STAY_MS
            unit.sign_ins.set_password(user.name, made, self._now_ms())
            unit.audit.record("password.change", subject=user.name)
            unit.sign_ins.end_sessions()
            unit.events.emit(TOPIC, None)
            return opened(unit, user.id, stay, visitor, self._now_ms())

    def reset(self, password: str, without_second_factor: bool) -> int:
        """By who has the machine: set a password whatever it was, end all sessions, let go of all brakes.

        Returns how many sessions ended.

        Raises:
            BadInputError: it is too easy to guess.
        """
        check_password(password)
        with self._hashes.turn():
            made = self._hashes.hashed(password)
        with self._store.write() as unit:
            user_id = unit.sign_ins.set_password(USER_NAME, made, self._now_ms())
            if without_second_factor:
                unit.sign_ins.set_second_factor(user_id, None, False)
                unit.sign_ins.set_codes(user_id, ())
            unit.sign_ins.release_all()
            ended = unit.sign_ins.end_sessions()
            told = {"second_factor": "kept" if not without_second_factor else "removed"}
            unit.audit.record("password.reset", subject=USER_NAME, details=told)
            unit.events.emit(TOPIC, None)
            return ended

    def _checked(self, name: str, password: str, visitor: Visitor) -> tuple[User, Brakes]:
        brakes = Brakes(name, visitor.address)
        brakes.look(self._store, self._now_ms())
        with self._store.read() as unit:
            user = unit.sign_ins.user(name)
        with self._hashes.turn():
            left = brakes.count(self._store, self._now_ms())
            right = self._hashes.matches(user.password_hash if user else None, password)
            known = user if right else None
            anew = self._hashes.hashed(password) if known and self._hashes.outdated(known.password_hash) else None
        if anew is not None:
            with self._store.write() as unit:
                unit.sign_ins.set_password(name, anew, self._now_ms())
        if user is None or not right:
            # A name that nobody has may be a password in the wrong field.
            self._note_refused(name if user else "", "password")
            raise SignInRefusedError(WRONG, left)
        return user, brakes

    def _check_code(self, user: User, code: str, visitor: Visitor) -> None:
        # The tries of the password before it were released: codes have a count of their own.
        brakes = Brakes(user.name, visitor.address, "code of ")
        left = brakes.count(self._store, self._now_ms())
        if not self._second_factor.take(user, code):
            self._note_refused(user.name, "code")
            raise SignInRefusedError("Wrong code", left)
        with self._store.write() as unit:
            brakes.release(unit.sign_ins)

    def _note_refused(self, name: str, wrong: str) -> None:
        with self._store.write() as unit:
            unit.audit.record("sign_in.refuse", subject=name, details={"wrong": wrong})

    def _refuse_second_set_up(self) -> None:
        with self._store.read() as unit:
            if unit.sign_ins.has_password():
                raise SetUpOverError(OVER)


def check_password(password: str, field: str = "new_password") -> None:
    """Refuse what is guessed first.

    Raises:
        BadInputError: too short, too long, or of too few different characters.
    """
    if len(password) < SHORTEST:
        raise BadInputError(f"At least {SHORTEST} characters", field)
    if len(password) > LONGEST:
        raise BadInputError(f"At most {LONGEST} characters", field)
    if len(set(password)) < FEWEST_DIFFERENT:
        raise BadInputError(f"At least {FEWEST_DIFFERENT} different characters", field)


def check_first_password(given: str) -> None:
    """Refuse a first password that is guessed first, and a hash in its place that is not whole.

    Raises:
        BadInputError: what is to be changed.
    """
    if is_password_hash(given):
        return
    if is_meant_as_hash(given):
        raise BadInputError("It begins like a hash and is none by bcrypt (cost 10 or more) or argon2id: copy all of it")
    check_password(given)
