"""An account that nobody can ask for: its ledger says what it holds, public endpoints what that is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NoReturn

from backend.core.errors import CapabilityError
from backend.core.model.accounts import KeyPermissions, WeightUse
from backend.core.model.holdings import Balance, LedgerEvent
from backend.core.model.wallets import CoinInfo, Wallet, WalletBalance, WalletsReading

if TYPE_CHECKING:
    from backend.core.ledger.statement_holdings import StatementHoldings
    from backend.core.model.futures import FuturesPosition, FuturesTrade
    from backend.core.model.history import MovementSource
    from backend.core.model.market import BestOffers, Candle, CandleAsk, Symbol, Ticker
    from backend.core.model.orders import Commission, TradingRights
    from backend.core.model.trading_rules import SymbolRules
    from backend.core.model.wallet_moves import WalletMove
    from backend.core.ports import Exchange


class KeylessExchange:
    """`core.ports.Exchange` without a signed call. `held()`: what the ledger comes to; None while nothing is told."""

    def __init__(self, market: Exchange, held: Callable[[], StatementHoldings | None]) -> None:
        """`market` answers what is public; it needs no key for that."""
        self._market = market
        self._held = held

    @property
    def has_wallet_history(self) -> bool:
        return False

    @property
    def latency_ms(self) -> int | None:
        return self._market.latency_ms

    @property
    def clock_offset_ms(self) -> int:
        return self._market.clock_offset_ms

    def set_for_user(self, waiting: bool) -> None:
        self._market.set_for_user(waiting)

    def set_purpose(self, purpose: Literal["live", "import"]) -> None:
        self._market.set_purpose(purpose)

    def weight(self) -> WeightUse | None:
        return self._market.weight()

    def server_time_ms(self) -> int:
        return self._market.server_time_ms()

    def symbols(self) -> Sequence[Symbol]:
        return self._market.symbols()

    def tickers(self, symbols: Iterable[str]) -> Sequence[Ticker]:
        return self._market.tickers(symbols)

    def candle_answers(self, asks: Sequence[CandleAsk]) -> Sequence[Sequence[Candle]]:
        return self._market.candle_answers(asks)

    def margin_index(self) -> Mapping[str, Decimal]:
        # What it is asked for is in a futures wallet, and statements are not split by wallet.
        return {}

    def wallets(self, fresh: bool = False) -> WalletsReading:
        # Before the ledger is read: all that had happened by then, as far as it is told, is in what it comes to.
        at_ms = self._market.server_time_ms()
        held = self._held()
        if held is None:
            return WalletsReading(at_ms, ())
        return WalletsReading(
            at_ms,
            tuple(WalletBalance(Wallet.STATEMENTS, asset, amount) for asset, amount in sorted(held.owned.items())),
            read_ms={Wallet.STATEMENTS: held.as_of_ms},
        )

    def balances(self) -> Sequence[Balance]:
        return [Balance(row.wallet.value, row.asset, row.free, row.locked) for row in self.wallets().balances]

    def touched_assets(self) -> Sequence[str]:
        return ()

    @property
    def import_pace(self) -> Mapping[str, int]:
        return {}

    def movement_sources(self) -> Sequence[MovementSource]:
        return ()

    def movements(self, source: str, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return ()

    def deposits(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return ()

    def withdrawals(self, start_ms: int, end_ms: int) -> Sequence[LedgerEvent]:
        return ()

    def trades(self, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        return ()

    def margin_trades(self, wallet: Wallet, symbol: str, from_id: int) -> Sequence[LedgerEvent]:
        return ()

    def wallet_move_sources(self) -> Sequence[MovementSource]:
        return ()

    def wallet_moves(self, source: str, start_ms: int, end_ms: int) -> Sequence[WalletMove]:
        return ()

    def futures_positions(self, wallet: Wallet) -> Sequence[FuturesPosition]:
        return ()

    def futures_trades(self, wallet: Wallet, symbol: str, start_ms: int, end_ms: int) -> Sequence[FuturesTrade]:
        return ()

    def trading_rules(self) -> Sequence[SymbolRules]:
        return self._market.trading_rules()

    def best_offers(self) -> Sequence[BestOffers]:
        return self._market.best_offers()

    def trading_rights(self) -> TradingRights:
        self._refuse()

    def commission(self, symbol: str) -> Commission:
        self._refuse()

    def coin_list(self) -> Sequence[CoinInfo]:
        return ()

    def permissions(self) -> KeyPermissions:
        return KeyPermissions(can_read=None, can_trade=None, can_withdraw=None, ip_restricted=None)

    def futures_listen_key(self) -> str:
        self._refuse()

    def stream_login(self, now_ms: int) -> Mapping[str, str | int]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise CapabilityError("This account has no key: it lives from its statements")
