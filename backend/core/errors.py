"""What can go wrong, in the words of the domain.

`backend/api/problems.py` gives each class its HTTP status; a test walks all subclasses and fails when one has none.
`code` is stable: programs may test it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


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


class NotSignedInError(DomainError):
    """Nobody is known to ask: sign in first."""

    code = "not-signed-in"


class SignInRefusedError(NotSignedInError):
    """A password or code that is wrong; never which of them, nor whether the name is known.

    `tries_left`: before this address has to wait.
    """

    code = "sign-in-refused"

    def __init__(self, message: str, tries_left: int | None = None) -> None:
        super().__init__(message)
        self.tries_left = tries_left


class SecondFactorNeededError(NotSignedInError):
    """The password is right and the second factor is on: send its code, too."""

    code = "second-factor-needed"


class ConfirmationNeededError(NotAllowedError):
    """What was asked for wants the password typed within the last minutes."""

    code = "confirm-password"


class SetUpOverError(NotAllowedError):
    """There is a password already: the set-up page is closed."""

    code = "set-up-over"


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


class NotDeliveredError(DomainError):
    """A message did not arrive. `final`: sending it again does not help."""

    code = "not-delivered"

    def __init__(self, message: str, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class LeaseLostError(DomainError):
    """Another collector holds the lease: this one must not write."""

    code = "lease-lost"


class DatabaseUnavailableError(DomainError):
    """The database cannot be read or written now."""

    code = "database-unavailable"


class BackupRefusedError(DomainError):
    """A backup may not be made or restored as things stand, or a file is no usable backup; nothing was changed."""

    code = "backup-refused"


class BackupFailedError(DomainError):
    """A backup could not be made or put in place; what was there before is still there."""

    code = "backup-failed"


class ExportRefusedError(DomainError):
    """An export of all data may not be made as things stand; nothing was written."""

    code = "export-refused"


class ExportFailedError(DomainError):
    """An export of all data could not be made; nothing is left of it."""

    code = "export-failed"


class SealBroken(DomainError):
    """What was sealed cannot be opened: changed, sealed for something else, or with a key that is lost."""

    code = "seal-broken"


# Why a plan may not be executed, or no order sent; of what a limit forbids the code is the limit's.
RUN_REFUSALS: Final = frozenset(
    {
        "plan-expired",
        "plan-changed",
        "plan-used",
        "plan-empty",
        "price-moved",
        "trading-disarmed",
        "arming-expired",
        "kill-switch",
        "clock-apart",
        "key-rights",
        "not-reconciled",
        "run-active",
        "run-over",
        "needs-review",
        "limit-symbol",
        "limit-per-trade",
        "limit-share",
        "limit-per-run",
        "limit-per-day",
        "limit-slippage",
    }
)


class RunRefusedError(DomainError):
    """A plan may not be executed, or no order sent, as things stand; `code` is one of `RUN_REFUSALS`."""

    code = "run-refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Remedy(StrEnum):
    """What to do next about an error of the exchange: one word a reaction."""

    RETRY = "retry"  # reads only: soon, with backoff and jitter
    BACK_OFF = "back_off"  # in minutes, not seconds
    WAIT = "wait"  # send nothing to that host for `retry_after_s`
    HALT = "halt"  # as WAIT, and tell the user: no probing meanwhile
    WAIT_WITH_ORDERS = "wait_with_orders"  # no new orders of this account for `retry_after_s`; reads go on
    MEASURE_CLOCK = "measure_clock"  # then once more
    ASK_THE_USER = "ask_the_user"  # another key, other rights, another address: asking again does not help
    REFRESH_RULES = "refresh_rules"  # read exchangeInfo anew, recompute once, else skip
    SPLIT_WINDOW = "split_window"  # ask for a shorter time
    QUERY_ORDER = "query_order"  # by its client id, before anything else
    NOT_FILLED = "not_filled"  # the order was archived without a fill
    REPORT_BUG = "report_bug"  # the program asked wrongly: log it, no retry
    GIVE_UP = "give_up"  # say why; nothing else to do


class ExchangeError(DomainError):
    """Base of everything the exchange can answer that is not an answer.

    `exchange_code`: Binance's own code where there was one. `remedy`: what to do next, the class's own unless the code
    asks for another. A kind below another keeps its `code`.
    """

    code = "exchange-error"
    remedy = Remedy.GIVE_UP

    def __init__(self, message: str, exchange_code: int | None = None, remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.exchange_code = exchange_code
        if remedy is not None:
            self.remedy = remedy


class ExchangeUnavailableError(ExchangeError):
    """No usable answer: connection refused, time-out, 5xx, or a body that is not what was promised."""

    code = "exchange-unavailable"
    remedy = Remedy.RETRY


class WorkGoesOnError(ExchangeUnavailableError):
    """What was asked for is not done yet and nobody called it off: the same request with the same key tells later."""

    remedy = Remedy.GIVE_UP


class ExchangeOverloadedError(ExchangeUnavailableError):
    """-1008: too much load at the exchange; what was sent may still have been done."""

    remedy = Remedy.BACK_OFF


class OutcomeUnknownError(ExchangeError):
    """An order was sent and nobody can say whether it was placed: ask for it by its client id, never send it again."""

    code = "outcome-unknown"
    remedy = Remedy.QUERY_ORDER


class ExchangeLimitedError(ExchangeError):
    """429 or 418: nothing may be sent to that host for `retry_after_s` seconds."""

    code = "exchange-limited"

    def __init__(self, message: str, retry_after_s: float, banned: bool, exchange_code: int | None = None) -> None:
        super().__init__(message, exchange_code, Remedy.HALT if banned else Remedy.WAIT)
        self.retry_after_s = retry_after_s
        self.banned = banned


class RequestBudgetError(ExchangeLimitedError):
    """Our own budget of this minute is used up: nothing is wrong, the work goes on in the next one."""

    code = "request-budget"


class OrderLimitError(ExchangeError):
    """-1015: this account has too many new orders that are not filled; reads are not concerned."""

    code = "order-limit"
    remedy = Remedy.WAIT_WITH_ORDERS

    # Without a word of the exchange: its shortest window.
    def __init__(self, message: str, exchange_code: int | None = None, retry_after_s: float = 10.0) -> None:
        super().__init__(message, exchange_code)
        self.retry_after_s = retry_after_s


class CredentialsRefusedError(ExchangeError):
    """The key, its signature, its address or its rights were refused: asking again does not help.

    `seen_from`: the address that the exchange saw us come from, where it told it.
    """

    code = "credentials-refused"
    remedy = Remedy.ASK_THE_USER

    def __init__(self, message: str, exchange_code: int | None = None, seen_from: str | None = None) -> None:
        super().__init__(message, exchange_code)
        self.seen_from = seen_from


class KeyLostError(CredentialsRefusedError):
    """The key is stored and cannot be opened: it must be entered again."""

    code = "key-lost"


class ClockSkewError(ExchangeError):
    """-1021: our clock and the exchange's differ by more than it accepts."""

    code = "clock-skew"
    remedy = Remedy.MEASURE_CLOCK


