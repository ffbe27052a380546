"""Simple Earn: positions, totals, and the records of what went in, came out and was earned."""

from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator.accounts import ZERO
from backend.exchange.simulator.limits import SAPI_IP
from backend.exchange.simulator.records import EARN_FLEXIBLE, Reward, Transfer
from backend.exchange.simulator.rest.lag import visible_balances
from backend.exchange.simulator.rest.routes import Access, Call, Handler, Route, fixed_weight
from backend.exchange.simulator.rest.valuation import total
from backend.exchange.simulator.rest.windows import page, window
from backend.exchange.simulator.wire import DAY_MS, fixed, plain

EARN_LOCKED: Final = "earn_locked"
DOLLAR: Final = "USDT"
RATE: Final = "0.02600000"
LOCK_DAYS: Final = 30
RECORD_DAYS: Final = 30
WORDS: Final = {"REALTIME", "BONUS", "REWARDS"}


def product_of(asset: str) -> str:
    return f"{asset}001"


def rewards_of(call: Call, wallet: str) -> list[Reward]:
    """Rewards paid into an earn wallet, or told to be of its kind (`flexible...`, `locked...`) though paid to spot."""
    word = wallet.removeprefix("earn_")
    return [one for one in call.account.rewards if one.wallet == wallet or one.kind.lower().startswith(word)]


def _held(call: Call, wallet: str) -> list[tuple[str, Decimal]]:
    wanted = call.params.text("asset")
    rows = sorted(visible_balances(call, wallet).items(), reverse=True)  # a page shows the last row first
    return [(asset, amount) for asset, amount in rows if amount > 0 and wanted in (None, asset)]


def flexible_positions(call: Call) -> Any:
    product = call.params.text("productId")
    held = [row for row in _held(call, EARN_FLEXIBLE) if product in (None, product_of(row[0]))]
    earned = _earned(call, EARN_FLEXIBLE)
    rows = [
        {
            "totalAmount": fixed(amount),
            "tierAnnualPercentageRate": {},
            "latestAnnualPercentageRate": RATE,
            "yesterdayAirdropPercentageRate": fixed(ZERO),
            "asset": asset,
            "airDropAsset": asset,
            "canRedeem": True,
            "collateralAmount": fixed(ZERO),
            "productId": product_of(asset),
            "yesterdayRealTimeRewards": fixed(ZERO),
            "cumulativeBonusRewards": fixed(ZERO),
            "cumulativeRealTimeRewards": fixed(earned.get(asset, ZERO)),
            "cumulativeTotalRewards": fixed(earned.get(asset, ZERO)),
            "autoSubscribe": False,
        }
        for asset, amount in held
    ]
    return {"rows": page(call, rows), "total": len(rows)}


