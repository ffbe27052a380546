"""The shared sample answers, and how a value read from one is compared with what stands in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

SHARED: Final = Path(__file__).resolve().parents[6] / "shared" / "binance"
DOCS, NET, NAUTILUS = "responses/docs/", "responses/binance-net/", "responses/nautilus/"


def sample(name: str) -> Any:
    """A sample by its file name without the ending."""
    if name.endswith(".gz"):
        return json.loads(gzip.decompress((SHARED / name).read_bytes()))
    return json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))


def same(found: Sequence[Any], rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> None:
    """Every named field of every value is what the row of the sample says, digit by digit.

    `names`: field -> name in the sample; "=x" stands for the text x itself.
    """
    assert len(found) == len(rows) > 0
    for value, row in zip(found, rows, strict=True):
        for field, name in names.items():
            expected = name[1:] if name.startswith("=") else row.get(name)
            assert told(field, getattr(value, field), expected), (
                f"{field} = {getattr(value, field)!r}, not {expected!r}"
            )


def told(field: str, got: Any, expected: Any) -> bool:
    """Whether a value says what the sample says: zeros behind the point count; None is absent, or an instant of 0."""
    if isinstance(got, Decimal):
        return format(got, "f") == str(expected)
    if isinstance(got, bool) or isinstance(expected, bool):
        return got is expected
    if got is None:
        return expected in (None, "") or (field.endswith("_ms") and expected == 0)
    if isinstance(got, StrEnum):
        return bool(got.value == expected)
    return str(got) == str(expected)


Names = Mapping[str, str]
Rows = Callable[[Any], Any]


@dataclass(frozen=True)
class Family:
    """Samples of one shape: how they are read, which rows of them the values are of, and the fields' names there."""

    read: Callable[[Any], Any]
    rows: Rows
    names: Names
    files: tuple[str, ...]


def part(*way: str | int) -> Rows:
    def take(answer: Any) -> Any:
        for step in way:
            answer = answer[step]
        return answer if isinstance(answer, list) else [answer]

    return take


whole = part()


def attribute(reader: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    return lambda answer: getattr(reader(answer), name)
