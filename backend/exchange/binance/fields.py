"""Readers of single fields: each refuses what is not of its kind, so that no wrong figure passes for a right one.

All raise `ExchangeUnavailableError` ("no usable answer") for a field that is missing, of another type, not finite, or
out of its range. Numbers are taken as strings and as integers: Binance sends some fields both ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeVar

from backend.core.errors import ExchangeUnavailableError
from backend.core.model.amounts import ZERO, parse_amount
from backend.core.model.instants import to_ms
from backend.exchange.binance.errors import refused_by_code, whole_code

Value = TypeVar("Value")
Row = Mapping[str, Any]
WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
LARGEST_WHOLE: Final = 10**60
LONGEST_TEXT: Final = 200
LONGEST_NOTE: Final = 500
EARLIEST_MS: Final = 1_300_000_000_000
LATEST_MS: Final = 7_000_000_000_000
# What /sapi puts beside an answer that is one, as a number or as "000000".
FINE: Final = frozenset({0, 200})


def body(answer: object) -> object:
    """Refuse an error that came with HTTP 200."""
    if not isinstance(answer, Mapping):
        return answer
    if "code" in answer and ("msg" in answer or "message" in answer):
        code = whole_code(answer["code"])
        if code is not None and code < 0:
            raise refused_by_code(code, str(answer.get("msg") or answer.get("message") or ""))
        if code not in FINE:
            raise unexpected("an error in place of an answer")
    if answer.get("success", True) is not True:
        raise unexpected("an error in place of an answer")
    return answer


def unexpected(what: str) -> ExchangeUnavailableError:
    """The error of an answer that is none; `what` are words of ours, never of the answer."""
    return ExchangeUnavailableError(f"The exchange answered with {what}")


def mapping(value: object) -> Row:
    if not isinstance(value, Mapping):
        raise unexpected("something that is no object")
    return value


def rows(value: object) -> Sequence[Row]:
    return [mapping(row) for row in values(value)]


def values(value: object) -> Sequence[object]:
    """A list of anything."""
    if not isinstance(value, list):
        raise unexpected("something that is no list")
    return value


def one_or_many(answer: object) -> Sequence[Row]:
    """The rows of an answer that is one object when one thing was asked for, and a list otherwise."""
    checked = body(answer)
    return rows(checked if isinstance(checked, list) else [checked])


def text(row: Row, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_TEXT:
        raise unexpected(f"no usable {name}")
    return value


def identity(row: Row, name: str) -> str:
    """An id as text: it tells rows apart for ever, so "NaN" and the like must not pass for one."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_WHOLE:
        return str(value)
    found = text(row, name)
    if not any(character.isdigit() for character in found):
        raise unexpected(f"no usable {name}")
    return found


def note(row: Row, name: str) -> str:
    """Words for eyes only, on one line; empty where there are none."""
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise unexpected(f"no usable {name}")
    return " ".join((value or "").split())[:LONGEST_NOTE]


def decimal(value: object, name: str) -> Decimal:
    try:
        return parse_amount(value)
    except ValueError:
        raise unexpected(f"no usable {name}") from None


def signed(row: Row, name: str) -> Decimal:
    return decimal(row.get(name), name)


def amount(row: Row, name: str) -> Decimal:
    """A quantity or price that is never negative."""
    value = decimal(row.get(name), name)
    if value < ZERO:
        raise unexpected(f"a negative {name}")
    return value


def whole(row: Row, name: str) -> int:
    value = row.get(name)
    if isinstance(value, bool):
        raise unexpected(f"no usable {name}")
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if not isinstance(value, int) or abs(value) >= LARGEST_WHOLE:
        raise unexpected(f"no usable {name}")
    return value


def instant(row: Row, name: str) -> int:
    """Milliseconds since the epoch, of a time that can be."""
    value = whole(row, name)
    if not EARLIEST_MS <= value <= LATEST_MS:
        raise unexpected(f"an impossible {name}")
    return value


def moment(row: Row, name: str) -> int | None:
    """An instant, or None where the exchange writes 0: it never happened."""
    value = row.get(name)
    never = value is None or value == "0" or (type(value) is int and value == 0)
    return None if never else instant(row, name)


def utc_text(row: Row, name: str) -> int:
    try:
        return to_ms(datetime.strptime(text(row, name), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC))
    except ValueError:
        raise unexpected(f"no usable {name}") from None


def flag(row: Row, name: str) -> bool | None:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise unexpected(f"no usable {name}")
    return value


def yes_or_no(row: Row, name: str) -> bool:
    """A flag that must be there."""
    value = flag(row, name)
    if value is None:
        raise unexpected(f"no usable {name}")
    return value


def side(row: Row, name: str) -> Literal["BUY", "SELL"]:
    found = text(row, name)
    if found == "BUY":
        return "BUY"
    if found == "SELL":
        return "SELL"
    raise unexpected(f"no usable {name}")


def optional(reader: Callable[[Row, str], Value], row: Row, name: str) -> Value | None:
    """What `reader` makes of a field; None where it is missing, null or empty. A wrong one is still refused."""
    value = row.get(name)
    return None if value is None or value == "" else reader(row, name)


def refuse_twice(names: Sequence[object], what: str) -> None:
    if len(set(names)) != len(names):
        raise unexpected(f"{what} listed twice")
