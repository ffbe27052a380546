"""Two movements of one size, minutes apart: one told by two histories, or two? The balances tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.model.holdings import EventKind
from backend.exchange.simulator.happenings import INTERNAL
from backend.tests.histories.in_process import KEY, NOW
from backend.tests.histories.judge import played, wrong_flows
from backend.tests.histories.maker import OTHER
from backend.tests.histories.script import Call, Crossing, Look, Pass, Script
from backend.tests.process.reference import DAY, HOUR, MINUTE, iso

BY_CARD: Final = {"kind": "fiat_buy", "fiat": "EUR", "paid": "90"}
BY_PAY: Final = {"kind": "pay"}
# What may look like a deposit told twice.
BESIDE: Final = (BY_CARD, BY_PAY)


def told(what: str, at: int, **body: Any) -> Call:
    return Call(what, {"api_key": KEY, "at": iso(at), "asset": "USDT", "amount": "100"} | body)


def came_in(at: int) -> Crossing:
    return Crossing(at, "USDT", Decimal(100))


@pytest.mark.parametrize("beside", BESIDE, ids=["by card", "by Pay"])
@pytest.mark.parametrize(("network", "count"), [("ETH", 1), (INTERNAL, 3)])
def test_a_deposit_and_as_much_beside_it_within_minutes_are_flows_of_their_own(
    tmp_path: Path, database: Path, beside: dict[str, str], network: str, count: int
) -> None:
    past, live = NOW - 2 * DAY, NOW + HOUR
    script = Script("equal sizes", "master", NOW - 3 * DAY)
    for begin in (past, live):
        if begin == live:
            script.steps += [Look(), Pass(live + HOUR)]
        script.steps.append(told("deposit", begin, network=network))
        script.crossings.append(came_in(begin))
        for number in range(count):
            at = begin + (number + 1) * MINUTE
            script.steps.append(told("event", at, **beside))
            script.crossings.append(came_in(at))
    script.steps.append(Look())
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []


@pytest.mark.parametrize("wallet", ["earn_flexible", "earn_locked"])
def test_rewards_of_one_size_within_minutes_are_income_of_their_own(
    tmp_path: Path, database: Path, wallet: str
) -> None:
    at = NOW - DAY
    script = Script("equal rewards", "master", NOW - 3 * DAY)
    move = {"from": "spot", "to": wallet}
    script.steps += [told("deposit", at), told("transfer", at + MINUTE, **move, amount="50")]
    script.crossings.append(came_in(at))
    for hour in (2, 30):
        if hour == 30:
            script.steps += [Look(), Pass(at + 31 * HOUR)]
        begin = at + hour * HOUR
        script.steps.append(told("reward", begin, amount="0.5", kind="airdrop"))
        script.steps.append(told("reward", begin + MINUTE, amount="0.5", kind="REALTIME", wallet=wallet))
    script.steps.append(Look())
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []
        assert [event.kind for event in one.home.events()].count(EventKind.REWARD) == 4


def test_a_reward_told_twice_stays_one_while_an_older_one_of_its_size_is_not_read_yet(
    tmp_path: Path, database: Path
) -> None:
    """The first deposit came after the first money, which another list tells later: so the first look at dividends
    reaches back too little, and the sums miss just what the second telling of the newer reward would bring.
    """
    begin, deposited = NOW - 57 * DAY, NOW - 26 * DAY
    script = Script("older reward", "master", begin - DAY)
    bought = {"kind": "p2p", "side": "BUY", "fiat": "CNY", "price": "7.1"}
    family = {"api_key": OTHER, "asset": "ETH"}
    script.steps += [
        told("deposit", begin - HOUR, **family, amount="1000"),
        told("event", begin, **bought, asset="BTC", amount="0.0123"),
        told("event", begin + 3 * DAY, **family, kind="sub_transfer", amount="0.25", to_key=KEY, to_wallet="spot"),
        told("reward", NOW - 32 * DAY, amount="0.012", kind="airdrop", wallet="spot"),
        told("deposit", deposited, asset="BNB", amount="0.1"),
        told("event", deposited + 4 * MINUTE, **bought, amount="1000"),
        told("reward", NOW - 15 * DAY, amount="0.012", kind="Locked extra", wallet="spot"),
        told("transfer", NOW - 12 * DAY, **{"from": "funding", "to": "earn_locked"}, amount="375"),
        Look(),
        Pass(NOW + 2 * HOUR),
        Look(),
    ]
    script.crossings += [
        Crossing(begin, "BTC", Decimal("0.0123")),
        Crossing(begin + 3 * DAY, "ETH", Decimal("0.25")),
        Crossing(deposited, "BNB", Decimal("0.1")),
        Crossing(deposited + 4 * MINUTE, "USDT", Decimal(1000)),
    ]
    with played(script, tmp_path / "played", database) as one:
        assert wrong_flows(one) == []
        rewards = [event.at_ms for event in one.home.events() if event.kind is EventKind.REWARD]
        assert rewards == [NOW - 32 * DAY, NOW - 15 * DAY]


def test_a_second_telling_on_record_is_taken_back_when_something_older_turns_up(tmp_path: Path, database: Path) -> None:
    """A program cut off between the two has only the mark from when on its ledger changed."""
    begin, paid = NOW - 20 * DAY, NOW - 15 * DAY
    script = Script("taken back", "master", begin - DAY)
    script.steps += [
        told("deposit", begin),
        told("reward", paid, amount="0.012", kind="Locked extra", wallet="spot"),
        Look(),
    ]
    script.crossings.append(came_in(begin))
    with played(script, tmp_path / "played", database) as one:
        home = one.home
        (reward,) = [event for event in home.events() if event.kind is EventKind.REWARD]
        twice = replace(reward, source="earn_locked", external_id="told again")
        epoch = home.lease.acquire()
        assert epoch is not None
        with home.store.write(epoch) as unit:
            unit.ledger.add(home.account, [twice])
            unit.accounts.mark_dirty(home.account, begin)
        home.step()
        assert [event for event in home.events() if event.kind is EventKind.REWARD] == [reward]
        assert wrong_flows(one) == []
