"""`python -m ...sdk_spot_tour BASE CHAPTERS RSA_KEY ED25519_KEY`: what was seen as one line of JSON."""

import sys
from functools import partial

from backend.tests.simulator.conformance.record import Tour, run
from backend.tests.simulator.conformance.sdk_spot_tour import account, errors, market, orders, websocket
from backend.tests.simulator.conformance.sdk_spot_tour.clients import REFUSALS, Clients, described

MODULES = (account, errors, market, orders, websocket)


def main(base: str, wanted: str, rsa: str, ed25519: str) -> None:
    tour, clients = Tour(base, REFUSALS, described), Clients(base, rsa, ed25519)
    chapters = {module.__name__.rpartition(".")[2]: partial(module.tour, tour, clients) for module in MODULES}
    tour.see("answers that do not fit the declared types", clients.doubts.texts)  # filled by and by
    run(tour, chapters | {"limits": partial(errors.exhaust, tour, clients)}, wanted)


main(*sys.argv[1:5])
