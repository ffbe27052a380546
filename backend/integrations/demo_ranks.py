"""The demo's own ranks, made up: it asks nobody. Some tickers stand for two coins, as they do in the real list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from backend.core.model.asset_names import asset_name
from backend.core.rebalancing.ranks import RankedCoin

ORDER: Final = (
    "BTC",
    "ETH",
    "USDT",
    "XRP",
    "BNB",
    "SOL",
    "USDC",
    "DOGE",
    "TRX",
    "ADA",
    "LINK",
    "XLM",
    "BCH",
    "AVAX",
    "LTC",
    "SUI",
    "HBAR",
    "SHIB",
    "DOT",
    "TON",
    "UNI",
    "PEPE",
    "NEAR",
    "APT",
    "ETC",
    "ICP",
    "POL",
    "ARB",
    "FIL",
    "OP",
    "ATOM",
    "FDUSD",
    "TUSD",
    "EUR",
    "WBETH",
)
# Coins with the ticker of another one, far behind.
NAMESAKES: Final = {"ETH": "Ethereal Token", "UNI": "Unicorn", "LINK": "Linkage", "PEPE": "Pepe Classic"}


class DemoRanks:
    """Implements `core.rebalancing_ports.RankSource`."""

    name = "demo"

    def coins(self) -> Sequence[RankedCoin]:
        """The same list at any time."""
        found = [_coin(rank, asset, asset_name(asset), rank) for rank, asset in enumerate(ORDER, 1)]
        behind = 3000
        for number, (asset, name) in enumerate(NAMESAKES.items()):
            found.append(_coin(behind + number, asset, name, behind + number))
        return found


def _coin(coin_id: int, symbol: str, name: str, rank: int) -> RankedCoin:
    return RankedCoin(coin_id, symbol, name, name.casefold().replace(" ", "-"), rank)
