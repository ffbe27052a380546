"""Answers about wallets: spot, funding, Earn, staking, margin. What a row must be is in `fields`."""

from __future__ import annotations

from collections.abc import Sequence

from backend.core.model.history import Page
from backend.core.model.wallets import (
    CoinInfo,
    DaySnapshot,
    EarnPosition,
    EarnTotals,
    FuturesDay,
    MarginLevels,
    StakingHoldings,
    Wallet,
    WalletBalance,
    WalletTotal,
)
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    identity,
    instant,
    mapping,
    moment,
    optional,
    refuse_twice,
    rows,
    signed,
    text,
    unexpected,
    whole,
    yes_or_no,
)


def spot_account(answer: object) -> Sequence[WalletBalance]:
    """GET /api/v3/account: every listed asset, zero or not."""
    return _free_and_locked(Wallet.SPOT, mapping(body(answer)).get("balances"))


def user_assets(answer: object) -> Sequence[WalletBalance]:
    """POST /sapi/v3/asset/getUserAsset: spot, positive rows only."""
    return _held_back(Wallet.SPOT, answer)


def funding(answer: object) -> Sequence[WalletBalance]:
    """POST /sapi/v1/asset/get-funding-asset."""
    return _held_back(Wallet.FUNDING, answer)


def sub_account_assets(answer: object) -> Sequence[WalletBalance]:
    """GET /sapi/v4/sub-account/assets: the spot wallet of a sub-account."""
    return _held_back(Wallet.SPOT, mapping(body(answer)).get("balances"))


def wallet_totals(answer: object) -> Sequence[WalletTotal]:
    """GET /sapi/v1/asset/wallet/balance."""
    found = [
        WalletTotal(text(row, "walletName"), yes_or_no(row, "activate"), signed(row, "balance"))
        for row in rows(body(answer))
    ]
    refuse_twice([total.name for total in found], "a wallet")
    return found


def coins(answer: object) -> Sequence[CoinInfo]:
    """GET /sapi/v1/capital/config/getall."""
    found = [
        CoinInfo(
            asset=text(row, "coin"),
            name=text(row, "name"),
            fiat=yes_or_no(row, "isLegalMoney"),
            balance=_with_frozen(Wallet.SPOT, row, "coin"),
            contracts=_contracts(row),
        )
        for row in rows(body(answer))
    ]
    if not found:
        raise unexpected("an empty list of coins")
    refuse_twice([coin.asset for coin in found], "a coin")
    return found


def _contracts(row: Row) -> frozenset[str]:
    told = [optional(text, network, "contractAddress") for network in rows(row.get("networkList", []))]
    return frozenset(address.lower() for address in told if address)


def cross_margin(answer: object) -> Sequence[WalletBalance]:
    """GET /sapi/v1/margin/account: every asset, zero or not."""
    found = [_borrowed(Wallet.MARGIN_CROSS, row) for row in rows(mapping(body(answer)).get("userAssets"))]
    refuse_twice([balance.asset for balance in found], "an asset")
    return found


def cross_margin_levels(answer: object) -> MarginLevels:
    return _levels(mapping(body(answer)))


def isolated_margin(answer: object) -> Sequence[WalletBalance]:
    """GET /sapi/v1/margin/isolated/account: base and quote of each pair, zero or not."""
    found: list[WalletBalance] = []
    for row in rows(mapping(body(answer)).get("assets")):
        pair = text(row, "symbol")
        for side in ("baseAsset", "quoteAsset"):
            found.append(_borrowed(Wallet.MARGIN_ISOLATED, mapping(row.get(side)), pair))
    refuse_twice([(balance.pair, balance.asset) for balance in found], "an asset")
    return found


def flexible_positions(answer: object) -> Page[EarnPosition]:
    """GET /sapi/v1/simple-earn/flexible/position."""
    return _page(answer, [_flexible(row) for row in _rows_of(answer)])


def locked_positions(answer: object) -> Page[EarnPosition]:
    """GET /sapi/v1/simple-earn/locked/position."""
    found = [_locked(row) for row in _rows_of(answer)]
    refuse_twice([position.position_id for position in found], "a position")
    return _page(answer, found)


def earn_totals(answer: object) -> EarnTotals:
    """GET /sapi/v1/simple-earn/account."""
    row = mapping(body(answer))
    return EarnTotals(
        total_btc=amount(row, "totalAmountInBTC"),
        total_usdt=amount(row, "totalAmountInUSDT"),
        flexible_btc=amount(row, "totalFlexibleAmountInBTC"),
        flexible_usdt=amount(row, "totalFlexibleAmountInUSDT"),
        locked_btc=amount(row, "totalLockedInBTC"),
        locked_usdt=amount(row, "totalLockedInUSDT"),
    )


