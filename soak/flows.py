"""Made-up histories of an account: what crossed its border, and what its return was, judged by who made them up.

One case is one history: its flows against the list of its maker, its snapshots and windows against the exchange's
ledger times its candles, and every third history once more with moves between own wallets in it.
"""

from __future__ import annotations

import logging
import random
import tempfile
from pathlib import Path
from typing import Final

import click
import structlog

from backend.tests.histories.judge import (
    Mover,
    chain,
    empty_database,
    figures,
    played,
    truth_of,
    wrong_flows,
    wrong_returns,
)
from backend.tests.histories.maker import made
from backend.tests.histories.script import Call
from soak.harness import Run, Tally, go, report

HISTORIES: Final = 1_000
SLICE: Final = 20
MOST_MOVES: Final = 60
SHOWN: Final = 3


@click.command("flows")
@click.option("--count", default=HISTORIES, show_default=True, help="How many histories.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Made-up histories: no flow invented, none missed, no return moved by own moves, the truth to 1e-12."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("flows", seed, count, slice_size=SLICE)
    context.exit(report(run, go(run, some)))


def some(dice: random.Random, cases: int) -> Tally:
    """So many histories, each with a name of its own: `one(name, ...)` plays it again."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="soak-flows-") as name:
        folder = Path(name)
        database = empty_database(folder)
        for number in range(cases):
            name = f"soak {dice.randrange(10**9)}"
            tally.add(one(name, folder, database, held=number % 2 == 0, moved=number % 3 == 0))
    return tally


def one(name: str, folder: Path, database: Path, *, held: bool, moved: bool) -> Tally:
    """One history.

    Args:
        held: futures positions stay open over snapshots; without, the returns are compared too.
        moved: play it a second time, with moves between own wallets.
    """
    tally, wrong = Tally(), list[str]()
    script = made(name, folder, held_positions=held)
    try:
        with played(script, folder / "played", database) as history:
            wrong += wrong_flows(history)
            before, shown = chain(history), figures(history)
            if not held:
                wrong += wrong_returns(history, truth_of(history))
                tally.counts["snapshots compared with the truth"] += len(before)
        if moved:
            mover = Mover(name, MOST_MOVES)
            with played(script, folder / "moved", database, mover) as history:
                if chain(history) != before:
                    wrong.append("moves between own wallets changed a snapshot")
                if figures(history) != shown:
                    wrong.append("moves between own wallets changed a return or a risk figure")
                wrong += [f"with moves: {sentence}" for sentence in wrong_flows(history)]
            tally.counts["moves put in"] += mover.moves
            tally.counts["snapshots compared with and without moves"] += len(before)
    except Exception as broken:  # noqa: BLE001  # a history that stops the program is a finding, and the others go on
        wrong.append(f"{type(broken).__name__}: {broken}")
    tally.counts["histories"] += 1
    tally.counts["histories whose returns were compared"] += not held
    tally.counts["histories played again with moves"] += moved
    tally.counts["what happened in them"] += sum(isinstance(step, Call) for step in script.steps)
    tally.counts["flows made"] += len(script.crossings)
    tally.counts["flows invented"] += sum("invented: " in sentence for sentence in wrong)
    tally.counts["flows missed"] += sum("missed: " in sentence for sentence in wrong)
    tally.failures += [f"{name}, held={held}: {sentence}" for sentence in wrong[:SHOWN]]
    return tally
