"""The user's key of whoever ranks coins, and what was told of its use. Instants are this machine's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from backend.core.model.keys import ending_of

# What its row is kept under, and its ranks.
COINMARKETCAP: Final = "coinmarketcap"
# What it is sealed for.
PURPOSE: Final = "rank-key:coinmarketcap"
SHORTEST_KEY: Final = 8
LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class RankUsage:
    """Calls of this month: how many were made, and how many the plan has. None: not told."""

    used: int | None
    granted: int | None


@dataclass(frozen=True, slots=True)
class RankTold:
    """What was said of a key, and when. `refusal`: why it is refused, in words; None: it is not."""

    at_ms: int
    usage: RankUsage
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRankKey:
    """A row. `sealed` and `added_ms` None: the key stands in the settings, and only what was told of it is kept."""

    sealed: str | None = field(repr=False)
    ending: str
    added_ms: int | None
    told: RankTold | None = None


@dataclass(frozen=True, slots=True)
class RankKey:
    """A key as it is used. `sealed`: the text it was opened from; None: it stands in the settings."""

    text: str = field(repr=False)
    sealed: str | None = field(repr=False)

    @property
    def ending(self) -> str:
        return ending_of(self.text)
