"""Passwords as argon2id keeps them: slow and dear in memory, so only two are computed at a time.

Two of one process, and where the turns are shared two of all processes on the machine. A hash of bcrypt that was
brought from another program opens too; whoever signs in by it has it replaced.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Final

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from backend.core.errors import TooManyRequestsError
from backend.core.heavy_work import Run, on_the_spot
from backend.core.sign_in.stored_hash import is_bcrypt
from backend.services.shared_turns import SharedTurns

AT_ONCE: Final = 2
# More than these would hold threads that other requests need.
WAITING: Final = 6
PATIENCE_S: Final = 5.0
RETRY_AFTER_S: Final = 2.0
# Bytes of a password that bcrypt looks at; programs that used it cut the rest off.
BCRYPT_BYTES: Final = 72


class Argon2Passwords:
    """`hasher`: by default with the parameters of RFC 9106 for little memory (64 MiB, three passes).

    `folder`: where processes share their turns; None: this process is alone. `run`: where a hash is computed.
    """

    def __init__(
        self,
        hasher: PasswordHasher | None = None,
        patience_s: float = PATIENCE_S,
        folder: Path | None = None,
        run: Run = on_the_spot,
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._run = run
        self._patience_s = patience_s
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._shared = None if folder is None else SharedTurns(folder, AT_ONCE)
        # What is compared where there is no such user, so that it takes as long.
        self._nobody: str | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn to compute.

        Raises:
            TooManyRequestsError: too many wait already, or it took too long.
        """
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._turns.acquire(timeout=self._patience_s):
                raise _busy()
            try:
                with self._shared_turn() as free:
                    if not free:
                        raise _busy()
                    yield
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def _shared_turn(self) -> AbstractContextManager[bool]:
        return nullcontext(True) if self._shared is None else self._shared.turn(self._patience_s)

    def hashed(self, password: str) -> str:
        """The text to keep: algorithm, parameters, salt and hash."""
        return self._run(partial(self._hasher.hash, password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether it is the password; None: there is no such user, which takes as long to find out."""
        return self._run(partial(self._matches, stored, password))

    def _matches(self, stored: str | None, password: str) -> bool:
        if self._nobody is None:
            self._nobody = self._hasher.hash("")
        if stored is not None and is_bcrypt(stored):
            return bcrypt.checkpw(password.encode()[:BCRYPT_BYTES], stored.encode())
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except (Argon2Error, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Whether a hash is to be made anew when its password is known."""
        return is_bcrypt(stored) or self._hasher.check_needs_rehash(stored)


def _busy() -> TooManyRequestsError:
    return TooManyRequestsError("Too many sign-ins at once: try again in a moment", RETRY_AFTER_S)
