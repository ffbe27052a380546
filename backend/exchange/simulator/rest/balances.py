"""What each wallet holds beside spot: funding, margin, staking, and one total per wallet."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.limits import SAPI_IP
from backend.exchange.simulator.messages import ExchangeError
from backend.exchange.simulator.movements import CROSS_LOANS, ISOLATED_LOANS
from backend.exchange.simulator.records import MARGIN_BORROWED, MARGIN_INTEREST, SPOT
from backend.exchange.simulator.rest.lag import visible_balances
from backend.exchange.simulator.rest.routes import Access, Call, Route, fixed_weight
from backend.exchange.simulator.rest.valuation import BITCOIN, total, worth
from backend.exchange.simulator.wire import fixed, plain

DOLLAR: Final = "USDT"
NO_DEBT_LEVEL: Final = Decimal(999)
# What is held, borrowed and charged of an asset.
Amounts = tuple[Decimal, Decimal, Decimal]
NO_AMOUNTS: Final[Amounts] = (ZERO, ZERO, ZERO)
WALLET_NAMES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Spot", (SPOT,)),
    ("Funding", ("funding",)),
    ("Cross Margin", ("margin",)),
    ("Isolated Margin", ("isolated_margin",)),
    ("USDⓈ-M Futures", ("usdm",)),
    ("COIN-M Futures", ("coinm",)),
    ("Earn", ("earn_flexible", "earn_locked")),
    ("Options", ()),
    ("Trading Bots", ()),
    ("Copy Trading", ()),
)


def _rows(call: Call, wallet: str, more: dict[str, str]) -> list[dict[str, Any]]:
    """The positive balances of a wallet; the BTC valuation only when asked for, else zero."""
    wanted, valued = call.params.text("asset"), call.params.flag("needBtcValuation")
    return [
        {
            "asset": asset,
            "free": plain(amount),
            "locked": "0",
            "freeze": "0",
            "withdrawing": "0",
            **more,
            "btcValuation": plain(worth(call, asset, amount).quantize(Decimal("1e-8"))) if valued else "0",
        }
        for asset, amount in visible_balances(call, wallet).items()
        if amount > 0 and (wanted is None or asset == wanted)
    ]


def user_assets(call: Call) -> Any:
    return _rows(call, SPOT, {"ipoable": "0"})


def funding_assets(call: Call) -> Any:
    return _rows(call, "funding", {})


def wallet_totals(call: Call) -> Any:
    """One total per wallet; debts of margin are taken off."""
    quote = call.params.text("quoteAsset") or BITCOIN
    if call.exchange.price_in(quote, DOLLAR, call.now) is None:
        raise ExchangeError(-1130, "Data sent for parameter 'quoteAsset' is not valid.")
    rows = []
    for name, wallets in WALLET_NAMES:
        value = sum((total(call, visible_balances(call, wallet), quote) for wallet in wallets), ZERO)
        for held_in, *owed_in in (CROSS_LOANS, ISOLATED_LOANS):
            if held_in in wallets:
                value -= sum((total(call, visible_balances(call, one), quote) for one in owed_in), ZERO)
        rows.append({"activate": bool(wallets), "balance": fixed(value), "walletName": name, "assetBalances": []})
    return rows


def margin_account(call: Call) -> Any:
    held = visible_balances(call, "margin")
    borrowed, interest = visible_balances(call, MARGIN_BORROWED), visible_balances(call, MARGIN_INTEREST)
    assets = total(call, held)
    debts = total(call, borrowed) + total(call, interest)
    level = min(assets / debts, NO_DEBT_LEVEL) if debts else NO_DEBT_LEVEL
    return {
        "created": True,
        "borrowEnabled": True,
        "marginLevel": fixed(level),
        "collateralMarginLevel": fixed(level),
        "totalAssetOfBtc": fixed(assets),
        "totalLiabilityOfBtc": fixed(debts),
        "totalNetAssetOfBtc": fixed(assets - debts),
        "TotalCollateralValueInUSDT": fixed(total(call, held, DOLLAR)),
        "totalOpenOrderLossInUSDT": fixed(ZERO),
        "tradeEnabled": True,
        "transferInEnabled": True,
        "transferOutEnabled": True,
        "accountType": "MARGIN_1",
        "userAssets": [
            _margin_row(asset, held.get(asset, ZERO), borrowed.get(asset, ZERO), interest.get(asset, ZERO))
            for asset in dict.fromkeys([*held, *borrowed, *interest])
        ],
    }


def _margin_row(asset: str, free: Decimal, borrowed: Decimal, interest: Decimal) -> dict[str, str]:
    return {
        "asset": asset,
        "borrowed": fixed(borrowed),
        "free": fixed(free),
        "interest": fixed(interest),
        "locked": fixed(ZERO),
        "netAsset": fixed(free - borrowed - interest),
    }


def isolated_account(call: Call) -> Any:
    """Each coin sits in its pair with USDT, and all USDT in the first of them: moves here name no pair."""
    wallets = [visible_balances(call, name) for name in ISOLATED_LOANS]
    amounts = {asset: one for asset in dict.fromkeys(chain(*wallets)) if any(one := _amounts(wallets, asset))}
    held = {asset: one[0] for asset, one in amounts.items()}
    debts = {asset: one[1] + one[2] for asset, one in amounts.items()}
    bases = [asset for asset in amounts if asset != DOLLAR] or (["BTC"] if amounts else [])
    wanted = call.params.text("symbols")
    dollars = amounts.get(DOLLAR, NO_AMOUNTS)
    pairs = [
        _isolated_row(call, base, amounts.get(base, NO_AMOUNTS), dollars if number == 0 else NO_AMOUNTS)
        for number, base in enumerate(bases)
    ]
    shown = [pair for pair in pairs if wanted is None or pair["symbol"] in wanted.split(",")]
    return {
        "assets": shown,
        "totalAssetOfBtc": fixed(total(call, held)),
        "totalLiabilityOfBtc": fixed(total(call, debts)),
        "totalNetAssetOfBtc": fixed(total(call, held) - total(call, debts)),
    }


def _amounts(wallets: Sequence[dict[str, Decimal]], asset: str) -> Amounts:
    held, borrowed, interest = (wallet.get(asset, ZERO) for wallet in wallets)
    return held, borrowed, interest


def _isolated_row(call: Call, base: str, base_amounts: Amounts, quote_amounts: Amounts) -> dict[str, Any]:
    price = call.exchange.price_in(base, DOLLAR, call.now) or ZERO
    return {
        "baseAsset": _isolated_side(call, base, base_amounts),
        "quoteAsset": _isolated_side(call, DOLLAR, quote_amounts),
        "symbol": base + DOLLAR,
        "isolatedCreated": True,
        "enabled": True,
        "marginLevel": fixed(NO_DEBT_LEVEL),
        "marginLevelStatus": "EXCESSIVE",
        "marginRatio": fixed(Decimal(5)),
        "indexPrice": fixed(price),
        "liquidatePrice": fixed(ZERO),
        "liquidateRate": fixed(ZERO),
        "tradeEnabled": True,
    }


def _isolated_side(call: Call, asset: str, amounts: Amounts) -> dict[str, Any]:
    held, borrowed, interest = amounts
    amount = held - borrowed - interest
    return {
        "asset": asset,
        "borrowEnabled": True,
        "borrowed": fixed(borrowed),
        "free": fixed(held),
        "interest": fixed(interest),
        "locked": fixed(ZERO),
        "netAsset": fixed(amount),
        "netAssetOfBtc": fixed(worth(call, asset, amount)),
        "repayEnabled": True,
        "totalAsset": fixed(held),
    }


def eth_staking(call: Call) -> Any:
    """Staked ether is held as tokens in the spot wallet, and shown here once more."""
    spot = visible_balances(call)
    wrapped, plain_beth = spot.get("WBETH", ZERO), spot.get("BETH", ZERO)
    return {
        "holdingInETH": fixed(worth(call, "WBETH", wrapped, "ETH") + plain_beth),
        "holdings": {"wbethAmount": fixed(wrapped), "bethAmount": fixed(plain_beth)},
        "thirtyDaysProfitInETH": fixed(ZERO),
        "profit": {"amountFromWBETH": fixed(ZERO), "amountFromBETH": fixed(ZERO)},
    }


def sol_staking(call: Call) -> Any:
    amount = visible_balances(call).get("BNSOL", ZERO)
    return {
        "bnsolAmount": fixed(amount),
        "holdingInSOL": fixed(worth(call, "BNSOL", amount, "SOL")),
        "thirtyDaysProfitInSOL": fixed(ZERO),
    }


def account_status(_: Call) -> Any:
    return {"data": "Normal"}


def account_info(_: Call) -> Any:
    return {
        "vipLevel": 0,
        "isMarginEnabled": True,
        "isFutureEnabled": True,
        "isOptionsEnabled": False,
        "isPortfolioMarginRetailEnabled": False,
    }


def _route(method: str, path: str, handler: Any, weight: int) -> Route:
    return Route(method, f"/sapi/{path}", handler, fixed_weight(weight), SAPI_IP, Access.READ)


ROUTES: Final = (
    _route("POST", "v3/asset/getUserAsset", user_assets, 5),
    _route("POST", "v1/asset/get-funding-asset", funding_assets, 1),
    _route("GET", "v1/asset/wallet/balance", wallet_totals, 60),
    _route("GET", "v1/margin/account", margin_account, 10),
    _route("GET", "v1/margin/isolated/account", isolated_account, 10),
    _route("GET", "v2/eth-staking/account", eth_staking, 150),
    _route("GET", "v1/sol-staking/account", sol_staking, 150),
    _route("GET", "v1/account/status", account_status, 1),
    _route("GET", "v1/account/info", account_info, 1),
)
