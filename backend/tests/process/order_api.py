"""Promises about orders that are kept between page, collector and exchange: each function is one try of many."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from backend.tests.process.harness import wait_for
from backend.tests.process.order_scene import LATENCY_MS, ORDER_PATHS, PATIENCE_S, RUN_OVER, TARGETS, OrderScene

# Reads of what an account holds: without them nothing agrees with anything.
BALANCES: Final = r"^(GET|POST) (/api/v3/account|/sapi/|/fapi/|/dapi/)"
CLOCK_STANDS_S: Final = 1.1
ORDER_CALLS: Final = ("/api/v3/order", "/api/v3/order/test")


@dataclass
class Tried:
    """Counts by what happened, and a sentence for each broken promise."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tried) -> None:
        self.counts += other.counts
        self.failures += other.failures


def sent(scene: OrderScene) -> int:
    """How many orders were ever posted to the exchange, whatever it answered."""
    rows = scene.exchange.control("/sim/requests")["requests"]
    return sum(row["count"] for row in rows if row["method"] == "POST" and row["path"] in ORDER_CALLS)


# -- O2 -----------------------------------------------------------------------------------------------------------


def starts_with_failing_reads(
    scene: OrderScene, name: str, targets: Mapping[str, float], seed: int, starts: int
) -> Tried:
    """O2: a run is under way when the program ends; each start finds the balances unreadable and sends nothing."""
    dice, tried = random.Random(seed), Tried()
    (run,) = scene.begin([name], seed, targets)
    scene.collector.kill()
    for _ in range(starts):
        scene.exchange.control("/sim/faults", {"p": 1, "kinds": ["http_500"], "match": BALANCES})
        before, epoch = sent(scene), scene.epoch()
        scene.collector.launch()
        wait_for(lambda epoch=epoch: scene.epoch() > epoch, "the collector leads", 60)  # type: ignore[misc]  # bound now
        wait_for(lambda: _says_why(scene), "the page says why", 60)
        threading.Event().wait(dice.uniform(0, 0.5))
        tried.counts["starts"] += 1
        if sent(scene) != before:
            tried.failures.append(f"{sent(scene) - before} orders were sent before anything agreed")
        scene.collector.kill()
    scene.no_faults()
    scene.collector.launch()
    scene.finish([run])
    tried.counts["runs finished afterwards"] += scene.journal().state_of_runs()[run] == "complete"
    return tried


def _says_why(scene: OrderScene) -> bool:
    """Whether page reads stand and one of them names the trouble."""
    overview = scene.web.get("/api/portfolio/overview")
    return overview["sync"]["error"] is not None


# -- O8 -----------------------------------------------------------------------------------------------------------


def dry_sequence(scene: OrderScene, seed: int) -> Tried:
    """O8: any calls in any order, each that can be told so with `dry_run: true`."""
    dice, tried = random.Random(f"O8 {seed}"), Tried()
    name = dice.choice(scene.names)
    number = scene.ids[name]
    plans: list[Any] = []
    calls: dict[str, Callable[[], tuple[str, str, Any]]] = {
        "plan": lambda: ("POST", "/plan", {"account": number, "allocations": dice.choice(TARGETS)}),
        "buy": lambda: ("POST", "/plan", {"account": number, "mode": "buy_only", "amount_usd": "100"}),
        "execute": lambda: ("POST", "/execute", _execution(dice.choice(plans), name, dry_run=True)),
        "execute by default": lambda: ("POST", "/execute", _execution(dice.choice(plans), name)),
        "settings": lambda: ("PUT", "/settings", {"dry_run": True, "strategy": dice.choice(("manual", "threshold"))}),
        "convert": lambda: (
            "POST",
            "/convert",
            {"account": number, "from": "BTC", "to": "ETH", "amount": "0.01", "dry_run": True},
        ),
        "stop": lambda: ("POST", f"/runs/{dice.randrange(1, 30)}/stop", None),
        "runs": lambda: ("GET", "/runs", None),
        "switch": lambda: (dice.choice(("POST", "DELETE")), "/kill-switch", None),
    }
    for _ in range(dice.randrange(3, 8)):
        what = dice.choice(list(calls)) if plans else "plan"
        method, path, body = calls[what]()
        answer = scene.web.request(method, f"/api/rebalancing{path}", json=body)
        tried.counts.update({f"{what}: {answer.status_code}": 1, "calls": 1})
        if answer.status_code >= 500 and answer.status_code != 503:
            tried.failures.append(f"seed {seed}: {what} answered {answer.status_code}")
        if answer.ok and path == "/plan":
            plans.append(answer.json())
    tried.counts["sequences"] += 1
    return tried


def _execution(plan: Mapping[str, Any], name: str, **more: Any) -> dict[str, Any]:
    return {"plan_id": plan["plan_id"], "hash": plan["hash"], "confirmation": name, **more}


# -- O9 -----------------------------------------------------------------------------------------------------------


