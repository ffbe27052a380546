"""What streams tell against what a refresh reads: real services and the real simulator, the stream's words by hand.

By hand, because no exchange tells an old word late, or a change that no refresh has seen, on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

import pytest

from backend.core.live_ports import LiveListener, StreamLogin
from backend.core.model.stream_events import BalanceMoved, BalancesChanged, MiniTicker
from backend.core.model.stream_state import SILENT_AFTER_MS, StreamState
from backend.core.model.valuation import Valuation
from backend.core.model.wallets import Wallet, WalletBalance
from backend.core.views import OverviewView
from backend.services.live_updates import BURST, HINT_EVERY_S, PRICES_EVERY_S, LiveUpdates
from backend.tests.integration.services.conftest import Bourse, Rig

NOTHING_READ = StreamState("user", "live", 1_800_000_000_000, None, 0, "")


class HandFeed:
    """Streams that tell what the test says."""

    def __init__(self) -> None:
        self.symbols: Set[str] = frozenset()
        self.accounts: list[int] = []
        self.now: list[StreamState] = [NOTHING_READ]
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def watch(self, accounts: Mapping[int, StreamLogin]) -> None:
        self.accounts = list(accounts)

    def watch_futures(self, account_id: int, listen_key: str) -> None:
        """No account here has futures."""

    def want(self, symbols: Set[str]) -> None:
        self.symbols = symbols

    def states(self) -> Sequence[StreamState]:
        return self.now


class Side:
    """Live updates beside a rig, stepped by hand."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.feed = HandFeed()
        self.asked: list[int] = []
        self.epoch = rig.lease.acquire() or 0

        def open_feed(listener: LiveListener, changed: Callable[[], None]) -> HandFeed:
            return self.feed

        self.live = LiveUpdates(rig.store, open_feed, "USDT", lambda: rig.machine.monotonic_s)
        self.live.start(self.asked.append)
        self.refresh()
        self.live.account_live(rig.account)
        self.asked.clear()

    def refresh(self) -> None:
        """What the collector does."""
        session = self.rig.session()
        self.live.watch([session], self.epoch)
        self.rig.step()
        self.live.refreshed(session)

    def tick(self, symbol: str, price: str, later_ms: int, seconds: float = PRICES_EVERY_S) -> None:
        """A price, and the round that shows it."""
        at_ms = self.shown().shown_at_ms + later_ms
        self.live.prices([MiniTicker(at_ms, symbol, Decimal(price), *[Decimal(1)] * 5)])
        self.rig.machine.pass_s(seconds)
        self.live.step()

    def change(self, later_ms: int, **quantities: str) -> None:
        """A word of changed balances, and the round that shows it."""
        rows = tuple(WalletBalance(Wallet.SPOT, asset, Decimal(free)) for asset, free in quantities.items())
        at_ms = self.shown().at_ms + later_ms
        self.live.account_event(self.rig.account, BalancesChanged(at_ms, at_ms, rows))
        self.live.step()

    def shown(self) -> Valuation:
        with self.rig.store.read() as unit:
            found = unit.balances.latest(self.rig.account)
        assert found is not None
        return found

    def held(self, asset: str) -> Decimal:
        return next((line.balance.total for line in self.shown().lines if line.balance.asset == asset), Decimal(0))

    def page(self) -> OverviewView:
        return self.rig.portfolio.overview(None)

    def told(self) -> list[str]:
        """Topics of all events so far."""
        with self.rig.store.read() as unit:
            return [topic for _, topic, _, _ in unit.events.after(0, 1000)]


@pytest.fixture
def side(open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig]) -> Iterator[Side]:
    """An account with 1000 USDT and 0.1 BTC on an exchange whose clock stands."""
    bourse = open_bourse(USDT="1000", BTC="0.1")
    bourse.simulator.control("/sim/clock", {"speed": 0})
    made = Side(make_rig(bourse))
    yield made
    made.live.stop()
    bourse.simulator.control("/sim/clock", {"speed": 1})


def test_the_streams_hear_of_the_account_and_of_the_pairs_that_price_it(side: Side) -> None:
    assert side.feed.accounts == [side.rig.account]
    assert "BTCUSDT" in side.feed.symbols


def test_prices_are_shown_every_two_seconds_and_not_with_each_word(side: Side) -> None:
    side.tick("BTCUSDT", "60000", 100)
    assert side.shown().total == 7000
    events = len(side.told())
    side.tick("BTCUSDT", "61000", 100, seconds=0.5)
    assert side.shown().total == 7000
    side.tick("BTCUSDT", "62000", 200, seconds=1.6)
    assert side.shown().total == 7200
    assert len(side.told()) == events + 1


def test_a_price_that_is_older_than_what_is_shown_is_let_go(side: Side) -> None:
    side.tick("BTCUSDT", "60000", 100)
    side.tick("BTCUSDT", "10000", -50)
    assert side.shown().total == 7000


