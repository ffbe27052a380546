"""The chain of the audit trail: how a row is hashed, and what a look at all of them finds.

A row's hash covers its number, all its columns and the hash of the row before. Numbers are given without a gap, from
1. So an edited row does not fit its hash, a row that is gone leaves a hole, and a row whose hash was made anew does not
fit the next one. The last rows are held by the head, and by anchors: heads of earlier checks, kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from backend.core.model.audit import GENESIS, AuditEntry, AuditHead, BreakKind, ChainBreak, ChainReport

# So many are told; the others are counted.
MOST_TOLD: Final = 100
# With which columns, in which order, a row is hashed.
FORMAT: Final = 1
# Written where the head was found gone: the chain goes on, and says so.
HEAD_LOST: Final = "audit.head_lost"


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 of a row, in hexadecimal; its own `hash` has no part in it."""
    content = json.dumps(
        [
            FORMAT,
            entry.previous_hash,
            entry.id,
            entry.at_ms,
            entry.actor,
            entry.origin,
            entry.action,
            entry.environment,
            entry.account_id,
            entry.subject,
            entry.details,
        ],
        separators=(",", ":"),
    )
    return sha256(content.encode()).hexdigest()


class ChainCheck:
    """Takes all rows in the order of their numbers, then says what is wrong with them."""

    def __init__(self, anchors: Sequence[AuditHead] = ()) -> None:
        """`anchors`: rows as they were known before, in any order."""
        self._anchors = {one.last_id: one.hash for one in anchors}
        self._last = AuditHead(0, GENESIS)
        self._sound = True
        self._rows = 0
        # Up to here rows were compared with what was known before, and whether the last of them was another one.
        self._held = 0
        self._apart = False
        self._breaks: list[ChainBreak] = []
        self._found = 0

    def take(self, entry: AuditEntry) -> None:
        self._rows += 1
        before, sound = self._last, entry_hash(entry) == entry.hash
        if entry.id <= before.last_id:
            self._tell("added", entry.id, entry.id)
            return
        if entry.id > before.last_id + 1:
            self._tell("missing", before.last_id + 1, entry.id - 1)
        elif sound and self._sound and entry.previous_hash != before.hash:
            # Each is whole, and they do not meet: one of the two was written anew.
            self._tell("rewritten", max(before.last_id, 1), entry.id)
        if not sound:
            self._tell("changed", entry.id, entry.id)
        if entry.action == HEAD_LOST:
            self._tell("head", entry.id, entry.id)
        self._last, self._sound = AuditHead(entry.id, entry.hash), sound
        self._hold(sound)

    def finish(self, head: AuditHead | None, checked_ms: int) -> ChainReport:
        """What was found, with `head` as it stood when the last row was taken (None: it is gone)."""
        last = self._last
        known = max([*self._anchors, 0 if head is None else head.last_id])
        if known > last.last_id:
            self._tell("missing", last.last_id + 1, known)
        if head is None:
            self._tell("head", last.last_id, last.last_id)
        elif head.last_id < last.last_id:
            self._tell("added", head.last_id + 1, last.last_id)
        elif head.last_id == last.last_id and head.hash != last.hash and self._sound:
            self._tell("rewritten", last.last_id, last.last_id)
        return ChainReport(checked_ms, self._rows, last, tuple(self._breaks), self._found)

    def _hold(self, sound: bool) -> None:
        """Compare the row that was taken last with what was known of it before."""
        known = self._anchors.get(self._last.last_id)
        if known is None:
            return
        told = any(one.last_id > self._held for one in self._breaks)
        apart = known != self._last.hash
        # Whatever follows a row that is another one is another one too: it is told once.
        if apart and sound and not told and not self._apart:
            self._tell("rewritten", self._held + 1, self._last.last_id)
        self._apart = apart
        self._held = self._last.last_id

    def _tell(self, kind: BreakKind, first_id: int, last_id: int) -> None:
        self._found += 1
        if len(self._breaks) < MOST_TOLD:
            self._breaks.append(ChainBreak(kind, first_id, last_id))
