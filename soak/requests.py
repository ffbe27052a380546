"""Requests made up from the OpenAPI document, signed in and not: no 5xx, no answer outside the document (W1)."""

from __future__ import annotations

import logging
import random
from typing import Final

import click
import structlog

from backend.tests.api.made_requests import ask, open_target, operations, share
from backend.tests.api.made_walks import walk
from soak.harness import Run, Tally, go, report

FULL_COUNT: Final = 1_000_000
# Who did not sign in sends each request first, and then who did.
SENDERS: Final = 2
# A slice has an installation of its own.
A_SLICE: Final = 20_000
STATEFUL_COUNT: Final = 100_000
# What walks enter stays, and answers grow with it.
A_STATEFUL_SLICE: Final = 5_000
WALKS_AT_ONCE: Final = 20


def requests(dice: random.Random, cases: int) -> Tally:
    """So many requests, shared out over all operations and both senders."""
    tally = Tally()
    asked = operations()
    each = 1
    while SENDERS * sum(share(one, each) for one in asked) < cases:
        each += 1
    with open_target() as (installation, admin):
        for operation in asked:
            senders = {"stranger": None, "signed in": admin}
            answers, broken = ask(operation, installation, senders, share(operation, each), dice.randrange(10**9))
            for who, got in answers.items():
                tally.counts.update({f"{who} {status}": number for status, number in got.items()})
                tally.counts["requests"] += got.total()
            tally.failures += broken
    return tally


@click.command("requests")
@click.option("--count", default=FULL_COUNT, show_default=True, help="How many requests.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def command(context: click.Context, count: int, seed: int) -> None:
    """Requests made up from the document (W1): no 5xx, no answer outside it, nobody let in who did not sign in."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("requests", seed, count, slice_size=A_SLICE)
    tally = go(run, requests)
    context.exit(report(run, tally, operations=len(operations())))


def stateful(dice: random.Random, cases: int) -> Tally:
    """So many requests or some more, in walks in which each follows from those before."""
    tally = Tally()
    with open_target() as (installation, admin):
        installation.settled()
        while tally.counts["requests"] < cases:
            walked = walk(installation, admin, WALKS_AT_ONCE, dice.randrange(10**9))
            for (_, hundreds), number in walked.answers.items():
                tally.counts[f"answered {hundreds}"] += number
            tally.counts["requests"] += walked.answers.total()
            tally.failures += walked.broken
    return tally


@click.command("stateful")
@click.option("--count", default=STATEFUL_COUNT, show_default=True, help="How many requests, at least.")
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def stateful_command(context: click.Context, count: int, seed: int) -> None:
    """Requests that follow from each other (W1): no 5xx, no answer outside the document or after what was done."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = Run("stateful", seed, count, slice_size=A_STATEFUL_SLICE)
    context.exit(report(run, go(run, stateful)))
