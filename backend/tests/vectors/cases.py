"""Reading the known-answer cases and comparing a result with what a case says.

A case asks for a function by name; a runner module of the family knows what to call. Whatever a runner does not know
(function, input, answer) is a failure: a case is never skipped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, Final, Self

from backend.core.model.amounts import MONEY
from backend.core.performance.figure import Figure

FAMILIES: Final = ("twr", "mwr", "risk", "cost_basis", "rebalancing", "benchmark")
REDERIVED_RELATIVE: Final = Decimal("1e-9")
# Near 0 a float64 result keeps the noise of its own subtractions, a decimal one that of its 60 digits.
FLOAT_NOISE: Final = Decimal("1e-12")
DECIMAL_NOISE: Final = Decimal("1e-40")
NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class UnknownFieldError(Exception):
    """The case names something this runner cannot judge."""


def load_cases() -> list[dict[str, Any]]:
    """All cases of the folder VECTORS_DIR; a family whose file is absent gives none."""
    folder = Path(os.environ.get("VECTORS_DIR") or Path(__file__).parent)
    if not folder.is_dir():
        raise NotADirectoryError(f"VECTORS_DIR names no folder: {folder}")
    cases: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict) and document.get("family") in FAMILIES:
            cases.extend(document["cases"])
    return cases


class OneOf:
    """An answer whose form the format leaves open: it matches when one of its renderings does."""

    def __init__(self, *renderings: Any) -> None:
        self.renderings = renderings


class Inputs:
    """Inputs of a case; remembers what was read, so that a field nobody asked for is noticed."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields
        self._read: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        unknown = self._fields.keys() - self._read
        if kind is None and unknown:
            raise UnknownFieldError(f"input fields the runner does not know: {sorted(unknown)}")

    def has(self, name: str) -> bool:
        return name in self._fields

    def raw(self, name: str, default: Any = None) -> Any:
        self._read.add(name)
        return self._fields.get(name, default)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.raw(name, default)
        if not isinstance(value, str):
            raise UnknownFieldError(f"{name} is {value!r}, not a text")
        return value

    def money(self, name: str, default: str | None = None) -> Decimal:
        value = self.raw(name, default)
        if value is None:
            raise UnknownFieldError(f"{name} is missing")
        return Decimal(str(value))

    def money_map(self, name: str) -> dict[str, Decimal]:
        return {key: Decimal(str(value)) for key, value in (self.raw(name) or {}).items()}

    def numbers(self, name: str) -> list[float] | None:
        """A series of float64, a missing value (null) as NaN; None where the case has no such series."""
        series = self.raw(name)
        return None if series is None else [float("nan") if value is None else float(value) for value in series]

    def rows(self, name: str) -> Iterator[Inputs]:
        for row in self.raw(name) or []:
            with Inputs(row) as inputs:
                yield inputs


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def plain(value: Any) -> Any:
    """A result in the words of a case: figures as their value, the rest as it is."""
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def as_number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None


def differences(got: Any, want: Any, tolerance: Decimal | None, path: str = "") -> list[str]:
    """What differs, in words; empty when all matches.

    Args:
        tolerance: absolute tolerance of numbers; None compares as `rederived` does, within 1e-9 relative.
    """
    if isinstance(got, OneOf):
        return min((differences(plain(one), want, tolerance, path) for one in got.renderings), key=len)
    if want is None or isinstance(want, bool):
        return [] if got is want else [f"{path}: got {got!r}, want {want!r}"]
    if isinstance(want, Mapping):
        if not isinstance(got, Mapping):
            return [f"{path}: got {got!r}, want {want!r}"]
        unknown = [f"{path}.{key}: no such answer" for key in want if key not in got]
        return unknown + [
            difference
            for key, item in want.items()
            if key in got
            for difference in differences(got[key], item, tolerance, f"{path}.{key}")
        ]
    if isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            return [f"{path}: got {got!r}, want {want!r}"]
        return [
            difference
            for position, (mine, item) in enumerate(zip(got, want, strict=True))
            for difference in differences(mine, item, tolerance, f"{path}[{position}]")
        ]
    wanted, found = as_number(want), as_number(got)
    if wanted is None or found is None:
        return [] if got == want else [f"{path}: got {got!r}, want {want!r}"]
    return [] if _close(found, wanted, tolerance, isinstance(got, float)) else [f"{path}: got {found}, want {wanted}"]


def _close(found: Decimal, wanted: Decimal, tolerance: Decimal | None, is_float: bool) -> bool:
    if not found.is_finite():
        return False
    with localcontext(MONEY):
        if tolerance is None:
            tolerance = max(abs(wanted) * REDERIVED_RELATIVE, FLOAT_NOISE if is_float else DECIMAL_NOISE)
        return abs(found - wanted) <= tolerance
