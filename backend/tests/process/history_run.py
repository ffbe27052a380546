"""A long history imported while the program is killed again and again, and judged by the exchange's own ledger.

Used by a test on a small account and by `python -m soak history` on one of 25,000 fills. Nothing is imported from the
program under test but the test package's harness.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from backend.tests.database_places import NAME
from backend.tests.forks import begin, run
from backend.tests.leaks import SECRET
from backend.tests.process.certificates import Held, by_coin, compared, owned, owned_in, wallet_faults
from backend.tests.process.exports import CARD_SALE, new_export, old_export
from backend.tests.process.harness import NeverHappened, Product, simulator, wait_for
from backend.tests.process.long_account import DAYS, KEY, NOW, TRADES_TOLD_DAYS, Size, stage
from backend.tests.process.omitting import Omitting
from backend.tests.process.reference import DAY, milliseconds
from backend.tests.simulator.harness import SimulatorProcess
from backend.tests.stored import asked, looked_into, rows_if_made, unsound

# Every wallet is exported up to here, and what is told for three or six months only up to there.
ALL_UNTIL_DAYS, SHORT_UNTIL_DAYS = 600, 60
COMMAND_S: Final = 300.0
SHORT_WALLETS: Final = ("funding", "usdm", "coinm")
HISTORIES: Final = re.compile(
    "myTrades|hisrec|withdraw/history|tradeFlow|dribblet|fiat/|pay/|listUserOrderHistory|assetDividend|rewardsRecord"
    "|interestHistory|borrow-repay|/income|universalTransfer|subUserHistory"
)
REFUSED: Final = ("429", "418")
# Every so many kills one falls into a start, before anything is asked.
STARTS: Final = 5
LOOK_EVERY_S: Final = 0.05
NEXT_ANSWERS_S: Final = 120.0
FLOWS: Final = ("deposit", "fiat_deposit", "fiat_buy", "fiat_sell", "fiat_withdraw", "withdrawal", "pay", "p2p",
                  "sub_transfer")  # fmt: skip


@dataclass
class Outcome:
    """What one run came to: counts to tell, and a sentence for everything that is not as it should be."""

    counts: Counter[str] = field(default_factory=Counter)
    facts: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def expect(self, found: object, wanted: object, what: str) -> None:
        if found != wanted:
            self.failures.append(f"{what}: {found} is not {wanted}")


@dataclass
class Scene:
    """The exchange with its account, the account's old exports, and what is true of it."""

    exchange: SimulatorProcess
    folder: Path
    ledger: Sequence[Mapping[str, Any]]
    files: Sequence[Path]

    @property
    def fills(self) -> int:
        return len({row["ref"] for row in self.ledger if row["kind"] == "trade"})

    def now_truth(self) -> Held:
        """What is owned now: funding falls due while a run is at work."""
        return owned(self.exchange.control(f"/sim/ledger?api_key={KEY}"))

    def asked(self) -> int:
        """How often any history was asked for."""
        rows = self.exchange.control("/sim/requests")["requests"]
        return sum(int(row["count"]) for row in rows if HISTORIES.search(row["path"]))

    def refused(self) -> int:
        rows = self.exchange.control("/sim/requests")["requests"]
        return sum(int(row["status"].get(status, 0)) for row in rows for status in REFUSED)

    def peak_weight(self) -> int:
        """Spot weight of the busiest minute."""
        minutes: Counter[str] = Counter()
        for row in self.exchange.control("/sim/requests")["requests"]:
            if row["path"].startswith("/api/"):
                minutes[row["minute"]] += int(row["weight"])
        return max(minutes.values())


@contextlib.contextmanager
def staged(folder: Path, size: Size, seed: int) -> Iterator[Scene]:
    """A simulator with the account, its clock beginning at `NOW`; it tells spot trades for two years."""
    told = ("--trades-told-days", str(TRADES_TOLD_DAYS))
    with simulator(folder / "exchange", "--start-time", NOW, "--seed", str(seed), *told) as exchange:
        stage(exchange, size, seed)
        ledger = exchange.control(f"/sim/ledger?api_key={KEY}")
        yield Scene(exchange, folder, ledger, _exported(folder / "exports", ledger))


def _exported(folder: Path, ledger: Sequence[Mapping[str, Any]]) -> list[Path]:
    now = milliseconds(NOW)
    start, middle, end = now - (DAYS + 2) * DAY, now - ALL_UNTIL_DAYS * DAY, now - SHORT_UNTIL_DAYS * DAY
    folder.mkdir()
    found = []
    for name, text in (
        old_export(ledger, start, start + 365 * DAY),
        new_export(ledger, start + 365 * DAY, middle),
        new_export(ledger, middle, end, SHORT_WALLETS),
    ):
        found.append(folder / name)
        found[-1].write_text(text, "utf-8", newline="")
    return found


