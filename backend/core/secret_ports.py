"""What keeps secrets of ours at rest."""

from __future__ import annotations

from typing import Protocol


class Sealer(Protocol):
    """Seals texts so that the database alone does not tell them; `purpose` binds each to where it belongs."""

    def seal(self, plain: str, purpose: str) -> str: ...
    def unseal(self, sealed: str, purpose: str) -> str: ...
