"""What answers are shared through between the web processes of one installation."""

from __future__ import annotations

from typing import Protocol


class AnswerPlace(Protocol):
    """Where answers lie for a while; it raises nothing, and may lose any of them at any time."""

    def find(self, name: str) -> tuple[bytes, float] | None:
        """What was put there under a name, and for how many seconds it still may be used."""

    def put(self, name: str, content: bytes, keep_s: float) -> None: ...


class AnswerSeal(Protocol):
    """Keeps others from reading what lies there, and from putting something else in its place."""

    def closed(self, content: bytes, purpose: str) -> bytes | None:
        """None: there is nothing to seal with."""

    def opened(self, box: bytes, purpose: str) -> bytes | None:
        """None: it was not closed here for that purpose."""
