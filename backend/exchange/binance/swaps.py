"""Swaps outside the order book as ledger events: conversions, and dust that became another coin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from backend.core.model.amounts import ZERO, total
from backend.core.model.history import ConvertTrade, DustConversion, MovementSource
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance import history_parse
from backend.exchange.binance.movement_reader import MONTH_MS, QUARTER_MS, MovementPath, Told, not_happened, under_sapi

if TYPE_CHECKING:
    from backend.exchange.binance.client import Endpoints

CONVERTED: Final = "SUCCESS"
NOT_CONVERTED: Final = frozenset({"FAIL", "EXPIRED", "CANCELED"})
MOST_CONVERSIONS: Final = 1000
MOST_DUST: Final = 100
# 2020-12-01: older dust is not told.
DUST_SINCE_MS: Final = 1_606_780_800_000
CONVERSIONS: Final = MovementSource("convert", frozenset({Wallet.SPOT, Wallet.FUNDING}), MONTH_MS)
DUST: Final = MovementSource("dust", frozenset({Wallet.SPOT}), QUARTER_MS, first_ms=DUST_SINCE_MS, overlap_ms=DAY_MS)
# What each says belongs to the one source `dust`: an id is of one conversion, whichever list it stands in.
MARGIN_DUST: Final = replace(DUST, name="dust_margin", wallets=frozenset({Wallet.MARGIN_CROSS}))


def swap_paths(endpoints: Endpoints) -> Sequence[MovementPath]:
    """What an environment with these addresses tells of swaps."""
    if not endpoints.sapi:
        return ()
    return (
        MovementPath(
            CONVERSIONS, "sapi_uid", 3000, under_sapi("convert/tradeFlow"), _conversions, "halves", MOST_CONVERSIONS
        ),
        *(
            MovementPath(
                source, "sapi_ip", 1, under_sapi("asset/dribblet", accountType=word), _dust(wallet), "halves", MOST_DUST
            )
            for source, word, wallet in ((DUST, "SPOT", ""), (MARGIN_DUST, "MARGIN", Wallet.MARGIN_CROSS.value))
        ),
    )


def swap(
    source: str, key: str, at_ms: int, given: tuple[str, Decimal], got: tuple[str, Decimal], note: str, fee: Decimal
) -> LedgerEvent:
    """One coin for another. `got` is before the `fee`, which is taken in the coin obtained."""
    legs = [Leg(got[0], got[1], "in"), Leg(given[0], -given[1], "out")]
    if fee != ZERO:
        legs.append(Leg(got[0], -fee, "fee"))
    return LedgerEvent(source, key, EventKind.CONVERT, at_ms, tuple(legs), note=note)


def _conversions(answer: object) -> Told:
    page = history_parse.conversions(answer)
    # A page that says there is more counts as a full one, however many rows it has.
    return Told([_converted(row) for row in page.rows], MOST_CONVERSIONS if page.more else 0)


def _converted(row: ConvertTrade) -> LedgerEvent:
    if row.status != CONVERTED:
        return not_happened(CONVERSIONS.name, row.key, row.at_ms, row.status in NOT_CONVERTED)
    given, got = (row.from_asset, row.from_amount), (row.to_asset, row.to_amount)
    return swap(CONVERSIONS.name, row.key, row.at_ms, given, got, "", ZERO)


def _dust(wallet: str) -> Callable[[object], Told]:
    def read(answer: object) -> Told:
        page = history_parse.dust(answer)
        rows = [replace(_swept(row), wallet=wallet) for row in _moved(page.rows)]
        return Told(rows, page.total or len(page.rows))

    return read


def _moved(rows: Iterable[DustConversion]) -> list[DustConversion]:
    return [row for row in rows if row.from_amount != ZERO]


def _swept(row: DustConversion) -> LedgerEvent:
    return swap(
        DUST.name,
        row.key,
        row.at_ms,
        (row.from_asset, row.from_amount),
        (row.to_asset, total([row.received, row.fee])),
        "",
        row.fee,
    )
