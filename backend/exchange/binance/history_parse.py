"""Answers about what happened: transfers, conversions, income, fiat, Pay, P2P, Earn records, margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from backend.core.model.amounts import plain
from backend.core.model.history import (
    ConvertTrade,
    Dividend,
    DustConversion,
    EarnRedemption,
    EarnReward,
    EarnSubscription,
    FiatOrder,
    FiatPayment,
    MarginInterest,
    MarginLoan,
    P2pOrder,
    Page,
    PayTransaction,
    StakingSwap,
    SubAccountTransfer,
    WalletTransfer,
)
from backend.exchange.binance.fields import (
    Row,
    amount,
    body,
    flag,
    identity,
    instant,
    mapping,
    moment,
    note,
    optional,
    rows,
    side,
    signed,
    text,
    unexpected,
    whole,
)

Value = TypeVar("Value")
DUST_TARGET = "BNB"


def wallet_transfers(answer: object) -> Page[WalletTransfer]:
    """GET /sapi/v1/asset/transfer, of one direction."""
    return _page(
        answer,
        "rows",
        lambda row: WalletTransfer(
            direction=text(row, "type"),
            transaction_id=identity(row, "tranId"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            status=text(row, "status"),
            at_ms=instant(row, "timestamp"),
        ),
    )


def universal_transfers(answer: object) -> Page[SubAccountTransfer]:
    """GET /sapi/v1/sub-account/universalTransfer: the master's view."""
    return _page(
        answer,
        "result",
        lambda row: SubAccountTransfer(
            key=identity(row, "tranId"),
            source=note(row, "fromEmail"),
            target=note(row, "toEmail"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            status=text(row, "status"),
            at_ms=instant(row, "createTimeStamp"),
            source_wallet=optional(text, row, "fromAccountType"),
            target_wallet=optional(text, row, "toAccountType"),
        ),
        total="totalCount",
    )


def sub_account_transfers(answer: object) -> Sequence[SubAccountTransfer]:
    """GET /sapi/v1/sub-account/sub/transfer/history: the master's view of spot moves."""
    return [
        SubAccountTransfer(
            key=identity(row, "tranId"),
            source=text(row, "from"),
            target=text(row, "to"),
            asset=text(row, "asset"),
            amount=amount(row, "qty"),
            status=text(row, "status"),
            at_ms=instant(row, "time"),
        )
        for row in rows(body(answer))
    ]


def own_sub_account_transfers(answer: object) -> Sequence[SubAccountTransfer]:
    """GET /sapi/v1/sub-account/transfer/subUserHistory: a sub-account's own view, with the other side's name."""
    found = []
    for row in rows(body(answer)):
        towards = _towards(row)
        own, other = note(row, "email"), note(row, "counterParty")
        found.append(
            SubAccountTransfer(
                key=identity(row, "tranId"),
                source=other if towards == "in" else own,
                target=own if towards == "in" else other,
                asset=text(row, "asset"),
                amount=amount(row, "qty"),
                status=text(row, "status"),
                at_ms=instant(row, "time"),
                source_wallet=optional(text, row, "fromAccountType"),
                target_wallet=optional(text, row, "toAccountType"),
                towards=towards,
            )
        )
    return found


def conversions(answer: object) -> Page[ConvertTrade]:
    """GET /sapi/v1/convert/tradeFlow."""
    page = mapping(body(answer))
    found = [
        ConvertTrade(
            key=identity(row, "orderId"),
            quote_id=note(row, "quoteId"),
            status=text(row, "orderStatus"),
            from_asset=text(row, "fromAsset"),
            from_amount=amount(row, "fromAmount"),
            to_asset=text(row, "toAsset"),
            to_amount=amount(row, "toAmount"),
            at_ms=instant(row, "createTime"),
        )
        for row in rows(page.get("list"))
    ]
    return Page(found, more=flag(page, "moreData"))


def dust(answer: object) -> Page[DustConversion]:
    """GET /sapi/v1/asset/dribblet: every converted asset is a row of its own."""
    page = mapping(body(answer))
    found: list[DustConversion] = []
    for group in rows(page.get("userAssetDribblets")):
        for row in rows(group.get("userAssetDribbletDetails")):
            asset = text(row, "fromAsset")
            found.append(
                DustConversion(
                    key=f"{identity(row, 'transId')}:{asset}",
                    from_asset=asset,
                    from_amount=amount(row, "amount"),
                    to_asset=optional(text, row, "targetAsset") or DUST_TARGET,
                    received=amount(row, "transferedAmount"),
                    fee=amount(row, "serviceChargeAmount"),
                    at_ms=instant(row, "operateTime"),
                )
            )
    return Page(found, total=whole(page, "total"))


def dividends(answer: object) -> Page[Dividend]:
    """GET /sapi/v1/asset/assetDividend."""
    return _page(
        answer,
        "rows",
        lambda row: Dividend(
            key=identity(row, "id"),
            transaction_id=identity(row, "tranId"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            direction=optional(whole, row, "direction"),
            at_ms=instant(row, "divTime"),
            note=note(row, "enInfo"),
        ),
    )


def fiat_orders(answer: object) -> Page[FiatOrder]:
    """GET /sapi/v1/fiat/orders."""
    return _page(
        answer,
        "data",
        lambda row: FiatOrder(
            key=identity(row, "orderNo"),
            currency=text(row, "fiatCurrency"),
            indicated=amount(row, "indicatedAmount"),
            amount=amount(row, "amount"),
            fee=amount(row, "totalFee"),
            method=note(row, "method"),
            status=text(row, "status"),
            at_ms=instant(row, "createTime"),
            updated_ms=moment(row, "updateTime"),
        ),
    )


def fiat_payments(answer: object) -> Page[FiatPayment]:
    """GET /sapi/v1/fiat/payments."""
    return _page(
        answer,
        "data",
        lambda row: FiatPayment(
            key=identity(row, "orderNo"),
            currency=text(row, "fiatCurrency"),
            paid=amount(row, "sourceAmount"),
            asset=text(row, "cryptoCurrency"),
            obtained=amount(row, "obtainAmount"),
            fee=amount(row, "totalFee"),
            price=amount(row, "price"),
            status=text(row, "status"),
            method=note(row, "paymentMethod"),
            at_ms=instant(row, "createTime"),
        ),
    )


def pay_transactions(answer: object) -> Sequence[PayTransaction]:
    """GET /sapi/v1/pay/transactions."""
    return [
        PayTransaction(
            key=identity(row, "transactionId"),
            kind=text(row, "orderType"),
            asset=text(row, "currency"),
            amount=signed(row, "amount"),
            parts=tuple((text(part, "currency"), signed(part, "amount")) for part in _parts(row)),
            at_ms=instant(row, "transactionTime"),
        )
        for row in rows(mapping(body(answer)).get("data"))
    ]


def p2p_orders(answer: object) -> Page[P2pOrder]:
    """GET /sapi/v1/c2c/orderMatch/listUserOrderHistory."""
    return _page(
        answer,
        "data",
        lambda row: P2pOrder(
            key=identity(row, "orderNumber"),
            side=side(row, "tradeType"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            currency=text(row, "fiat"),
            price=amount(row, "unitPrice"),
            total=amount(row, "totalPrice"),
            commission=amount(row, "commission"),
            status=text(row, "orderStatus"),
            at_ms=instant(row, "createTime"),
        ),
    )


def flexible_subscriptions(answer: object) -> Page[EarnSubscription]:
    """GET /sapi/v1/simple-earn/flexible/history/subscriptionRecord."""
    return _page(answer, "rows", lambda row: _subscription(row, "productId"))


def locked_subscriptions(answer: object) -> Page[EarnSubscription]:
    """GET /sapi/v1/simple-earn/locked/history/subscriptionRecord."""
    return _page(answer, "rows", lambda row: _subscription(row, "projectId"))


def redemptions(answer: object) -> Page[EarnRedemption]:
    """GET /sapi/v1/simple-earn/{flexible,locked}/history/redemptionRecord."""
    return _page(
        answer,
        "rows",
        lambda row: EarnRedemption(
            key=identity(row, "redeemId"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            status=text(row, "status"),
            at_ms=instant(row, "time"),
            position_id=optional(identity, row, "positionId"),
            target=note(row, "destAccount") or note(row, "type"),
        ),
    )


def flexible_rewards(answer: object) -> Page[EarnReward]:
    """GET /sapi/v1/simple-earn/flexible/history/rewardsRecord."""
    return _page(answer, "rows", lambda row: _reward(row, "rewards", text(row, "type"), text(row, "projectId")))


def locked_rewards(answer: object) -> Page[EarnReward]:
    """GET /sapi/v1/simple-earn/locked/history/rewardsRecord."""
    return _page(answer, "rows", lambda row: _reward(row, "amount", "LOCKED", identity(row, "positionId")))


def stakings(answer: object) -> Page[StakingSwap]:
    """GET /sapi/v1/{eth-staking/eth,sol-staking/sol}/history/{stakingHistory,redemptionHistory}."""
    return _page(answer, "rows", lambda row: _staked(row, ("asset", "amount"), ("distributeAsset", "distributeAmount")))


def wraps(answer: object) -> Page[StakingSwap]:
    """GET /sapi/v1/eth-staking/wbeth/history/{wrapHistory,unwrapHistory}."""
    return _page(answer, "rows", lambda row: _staked(row, ("fromAsset", "fromAmount"), ("toAsset", "toAmount")))


def margin_interest(answer: object) -> Page[MarginInterest]:
    """GET /sapi/v1/margin/interestHistory."""
    return _page(answer, "rows", _interest)


def margin_loans(answer: object) -> Page[MarginLoan]:
    """GET /sapi/v1/margin/borrow-repay."""
    return _page(
        answer,
        "rows",
        lambda row: MarginLoan(
            key=identity(row, "txId"),
            asset=text(row, "asset"),
            amount=amount(row, "amount"),
            principal=amount(row, "principal"),
            interest=amount(row, "interest"),
            status=text(row, "status"),
            pair=optional(text, row, "isolatedSymbol"),
            at_ms=instant(row, "timestamp"),
        ),
    )


def transaction_id(answer: object) -> str:
    """The id in the answer to a transfer, a loan or a repayment that was asked for."""
    return identity(mapping(body(answer)), "tranId")


def _page(answer: object, name: str, read: Callable[[Row], Value], total: str = "total") -> Page[Value]:
    page = mapping(body(answer))
    return Page([read(row) for row in rows(page.get(name))], total=optional(whole, page, total))


def _towards(row: Row) -> Literal["in", "out"]:
    kind = whole(row, "type")
    if kind not in (1, 2):
        raise unexpected("a transfer without a direction")
    return "in" if kind == 1 else "out"


def _parts(row: Row) -> Sequence[Row]:
    listed: Any = row.get("fundsDetail")
    return () if listed is None else rows(listed)


def _subscription(row: Row, product: str) -> EarnSubscription:
    spot, funding = optional(amount, row, "amtFromSpot"), optional(amount, row, "amtFromFunding")
    return EarnSubscription(
        key=identity(row, "purchaseId"),
        product_id=text(row, product),
        asset=text(row, "asset"),
        amount=amount(row, "amount"),
        status=text(row, "status"),
        at_ms=instant(row, "time"),
        position_id=optional(identity, row, "positionId"),
        paid=None if spot is None or funding is None else (spot, funding),
    )


def _reward(row: Row, name: str, kind: str, source: str) -> EarnReward:
    return EarnReward(text(row, "asset"), amount(row, name), kind, instant(row, "time"), source)


def _staked(row: Row, given: tuple[str, str], got: tuple[str, str]) -> StakingSwap:
    return StakingSwap(
        given_asset=text(row, given[0]),
        given=amount(row, given[1]),
        got_asset=text(row, got[0]),
        got=amount(row, got[1]),
        status=text(row, "status"),
        at_ms=instant(row, "time"),
        arrived_ms=moment(row, "arrivalTime"),
    )


def _interest(row: Row) -> MarginInterest:
    asset, interest, at_ms = text(row, "asset"), amount(row, "interest"), instant(row, "interestAccuredTime")
    pair, kind = optional(text, row, "isolatedSymbol"), text(row, "type")
    # Old rows have no id of their own.
    key = optional(identity, row, "txId") or ":".join((pair or "", asset, kind, str(at_ms), plain(interest)))
    return MarginInterest(
        key=key,
        asset=asset,
        interest=interest,
        principal=amount(row, "principal"),
        rate=signed(row, "interestRate"),
        kind=kind,
        pair=pair,
        at_ms=at_ms,
    )
