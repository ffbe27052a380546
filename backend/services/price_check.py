"""Asks the collector, from the web process, which coins have a price on the exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.services.job_queue import JobQueue

PRICE_CHECK: Final = "price_check"


class PriceQuestions:
    """Questions over the jobs; each waits for its answer."""

    def __init__(self, jobs: JobQueue, timeout_s: float) -> None:
        self._jobs = jobs
        self._timeout_s = timeout_s

    def unpriced(self, coins: Sequence[str]) -> Sequence[str]:
        """The coins without a price in the reporting currency.

        Raises:
            ExchangeUnavailableError: no collector answers.
        """
        job = self._jobs.submit(PRICE_CHECK, None, {"coins": list(coins)})
        return list(self._jobs.wait(job, self._timeout_s).result["unpriced"])
