"""The second factor: codes of an authenticator app, and recovery codes for when it is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from backend.core.errors import BadInputError, DomainError, NotAllowedError, NotFoundError
from backend.core.sign_in.model import NewSecret, SecondFactorState, User
from backend.core.sign_in.secret_texts import code_digest, typed_code

if TYPE_CHECKING:
    from backend.core.secret_ports import Sealer
    from backend.core.sign_in.ports import OneTimeCodes, SignInStore

RECOVERY_CODES: Final = 10
NO_PASSWORD: Final = "Set a password first: the second factor stands beside it"


class SecondFactor:
    """`now_ms`: this machine's clock."""

    def __init__(self, store: SignInStore, codes: OneTimeCodes, sealer: Sealer, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._codes = codes
        self._sealer = sealer
        self._now_ms = now_ms

    def state(self, name: str) -> SecondFactorState:
        """Whether it is on."""
        with self._store.read() as unit:
            user = unit.sign_ins.user(name)
            if user is None:
                return SecondFactorState(False, 0)
            return SecondFactorState(user.second_factor, unit.sign_ins.codes_left(user.id))

    def begin(self, name: str) -> NewSecret:
        """Make a secret for the app. It counts once a code of it was typed (`turn_on`).

        Raises:
            NotAllowedError: it is on already, or there is no password.
        """
        secret = self._codes.new_secret()
        with self._store.write() as unit:
            user = unit.sign_ins.user(name)
            if user is None:
                raise NotAllowedError(NO_PASSWORD)
            if user.second_factor:
                raise NotAllowedError("The second factor is on: turn it off before another app is set up")
            unit.sign_ins.set_second_factor(user.id, self._sealer.seal(secret, _purpose(user.id)), False)
        address = self._codes.address(secret, name)
        return NewSecret(secret, address, self._codes.picture(address))

    def turn_on(self, name: str, code: str) -> Sequence[str]:
        """From now on a code is asked for; returns the recovery codes, told once.

        Raises:
            NotFoundError: no secret was made.
            BadInputError: the code is not the one of now.
        """
        with self._store.read() as unit:
            user = unit.sign_ins.user(name)
        if user is None or user.secret is None or user.second_factor:
            raise NotFoundError("Begin by having a secret made")
        if not self._take_step(user, code):
            raise BadInputError("This is not the code that the app shows now", "code")
        made = [typed_code() for _ in range(RECOVERY_CODES)]
        with self._store.write() as unit:
            unit.sign_ins.set_second_factor(user.id, user.secret, True)
            unit.sign_ins.set_codes(user.id, [code_digest(one) for one in made])
            unit.audit.record("second_factor.turn_on", subject=name)
        return made

    def turn_off(self, name: str) -> None:
        """From now on the password is enough."""
        with self._store.write() as unit:
            user = unit.sign_ins.user(name)
            if user is not None:
                unit.sign_ins.set_second_factor(user.id, None, False)
                unit.sign_ins.set_codes(user.id, ())
                unit.audit.record("second_factor.turn_off", subject=name)

    def take(self, user: User, code: str) -> bool:
        """Whether a code is right; each is right once."""
        if self._take_step(user, code):
            return True
        with self._store.write() as unit:
            return unit.sign_ins.take_code(user.id, code_digest(code), self._now_ms())

    def _take_step(self, user: User, code: str) -> bool:
        if user.secret is None:
            return False
        try:
            secret = self._sealer.unseal(user.secret, _purpose(user.id))
        except DomainError:
            return False  # the master key is another one now: recovery codes still let in
        step = self._codes.step_of(secret, "".join(code.split()), self._now_ms())
        if step is None:
            return False
        with self._store.write() as unit:
            return unit.sign_ins.take_step(user.id, step)


def _purpose(user_id: int) -> str:
    return f"second-factor:{user_id}"