def locked_positions(call: Call) -> Any:
    """One position per coin: everything locked of it, counted from the last subscription."""
    earned = _earned(call, EARN_LOCKED)
    rows = []
    for asset, amount in _held(call, EARN_LOCKED):
        bought = [one for one in call.account.transfers if one.target == EARN_LOCKED and one.asset == asset]
        at = bought[-1].at if bought else call.account.opened.created_at
        rows.append(
            {
                "positionId": int(bought[-1].id) if bought else 1,
                "parentPositionId": 0,
                "projectId": f"{asset}*{LOCK_DAYS}",
                "asset": asset,
                "amount": fixed(amount),
                "purchaseTime": str(at),
                "duration": str(LOCK_DAYS),
                "accrualDays": str(max(0, (call.now - at) // DAY_MS)),
                "rewardAsset": asset,
                "APY": RATE,
                "rewardAmt": fixed(earned.get(asset, ZERO)),
                "nextPay": fixed(ZERO),
                "nextPayDate": str(call.now + DAY_MS),
                "payPeriod": "1",
                "redeemAmountEarly": fixed(amount),
                "rewardsEndDate": str(at + LOCK_DAYS * DAY_MS),
                "deliverDate": str(at + LOCK_DAYS * DAY_MS),
                "redeemPeriod": "1",
                "redeemingAmt": fixed(ZERO),
                "redeemTo": "SPOT",
                "canRedeemEarly": True,
                "canFastRedemption": False,
                "autoSubscribe": False,
                "type": "NORMAL",
                "status": "HOLDING",
                "canReStake": False,
            }
        )
    return {"rows": page(call, rows), "total": len(rows)}


def _earned(call: Call, wallet: str) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for reward in rewards_of(call, wallet):
        sums[reward.asset] = sums.get(reward.asset, ZERO) + reward.amount
    return sums


def earn_account(call: Call) -> Any:
    flexible, locked = visible_balances(call, EARN_FLEXIBLE), visible_balances(call, EARN_LOCKED)
    coins = {"BTC": (total(call, flexible), total(call, locked))}
    coins[DOLLAR] = (total(call, flexible, DOLLAR), total(call, locked, DOLLAR))
    return {
        name.format(coin): fixed(value)
        for coin, (free, bound) in coins.items()
        for name, value in (
            ("totalAmountIn{}", free + bound),
            ("totalFlexibleAmountIn{}", free),
            ("totalLockedIn{}", bound),
        )
    }


def _moves(call: Call, wallet: str, *, into: bool) -> list[Transfer]:
    start, end = window(call, RECORD_DAYS)
    asset = call.params.text("asset")
    return [
        one
        for one in call.account.transfers
        if (one.target if into else one.source) == wallet and start <= one.at <= end and asset in (None, one.asset)
    ]


def _subscriptions(wallet: str) -> Handler:
    def handler(call: Call) -> Any:
        moves = _moves(call, wallet, into=True)
        return {"rows": [_subscription(one, wallet) for one in page(call, moves)], "total": len(moves)}

    return handler


def _subscription(one: Transfer, wallet: str) -> dict[str, Any]:
    funding = one.source == "funding"
    row: dict[str, Any] = {
        "amount": fixed(one.amount),
        "asset": one.asset,
        "time": one.at,
        "type": "NORMAL",
        "sourceAccount": "FUNDING" if funding else "SPOT",
        "amtFromSpot": plain(one.amount * (not funding)),
        "amtFromFunding": plain(one.amount * funding),
        "status": "SUCCESS",
    }
    if wallet == EARN_FLEXIBLE:
        return row | {"purchaseId": int(one.id), "productId": product_of(one.asset)}
    return row | {
        "positionId": int(one.id),
        "purchaseId": one.id,
        "projectId": f"{one.asset}*{LOCK_DAYS}",
        "lockPeriod": str(LOCK_DAYS),
    }


def _redemptions(wallet: str) -> Handler:
    def handler(call: Call) -> Any:
        moves = _moves(call, wallet, into=False)
        return {"rows": [_redemption(one, wallet) for one in page(call, moves)], "total": len(moves)}

    return handler


def _redemption(one: Transfer, wallet: str) -> dict[str, Any]:
    row: dict[str, Any] = {"amount": fixed(one.amount), "asset": one.asset, "time": one.at}
    if wallet == EARN_FLEXIBLE:
        target = "FUNDING" if one.target == "funding" else "SPOT"
        more = {"projectId": product_of(one.asset), "redeemId": int(one.id), "destAccount": target, "status": "SUCCESS"}
        return row | more
    return row | {
        "positionId": int(one.id),
        "redeemId": int(one.id),
        "lockPeriod": LOCK_DAYS,
        "type": "NORMAL",
        "deliverDate": str(one.at),
        "status": "PAID",
    }


def _rewards(wallet: str) -> Handler:
    def handler(call: Call) -> Any:
        start, end = window(call, RECORD_DAYS)
        asset, kind = call.params.text("asset"), call.params.text("type")
        rows = [
            one
            for one in rewards_of(call, wallet)
            if start <= one.at <= end and asset in (None, one.asset) and kind in (None, "ALL", _word(one))
        ]
        return {"rows": [_reward(one, wallet) for one in page(call, rows)], "total": len(rows)}

    return handler


def _word(one: Reward) -> str:
    """The exchange's word for a flexible reward: paid into the position as it accrues, or extra."""
    if one.kind.upper() in WORDS:
        return one.kind.upper()
    return "REALTIME" if one.wallet == EARN_FLEXIBLE else "BONUS"


def _reward(one: Reward, wallet: str) -> dict[str, Any]:
    if wallet == EARN_FLEXIBLE:
        word, project = _word(one), product_of(one.asset)
        return {"asset": one.asset, "rewards": fixed(one.amount), "projectId": project, "type": word, "time": one.at}
    return {
        "positionId": int(one.id),
        "time": one.at,
        "asset": one.asset,
        "lockPeriod": str(LOCK_DAYS),
        "amount": fixed(one.amount),
        "type": "Locked Rewards",
    }


def _none_held(_: Call) -> Any:
    return {"rows": [], "total": 0}


def _empty_account(coin: str) -> Handler:
    return lambda _: {f"{coin}Amount": fixed(ZERO), "totalProfit": fixed(ZERO)}


def _further(path: str, handler: Handler, weight: int) -> Route:
    """Earn products that nobody can hold here, for clients that ask for all of them."""
    return Route("GET", f"/sapi/v1/{path}", handler, fixed_weight(weight), SAPI_IP, Access.READ)


def _route(path: str, handler: Handler) -> Route:
    return Route("GET", f"/sapi/v1/simple-earn/{path}", handler, fixed_weight(150), SAPI_IP, Access.READ)


ROUTES: Final = (
    _further("onchain-yields/locked/position", _none_held, 50),
    _further("rwusd/account", _empty_account("rwusd"), 150),
    _further("bfusd/account", _empty_account("bfusd"), 150),
    _route("account", earn_account),
    _route("flexible/position", flexible_positions),
    _route("locked/position", locked_positions),
    *(
        _route(f"{wallet.removeprefix('earn_')}/history/{name}Record", make(wallet))
        for wallet in (EARN_FLEXIBLE, EARN_LOCKED)
        for name, make in (("subscription", _subscriptions), ("redemption", _redemptions), ("rewards", _rewards))
    ),
)
