"""What a made-up history is written down as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Part = Literal["master", "sub"]


@dataclass(frozen=True)
class Crossing:
    """What crossed the border of the account: positive came in. A network's or a bank's fee is no part of it."""

    at: int
    asset: str
    quantity: Decimal


@dataclass(frozen=True)
class Call:
    """Something that happens: a control call that the exchange accepts."""

    what: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Pass:
    """The exchange's clock goes on to an instant."""

    to: int


@dataclass(frozen=True)
class Look:
    """The program looks at the account."""


@dataclass
class Script:
    """A whole history in the order it is told, and what of it crossed the border."""

    name: str
    part: Part
    opened: int
    steps: list[Call | Pass | Look] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
