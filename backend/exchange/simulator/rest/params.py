"""Read and check request parameters the way the exchange does, with its error codes."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.messages import ExchangeError, Request, form_pairs
from backend.exchange.simulator.wire import parse_decimal

INTEGER: Final = re.compile(r"-?\d{1,19}")
DECIMAL: Final = re.compile(r"\d{1,20}(\.\d{1,20})?")
SYMBOL: Final = re.compile(r"[^\s&=?\"'<>]{1,20}")
CLIENT_ID: Final = re.compile(r"[a-zA-Z0-9-_]{1,36}")
MAX_SCALE: Final = 8
SIGNING: Final = frozenset({"timestamp", "recvWindow", "signature"})


def mandatory(name: str) -> ExchangeError:
    return ExchangeError(-1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.")


def illegal(name: str, pattern: str) -> ExchangeError:
    return ExchangeError(-1100, f"Illegal characters found in parameter '{name}'; legal range is '{pattern}'.")


class Params:
    """The parameters of one request; on a clash the query wins over the body."""

    def __init__(self, request: Request) -> None:
        self.values: dict[str, str] = {}
        query, body = form_pairs(request.query), form_pairs(request.body)
        for pairs in (query, body):
            names = [name for name, _ in pairs]
            doubled = next((name for name in names if names.count(name) > 1), None)
            if doubled is not None:
                raise ExchangeError(-1101, f"Duplicate values for parameter '{doubled}'.")
        self.values = dict(body) | dict(query)

    def has(self, name: str) -> bool:
        return name in self.values

    def refuse_others(self, known: frozenset[str]) -> None:
        """Spot paths refuse what they do not know."""
        sent = len(self.values)
        read = len(self.values.keys() & (known | SIGNING))
        if read < sent:
            text = f"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent}'."
            raise ExchangeError(-1104, text)

    def text(self, name: str) -> str | None:
        """The value; an empty one is refused."""
        value = self.values.get(name)
        if value == "":
            raise ExchangeError(-1105, f"Parameter '{name}' was empty.")
        return value

    def needed(self, name: str) -> str:
        value = self.values.get(name)
        if not value:
            raise mandatory(name)
        return value

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not INTEGER.fullmatch(value):
            raise illegal(name, r"^[0-9]{1,20}$")
        return int(value)

    def instant(self, name: str) -> int | None:
        """A time in ms; microseconds (16 digits) are cut to ms."""
        value = self.integer(name)
        if value is None:
            return None
        if value < 0:
            raise ExchangeError(
                -1100, f"Illegal characters found in parameter '{name}'; legal range is '^[0-9]{{1,20}}$'."
            )
        return value // 1000 if value >= 10**15 else value

    def limit(self, default: int, largest: int, *, name: str = "limit") -> int:
        value = self.integer(name)
        if value is None:
            return default
        if value < 1:
            raise mandatory(name)
        return min(value, largest)

    def decimal(self, name: str) -> Decimal | None:
        """A positive amount with at most eight decimals."""
        value = self.text(name)
        if value is None:
            return None
        if not DECIMAL.fullmatch(value):
            raise illegal(name, r"^([0-9]{1,20})(\.[0-9]{1,20})?$")
        amount = parse_decimal(value)
        assert amount is not None  # the pattern admits plain decimals only
        if len(value.partition(".")[2].rstrip("0")) > MAX_SCALE:
            raise ExchangeError(-1111, f"Parameter '{name}' has too much precision.")
        if amount <= 0:
            raise ExchangeError(-1013, f"Invalid {name}.") if name == "quantity" else mandatory(name)
        return amount

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name)
        if value is None:
            return default
        if value.lower() not in ("true", "false"):
            raise illegal(name, "^(true|false)$")
        return value.lower() == "true"

    def choice(
        self, name: str, among: Sequence[str], default: str | None = None, error: tuple[int, str] | None = None
    ) -> str:
        """One of some words; `error` is code and text of the refusal where the exchange has a special one."""
        value = self.text(name)
        if value is None:
            if default is None:
                raise mandatory(name)
            return default
        if value not in among:
            raise ExchangeError(*(error or (-1130, f"Data sent for parameter '{name}' is not valid.")))
        return value

    def names(self, name: str) -> list[str] | None:
        """A JSON list of texts, as `symbols` is sent."""
        value = self.text(name)
        if value is None:
            return None
        try:
            items = json.loads(value)
        except ValueError:
            items = None
        if not isinstance(items, list) or not items or not all(isinstance(item, str) and item for item in items):
            raise illegal(name, r'^\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\]$')
        if len(set(items)) < len(items):
            raise ExchangeError(-1101, f"Duplicate values for parameter '{name}'.")
        return items
