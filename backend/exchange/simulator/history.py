"""A plausible past for an account: deposits, withdrawals and trades at random seconds, repeatable by seed.

Each kind of event is an *actor* that is asked, instant by instant, what happens then. Converts, rewards, dust and
moves between wallets happen only when asked for.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from backend.exchange.simulator import happenings, movements
from backend.exchange.simulator.accounts import Account
from backend.exchange.simulator.exchange import Exchange, Impossible
from backend.exchange.simulator.matching import Wanted
from backend.exchange.simulator.records import SPOT, AccountRecord, Record
from backend.exchange.simulator.wire import DAY_MS

DOLLAR: Final = "USDT"
COINS: Final = ("BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LINK", "AVAX", "LTC")
FIRST_DEPOSIT: Final = (80, 200)  # hundreds of USDT
OTHER_KINDS: Final = ("convert", "reward", "dust", "transfer")
SIDE_WALLETS: Final = ("funding", "earn_flexible")
ATTEMPTS: Final = 6  # what a moment does not allow (no funds, no price) is tried again in another way


@dataclass(frozen=True)
class Wish:
    """How much past is wanted. `symbols` are traded; `flows` includes the first deposit; `others` counts by kind."""

    days: int
    seed: int
    trades: int
    flows: int
    symbols: tuple[str, ...]
    others: Mapping[str, int] = field(default_factory=dict)


Actor = Callable[[int], AccountRecord | None]


class Past:
    """Builds the records of one wish on an empty scratch account: they fit by themselves, so they fit on top of any."""

    def __init__(self, exchange: Exchange, account: Account, wish: Wish, now: int) -> None:
        self._exchange, self._account, self._wish = exchange, account, wish
        self._start, self._now = now - wish.days * DAY_MS, now
        self._random = random.Random(f"{wish.seed}|{wish.days}|{wish.trades}|{wish.flows}")
        self._scratch = Account(account.opened)
        self._seq = 1
        self._records: list[Record] = []

    def records(self) -> Sequence[Record]:
        """The whole past, oldest first."""
        wish = self._wish
        self._note(self._first_deposit())
        withdrawals = min(4, max(2, wish.flows // 6)) if wish.flows >= 6 else 0
        kinds = ["deposit"] * max(wish.flows - 1 - withdrawals, 0) + ["trade"] * wish.trades
        kinds += [kind for kind in OTHER_KINDS for _ in range(wish.others.get(kind, 0))]
        self._random.shuffle(kinds)
        for _ in range(withdrawals):  # not in the first quarter, where there is little to take out
            kinds.insert(self._random.randint(len(kinds) // 4, len(kinds)), "withdrawal")
        actors: dict[str, Actor] = {
            "deposit": self._deposit,
            "withdrawal": self._withdrawal,
            "trade": self._trade,
            "convert": self._convert,
            "reward": self._reward,
            "dust": self._dust,
            "transfer": self._transfer,
        }
        for at, kind in zip(self._instants(len(kinds)), kinds, strict=True):
            record = actors[kind](at)
            if record is not None:
                self._note(record)
        return self._records

    def _instants(self, count: int) -> list[int]:
        """Random whole seconds, ascending, each its own; trades begin soon after the first deposit."""
        first, last = self._start // 1000 + 60, self._now // 1000 - 60
        count_free = max(last - first, count)
        return [(first + second) * 1000 for second in sorted(self._random.sample(range(count_free), count))]

    def _note(self, record: AccountRecord) -> None:
        self._records.append(record)
        self._seq = self._scratch.apply(record, self._seq)

    def _first_deposit(self) -> AccountRecord:
        amount = Decimal(self._random.randint(*FIRST_DEPOSIT) * 100)
        return happenings.deposit(self._exchange, self._scratch, self._start, DOLLAR, amount)

    def _deposit(self, at: int) -> AccountRecord | None:
        """Mostly USDT; sometimes a coin worth a few hundred dollars."""
        asset, worth = DOLLAR, Decimal(self._random.randint(3, 25) * 100)
        if self._random.random() < 0.3:
            asset = self._random.choice(self._coins())
        price = Decimal(1) if asset == DOLLAR else self._exchange.price_in(asset, DOLLAR, at)
        if not price:
            asset, price = DOLLAR, Decimal(1)
        amount = _short(worth / price)
        return happenings.deposit(self._exchange, self._scratch, at, asset, amount) if amount else None

    def _withdrawal(self, at: int) -> AccountRecord | None:
        """A tenth to a third of what one of the larger balances allows."""
        held = [asset for asset in self._scratch.assets() if self._scratch.balance(asset) > 0]
        self._random.shuffle(held)
        held.sort(key=lambda asset: asset != DOLLAR or self._scratch.balance(asset) < 200)
        for asset in held:
            amount = _short(self._scratch.balance(asset) * Decimal(self._random.randint(10, 33)) / 100)
            fee = Decimal(1) if asset == DOLLAR else Decimal(0)
            if amount <= fee:
                continue
            try:
                return happenings.withdrawal(self._exchange, self._scratch, at, asset, amount, fee)
            except Impossible:
                continue
        return None

    def _trade(self, at: int) -> AccountRecord | None:
        for _ in range(ATTEMPTS):
            symbol = self._random.choice(self._wish.symbols)
            listed = self._exchange.book.get(symbol)
            if listed is None:
                continue
            held = self._scratch.balance(listed.base, SPOT)
            selling = held > 0 and self._random.random() < 0.4
            share = Decimal(self._random.randint(15, 60) if selling else self._random.randint(4, 18)) / 100
            if selling:
                steps = int(held * share / listed.step)
                wanted = Wanted("SELL", steps * listed.step, None)
            else:
                wanted = Wanted("BUY", None, _short(self._scratch.balance(listed.quote, SPOT) * share))
            try:
                return happenings.trade(self._exchange, self._scratch, at, symbol, wanted)
            except Impossible:
                continue
        return None

    def _convert(self, at: int) -> AccountRecord | None:
        """A tenth of one balance into another coin."""
        held = sorted(self._scratch.held(SPOT))
        asset, target = self._random.choice(held), self._random.choice([DOLLAR, *self._coins()])
        amount = _short(self._scratch.balance(asset) / 10)
        if asset == target or not amount:
            return None
        try:
            return movements.convert(self._exchange, self._scratch, at, (asset, amount), target, None)
        except Impossible:
            return None

    def _reward(self, at: int) -> AccountRecord | None:
        """A thousandth of one balance, as an airdrop."""
        asset = self._random.choice(sorted(self._scratch.held(SPOT)))
        amount = _short(self._scratch.balance(asset) / 1000)
        return happenings.reward(self._exchange, self._scratch, at, asset, amount, "Airdrop") if amount else None

    def _dust(self, at: int) -> AccountRecord | None:
        """A thousandth of one balance, turned into BNB."""
        assets = [asset for asset in sorted(self._scratch.held(SPOT)) if asset != movements.DUST_COIN]
        asset = self._random.choice(assets)
        amount = _short(self._scratch.balance(asset) / 1000)
        try:
            return movements.dust(self._exchange, self._scratch, at, {asset: amount}) if amount else None
        except Impossible:
            return None

    def _transfer(self, at: int) -> AccountRecord | None:
        """A twentieth of the dollars into another wallet, or all of that wallet back."""
        wallet = self._random.choice(SIDE_WALLETS)
        there = self._scratch.balance(DOLLAR, wallet)
        source, target = (wallet, SPOT) if there else (SPOT, wallet)
        amount = there or _short(self._scratch.balance(DOLLAR) / 20)
        try:
            return happenings.transfer(self._exchange, self._scratch, at, source, target, DOLLAR, amount)
        except Impossible:
            return None

    def _coins(self) -> list[str]:
        bases = [listed.base for listed in map(self._exchange.book.get, self._wish.symbols) if listed]
        return bases or [DOLLAR]


def _short(amount: Decimal) -> Decimal:
    """Cut to six significant digits and eight decimals: what a person would type."""
    if not amount:
        return amount
    places = min(8, max(0, 5 - amount.adjusted()))
    return amount.quantize(Decimal(1).scaleb(-places), "ROUND_DOWN")
