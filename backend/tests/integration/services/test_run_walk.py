"""What happens between two orders of a run, one row a case: what is sent afterwards, how it ends, who is told.

Each case happens after the first order was filled and the second one's send has begun to read: what was allowed a
moment ago is not any more, and the transaction of the send is what must see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.errors import (
    CredentialsRefusedError,
    InsufficientBalanceError,
    OrderLimitError,
    RequestRefusedError,
)
from backend.core.model.accounts import KeyPermissions
from backend.core.model.rebalancing import Limits, RebalancingSettings
from backend.core.rebalancing.orders import RECV_WINDOW_MS
from backend.core.rebalancing.plan_facts import worth_of
from backend.core.run_book import RunBook
from backend.core.trading_rights import MINUTE_MS, TradingRights
from backend.tests.process.order_walks import ENVIRONMENT, Bench, Walk, begun, bench, case, exchange_of

D = Decimal
NARROW: Final = Limits(max_slippage_percent=D(5))
HOUR_MS: Final = 3_600_000


@dataclass
class Scene:
    """A run whose second order is about to be sent."""

    on: Bench
    walk: Walk
    happened: bool = False
    switch_file: bool = False
    sent: list[str] = field(default_factory=list)

    @property
    def account_id(self) -> int:
        return self.walk.plan.account_id

    @property
    def second(self) -> Any:
        return self.walk.plan.orders()[1]

    @property
    def pair(self) -> Any:
        return self.walk.exchange.pairs[self.second.symbol]

    def settings(self, **changes: Any) -> None:
        with self.on.store.write() as unit:
            settings = replace(RebalancingSettings(dry_run=False, limits=NARROW), **changes)
            unit.rebalancing_settings.replace(ENVIRONMENT, self.account_id, settings)

    def rights_of_key(self, **changes: Any) -> None:
        known = replace(KeyPermissions(True, can_trade=True, can_withdraw=False, ip_restricted=True), **changes)
        with self.on.store.write() as unit:
            unit.accounts.update_sync(self.account_id, permissions=known)

    def stop(self) -> None:
        RunBook(self.on.store, ENVIRONMENT, "USDT", self.on.now_ms).stop(self.walk.run_id)

    def answers(self, name: str, error: Exception) -> None:
        """From now on the exchange answers a call of a name so."""

        def call(called: str) -> None:
            if called == name:
                raise error

        self.walk.exchange.on_call = self._counted(call)

    def price(self, factor: Decimal) -> None:
        """The price of the second order's pair, worse for it by a factor above one."""
        factor = factor if self.second.side == "BUY" else 1 / factor
        self.pair.bid *= factor
        self.pair.ask *= factor

    def counted(self, at: Callable[[Scene], None]) -> None:
        def once(name: str) -> None:
            if name == "rules" and len(self.walk.exchange.placed) == 1 and not self.happened:
                self.happened = True
                at(self)

        self.walk.exchange.on_call = self._counted(once)

    def _counted(self, call: Callable[[str], None]) -> Callable[[str], None]:
        def on_call(name: str) -> None:
            if name == "place" and self.happened:
                self.sent.append(name)
            call(name)

        return on_call

    def alerts(self) -> list[Any]:
        with self.on.store.read() as unit:
            events = unit.events.after(0, 10_000)
        return [told["code"] for _, topic, account, told in events if topic == "alert" and account == self.account_id]


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("walk")) as made:
        yield made


@pytest.fixture
def scene(on: Bench) -> Scene:
    made, plan = case(3, orders=3)
    exchange = exchange_of(made)
    for pair in exchange.pairs.values():
        # The books of these worlds are wider than any limit.
        pair.bid = pair.ask = (pair.bid + pair.ask) / 2
    walk = begun(on, plan, exchange, NARROW)
    scene = Scene(on, walk)
    walk.rights = TradingRights(
        on.store, ENVIRONMENT, "by_hand", lambda: scene.switch_file, on.now_ms, own_time=True, tells_rights=True
    )
    scene.rights_of_key()
    walk.rights.arm(scene.account_id, 30, walk.plan.plan_id)
    return scene


