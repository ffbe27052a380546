"""Two movements of one size, minutes apart: one told by two histories, or two? The balances tell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from backend.core.model.holdings import EventKind
from backend.exchange.simulator.happenings import INTERNAL
from backend.tests.histories.in_process import KEY, NOW
from backend.tests.histories.judge import played, wrong_flows
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
