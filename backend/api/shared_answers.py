"""Heavy answers that the web processes of one installation share, so that each is computed once a revision.

What an answer rests on is in its name: the question, the code and the settings that made it (`ground`), and the newest
event with the instant of it. All that is stored changes with an event, in the same transaction, and events become
visible in the order of their ids. An answer is kept for others only where the newest event was the same before it was
computed and after: then it is that of the revision in its name, and of no other. A database that was restored has
other events, so it finds none of the one before.

Who may ask is decided before (`gate`), and no answer depends on who asks. A kept answer is sealed for its name: whoever
can read Redis learns nothing, and whoever can write to it has no other answer shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from backend.api.answers import Draft, Written, compact

if TYPE_CHECKING:
    from backend.core.answer_ports import AnswerPlace, AnswerSeal
    from backend.core.ports import Store

KEPT_S: Final = 60.0
# An answer that must be called stale at an instant is called so earlier rather than later: storing takes time.
LATER_S: Final = 1.0
LASTS: Final = b"\x00"
EXPIRES: Final = b"\x01"


class SharedAnswers:
    """One for a web process; it raises what computing raises, and nothing of its own."""

    def __init__(
        self,
        place: AnswerPlace,
        seal: AnswerSeal,
        store: Store,
        ground: str,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ground`: the code and the settings that answers are made by."""
        self._place = place
        self._seal = seal
        self._store = store
        self._ground = ground
        self._monotonic_s = monotonic_s

    def get(self, key: Hashable, draft: Callable[[], Draft]) -> Draft | Written:
        """The answer to `key` that another process computed, else what `draft` makes, kept for the others."""
        newest = self._newest()
        name = self._name(key, newest)
        kept = self._place.find(name)
        found = None if kept is None else self._seal.opened(kept[0], name)
        if kept is not None and found:
            return Written(found[1:], None if found[:1] == LASTS else kept[1])
        begun_s = self._monotonic_s()
        made = draft()
        # A stored chart is shared already: it lies in the database.
        if made.rest is not None or self._newest() != newest:
            return made
        written = Written(compact(made.body), made.expires_s)
        keep_s, mark = KEPT_S, LASTS
        if made.expires_s is not None:
            keep_s = min(KEPT_S, made.expires_s - (self._monotonic_s() - begun_s) - LATER_S)
            mark = EXPIRES
        closed = self._seal.closed(mark + written.body, name) if keep_s > 0 else None
        if closed is not None:
            self._place.put(name, closed, keep_s)
        return written

    def _newest(self) -> tuple[int, int]:
        with self._store.read() as unit:
            return unit.events.newest()

    def _name(self, key: Hashable, newest: tuple[int, int]) -> str:
        return blake2b(repr((self._ground, newest, key)).encode(), digest_size=24).hexdigest()
