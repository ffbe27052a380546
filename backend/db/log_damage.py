"""Whether SQLite's write-ahead log holds commits that SQLite would leave out without a word.

SQLite reads the log until the first frame whose sum is wrong, and takes that for its end: what a killed program was
just writing looks so. A frame that decayed looks so, too, and every commit behind it is gone. What is behind the end
tells the two apart: a kill leaves nothing there but frames of an earlier round of the log, which have other salts, and
frames of a transaction that was never committed.

Source: the file format of SQLite, https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.core.errors import DatabaseUnavailableError

SUFFIX: Final = "-wal"
HEADER: Final = struct.Struct(">8I")  # magic, version, page size, round, two salts, two sums
FRAME: Final = struct.Struct(">6I")  # page, pages after a commit (else 0), two salts, two sums
# The lowest bit of the magic number: in which order of bytes sums are taken.
MAGIC: Final = 0x377F0682
WORD: Final = 0xFFFFFFFF
# A log that another process writes is read again until it stands still, and is whole if it does not.
LOOKS: Final = 5
OTHERWISE: Final = "or go on without what was written last: python -m backend restore --without-damaged-log"

Sums = tuple[int, int]


class LogDamagedError(DatabaseUnavailableError):
    """The log holds commits that cannot be read any more."""


@dataclass(frozen=True, slots=True)
class _Log:
    content: bytes
    page: int
    order: str  # of the bytes in a word
    grows: bool
    salts: bytes
    sums: Sums

    @property
    def step(self) -> int:
        return FRAME.size + self.page

    def commits(self, at: int) -> bool:
        """Whether a whole frame begins at `at` and ends a transaction."""
        return at + self.step <= len(self.content) and FRAME.unpack_from(self.content, at)[1] > 0

    def sums_of(self, at: int) -> Sums:
        """The sums that are stored in the frame at `at`."""
        *_, one, other = FRAME.unpack_from(self.content, at)
        return one, other

    def is_foreign(self, at: int) -> bool:
        """Whether the frame at `at` is of another round, or was never one."""
        return self.content[at + 8 : at + 16] != self.salts and any(self.content[at : at + self.step])

    def follows(self, at: int, before: Sums) -> bool:
        """Whether a whole frame of this round begins at `at` and was written behind one with the sums `before`."""
        whole = at + self.step <= len(self.content) and self.content[at + 8 : at + 16] == self.salts
        return whole and self.sums_at(at, before) == self.sums_of(at)

    def sums_at(self, at: int, before: Sums) -> Sums:
        """The sums that the frame at `at` should have, behind one with the sums `before`."""
        frame = self.content[at : at + 8] + self.content[at + FRAME.size : at + self.step]
        return _sums(frame, self.order, before)


def refuse_damaged_log(database: Path) -> None:
    """Say so before SQLite opens a database whose log is damaged: it would go on from an earlier moment.

    Raises:
        LogDamagedError: commits stand behind the damage, or the log cannot be read from its first byte.
    """
    if log_is_damaged(database):
        raise LogDamagedError(
            f"The log of the database ({database}{SUFFIX}) is damaged: what was written last cannot be read. "
            f"Restore a backup: python -m backend restore FILE; {OTHERWISE}"
        )


def log_is_damaged(database: Path) -> bool:
    """Whether commits are lost that stand in the log; false where there is none.

    Not found: a log that is cut off, and damage of the last committed frame, but for that at the end of a log that only
    grew. Both look as a kill leaves them.
    """
    if not database.is_file():
        return False  # SQLite begins anew
    seen = _end_before_lost(database)
    for _ in range(LOOKS):
        if seen is None:
            return False
        before, seen = seen, _end_before_lost(database)
        if seen == before:
            return True
    return False


def _end_before_lost(database: Path) -> tuple[bytes, int] | None:
    """The header, and where the readable part ends that something lost stands behind; None: nothing does."""
    try:
        content = database.with_name(database.name + SUFFIX).read_bytes()
    except OSError:  # none, or whoever opens the database will say why
        return None
    head = content[: HEADER.size]
    if len(head) < HEADER.size or not any(content):
        return None
    log = _log(content)
    if log is None:
        return head, 0
    end, sums = HEADER.size, log.sums
    while end + log.step <= len(content):
        after = log.sums_at(end, sums)
        if content[end + 8 : end + 16] != log.salts or after != log.sums_of(end):
            return (head, end) if _is_lost(log, end, after) else None
        end, sums = end + log.step, after
    return None


def _log(content: bytes) -> _Log | None:
    """None: its header is not what was written."""
    magic, _, page, earlier_rounds, _, _, one, other = HEADER.unpack_from(content)
    order = ">" if magic & 1 else "<"
    sums = _sums(content[:24], order, (0, 0))
    if magic & ~1 != MAGIC or sums != (one, other):
        return None
    return _Log(content, page, order, not earlier_rounds, content[16:24], sums)


def _is_lost(log: _Log, end: int, after: Sums) -> bool:
    """Whether what stands behind the readable part was committed in this round.

    Args:
        after: the sums that the frame at `end` should have, by its page.
    """
    if log.grows and any(log.is_foreign(at) for at in range(end, len(log.content) - log.step + 1, log.step)):
        return True  # in its first round nothing else was ever written there
    if log.commits(end):
        behind = end + log.step
        if behind == len(log.content):
            # Where nothing was written before, a kill leaves no whole frame that is not one.
            return log.grows
        if log.follows(behind, log.sums_of(end)) or log.follows(behind, after):
            return True  # it was whole when the next frame was written
    at = end + 8
    while (at := log.content.find(log.salts, at + 1)) >= 0:
        begin = at - 8
        if (begin - HEADER.size) % log.step:
            return True  # no frame begins here: something before it was cut out
        if log.commits(begin) and (
            log.follows(begin, log.sums_of(begin - log.step)) or (begin == end + log.step and log.follows(begin, after))
        ):
            return True
    return False


def _sums(content: bytes, order: str, before: Sums) -> Sums:
    one, other = before
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for even, odd in zip(words, words, strict=True):
        one = (one + even + other) & WORD
        other = (other + odd + one) & WORD
    return one, other
