"""The audit trail as a unit of work offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from backend.core.model.audit import AuditEntry, AuditFilter, AuditHead


class AuditTrail(Protocol):
    """Where acts are written down."""

    def record(
        self,
        action: str,
        *,
        account_id: int | None = None,
        subject: str = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        """Write an act down in the transaction that does it, under whoever acts now (`core.acting`).

        Args:
            action: what was done, `subject.verb`.
            subject: what it was done to, in a few words.
            details: what tells it from others; never a secret.
        """


class AuditRows(AuditTrail, Protocol):
    """The trail, and its rows. Those that are recorded in a transaction are seen after it."""

    def page(self, environment: str, wanted: AuditFilter, limit: int, before_id: int | None) -> Sequence[AuditEntry]:
        """Rows of an environment, and those of the whole installation, the newest first."""

    def count(self, environment: str, wanted: AuditFilter) -> int: ...
    def named(self, environment: str) -> tuple[Sequence[str], Sequence[str]]:
        """Every action and every actor there is, in the order of their names."""

    def after(self, last_id: int | None, limit: int) -> Sequence[AuditEntry]:
        """All rows of the chain with a greater number (None: from the first one), in its order."""

    def head(self) -> AuditHead | None:
        """The last row as it was written; None: nobody knows."""

    def anchors(self) -> Sequence[AuditHead]:
        """Heads of earlier checks."""

    def anchor(self, head: AuditHead) -> None:
        """Keep a head that a check has found in place."""


class AuditUnit(Protocol):
    """What of a unit of work is about the audit trail."""

    @property
    def audit(self) -> AuditRows: ...
