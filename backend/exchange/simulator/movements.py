"""What else control can make happen: converts, dust, fiat, Pay, P2P, margin loans, moves between accounts.

Each builder describes a movement; the caller commits it. All raise Impossible when a balance would become negative.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from backend.exchange.simulator.accounts import ZERO, Account
from backend.exchange.simulator.exchange import Exchange, Impossible, hex_id
from backend.exchange.simulator.records import (
    ISOLATED_BORROWED,
    ISOLATED_INTEREST,
    MARGIN_BORROWED,
    MARGIN_INTEREST,
    SPOT,
    Leg,
    Movement,
)
from backend.exchange.simulator.wire import cut, plain

CONVERT, DUST, PAY, P2P = "convert", "dust", "pay", "p2p"
FIAT_DEPOSIT, FIAT_WITHDRAW, FIAT_BUY, FIAT_SELL = "fiat_deposit", "fiat_withdraw", "fiat_buy", "fiat_sell"
BORROW, REPAY, INTEREST, SUB_TRANSFER = "borrow", "repay", "interest", "sub_transfer"
RENAME: Final = "rename"
STAKE, UNSTAKE, WRAP, UNWRAP = "stake", "unstake", "wrap", "unwrap"
STAKING: Final = (STAKE, UNSTAKE, WRAP, UNWRAP)
FUNDING: Final = "funding"
MARGIN: Final = "margin"
# Where coins of a loan go, and the wallets that count what is owed and what is charged.
CROSS_LOANS: Final = (MARGIN, MARGIN_BORROWED, MARGIN_INTEREST)
ISOLATED_LOANS: Final = ("isolated_margin", ISOLATED_BORROWED, ISOLATED_INTEREST)
DUST_COIN: Final = "BNB"
DUST_FEE: Final = Decimal("0.02")
Details = dict[str, str]
CASH_BALANCE: Final = "Cash Balance"
DONE_FIAT: Final = ("Successful", "Completed")


def movement(
    exchange: Exchange, account: Account, at: int, kind: str, legs: tuple[Leg, ...], details: dict[str, str]
) -> Movement:
    """Describe a movement with a fresh id that no balance forbids."""
    record = Movement(account.opened.api_key, str(exchange.new_id(at)), at, kind, legs, details)
    exchange.refuse_if_short(account, record)
    return record


def _value(exchange: Exchange, asset: str, amount: Decimal, target: str, at: int) -> Decimal:
    price = exchange.price_in(asset, target, at)
    if not price:
        raise Impossible(f"{asset} has no price in {target} at that instant")
    return cut(amount * price)


def convert(
    exchange: Exchange,
    account: Account,
    at: int,
    source: tuple[str, Decimal],
    target: str,
    obtained: Decimal | None,
) -> Movement:
    """A convert at the market price, or for the amount given."""
    asset, amount = source
    if asset == target:
        raise Impossible("from_asset and to_asset are the same")
    got = obtained if obtained is not None else _value(exchange, asset, amount, target, at)
    legs = (Leg(SPOT, asset, -amount), Leg(SPOT, target, got))
    return movement(exchange, account, at, CONVERT, legs, {"quote_id": hex_id(account.opened.api_key, at, asset)})


def staking(
    exchange: Exchange,
    account: Account,
    at: int,
    kind: str,
    given: tuple[str, Decimal],
    got: tuple[str, Decimal],
    status: str,
) -> Movement:
    """A coin for the token that stands for it, or back. While a redemption is PENDING its tokens have left alone."""
    details = {"from": given[0], "given": plain(given[1]), "to": got[0], "got": plain(got[1]), "status": status}
    return movement(exchange, account, at, kind, staking_legs(details), details | {"updated": str(at)})


def staking_legs(details: Details) -> tuple[Leg, ...]:
    out = Leg(SPOT, details["from"], -Decimal(details["given"]))
    into = Leg(SPOT, details["to"], Decimal(details["got"]))
    return {"PENDING": (out,), "FAILED": ()}.get(details["status"], (out, into))


def dust(exchange: Exchange, account: Account, at: int, assets: Mapping[str, Decimal], wallet: str = SPOT) -> Movement:
    """Small balances turned into BNB; 2 % of the BNB is the service charge."""
    legs: list[Leg] = []
    details: dict[str, str] = {}
    for asset, amount in assets.items():
        whole = _value(exchange, asset, amount, DUST_COIN, at)
        charge = cut(whole * DUST_FEE)
        details[asset] = f"{plain(whole - charge)} {plain(charge)}"
        legs += [Leg(wallet, asset, -amount), Leg(wallet, DUST_COIN, whole - charge)]
    return movement(exchange, account, at, DUST, tuple(legs), details)


def fiat_order(
    exchange: Exchange, account: Account, times: tuple[int, int], kind: str, fiat: tuple[str, Decimal], details: Details
) -> Movement:
    """Money from or to a bank; `details` has fee, method and status. The fee comes on top of what is credited.

    `times`: when it was asked for, and when the bank was done: only then is a deposit credited, while a withdrawal
    leaves the account at once.
    """
    currency, amount = fiat
    asked, settled = times
    more = {"fiat": currency, "amount": plain(amount), "created": str(asked), "updated": str(settled)}
    legs = fiat_legs(kind, details | more) if details["status"] in DONE_FIAT else ()
    return movement(exchange, account, settled if kind == FIAT_DEPOSIT else asked, kind, legs, details | more)


def fiat_legs(kind: str, details: Details) -> tuple[Leg, ...]:
    """What a bank's order moves once it is done."""
    amount, fee = Decimal(details["amount"]), Decimal(details["fee"])
    return (Leg(SPOT, details["fiat"], amount if kind == FIAT_DEPOSIT else -(amount + fee)),)


