"""How long an import will still take: what is left, by history, at the pace that was seen and the limits allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

TRADES: Final = "trade"
# How much of a newer answer's time goes into the mean.
NEWEST: Final = 0.1
# Until one was answered: a round trip to the exchange, roughly.
ASSUMED_S: Final = 0.2


@dataclass(slots=True)
class Forecast:
    """What one account's import has before it; outlives the steps that it is done in."""

    _left: dict[str, int] = field(default_factory=dict)
    _a_minute: dict[str, int] = field(default_factory=dict)
    _pace_s: dict[str, float] = field(default_factory=dict)

    def expect(self, name: str, left: int, a_minute: int) -> None:
        """So many windows of a history, or pairs for trades, are left; `a_minute` calls are allowed, 0: not known."""
        self._left[name] = left
        self._a_minute[name] = a_minute

    def read(self, name: str, took_s: float) -> None:
        """One of them was read, which took so long."""
        self._left[name] = max(self._left.get(name, 0) - 1, 0)
        before = self._pace_s.get(name)
        self._pace_s[name] = took_s if before is None else before + NEWEST * (took_s - before)

    @property
    def symbols_left(self) -> int:
        """Pairs whose trades were not asked for yet."""
        return self._left.get(TRADES, 0)

    @property
    def windows_left(self) -> int:
        """Windows of all other histories."""
        return sum(left for name, left in self._left.items() if name != TRADES)

    @property
    def seconds(self) -> float:
        """How long what is left will take: each at its own pace, and none faster than its limit."""
        usual = sum(self._pace_s.values()) / len(self._pace_s) if self._pace_s else ASSUMED_S
        return sum(left * max(self._pace_s.get(name, usual), self._least_s(name)) for name, left in self._left.items())

    def _least_s(self, name: str) -> float:
        a_minute = self._a_minute.get(name, 0)
        return 60.0 / a_minute if a_minute else 0.0