def clicked(scene: OrderScene, name: str, seed: int) -> Tried:
    """O9: one plan, executed by double clicks, replays, edited bodies, two tabs, or too late: at most one run."""
    dice, tried = random.Random(f"O9 {seed}"), Tried()
    kind = dice.choice(("double click", "replay", "edited", "two tabs", "expired"))
    before = len(scene.journal().runs)
    plans = [scene.plan(name, allocations=targets) for targets in TARGETS]
    # One of them is where the account stands already.
    plan = max(plans, key=lambda one: one["totals"]["orders"])
    targets = TARGETS[plans.index(plan)]
    body = _execution(plan, name, dry_run=False)
    bodies, key = [body] * dice.randrange(2, 6), {}
    match kind:
        case "replay":
            key = {"Idempotency-Key": f"replay-{seed}"}
        case "edited":
            wrong = plan["hash"][:-1] + ("0" if plan["hash"][-1] != "0" else "1")
            bodies = [
                body | {"hash": wrong},
                body | {"confirmation": "somebody"},
                body | {"plan_id": plan["hash"][:16]},
            ]
        case "two tabs":
            other = scene.plan(name, allocations=targets)
            bodies = [body, _execution(other, name, dry_run=False)]
        case "expired":
            scene.exchange.control("/sim/clock", {"advance_s": 61})
            # What was read of the clock a moment ago still stands.
            threading.Event().wait(CLOCK_STANDS_S)

    def click(one: Mapping[str, Any]) -> int:
        return scene.web.session.post(
            scene.web.url + "/api/rebalancing/execute", json=one, headers=key, timeout=30
        ).status_code

    with ThreadPoolExecutor(len(bodies)) as clicks:
        answers = Counter(clicks.map(click, bodies))
    made = scene.journal().runs[before:]
    for run in made:
        scene.finish([run["id"]])
    most = 0 if kind in ("edited", "expired") else 1
    if len(made) > most:
        tried.failures.append(f"seed {seed}: {kind} made {len(made)} runs: {dict(answers)}")
    # A machine so busy that the collector never answered has made none.
    if most and not made and set(answers) != {503}:
        tried.failures.append(f"seed {seed}: {kind} made no run: {dict(answers)}")
    tried.counts.update({kind: 1, "tries": 1, "clicks": len(bodies), "runs": len(made)})
    return tried


def converted(scene: OrderScene, name: str, seed: int) -> Tried:
    """O9: one conversion under one key, clicked at once and again, its first answers lost to a client that gave up."""
    dice, tried = random.Random(f"O9 convert {seed}"), Tried()
    before = len(scene.journal().runs)
    given, amount = dice.choice((("BTC", "0.001"), ("SOL", "1"), ("ADA", "100")))
    body = {"account": scene.ids[name], "from": given, "to": "USDT", "amount": amount}
    body |= {"dry_run": False, "confirmation": name}
    url, key = f"{scene.web.url}/api/rebalancing/convert", {"Idempotency-Key": f"convert-{seed}"}
    clicks, patience_s = dice.randrange(2, 6), dice.choice((0.05, 0.3, 1.0, 30.0))

    def click(_: int) -> int | None:
        try:
            return requests.post(url, json=body, headers=key, timeout=patience_s).status_code
        except requests.Timeout:
            return None

    with ThreadPoolExecutor(clicks) as pool:
        answers = Counter(pool.map(click, range(clicks)))

    def told() -> int | None:
        answer = requests.post(url, json=body, headers=key, timeout=60)
        return int(answer.json()["run_id"]) if answer.status_code == 202 else None

    run = wait_for(told, f"the conversion of {name} is told", PATIENCE_S, 0.5)
    scene.finish([run])
    made = [one["id"] for one in scene.journal().runs[before:]]
    if made != [run]:
        tried.failures.append(f"seed {seed}: the runs {made} for one conversion, {run} was told: {dict(answers)}")
    tried.counts.update({"conversions": 1, "tries": 1, "clicks": clicks, "given up": answers[None], "runs": len(made)})
    return tried


# -- O10, O12 -----------------------------------------------------------------------------------------------------


def ended_politely(
    scene: OrderScene, names: list[str], seed: int, targets: Mapping[str, float], times: int, within_s: float
) -> Tried:
    """O12: SIGTERM in the middle of orders: gone in time, and no order at the exchange that the journal lacks."""
    dice, tried = random.Random(f"O12 {seed}"), Tried()
    runs = scene.begin(names, seed, targets)
    for _ in range(times):
        epoch = scene.epoch()
        threading.Event().wait(dice.uniform(0.0, 2.0))
        if scene.over(runs):
            break
        started = time.monotonic()
        code = scene.collector.stop(within_s)
        tried.counts["ends"] += 1
        tried.counts[f"in {int(time.monotonic() - started) + 1} s"] += 1
        if code:
            tried.failures.append(f"seed {seed}: exit code {code}")
        known = {row["client_order_id"] for row in scene.journal().attempts}
        strangers = [row["client_order_id"] for name in names for row in scene.orders(name)]
        tried.failures += [f"seed {seed}: {one} is not in the journal" for one in strangers if one not in known]
        scene.collector.launch()
        wait_for(lambda epoch=epoch: scene.epoch() > epoch, "the collector leads", 60)  # type: ignore[misc]  # bound now
    scene.finish(runs)
    states = scene.journal().state_of_runs()
    tried.failures += [f"seed {seed}: run {run} ended {states[run]}" for run in runs if states[run] != "complete"]
    assert all(state in RUN_OVER for state in states.values())
    scene.exchange.control("/sim/faults", {"kinds": [], "match": ORDER_PATHS, "latency_ms": LATENCY_MS})
    return tried