def fiat_payment(
    exchange: Exchange, account: Account, at: int, kind: str, coin: tuple[str, Decimal], details: dict[str, str]
) -> Movement:
    """A coin bought or sold against a card, whose fiat never is a balance, or against the account's own cash balance.

    `details` has fiat, paid, fee, method and status.
    """
    asset, amount = coin
    sign = 1 if kind == FIAT_BUY else -1
    legs = [Leg(SPOT, asset, sign * amount)]
    if details["method"] == CASH_BALANCE:
        legs.append(Leg(SPOT, details["fiat"], -sign * Decimal(details["paid"])))
    if details["status"] not in DONE_FIAT:
        legs = []
    details = details | {"asset": asset, "amount": plain(amount)}
    return movement(exchange, account, at, kind, tuple(legs), details)


def pay(exchange: Exchange, account: Account, at: int, asset: str, amount: Decimal) -> Movement:
    """Money from or (negative) to another user, by Pay."""
    return movement(exchange, account, at, PAY, (Leg(FUNDING, asset, amount),), {})


def p2p(
    exchange: Exchange, account: Account, at: int, side: str, coin: tuple[str, Decimal], price: tuple[str, Decimal]
) -> Movement:
    """A coin bought from or sold to a person; the fiat moves outside."""
    asset, amount = coin
    leg = Leg(FUNDING, asset, amount if side == "BUY" else -amount)
    return movement(exchange, account, at, P2P, (leg,), {"side": side, "fiat": price[0], "price": plain(price[1])})


def loan(
    exchange: Exchange, account: Account, at: int, kind: str, asset: str, amount: Decimal, pair: str = ""
) -> Movement:
    """Borrow on cross margin or in an isolated pair, accrue interest, or pay back: interest first, then the loan."""
    wallet, owed_in, charged_in = ISOLATED_LOANS if pair else CROSS_LOANS
    named = {"pair": pair} if pair else {}
    if kind == INTEREST:
        owed = {"principal": plain(account.balance(asset, owed_in))}
        return movement(exchange, account, at, kind, (Leg(charged_in, asset, amount),), owed | named)
    if kind == BORROW:
        both = (Leg(wallet, asset, amount), Leg(owed_in, asset, amount))
        return movement(exchange, account, at, kind, both, {"interest": "0", "principal": plain(amount)} | named)
    interest = min(amount, account.balance(asset, charged_in))
    parts = ((wallet, amount), (charged_in, interest), (owed_in, amount - interest))
    legs = tuple(Leg(place, asset, -part) for place, part in parts if part > ZERO)
    details = {"interest": plain(interest), "principal": plain(amount - interest)}
    return movement(exchange, account, at, kind, legs, details | named)


def renamed(exchange: Exchange, account: Account, at: int, names: tuple[str, str], taken: list[int]) -> Movement | None:
    """Every balance of a coin under its new name; None when the account holds none. `taken` gains the id used."""
    old, new = names
    held = [(wallet, position.balance) for (wallet, asset), position in account.positions.items() if asset == old]
    legs = [leg for wallet, amount in held if amount for leg in (Leg(wallet, old, -amount), Leg(wallet, new, amount))]
    if not legs:
        return None
    number = exchange.new_id(at, taken)
    taken.append(number)
    return Movement(account.opened.api_key, str(number), at, RENAME, tuple(legs), {"old": old, "new": new})


def sub_transfer(
    exchange: Exchange,
    ends: tuple[Account, Account],
    wallets: tuple[str, str],
    at: int,
    asset: str,
    amount: Decimal,
) -> list[Movement]:
    """A move between two accounts of one owner: one movement in each, with the same id."""
    source, target = ends
    related = target.opened.api_key == source.opened.master or source.opened.api_key == target.opened.master
    siblings = source.opened.master and source.opened.master == target.opened.master
    if source is target or not (related or siblings):
        raise Impossible("the two accounts are not a master and its sub-account, nor two of its sub-accounts")
    details = {
        "from": source.opened.email,
        "to": target.opened.email,
        "from_wallet": wallets[0],
        "to_wallet": wallets[1],
        "asset": asset,
        "amount": plain(amount),
    }
    out = movement(exchange, source, at, SUB_TRANSFER, (Leg(wallets[0], asset, -amount),), details)
    into = Movement(target.opened.api_key, out.id, at, SUB_TRANSFER, (Leg(wallets[1], asset, amount),), details)
    return [out, into]
