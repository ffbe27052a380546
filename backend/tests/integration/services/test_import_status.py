"""Forecast, pause and coverage of an import: what was not read is named, and never called done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend.core.errors import RequestRefusedError
from backend.core.import_coverage import OF_FAMILIES, SourceCoverage
from backend.core.import_status import ImportState, ImportStatus
from backend.core.model.instants import DAY_MS, HOUR_MS
from backend.core.portfolio_view import ViewSettings
from backend.core.ports import Exchange
from backend.tests.integration.services.conftest import Bourse, Rig, ms_of
from backend.tests.integration.services.test_movements import nothing_is_missing

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]


def status_of(rig: Rig) -> ImportStatus:
    settings = ViewSettings("simulator", "USDT", 30, 3600, "UTC")
    return ImportStatus(rig.store, rig.portfolio, settings, lambda: rig.machine.wall_ms)


def state_of(rig: Rig) -> ImportState:
    (found,) = status_of(rig).progress(None)[1]
    return found


def covered(rig: Rig) -> dict[str, SourceCoverage]:
    return {one.source: one for _, one in status_of(rig).coverage(None)[1]}


class Watching:
    """Passes everything on, and calls somebody before each question for trades."""

    def __init__(self, inner: Any, before: Callable[[], None]) -> None:
        self._inner = inner
        self._before = before

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def trades(self, *args: Any) -> Any:
        self._before()
        return self._inner.trades(*args)


def test_an_import_tells_what_is_left_and_for_how_long(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", BNB="2", ETH="1", BTC="0.1")
    rig = make_rig(bourse)
    rig.session()
    assert state_of(rig).state == "waiting"
    seen: list[ImportState] = []

    def look() -> None:
        rig.machine.pass_s(1)
        seen.append(state_of(rig))

    def watched(exchange: Exchange) -> Watching:
        return Watching(exchange, look)

    rig.wrap = watched
    rig.step()
    under_way = [one for one in seen if one.symbols_left]
    assert {one.state for one in under_way} == {"running"}
    left = [one.symbols_left for one in under_way]
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1]
    assert all(one.seconds_left for one in under_way)
    assert all(one.reading.startswith("reading trades of ") for one in under_way)
    done = state_of(rig)
    assert (done.state, done.reading, done.symbols_left, done.windows_left, done.seconds_left) == (
        "complete", "", 0, 0, None,
    )  # fmt: skip


def test_a_paused_import_reads_nothing_more_and_goes_on_where_it_stopped(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BNB="2", ETH="1", BTC="0.1")
    bourse.do(
        "event", kind="p2p", side="BUY", asset="USDT", amount="100", fiat="CNY", price="7", at="2026-05-28T00:00:00Z"
    )
    rig = make_rig(bourse)
    asked = 0

    def stop_at_the_second() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            status_of(rig).pause(None, True)

    def watched(exchange: Exchange) -> Watching:
        return Watching(exchange, stop_at_the_second)

    rig.wrap = watched
    valuation = rig.step()
    # The second was under way and is the last.
    assert asked == 2
    assert valuation.total == bourse.value_before(bourse.now_ms())
    assert (state_of(rig).state, rig.sync().import_complete, rig.rows()) == ("paused", False, [])
    read = rig.events()
    bourse.pass_s(2 * 3600)
    rig.step()
    assert (asked, rig.events()) == (2, read)
    assert status_of(rig).pause(None, False)[1][0].state == "running"
    rig.step()
    # The pair that was being read is read again, the ones before are not.
    assert rig.sync().import_complete
    nothing_is_missing(rig)
    # A pause leaves no hole in the chart.
    hours = [row.at_ms for row in rig.rows() if row.at_ms % HOUR_MS == 0]
    assert hours == list(range(hours[0], hours[-1] + 1, HOUR_MS))


def test_a_pause_later_lets_new_movements_in(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    status_of(rig).pause(rig.account, True)
    bourse.do("event", kind="pay", asset="ADA", amount="5")
    bourse.do("deposit", asset="ETH", amount="1")
    bourse.pass_s(60)
    rig.step()
    assert state_of(rig).state == "paused"
    nothing_is_missing(rig)


def test_what_lies_beyond_a_horizon_is_a_gap_and_never_done(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse("2025-01-10T10:00:00Z", USDT="5000")
    opened, now = ms_of("2025-01-10T10:00:00Z"), bourse.now_ms()
    rig = make_rig(bourse)
    rig.step()
    found = covered(rig)
    for name in ("deposit", "withdrawal", "convert", "dividend"):
        assert (found[name].complete, found[name].gaps, found[name].horizon_ms) == (True, (), None), name
    # Their horizons lie before the first event: nothing can be missing there.
    for name in ("trade", "dust", "pay"):
        assert (found[name].complete, found[name].gaps) == (True, ()), name
        assert (found[name].horizon_ms or 0) < opened
    (gap,) = found["p2p"].gaps
    assert (gap.reason, gap.from_ms) == ("beyond_horizon", opened)
    assert gap.until_ms == found["p2p"].horizon_ms
    assert abs((gap.until_ms or 0) - (now - 180 * DAY_MS)) <= HOUR_MS
    assert (found["p2p"].complete, found["p2p"].reason) == (False, "beyond_horizon")
    assert found["futures_usdm"].reason == "beyond_horizon"
    # A dear history was read for its newest window only: the rest is not done.
    (gap,) = found["earn_flexible"].gaps
    assert (gap.reason, gap.from_ms, gap.until_ms) == ("not_read", opened, found["earn_flexible"].from_ms)
    assert (found["fiat_deposit"].complete, found["fiat_deposit"].reason) == (False, "not_read")


def test_dear_histories_are_read_slowly_until_they_are_complete(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse("2025-12-10T10:00:00Z", USDT="5000")
    rig = make_rig(bourse)
    rig.step()
    for _ in range(20):
        rig.step()
        if covered(rig)["earn_flexible"].complete and covered(rig)["earn_locked"].complete:
            return
    raise AssertionError(covered(rig)["earn_flexible"])


def test_a_history_that_the_key_may_not_see_is_no_complete_one(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", ADA="100")
    rig = make_rig(bourse)
    refused = True

    class Refusing(Watching):
        def movements(self, source: str, *args: Any) -> Any:
            if source == "pay" and refused:
                raise RequestRefusedError("You are not authorized", -1002)
            return self._inner.movements(source, *args)

    def wrapped(exchange: Exchange) -> Refusing:
        return Refusing(exchange, lambda: None)

    rig.wrap = wrapped
    rig.step()
    found = covered(rig)["pay"]
    assert (found.complete, found.reason, found.from_ms) == (False, "not_readable", None)
    assert covered(rig)["p2p"].complete
    # What it would have told stays unexplained, and is found once the key may see it.
    bourse.do("event", kind="pay", asset="ADA", amount="5")
    rig.step()
    assert rig.sync().unreconciled == ("ADA",)
    refused = False
    rig.step()
    nothing_is_missing(rig)
    assert covered(rig)["pay"].complete


def test_histories_of_families_are_no_gap_of_an_account_that_has_none(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000")
    rig = make_rig(bourse)

    class Alone(Watching):
        def movements(self, source: str, *args: Any) -> Any:
            if source in OF_FAMILIES:
                raise RequestRefusedError("This account is no sub-account", -1002)
            return self._inner.movements(source, *args)

    rig.wrap = lambda exchange: Alone(exchange, lambda: None)
    rig.step()
    assert OF_FAMILIES.isdisjoint(covered(rig))
    assert all(one.reason != "not_readable" for one in covered(rig).values())
