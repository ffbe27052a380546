"""Judge of orders: the exchange's own ledger against the journal in the database; imports nothing of the program."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from backend.tests.stored import connected

ZERO: Final = Decimal(0)
# States of an attempt in which the exchange may hold an order that the journal does not know the end of.
IN_FLIGHT: Final = ("SENDING", "UNKNOWN", "OPEN", "PARTIAL")
FINAL_LEGS: Final = ("FILLED", "ENDED", "REJECTED", "NEEDS_REVIEW", "SKIPPED", "STOPPED")
# The column that names the run, and their order: a server's rows have none of their own.
TABLES: Final = {
    "runs": ("id", "id"),
    "run_legs": ("run_id", "run_id, n"),
    "run_attempts": ("run_id", "run_id, n, attempt"),
    "run_fills": ("run_id", "id"),
}
# Another one whenever something was written; on a server also when it was written to another database.
VERSION: Final = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT CAST(pg_current_snapshot() AS text)"}
AT_ONCE: Final = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
NEVER_PLACED: Final = ("REFUSED", "ABSENT")


@dataclass(frozen=True)
class Journal:
    """What the database says of execution: rows as they stand."""

    runs: Sequence[Mapping[str, Any]]
    legs: Sequence[Mapping[str, Any]]
    attempts: Sequence[Mapping[str, Any]]
    fills: Sequence[Mapping[str, Any]]

    def state_of_runs(self) -> dict[int, str]:
        return {row["id"]: row["state"] for row in self.runs}

    def of_run(self, run_id: int) -> Journal:
        """The part that belongs to one run."""
        return self._of([row for row in self.runs if row["id"] == run_id])

    def of_account(self, account_id: int) -> Journal:
        """The part that belongs to one account."""
        return self._of([row for row in self.runs if row["account_id"] == account_id])

    def meant(self) -> Journal:
        """The part that was no dry run."""
        return self._of([row for row in self.runs if not row["dry_run"]])

    def _of(self, runs: list[Mapping[str, Any]]) -> Journal:
        numbers = {row["id"] for row in runs}

        def mine(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
            return [row for row in rows if row["run_id"] in numbers]

        return Journal(runs, mine(self.legs), mine(self.attempts), mine(self.fills))


class JournalReader:
    """The journal as it is on disk, read without any right to write, and anew only when something was written since.

    Who waits for a moment of a run asks hundreds of times a second: reading all rows each time would take the machine
    from the program that is watched.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._one_at_a_time = threading.Lock()
        self._version: object = None
        self._journal = Journal((), (), (), ())

    @cached_property
    def _connection(self) -> Connection:
        return connected(self._database)

    def read(self) -> Journal:
        """Everything that it holds."""
        with self._one_at_a_time:
            version = self._one(VERSION[self._connection.dialect.name])
            if version != self._version:
                self._journal, self._version = self._at_once(), version
            return self._journal

    def read_run(self, run_id: int) -> Journal:
        """The part that belongs to one run."""
        with self._one_at_a_time:
            return self._at_once(run_id)

    def epoch(self) -> int:
        """Of the lease: each collector that begins to work raises it."""
        with self._one_at_a_time:
            return int(str(self._one("SELECT max(epoch) FROM lease")))

    def close(self) -> None:
        with self._one_at_a_time:
            if "_connection" in vars(self):
                self._connection.close()

    def _one(self, query: str) -> object:
        return self._connection.exec_driver_sql(query).scalar_one()

    def _at_once(self, run_id: int | None = None) -> Journal:
        """Of one moment: of all runs, or of one."""
        ask = self._connection.exec_driver_sql
        ask(AT_ONCE[self._connection.dialect.name])
        try:
            parts = [
                ask(f"SELECT * FROM {table}{'' if run_id is None else f' WHERE {key} = {run_id:d}'} ORDER BY {order}")
                .mappings()
                .all()
                for table, (key, order) in TABLES.items()
            ]
        finally:
            ask("COMMIT")
        return Journal(*([dict(row) for row in rows] for rows in parts))


