"""What each sample about wallets and histories says, by the names of its own fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backend.exchange.binance import history_parse, market_parse, wallets_parse
from backend.tests.unit.exchange.wallets.samples import DOCS, NAUTILUS, NET, Family, attribute, part, whole

HELD: Final = {"asset": "asset", "free": "free", "locked": "locked"}
FROZEN: Final = {**HELD, "frozen": "freeze", "withdrawing": "withdrawing"}
MARGIN: Final = {**HELD, "borrowed": "borrowed", "interest": "interest", "net": "netAsset"}
EARN: Final = {
    "asset": "asset", "amount": "totalAmount", "product_id": "productId", "collateral": "collateralAmount",
    "rewards": "cumulativeTotalRewards",
}  # fmt: skip
EARN_TOTALS: Final = {
    "total_btc": "totalAmountInBTC", "total_usdt": "totalAmountInUSDT", "flexible_btc": "totalFlexibleAmountInBTC",
    "flexible_usdt": "totalFlexibleAmountInUSDT", "locked_btc": "totalLockedInBTC", "locked_usdt": "totalLockedInUSDT",
}  # fmt: skip
SUBSCRIPTION: Final = {
    "key": "purchaseId", "asset": "asset", "amount": "amount", "status": "status", "at_ms": "time",
    "position_id": "positionId",
}  # fmt: skip
COIN: Final = {"asset": "coin", "name": "name", "fiat": "isLegalMoney"}
TRANSFER: Final = {
    "direction": "type", "transaction_id": "tranId", "asset": "asset", "amount": "amount", "status": "status",
    "at_ms": "timestamp",
}  # fmt: skip
FIAT: Final = {
    "key": "orderNo", "currency": "fiatCurrency", "indicated": "indicatedAmount", "amount": "amount",
    "fee": "totalFee", "method": "method", "status": "status", "at_ms": "createTime", "updated_ms": "updateTime",
}  # fmt: skip
DIVIDEND: Final = {
    "key": "id", "transaction_id": "tranId", "asset": "asset", "amount": "amount", "direction": "direction",
    "at_ms": "divTime", "note": "enInfo",
}  # fmt: skip
LOAN: Final = {
    "key": "txId", "asset": "asset", "amount": "amount", "principal": "principal", "interest": "interest",
    "status": "status", "pair": "isolatedSymbol", "at_ms": "timestamp",
}  # fmt: skip

SPOT_ACCOUNTS = (DOCS + "get_api_v3_account", NET + "spot-GetAccountInfo", NAUTILUS + "spot-account_response")

WALLETS: Final[Mapping[str, Family]] = {
    "spot account": Family(wallets_parse.spot_account, part("balances"), {**HELD, "wallet": "=spot"}, SPOT_ACCOUNTS),
    "user assets": Family(
        wallets_parse.user_assets,
        whole,
        {**FROZEN, "wallet": "=spot"},
        (DOCS + "post_sapi_v3_asset_getUserAsset", NET + "spot-GetBalances"),
    ),
    "funding": Family(
        wallets_parse.funding,
        whole,
        {**FROZEN, "wallet": "=funding"},
        (DOCS + "post_sapi_v1_asset_get-funding-asset", NET + "spot-GetFundingWallet"),
    ),
    "sub-account assets": Family(
        wallets_parse.sub_account_assets, part("balances"), FROZEN, (DOCS + "get_sapi_v4_sub-account_assets",)
    ),
    "coins": Family(
        wallets_parse.coins, whole, COIN, (DOCS + "get_sapi_v1_capital_config_getall", NET + "spot-GetUserAssets")
    ),
    "coin balances": Family(
        lambda answer: [coin.balance for coin in wallets_parse.coins(answer)],
        whole,
        {**FROZEN, "asset": "coin"},
        (DOCS + "get_sapi_v1_capital_config_getall", NET + "spot-GetUserAssets"),
    ),
    "cross margin": Family(
        wallets_parse.cross_margin,
        part("userAssets"),
        {**MARGIN, "wallet": "=margin_cross"},
        (DOCS + "get_sapi_v1_margin_account", NET + "spot-GetMarginAccountInfo"),
    ),
    "cross margin levels": Family(
        lambda answer: [wallets_parse.cross_margin_levels(answer)],
        whole,
        {
            "level": "marginLevel",
            "assets_btc": "totalAssetOfBtc",
            "liabilities_btc": "totalLiabilityOfBtc",
            "net_btc": "totalNetAssetOfBtc",
        },
        (DOCS + "get_sapi_v1_margin_account", NET + "spot-GetMarginAccountInfo"),
    ),
    "flexible positions": Family(
        attribute(wallets_parse.flexible_positions, "rows"),
        part("rows"),
        {**EARN, "wallet": "=earn_flexible"},
        (DOCS + "get_sapi_v1_simple-earn_flexible_position", NET + "general-GetFlexibleProductPositions"),
    ),
    "earn totals": Family(
        lambda answer: [wallets_parse.earn_totals(answer)],
        whole,
        EARN_TOTALS,
        (DOCS + "get_sapi_v1_simple-earn_account", NET + "general-GetAccount"),
    ),
    "ETH staking": Family(
        lambda answer: [wallets_parse.eth_staking(answer)],
        whole,
        {"coin": "=ETH", "value_in_coin": "holdingInETH"},
        (DOCS + "get_sapi_v2_eth-staking_account",),
    ),
    "SOL staking": Family(
        lambda answer: [wallets_parse.sol_staking(answer)],
        whole,
        {"coin": "=SOL", "value_in_coin": "holdingInSOL"},
        (DOCS + "get_sapi_v1_sol-staking_account",),
    ),
    "day snapshots": Family(
        lambda answer: wallets_parse.day_snapshots(answer)[0].balances,
        part("snapshotVos", 0, "data", "balances"),
        HELD,
        (DOCS + "get_sapi_v1_accountSnapshot", NET + "spot-GetDailySpotAccountSnapshot"),
    ),
    "wallet transfers": Family(
        attribute(history_parse.wallet_transfers, "rows"),
        part("rows"),
        TRANSFER,
        (DOCS + "get_sapi_v1_asset_transfer", NET + "spot-GetTransfers"),
    ),
    "universal transfers": Family(
        attribute(history_parse.universal_transfers, "rows"),
        part("result"),
        {
            "key": "tranId",
            "source": "fromEmail",
            "target": "toEmail",
            "asset": "asset",
            "amount": "amount",
            "status": "status",
            "at_ms": "createTimeStamp",
            "source_wallet": "fromAccountType",
            "target_wallet": "toAccountType",
        },
        (DOCS + "get_sapi_v1_sub-account_universalTransfer",),
    ),
    "sub-account transfers": Family(
        history_parse.sub_account_transfers,
        whole,
        {
            "key": "tranId",
            "source": "from",
            "target": "to",
            "asset": "asset",
            "amount": "qty",
            "status": "status",
            "at_ms": "time",
        },
        (DOCS + "get_sapi_v1_sub-account_sub_transfer_history",),
    ),
    "sub-accounts": Family(
        market_parse.sub_accounts,
        part("subAccounts"),
        {"email": "email", "frozen": "isFreeze", "created_ms": "createTime"},
        (DOCS + "get_sapi_v1_sub-account_list",),
    ),
    "dividends": Family(
        attribute(history_parse.dividends, "rows"),
        part("rows"),
        DIVIDEND,
        (DOCS + "get_sapi_v1_asset_assetDividend", NET + "spot-GetAssetDividendRecords"),
    ),
    "fiat orders": Family(
        attribute(history_parse.fiat_orders, "rows"),
        part("data"),
        FIAT,
        (DOCS + "get_sapi_v1_fiat_orders", NET + "spot-GetFiatDepositWithdrawHistory"),
    ),
    "margin loans": Family(
        attribute(history_parse.margin_loans, "rows"), part("rows"), LOAN, (DOCS + "get_sapi_v1_margin_borrow-repay",)
    ),
    "flexible rewards": Family(
        attribute(history_parse.flexible_rewards, "rows"),
        part("rows"),
        {"asset": "asset", "amount": "rewards", "kind": "type", "at_ms": "time", "source": "projectId"},
        (
            DOCS + "get_sapi_v1_simple-earn_flexible_history_rewardsRecord",
            NET + "general-GetFlexibleRewardRecords",
        ),
    ),
    "flexible subscriptions": Family(
        attribute(history_parse.flexible_subscriptions, "rows"),
        part("rows"),
        {**SUBSCRIPTION, "product_id": "productId"},
        (NET + "general-GetFlexibleSubscriptionRecords",),
    ),
    "locked subscriptions": Family(
        attribute(history_parse.locked_subscriptions, "rows"),
        part("rows"),
        {**SUBSCRIPTION, "product_id": "projectId"},
        (NET + "general-GetLockedSubscriptionRecords",),
    ),
}
