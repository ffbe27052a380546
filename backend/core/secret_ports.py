"""What keeps secrets of ours at rest."""

from __future__ import annotations

from typing import Protocol


class Sealer(Protocol):
    """Seals secrets for one purpose each; what is sealed for one does not open for another."""

    def seal(self, plain: str, purpose: str) -> str:
        """Text that can be stored anywhere."""

    def unseal(self, sealed: str, purpose: str) -> str:
        """The secret again.

        Raises:
            SealBroken: it was changed, was sealed for something else, or the key that opens it is lost.
        """
