"""What the operations of a transaction history are. An operation that is not listed is reported, never guessed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Class(StrEnum):
    """What a row of an operation does to the account as a whole."""

    FLOW = "flow"
    # A flow, or one coin for another where it was paid with money that the account held.
    PURCHASE = "purchase"
    # Money of a card that a purchase beside it was paid with.
    PAYMENT = "payment"
    TRADE = "trade"
    TRADE_FEE = "trade_fee"
    CONVERT = "convert"
    DUST = "dust"
    TOKEN_SWAP = "token_swap"
    STAKING_SWAP = "staking_swap"
    OWN_MOVE = "own_move"
    INCOME = "income"
    FUTURES_RESULT = "futures_result"
    FUNDING = "funding"
    FUTURES_FEE = "futures_fee"
    LOAN = "loan"
    WRITE_OFF = "write_off"


# Rows of these make one event with those of the same instant.
SWAPS: Final = frozenset(
    {Class.TRADE, Class.TRADE_FEE, Class.CONVERT, Class.DUST, Class.TOKEN_SWAP, Class.STAKING_SWAP}
)

_LISTED: Final[dict[Class, tuple[str, ...]]] = {
    Class.FLOW: (
        *("deposit", "withdraw", "send", "fiat deposit", "fiat withdraw", "fiat withdrawal", "binance card spending"),
        *("p2p trading", "c2c transfer", "binance pay", "crypto box", "buy crypto with card"),
        # A flow as long as nothing says that the sub-account is one of the user's accounts here.
        "transfer between main account and sub-account",
    ),
    Class.PURCHASE: ("buy crypto", "buy crypto with fiat"),
    Class.PAYMENT: ("fiat ocbs - add fiat and fees",),
    Class.TRADE: (
        *("buy", "sell", "transaction related", "transaction buy", "transaction spend", "transaction sold"),
        *("transaction revenue", "large otc trading"),
    ),
    Class.TRADE_FEE: ("fee", "transaction fee", "bnb fee deduction"),
    Class.CONVERT: ("binance convert", "stablecoins auto-conversion"),
    Class.DUST: ("small assets exchange bnb",),
    Class.TOKEN_SWAP: ("token swap - distribution", "token swap - redenomination/rebranding"),
    Class.STAKING_SWAP: ("eth 2.0 staking", "wbeth2.0 - staking"),
    Class.OWN_MOVE: (
        *("transfer between main and funding wallet", "transfer between spot account and um futures account"),
        *("transfer between spot account and cm futures account",),
        *(
            "transfer between main account/futures and margin account",
            "transfer between main account and mining account",
        ),
        *("transfer between spot and strategy account", "asset - transfer"),
        *("pos savings purchase", "pos savings redemption", "savings purchase", "savings principal redemption"),
        *("staking purchase", "staking redemption", "simple earn flexible subscription"),
        *("simple earn flexible redemption", "simple earn locked subscription", "simple earn locked redemption"),
        "launchpool subscription/redemption",
    ),
    Class.INCOME: (
        *("pos savings interest", "savings interest", "savings distribution", "staking rewards"),
        *("eth 2.0 staking rewards", "simple earn flexible interest", "simple earn flexible airdrop"),
        *("simple earn locked rewards", "bnb vault rewards", "launchpool interest", "launchpool airdrop"),
        "launchpool airdrop - user claim distribution",
        *("hodler airdrops distribution", "megadrop rewards", "distribution", "airdrop assets"),
        *("cash voucher distribution", "cashback voucher", "mission reward distribution", "commission rebate"),
        *("commission history", "commission fee shared with you", "referral commission", "referral kickback"),
        "referrer rebates",
    ),
    Class.FUTURES_RESULT: ("realize profit and loss", "realized profit and loss"),
    Class.FUNDING: ("funding fee",),
    Class.FUTURES_FEE: ("insurance fund compensation",),
    Class.LOAN: (
        *("margin loan", "margin repayment", "isolated margin loan", "isolated margin repayment"),
        *("isolatedmargin loan", "isolatedmargin repayment"),
    ),
    Class.WRITE_OFF: ("asset recovery", "leveraged coin consolidation"),
}
_CLASSES: Final = {name: which for which, names in _LISTED.items() for name in names}


def class_of(operation: str, account: str) -> Class | None:
    """The class of an operation in an account (`Spot`, `USD-M Futures` ...), whatever its case; None: unknown."""
    found = _CLASSES.get(" ".join(operation.lower().split()))
    # A fee of a contract is told by a line of its own, not as a leg of a trade.
    return Class.FUTURES_FEE if found is Class.TRADE_FEE and "futures" in account.lower() else found
