"""Makes up histories of an account: whatever can happen to one, in any order, and what of it crossed the border.

What crosses the border is noted by the one who makes it happen; it is never read back from the program under test.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any, Final

from backend.exchange.simulator.happenings import INTERNAL
from backend.tests.histories.in_process import KEY, NOW, SECRET, Clock, OwnExchange
from backend.tests.histories.script import Call, Crossing, Look, Part, Pass, Script
from backend.tests.process.reference import DAY, HOUR, MINUTE, iso

EIGHT: Final = Decimal("0.00000001")
CENT: Final = Decimal("0.01")
COINS: Final = ("USDT", "BTC", "ETH", "BNB", "SOL", "ADA", "USDC")
FIATS: Final = ("EUR", "TRY")
# Few sizes, so that equal amounts meet.
SIZES: Final[Mapping[str, tuple[str, ...]]] = {
    "USDT": ("25", "100", "250.75", "1000"),
    "USDC": ("25", "100", "310.5"),
    "BTC": ("0.001", "0.0123", "0.05"),
    "ETH": ("0.02", "0.25", "1.1"),
    "BNB": ("0.1", "0.75", "2"),
    "SOL": ("0.5", "3.25", "10"),
    "ADA": ("20", "120.5", "800"),
    "EUR": ("25", "100", "512.34"),
    "TRY": ("900", "4200.5"),
}
PAIRS: Final = (
    "BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "EURUSDT", "USDCUSDT", "ETHBTC", "BNBBTC", "SOLBTC",
)  # fmt: skip
WALLETS: Final = ("spot", "funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")
OTHER: Final = "stranger-of-the-family"
SIBLING: Final = "another-of-the-family"
GONE: Final = (1, 3, 5)
# Of what leaves no difference the program learns by looking: once an hour, at what is rare once a day, one at a time.
LOOKS: Final = (HOUR + MINUTE, DAY + MINUTE)


def open_family(exchange: OwnExchange, script: Script) -> None:
    """The account, and two others of its owner that the program knows nothing of."""
    master, sub = (KEY, OTHER) if script.part == "master" else (OTHER, KEY)
    for key, more in ((master, {}), (sub, {"master": master}), (SIBLING, {"master": master})):
        secret = SECRET if key == KEY else "secret"
        names = {"name": key, "api_key": key, "api_secret": secret, "created_at": iso(script.opened)}
        exchange.control("accounts", names | more)


def made(name: str, folder: Path, *, held_positions: bool) -> Script:
    """The history of a name: the same at any time, on any machine."""
    return Maker(OwnExchange(folder, Clock()), name, held_positions=held_positions).make()


class Maker:
    """Makes a history happen on an exchange and writes it down.

    Args:
        held_positions: futures positions may stay open for hours, over snapshots and funding.
    """

    def __init__(self, exchange: OwnExchange, name: str, *, held_positions: bool = True) -> None:
        self._exchange = exchange
        self._dice = random.Random(name)
        part: Part = "master" if self._dice.random() < 0.6 else "sub"
        # Within every horizon, so that everything is told: three months for futures.
        self._start = NOW - int(self._dice.choice((1, 2, 4, 9, 20, 80)) * DAY * self._dice.uniform(0.7, 1))
        self.script = Script(name, part, self._start - DAY)
        self._held_positions = held_positions
        self._calls: list[Call] = []
        self._found: list[Crossing] = []
        self._kinds: dict[str, tuple[int, Callable[[int], bool]]] = {
            "deposit": (8, self._deposit),
            "withdrawal": (6, self._withdrawal),
            "fiat_deposit": (2, self._fiat_deposit),
            "fiat_withdrawal": (2, self._fiat_withdrawal),
            "card_purchase": (2, self._card_purchase),
            "card_sale": (2, self._card_sale),
            "p2p": (3, self._p2p),
            "pay": (3, self._pay),
            "sub_account": (3, self._sub_account),
            "move": (8, self._move),
            "trade": (10, self._trade),
            "convert": (3, self._convert),
            "dust": (2, self._dust),
            "staking": (1, self._staking),
            "reward": (4, self._reward),
            "loan": (3, self._loan),
            "futures": (3, self._futures),
        }

    def make(self) -> Script:
        """The whole history: a past that is imported at first, and what happens while the program looks on."""
        dice = self._dice
        open_family(self._exchange, self.script)
        self._fund_others()
        self._past(self._start, NOW - MINUTE, dice.randint(15, 60))
        self.script.steps.append(Look())
        for _ in range(dice.randint(1, 3)):
            now = self._exchange.now
            then = self._pass(dice.choice((5 * MINUTE, 2 * HOUR, 9 * HOUR, 2 * DAY)))
            self._past(now + 1000, then, dice.randint(0, 6))
            if dice.random() < 0.2:
                # It is told days late.
                self._happen(then - dice.randint(HOUR, 2 * DAY), ("deposit",))
            self.script.steps.append(Look())
        for wait in LOOKS:
            self._pass(wait)
            self.script.steps.append(Look())
        return self.script

    def _fund_others(self) -> None:
        for asset in COINS:
            body = {"api_key": OTHER, "asset": asset, "amount": "100000", "at": iso(self.script.opened + 1000)}
            self._exchange.control("deposit", body)
            self.script.steps.append(Call("deposit", body))

    def _past(self, start: int, end: int, count: int) -> None:
        """So many events at instants in [start, end], some minutes apart and some at one instant."""
        at, instants = start, [start]
        while len(instants) < count:
            draw = self._dice.random()
            if draw < 0.25:
                at += self._dice.randint(1, 4 * MINUTE)
            elif draw > 0.04:
                at = self._dice.randint(start, end)
            instants.append(min(at, end))
        for instant in sorted(instants[:count]):
            self._happen(instant)

    def _happen(self, at: int, kinds: Sequence[str] = ()) -> None:
        """Something happens: what the account cannot do is tried in another way."""
        names = list(kinds or self._kinds)
        if not self.script.crossings and not kinds:
            names = ["deposit", "deposit", "deposit", "fiat_deposit", "card_purchase", "p2p", "pay", "sub_account"]
        weights = [self._kinds[name][0] for name in names]
        for _ in range(8):
            (name,) = self._dice.choices(names, weights)
            self._calls, self._found = [], []
            self._kinds[name][1](at)
            if self._calls:
                self.script.kinds.add(name)
                self.script.steps += self._calls
                self.script.crossings += self._found
                return

    def _pass(self, length: int) -> int:
        then = self._exchange.now + length
        self._exchange.set_clock(then)
        self.script.steps.append(Pass(then))
        return then

    def _do(self, what: str, at: int, **body: Any) -> bool:
        whole = {"api_key": KEY, "at": iso(at)} | body
        done = self._exchange.try_control(what, whole)
        if done:
            self._calls.append(Call(what, whole))
        return done

    def _crossed(self, at: int, asset: str, quantity: Decimal) -> bool:
        self._found.append(Crossing(at, asset, quantity))
        return True

    def _size(self, asset: str) -> Decimal:
        return Decimal(self._dice.choice(SIZES[asset]))

    def _part_of(self, free: Decimal, places: Decimal = EIGHT) -> Decimal:
        share = Decimal(self._dice.choice(("0.05", "0.1", "0.3", "0.5")))
        return (free * share).quantize(places, ROUND_DOWN)

    def _held(self, wallet: str, at: int, among: Sequence[str] = (*COINS, *FIATS)) -> str | None:
        held = [asset for asset in among if self._exchange.spendable(asset, wallet, at) > 0]
        return self._dice.choice(held) if held else None

    # -- what crosses the border --------------------------------------------------------------------------------

    def _deposit(self, at: int) -> bool:
        asset = self._dice.choice(COINS)
        amount, status = self._size(asset), self._dice.choice((1, 1, 1, 1, 1, 1, 6, 0, 2, 7))
        # Listed first, and credited when the network has confirmed it.
        credited_s = self._dice.choice((0, 0, 0, 40, 900)) if at + 900_000 < self._exchange.now else 0
        body = {"asset": asset, "amount": str(amount), "status": status, "credited_s": credited_s}
        told = self._do("deposit", at, **body, **self._way())
        return told and (status not in (1, 6) or self._crossed(at + credited_s * 1000, asset, amount))

    def _way(self) -> Mapping[str, str]:
        """Over a network, or within the exchange, from or to a stranger."""
        return {"network": INTERNAL} if self._dice.random() < 0.25 else {}

    def _withdrawal(self, at: int) -> bool:
        at -= at % 1000  # told to the second
        asset = self._held("spot", at, COINS)
        if asset is None:
            return False
        free = self._exchange.spendable(asset, "spot", at)
        amount = self._dice.choice((self._size(asset), self._part_of(free)))
        fee = Decimal(self._dice.choice(("0", "0.00001", "0.0004")))
        status = self._dice.choice((6, 6, 6, 6, 6, 4, 2, 1, 3, 5))
        if not 0 < amount + fee < free:
            return False
        body = {"asset": asset, "amount": f"{amount:f}", "fee": f"{fee:f}", "status": status}
        told = self._do("withdraw", at, **body, **self._way())
        return told and (status in GONE or self._crossed(at, asset, -amount))

    def _fiat_status(self) -> str:
        return self._dice.choice(("Successful", "Successful", "Completed", "Processing", "Failed", "Refunded"))

    def _fiat_deposit(self, at: int) -> bool:
        fiat, status = self._dice.choice(FIATS), self._fiat_status()
        amount, fee = self._size(fiat), self._dice.choice(("0", "1.5"))
        told = self._do("event", at, kind="fiat_deposit", fiat=fiat, amount=str(amount), fee=fee, status=status)
        return told and (status not in ("Successful", "Completed") or self._crossed(at, fiat, amount))

    def _fiat_withdrawal(self, at: int) -> bool:
        fiat, status = self._held("spot", at, FIATS), self._fiat_status()
        if fiat is None:
            return False
        amount = self._part_of(self._exchange.spendable(fiat, "spot", at), CENT)
        body = {"kind": "fiat_withdraw", "fiat": fiat, "amount": str(amount), "fee": "0.75", "status": status}
        told = amount > 0 and self._do("event", at, **body)
        return told and (status not in ("Successful", "Completed") or self._crossed(at, fiat, -amount))

    def _card_purchase(self, at: int) -> bool:
        asset, status = self._dice.choice(COINS), self._fiat_status()
        amount = self._size(asset)
        body = {"kind": "fiat_buy", "asset": asset, "amount": str(amount), "fiat": "EUR", "paid": "90", "fee": "1.8"}
        told = self._do("event", at, **body, method="Credit Card", status=status)
        return told and (status not in ("Successful", "Completed") or self._crossed(at, asset, amount))

    def _card_sale(self, at: int) -> bool:
        asset, status = self._held("spot", at, COINS), self._fiat_status()
        if asset is None:
            return False
        amount = self._part_of(self._exchange.spendable(asset, "spot", at))
        body = {"kind": "fiat_sell", "asset": asset, "amount": f"{amount:f}", "fiat": "EUR", "paid": "40"}
        told = amount > 0 and self._do("event", at, **body, status=status)
        return told and (status not in ("Successful", "Completed") or self._crossed(at, asset, -amount))

    def _p2p(self, at: int) -> bool:
        side, asset = self._dice.choice(("BUY", "SELL")), self._dice.choice(("USDT", "BTC", "BNB"))
        amount = self._size(asset)
        body = {"kind": "p2p", "side": side, "asset": asset, "amount": str(amount), "fiat": "CNY", "price": "7.1"}
        return self._do("event", at, **body) and self._crossed(at, asset, amount if side == "BUY" else -amount)

    def _pay(self, at: int) -> bool:
        direction, asset = self._dice.choice(("in", "out")), self._dice.choice(COINS)
        amount = self._size(asset)
        told = self._do("event", at, kind="pay", asset=asset, amount=str(amount), direction=direction)
        return told and self._crossed(at, asset, amount if direction == "in" else -amount)

    def _sub_account(self, at: int) -> bool:
        """With an account of the same owner that the program does not follow, in any wallets of theirs."""
        asset, outward = self._dice.choice(COINS), self._dice.random() < 0.5
        wallet = self._dice.choice(("spot", "spot", "funding", "usdm", "margin")) if asset == "USDT" else "spot"
        amount = self._size(asset)
        body = {"kind": "sub_transfer", "asset": asset, "amount": str(amount)}
        if outward:
            other = SIBLING if self._dice.random() < 0.3 else OTHER
            told = self._do("event", at, **body, to_key=other, from_wallet=wallet)
            return told and self._crossed(at, asset, -amount)
        told = self._do("event", at, **body, api_key=OTHER, to_key=KEY, to_wallet=wallet)
        return told and self._crossed(at, asset, amount)

    # -- what does not ------------------------------------------------------------------------------------------

    def _move(self, at: int) -> bool:
        source = self._dice.choice(WALLETS)
        asset = self._held(source, at)
        if asset is None:
            return False
        target = self._dice.choice([one for one in places_of(asset) if one != source])
        amount = self._dice.choice((self._part_of(self._exchange.spendable(asset, source, at)), self._size(asset)))
        body = {"from": source, "to": target, "asset": asset, "amount": f"{amount:f}"}
        return amount > 0 and self._do("transfer", at, **body)

    def _trade(self, at: int) -> bool:
        symbol, side = self._dice.choice(PAIRS), self._dice.choice(("BUY", "SELL"))
        listed = self._exchange.exchange.book.ever(symbol)
        price = self._exchange.exchange.market.price_at(symbol, at)
        assert listed is not None
        assert price is not None
        spent = listed.quote if side == "BUY" else listed.base
        amount = self._part_of(self._exchange.spendable(spent, "spot", at))
        quantity = amount / price if side == "BUY" else amount
        quantity = quantity // listed.step * listed.step
        return quantity > 0 and self._do("trade", at, symbol=symbol, side=side, quantity=f"{quantity:f}")

    def _convert(self, at: int) -> bool:
        asset = self._held("spot", at)
        target = self._dice.choice((*COINS, *FIATS))
        if asset is None or target == asset:
            return False
        amount = self._part_of(self._exchange.spendable(asset, "spot", at))
        body = {"kind": "convert", "from_asset": asset, "from_amount": f"{amount:f}", "to_asset": target}
        return amount > 0 and self._do("event", at, **body)

    def _dust(self, at: int) -> bool:
        held = [one for one in COINS if one != "BNB" and self._exchange.spendable(one, "spot", at) > 0]
        swept = self._dice.sample(held, min(len(held), self._dice.randint(1, 3)))
        parts = {one: (self._exchange.spendable(one, "spot", at) / 500).quantize(EIGHT, ROUND_DOWN) for one in swept}
        named = {asset: f"{amount:f}" for asset, amount in parts.items() if amount > 0}
        return bool(named) and self._do("event", at, kind="dust", assets=named)

    def _staking(self, at: int) -> bool:
        """Ether for its staked token, which stands in the spot wallet and in the staking account."""
        given, got = self._dice.choice((("ETH", "WBETH"), ("WBETH", "ETH")))
        amount = self._part_of(self._exchange.spendable(given, "spot", at))
        body = {"kind": "convert", "from_asset": given, "from_amount": f"{amount:f}", "to_asset": got}
        return amount > 0 and self._do("event", at, **body)

    def _reward(self, at: int) -> bool:
        """Income; what Earn pays to spot is told by two histories."""
        wallet = self._dice.choice(("spot", "spot", "earn_flexible", "earn_locked"))
        asset = self._held(wallet, at, COINS)
        if asset is None:
            return False
        kind = self._dice.choice(("airdrop", "Flexible bonus", "Locked extra")) if wallet == "spot" else "REALTIME"
        amount = self._dice.choice((Decimal("0.0001"), Decimal("0.00025"), Decimal("0.012")))
        return self._do("reward", at, asset=asset, amount=f"{amount:f}", kind=kind, wallet=wallet)

    def _loan(self, at: int) -> bool:
        if self._held("margin", at) is None:
            return False
        kind, asset = self._dice.choice(("borrow", "interest", "repay")), self._dice.choice(("USDT", "ETH"))
        owed = self._exchange.spendable(asset, "margin_borrowed", at)
        if kind == "borrow":
            amount = self._size(asset)
        elif owed <= 0:
            return False
        else:
            amount = Decimal("0.00003") if kind == "interest" else self._part_of(owed)
        return amount > 0 and self._do("event", at, kind=kind, asset=asset, amount=f"{amount:f}")

    def _futures(self, at: int) -> bool:
        """A position, opened and closed. Where none may stay open it is closed at once, and none is while one looks:
        between two trades nobody tells whether any is open, and such a snapshot is left out.
        """
        if self._exchange.spendable("USDT", "usdm", at) < 20 or (at > NOW and not self._held_positions):
            return False
        symbol, quantity = self._dice.choice((("BTCUSDT", "0.001"), ("ETHUSDT", "0.01")))
        side = self._dice.choice(("BUY", "SELL"))
        trade = {"market": "usdm", "symbol": symbol, "quantity": quantity}
        if self._held_positions and self._dice.random() < 0.6:
            return self._do("trade", at, **trade, side=side)
        closed = at + 1
        if closed % HOUR == 0 or at % HOUR == 0 or closed > self._exchange.now:
            return False
        back = "SELL" if side == "BUY" else "BUY"
        return self._do("trade", at, **trade, side=side) and self._do("trade", closed, **trade, side=back)


def places_of(asset: str) -> Sequence[str]:
    """Wallets that a coin may lie in."""
    if asset in FIATS:
        return ("spot", "funding")
    if asset == "USDT":
        return WALLETS
    inverse = ("coinm",) if asset in ("BTC", "ETH", "BNB") else ()
    return (*WALLETS[:5], *inverse)
