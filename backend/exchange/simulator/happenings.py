"""What control can make happen on an account: deposits, withdrawals, rewards, trades made by hand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Exchange, Impossible, OrderRequest, hex_id
from backend.exchange.simulator.futures_desk import MARKETS, settle
from backend.exchange.simulator.matching import Refused, Wanted
from backend.exchange.simulator.records import SPOT, Deposit, Order, Reward, Transfer, Withdrawal
from backend.exchange.simulator.wire import plain

# A move between two users of the exchange goes over no network.
INTERNAL: Final = "INTERNAL"
NETWORKS: Final = {"BTC": "BTC", "ETH": "ETH", "BNB": "BSC", "SOL": "SOL", "XRP": "XRP", "ADA": "ADA", "DOGE": "DOGE"}


def network_of(asset: str) -> str:
    return NETWORKS.get(asset, "ETH")


def deposit(
    exchange: Exchange,
    account: Account,
    at: int,
    asset: str,
    amount: Decimal,
    *,
    network: str = "",
    status: int = 1,
    wallet: str = SPOT,
    taken: Sequence[int] = (),
    seen_at: int = 0,
    tx_id: str = "",
) -> Deposit:
    """Describe a deposit; the caller commits it. `taken` are ids of the same step, not committed yet.

    `at`: when it is credited; `seen_at`: when it was listed before that. `tx_id`: that of the withdrawal it comes from.
    """
    number = exchange.new_id(at, taken)
    key = account.opened.api_key
    return Deposit(
        account=key,
        id=str(number),
        at=at,
        wallet=wallet,
        asset=asset,
        amount=amount,
        network=network or network_of(asset),
        status=status,
        address="0x" + hex_id(key, asset, "address", digits=40),
        tx_id=tx_id
        or (f"Internal transfer {number}" if network == INTERNAL else "0x" + hex_id(key, number, "in", digits=64)),
        seen_at=seen_at,
    )


def withdrawal(
    exchange: Exchange,
    account: Account,
    at: int,
    asset: str,
    amount: Decimal,
    fee: Decimal,
    *,
    network: str = "",
    status: int = 6,
) -> Withdrawal:
    """Describe a withdrawal; the caller commits it.

    Raises:
        Impossible: the account does not hold amount + fee from that instant on.
    """
    key = account.opened.api_key
    number = f"{at}-{len(account.withdrawals)}"
    record = Withdrawal(
        account=key,
        id=hex_id(key, number, asset, amount),
        at=at,
        asset=asset,
        amount=amount,
        fee=fee,
        network=network or network_of(asset),
        status=status,
        address="0x" + hex_id(key, asset, "outside", digits=40),
        tx_id=f"Internal transfer {at}" if network == INTERNAL else "0x" + hex_id(key, number, "out", digits=64),
    )
    exchange.refuse_if_short(account, record)
    return record


def reward(
    exchange: Exchange, account: Account, at: int, asset: str, amount: Decimal, kind: str, wallet: str = SPOT
) -> Reward:
    """Describe income that is no deposit; the caller commits it."""
    return Reward(account.opened.api_key, str(exchange.new_id(at)), at, asset, amount, kind, wallet)


def transfer(
    exchange: Exchange, account: Account, at: int, source: str, target: str, asset: str, amount: Decimal
) -> Transfer:
    """Describe a move between own wallets; the caller commits it. Raises Impossible when `source` holds too little."""
    if source == target:
        raise Impossible("from and to are the same wallet")
    if {source, target} & set(MARKETS):
        settle(exchange, account, at)  # what may leave a futures wallet is what funding has left of it
    record = Transfer(account.opened.api_key, str(exchange.new_id(at)), at, source, target, asset, amount)
    exchange.refuse_if_short(account, record)
    return record


def trade(exchange: Exchange, account: Account, at: int, symbol: str, wanted: Wanted) -> Order:
    """Match a trade made by hand, at the price of its instant; the caller commits it.

    Raises:
        Impossible: unknown symbol, no price then, a filter, or too little balance from then on.
    """
    try:
        order = exchange.market_order(OrderRequest(account, symbol, wanted, None, at, exchange.clock.now()))
    except Refused as refusal:
        asked = wanted.quantity if wanted.quantity is not None else wanted.quote_quantity
        what = f"{wanted.side} {plain(asked)} {symbol}" if asked is not None else symbol
        raise Impossible(f"{what}: {refusal.text}") from refusal
    exchange.refuse_if_short(account, order)
    return order
