"""Sign-in: what is asked and answered. Secrets appear in answers only where they are told once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.api.schemas.common import Instant

ScopeName = Literal["read", "trade", "admin"]
# Lengths are checked here so that nothing long is ever hashed; what makes a password good is said in words.
GivenPassword = Annotated[str, Field(min_length=1, max_length=1024)]
GivenCode = Annotated[str, Field(min_length=1, max_length=40, description="Of the app, or a recovery code")]


class Closed(BaseModel):
    """Fields that are not listed are refused."""

    model_config = ConfigDict(extra="forbid")


class SessionOut(Closed):
    """Who is signed in, and what there is to do before."""

    state: Literal["open", "set-up", "signed-out", "signed-in"] = Field(
        description="open: nobody has to sign in here; set-up: there is no password yet"
    )
    code_needed: bool = Field(description="The set-up asks for the code that stands in the program's log")
    user: str | None
    expires_at: Instant | None = Field(description="When the session ends at the latest")
    csrf_token: str | None = Field(description="What writes of this session send as X-CSRF-Token")
    version: str


class SetUpIn(Closed):
    """The first password."""

    password: GivenPassword = Field(description="At least 12 characters")
    code: str | None = Field(default=None, max_length=40, description="The one in the log, where one is asked for")


class LoginIn(Closed):
    """Name and password, and the code where the second factor is on."""

    username: Annotated[str, Field(min_length=1, max_length=80)] = Field(examples=["admin"])
    password: GivenPassword
    code: GivenCode | None = None
    stay: bool = Field(default=False, strict=True, description="Stay signed in for seven days")


class SignedInOut(Closed):
    """A session was begun; its token stands in the cookie."""

    user: str
    csrf_token: str
    expires_at: Instant


class SignedOutOut(Closed):
    """How many sessions ended."""

    ended: int


class ConfirmIn(Closed):
    """The password, typed again."""

    password: GivenPassword


class ConfirmedOut(Closed):
    """Until when it counts."""

    until: Instant | None


class PasswordIn(Closed):
    """The present password and the one to come."""

    current_password: GivenPassword
    new_password: GivenPassword = Field(description="At least 12 characters")


class SessionItem(Closed):
    """A browser that is signed in."""

    id: int
    created: Instant
    last_seen: Instant
    expires_at: Instant
    address: str
    agent: str = Field(description="As the browser names itself")
    current: bool


class SessionsOut(Closed):
    """Who is signed in now."""

    items: list[SessionItem]
    password_set: bool
    sign_in_required: bool


class TokenIn(Closed):
    """A token for a program."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")] = Field(examples=["backup script"])
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=3)] = Field(
        description="trade holds read, admin holds both"
    )


class TokenItem(Closed):
    """A token, but for its text."""

    id: int
    name: str
    scopes: list[ScopeName]
    ending: str = Field(description="The last characters of its text")
    created: Instant
    last_used: Instant | None


class TokenMadeOut(TokenItem):
    """The only time that the text of a token is told."""

    token: str


class TokensOut(Closed):
    """The tokens of programs."""

    items: list[TokenItem]


class EndedOut(Closed):
    """What was ended."""

    id: int


class SecondFactorOut(Closed):
    """Whether a code is asked for beside the password."""

    on: bool
    recovery_codes_left: int


class SecretOut(Closed):
    """What the app is told; it counts once a code of it was sent."""

    secret: str
    address: str = Field(description="otpauth:// address, as in the picture")
    picture: str = Field(description="A QR code of the address: a data: address of an image")


class CodeIn(Closed):
    """The code that the app shows now."""

    code: GivenCode


class RecoveryCodesOut(Closed):
    """Each lets in once, in place of a code of the app. Told once."""

    on: bool
    recovery_codes: list[str]
