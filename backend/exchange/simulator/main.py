"""Start the simulator from its options and serve until told to end."""

import contextlib
import os
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from backend.exchange.simulator.application import Simulator
from backend.exchange.simulator.candle_files import CandleFileError
from backend.exchange.simulator.clock import ClockReading, ExchangeClock
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.journal import Journal
from backend.exchange.simulator.market import Market
from backend.exchange.simulator.pins import PinTimeline
from backend.exchange.simulator.recorded import RecordedPrices
from backend.exchange.simulator.records import ClockSet, Genesis, LedgerFormatError, Record
from backend.exchange.simulator.scenarios import SCENARIOS
from backend.exchange.simulator.seeded import SeededPrices
from backend.exchange.simulator.server import SimulatorServer
from backend.exchange.simulator.staging import stage
from backend.exchange.simulator.streams.server import StreamServer
from backend.exchange.simulator.symbols import ListingError, load_book
from backend.exchange.simulator.wire import DAY_MS, floor_to, ms_of
from backend.shutdown import stop_on_signals

if TYPE_CHECKING:
    from backend.exchange.simulator.candles import PriceSource

CANNOT_START: Final = 2
STDIN: Final = 0


@dataclass(frozen=True, kw_only=True)
class SimulatorOptions:
    """`data` holds the state; `start_time`, `seed`, `scenario` and `speed` count when that folder is new, not later.

    Port 0 takes any free port, also for the streams. With `exit_with_parent` the process ends when its standard input
    does. Spot trades are told for ever unless `trades_told_days` is given.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    stream_port: int = 0
    data: Path
    seed: int = 7
    scenario: str = "calm"
    market_data: Path | None = None
    exchange_info: Path | None = None
    speed: Decimal = Decimal(1)
    trades_told_days: int | None = None
    start_time: datetime | None = None
    exit_with_parent: bool = False


class CannotStart(Exception):
    """One line for standard error."""


def build(options: SimulatorOptions) -> Simulator:
    """Make the exchange from its folder and files, without serving it.

    Raises:
        CannotStart: a file, folder or option cannot be used.
    """
    if options.scenario not in SCENARIOS:
        raise CannotStart(f"unknown scenario {options.scenario!r}: choose {', '.join(SCENARIOS)}")
    if options.market_data is not None and not options.market_data.is_dir():
        raise CannotStart(f"{options.market_data} is no folder of candles")
    try:
        recorded = RecordedPrices(options.market_data) if options.market_data else None
        book = load_book(options.exchange_info, recorded.symbols if recorded else ())
        journal = Journal(options.data)
        genesis, reading, shown = _founded(journal, options)
        first_ms = next(one.exchange_ms for step in journal.steps for one in step if isinstance(one, ClockSet))
    except (ListingError, CandleFileError, LedgerFormatError, OSError) as error:
        raise CannotStart(str(error)) from error
    source: PriceSource = recorded or SeededPrices(
        genesis.seed, SCENARIOS[genesis.scenario], genesis.anchor_ms, book.pair
    )
    clock = ExchangeClock(reading, options.data / "clock.json", not_before_ms=shown)
    exchange = Exchange(journal, book, Market(source, PinTimeline()), clock)
    if options.trades_told_days is not None:
        exchange.trades_told_ms = options.trades_told_days * DAY_MS
    simulator = Simulator(exchange)
    stage(genesis.scenario, first_ms, exchange, simulator.limits)
    return simulator


def _founded(journal: Journal, options: SimulatorOptions) -> tuple[Genesis, ClockReading, int]:
    """What the exchange was founded with, its clock's last setting, and the latest instant in its records.

    Founds it when the folder is new.
    """
    if not journal.steps:
        machine_ms = time.time_ns() // 1_000_000
        start_ms = ms_of(options.start_time) if options.start_time else machine_ms
        founding: list[Record] = [
            Genesis(options.seed, options.scenario, floor_to(start_ms, DAY_MS)),
            ClockSet(machine_ms, start_ms, options.speed),
        ]
        journal.append(founding)
        journal.steps.append(founding)
    records = [record for step in journal.steps for record in step]
    genesis = next(record for record in records if isinstance(record, Genesis))
    last = [record for record in records if isinstance(record, ClockSet)][-1]
    shown = max((int(getattr(record, "at", 0)) for record in records), default=0)
    return genesis, ClockReading(last.machine_ms, last.exchange_ms, last.speed), shown


def serve(options: SimulatorOptions) -> None:
    """Serve until SIGINT, SIGTERM or the parent's end. What prevents a start costs one line and exit code 2."""
    try:
        server, streams = _bound(options)  # first, so that a taken port leaves no trace in the folder
        simulator = server.application = build(options)
    except CannotStart as problem:
        _give_up(str(problem))
    stop = stop_on_signals()
    if options.exit_with_parent:
        threading.Thread(target=_wait_for_parent, args=(stop,), name="parent", daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="server", daemon=True).start()
    host, port = server.server_address[:2]
    streams.start(simulator.streams)
    print(f"simulator ready on http://{host!s}:{port}", flush=True)  # noqa: T201 - the line that parents wait for
    with contextlib.suppress(OSError):  # a parent may have stopped reading after the first line
        print(f"streams on {simulator.streams.url}", flush=True)  # noqa: T201 - for whoever wants the streams
    stop.wait()
    streams.close()
    server.closing.set()
    server.shutdown()
    server.server_close()
    simulator.exchange.close()


def _bound(options: SimulatorOptions) -> tuple[SimulatorServer, StreamServer]:
    port = options.port
    try:
        server = SimulatorServer((options.host, port))
        port = options.stream_port
        return server, StreamServer(options.host, port)
    except OSError as error:
        raise CannotStart(f"cannot listen on {options.host}:{port}: {error.strerror or error}") from error


def _wait_for_parent(stop: threading.Event) -> None:
    """Standard input ends with the parent, also when it was killed: then end, whatever the main thread does."""
    with contextlib.suppress(OSError):  # no standard input at all counts as ended
        while os.read(STDIN, 4096):  # not through sys.stdin, whose lock would be held when the interpreter ends
            pass
    stop.set()
    time.sleep(2)
    os._exit(0)


def _give_up(line: str) -> NoReturn:
    print(f"simulator: {line}", file=sys.stderr)  # noqa: T201 - the one clear line
    raise SystemExit(CANNOT_START)
