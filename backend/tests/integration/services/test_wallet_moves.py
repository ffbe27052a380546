"""Each wallet is what its events and the moves between wallets make it, to the last digit; what nobody tells is named.

The judge is the simulator's own ledger, wallet by wallet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from backend.core.import_coverage import histories
from backend.core.ledger.certificate import CertifiedAsset
from backend.core.ledger.wallet_lines import WalletLine
from backend.core.model.instants import DAY_MS, HOUR_MS, iso_ms
from backend.core.model.wallet_moves import tells_moves
from backend.tests.integration.services.conftest import Bourse, Rig
from backend.tests.process.certificates import WALLETS

OpenBourse = Callable[..., Bourse]
MakeRig = Callable[..., Rig]
Held = dict[tuple[str, str], Decimal]
# Where money goes into Earn from and out of it to; a locked position is paid back to spot alone.
BESIDE_EARN = {"spot", "funding"}
PLACES = ("spot", "funding", "earn_flexible", "earn_locked", "margin", "isolated_margin", "usdm", "coinm")
WAYS = [
    (source, target)
    for source, target in permutations(PLACES, 2)
    if not target.startswith("earn") or source in BESIDE_EARN
    if source != "earn_flexible" or target in BESIDE_EARN
    if source != "earn_locked" or target == "spot"
]
ASKED = ("/sapi/v1/asset/transfer", "subscriptionRecord", "redemptionRecord")
STEPS = 40


def truth(bourse: Bourse) -> Held:
    """What the exchange's ledger says is in each wallet."""
    held: Held = {}
    for row in bourse.ledger():
        key = row["asset"], WALLETS.get(row["wallet"], row["wallet"])
        held[key] = held.get(key, Decimal(0)) + Decimal(row["change"])
    return {key: quantity for key, quantity in held.items() if quantity}


def assets(rig: Rig) -> tuple[CertifiedAsset, ...]:
    with rig.store.read() as unit:
        found = unit.proofs.certificate(rig.account)
    assert found is not None
    assert found.complete
    return found.assets


def lines(rig: Rig) -> dict[tuple[str, str], WalletLine]:
    with rig.store.read() as unit:
        found = unit.proofs.certificate(rig.account)
    assert found is not None
    return {(row.asset, line.wallet): line for row in found.assets for line in row.lines(found.moves_read)}


def replayed(rig: Rig) -> Held:
    return {key: line.replayed for key, line in lines(rig).items() if line.replayed}


def states(rig: Rig) -> set[str]:
    return {line.state for line in lines(rig).values()}


def settle(rig: Rig) -> None:
    """Steps until nothing is asked any more."""
    for _ in range(STEPS):
        rig.step()
        if "moves_not_read" not in states(rig):
            return
    raise AssertionError("moves are never read to the end")


def asked(bourse: Bourse) -> int:
    rows: list[Mapping[str, Any]] = bourse.simulator.control("/sim/requests")["requests"]
    return sum(int(row["count"]) for row in rows if any(word in row["path"] for word in ASKED))


def move(bourse: Bourse, source: str, target: str, asset: str, amount: str, at: str | None = None) -> None:
    bourse.do("transfer", **{"from": source, "to": target}, asset=asset, amount=amount, **({"at": at} if at else {}))


