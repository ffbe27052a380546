"""Values of the sign-in. Instants are milliseconds of this machine's clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

USER_NAME: Final = "admin"
SECOND_MS: Final = 1000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS

# When a sign-in is asked for: always, once somebody has set a password, or never.
SignInRule = Literal["always", "once_set", "never"]


class Scope(StrEnum):
    """What a caller may do. Each holds those before it."""

    READ = "read"
    TRADE = "trade"
    ADMIN = "admin"


ORDER: Final = tuple(Scope)
ALL_SCOPES: Final = frozenset(Scope)


def widened(scopes: frozenset[Scope]) -> frozenset[Scope]:
    """The scopes with those that they hold."""
    highest = max((ORDER.index(one) for one in scopes), default=-1)
    return frozenset(ORDER[: highest + 1])


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request.

    `open`: nobody has to sign in here. `id`: of the session or the token. `confirmed_ms`: when the password was typed
    last, of a session.
    """

    kind: Literal["open", "session", "token"]
    name: str
    scopes: frozenset[Scope]
    id: int = 0
    user_id: int = 0
    confirmed_ms: int = 0

    @property
    def actor(self) -> str:
        """As the audit names it; whoever sits at a machine where nobody signs in has no name."""
        if self.kind == "open":
            return "user"
        return f"token:{self.name}" if self.kind == "token" else f"user:{self.name}"


# Where nobody signs in, the one who sits at the machine may do everything.
ANYBODY: Final = Caller("open", USER_NAME, ALL_SCOPES)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from; `agent` as the browser names itself."""

    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. `secret` is the sealed one of the second factor; it counts once `second_factor` is set."""

    id: int
    name: str
    password_hash: str
    secret: str | None
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of a browser. It ends `idle_ms` after it was last seen, and at `expires_ms` at the latest."""

    id: int
    user_id: int
    user_name: str
    created_ms: int
    seen_ms: int
    idle_ms: int
    expires_ms: int
    confirmed_ms: int
    address: str
    agent: str

    def over(self, now_ms: int) -> bool:
        return now_ms >= min(self.expires_ms, self.seen_ms + self.idle_ms)


@dataclass(frozen=True, slots=True)
class Token:
    """What a program signs in with; `ending`: its last characters."""

    id: int
    name: str
    scopes: frozenset[Scope]
    ending: str
    created_ms: int
    used_ms: int | None


@dataclass(frozen=True, slots=True)
class Brake:
    """Wrong tries of one name or address."""

    failures: int = 0
    last_ms: int = 0
    blocked_until_ms: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just begun: the token goes into the browser's cookie and is kept nowhere else."""

    token: str
    session: Session
    stay: bool


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A second factor that is being set up: as text, as an address for the app, and as a picture of that address."""

    secret: str
    address: str
    picture: str


@dataclass(frozen=True, slots=True)
class SecondFactorState:
    """Whether the second factor is on, and how many recovery codes are unused."""

    on: bool
    codes_left: int