def killed_again_and_again(scene: Scene, kills: int, seed: int, a_kill: int, within_s: float) -> Outcome:
    """Import under SIGKILLs, the files in the middle of them; then compare with the ledger.

    Args:
        a_kill: at most so many questions for histories are let through before a kill.
        within_s: how long the import may take once nobody kills it any more.
    """
    outcome, dice = Outcome(), random.Random(f"{seed} kills")
    product = Product.on_simulator(scene.folder / "data", scene.exchange.url, KEY, SECRET)
    pause, begun = threading.Event(), time.monotonic()
    for kill in range(kills):
        product.launch()
        if kill % STARTS == STARTS - 1:
            pause.wait(dice.uniform(0.1, 2.5))
        else:
            _let_through(scene, product, dice.randint(1, a_kill))
        if kill == kills // 3:
            _import_files(scene, product, outcome, dice)
        outcome.counts["kills inside the import" if _importing(product) else "kills after it"] += 1
        product.kill()
    with product:
        resumed = time.monotonic()
        found = _certified(product, outcome, within_s)
        outcome.facts["import, kills included"] = f"{time.monotonic() - begun:.0f} s"
        outcome.facts["of that after the last kill"] = f"{time.monotonic() - resumed:.0f} s"
        truth = scene.now_truth()
        _judge_certificate(outcome, found, truth, "unknown_operations" if outcome.counts["lines refused"] else None)
        # The user looks at them: what they moved is told by the exchange, and the balances agree.
        for item in product.all_items("/api/imports"):
            if product.get(f"/api/imports/{item['id']}")["refused"]:
                product.post(f"/api/imports/{item['id']}/dismiss")
        _judge_certificate(outcome, product.get("/api/imports/certificate"), truth, None)
        _judge_wallets(outcome, product, scene)
        _judge_coverage(outcome, product)
        _judge_rows(outcome, product, scene)
        code, _, _ = run(["certificate", "--json"], product.environment, COMMAND_S)
        outcome.expect(code, 0, "exit code of the certificate command")
    outcome.counts["questions for histories"] = scene.asked()
    outcome.facts["requests refused (429, 418)"] = str(scene.refused())
    outcome.facts["peak weight of a minute"] = f"{scene.peak_weight():,} of 6,000"
    outcome.expect(scene.refused(), 0, "requests refused for their number")
    return outcome


def one_left_out(scene: Scene, seed: int, within_s: float) -> Outcome:
    """Import all of it anew from an exchange that never tells of one fill: what is missing is named to the digit."""
    outcome, dice = Outcome(), random.Random(f"{seed} omission")
    number = dice.choice(sorted(_fills_of_late(scene)))
    missing = owned([row for row in scene.ledger if row["ref"] == number])
    with Omitting(scene.exchange.url, lambda fill: str(fill["id"]) == number) as between:
        with Product.on_simulator(scene.folder / "short", between.url, KEY, SECRET) as product:
            wait_for(lambda: _accounts(product), "the account is known", NEXT_ANSWERS_S)
            _import_files(scene, product, outcome)
            begun = time.monotonic()
            with contextlib.suppress(NeverHappened):
                wait_for(lambda: _differs_by(product, missing), "one fill differs and nothing else", within_s, 1.0)
            outcome.facts["named after"] = f"{time.monotonic() - begun:.0f} s"
            found = product.get("/api/imports/certificate")
            outcome.expect((found["complete"], found["reason"]), (False, "differences"), "the certificate")
            outcome.expect(by_coin(found, "difference"), missing, "what is named of the fill left out")
            outcome.expect(by_coin(found, "reported"), scene.now_truth(), "reported without the fill")
        outcome.expect(len(between.omitted), 1, "fills left out")
    outcome.facts["named"] = ", ".join(f"{amount:+f} {coin}" for coin, amount in sorted(missing.items()))
    outcome.expect(scene.refused(), 0, "requests refused for their number")
    return outcome


def _fills_of_late(scene: Scene) -> set[str]:
    """Fills that no export tells."""
    first = milliseconds(NOW) - ALL_UNTIL_DAYS * DAY
    return {row["ref"] for row in scene.ledger if row["kind"] == "trade" and milliseconds(row["at"]) >= first}


def _let_through(scene: Scene, product: Product, questions: int) -> None:
    """Wait until so many questions for histories were answered, or the import is over."""
    before = scene.asked()
    wait_for(
        lambda: scene.asked() - before >= questions or _imported(product) or not product.running,
        "the import asks on",
        NEXT_ANSWERS_S,
        LOOK_EVERY_S,
    )
    assert product.running, product.log_tail()


