"""`POST /sim/event`: everything that can happen to an account beside deposits, withdrawals, moves and trades."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator import movements
from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.control_fields import BadInput, Fields, amount
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.records import SPOT, WALLETS, Movement
from backend.exchange.simulator.settling import FIAT_STATUSES, STAKING_STATUSES
from backend.exchange.simulator.wire import plain

NOTHING: Final = Decimal(0)
Builder = Callable[[Account, int, Fields], list[Movement]]


class UnknownKey(Exception):
    """404: no account has this key."""


def account_of(exchange: Exchange, fields: Fields, name: str = "api_key") -> Account:
    """Raises UnknownKey when the field names no account."""
    account = exchange.account(fields.text(name))
    if account is None:
        raise UnknownKey(f"no account has this {name}")
    return account


class EventCall:
    """Reads the body of one event and commits it."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._builders: dict[str, Builder] = {
            movements.CONVERT: self._convert,
            movements.DUST: self._dust,
            movements.FIAT_DEPOSIT: self._fiat_order(movements.FIAT_DEPOSIT),
            movements.FIAT_WITHDRAW: self._fiat_order(movements.FIAT_WITHDRAW),
            movements.FIAT_BUY: self._fiat_payment(movements.FIAT_BUY),
            movements.FIAT_SELL: self._fiat_payment(movements.FIAT_SELL),
            movements.PAY: self._pay,
            movements.P2P: self._p2p,
            movements.BORROW: self._loan(movements.BORROW),
            movements.REPAY: self._loan(movements.REPAY),
            movements.INTEREST: self._loan(movements.INTEREST),
            movements.SUB_TRANSFER: self._sub_transfer,
            **{kind: self._staking(kind) for kind in movements.STAKING},
        }

    def __call__(self, fields: Fields) -> tuple[int, Any]:
        account = account_of(self._exchange, fields)
        builder = self._builders[fields.choice("kind", list(self._builders))]
        at = fields.past("at", self._exchange.clock.now())
        records = builder(account, at, fields)
        self._exchange.commit(records)
        return 201, {"id": records[0].id}

    def _convert(self, account: Account, at: int, fields: Fields) -> list[Movement]:
        source = fields.text("from_asset"), fields.decimal("from_amount")
        target = fields.text("to_asset")
        obtained = fields.decimal("to_amount") if fields.has("to_amount") else None
        fields.done()
        return [movements.convert(self._exchange, account, at, source, target, obtained)]

    def _staking(self, kind: str) -> Builder:
        def build(account: Account, at: int, fields: Fields) -> list[Movement]:
            given = fields.text("from_asset"), fields.decimal("from_amount")
            got = fields.text("to_asset"), fields.decimal("to_amount")
            status = "SUCCESS"
            if kind == movements.UNSTAKE:
                status = fields.choice("status", STAKING_STATUSES, status)
            fields.done()
            return [movements.staking(self._exchange, account, at, kind, given, got, status)]

        return build

    def _dust(self, account: Account, at: int, fields: Fields) -> list[Movement]:
        named = fields.take("assets")
        wallet = fields.choice("wallet", (SPOT, movements.MARGIN), SPOT)
        fields.done()
        if not isinstance(named, dict) or not named or movements.DUST_COIN in named:
            raise BadInput("assets must be an object of asset and quantity, and not name BNB")
        sums = {asset: amount(f"assets.{asset}", quantity) for asset, quantity in named.items()}
        return [movements.dust(self._exchange, account, at, sums, wallet)]

    def _fiat_order(self, kind: str) -> Builder:
        def build(account: Account, at: int, fields: Fields) -> list[Movement]:
            fiat = fields.text("fiat"), fields.decimal("amount")
            details = self._fiat_details(fields)
            times = at, fields.later("settled_s", at, self._exchange.clock.now())
            fields.done()
            return [movements.fiat_order(self._exchange, account, times, kind, fiat, details)]

        return build

    def _fiat_payment(self, kind: str) -> Builder:
        def build(account: Account, at: int, fields: Fields) -> list[Movement]:
            coin = fields.text("asset"), fields.decimal("amount")
            paid = {"fiat": fields.text("fiat"), "paid": plain(fields.decimal("paid"))}
            details = self._fiat_details(fields) | paid
            fields.done()
            return [movements.fiat_payment(self._exchange, account, at, kind, coin, details)]

        return build

    @staticmethod
    def _fiat_details(fields: Fields) -> dict[str, str]:
        return {
            "fee": plain(fields.decimal("fee", NOTHING, least=NOTHING)),
            "method": fields.text("method", "BankAccount"),
            "status": fields.choice("status", FIAT_STATUSES, FIAT_STATUSES[0]),
        }

    def _pay(self, account: Account, at: int, fields: Fields) -> list[Movement]:
        asset, quantity = fields.text("asset"), fields.decimal("amount")
        inward = fields.choice("direction", ("in", "out"), "in") == "in"
        fields.done()
        return [movements.pay(self._exchange, account, at, asset, quantity if inward else -quantity)]

    def _p2p(self, account: Account, at: int, fields: Fields) -> list[Movement]:
        side, coin = fields.choice("side", ("BUY", "SELL")), (fields.text("asset"), fields.decimal("amount"))
        price = fields.text("fiat"), fields.decimal("price")
        fields.done()
        return [movements.p2p(self._exchange, account, at, side, coin, price)]

    def _loan(self, kind: str) -> Builder:
        def build(account: Account, at: int, fields: Fields) -> list[Movement]:
            asset, quantity = fields.text("asset"), fields.decimal("amount")
            pair = fields.text("pair") if fields.has("pair") else ""
            fields.done()
            if pair and self._exchange.book.ever(pair) is None:
                raise BadInput(f"pair: no symbol {pair}")
            return [movements.loan(self._exchange, account, at, kind, asset, quantity, pair)]

        return build

    def _sub_transfer(self, account: Account, at: int, fields: Fields) -> list[Movement]:
        other = account_of(self._exchange, fields, "to_key")
        wallets = fields.choice("from_wallet", WALLETS, SPOT), fields.choice("to_wallet", WALLETS, SPOT)
        asset, quantity = fields.text("asset"), fields.decimal("amount")
        fields.done()
        return movements.sub_transfer(self._exchange, (account, other), wallets, at, asset, quantity)
