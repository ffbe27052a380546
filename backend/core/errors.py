"""What can go wrong, in the words of the domain.

`backend/api/problems.py` gives each class its HTTP status; a test walks all subclasses and fails when one has none.
`code` is stable: programs may test it.
"""

from __future__ import annotations


class DomainError(Exception):
    """Base of every error whose text may be shown to the user: it never holds a secret."""

    code = "domain-error"


class BadInputError(DomainError):
    """The request names something that cannot be: says the field and what to change."""

    code = "bad-input"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotFoundError(DomainError):
    """No such account, cash flow or page."""

    code = "not-found"


class NotAllowedError(DomainError):
    """The thing exists and may not be changed this way."""

    code = "not-allowed"


class StaleDataError(DomainError):
    """What is known is too old or incomplete for what was asked."""

    code = "stale-data"


class TooManyRequestsError(DomainError):
    """Asked more often than the exchange's limits leave room for."""

    code = "too-many-requests"

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class IdempotencyMismatchError(DomainError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency-mismatch"


class LeaseLostError(DomainError):
    """Another collector holds the lease: this one must not write."""

    code = "lease-lost"


class DatabaseUnavailableError(DomainError):
    """The database cannot be read or written now."""

    code = "database-unavailable"


class ExchangeError(DomainError):
    """Base of everything the exchange can answer that is not an answer.

    `retryable`: asking again later may help. `exchange_code`: Binance's own code where there was one.
    """

    code = "exchange-error"
    retryable = False

    def __init__(self, message: str, exchange_code: int | None = None) -> None:
        super().__init__(message)
        self.exchange_code = exchange_code


class ExchangeUnavailableError(ExchangeError):
    """No usable answer: connection refused, time-out, 5xx, or a body that is not what was promised."""

    code = "exchange-unavailable"
    retryable = True


class ExchangeLimitedError(ExchangeError):
    """429 or 418: nothing may be sent to that host for `retry_after_s` seconds."""

    code = "exchange-limited"

    def __init__(self, message: str, retry_after_s: float, banned: bool, exchange_code: int | None = None) -> None:
        super().__init__(message, exchange_code)
        self.retry_after_s = retry_after_s
        self.banned = banned


class RequestBudgetError(ExchangeLimitedError):
    """Our own budget of this minute is used up: nothing is wrong, the work goes on in the next one."""

    code = "request-budget"


class CredentialsRefusedError(ExchangeError):
    """The key, its signature, its address or its rights were refused: asking again does not help."""

    code = "credentials-refused"


class ClockSkewError(ExchangeError):
    """-1021: our clock and the exchange's differ by more than it accepts."""

    code = "clock-skew"
    retryable = True


class RequestRefusedError(ExchangeError):
    """The exchange understood and refused: a parameter, a filter, a balance."""

    code = "request-refused"


class CapabilityError(ExchangeError):
    """This environment has no such endpoint (testnets have no /sapi)."""

    code = "not-supported-here"
