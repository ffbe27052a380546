"""`python -m ...ccxt_tour BASE CHAPTERS RSA_KEY ED25519_KEY`: what was seen as one line of JSON."""

import sys
from collections.abc import Callable

from backend.tests.simulator.conformance.ccxt_tour import account, errors, futures, histories, market, orders, unified
from backend.tests.simulator.conformance.ccxt_tour.clients import REFUSALS, Clients, described
from backend.tests.simulator.conformance.record import Tour

CHAPTERS: dict[str, Callable[[Tour, Clients], None]] = {
    "market": market.tour,
    "account": account.tour,
    "histories": histories.tour,
    "futures": futures.tour,
    "orders": orders.tour,
    "unified": unified.tour,
    "errors": errors.tour,
    "limits": errors.exhaust,
}


def main(base: str, chapters: str, rsa: str, ed25519: str) -> None:
    tour = Tour(base, REFUSALS, described)
    clients = Clients(base, rsa, ed25519)
    for chapter in chapters.split(","):
        CHAPTERS[chapter](tour, clients)
    print(tour.told())  # noqa: T201 - the test reads this line


if __name__ == "__main__":
    main(*sys.argv[1:5])
