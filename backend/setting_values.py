"""How one setting is read: each refusal names the setting, its value and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.core.alerts.addresses import AddressRefusedError, read_allowed
from backend.core.errors import BadInputError
from backend.core.sign_in.passwords import check_first_password

SHORTEST_CODE: Final = 8


class SettingsError(Exception):
    """A setting cannot be used; the text is the one line the user sees."""


def is_loopback(host: str) -> bool:
    """Whether an address or name can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse_short(name: str, text: str) -> None:
    if text and len(text) < 32:
        raise SettingsError(f"{name} is shorter than 32 characters: use a longer random text, or leave it empty")


class Reader:
    """Reads one value after the other; every refusal names the setting and what would be right."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def text(self, name: str, default: str = "") -> str:
        return self._given.get(name, "").strip() or default

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        text = self.text(name, str(default))
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            raise SettingsError(f"{name}={text} is not a whole number from {low} to {high}")
        return int(text)

    def number(self, name: str, default: float, low: float, high: float) -> float:
        text = self.text(name, str(default))
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise SettingsError(f"{name}={text} is not a number from {low} to {high}")
        return value

    def boolean(self, name: str, default: bool) -> bool:
        text = self.text(name, str(default)).lower()
        if text in ("true", "1", "yes", "on"):
            return True
        if text in ("false", "0", "no", "off"):
            return False
        raise SettingsError(f"{name}={text} is neither true nor false")

    def choice(self, name: str, default: str, allowed: tuple[str, ...], upper: bool = False) -> str:
        text = self.text(name, default)
        text = text.upper() if upper else text.lower()
        if text not in allowed:
            raise SettingsError(f"{name}={text} is not one of {', '.join(allowed)}")
        return text

    def asset(self, name: str, default: str) -> str:
        text = self.text(name, default).upper()
        if not text.isalnum() or len(text) > 20:
            raise SettingsError(f"{name}={text} is not the name of an asset, such as USDT")
        return text

    def zone(self, name: str, default: str) -> str:
        text = self.text(name, default)
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise SettingsError(f"{name}={text} is not a time zone, such as UTC or Europe/Paris") from None
        return text

    def secret(self, name: str) -> str:
        text = self.text(name)
        _refuse_short(name, text)
        return text

    def secrets(self, name: str) -> tuple[str, ...]:
        """Several, separated by commas, the newest first."""
        found = tuple(part.strip() for part in self.text(name).split(",") if part.strip())
        for part in found:
            _refuse_short(name, part)
        return found

    def code(self, name: str) -> str:
        text = self.text(name)
        if text and len(text) < SHORTEST_CODE:
            raise SettingsError(f"{name} is shorter than {SHORTEST_CODE} characters: use a longer random text")
        return text

    def password(self, name: str) -> str:
        """A password, or its hash."""
        text = self.text(name)
        try:
            if text:
                check_first_password(text)
        except BadInputError as error:
            raise SettingsError(f"{name} cannot be taken: {str(error)[0].lower()}{str(error)[1:]}") from None
        return text

    def header(self, name: str) -> str:
        """A key that goes into a header of a request."""
        text = self.text(name)
        if not (text.isascii() and text.isprintable()) or len(text) > 200:
            raise SettingsError(f"{name} is not a key: it holds characters that no key has")
        return text

    def origins(self, name: str, default: str) -> tuple[str, ...]:
        found = tuple(part.strip().rstrip("/") for part in self.text(name, default).split(",") if part.strip())
        for origin in found:
            if urlsplit(origin).scheme not in ("http", "https") or not urlsplit(origin).netloc:
                raise SettingsError(f"{name}: {origin} is not an origin, such as http://localhost")
        return found

    def hosts(self, name: str) -> frozenset[str]:
        try:
            return read_allowed(self.text(name))
        except AddressRefusedError as error:
            raise SettingsError(f"{name}: {error}") from None

    def loopback_url(self, name: str, example: str, schemes: tuple[str, ...]) -> str:
        text = self.text(name).rstrip("/")
        if not text:
            return ""
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname:
            raise SettingsError(f"{name}={text} is not an address, such as {example}")
        if not is_loopback(parts.hostname):
            raise SettingsError(f"{name}={text} is not on this machine: the simulator answers on loopback only")
        return text

    def database_url(self, name: str, default: str) -> str:
        text = self.text(name, default)
        if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise SettingsError(f"{name} must start with sqlite:/// or postgresql://")
        return text

    def redis_url(self, name: str) -> str:
        text = self.text(name)
        if text and not text.startswith(("redis://", "rediss://")):
            raise SettingsError(f"{name} must start with redis:// or rediss://")
        return text
