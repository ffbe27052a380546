"""Who ranks coins: the demo itself, CoinMarketCap with the user's key, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.bootstrap import Container
from backend.config import load_settings
from backend.core.model.rank_keys import RankUsage
from backend.core.rebalancing.ranks import RankedCoin
from backend.tests.database_places import settings_of
from backend.tests.empty_database import lay_database

KEYS = {"BINANCE_API_KEY": "key", "BINANCE_API_SECRET": "secret", "BINANCE_SIMULATOR_URL": "http://127.0.0.1:1"}


class Asked:
    """In CoinMarketCap's place: keeps the key that it was made with."""

    name = "coinmarketcap"

    def __init__(self, key: str, timeout_s: float) -> None:
        self.key = key

    def coins(self) -> Sequence[RankedCoin]:
        raise AssertionError("nobody asks")

    def usage(self) -> RankUsage:
        raise AssertionError("nobody asks")


def container(settings: dict[str, str], folder: Path) -> Container:
    lay_database(folder / "portfolio.db")
    chosen = settings | settings_of(folder) | {"DATA_DIR": str(folder)}
    return Container(load_settings(chosen, folder / "absent.env"), rank_client=Asked)


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"DEMO_MODE": "true", "COINMARKETCAP_API_KEY": "mine"}, "demo"),
        (KEYS | {"COINMARKETCAP_API_KEY": "mine"}, "coinmarketcap"),
        (KEYS, None),
    ],
)
def test_the_environment_and_the_key_decide(settings: dict[str, str], name: str | None, tmp_path: Path) -> None:
    source = container(settings, tmp_path).ranks.source()
    assert (None if source is None else source.name) == name


def test_the_demo_has_nobody_who_asks_for_the_use_of_a_key(tmp_path: Path) -> None:
    assert container({"DEMO_MODE": "true", "COINMARKETCAP_API_KEY": "mine"}, tmp_path).ranks.looks() is None


def test_whoever_is_asked_stays_the_same_until_the_key_is_another(tmp_path: Path) -> None:
    ranks = container(KEYS | {"COINMARKETCAP_API_KEY": "mine-of-settings"}, tmp_path).ranks
    first = ranks.source()
    assert isinstance(first, Asked)
    assert (first.key, ranks.source() is first) == ("mine-of-settings", True)
    ranks.keys.set("entered-on-the-page")
    second = ranks.source()
    assert isinstance(second, Asked)
    assert (second.key, ranks.source() is second) == ("entered-on-the-page", True)
    ranks.keys.drop()
    assert isinstance(again := ranks.source(), Asked)
    assert again.key == "mine-of-settings"
