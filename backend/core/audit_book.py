"""AuditBook: who did what, from where, when; and whether the chain of it is whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from backend.core.audit_chain import ChainCheck
from backend.core.export_rows import PAGE_ROWS, Cell, Export
from backend.core.flow_book import read_cursor
from backend.core.model.audit import AuditEntry, AuditFilter, AuditHead, ChainBreak, ChainReport
from backend.core.model.instants import iso_ms
from backend.core.portfolio_view import wanted_accounts

if TYPE_CHECKING:
    from backend.core.ports import Store, UnitOfWork

# Where the last check is kept.
LAST_CHECK: Final = "audit.last_check"
# As what a broken trail is told of.
BROKEN: Final = "audit_broken"
COLUMNS: Final = (
    "id",
    "at",
    "actor",
    "origin",
    "action",
    "environment",
    "account",
    "subject",
    "details",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Acts, the newest first. `total`: how many there are in all; `accounts`: names of those that still exist.

    `actions`, `actors`: what the whole trail could be narrowed down to.
    """

    items: Sequence[AuditEntry]
    next_cursor: str | None
    total: int
    accounts: Mapping[int, str]
    actions: Sequence[str]
    actors: Sequence[str]


class AuditBook:
    """Reads the trail of one environment, with what was done to the whole installation; checks all of it.

    `now_ms` is this machine's clock.
    """

    def __init__(self, store: Store, environment: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._environment = environment
        self._now_ms = now_ms

    def page(self, wanted: AuditFilter, limit: int, cursor: str | None) -> AuditPage:
        """A page of acts; the cursor is `instant-id` of the last one.

        Raises:
            NotFoundError: no such account in this environment.
        """
        before_id = None if cursor is None else read_cursor(cursor)[1]
        with self._store.read() as unit:
            self._refuse_foreign(unit, wanted)
            found = unit.audit.page(self._environment, wanted, limit + 1, before_id)
            total = unit.audit.count(self._environment, wanted)
            actions, actors = unit.audit.named(self._environment)
            accounts = {one.id: one.name for one in unit.accounts.in_environment(self._environment)}
        items = found[:limit]
        more = f"{items[-1].at_ms}-{items[-1].id}" if len(found) > limit else None
        return AuditPage(items, more, total, accounts, actions, actors)

    def export(self, wanted: AuditFilter) -> Export:
        """All acts that are wanted, the newest first, with their hashes; read while they are written.

        Raises:
            NotFoundError: no such account in this environment.
        """
        with self._store.read() as unit:
            self._refuse_foreign(unit, wanted)
        return Export("audit", COLUMNS, self._rows(wanted), None)

    def check(self) -> ChainReport:
        """Look at every row now, and keep what was found; a whole chain is anchored where it ends.

        A broken one is told once: again when it is broken elsewhere, or anew.
        """
        report = checked_chain(self._store, self._now_ms)
        with self._store.write() as unit:
            if report.intact and report.rows:
                unit.audit.anchor(report.head)
            if report.is_news_after(_last_check(unit)):
                told = {"kind": BROKEN, "found": report.found, "places": list(report.places)}
                unit.events.emit("alert", None, told)
            unit.settings.set(LAST_CHECK, json.dumps(asdict(report)))
            unit.events.emit("audit", None, {"intact": report.intact})
        return report

    def last_check(self) -> ChainReport | None:
        """What the last check found; None: there was none."""
        with self._store.read() as unit:
            return _last_check(unit)

    def _rows(self, wanted: AuditFilter) -> Iterator[Sequence[Cell]]:
        before_id: int | None = None
        while True:
            with self._store.read() as unit:
                page = unit.audit.page(self._environment, wanted, PAGE_ROWS, before_id)
            for one in page:
                yield (
                    one.id,
                    iso_ms(one.at_ms),
                    one.actor,
                    one.origin,
                    one.action,
                    one.environment,
                    one.account_id,
                    one.subject,
                    one.details,
                    one.previous_hash,
                    one.hash,
                )
            if len(page) < PAGE_ROWS:
                return
            before_id = page[-1].id

    def _refuse_foreign(self, unit: UnitOfWork, wanted: AuditFilter) -> None:
        if wanted.account_id is not None:
            wanted_accounts(unit, self._environment, wanted.account_id)


def _last_check(unit: UnitOfWork) -> ChainReport | None:
    stored = unit.settings.get(LAST_CHECK)
    if stored is None:
        return None
    told = json.loads(stored)
    breaks = tuple(ChainBreak(**one) for one in told["breaks"])
    return ChainReport(told["checked_ms"], told["rows"], AuditHead(**told["head"]), breaks, told["found"])


def checked_chain(store: Store, now_ms: Callable[[], int], known: Sequence[AuditHead] = ()) -> ChainReport:
    """Look at every row, a short transaction a page; writes nothing. Rows that come meanwhile are looked at too.

    Args:
        known: rows as somebody knows them from outside of the database.
    """
    with store.read() as unit:
        check = ChainCheck([*unit.audit.anchors(), *known])
    last_id: int | None = None
    while True:
        with store.read() as unit:
            # Before the rows: a row behind this head is one that came meanwhile, and then there is another page.
            head = unit.audit.head()
            page = unit.audit.after(last_id, PAGE_ROWS)
        for entry in page:
            check.take(entry)
        if not page:
            return check.finish(head, now_ms())
        last_id = page[-1].id