def test_prices_wait_while_nobody_vouches_for_the_balances(side: Side) -> None:
    before = side.shown()
    side.live.account_lost(side.rig.account)
    side.tick("BTCUSDT", "60000", 100)
    assert side.shown() == before
    side.live.account_live(side.rig.account)
    assert side.asked == [side.rig.account]
    side.tick("BTCUSDT", "60000", 200)
    assert side.shown().total == 7000


def test_prices_of_a_lost_stream_are_forgotten(side: Side) -> None:
    side.live.prices([MiniTicker(side.shown().at_ms + 100, "BTCUSDT", Decimal(60000), *[Decimal(1)] * 5)])
    side.live.prices_lost()
    before = side.shown()
    side.rig.machine.pass_s(PRICES_EVERY_S)
    side.live.step()
    assert side.shown() == before


def test_a_change_shows_at_once_marked_and_a_refresh_that_has_seen_it_takes_the_mark_away(side: Side) -> None:
    side.rig.bourse.do("deposit", asset="USDT", amount="250")
    side.change(1, USDT="1250")
    assert side.held("USDT") == 1250
    assert side.asked == [side.rig.account]
    page = side.page()
    assert (page.balances.status, page.balances.reason) == ("estimated", "recomputing")
    assert (page.profit.status, page.net_deposits.status) == ("estimated", "estimated")
    side.tick("BTCUSDT", "60000", 50)
    assert side.shown().prices_at_ms is None
    side.rig.bourse.pass_s(1)
    side.refresh()
    page = side.page()
    assert (page.balances.status, page.profit.status, page.net_deposits.status) == ("exact", "exact", "exact")
    assert side.held("USDT") == 1250
    assert side.rig.flows()[-1].quantity == 250


def test_balances_read_before_a_change_do_not_take_it_back(side: Side) -> None:
    # The exchange's clock stands, so that the refresh reads before the change it was told of.
    side.change(500, USDT="1250")
    side.refresh()
    assert side.held("USDT") == 1250
    assert side.page().balances.status == "estimated"
    side.live.step()
    assert side.asked == [side.rig.account] * 2
    side.rig.bourse.pass_s(1)
    side.refresh()
    assert side.held("USDT") == 1000
    assert side.page().balances.status == "exact"


def test_a_change_that_is_older_than_the_balances_is_not_shown_but_looked_into(side: Side) -> None:
    side.change(-1, USDT="1")
    assert side.held("USDT") == 1000
    assert side.asked == [side.rig.account]
    assert side.page().balances.status == "exact"


def test_a_coin_without_a_price_here_waits_for_the_refresh_with_all_that_came_with_it(side: Side) -> None:
    side.change(1, USDT="0", ETH="0.3")
    assert side.held("USDT") == 1000
    assert side.held("ETH") == 0
    assert side.page().balances.status == "estimated"
    assert side.asked == [side.rig.account]


def test_many_events_ask_for_few_refreshes_and_none_is_forgotten(side: Side) -> None:
    for number in range(30):
        side.live.account_event(side.rig.account, BalanceMoved(number, number, "USDT", Decimal(1)))
        side.live.step()
    assert len(side.asked) == BURST
    side.rig.machine.pass_s(HINT_EVERY_S)
    side.live.step()
    assert len(side.asked) == BURST + 1
    side.rig.machine.pass_s(HINT_EVERY_S * 3)
    side.live.step()
    assert len(side.asked) == BURST + 1


def test_an_event_of_an_account_that_is_not_followed_is_nobodys(side: Side) -> None:
    side.live.account_event(99, None)
    side.live.account_live(99)
    side.live.step()
    assert side.asked == [99]


def test_a_valuation_just_made_keeps_newer_prices(side: Side) -> None:
    side.tick("BTCUSDT", "60000", 100)
    side.refresh()
    made = side.live.newest(side.rig.account, side.shown())
    assert made.total == 7000
    assert side.live.newest(99, side.shown()) == side.shown()


def test_how_the_streams_are_is_told_until_nobody_keeps_them(side: Side) -> None:
    side.live.step()
    assert side.page().sync.streams.state == "live"
    side.rig.machine.wall_ms += SILENT_AFTER_MS + 1
    assert side.page().sync.streams.state == "off"
    side.feed.now = [NOTHING_READ, StreamState("market", "reconnecting", 1_800_000_000_500, 7, 3, "The stream fell")]
    side.rig.machine.pass_s(60)
    side.live.step()
    told = side.page().sync.streams
    assert (told.state, told.since_ms, told.last_message_ms) == ("reconnecting", 1_800_000_000_500, 7)
    assert (told.reconnects, told.detail) == (3, "The stream fell")
    side.live.stop()
    assert side.feed.stopped
    assert side.page().sync.streams.state == "off"


def test_without_the_lease_nothing_is_written(side: Side) -> None:
    side.rig.machine.pass_s(100_000)
    other = side.rig.lease.__class__(side.rig.engine, "other", 60_000, lambda: side.rig.machine.wall_ms)
    assert other.acquire() is not None
    before = side.shown()
    side.change(10, USDT="5")
    side.tick("BTCUSDT", "60000", 100)
    assert side.shown() == before
