"""Where each wallet beside spot is read, what that costs, and how long an answer stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import structlog

from backend.core.errors import CredentialsRefusedError, RequestRefusedError
from backend.core.model.amounts import ZERO
from backend.core.model.wallets import EarnPosition, Unrealized, Wallet, WalletBalance
from backend.exchange.binance import futures_parse, history_parse, wallets_parse
from backend.exchange.binance.fields import unexpected
from backend.exchange.binance.movement_reader import QUARTER_MS

if TYPE_CHECKING:
    from backend.core.model.futures import FuturesAccount
    from backend.core.model.history import Page
    from backend.exchange.binance.client import ApiClient
    from backend.exchange.binance.library import Client

log = structlog.get_logger(__name__)

Row = TypeVar("Row")
ROWS_A_PAGE: Final = 100
MOST_PAGES: Final = 50
REDEMPTIONS: Final = (
    "margin_v1_get_eth_staking_eth_history_redemption_history",
    "margin_v1_get_sol_staking_sol_history_redemption_history",
)
UNDER_WAY: Final = "PENDING"


@dataclass(frozen=True, slots=True)
class Found:
    """What one wallet answered. `positions`: those of flexible Earn, which stand in spot a second time."""

    balances: tuple[WalletBalance, ...] = ()
    unrealized: tuple[Unrealized, ...] = ()
    positions: tuple[EarnPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """`clock_s`: how long an answer stands; 0: the wallet is asked each time. `host`: the field of `Endpoints`."""

    wallet: Wallet
    host: Literal["sapi", "fapi", "dapi"]
    clock_s: float
    read: Callable[[ApiClient], Found]


def _funding(client: ApiClient) -> Found:
    return Found(tuple(client.signed("sapi_ip", 1, lambda api: api.funding_wallet(), wallets_parse.funding)))


def _usdm(client: ApiClient) -> Found:
    # Version 3 tells the symbols with a position only; the second one tells every symbol there is.
    parsed = partial(futures_parse.account, wallet=Wallet.FUTURES_USDM)
    return _futures(client.signed("fapi", 5, lambda api: api.futures_account(version=3), parsed))


def _coinm(client: ApiClient) -> Found:
    parsed = partial(futures_parse.account, wallet=Wallet.FUTURES_COINM)
    return _futures(client.signed("dapi", 5, lambda api: api.futures_coin_account(), parsed))


def _futures(account: FuturesAccount) -> Found:
    # A position that stands at its entry price has earned nothing, and is open all the same.
    open_now = any(one.quantity != ZERO for one in account.positions)
    return Found(
        tuple(WalletBalance(one.wallet, one.asset, one.wallet_balance) for one in account.assets),
        tuple(
            Unrealized(one.wallet, one.asset, one.unrealized)
            for one in account.assets
            if one.unrealized != ZERO or (open_now and one.wallet_balance != ZERO)
        ),
    )


def _cross_margin(client: ApiClient) -> Found:
    return Found(tuple(client.signed("sapi_ip", 10, lambda api: api.get_margin_account(), wallets_parse.cross_margin)))


def _isolated_margin(client: ApiClient) -> Found:
    found = client.signed("sapi_ip", 10, lambda api: api.get_isolated_margin_account(), wallets_parse.isolated_margin)
    return Found(tuple(found))


def _flexible(client: ApiClient) -> Found:
    def asked(api: Client, number: int) -> Any:
        return api.get_simple_earn_flexible_product_position(current=number, size=ROWS_A_PAGE)

    return Found(positions=_all_pages(client, asked, wallets_parse.flexible_positions))


def _locked(client: ApiClient) -> Found:
    def asked(api: Client, number: int) -> Any:
        return api.get_simple_earn_locked_product_position(current=number, size=ROWS_A_PAGE)

    positions = _all_pages(client, asked, wallets_parse.locked_positions)
    return Found(tuple(WalletBalance(Wallet.EARN_LOCKED, one.asset, one.amount) for one in positions))


def _all_pages(
    client: ApiClient, asked: Callable[[Client, int], Any], parsed: Callable[[Any], Page[Row]]
) -> tuple[Row, ...]:
    found: list[Row] = []
    for number in range(1, MOST_PAGES + 1):
        page = client.signed("sapi_ip", 150, partial(_numbered, asked, number), parsed)
        found.extend(page.rows)
        if not page.rows or page.total is None or len(found) >= page.total:
            return tuple(found)
    raise unexpected("more pages than there can be")


def _numbered(asked: Callable[[Client, int], Any], number: int, api: Client) -> Any:
    return asked(api, number)


def _staking(client: ApiClient) -> Found:
    ether = client.signed(
        "sapi_ip", 150, lambda api: api.margin_v2_get_eth_staking_account(), wallets_parse.eth_staking
    )
    sol = client.signed("sapi_ip", 150, lambda api: api.margin_v1_get_sol_staking_account(), wallets_parse.sol_staking)
    return Found((*ether.tokens, *sol.tokens, *_on_their_way(client)))


def _on_their_way(client: ApiClient) -> Iterator[WalletBalance]:
    """Tokens that were given back and whose coins have not come: they stand in no account, and are owned until then."""
    start_ms = client.server_time_ms() - QUARTER_MS
    for name in REDEMPTIONS:

        def asked(api: Client, number: int, name: str = name) -> Any:
            return getattr(api, name)(startTime=start_ms, current=number, size=ROWS_A_PAGE)

        try:
            found = _all_pages(client, asked, history_parse.stakings)
        except (RequestRefusedError, CredentialsRefusedError) as error:
            # The tokens that are there are known all the same; what this would tell is asked about as unexplained.
            log.warning("redemptions not told", source=name, code=error.exchange_code)
            continue
        for row in found:
            if row.status == UNDER_WAY:
                yield WalletBalance(Wallet.STAKING, row.given_asset, ZERO, frozen=row.given)


SOURCES: Final = (
    Source(Wallet.FUNDING, "sapi", 0, _funding),
    Source(Wallet.FUTURES_USDM, "fapi", 0, _usdm),
    Source(Wallet.FUTURES_COINM, "dapi", 0, _coinm),
    Source(Wallet.MARGIN_CROSS, "sapi", 120, _cross_margin),
    Source(Wallet.MARGIN_ISOLATED, "sapi", 120, _isolated_margin),
    Source(Wallet.EARN_FLEXIBLE, "sapi", 300, _flexible),
    Source(Wallet.EARN_LOCKED, "sapi", 300, _locked),
    Source(Wallet.STAKING, "sapi", 900, _staking),
)