class RequestRefusedError(ExchangeError):
    """The exchange understood and refused: a parameter, a filter, a balance."""

    code = "request-refused"


class MalformedRequestError(RequestRefusedError):
    """A parameter is missing, unknown, too precise or of another form: the program's fault."""

    remedy = Remedy.REPORT_BUG


class FilterRefusedError(RequestRefusedError):
    """-1013: an order breaks a rule of its symbol; `filter_name` as the exchange names it, where it does."""

    remedy = Remedy.REFRESH_RULES

    def __init__(self, message: str, exchange_code: int | None = None, filter_name: str | None = None) -> None:
        super().__init__(message, exchange_code)
        self.filter_name = filter_name


class WindowTooLongError(RequestRefusedError):
    """-1127: more time between start and end than the endpoint gives at once."""

    remedy = Remedy.SPLIT_WINDOW


class OrderRejectedError(RequestRefusedError):
    """-2010: the matching engine refused an order; the text says why (market closed, symbol not permitted)."""


class InsufficientBalanceError(OrderRejectedError):
    """The account holds less than the order needs."""


class DuplicateOrderError(OrderRejectedError):
    """An order with this client id has arrived before."""

    remedy = Remedy.QUERY_ORDER


class CancelRejectedError(RequestRefusedError):
    """-2011: the order is filled, cancelled or unknown."""

    remedy = Remedy.QUERY_ORDER


class OrderNotFoundError(RequestRefusedError):
    """-2013: no such order. After an unknown outcome this counts only when said again for 15 s."""

    remedy = Remedy.QUERY_ORDER


class OrderArchivedError(RequestRefusedError):
    """-2026: ended without a fill more than 90 days ago."""

    remedy = Remedy.NOT_FILLED


class RetiredEndpointError(ExchangeError):
    """410: the exchange has switched this endpoint off."""

    code = "retired-endpoint"
    remedy = Remedy.REPORT_BUG


class CapabilityError(ExchangeError):
    """This environment has no such endpoint (testnets have no /sapi)."""

    code = "not-supported-here"