def eth_staking(answer: object) -> StakingHoldings:
    """GET /sapi/v2/eth-staking/account."""
    row = mapping(body(answer))
    held = mapping(row.get("holdings"))
    tokens = (("WBETH", amount(held, "wbethAmount")), ("BETH", amount(held, "bethAmount")))
    return StakingHoldings(
        coin="ETH",
        value_in_coin=amount(row, "holdingInETH"),
        tokens=tuple(WalletBalance(Wallet.STAKING, asset, free) for asset, free in tokens),
    )


def sol_staking(answer: object) -> StakingHoldings:
    """GET /sapi/v1/sol-staking/account."""
    row = mapping(body(answer))
    token = WalletBalance(Wallet.STAKING, "BNSOL", amount(row, "bnsolAmount"))
    return StakingHoldings(coin="SOL", value_in_coin=amount(row, "holdingInSOL"), tokens=(token,))


def day_snapshots(answer: object) -> Sequence[DaySnapshot]:
    """GET /sapi/v1/accountSnapshot, of any one type."""
    return [_day(row) for row in rows(mapping(body(answer)).get("snapshotVos"))]


def _day(row: Row) -> DaySnapshot:
    kind, data = text(row, "type"), mapping(row.get("data"))
    balances: Sequence[WalletBalance] = ()
    days: Sequence[FuturesDay] = ()
    if kind == "spot":
        balances = _free_and_locked(Wallet.SPOT, data.get("balances"))
    elif kind == "margin":
        balances = [_borrowed(Wallet.MARGIN_CROSS, asset) for asset in rows(data.get("userAssets"))]
    elif kind == "futures":
        days = [
            FuturesDay(text(asset, "asset"), signed(asset, "walletBalance"), signed(asset, "marginBalance"))
            for asset in rows(data.get("assets"))
        ]
    else:
        raise unexpected("a snapshot of another type")
    refuse_twice([balance.asset for balance in balances] + [day.asset for day in days], "an asset")
    return DaySnapshot(kind, instant(row, "updateTime"), tuple(balances), tuple(days))


def _free_and_locked(wallet: Wallet, listed: object) -> Sequence[WalletBalance]:
    found = [
        WalletBalance(wallet, text(row, "asset"), amount(row, "free"), amount(row, "locked")) for row in rows(listed)
    ]
    refuse_twice([balance.asset for balance in found], "an asset")
    return found


def _held_back(wallet: Wallet, answer: object) -> Sequence[WalletBalance]:
    found = [_with_frozen(wallet, row, "asset") for row in rows(body(answer))]
    refuse_twice([balance.asset for balance in found], "an asset")
    return found


def _with_frozen(wallet: Wallet, row: Row, name: str) -> WalletBalance:
    return WalletBalance(
        wallet,
        asset=text(row, name),
        free=amount(row, "free"),
        locked=amount(row, "locked"),
        frozen=amount(row, "freeze"),
        withdrawing=amount(row, "withdrawing"),
    )


def _borrowed(wallet: Wallet, row: Row, pair: str | None = None) -> WalletBalance:
    return WalletBalance(
        wallet,
        asset=text(row, "asset"),
        free=amount(row, "free"),
        locked=amount(row, "locked"),
        borrowed=amount(row, "borrowed"),
        interest=amount(row, "interest"),
        pair=pair,
    )


def _levels(row: Row) -> MarginLevels:
    return MarginLevels(
        level=optional(amount, row, "marginLevel"),
        assets_btc=amount(row, "totalAssetOfBtc"),
        liabilities_btc=amount(row, "totalLiabilityOfBtc"),
        net_btc=signed(row, "totalNetAssetOfBtc"),
    )


def _flexible(row: Row) -> EarnPosition:
    return EarnPosition(
        Wallet.EARN_FLEXIBLE,
        asset=text(row, "asset"),
        amount=amount(row, "totalAmount"),
        product_id=text(row, "productId"),
        collateral=optional(amount, row, "collateralAmount"),
        rewards=optional(amount, row, "cumulativeTotalRewards"),
    )


def _locked(row: Row) -> EarnPosition:
    return EarnPosition(
        Wallet.EARN_LOCKED,
        asset=text(row, "asset"),
        amount=amount(row, "amount"),
        product_id=text(row, "projectId"),
        position_id=identity(row, "positionId"),
        rewards=optional(amount, row, "rewardAmt"),
        redeeming=optional(amount, row, "redeemingAmt"),
        status=optional(text, row, "status"),
        ends_ms=moment(row, "deliverDate"),
    )


def _rows_of(answer: object) -> Sequence[Row]:
    return rows(mapping(body(answer)).get("rows"))


def _page(answer: object, found: Sequence[EarnPosition]) -> Page[EarnPosition]:
    return Page(found, total=whole(mapping(answer), "total"))