def _import_files(scene: Scene, product: Product, outcome: Outcome, dice: random.Random | None = None) -> None:
    """The files by the command line, beside the running program; with dice the command is killed once before."""
    if dice is not None:
        with product.log.open("ab") as output:
            command = begin(["import", *map(str, scene.files)], product.environment, output)
        with contextlib.suppress(subprocess.TimeoutExpired):
            command.wait(dice.uniform(0.05, 3.0))
        command.kill()
        command.wait()
        outcome.counts["kills of the command that reads files"] += 1
    _, told, errors = run(["import", *map(str, scene.files)], product.environment, COMMAND_S)
    counts = Counter({what: sum(map(int, re.findall(rf"(\d+) {what}", told)))
                      for what in ("new", "already there", "that move nothing", "refused")})  # fmt: skip
    outcome.facts["lines of the exports"] = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    unknown = len(re.findall(rf"operation_unknown: {CARD_SALE}", told))
    outcome.counts["lines refused"] = counts["refused"]
    outcome.expect(counts["refused"], unknown, f"refused lines of the exports ({told[-500:]} {errors})")


def _accounts(product: Product) -> bool:
    return bool(product.get("/api/imports/progress")["items"])


def _certified(product: Product, outcome: Outcome, within_s: float) -> Any:
    """The certificate, once it is complete or time is over."""
    with contextlib.suppress(NeverHappened):
        return wait_for(
            lambda: found if (found := compared(product)) and found["complete"] else None,
            "a complete certificate",
            within_s,
            1.0,
        )
    outcome.failures.append(f"no complete certificate within {within_s:g} s")
    return product.get("/api/imports/certificate")


def _differs_by(product: Product, missing: Held) -> bool:
    found = compared(product)
    return bool(found) and by_coin(found, "difference") == missing


def _judge_certificate(outcome: Outcome, found: Any, truth: Held, reason: str | None) -> None:
    outcome.expect((found["complete"], found["reason"]), (True, reason), "the certificate")
    for column in ("replayed", "reported"):
        held = by_coin(found, column)
        wrong = {
            coin: (held.get(coin), truth.get(coin)) for coin in {*held, *truth} if held.get(coin) != truth.get(coin)
        }
        outcome.expect(wrong, {}, f"{column} and true, by coin")
    outcome.counts["coins exact"] = len(truth)


def _judge_wallets(outcome: Outcome, product: Product, scene: Scene) -> None:
    """Each wallet is right, or says that it is not: moves of three years ago are told by nobody."""
    found = product.get("/api/imports/certificate")
    ledger = scene.exchange.control(f"/sim/ledger?api_key={KEY}")
    outcome.expect(wallet_faults(found, owned_in(ledger)), [], "the wallets of the certificate")
    outcome.counts.update(f"in wallets: {line['state']}" for row in found["assets"] for line in row["wallets"])


def _judge_coverage(outcome: Outcome, product: Product) -> None:
    gaps = {
        one["source"]: [f"{gap['from']} to {gap['to']}: {gap['reason']}" for gap in one["gaps"]]
        for one in product.get("/api/imports/coverage")["items"]
        if one["gaps"]
    }
    outcome.facts["stretches that nothing tells of"] = json.dumps(gaps)


def _judge_rows(outcome: Outcome, product: Product, scene: Scene) -> None:
    """Each movement is one event that counts: none twice, none missing, none made up."""
    counts = "NOT superseded AND source != 'reconciliation'"
    with looked_into(product.data / NAME) as connection:
        outcome.expect(unsound(connection), [], "the database")
        kinds = asked(connection, f"SELECT kind, count(*) FROM ledger_events WHERE {counts} GROUP BY 1")
        booked = Counter({str(kind): int(times) for kind, times in kinds})
        (stand_ins,) = asked(connection, "SELECT count(*) FROM ledger_events WHERE source = 'reconciliation'")
    moved: dict[tuple[str, str], Decimal] = {}
    for row in scene.ledger:
        if row["kind"] in FLOWS:
            key = row["kind"], row["ref"]
            moved[key] = moved.get(key, Decimal(0)) + Decimal(row["change"])
    flows = Counter("deposit" if change > 0 else "withdrawal" for change in moved.values())
    outcome.counts["fills"] = scene.fills
    outcome.counts["flows"] = flows.total()
    outcome.expect(booked["trade"], scene.fills, "trades that count")
    for kind in ("deposit", "withdrawal"):
        outcome.expect(booked[kind], flows[kind], f"{kind}s that count")
    outcome.expect(stand_ins, (0,), "events that stand in for unknown ones")


def _importing(product: Product) -> bool:
    return not _imported(product)


def _imported(product: Product) -> bool:
    """Whether the first import was finished, as the program has written it down."""
    return any(done for (done,) in rows_if_made(product.data / NAME, "SELECT import_complete FROM account_sync"))