def happens_everywhere(bourse: Bourse, seed: int) -> None:
    """Something in every wallet, and eighty moves between them, those refused that nothing is there for."""
    chance = random.Random(seed)
    at = bourse.now_ms() - 6 * DAY_MS

    def event(kind: str, **fields: Any) -> None:
        bourse.do("event", kind=kind, at=iso_ms(at), **fields)

    event("p2p", side="BUY", asset="USDT", amount="300", fiat="CNY", price="7")
    event("pay", asset="ADA", amount="25")
    move(bourse, "spot", "margin", "USDT", "700", iso_ms(at))
    move(bourse, "spot", "margin", "ADA", "30", iso_ms(at))
    event("borrow", asset="USDT", amount="100")
    event("interest", asset="USDT", amount="0.25")
    event("dust", assets={"ADA": "1.5"}, wallet="margin")
    move(bourse, "spot", "usdm", "USDT", "900", iso_ms(at))
    move(bourse, "spot", "earn_flexible", "ADA", "100", iso_ms(at))
    bourse.do("reward", asset="ADA", amount="0.75", kind="REALTIME", wallet="earn_flexible", at=iso_ms(at + 1000))
    bourse.do("reward", asset="ADA", amount="0.5", kind="Airdrop", at=iso_ms(at + 2000))
    bourse.do("trade", market="usdm", symbol="ETHUSDT", side="BUY", quantity="0.1", at=iso_ms(at + DAY_MS))
    bourse.do("trade", market="usdm", symbol="ETHUSDT", side="SELL", quantity="0.1", at=iso_ms(at + 2 * DAY_MS))
    for number in range(80):
        source, target = chance.choice(WAYS)
        asset, amount = chance.choice(("USDT", "ADA", "BNB")), chance.choice(("5", "0.12345678", "20"))
        with suppress(AssertionError):
            move(bourse, source, target, asset, amount, iso_ms(at + 2 * DAY_MS + number * DAY_MS // 30))


def test_each_of_eight_wallets_is_replayed_to_the_last_digit(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", BNB="5", ADA="500")
    happens_everywhere(bourse, seed=4)
    rig = make_rig(bourse)
    settle(rig)
    assert assets(rig)
    assert {wallet for _, wallet in truth(bourse)} == {WALLETS.get(place, place) for place in PLACES}
    assert replayed(rig) == truth(bourse)
    assert states(rig) == {"agrees"}
    # What moves from then on is asked for as soon as a wallet differs.
    bourse.pass_s(3600)
    move(bourse, "spot", "funding", "USDT", "12.5")
    move(bourse, "spot", "earn_locked", "BNB", "0.5")
    rig.step()
    settle(rig)
    assert replayed(rig) == truth(bourse)
    assert states(rig) == {"agrees"}


def test_a_move_that_is_not_told_any_more_is_named_with_its_amount_and_the_coin_is_complete(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse("2025-10-01T00:00:00Z", USDT="1000")
    move(bourse, "spot", "funding", "USDT", "70", "2025-10-02T00:00:00Z")
    move(bourse, "spot", "funding", "USDT", "5", "2026-05-20T00:00:00Z")
    rig = make_rig(bourse)
    settle(rig)
    (row,) = assets(rig)
    assert (row.asset, row.difference) == ("USDT", Decimal(0))
    found = {wallet: (line.state, line.difference) for (_, wallet), line in lines(rig).items()}
    assert found == {"spot": ("moves_not_told", Decimal(-70)), "funding": ("moves_not_told", Decimal(70))}
    # Nothing is asked again and again for what will never be told.
    before = asked(bourse)
    for _ in range(3):
        bourse.pass_s(700)
        rig.step()
    assert asked(bourse) == before


def test_older_months_of_earn_are_read_until_the_wallets_agree_and_no_further(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse("2025-06-01T00:00:00Z", USDT="1000", BNB="5")
    move(bourse, "spot", "earn_flexible", "USDT", "300", "2026-01-10T00:00:00Z")
    move(bourse, "spot", "earn_locked", "BNB", "2", "2026-02-10T00:00:00Z")
    move(bourse, "earn_flexible", "spot", "USDT", "100.5", "2026-03-10T00:00:00Z")
    rig = make_rig(bourse)
    settle(rig)
    assert replayed(rig) == truth(bourse)
    assert states(rig) == {"agrees"}
    with rig.store.read() as unit:
        spans = unit.ledger.cursors_of(rig.account, ("since",))
    reached = {iso_ms(spans[name]["since"])[:7] for name in ("earn_flexible_in", "earn_flexible_out")}
    assert reached <= {"2025-10", "2025-11", "2025-12", "2026-01"}


def test_an_account_with_one_wallet_asks_nothing(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="1000")
    before = asked(bourse)
    rig = make_rig(bourse)
    for _ in range(3):
        rig.step()
    assert asked(bourse) == before
    assert states(rig) == {"agrees"}


def test_an_import_that_is_cut_off_at_any_question_reads_each_move_once(
    open_bourse: OpenBourse, make_rig: MakeRig
) -> None:
    bourse = open_bourse(USDT="5000", BNB="5", ADA="500")
    happens_everywhere(bourse, seed=5)
    machine = make_rig(bourse).machine
    for number in range(6):
        cut = make_rig(bourse, machine=machine)
        cut.wrap = lambda exchange, left=number: Cutting(exchange, left)  # type: ignore[misc]  # bound per round
        with suppress(KilledError):
            cut.step()
            cut.step()
    rig = make_rig(bourse, machine=machine)
    settle(rig)
    assert replayed(rig) == truth(bourse)
    with rig.store.read() as unit:
        moves = len(unit.wallet_moves.all(rig.account))
    rows = [row for row in bourse.ledger() if row["kind"] == "transfer"]
    assert moves == len(rows) // 2


def test_moves_beyond_what_the_exchange_tells_are_a_named_gap(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse("2025-06-01T10:00:00Z", USDT="5000")
    for at, target in (
        ("2025-06-02T10:00:00Z", "funding"),
        ("2025-06-03T10:00:00Z", "earn_flexible"),
        ("2026-05-20T10:00:00Z", "funding"),
    ):
        bourse.do("transfer", **{"from": "spot", "to": target}, asset="USDT", amount="100", at=at)
    rig = make_rig(bourse)
    settle(rig)
    with rig.store.read() as unit:
        told = {one.source: one for one in histories(unit, rig.account)}
    edge = bourse.now_ms() - 180 * DAY_MS
    (gap,) = told["transfer_spot_funding"].gaps
    assert gap.reason == "beyond_horizon"
    assert gap.until_ms == pytest.approx(edge, abs=HOUR_MS)
    assert told["transfer_spot_funding"].until_ms == pytest.approx(bourse.now_ms(), abs=HOUR_MS)
    assert {"earn_flexible_in", "earn_flexible_out", "transfer_funding_spot"} <= told.keys()
    # Of wallets that nobody used there is nothing to tell.
    assert not [name for name in told if "futures" in name and tells_moves(name)]


def test_moves_change_no_figure_and_cost_little(open_bourse: OpenBourse, make_rig: MakeRig) -> None:
    bourse = open_bourse(USDT="5000", BNB="5", ADA="500")
    happens_everywhere(bourse, seed=6)
    rig, before = make_rig(bourse), asked(bourse)
    rig.step()
    rows, events, flows = rig.rows(), rig.events(), rig.flows()
    settle(rig)
    later = [row for row in rig.rows() if row.at_ms <= rows[-1].at_ms]
    assert ([*map(repr, later)], rig.events(), rig.flows()) == ([*map(repr, rows)], events, flows)
    # Thirty directions of one weight each, and four histories of Earn.
    assert asked(bourse) - before <= 34


class KilledError(Exception):
    """The program ended here."""


class Cutting:
    """Passes everything on, until so many questions for moves were answered."""

    def __init__(self, inner: Any, left: int) -> None:
        self._inner = inner
        self._left = left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def wallet_moves(self, *args: Any) -> Any:
        if self._left == 0:
            raise KilledError
        self._left -= 1
        return self._inner.wallet_moves(*args)
