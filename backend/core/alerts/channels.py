"""What each channel is told about itself, checked before it is kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from backend.core.alerts.addresses import MAIL_PORTS, AddressRefusedError, allowed_target, allowed_url
from backend.core.errors import BadInputError

if TYPE_CHECKING:
    from backend.core.model.alerts import ChannelName

# What the secret of a channel is sealed for; the name of the channel follows.
PURPOSE: Final = "alert-channel:"
TELEGRAM_HOST: Final = "api.telegram.org"
TOKEN: Final = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{20,64}")
CHAT: Final = re.compile(r"-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{4,31}")
MAILBOX: Final = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
Security = Literal["starttls", "tls"]
# A secret that a webhook is signed with: as long as nobody can guess it.
SHORTEST_SECRET: Final = 16
LONGEST_SECRET: Final = 500
# Where these change, the secret would go to somebody else: it has to be entered again.
BINDING: Final[Mapping[ChannelName, tuple[str, ...]]] = {
    "webhook": ("url",),
    "telegram": (),
    "email": ("host", "port", "security", "user"),
}


@dataclass(frozen=True, slots=True)
class ChannelWish:
    """A channel as somebody wants it. `secret` None: the one that is kept."""

    name: ChannelName
    enabled: bool
    settings: Mapping[str, str]
    secret: str | None


def check_channel(wish: ChannelWish, allowed: Collection[str]) -> None:
    """
    Raises:
        BadInputError: names the field that cannot be used.
    """
    settings = wish.settings
    match wish.name:
        case "webhook":
            _refuse("url", _webhook_refusal(settings["url"], allowed))
        case "telegram":
            if CHAT.fullmatch(settings["chat_id"]) is None:
                raise BadInputError("A chat id is a number, or the @name of a channel", "chat_id")
        case "email":
            _check_mail(settings, allowed)
    if wish.secret is not None:
        _check_secret(wish.name, wish.secret)


def secret_is_kept(name: ChannelName, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether the secret goes where it went until now."""
    return all(before.get(field) == now.get(field) for field in BINDING[name])


def _check_mail(settings: Mapping[str, str], allowed: Collection[str]) -> None:
    for field in ("sender", "recipient"):
        if MAILBOX.fullmatch(settings[field]) is None:
            raise BadInputError("This is not an address of e-mail", field)
    if not settings["user"].isprintable():
        raise BadInputError("This is not the name of a user", "user")
    try:
        allowed_target(settings["host"], int(settings["port"]), MAIL_PORTS, allowed)
    except AddressRefusedError as error:
        raise BadInputError(str(error), "host") from None


def _check_secret(name: ChannelName, secret: str) -> None:
    if not (secret.isascii() and secret.isprintable()) or not 0 < len(secret) <= LONGEST_SECRET:
        raise BadInputError("It holds characters that no secret has, or none", "secret")
    if name == "telegram" and TOKEN.fullmatch(secret) is None:
        raise BadInputError("This is not the token of a bot", "secret")
    if name == "webhook" and len(secret) < SHORTEST_SECRET:
        raise BadInputError(f"Use at least {SHORTEST_SECRET} characters", "secret")


def _webhook_refusal(url: str, allowed: Collection[str]) -> str | None:
    try:
        allowed_url(url, allowed)
    except AddressRefusedError as error:
        return str(error)
    return None


def _refuse(field: str, reason: str | None) -> None:
    if reason is not None:
        raise BadInputError(reason, field)