def thrown(scene: Scene) -> None:
    scene.switch_file = True


def disarmed(scene: Scene) -> None:
    scene.walk.rights.disarm(scene.account_id)


def later(ms: int) -> Callable[[Scene], None]:
    def at(scene: Scene) -> None:
        scene.on.machine_ms[0] += ms

    return at


def armed_for_long(scene: Scene) -> None:
    scene.walk.rights.arm(scene.account_id, 600, scene.walk.plan.plan_id)
    later(HOUR_MS + 1)(scene)


ENDED: Final[dict[str, tuple[Callable[[Scene], None], str, str, bool]]] = {
    "stopped by hand": (Scene.stop, "stopped", "stopped", False),
    "kill switch": (thrown, "stopped", "kill-switch", False),
    "disarmed": (disarmed, "stopped", "trading-disarmed", False),
    "no longer armed": (later(30 * MINUTE_MS), "stopped", "arming-expired", True),
    "the key may withdraw": (lambda one: one.rights_of_key(can_withdraw=True), "stopped", "key-rights", True),
    "the key may not trade": (lambda one: one.rights_of_key(can_trade=False), "stopped", "key-rights", True),
    "nobody knows the key": (lambda one: one.rights_of_key(can_withdraw=None), "stopped", "key-rights", True),
    "an hour later": (armed_for_long, "stopped", "too-old", True),
    "price moved": (lambda one: one.price(D("1.06")), "stopped", "price-moved", True),
    "key refused": (
        lambda one: one.answers("quote", CredentialsRefusedError("no such key")), "failed", "credentials-refused", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDED)
def test_nothing_is_sent_after_what_ends_a_run(scene: Scene, name: str) -> None:
    at, state, reason, alert = ENDED[name]
    scene.counted(at)
    walk = scene.walk.go()
    journal = walk.journal()
    assert scene.happened
    assert scene.sent == []
    assert (walk.state, journal.runs[0]["reason"]) == (state, reason)
    assert [row["state"] for row in journal.legs] == ["FILLED"] + ["STOPPED"] * (len(journal.legs) - 1)
    # The transaction of the send has seen it: there is not even an attempt that was called back.
    assert {row["n"] for row in journal.attempts} == {1}
    assert scene.alerts() == ([reason] if alert else [])
    assert walk.wrong() == []


def closed(scene: Scene) -> None:
    scene.pair.entry["status"] = "BREAK"


def thin(scene: Scene) -> None:
    """The best price holds half of the order, and the next one is far away."""
    scene.pair.levels = [(scene.second.quantity / 2, D(0)), (D(10**9), D("0.2"))]


def shallow(scene: Scene) -> None:
    scene.pair.levels = [(scene.second.quantity / 2, D(0))]


def dearer(scene: Scene) -> None:
    """Better for the order, and worth more than a trade may be."""
    worths = [worth_of(scene.walk.plan, one, one.spent) for one in scene.walk.plan.orders()]
    scene.settings(limits=replace(NARROW, per_trade_usd=max(worths) * 2))
    scene.price(D("0.0001"))


def limited(scene: Scene) -> None:
    scene.settings(limits=replace(NARROW, per_trade_usd=D("0.01")))


SKIPPED: Final[dict[str, tuple[Callable[[Scene], None], str]]] = {
    "excluded": (lambda one: one.settings(excluded=frozenset({one.second.asset})), "plan-changed"),
    "protected": (lambda one: one.settings(protected={one.second.given: D(10**12)}), "plan-changed"),
    "halted": (closed, "not-trading"),
    "its rules are not told": (lambda one: one.answers("quote", RequestRefusedError("no such pair")), "not-trading"),
    "thin book": (thin, "limit-slippage"),
    "book of less than the order": (shallow, "limit-slippage"),
    "limit of a trade": (limited, "limit-per-trade"),
    "worth more than planned": (dearer, "limit-per-trade"),
}  # fmt: skip


@pytest.mark.parametrize("name", SKIPPED)
def test_an_order_that_may_not_be_sent_is_skipped_and_says_why(scene: Scene, name: str) -> None:
    at, error = SKIPPED[name]
    scene.counted(at)
    walk = scene.walk.go()
    journal = walk.journal()
    assert scene.happened
    leg = journal.legs[1]
    assert (leg["state"], leg["error"]) == ("SKIPPED", error)
    assert [row["n"] for row in journal.attempts if row["n"] == 2] == []
    assert walk.state == "complete"
    assert scene.alerts() == []
    assert walk.wrong() == []


REFUSED: Final[dict[str, tuple[Exception, str, str, int, str]]] = {
    "too little, twice": (InsufficientBalanceError("no funds", -2010), "failed", "insufficient-balance", 2, "REJECTED"),
    "five refusals": (OrderLimitError("too many orders", -1015, 1.0), "stopped", "order-limit", 5, "STOPPED"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_order_that_is_refused_again_and_again_ends_the_run(scene: Scene, name: str) -> None:
    error, state, reason, tries, leg_state = REFUSED[name]
    scene.counted(lambda one: one.answers("place", error))
    walk = scene.walk.go()
    journal = walk.journal()
    assert len(scene.sent) == tries
    assert (walk.state, journal.runs[0]["reason"]) == (state, reason)
    rest = ["STOPPED"] * (len(journal.legs) - 2)
    assert [row["state"] for row in journal.legs] == ["FILLED", leg_state, *rest]
    assert len(walk.exchange.placed) == 1
    assert scene.alerts() == [reason]


def test_a_run_stops_after_an_order_that_was_filled_beyond_the_slippage(scene: Scene) -> None:
    """The book thins out between the look at it and the order."""

    def at(scene: Scene) -> None:
        thin(scene)
        scene.pair.told = False

    scene.counted(at)
    walk = scene.walk.go()
    journal = walk.journal()
    assert len(scene.sent) == 1
    assert (walk.state, journal.runs[0]["reason"]) == ("stopped", "limit-slippage")
    assert "worse than planned" in journal.runs[0]["detail"]
    assert [row["state"] for row in journal.legs[:3]] == ["FILLED", "FILLED", "STOPPED"]
    assert scene.alerts() == ["limit-slippage"]
    assert walk.wrong() == []


def test_the_last_order_beyond_the_slippage_is_told_too(on: Bench) -> None:
    made, plan = case(3, orders=3)
    exchange = exchange_of(made)
    for pair in exchange.pairs.values():
        pair.bid = pair.ask = (pair.bid + pair.ask) / 2
    last = plan.orders()[-1]
    exchange.pairs[last.symbol].levels = [(last.quantity / 2, D(0)), (D(10**9), D("0.2"))]
    exchange.pairs[last.symbol].told = False
    walk = begun(on, plan, exchange, NARROW).go()
    assert (walk.state, walk.journal().runs[0]["reason"]) == ("stopped", "limit-slippage")
    assert {row["state"] for row in walk.journal().legs} <= {"FILLED", "STOPPED"}


def test_slow_reads_before_an_order_do_not_use_up_its_window(scene: Scene) -> None:
    exchange = scene.walk.exchange

    def slow(name: str) -> None:
        if name in ("held", "rules", "quote", "depth"):
            exchange.clock.now_ms += RECV_WINDOW_MS + 1

    exchange.on_call = slow
    journal = scene.walk.go().journal()
    assert {row["state"] for row in journal.legs} == {"FILLED"}
    assert [row["state"] for row in journal.attempts] == ["FILLED"] * len(journal.legs)
