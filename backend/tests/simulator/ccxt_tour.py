"""Run by the clients' own interpreter: ccxt, unmodified, once through the simulator. Prints what it saw as JSON.

Called with the simulator's address, a key and a secret. Only the addresses in `urls` are changed.
"""

import json
import sys
from typing import Any

import ccxt  # type: ignore[import-not-found]  # lives in an environment of its own, for it pins many versions


def moved(urls: Any, base: str) -> Any:
    """The same table of addresses on another host."""
    if isinstance(urls, dict):
        return {name: moved(url, base) for name, url in urls.items()}
    path = urls.split("://", 1)[1].partition("/")[2]
    return f"{base}/{path}"


def tour(base: str, key: str, secret: str) -> dict[str, Any]:
    exchange = ccxt.binance({"apiKey": key, "secret": secret})
    exchange.session.trust_env = False
    exchange.urls["api"] = moved(exchange.urls["api"], base)
    markets = exchange.load_markets()
    balance = exchange.fetch_balance()
    candles = exchange.fetch_ohlcv("BTC/USDT", "1h", limit=24)
    order = exchange.create_order("ETH/USDT", "market", "buy", 0.05)
    by_cost = exchange.create_market_buy_order_with_cost("ETH/USDT", 50)
    resting = exchange.create_order("BTC/USDT", "limit", "buy", 0.001, round(candles[-1][4] * 0.8, 2))
    waiting = [row["id"] for row in exchange.fetch_open_orders("BTC/USDT")]
    cancelled = exchange.cancel_order(resting["id"], "BTC/USDT")
    direction = {"fromAccount": "spot", "toAccount": "linear"}
    exchange.transfer("USDT", 10, *direction.values())
    return {
        "limit": [resting["status"], waiting == [resting["id"]], cancelled["status"]],
        "wallets": {
            kind: exchange.fetch_balance({"type": kind})["total"].get("USDT")
            for kind in ("spot", "funding", "margin", "future", "delivery")
        },
        "positions": [
            [row["symbol"], row["contracts"], row["side"]] for row in exchange.fetch_positions() if row["contracts"]
        ],
        "moved": [row["amount"] for row in exchange.fetch_transfers("USDT", params=direction)],
        "funding": exchange.fetch_funding_rate("BTC/USDT:USDT")["markPrice"] > 0,
        "symbols": len(markets),
        "free_usdt": balance["free"]["USDT"],
        "candles": len(candles),
        "order": {name: order[name] for name in ("status", "filled", "side")},
        "cost": by_cost["cost"],
        "trades": [trade["order"] for trade in exchange.fetch_my_trades("ETH/USDT")],
        "orders": [order["id"], by_cost["id"]],
        "deposits": [[row["currency"], row["amount"]] for row in exchange.fetch_deposits()],
        "withdrawals": [[row["currency"], row["amount"], row["fee"]["cost"]] for row in exchange.fetch_withdrawals()],
        "ticker": exchange.fetch_ticker("BTC/USDT")["last"],
    }


if __name__ == "__main__":
    print(json.dumps(tour(*sys.argv[1:4])))  # noqa: T201 - the test reads this line
