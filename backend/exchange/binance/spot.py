"""The spot account of one key: `core.ports.Exchange` over Binance's REST API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from backend.core.errors import CapabilityError, RequestRefusedError
from backend.core.model.accounts import KeyPermissions, WeightUse
from backend.core.model.history import MARGIN_TRADES, MovementSource
from backend.core.model.keys import KeyLook
from backend.core.model.wallets import CoinInfo, Wallet, WalletBalance, WalletsReading
from backend.exchange.binance import futures_parse, futures_trades, market_parse, orders_parse, parse, wallets_parse
from backend.exchange.binance.candle_reader import CandleHelpers, CandleReader
from backend.exchange.binance.futures_parse import listen_key
from backend.exchange.binance.margin_trades import WEIGHT as MARGIN_TRADE_WEIGHT
from backend.exchange.binance.margin_trades import read_margin_trades
from backend.exchange.binance.market_book import UNKNOWN_SYMBOL, MarketBook
from backend.exchange.binance.movement_reader import calls_a_minute
from backend.exchange.binance.movements import MovementHistories
from backend.exchange.binance.rules_parse import symbol_rules
from backend.exchange.binance.wallet_moves import WalletMoveHistories
from backend.exchange.binance.wallets import WalletReader

if TYPE_CHECKING:
    from backend.core.model.futures import FuturesPosition, FuturesTrade
    from backend.core.model.holdings import Balance, LedgerEvent
    from backend.core.model.market import BestOffers, Candle, CandleAsk, Symbol, Ticker
    from backend.core.model.orders import Commission, TradingRights
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.model.wallet_moves import WalletMove
    from backend.exchange.binance.client import ApiClient

ROWS_A_PAGE: Final = 1000
MOST_TOUCHED: Final = 150
DEPOSIT_WEIGHT: Final = 1
WITHDRAWAL_WEIGHT: Final = 18_000
TRADE_WEIGHT: Final = 20
# How the names of the index of margin assets end: BTCUSD.
DOLLAR: Final = "USD"


class BinanceSpot:
    """One account. Used by one thread at a time; budget, clock, listing and prices are shared by all of a host."""

    def __init__(self, client: ApiClient, market: MarketBook, helpers: CandleHelpers | None = None) -> None:
        """`helpers` ask for candles beside its own client; without any one question follows the other."""
        self._client = client
        self._candles = CandleReader(client, helpers)
        self._market = market
        self._seen_prices = 0
        self._movements = MovementHistories(client)
        self._wallet_moves = WalletMoveHistories(client)
        self._wallets = WalletReader(client)

    @property
    def has_wallet_history(self) -> bool:
        return self._client.endpoints.wallet_history

    @property
    def latency_ms(self) -> int | None:
        return self._client.latency_ms

    @property
    def clock_offset_ms(self) -> int:
        return self._client.clock_offset_ms

    def set_for_user(self, waiting: bool) -> None:
        self._client.for_user = waiting

    def set_purpose(self, purpose: Literal["live", "import"]) -> None:
        self._client.purpose = purpose

    def server_time_ms(self) -> int:
        return self._client.server_time_ms()

    def symbols(self) -> Sequence[Symbol]:
        return self._market.listing(self._client).symbols

    def balances(self) -> Sequence[Balance]:
        return self._client.signed(
            "api", 20, lambda client: client.get_account(omitZeroBalances="true"), parse.balances
        )

    def wallets(self, fresh: bool = False) -> WalletsReading:
        return self._wallets.read(self._spot_wallet, self._listed_assets, fresh)

    def margin_index(self) -> Mapping[str, Decimal]:
        if self._client.endpoints.fapi is None:
            return {}
        found = self._client.read(
            "fapi", 10, lambda client: client.futures_v1_get_asset_index(), futures_parse.asset_indices
        )
        return {one.symbol.removesuffix(DOLLAR): one.index for one in found if one.symbol.endswith(DOLLAR)}

    def touched_assets(self) -> Sequence[str]:
        found = self._client.signed("api", 20, lambda client: client.get_account(), parse.listed_assets)
        # Binance itself lists every coin there is, which tells nothing.
        return found if len(found) <= MOST_TOUCHED else ()

    def tickers(self, symbols: Iterable[str]) -> Sequence[Ticker]:
        self._seen_prices, found = self._market.tickers(self._client, symbols, self._seen_prices)
        return found

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        return self._candles.read(asks)

    def deposits(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self._require_wallet_history()
        found: list[LedgerEvent] = []
        offset = 0
        while True:
            page, count = self._client.signed(
                "sapi_ip",
                DEPOSIT_WEIGHT,
                lambda client, at=offset: client.get_deposit_history(  # type: ignore[misc]  # bound per page
                    startTime=start_ms, endTime=end_ms, offset=at, limit=ROWS_A_PAGE
                ),
                lambda answer: (parse.deposits(answer), parse.count_rows(answer)),
            )
            found.extend(page)
            if count < ROWS_A_PAGE:
                return _once_each(found)
            offset += ROWS_A_PAGE

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        self._require_wallet_history()
        found: list[LedgerEvent] = []
        offset = 0
        while True:
            page, count = self._client.signed(
                "sapi_uid_second",
                WITHDRAWAL_WEIGHT,
                lambda client, at=offset: client.get_withdraw_history(  # type: ignore[misc]  # bound per page
                    startTime=start_ms, endTime=end_ms, offset=at, limit=ROWS_A_PAGE
                ),
                lambda answer: (parse.withdrawals(answer), parse.count_rows(answer)),
            )
            found.extend(page)
            if count < ROWS_A_PAGE:
                return _once_each(found)
            offset += ROWS_A_PAGE

    def trades(self, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        known = self._listed(symbol)
        return self._client.signed(
            "api",
            TRADE_WEIGHT,
            lambda client: client.get_my_trades(symbol=symbol, fromId=from_id, limit=ROWS_A_PAGE),
            lambda answer: parse.trades(answer, known),
        )

    def margin_trades(self, wallet: Wallet, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        self._require_wallet_history()
        return read_margin_trades(self._client, wallet, self._listed(symbol), from_id)

    @property
    def import_pace(self) -> Mapping[str, int]:
        return {
            "deposit": calls_a_minute("sapi_ip", DEPOSIT_WEIGHT),
            "withdrawal": calls_a_minute("sapi_uid_second", WITHDRAWAL_WEIGHT),
            "trade": calls_a_minute("api", TRADE_WEIGHT),
            **dict.fromkeys(MARGIN_TRADES.values(), calls_a_minute("sapi_ip", MARGIN_TRADE_WEIGHT)),
        }

    def movement_sources(self) -> Sequence[MovementSource]:
        return self._movements.sources()

    def movements(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return self._movements.read(source, start_ms, end_ms)

    def wallet_move_sources(self) -> Sequence[MovementSource]:
        return self._wallet_moves.sources()

    def wallet_moves(self, source: str, start_ms: int, end_ms: int) -> Sequence[WalletMove]:
        return self._wallet_moves.read(source, start_ms, end_ms)

    def futures_positions(self, wallet: Wallet) -> Sequence[FuturesPosition]:
        return futures_trades.read_positions(self._client, wallet)

    def futures_trades(self, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
        return futures_trades.read_trades(self._client, wallet, symbol, start_ms, end_ms)

    def trading_rules(self) -> Sequence[SymbolRules]:
        return self._client.read("api", 20, lambda client: client.get_exchange_info(), symbol_rules)

    def best_offers(self) -> Sequence[BestOffers]:
        return self._client.read("api", 4, lambda client: client.get_orderbook_ticker(), market_parse.best_offers)

    def trading_rights(self) -> TradingRights:
        return self._client.signed("api", 20, lambda client: client.get_account(), orders_parse.trading_rights)

    def commission(self, symbol: str) -> Commission:
        return self._client.signed(
            "api", 20, lambda client: client.v3_get_account_commission(symbol=symbol), orders_parse.commission
        )

    def coin_list(self) -> Sequence[CoinInfo]:
        if not self.has_wallet_history:
            return ()
        return self._client.signed("sapi_ip", 10, lambda client: client.get_all_coins_info(), wallets_parse.coins)

    def permissions(self) -> KeyPermissions:
        if not self.has_wallet_history:
            return KeyPermissions(can_read=True, can_trade=None, can_withdraw=None, ip_restricted=None)
        return self._client.signed("sapi_ip", 1, lambda client: client.get_account_api_permissions(), parse.permissions)

    def look_at_key(self) -> KeyLook:
        """What its key may do and whose it is; signed, so a key that is refused is told so also where no rights are."""
        owner = self._client.signed("api", 20, lambda client: client.get_account(), parse.owner)
        return KeyLook(self.permissions(), self._client.key_type, owner)

    def futures_listen_key(self) -> str:
        if self._client.endpoints.fapi is None:
            raise CapabilityError("This environment has no futures")
        return self._client.read("fapi", 1, lambda client: client.futures_stream_get_listen_key(), _as_listen_key)

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        return self._client.stream_login(now_ms)

    def weight(self) -> WeightUse | None:
        return self._client.budget.use()

    def _spot_wallet(self) -> Sequence[WalletBalance]:
        return [WalletBalance(Wallet.SPOT, one.asset, one.free, one.locked) for one in self.balances()]

    def _listed(self, symbol: str) -> Symbol:
        known = self._market.listing(self._client).by_name.get(symbol)
        if known is None:
            raise RequestRefusedError(f"The exchange lists no symbol {symbol}", UNKNOWN_SYMBOL)
        return known

    def _listed_assets(self) -> Collection[str]:
        return self._market.listing(self._client).assets

    def _require_wallet_history(self) -> None:
        if not self.has_wallet_history:
            raise CapabilityError("Testnets tell no deposits and withdrawals")


def _as_listen_key(told: object) -> str:
    """The library takes the key out of its answer."""
    return listen_key({"listenKey": told})


def _once_each(events: Sequence[LedgerEvent]) -> Sequence[LedgerEvent]:
    """Rows of one millisecond may stand on two pages."""
    return list({event.external_id: event for event in events}.values())
