"""Random markets, holdings and wishes, as the exchange tells them; the same number gives the same case."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from backend.core.rebalancing.eligibility import Position, Rules
from backend.core.rebalancing.market import Market, Pair
from backend.core.rebalancing.order_bounds import market_order_bounds
from backend.core.rebalancing.planner import Plan, PlanInputs
from backend.core.rebalancing.wishes import Sizes
from backend.exchange.binance.rules_parse import symbol_rules
from backend.tests.unit.core.rebalancing.plan_judge import Order, World

COINS: Final = ("ADA", "BNB", "BTC", "ETH", "EUR", "SOL", "USDC", "USDT", "XYZ")
BASE: Final = "USDT"
# What is quoted in what: the later one is the quote.
RANK: Final = {
    coin: place for place, coin in enumerate(("XYZ", "ADA", "SOL", "BNB", "ETH", "BTC", "EUR", "USDC", BASE))
}
# Below it the eight decimals of a price are too few to agree with what the coins are worth.
SMALLEST_PRICE: Final = Decimal("0.001")
FEES: Final = ("0", "0.00075", "0.001")
STEPS: Final = ("0.00000001", "0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "0.0005", "0.025", "3")


def world(seed: int, coins: int = len(COINS)) -> World:
    """A case with so many coins, the base asset among them."""
    dice = random.Random(f"plan {seed}")
    assets = [BASE, *dice.sample([coin for coin in COINS if coin != BASE], coins - 1)]
    prices = {asset: _price(dice) for asset in assets}
    prices[BASE] = Decimal(1)
    entries: dict[str, dict[str, Any]] = {}
    book: dict[str, tuple[Decimal, Decimal]] = {}
    density = dice.choice((0.3, 0.6, 1.0))
    for quote in assets:
        for base in assets:
            if RANK[base] >= RANK[quote] or dice.random() > (0.9 if quote == BASE else density):
                continue
            symbol, middle = base + quote, prices[base] / prices[quote]
            if middle < SMALLEST_PRICE:
                continue
            entries[symbol] = entry(dice, base, quote, prices)
            half = middle * Decimal(dice.choice((0, 1, 5, 30, 200))) / 10_000
            book[symbol] = _cut(middle - half), _cut(middle + half)
    owned = {asset: _coins(dice, prices[asset]) for asset in assets if dice.random() < 0.7}
    free = {asset: (coins_ * Decimal(dice.choice((0, 1, 2, 2, 2))) / 2) for asset, coins_ in owned.items()}
    mode = dice.choice(("full", "full", "full", "buy_only", "sell_only"))
    amount = Decimal(dice.randrange(1, 5000)) if mode != "full" else Decimal(0)
    return World(
        entries=entries,
        book=book,
        prices=prices,
        owned=owned,
        free=free,
        targets=_targets(dice, assets),
        fee=Decimal(dice.choice(FEES)),
        fee_apart=dice.random() < 0.4,
        base=BASE,
        protected={asset: coins_ / 3 for asset, coins_ in owned.items() if dice.random() < 0.2},
        excluded=frozenset(asset for asset in assets if asset != BASE and dice.random() < 0.1),
        only_held=dice.random() < 0.2,
        sell_untargeted=dice.random() < 0.4,
        mode=mode,
        amount=amount,
        max_turnover=dice.choice((None, None, Decimal("0.05"), Decimal("0.3"))),
    )


def entry(dice: random.Random, base: str, quote: str, prices: Mapping[str, Decimal]) -> dict[str, Any]:
    """A row of exchangeInfo: steps of all kinds, one notional rule, both or none."""
    step = Decimal(dice.choice(STEPS))
    while step * prices[base] > 50:
        step /= 10
    step = max(step, Decimal("0.00000001"))
    filters: list[dict[str, Any]] = []
    if dice.random() < 0.97:
        most = step * 10 ** dice.randrange(4, 11)
        least = step * dice.choice((1, 1, 2, 10))
        filters.append(_lot("LOT_SIZE", least, most, step))
    if dice.random() < 0.8:
        rough = dice.choice((Decimal(0), Decimal(0), step, step * 2))
        filters.append(_lot("MARKET_LOT_SIZE", rough, step * 10 ** dice.randrange(4, 11), rough))
    smallest = f"{_cut(Decimal(dice.choice((1, 5, 10))) / prices[quote]):f}"
    if dice.random() < 0.8:
        bounds = {"minNotional": smallest, "maxNotional": "9000000", "avgPriceMins": 5}
        flags = {"applyMinToMarket": dice.random() < 0.9, "applyMaxToMarket": False}
        filters.append({"filterType": "NOTIONAL"} | bounds | flags)
    if dice.random() < 0.3:
        rule = {"minNotional": smallest, "applyToMarket": dice.random() < 0.9, "avgPriceMins": 5}
        filters.append({"filterType": "MIN_NOTIONAL"} | rule)
    named = {"symbol": base + quote, "status": "TRADING", "baseAsset": base, "quoteAsset": quote}
    return named | {"permissions": ["SPOT"], "filters": filters}


def _lot(kind: str, least: Decimal, most: Decimal, step: Decimal) -> dict[str, Any]:
    return {"filterType": kind, "minQty": f"{least:f}", "maxQty": f"{most:f}", "stepSize": f"{step:f}"}


def _price(dice: random.Random) -> Decimal:
    return max(Decimal("1e-4"), Decimal(repr(10 ** dice.uniform(-3, 5))).quantize(Decimal("1e-4")))


def _coins(dice: random.Random, price: Decimal) -> Decimal:
    """Coins worth anything between dust and a fortune."""
    return _cut(Decimal(repr(10 ** dice.uniform(-1, 5))) / price)


def _targets(dice: random.Random, assets: list[str]) -> dict[str, Decimal]:
    chosen = dice.sample(assets, dice.randint(1, len(assets)))
    cuts = sorted(dice.randint(0, 100) for _ in chosen[1:])
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return {asset: Decimal(share) / 100 for asset, share in zip(chosen, shares, strict=True)}


def _cut(value: Decimal) -> Decimal:
    return value.quantize(Decimal("1e-8"), "ROUND_DOWN")


def inputs(world: World, order: random.Random | None = None) -> PlanInputs:
    """The case as the program takes it; `order` shuffles whatever has no order of its own."""

    def arranged(values: Mapping[str, Any]) -> dict[str, Any]:
        names = list(values)
        if order is not None:
            order.shuffle(names)
        return {name: values[name] for name in names}

    found = symbol_rules({"symbols": list(arranged(world.entries).values())}) if world.entries else ()
    pairs = tuple(
        Pair(
            rules.symbol.name,
            rules.symbol.base,
            rules.symbol.quote,
            *world.book[rules.symbol.name],
            market_order_bounds(rules),
            world.fee,
            world.fee_apart,
        )
        for rules in found
    )
    positions = {asset: Position(coins, world.free[asset]) for asset, coins in arranged(world.owned).items()}
    rules = Rules(arranged(world.protected), world.excluded, world.only_held, world.sell_untargeted)
    sizes = Sizes(world.mode, world.amount, max_turnover=world.max_turnover)  # type: ignore[arg-type]  # one of three words
    market = Market(pairs, arranged(world.prices))
    return PlanInputs(world.base, positions, arranged(world.targets), market, rules, sizes)


def orders_of(plan: Plan) -> list[Order]:
    """The plan's orders as the judge takes them."""
    hops = [hop for line in plan.lines if line.route is not None for hop in line.route.hops]
    return [Order(hop.symbol, hop.side, hop.quantity, hop.price, hop.spent, hop.received) for hop in hops]
