"""How numbers and instants look on the wire: eight decimals, milliseconds, ISO 8601.

Inside, prices travel as whole *units* of 1e-8 (Python or numpy integers), so that a page of candles is integer
arithmetic from file to answer and no float noise can reach a printed digit.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Final

UNIT: Final = 10**8
EIGHT_PLACES: Final = Decimal("0.00000001")
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS


def text8(units: int) -> str:
    """Print whole units of 1e-8 as Binance prints prices: always eight decimals."""
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), UNIT)
    return f"{sign}{whole}.{rest:08d}"


def decimal_of(units: int) -> Decimal:
    """Turn whole units of 1e-8 into a Decimal without loss."""
    return Decimal(int(units)).scaleb(-8)


def units_of(value: Decimal) -> int:
    """Turn a Decimal into whole units of 1e-8; digits beyond the eighth decimal are cut."""
    return int(value.scaleb(8).to_integral_value(ROUND_DOWN))


def fixed(value: Decimal) -> str:
    """Print an amount with eight decimals, cut rather than rounded up."""
    return format(value.quantize(EIGHT_PLACES, ROUND_DOWN), "f")


def cut(value: Decimal) -> Decimal:
    """Cut an amount to eight decimals: the exchange keeps no finer ones."""
    return value.quantize(EIGHT_PLACES, ROUND_DOWN)


def plain(value: Decimal) -> str:
    """Print an amount without trailing zeros and without an exponent (deposit and control rows)."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def parse_decimal(text: str) -> Decimal | None:
    """Read a finite decimal written without spaces or separators; None when it is something else."""
    if not text or not set(text) <= set("0123456789.+-eE"):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def ms_of(instant: datetime) -> int:
    """Milliseconds since the epoch of an aware datetime."""
    return round(instant.timestamp() * 1000)


def instant_of(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def iso(ms: int) -> str:
    """ISO 8601 with milliseconds and Z."""
    return instant_of(ms).strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def second_text(ms: int) -> str:
    """The form of `applyTime` in withdrawals: UTC, whole seconds, no zone."""
    return instant_of(ms).strftime("%Y-%m-%d %H:%M:%S")


def parse_iso(text: str) -> int | None:
    """Read ISO 8601 into milliseconds; a text without zone counts as UTC; None when it is no instant."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return ms_of(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def floor_to(ms: int, step_ms: int) -> int:
    return ms - ms % step_ms


def listed(items: Iterable[str]) -> str:
    """Join words for a sentence: `a, b, c`."""
    return ", ".join(items)
