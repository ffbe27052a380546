"""Answers of endpoints without a shared sample, after the exchange's documentation; amounts and ids are made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from backend.exchange.binance import futures_parse, history_parse, orders_parse, wallets_parse
from backend.tests.unit.exchange.wallets.samples import Family, attribute, part, whole

AT: Final = 1_717_243_200_000
LEG: Final = {"free": "1.50", "locked": "0.25", "borrowed": "2.00", "interest": "0.001", "borrowEnabled": True}
MARGIN_LEG: Final = {
    "asset": "asset", "free": "free", "locked": "locked", "borrowed": "borrowed", "interest": "interest",
    "net": "netAsset", "wallet": "=margin_isolated", "pair": "=BTCUSDT",
}  # fmt: skip


def isolated_legs(answer: Any) -> Any:
    return [answer["assets"][0]["baseAsset"], answer["assets"][0]["quoteAsset"]]


def dust_rows(answer: Any) -> Any:
    return [row for group in answer["userAssetDribblets"] for row in group["userAssetDribbletDetails"]]


HAND_MADE: Final[Mapping[str, tuple[Family, Any]]] = {
    "isolated margin": (
        Family(wallets_parse.isolated_margin, isolated_legs, MARGIN_LEG, ()),
        {
            "assets": [
                {
                    "symbol": "BTCUSDT",
                    "baseAsset": {**LEG, "asset": "BTC", "netAsset": "-0.251"},
                    "quoteAsset": {**LEG, "asset": "USDT", "netAsset": "-0.251"},
                }
            ]
        },
    ),
    "locked positions": (
        Family(
            attribute(wallets_parse.locked_positions, "rows"),
            part("rows"),
            {
                "asset": "asset",
                "amount": "amount",
                "product_id": "projectId",
                "position_id": "positionId",
                "rewards": "rewardAmt",
                "redeeming": "redeemingAmt",
                "status": "status",
                "ends_ms": "deliverDate",
                "wallet": "=earn_locked",
            },
            (),
        ),
        {
            "rows": [
                {
                    "positionId": 123123,
                    "projectId": "Axs*90",
                    "asset": "AXS",
                    "amount": "122.09202928",
                    "rewardAmt": "5.17181528",
                    "redeemingAmt": "0.00",
                    "status": "HOLDING",
                    "deliverDate": str(AT),
                }
            ],
            "total": "1",
        },
    ),
    "conversions": (
        Family(
            attribute(history_parse.conversions, "rows"),
            part("list"),
            {
                "key": "orderId",
                "quote_id": "quoteId",
                "status": "orderStatus",
                "from_asset": "fromAsset",
                "from_amount": "fromAmount",
                "to_asset": "toAsset",
                "to_amount": "toAmount",
                "at_ms": "createTime",
            },
            (),
        ),
        {
            "list": [
                {
                    "quoteId": "f3b91c525b2644c7bc1e1cd31b6e1aa6",
                    "orderId": 1416807361880099934,
                    "orderStatus": "SUCCESS",
                    "fromAsset": "USDT",
                    "fromAmount": "20.00",
                    "toAsset": "BNB",
                    "toAmount": "0.06154036",
                    "createTime": AT,
                }
            ],
            "startTime": AT,
            "endTime": AT,
            "limit": 100,
            "moreData": True,
        },
    ),
    "dust": (
        Family(
            attribute(history_parse.dust, "rows"),
            dust_rows,
            {
                "from_asset": "fromAsset",
                "from_amount": "amount",
                "to_asset": "targetAsset",
                "received": "transferedAmount",
                "fee": "serviceChargeAmount",
                "at_ms": "operateTime",
            },
            (),
        ),
        {
            "total": 1,
            "userAssetDribblets": [
                {
                    "transId": 45178372831,
                    "userAssetDribbletDetails": [
                        {
                            "transId": 4359321,
                            "serviceChargeAmount": "0.000009",
                            "amount": "0.0009",
                            "operateTime": AT,
                            "transferedAmount": "0.000441",
                            "fromAsset": "USDT",
                            "targetAsset": "BNB",
                        },
                        {
                            "transId": "4359322",
                            "serviceChargeAmount": 0,
                            "amount": 1,
                            "operateTime": str(AT),
                            "transferedAmount": 2,
                            "fromAsset": "LDO",
                            "targetAsset": "BNB",
                        },
                    ],
                }
            ],
        },
    ),
    "fiat payments": (
        Family(
            attribute(history_parse.fiat_payments, "rows"),
            part("data"),
            {
                "key": "orderNo",
                "currency": "fiatCurrency",
                "paid": "sourceAmount",
                "asset": "cryptoCurrency",
                "obtained": "obtainAmount",
                "fee": "totalFee",
                "price": "price",
                "status": "status",
                "method": "paymentMethod",
                "at_ms": "createTime",
            },
            (),
        ),
        {
            "code": "000000",
            "message": "success",
            "data": [
                {
                    "orderNo": "353fca443f06466db0c4dc89f94f027a",
                    "sourceAmount": "20.0",
                    "fiatCurrency": "EUR",
                    "obtainAmount": "4.462",
                    "cryptoCurrency": "LUNA",
                    "totalFee": "0.2",
                    "price": "4.437472",
                    "status": "Failed",
                    "paymentMethod": "Credit Card",
                    "createTime": AT,
                    "updateTime": AT,
                }
            ],
            "total": 1,
            "success": True,
        },
    ),
    "Pay": (
        Family(
            history_parse.pay_transactions,
            part("data"),
            {
                "key": "transactionId",
                "kind": "orderType",
                "asset": "currency",
                "amount": "amount",
                "at_ms": "transactionTime",
            },
            (),
        ),
        {
            "code": "000000",
            "message": "success",
            "data": [
                {
                    "orderType": "C2C",
                    "transactionId": "M_P_71505104267788288",
                    "transactionTime": AT,
                    "amount": "-23.72469206",
                    "currency": "BNB",
                    "fundsDetail": [{"currency": "USDT", "amount": "1.2"}, {"currency": "ETH", "amount": "0.0001"}],
                }
            ],
            "success": True,
        },
    ),
    "P2P": (
        Family(
            attribute(history_parse.p2p_orders, "rows"),
            part("data"),
            {
                "key": "orderNumber",
                "side": "tradeType",
                "asset": "asset",
                "amount": "amount",
                "currency": "fiat",
                "price": "unitPrice",
                "total": "totalPrice",
                "commission": "commission",
                "status": "orderStatus",
                "at_ms": "createTime",
            },
            (),
        ),
        {
            "code": "000000",
            "message": None,
            "data": [
                {
                    "orderNumber": "20219644646554779648",
                    "tradeType": "SELL",
                    "asset": "BUSD",
                    "fiat": "CNY",
                    "amount": "5000.00000000",
                    "totalPrice": "33400.00000000",
                    "unitPrice": "6.68",
                    "orderStatus": "COMPLETED",
                    "createTime": AT,
                    "commission": "0",
                }
            ],
            "total": 1,
            "success": True,
        },
    ),
    "redemptions": (
        Family(
            attribute(history_parse.redemptions, "rows"),
            part("rows"),
            {
                "key": "redeemId",
                "asset": "asset",
                "amount": "amount",
                "status": "status",
                "at_ms": "time",
                "position_id": "positionId",
            },
            (),
        ),
        {
            "rows": [
                {"redeemId": 40607, "asset": "BNB", "amount": "21312.23223", "status": "PAID", "time": AT,
                 "positionId": 123123}
            ],
            "total": 1,
        },
    ),
    "locked rewards": (
        Family(
            attribute(history_parse.locked_rewards, "rows"),
            part("rows"),
            {"asset": "asset", "amount": "amount", "at_ms": "time", "source": "positionId", "kind": "=LOCKED"},
            (),
        ),
        {"rows": [{"positionId": 123123, "time": AT, "asset": "BNB", "amount": "2.123"}], "total": 1},
    ),
    "margin interest": (
        Family(
            attribute(history_parse.margin_interest, "rows"),
            part("rows"),
            {
                "key": "txId",
                "asset": "asset",
                "interest": "interest",
                "principal": "principal",
                "rate": "interestRate",
                "kind": "type",
                "pair": "isolatedSymbol",
                "at_ms": "interestAccuredTime",
            },
            (),
        ),
        {
            "rows": [
                {"txId": 1352286576452864727, "interestAccuredTime": AT, "asset": "USDT", "principal": "45.3313",
                 "interest": "0.00024995", "interestRate": "0.00013233", "type": "ON_BORROW",
                 "isolatedSymbol": "BNBUSDT"}
            ],
            "total": 1,
        },
    ),
    "own sub-account transfers": (
        Family(
            history_parse.own_sub_account_transfers,
            whole,
            {
                "key": "tranId",
                "source": "counterParty",
                "target": "email",
                "asset": "asset",
                "amount": "qty",
                "status": "status",
                "at_ms": "time",
                "source_wallet": "fromAccountType",
                "target_wallet": "toAccountType",
                "towards": "=in",
            },
            (),
        ),
        [
            {"counterParty": "master", "email": "sub@example.com", "type": 1, "asset": "BTC", "qty": "1.50",
             "fromAccountType": "SPOT", "toAccountType": "SPOT", "status": "SUCCESS", "tranId": 11798835829, "time": AT}
        ],
    ),
    "wallet totals": (
        Family(
            wallets_parse.wallet_totals, whole, {"name": "walletName", "active": "activate", "worth": "balance"}, ()
        ),
        [
            {"activate": True, "balance": "0.50000000", "walletName": "Spot"},
            {"activate": False, "balance": "0", "walletName": "Cross Margin"},
        ],
    ),
    "asset indices": (
        Family(futures_parse.asset_indices, whole, {"symbol": "symbol", "index": "index", "at_ms": "time"}, ()),
        [{"symbol": "ADAUSD", "time": AT, "index": "1.92957370", "bidBuffer": "0.1"}],
    ),
    "commission": (
        Family(
            lambda answer: [orders_parse.commission(answer).standard],
            part("standardCommission"),
            {"maker": "maker", "taker": "taker", "buyer": "buyer", "seller": "seller"},
            (),
        ),
        {
            "symbol": "BTCUSDT",
            "standardCommission": {"maker": "0.00000010", "taker": "0.00000020", "buyer": "0.0", "seller": "0.1"},
            "specialCommission": {"maker": "0.01", "taker": "0.02", "buyer": "0.03", "seller": "0.04"},
            "taxCommission": {"maker": "0.1", "taker": "0.2", "buyer": "0.3", "seller": "0.4"},
            "discount": {
                "enabledForAccount": True,
                "enabledForSymbol": False,
                "discountAsset": "BNB",
                "discount": "0.75",
            },
        },
    ),
}  # fmt: skip
