"""Read the JSON body of a control call; what does not fit becomes a sentence."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.wire import listed, parse_decimal, parse_iso

LARGEST_AMOUNT: Final = Decimal(10) ** 18


class BadInput(Exception):
    """400 with a sentence."""


class Fields:
    """The fields of one body; `done` refuses those that nobody read."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise BadInput("the body must be a JSON object")
        self._data: dict[str, Any] = dict(data)

    def take(self, name: str) -> Any:
        """The raw value, or None when absent or null."""
        return self._data.pop(name, None)

    def names(self) -> list[str]:
        return list(self._data)

    def has(self, name: str) -> bool:
        return name in self._data

    def done(self) -> None:
        if self._data:
            raise BadInput(f"unknown field: {listed(sorted(self._data))}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.take(name)
        if value is None:
            if default is None:
                raise BadInput(f"{name} is missing")
            return default
        if not isinstance(value, str) or not value:
            raise BadInput(f"{name} must be a text")
        return value

    def choice(self, name: str, among: Sequence[str], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in among:
            raise BadInput(f"{name} must be one of {listed(among)}")
        return value

    def decimal(self, name: str, default: Decimal | None = None, *, least: Decimal | None = None) -> Decimal:
        """A positive amount, or one of at least `least`; text or number."""
        value = self.take(name)
        if value is None:
            if default is None:
                raise BadInput(f"{name} is missing")
            return default
        return amount(name, value, least=least)

    def integer(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        value = self.take(name)
        if value is None:
            if default is None:
                raise BadInput(f"{name} is missing")
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise BadInput(f"{name} must be a whole number of at least {least}")
        return value

    def number(self, name: str, default: float, *, least: float = 0, largest: float = float("inf")) -> float:
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= largest:
            raise BadInput(f"{name} must be a number from {least} to {largest}")
        return float(value)

    def past(self, name: str, now: int) -> int:
        """An instant in ISO 8601, not later than `now` (ms); by default `now`."""
        value = self.take(name)
        if value is None:
            return now
        at = instant(name, value)
        if at > now:
            raise BadInput(f"{name} lies in the exchange's future")
        return at

    def later(self, name: str, at: int, now: int) -> int:
        """The instant so many seconds after another (ms), not later than `now`; by default that other."""
        found = at + 1000 * self.integer(name, 0)
        if found > now:
            raise BadInput(f"{name} ends in the exchange's future")
        return found

    def texts(self, name: str) -> list[str] | None:
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
            raise BadInput(f"{name} must be a list of texts")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadInput(f"{name} must be true or false")
        return value

    def flags(self, name: str, known: Sequence[str]) -> dict[str, bool]:
        value = self.take(name)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(one, bool) for one in value.values()):
            raise BadInput(f"{name} must be an object of true and false")
        unknown = sorted(set(value) - set(known))
        if unknown:
            raise BadInput(f"{name}: unknown {listed(unknown)}")
        return value


def amount(name: str, value: Any, *, least: Decimal | None = None) -> Decimal:
    """A decimal with at most eight places, above zero unless `least` says otherwise."""
    number = parse_decimal(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    if number is None:
        raise BadInput(f"{name} must be a decimal number")
    if abs(number) > LARGEST_AMOUNT:
        raise BadInput(f"{name} must be at most {LARGEST_AMOUNT:,f}")
    if number != number.quantize(Decimal("1e-8")):
        raise BadInput(f"{name} has more than eight decimals")
    if (number <= 0) if least is None else (number < least):
        raise BadInput(f"{name} must be " + ("positive" if least is None else f"at least {least}"))
    return number


def instant(name: str, value: Any) -> int:
    at = parse_iso(value) if isinstance(value, str) else None
    if at is None or at < 0:
        raise BadInput(f"{name} must be an instant in ISO 8601")
    return at
