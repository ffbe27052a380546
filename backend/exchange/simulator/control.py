"""The /sim calls: what tests, the demo and rehearsals make happen. Loopback only; JSON in and out."""

import ipaddress
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from backend.exchange.simulator import futures_desk, happenings, margin_desk, settling
from backend.exchange.simulator.accounts import PERMISSIONS, Account
from backend.exchange.simulator.control_answers import contract_fill_row, fill_row, margin_fill_row
from backend.exchange.simulator.control_events import EventCall, UnknownKey, account_of
from backend.exchange.simulator.control_fields import BadInput, Fields, amount
from backend.exchange.simulator.control_market import MarketCalls
from backend.exchange.simulator.exchange import Impossible
from backend.exchange.simulator.faults import KINDS, STREAM_KINDS, FaultPlan
from backend.exchange.simulator.futures_desk import MARKETS
from backend.exchange.simulator.history import COINS, DOLLAR, OTHER_KINDS, Past, Wish
from backend.exchange.simulator.limits import LONGEST_BAN_S
from backend.exchange.simulator.matching import Wanted
from backend.exchange.simulator.messages import Answer, Request, dumps, form_pairs
from backend.exchange.simulator.records import (
    SPOT,
    WALLETS,
    AccountOpened,
    Record,
    RightsSet,
)
from backend.exchange.simulator.settling import DEPOSIT_STATUSES, WITHDRAWAL_STATUSES
from backend.exchange.simulator.signing import VERIFIERS, is_public_key
from backend.exchange.simulator.streams.server import StreamHub
from backend.exchange.simulator.streams.session import Parts
from backend.exchange.simulator.wire import iso, listed, plain

JSON: Final = "application/json"
KEY_LENGTH: Final = (1, 128)
FIRST_UID: Final = 350_000_001
LONGEST_PAST_DAYS: Final = 3660


