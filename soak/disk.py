"""A small disk that fills up, and damaged files (S4): no order without its row, clear words, nothing silently used."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import click

from backend import __version__
from backend.db.backup_shelf import FolderShelf
from backend.db.engine import make_engine
from backend.db.sqlite_copy import SqliteCopy
from backend.tests.damaged_files import NAME, damaged_and_opened, damaged_log_and_opened
from backend.tests.process.full_disk import Disk, own_limit, small_disk
from backend.tests.process.full_disk_run import full_in_mid_run, written_on_a_full_disk
from backend.tests.process.order_promises import Found
from backend.tests.process.order_walks import bench
from backend.tests.schema_fixture import fixtures, laid
from bench.quiet import be_quiet
from soak.harness import Run, Tally, go, report

FULL: Final = 50
DAMAGES: Final = 200
A_SLICE: Final = 10
MEGABYTES: Final = 8
NOW_MS: Final = 1_790_000_000_000


@click.command("disk")
@click.option(
    "--count", default=FULL, show_default=True, help="How many full disks in runs, and as many in the program."
)
@click.option("--seed", default=1, show_default=True, help="The dice: when the disk is full, and how much is left.")
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Full disks (S4): in the middle of runs of orders, and under the whole program. As root on a disk of their own."""
    be_quiet()
    kind = "a file system of 8 MB" if os.geteuid() == 0 else "files may not grow"
    run = Run("disk", seed, count, slice_size=A_SLICE)
    context.exit(report(run, go(run, _full), disk=kind))


@click.command("damage")
@click.option("--count", default=DAMAGES, show_default=True, help="How many damaged files; every fourth is the log.")
@click.option("--seed", default=1, show_default=True, help="The dice: what is damaged.")
@click.pass_context
def damage_command(context: click.Context, count: int, seed: int) -> None:
    """Damaged files (S4): a start refuses them and names the backup, or every row is as it was."""
    be_quiet()
    run = Run("damage", seed, count, slice_size=4 * A_SLICE)
    context.exit(report(run, go(run, _damaged)))


@contextmanager
def _disk(folder: Path) -> Iterator[Disk]:
    if os.geteuid() == 0:
        with small_disk(folder, MEGABYTES) as disk:
            yield disk
    else:
        folder.mkdir()
        yield own_limit(folder)


def _full(dice: random.Random, cases: int) -> Tally:
    found = Found()
    with tempfile.TemporaryDirectory(prefix="soak-disk-") as name, ExitStack() as left:
        place = Path(name) / "runs"
        disk = left.enter_context(_disk(place))
        on = left.enter_context(bench(place))
        for _ in range(cases):
            found.add(full_in_mid_run(on, dice.randrange(10**6), disk))
        megabytes = MEGABYTES if os.geteuid() == 0 else 0
        found.add(written_on_a_full_disk(Path(name) / "program", cases, dice.randrange(10**6), megabytes))
    return Tally(found.counts, found.failures)


def _damaged(dice: random.Random, cases: int) -> Tally:
    tally, logs = Tally(), cases // 4
    with tempfile.TemporaryDirectory(prefix="soak-damage-") as name:
        whole, scratch = Path(name) / "whole", Path(name) / "scratch"
        whole.mkdir()
        engine = make_engine(f"sqlite:///{laid(fixtures()[__version__], whole / NAME)}")
        FolderShelf(whole / "backups", SqliteCopy(engine), lambda: NOW_MS).make("manual")
        engine.dispose()
        for what, found in (
            ("file", damaged_and_opened(whole, scratch, cases - logs, dice, ended=True)),
            ("file after a kill", damaged_and_opened(whole, scratch, logs, dice, ended=False)),
            ("log", damaged_log_and_opened(whole, scratch, logs, dice)),
        ):
            tally.counts.update({f"{what} {came}": times for came, times in found.counts.items()})
            tally.failures += found.failures
    return tally
