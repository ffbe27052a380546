"""Questions for a plan, built of a few words: pairs at a price with a spread of nothing, and what is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backend.core.model.accounts import Account
from backend.core.model.holdings import Balance
from backend.core.model.market import BestOffers, Symbol
from backend.core.model.orders import Commission, Discount, Rates, TradingRights
from backend.core.model.rebalancing import RebalancingSettings
from backend.core.model.trading_rules import LotRule, NotionalRule, SymbolRules
from backend.core.model.valuation import PricedBalance, Valuation
from backend.core.portfolio_manager import PlanQuestion
from backend.core.rebalancing.trade_terms import TradeReadings

T0 = 1_780_000_000_000
PRICES = {
    "BTCUSDT": "50000",
    "ETHUSDT": "2500",
    "BNBUSDT": "500",
    "ETHBTC": "0.05",
    "BNBBTC": "0.01",
    "SOLUSDT": "100",
}
BASES = ("BTC", "ETH", "BNB", "SOL", "USDC", "XRP", "USDT")
RATE = Decimal("0.001")


def rules(name: str, step: str = "0.00001", minimum: str = "5", status: str = "TRADING") -> SymbolRules:
    base = next(base for base in BASES if name.startswith(base))
    quote = name.removeprefix(base)
    least = "0.0001" if quote == "BTC" else minimum
    notional = NotionalRule(Decimal(least), True, Decimal(9_000_000), False, 5)
    return SymbolRules(
        symbol=Symbol(name, base, quote, status == "TRADING"),
        status=status,
        permission_sets=(frozenset({"SPOT"}),),
        order_types=frozenset({"MARKET"}),
        market_by_quote=True,
        lot=LotRule(Decimal(step), Decimal(9000), Decimal(step)),
        market_lot=None,
        price=None,
        notional=notional,
        min_notional=None,
        percent_price=None,
    )


def offers(name: str, bid: str, ask: str | None = None) -> BestOffers:
    return BestOffers(name, Decimal(bid), Decimal(100), Decimal(ask or bid), Decimal(100))


def commission(symbol: str, discount: bool = False, rate: Decimal = RATE) -> Commission:
    saving = Discount(discount, discount, "BNB", Decimal("0.75"))
    return Commission(symbol, Rates(rate, rate), None, None, saving)


def line(asset: str, free: str, price: str | None, wallet: str = "spot", locked: str = "0") -> PricedBalance:
    balance = Balance(wallet, asset, Decimal(free), Decimal(locked))
    value = None if price is None else balance.valued * Decimal(price)
    return PricedBalance(balance, None if price is None else Decimal(price), value, None, None)


def readings(prices: Mapping[str, str] = PRICES, discount: bool = False, **more: Any) -> TradeReadings:
    made = TradeReadings(
        rules=[rules(name) for name in prices],
        offers=[offers(name, price) for name, price in prices.items()],
        rights=TradingRights(True, frozenset({"SPOT"}), Rates(RATE, RATE)),
        commissions={name: commission(name, discount) for name in prices},
    )
    return replace(made, **more)


def question(**more: Any) -> PlanQuestion:
    """3 BTC and 20 ETH, half and half wanted: a third of the coins of BTC is too much."""
    lines = more.pop("lines", [line("BTC", "3", "50000"), line("ETH", "20", "2500")])
    settings = more.pop("settings", {})
    percents = more.pop("percents", {"BTC": "50", "ETH": "50"})
    made = PlanQuestion(
        account=Account(1, "main", "simulator"),
        reporting_currency="USDT",
        settings=RebalancingSettings(**settings),
        percents={asset: Decimal(share) for asset, share in percents.items()},
        mode="full",
        amount=None,
        valuation=Valuation.of(T0, tuple(lines)),
        costs={},
        readings=readings(),
        priced_ms=T0 + 5,
    )
    return replace(made, **more)