class Control:
    """Answers control calls."""

    def __init__(self, parts: Parts, streams: StreamHub) -> None:
        exchange, resting = parts.exchange, parts.resting
        self._exchange, self._faults, self._limits, self._resting = exchange, parts.faults, parts.limits, resting
        self._streams = streams
        self._calls: dict[str, Callable[[Fields], tuple[int, Any]]] = {
            "POST /sim/accounts": self._open_account,
            "POST /sim/rights": self._rights,
            "POST /sim/ban": self._ban,
            "POST /sim/deposit": self._deposit,
            "POST /sim/withdraw": self._withdraw,
            "POST /sim/settle": self._settle,
            "POST /sim/transfer": self._transfer,
            "POST /sim/trade": self._trade,
            "POST /sim/reward": self._reward,
            "POST /sim/event": EventCall(exchange),
            "POST /sim/history": self._history,
            "GET /sim/streams": self._show_streams,
            "POST /sim/streams": self._shut_streams,
            "POST /sim/faults": self._start_faults,
            "DELETE /sim/faults": self._stop_faults,
            "GET /sim/ledger": self._ledger,
            "GET /sim/orders": self._orders,
            "GET /sim/requests": self._requests,
        }
        self._calls |= MarketCalls(exchange, resting).calls

    def answer(self, request: Request) -> Answer:
        if not ipaddress.ip_address(request.ip).is_loopback:
            return _answer(403, {"error": "control is for loopback only"})
        call = self._calls.get(request.label)
        if call is None:
            return _answer(404, {"error": f"no control call {request.label}"})
        try:
            fields = Fields(_content(request))
            with self._exchange.lock:
                status, body = call(fields)
        except (BadInput, Impossible) as problem:
            return _answer(400, {"error": str(problem)})
        except UnknownKey as problem:
            return _answer(404, {"error": str(problem)})
        return _answer(status, body)

    def _account(self, fields: Fields) -> Account:
        return account_of(self._exchange, fields)

    # -- accounts and what happens on them ----------------------------------------------------------------------

    def _open_account(self, fields: Fields) -> tuple[int, Any]:
        name, key, secret = fields.text("name"), fields.text("api_key"), fields.text("api_secret")
        if len(key) > KEY_LENGTH[1]:
            raise BadInput(f"api_key must have {KEY_LENGTH[0]} to {KEY_LENGTH[1]} characters")
        if self._exchange.account(key) is not None:
            raise BadInput("an account with this api_key exists already")
        balances = fields.take("balances")
        permissions = fields.flags("permissions", list(PERMISSIONS))
        key_type = fields.choice("key_type", list(VERIFIERS), "HMAC")
        if not is_public_key(key_type, secret):
            raise BadInput(f"api_secret must be a public key in PEM for {key_type}")
        ips = ",".join(fields.texts("trusted_ips") or [])
        created_at = fields.past("created_at", self._exchange.clock.now())
        master = account_of(self._exchange, fields, "master").opened.api_key if fields.has("master") else ""
        email = fields.text("email", f"{name}@example.test")
        fields.done()
        rights = PERMISSIONS | permissions
        uid = FIRST_UID + len(self._exchange.accounts)
        opened = AccountOpened(name, key, secret, key_type, uid, created_at, rights, email, master, ips)
        records: list[Record] = [opened]
        taken: list[int] = []
        for wallet, asset, quantity in _opening(balances):
            first = happenings.deposit(
                self._exchange, Account(opened), created_at, asset, quantity, wallet=wallet, taken=taken
            )
            taken.append(int(first.id))
            records.append(first)
        self._exchange.commit(records)
        return 201, {"name": name, "uid": uid, "created_at": iso(created_at)}

    def _rights(self, fields: Fields) -> tuple[int, Any]:
        """Give or take rights of a key; what is not named stays as it is."""
        account = self._account(fields)
        permissions = account.opened.permissions | fields.flags("permissions", list(PERMISSIONS))
        ips = ",".join(fields.texts("trusted_ips") or [account.opened.trusted_ips])
        revoked = fields.flag("revoked", default=account.revoked)
        fields.done()
        key, now = account.opened.api_key, self._exchange.clock.now()
        self._exchange.commit([RightsSet(now, key, permissions, ips, revoked)])
        return 200, {"permissions": permissions, "trusted_ips": ips.split(",") if ips else [], "revoked": revoked}

    def _deposit(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        asset, quantity = fields.text("asset"), fields.decimal("amount")
        now = self._exchange.clock.now()
        at, network = fields.past("at", now), fields.text("network", "-")
        credited_at = fields.later("credited_s", at, now)
        status = fields.integer("status", 1)
        fee = fields.decimal("fee", Decimal(0), least=Decimal(0))
        tx_id = fields.text("tx_id", "-")
        fields.done()
        if fee:
            raise BadInput("a deposit has no fee on the exchange's side")
        if status not in DEPOSIT_STATUSES:
            raise BadInput(f"status must be one of {listed(map(str, DEPOSIT_STATUSES))}")
        named = "" if network == "-" else network
        record = happenings.deposit(
            self._exchange,
            account,
            credited_at,
            asset,
            quantity,
            network=named,
            status=status,
            seen_at=at,
            tx_id="" if tx_id == "-" else tx_id,
        )
        self._exchange.commit([record])
        return 201, {"id": record.id, "tx_id": record.tx_id}

    def _withdraw(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        asset, quantity = fields.text("asset"), fields.decimal("amount")
        at, network = fields.past("at", self._exchange.clock.now()), fields.text("network", "-")
        fee = fields.decimal("fee", Decimal(0), least=Decimal(0))
        status = fields.integer("status", 6)
        fields.done()
        if status not in WITHDRAWAL_STATUSES:
            raise BadInput(f"status must be one of {listed(map(str, WITHDRAWAL_STATUSES))}")
        named = "" if network == "-" else network
        record = happenings.withdrawal(self._exchange, account, at, asset, quantity, fee, network=named, status=status)
        self._exchange.commit([record])
        return 201, {"id": record.id, "tx_id": record.tx_id}

    def _settle(self, fields: Fields) -> tuple[int, Any]:
        account, number, status = self._account(fields), fields.text("id"), fields.text("status")
        at = fields.past("at", self._exchange.clock.now())
        fields.done()
        self._exchange.commit([settling.settled(self._exchange, account, at, number, status)])
        return 200, {"id": number, "status": status}

    def _transfer(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        source, target = fields.choice("from", WALLETS), fields.choice("to", WALLETS)
        asset, quantity = fields.text("asset"), fields.decimal("amount")
        at = fields.past("at", self._exchange.clock.now())
        fields.done()
        record = happenings.transfer(self._exchange, account, at, source, target, asset, quantity)
        self._exchange.commit([record])
        return 201, {"id": record.id}

    def _reward(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        asset, quantity, kind = fields.text("asset"), fields.decimal("amount"), fields.text("kind")
        at, wallet = fields.past("at", self._exchange.clock.now()), fields.choice("wallet", WALLETS, SPOT)
        fields.done()
        record = happenings.reward(self._exchange, account, at, asset, quantity, kind, wallet)
        self._exchange.commit([record])
        return 201, {"id": record.id}

    def _trade(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        symbol, side = fields.text("symbol"), fields.choice("side", ("BUY", "SELL"))
        quantity, at = fields.decimal("quantity"), fields.past("at", self._exchange.clock.now())
        market = fields.choice("market", (SPOT, *margin_desk.MARKETS, *MARKETS), SPOT)
        fields.done()
        if market in MARKETS:
            fill = futures_desk.trade(self._exchange, account, at, (market, symbol), side, quantity)
            return 201, {"order_id": int(fill.details["order_id"]), "fills": [contract_fill_row(fill)]}
        wanted = Wanted(side, quantity, None)
        if market in margin_desk.MARKETS:
            fill = margin_desk.tell(self._exchange, account, at, (market, symbol), wanted)
            self._exchange.commit([fill])
            return 201, {"order_id": int(fill.details["order_id"]), "fills": [margin_fill_row(fill)]}
        order = happenings.trade(self._exchange, account, at, symbol, wanted)
        self._exchange.commit([order])
        return 201, {"order_id": order.order_id, "fills": [fill_row(fill) for fill in order.fills]}

    def _history(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        now = self._exchange.clock.now()
        symbols = fields.texts("symbols") or [coin + DOLLAR for coin in COINS]
        wish = Wish(
            fields.integer("days", least=1),
            fields.integer("seed"),
            fields.integer("trades"),
            fields.integer("flows", least=1),
            tuple(symbols),
            _others(fields.take("others")),
        )
        fields.done()
        unknown = [symbol for symbol in symbols if self._exchange.book.get(symbol) is None]
        if unknown:
            raise BadInput(f"unknown symbol: {listed(unknown)}")
        if wish.days > LONGEST_PAST_DAYS:
            raise BadInput(f"days must be at most {LONGEST_PAST_DAYS}")
        records = Past(self._exchange, account, wish, now).records()
        self._exchange.commit(records)
        return 201, {"events": len(records)}

    # -- faults ----------------------------------------------------------------------------------

    def _start_faults(self, fields: Fields) -> tuple[int, Any]:
        kinds = fields.take("kinds")
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            raise BadInput("kinds must be a list of texts")
        unknown = sorted(set(kinds) - {*KINDS, *STREAM_KINDS})
        if unknown:
            raise BadInput(f"unknown kind: {listed(unknown)}; known are {listed((*KINDS, *STREAM_KINDS))}")
        plan = FaultPlan(
            p=fields.number("p", 1.0, largest=1.0),
            seed=fields.integer("seed", 0),
            kinds=tuple(kinds),
            match=_pattern(fields.take("match")),
            count=fields.integer("count", least=1) if fields.has("count") else None,
            for_s=fields.number("for_s", 0) if fields.has("for_s") else None,
            read_lag_s=fields.number("read_lag_s", 0, largest=600),
            latency_ms=fields.number("latency_ms", 0, largest=600_000),
        )
        fields.done()
        self._faults.start(plan)
        return 201, {"kinds": list(plan.kinds), "p": plan.p}

    def _stop_faults(self, fields: Fields) -> tuple[int, Any]:
        fields.done()
        self._faults.stop()
        return 200, {"kinds": []}

    def _ban(self, fields: Fields) -> tuple[int, Any]:
        """Ban every address for some seconds of the machine's clock."""
        for_s = fields.number("for_s", 120, least=1, largest=LONGEST_BAN_S)
        fields.done()
        self._limits.plan_ban(after_s=0, for_s=for_s)
        return 201, {"for_s": for_s}

    def _show_streams(self, fields: Fields) -> tuple[int, Any]:
        fields.done()
        return 200, {"url": self._streams.url, "connections": self._streams.count()}

    def _shut_streams(self, fields: Fields) -> tuple[int, Any]:
        """Tell every stream client `serverShutdown` and close its connection."""
        told = self._streams.count()
        if not fields.flag("shutdown", default=False):
            raise BadInput("shutdown must be true")
        fields.done()
        self._streams.shut_down()
        return 200, {"connections": told}

    # -- what happened ------------------------------------------------------------------------------------------

    def _ledger(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        fields.done()
        futures_desk.settle(self._exchange, account, self._exchange.clock.now())
        self._resting.work(account, self._exchange.clock.now())
        return 200, [
            {
                "seq": entry.seq,
                "at": iso(entry.at),
                "wallet": entry.change.wallet,
                "asset": entry.change.asset,
                "change": plain(entry.change.amount),
                "balance": plain(after),
                "kind": entry.change.kind,
                "ref": entry.change.ref,
            }
            for entry, after in account.ledger()
        ]

    def _orders(self, fields: Fields) -> tuple[int, Any]:
        account = self._account(fields)
        fields.done()
        self._resting.work(account, self._exchange.clock.now())
        return 200, [
            {
                "order_id": order.order_id,
                "client_order_id": order.client_order_id,
                "symbol": order.symbol,
                "side": order.side,
                "type": order.type,
                "quantity": plain(order.quantity),
                "quote_quantity": plain(order.quote_order_quantity),
                "executed": plain(order.executed),
                "quote": plain(order.cumulative_quote),
                "status": order.status,
                "at": iso(order.at),
                "received_at": iso(order.received_at),
            }
            for order in account.orders
        ]

    def _requests(self, fields: Fields) -> tuple[int, Any]:
        fields.done()
        return 200, self._limits.log()


def _content(request: Request) -> Any:
    """The body of a POST; the query of anything else."""
    if request.method != "POST":
        return dict(form_pairs(request.query))
    try:
        return json.loads(request.body or b"{}")
    except ValueError as error:
        raise BadInput("the body is no JSON") from error


def _answer(status: int, body: Any) -> Answer:
    return Answer(status, dumps(body), content_type=JSON)


def _opening(balances: Any) -> list[tuple[str, str, Decimal]]:
    """Read `{wallet: {asset: quantity}}`; zeros are left out."""
    if balances is None:
        return []
    if not isinstance(balances, dict) or not all(isinstance(held, dict) for held in balances.values()):
        raise BadInput("balances must be an object of wallets, each an object of assets")
    unknown = sorted(set(balances) - set(WALLETS))
    if unknown:
        raise BadInput(f"unknown wallet: {listed(unknown)}; known are {listed(WALLETS)}")
    rows = [
        (wallet, asset, amount(f"balances.{wallet}.{asset}", quantity, least=Decimal(0)))
        for wallet, held in balances.items()
        for asset, quantity in held.items()
    ]
    return [row for row in rows if row[2]]


def _others(value: Any) -> dict[str, int]:
    """Read `{kind: count}` of the events that a past has only when asked for."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(type(count) is int and count >= 0 for count in value.values()):
        raise BadInput("others must be an object of kind and count")
    unknown = sorted(set(value) - set(OTHER_KINDS))
    if unknown:
        raise BadInput(f"others: unknown {listed(unknown)}; known are {listed(OTHER_KINDS)}")
    return value


def _pattern(value: Any) -> re.Pattern[str] | None:
    if value is None:
        return None
    try:
        return re.compile(value)
    except (re.error, TypeError) as error:
        raise BadInput("match must be a regular expression") from error
