"""Ranks of CoinMarketCap, asked with the user's own key. Only its host is ever asked, and no redirect is followed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from backend.core.model.rank_keys import RankUsage
from backend.core.rebalancing.errors import RankKeyRefusedError, RanksUnavailableError
from backend.core.rebalancing.ranks import RankedCoin

HOST: Final = "pro-api.coinmarketcap.com"
MAP: Final = f"https://{HOST}/v1/cryptocurrency/map"
# What the key may ask, and how much of that it has; costs no credit.
KEY_INFO: Final = f"https://{HOST}/v1/key/info"
# One credit, whatever the number; beyond the largest rank that the settings take nobody needs any.
MOST: Final = 10_000
ASKED: Final[Mapping[str, str | int]] = {"listing_status": "active", "sort": "cmc_rank", "limit": 5000}
LARGEST_ANSWER: Final = 16_000_000
LONGEST: Final = 200
REFUSED: Final = "CoinMarketCap refuses the key: check the one on the page Settings, or COINMARKETCAP_API_KEY"


class CoinMarketCap:
    """The list of all coins with their ranks, by the free plan's call for it, and how much of the plan is used."""

    name = "coinmarketcap"

    def __init__(self, key: str, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._http = requests.Session()
        self._http.headers.update({"X-CMC_PRO_API_KEY": key, "Accept": "application/json"})

    def coins(self) -> Sequence[RankedCoin]:
        """All active coins with a rank.

        Raises:
            RanksUnavailableError: no usable answer; the text holds no key.
        """
        found: list[RankedCoin] = []
        while len(found) < MOST:
            page = self._page(len(found) + 1)
            found += [coin for row in page if (coin := _coin(row)) is not None]
            if len(page) < int(ASKED["limit"]):
                break
        if not found:
            raise RanksUnavailableError("CoinMarketCap listed no coins")
        return list({coin.coin_id: coin for coin in found}.values())

    def usage(self) -> RankUsage:
        """How much of the key is used this month; the question costs nothing of it.

        Raises:
            RanksUnavailableError: no usable answer; RankKeyRefusedError: the key is refused. The text holds no key.
        """
        body = _get(self._http, KEY_INFO, {}, self._timeout_s)
        told = body.get("data") if isinstance(body, dict) else None
        if not isinstance(told, dict):
            raise RanksUnavailableError("CoinMarketCap answered something else than the use of a key")
        used = _count(_part(_part(told, "usage"), "current_month").get("credits_used"))
        # A plan without a limit tells 0.
        return RankUsage(used, _count(_part(told, "plan").get("credit_limit_monthly")) or None)

    def _page(self, start: int) -> Sequence[Mapping[str, Any]]:
        body = _get(self._http, MAP, {**ASKED, "start": start}, self._timeout_s)
        rows = body.get("data") if isinstance(body, dict) else None
        if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
            raise RanksUnavailableError("CoinMarketCap answered something else than a list of coins")
        return rows


def _get(http: requests.Session, address: str, asked: Mapping[str, str | int], timeout_s: float) -> Any:
    """One answer as JSON.

    Raises:
        RanksUnavailableError: another host, a redirect, an error, or no JSON; RankKeyRefusedError: the key is refused.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname != HOST:
        raise RanksUnavailableError("Only CoinMarketCap is asked for ranks")
    try:
        answer = http.get(address, params=dict(asked), timeout=timeout_s, allow_redirects=False, stream=True)
        with answer:
            content = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    except (requests.RequestException, OSError, ValueError) as error:
        # The name alone: the text may hold the address of a proxy with a password.
        raise RanksUnavailableError(f"CoinMarketCap does not answer ({type(error).__name__})") from None
    if answer.status_code in (401, 403):
        raise RankKeyRefusedError(REFUSED)
    if answer.status_code != 200:
        raise RanksUnavailableError(f"CoinMarketCap answered with status {answer.status_code}")
    if len(content) > LARGEST_ANSWER:
        raise RanksUnavailableError("CoinMarketCap answered more than a list of coins can be")
    try:
        return json.loads(content)
    except ValueError:
        raise RanksUnavailableError("CoinMarketCap answered no JSON") from None


def _coin(row: Mapping[str, Any]) -> RankedCoin | None:
    """A coin that can be used; one row that cannot does not spoil the others."""
    coin_id, rank = row.get("id"), row.get("rank")
    names = [row.get(name) for name in ("symbol", "name", "slug")]
    if not _whole(coin_id) or not _whole(rank):
        return None
    if any(not isinstance(name, str) or not 0 < len(name) <= LONGEST for name in names):
        return None
    platform = row.get("platform")
    address = platform.get("token_address") if isinstance(platform, dict) else None
    known = isinstance(address, str) and 0 < len(address) <= LONGEST
    symbol, name, slug = (str(one) for one in names)
    addresses = frozenset({str(address).lower()}) if known else frozenset()
    return RankedCoin(int(str(coin_id)), symbol, name, slug, int(str(rank)), addresses)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in an object; empty where there is none."""
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _count(value: object) -> int | None:
    """A whole number from nothing up that every page can show; None: it is none."""
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return int(str(value)) if known else None
