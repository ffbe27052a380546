"""After a write that changes the past: the collector computes the returns anew."""

from __future__ import annotations

from typing import Final

from backend.api.deps import services
from backend.core.model.jobs import RECOMPUTE

# How long a write waits for the returns to be computed anew before it answers "recomputing".
SETTLE_S: Final = 3.0


def still_recomputing(account_id: int, from_ms: int | None) -> bool:
    """Have the returns from an instant on computed anew, and wait a moment, so that the next read shows it.

    Returns:
        Whether that goes on; None as the instant asks for nothing.
    """
    api = services()
    recomputing = False
    if from_ms is not None:
        job_id = api.jobs.submit(RECOMPUTE, account_id, {"from_ms": from_ms})
        # A long past takes several steps: the first being done says nothing of the last.
        recomputing = not api.jobs.try_wait(job_id, SETTLE_S) or api.import_status.recomputing(account_id)
    api.feed.catch_up()
    return recomputing
