"""The answer about the user's key of CoinMarketCap. The key is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.api.shapes.common import instant

if TYPE_CHECKING:
    from backend.core.rank_key_book import RankKeyView


def rank_key(view: RankKeyView, environment: str) -> dict[str, Any]:
    told = view.told
    return {
        "environment": environment,
        "source": view.source,
        "set_by": view.set_by,
        "ending": view.ending,
        "added_at": instant(view.added_ms),
        "used": None if told is None else told.usage.used,
        "granted": None if told is None else told.usage.granted,
        "told_at": None if told is None else instant(told.at_ms),
        "refusal": None if told is None else told.refusal,
        "blocked": view.blocked,
    }
