"""Balances and positions of the futures wallets, in the forms of their three versions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.contracts import COINM, LEVERAGE, MAINTENANCE, USDM, Contract, Holding, contracts
from backend.exchange.simulator.exchange import hex_id
from backend.exchange.simulator.futures_desk import OpenPosition, positions, settle, unrealised
from backend.exchange.simulator.limits import COINM_IP, USDM_IP
from backend.exchange.simulator.rest.futures import margins, needed_contract
from backend.exchange.simulator.rest.lag import visible_balances
from backend.exchange.simulator.rest.routes import Access, Call, Handler, Route, fixed_weight
from backend.exchange.simulator.wire import fixed, plain

DOLLAR: Final = "USDT"
ALWAYS_SHOWN: Final = {USDM: ("USDT", "USDC", "BNB", "BTC"), COINM: ("BTC", "ETH", "BNB")}
NOTHING: Final = fixed(ZERO)
MOST: Final = "100000000"


class Wallet:
    """One futures wallet at the instant of a call, with its funding booked."""

    def __init__(self, call: Call, market: str) -> None:
        settle(call.exchange, call.account, call.now)
        self.call, self.market = call, market
        self.open: Sequence[OpenPosition] = positions(call.exchange, call.account, market, call.now)
        self.held = dict.fromkeys(ALWAYS_SHOWN[market], ZERO) | visible_balances(call, market)
        self.updated_at = call.account.updated_at

    def profit(self, asset: str) -> Decimal:
        return unrealised(self.open, asset)

    def margin(self, asset: str) -> tuple[Decimal, Decimal]:
        """Initial and maintenance margin bound in the asset."""
        parts = [margins(one.notional) for one in self.open if one.contract.margin_asset == asset]
        return sum((one for one, _ in parts), ZERO), sum((two for _, two in parts), ZERO)

    def available(self, asset: str) -> Decimal:
        """What may leave: losses and bound margin taken off, gains not counted."""
        return max(ZERO, self.held[asset] + min(ZERO, self.profit(asset)) - self.margin(asset)[0])


def _asset_row(wallet: Wallet, asset: str) -> dict[str, Any]:
    balance, profit = wallet.held[asset], wallet.profit(asset)
    initial, maintenance = wallet.margin(asset)
    return {
        "asset": asset,
        "walletBalance": fixed(balance),
        "unrealizedProfit": fixed(profit),
        "marginBalance": fixed(balance + profit),
        "maintMargin": fixed(maintenance),
        "initialMargin": fixed(initial),
        "positionInitialMargin": fixed(initial),
        "openOrderInitialMargin": NOTHING,
        "crossWalletBalance": fixed(balance),
        "crossUnPnl": fixed(profit),
        "availableBalance": fixed(wallet.available(asset)),
        "maxWithdrawAmount": fixed(wallet.available(asset)),
        "updateTime": wallet.updated_at,
    }


def _totals(wallet: Wallet) -> dict[str, str]:
    """Single-asset mode: the totals count USDT alone."""
    row = _asset_row(wallet, DOLLAR)
    return {
        "totalInitialMargin": row["initialMargin"],
        "totalMaintMargin": row["maintMargin"],
        "totalWalletBalance": row["walletBalance"],
        "totalUnrealizedProfit": row["unrealizedProfit"],
        "totalMarginBalance": row["marginBalance"],
        "totalPositionInitialMargin": row["positionInitialMargin"],
        "totalOpenOrderInitialMargin": NOTHING,
        "totalCrossWalletBalance": row["crossWalletBalance"],
        "totalCrossUnPnl": row["crossUnPnl"],
        "availableBalance": row["availableBalance"],
        "maxWithdrawAmount": row["maxWithdrawAmount"],
    }


def _every(wallet: Wallet) -> list[OpenPosition]:
    """Every contract of the market, flat ones too."""
    held = {one.contract.symbol: one for one in wallet.open}
    listed = contracts(wallet.call.exchange.book, wallet.market)
    return [held.get(one.symbol) or OpenPosition(one, Holding(), ZERO) for one in listed]


def _account_v3(call: Call) -> Any:
    wallet = Wallet(call, USDM)
    rows = []
    for one in wallet.open:
        initial, maintenance = margins(one.notional)
        rows.append(
            {
                "symbol": one.contract.symbol,
                "positionSide": "BOTH",
                "positionAmt": plain(one.held.quantity),
                "unrealizedProfit": fixed(one.profit),
                "isolatedMargin": NOTHING,
                "notional": fixed(one.notional),
                "isolatedWallet": "0",
                "initialMargin": fixed(initial),
                "maintMargin": fixed(maintenance),
                "updateTime": one.held.updated_at,
            }
        )
    return _totals(wallet) | {"assets": [_asset_row(wallet, asset) for asset in wallet.held], "positions": rows}


def _account_v2(call: Call) -> Any:
    wallet = Wallet(call, USDM)
    head = {
        "feeTier": 0,
        "feeBurn": True,
        "canTrade": True,
        "canDeposit": True,
        "canWithdraw": True,
        "updateTime": 0,
        "multiAssetsMargin": False,
        "tradeGroupId": -1,
    }
    assets = [_asset_row(wallet, asset) | {"marginAvailable": True} for asset in wallet.held]
    more = {"maxNotional": MOST, "bidNotional": "0", "askNotional": "0"}
    rows = [_old_position(one) | more for one in _every(wallet)]
    return head | _totals(wallet) | {"assets": assets, "positions": rows}


def _old_position(one: OpenPosition) -> dict[str, Any]:
    initial, maintenance = margins(one.notional) if one.held.quantity else (ZERO, ZERO)
    return {
        "symbol": one.contract.symbol,
        "initialMargin": plain(initial),
        "maintMargin": plain(maintenance),
        "unrealizedProfit": fixed(one.profit),
        "positionInitialMargin": plain(initial),
        "openOrderInitialMargin": "0",
        "leverage": str(LEVERAGE),
        "isolated": False,
        "positionSide": "BOTH",
        "entryPrice": fixed(one.held.entry),
        "breakEvenPrice": fixed(one.held.entry),
        "positionAmt": plain(one.held.quantity),
        "updateTime": one.held.updated_at,
    }


def _coin_account(call: Call) -> Any:
    wallet = Wallet(call, COINM)
    rows = [
        _old_position(one) | {"maxQty": "50", "notionalValue": plain(one.notional) if one.held.quantity else "0"}
        for one in _every(wallet)
    ]
    return {
        "assets": [_asset_row(wallet, asset) for asset in wallet.held],
        "positions": rows,
        "canDeposit": True,
        "canTrade": True,
        "canWithdraw": True,
        "feeTier": 0,
        "updateTime": 0,
    }


def _balances(market: str) -> Handler:
    def handler(call: Call) -> Any:
        wallet = Wallet(call, market)
        alias = hex_id(call.account.opened.api_key, "alias", digits=8)
        rows = []
        for asset, amount in wallet.held.items():
            row = {
                "accountAlias": alias,
                "asset": asset,
                "balance": fixed(amount),
                "crossWalletBalance": fixed(amount),
                "crossUnPnl": fixed(wallet.profit(asset)),
                "availableBalance": fixed(wallet.available(asset)),
                "updateTime": wallet.updated_at,
            }
            if market == COINM:
                row["withdrawAvailable"] = fixed(wallet.available(asset))
            else:
                row |= {"maxWithdrawAmount": fixed(wallet.available(asset)), "marginAvailable": True}
            rows.append(row)
        return rows

    return handler


def _risks(market: str, version: int) -> Handler:
    def handler(call: Call) -> Any:
        wallet = Wallet(call, market)
        wanted = needed_contract(call, market).symbol if call.params.has("symbol") else None
        chosen = _every(wallet) if version < 3 else list(wallet.open)
        return [_risk(one, version) for one in chosen if wanted in (None, one.contract.symbol)]

    return handler


def _risk(one: OpenPosition, version: int) -> dict[str, Any]:
    initial, maintenance = margins(one.notional) if one.held.quantity else (ZERO, ZERO)
    size = fixed(one.notional) if one.held.quantity else "0"
    row: dict[str, Any] = {
        "symbol": one.contract.symbol,
        "positionSide": "BOTH",
        "positionAmt": plain(one.held.quantity),
        "entryPrice": plain(one.held.entry),
        "breakEvenPrice": plain(one.held.entry),
        "markPrice": fixed(one.mark),
        "unRealizedProfit": fixed(one.profit),
        "liquidationPrice": "0",
        "isolatedMargin": "0",
        "isolatedWallet": "0",
        "updateTime": one.held.updated_at,
    }
    if version < 3:
        row |= {"leverage": str(LEVERAGE), "marginType": "cross", "isAutoAddMargin": "false"}
        cap = "maxQty" if one.contract.market == COINM else "maxNotionalValue"
        return row | {cap: MOST, "notionalValue" if one.contract.market == COINM else "notional": size}
    return row | {
        "notional": size,
        "marginAsset": one.contract.margin_asset,
        "initialMargin": fixed(initial),
        "maintMargin": fixed(maintenance),
        "positionInitialMargin": fixed(initial),
        "openOrderInitialMargin": "0",
        "adl": 1,
        "bidNotional": "0",
        "askNotional": "0",
    }


def _symbol_config(call: Call) -> Any:
    chosen: list[Contract] = (
        [needed_contract(call, USDM)] if call.params.has("symbol") else contracts(call.exchange.book, USDM)
    )
    return [
        {
            "symbol": one.symbol,
            "marginType": "CROSSED",
            "isAutoAddMargin": "false",
            "leverage": LEVERAGE,
            "maxNotionalValue": MOST,
        }
        for one in chosen
    ]


def _brackets(call: Call) -> Any:
    """One step for every size: the leverage is the same for all."""
    chosen = [needed_contract(call, USDM)] if call.params.has("symbol") else contracts(call.exchange.book, USDM)
    step = {
        "bracket": 1,
        "initialLeverage": LEVERAGE,
        "notionalCap": int(MOST),
        "notionalFloor": 0,
        "maintMarginRatio": float(MAINTENANCE),
        "cum": 0,
    }
    return [{"symbol": one.symbol, "notionalCoef": 1.0, "brackets": [step]} for one in chosen]


def _account_config(call: Call) -> Any:
    return {
        "feeTier": 0,
        "canTrade": call.account.allows("enableFutures"),
        "canDeposit": True,
        "canWithdraw": True,
        "dualSidePosition": False,
        "updateTime": 0,
        "multiAssetsMargin": False,
        "tradeGroupId": -1,
    }


def _multi_assets(_: Call) -> Any:
    return {"multiAssetsMargin": False}


def _dual_side(_: Call) -> Any:
    return {"dualSidePosition": False}


def _start_stream(call: Call) -> Any:
    return {"listenKey": call.exchange.listen_keys.start(call.account.opened.api_key)}


def _close_stream(call: Call) -> Any:
    call.exchange.listen_keys.close(call.account.opened.api_key)
    return {}


def _usdm(path: str, handler: Handler, weight: int = 5) -> Route:
    return Route("GET", f"/fapi/{path}", handler, fixed_weight(weight), USDM_IP, Access.READ)


def _coinm(path: str, handler: Handler, weight: int) -> Route:
    return Route("GET", f"/dapi/v1/{path}", handler, fixed_weight(weight), COINM_IP, Access.READ)


ROUTES: Final = (
    _usdm("v3/account", _account_v3),
    _usdm("v2/account", _account_v2),
    _usdm("v3/balance", _balances(USDM)),
    _usdm("v2/balance", _balances(USDM)),
    _usdm("v3/positionRisk", _risks(USDM, 3)),
    _usdm("v2/positionRisk", _risks(USDM, 2)),
    _usdm("v1/symbolConfig", _symbol_config),
    _usdm("v1/leverageBracket", _brackets, 1),
    _usdm("v1/accountConfig", _account_config),
    _usdm("v1/multiAssetsMargin", _multi_assets, 30),
    _usdm("v1/positionSide/dual", _dual_side, 30),
    Route("POST", "/fapi/v1/listenKey", _start_stream, fixed_weight(1), USDM_IP, Access.KEY),
    Route("PUT", "/fapi/v1/listenKey", _start_stream, fixed_weight(1), USDM_IP, Access.KEY),
    Route("DELETE", "/fapi/v1/listenKey", _close_stream, fixed_weight(1), USDM_IP, Access.KEY),
    _coinm("account", _coin_account, 5),
    _coinm("balance", _balances(COINM), 1),
    _coinm("positionRisk", _risks(COINM, 1), 1),
)
