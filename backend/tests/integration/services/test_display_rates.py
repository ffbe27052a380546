"""Prices of other currencies: at every snapshot, and none of them twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from backend.core.model.instants import HOUR_MS, iso_ms
from backend.services import display_rates
from backend.services.display_rates import NOW_EVERY_MS, DisplayRates
from backend.services.past_prices import NOTHING, PastPrices
from backend.tests.integration.services.conftest import Bourse, Rig


@pytest.mark.parametrize("stretch", [display_rates.STRETCH, 2])
def test_a_rebuilt_past_asks_only_for_instants_that_are_new_and_for_so_many_at_a_time(
    open_bourse: Callable[..., Bourse], make_rig: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(display_rates, "STRETCH", stretch)
    bourse = open_bourse(USDT="1000", BTC="0.1")
    rig, asked = make_rig(bourse), list[set[int]]()
    whole = PastPrices.of_all

    lacking: list[int] = []

    def watched(prices: PastPrices, wanted: Mapping[str, Iterable[int]]) -> Any:
        held = {coin: list(instants) for coin, instants in wanted.items()}
        asked.append(set().union(*held.values()))
        found = {coin: dict(known) for coin, known in whole(prices, held).items()}
        if not lacking:
            lacking.append(min(asked[-1]))
            found["BTC"][lacking[0]] = NOTHING
        return found

    rates = DisplayRates(rig.store, "USDT")

    def update() -> tuple[set[int], int]:
        now = rig.step().at_ms
        asked.clear()
        with monkeypatch.context() as spied:
            spied.setattr(PastPrices, "of_all", watched)
            rates.update(rig.session(), rig.lease.acquire() or 0, now)
        assert max(map(len, asked)) <= stretch
        return set().union(*asked), now - now % NOW_EVERY_MS

    def instants() -> set[int]:
        return {row.at_ms for row in rig.rows()}

    bourse.pass_s(6 * 3600)
    first, now = update()
    assert first == instants() | {now}
    bourse.pass_s(2 * 3600)
    before = instants()
    second, now = update()
    assert second == instants() - before | {now}
    # Told late: everything since is computed anew, and one instant in the past is new.
    late = bourse.now_ms() - 5 * HOUR_MS + 1000
    bourse.do("deposit", asset="USDT", amount="50", at=iso_ms(late))
    before, rebuilds = instants(), rig.sync().rebuilds
    bourse.pass_s(3600)
    third, now = update()
    assert rig.sync().rebuilds > rebuilds
    assert late in third
    # What had no price may have one by now.
    assert third == instants() - before | {now, *lacking}
