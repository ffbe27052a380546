"""Four guessers against four web processes (W3): slow for them, at most two hashes at a time, and /health stays quick.

The real program under gunicorn with its real passwords. Who is inside a hash is written down by each process itself, on
the one clock that all of them share, and laid side by side afterwards. Half of the tries are of one name from few
addresses, which the brakes stop; the others are each of a name and an address of their own, which only the turns do.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

import click
import requests

from backend.tests.process.harness import Product, wait_for
from soak.harness import Run, Tally, go, report

TRIES: Final = 10_000
A_SLICE: Final = 1_000
GUESSERS: Final = 4
WORKERS: Final = 4
AT_ONCE: Final = 2
HEALTH_WITHIN_MS: Final = 2_000.0
HEALTH_EVERY_S: Final = 0.2
# Four processes that begin at once on a busy machine.
START_S: Final = 600.0
PASSWORD: Final = "the password of the guessed"
# Each process of the program runs this at its start, before anything of it is imported.
WATCH: Final = """
import os, time
import argon2

def watched(real):
    def call(self, *given):
        began = time.monotonic_ns()
        try:
            return real(self, *given)
        finally:
            file = os.open(os.environ["HASHES_SEEN"], os.O_APPEND | os.O_WRONLY | os.O_CREAT)
            os.write(file, f"{began} {time.monotonic_ns()}\\n".encode())
            os.close(file)
    return call

argon2.PasswordHasher.verify = watched(argon2.PasswordHasher.verify)
"""


def most_at_once(spans: list[tuple[int, int]]) -> int:
    """How many of the spans (begun, ended) lie over one another at most."""
    steps = sorted([(ended, -1) for _, ended in spans] + [(began, 1) for began, _ in spans])
    most = now = 0
    for _, step in steps:
        now += step
        most = max(most, now)
    return most


def tried(port: int, name: str, address: str) -> int:
    """The status of one try from an address of this machine."""
    body = json.dumps({"username": name, "password": "a guess that is wrong"})
    with closing(HTTPConnection("127.0.0.1", port, timeout=120, source_address=(address, 0))) as connection:
        connection.request("POST", "/api/auth/login", body, {"Content-Type": "application/json", "Host": "localhost"})
        return connection.getresponse().status


def guess(port: int, tries: int, dice: random.Random) -> Counter[int]:
    """One guesser's tries."""
    statuses: Counter[int] = Counter()
    for number in range(tries):
        own = f"127.{dice.randrange(1, 250)}.{dice.randrange(256)}.{dice.randrange(1, 250)}"
        name, address = (f"user{dice.randrange(10**9)}", own) if number % 2 else ("admin", f"127.0.0.{number % 9 + 2}")
        statuses[tried(port, name, address)] += 1
    return statuses


def health(product: Product, done: threading.Event) -> list[float]:
    """Milliseconds of each answer, until the tries are over."""
    took = []
    while not done.wait(HEALTH_EVERY_S):
        began = time.monotonic()
        product.request("GET", "/health")
        took.append((time.monotonic() - began) * 1000)
    return took


def answers(product: Product) -> bool:
    """Whether somebody answers."""
    try:
        return product.request("GET", "/api/auth/session").ok
    except requests.RequestException:
        return False


@contextmanager
def closing_down(product: Product) -> Iterator[None]:
    """End it whatever happens."""
    try:
        yield
    finally:
        if product.running:
            product.kill()


def guessed(worker: str, dice: random.Random, tries: int) -> Tally:
    """So many tries against one kind of worker."""
    tally, done = Tally(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="soak-guessing-") as place:
        folder = Path(place)
        (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
        seen = folder / "hashes"
        path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
        settings = {"DEMO_MODE": "true", "SIGN_IN": "always", "ADMIN_PASSWORD": PASSWORD, "WEB_WORKER": worker}
        settings |= {"WEB_WORKERS": str(WORKERS), "PYTHONPATH": path, "HASHES_SEEN": str(seen)}
        product = Product(folder / "data", settings, ("web", "--gunicorn"))
        product.launch()
        with closing_down(product):
            wait_for(lambda: answers(product), "it answers", START_S)
            with ThreadPoolExecutor(GUESSERS + 1) as pool:
                watching = pool.submit(health, product, done)
                shares = [tries // GUESSERS + (number < tries % GUESSERS) for number in range(GUESSERS)]
                guessers = [pool.submit(guess, product.port, share, random.Random(dice.random())) for share in shares]
                try:
                    statuses = sum((one.result() for one in guessers), Counter[int]())
                finally:
                    done.set()
                took = watching.result()
        spans = [(int(began), int(ended)) for began, ended in map(str.split, seen.read_text().splitlines())]
    tally.counts.update({f"{worker} answered {status}": number for status, number in statuses.items()})
    tally.counts[f"{worker} hashes"] = len(spans)
    tally.counts[f"{worker} looks at /health"] = len(took)
    most, slowest = most_at_once(spans), max(took)
    checks = [
        (most <= AT_ONCE, f"{worker}: {most} hashes at once"),
        (set(statuses) <= {401, 429}, f"{worker}: answered {sorted(statuses)}"),
        (slowest < HEALTH_WITHIN_MS, f"{worker}: /health took {slowest:.0f} ms"),
        (len(spans) >= tries // 20, f"{worker}: only {len(spans)} hashes, which proves nothing"),
    ]
    tally.failures += [words for kept, words in checks if not kept]
    middle = statistics.median(took)
    print(f"{worker}: {most} hashes at once at most; /health {middle:.0f} ms in the middle, {slowest:.0f} ms at most")
    return tally


@click.command("guessing")
@click.option("--count", default=TRIES, show_default=True, help="How many tries, for each kind of worker.")
@click.option("--seed", default=1, show_default=True)
@click.option("--worker", type=click.Choice(["gevent", "gthread"]), multiple=True, help="One kind; both without.")
@click.pass_context
def command(context: click.Context, count: int, seed: int, worker: tuple[str, ...]) -> None:
    """Four guessers, four web processes (W3): at most two hashes at a time, /health stays quick."""
    whole = Tally()
    kinds = worker or ("gevent", "gthread")
    for kind in kinds:
        run = Run(f"guessing-{kind}", seed, count, slice_size=A_SLICE)
        whole.add(go(run, partial(guessed, kind)))
    context.exit(report(Run("guessing", seed, count * len(kinds)), whole))