def moment(journal: Journal) -> str:
    """Where the work on a run stood: the state of the attempt that is under way, or between which orders it was."""
    under_way = [row["state"] for row in journal.attempts if row["state"] in IN_FLIGHT]
    if under_way:
        return str(under_way[-1])
    (run,) = journal.runs
    if run["state"] not in ("queued", "running"):
        return "after the end"
    return "between orders" if journal.attempts else "before the first order"


def wrong_with(journal: Journal, orders: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every way in which one account's runs and the exchange's ledger of its orders disagree, one sentence each.

    An attempt that needs review claims nothing, so it is neither lost nor found here.

    Args:
        orders: rows of `/sim/orders`; the account did nothing but these runs.
    """
    found: list[str] = []
    placed: dict[str, list[Mapping[str, Any]]] = {}
    for order in orders:
        placed.setdefault(order["client_order_id"], []).append(order)
    known = {row["client_order_id"]: row for row in journal.attempts}
    for client_id, rows in placed.items():
        if len(rows) > 1:
            found.append(f"doubled: {client_id} was placed {len(rows)} times")
        if client_id not in known:
            found.append(f"unknown to the journal: {client_id}")
    executed_legs: Counter[tuple[int, int]] = Counter()
    for client_id, attempt in known.items():
        leg = (attempt["run_id"], attempt["n"])
        if client_id not in placed:
            refused = attempt["state"] == "REJECTED" and attempt["order_id"] is None
            if attempt["state"] not in (*NEVER_PLACED, "NEEDS_REVIEW") and not refused:
                found.append(f"lost: {client_id} is {attempt['state']} and the exchange has no such order")
            continue
        order = placed[client_id][0]
        executed_legs[leg] += Decimal(order["executed"]) > 0
        if attempt["state"] == "NEEDS_REVIEW":
            continue
        if attempt["state"] in NEVER_PLACED:
            found.append(f"lost: {client_id} is {attempt['state']} and the exchange has {order['executed']} of it")
        if (order["symbol"], order["side"]) != (attempt["symbol"], attempt["side"]):
            found.append(f"{client_id} is another order at the exchange")
        # A purchase may be sent as an amount of money: how many coins that is, the exchange says.
        name = "quantity" if attempt["quote_quantity"] is None else "quote_quantity"
        if Decimal(order[name]) != Decimal(attempt[name]):
            found.append(f"{client_id}: {attempt[name]} in the journal, {order[name]} at the exchange")
        found += _fills_differ(journal, leg, client_id, order)
    found += [f"doubled: leg {leg} was executed {times} times" for leg, times in executed_legs.items() if times > 1]
    for row in journal.legs:
        run = next(one for one in journal.runs if one["id"] == row["run_id"])
        if run["state"] not in ("queued", "running") and row["state"] not in FINAL_LEGS:
            found.append(f"leg {row['n']} of run {row['run_id']} is {row['state']} although the run is {run['state']}")
    return found


def _fills_differ(journal: Journal, leg: tuple[int, int], client_id: str, order: Mapping[str, Any]) -> Iterable[str]:
    mine = [row for row in journal.fills if row["order_id"] == str(order["order_id"])]
    if any((row["run_id"], row["n"]) != leg for row in mine):
        yield f"{client_id}: its fills stand under another leg"
    for name, column in (("executed", "quantity"), ("quote", "quote")):
        booked = sum((Decimal(row[column]) for row in mine), ZERO)
        if booked != Decimal(order[name]):
            yield f"{client_id}: {booked} booked of {order[name]} {name}"


def balances(ledger: Iterable[Mapping[str, Any]], wallet: str = "spot") -> dict[str, Decimal]:
    """What is left of each asset in a wallet, added up from every change of it."""
    held: dict[str, Decimal] = {}
    for row in ledger:
        if row["wallet"] == wallet:
            held[row["asset"]] = held.get(row["asset"], ZERO) + Decimal(row["change"])
    return {asset: amount for asset, amount in held.items() if amount}


def lowest(ledger: Iterable[Mapping[str, Any]]) -> Decimal:
    """The lowest balance that any asset ever had."""
    return min((Decimal(row["balance"]) for row in ledger), default=ZERO)
