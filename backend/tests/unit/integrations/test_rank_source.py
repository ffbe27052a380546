"""Who ranks coins: the demo itself, CoinMarketCap with the user's key, or nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.bootstrap import Container
from backend.config import load_settings

KEYS = {"BINANCE_API_KEY": "key", "BINANCE_API_SECRET": "secret", "BINANCE_SIMULATOR_URL": "http://127.0.0.1:1"}


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"DEMO_MODE": "true", "COINMARKETCAP_API_KEY": "mine"}, "demo"),
        (KEYS | {"COINMARKETCAP_API_KEY": "mine"}, "coinmarketcap"),
        (KEYS, None),
    ],
)
def test_the_environment_and_the_key_decide(settings: dict[str, str], name: str | None, tmp_path: Path) -> None:
    source = Container(load_settings(settings | {"DATA_DIR": str(tmp_path)}, tmp_path / "absent.env")).rank_source()
    assert (None if source is None else source.name) == name
