"""Which rank a coin of the exchange has among all coins. Tickers are ambiguous: more than that is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from backend.core.model.asset_names import asset_name

if TYPE_CHECKING:
    from backend.core.model.wallets import CoinInfo

RankState = Literal["off", "on", "no_key", "unavailable"]


@dataclass(frozen=True, slots=True)
class RankedCoin:
    """A coin as the source of ranks knows it; `addresses` of its contracts in lower case."""

    coin_id: int
    symbol: str
    name: str
    slug: str
    rank: int
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranking:
    """All coins of a source as it told them, on this machine's clock."""

    read_machine_ms: int
    coins: Sequence[RankedCoin]


@dataclass(frozen=True, slots=True)
class RankFilter:
    """The filter as a plan uses it. `ranks` is None unless it is on; what has none there is beyond all ranks.

    `ambiguous`: coins whose ticker several coins have, and nothing tells which of them it is.
    """

    state: RankState = "off"
    max_rank: int | None = None
    ranks: Mapping[str, int] | None = None
    as_of_ms: int | None = None
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an asset of the exchange."""

    names: frozenset[str]
    contracts: frozenset[str] = field(default_factory=frozenset)


def rank_assets(
    assets: Iterable[str], coins: Sequence[RankedCoin], listed: Sequence[CoinInfo], said: Mapping[str, int]
) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Ranks of those assets that are found, and those that are ambiguous.

    Args:
        listed: what the exchange says of its coins; may be empty.
        said: the id of the coin that an asset is, by the user's word.
    """
    by_symbol: dict[str, list[RankedCoin]] = {}
    for coin in coins:
        by_symbol.setdefault(coin.symbol.upper(), []).append(coin)
    by_id = {coin.coin_id: coin for coin in coins}
    known = {info.asset: info for info in listed}
    ranks: dict[str, int] = {}
    ambiguous: list[str] = []
    for asset in sorted(set(assets)):
        if asset in said:
            found = by_id.get(said[asset])
            if found is not None:
                ranks[asset] = found.rank
            continue
        same = by_symbol.get(asset.upper(), [])
        found = _the_one(_known(asset, known.get(asset)), same)
        if found is not None:
            ranks[asset] = found.rank
        elif same:
            ambiguous.append(asset)
    return ranks, tuple(ambiguous)


def _known(asset: str, info: CoinInfo | None) -> _Known:
    names = {_plain(asset_name(asset))}
    if info is None:
        return _Known(frozenset(names))
    return _Known(frozenset({*names, _plain(info.name)}), info.contracts)


def _the_one(known: _Known, same: Sequence[RankedCoin]) -> RankedCoin | None:
    """By a contract, else by the name, else because no other has the ticker and nothing speaks against it."""
    by_contract = [coin for coin in same if coin.addresses & known.contracts]
    if len(by_contract) == 1:
        return by_contract[0]
    possible = [coin for coin in same if not (coin.addresses and known.contracts)] or by_contract
    by_name = [coin for coin in possible if {_plain(coin.name), _plain(coin.slug)} & known.names]
    if len(by_name) == 1:
        return by_name[0]
    return same[0] if len(same) == 1 and same == possible else None


def _plain(name: str) -> str:
    """Letters and digits in lower case."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
