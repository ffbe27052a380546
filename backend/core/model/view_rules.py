"""Which coins a list leaves out for the eye. They stay in every sum."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from backend.core.model.amounts import parse_amount, plain

HiddenReason = Literal["named", "no_price", "small"]
MOST_NAMED: Final = 1000


@dataclass(frozen=True, slots=True)
class HidingRule:
    """Hidden are coins of which all together is worth less than `minimum`, in the reporting currency (0: none), those
    without a price where `unpriced` says so, and those that are `named`.
    """

    minimum: Decimal = Decimal(5)
    unpriced: bool = False
    named: frozenset[str] = frozenset()

    def reason(self, asset: str, value: Decimal | None) -> HiddenReason | None:
        """Why a coin is hidden; None: it is shown. `value` is None without a price: nobody knows that it is small."""
        if asset in self.named:
            return "named"
        if value is None:
            return "no_price" if self.unpriced else None
        # A debt is as large as what is owed.
        return "small" if abs(value) < self.minimum else None


def encode_rule(rule: HidingRule) -> str:
    """As JSON text."""
    return json.dumps({"minimum": plain(rule.minimum), "unpriced": rule.unpriced, "named": sorted(rule.named)})


def decode_rule(text: str | None) -> HidingRule:
    """What `encode_rule` wrote; the rule of a new installation where nothing was."""
    if text is None:
        return HidingRule()
    stored = json.loads(text)
    return HidingRule(parse_amount(stored["minimum"]), stored["unpriced"], frozenset(stored["named"]))
