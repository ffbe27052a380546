"""Open positions and fills of the futures wallets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backend.core.errors import CapabilityError
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance import futures_parse

if TYPE_CHECKING:
    from backend.core.model.futures import FuturesPosition, FuturesTrade
    from backend.exchange.binance.client import ApiClient
    from backend.exchange.binance.library import Client
    from backend.exchange.binance.limits import Pool

ROWS_A_PAGE: Final = 1000
# The longest window of one question; both ends are in it.
WINDOW_MS: Final = 7 * DAY_MS - 1
POOLS: Final[dict[Wallet, Pool]] = {Wallet.FUTURES_USDM: "fapi", Wallet.FUTURES_COINM: "dapi"}
POSITION_WEIGHTS: Final = {Wallet.FUTURES_USDM: 5, Wallet.FUTURES_COINM: 1}
TRADE_WEIGHTS: Final = {Wallet.FUTURES_USDM: 5, Wallet.FUTURES_COINM: 20}


def read_positions(client: ApiClient, wallet: Wallet) -> Sequence[FuturesPosition]:
    """Positions that are open now.

    Raises:
        ExchangeError: the exchange gave no usable answer.
    """
    _require(client, wallet)

    def ask(api: Client) -> Any:
        usdm = wallet is Wallet.FUTURES_USDM
        return api.futures_position_information() if usdm else api.futures_coin_position_information()

    found = client.signed(
        POOLS[wallet], POSITION_WEIGHTS[wallet], ask, lambda answer: futures_parse.positions(answer, wallet)
    )
    return [one for one in found if one.quantity]


def read_trades(client: ApiClient, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
    """Fills of a contract with start <= instant <= end in the order of their ids, at most a week.

    Raises:
        ExchangeError: the exchange gave no usable answer; nothing is known of this window then.
    """
    _require(client, wallet)
    found: dict[str, FuturesTrade] = {}
    while start_ms <= end_ms:
        page = _page(client, wallet, symbol, start_ms, end_ms)
        found.update((trade.trade_id, trade) for trade in page)
        if len(page) < ROWS_A_PAGE:
            break
        # Rows of one millisecond may stand on two pages: the last one is asked for again.
        start_ms = max(page[-1].at_ms, start_ms + 1)
    return sorted(found.values(), key=lambda trade: int(trade.trade_id))


def _page(client: ApiClient, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
    asked = {"symbol": symbol, "startTime": start_ms, "endTime": end_ms, "limit": ROWS_A_PAGE}

    def ask(api: Client) -> Any:
        usdm = wallet is Wallet.FUTURES_USDM
        return api.futures_account_trades(**asked) if usdm else api.futures_coin_account_trades(**asked)

    return client.signed(POOLS[wallet], TRADE_WEIGHTS[wallet], ask, futures_parse.trades)


def _require(client: ApiClient, wallet: Wallet) -> None:
    if getattr(client.endpoints, POOLS[wallet]) is None:
        raise CapabilityError("This environment has no such futures")
