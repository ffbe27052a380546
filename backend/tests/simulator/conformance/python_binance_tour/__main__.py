"""`python -m ...python_binance_tour BASE CHAPTERS RSA_KEY ED25519_KEY`: what was seen as one line of JSON."""

import sys
from functools import partial

from backend.tests.simulator.conformance.python_binance_tour import account, errors, futures, histories, market, orders
from backend.tests.simulator.conformance.python_binance_tour.clients import REFUSALS, Clients, described
from backend.tests.simulator.conformance.record import Tour, run

MODULES = (account, errors, futures, histories, market, orders)


def main(base: str, wanted: str, rsa: str, ed25519: str) -> None:
    tour, clients = Tour(base, REFUSALS, described), Clients(base, rsa, ed25519)
    chapters = {module.__name__.rpartition(".")[2]: partial(module.tour, tour, clients) for module in MODULES}
    run(tour, chapters | {"limits": partial(errors.exhaust, tour, clients)}, wanted)


main(*sys.argv[1:5])
