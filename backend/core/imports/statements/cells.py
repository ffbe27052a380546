"""Cells of the exchange's exports: amounts with their coin, pairs, instants with two-digit years."""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import Decimal
from sys import intern
from typing import Final

from backend.core.imports.instants import NOT_A_DATE, DateOrder, InstantFault, When, read_when
from backend.core.imports.statements.entries import BAD_NUMBER, BAD_PAIR, NO_DATE, RowFault
from backend.core.model.amounts import parse_amount

_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_WORD: Final = re.compile(r"[^\d\s.,+-]\S*")
SHORT_YEAR: Final = re.compile(r"\d{2}-\d{1,2}-\d{1,2}(?!\d)")
# Coins that pairs are quoted in: a pair written without a separator is cut before the longest of them.
QUOTES: Final = (
    *("USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USDP", "USDS", "USD1", "PAX", "DAI", "UST", "USD", "EURI", "AEUR"),
    *("BTC", "ETH", "BNB", "XRP", "TRX", "DOGE", "DOT", "SOL", "VAI", "BIDR", "IDRT", "BVND", "BKRW"),
    *("EUR", "GBP", "TRY", "BRL", "AUD", "RUB", "UAH", "NGN", "ZAR", "PLN", "RON", "ARS", "JPY", "MXN", "COP", "CZK"),
)


def number(text: str) -> Decimal:
    """A number with a point, perhaps with commas between thousands or with an exponent.

    Raises:
        RowFault: it is none.
    """
    try:
        return parse_amount(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    except ValueError as error:
        raise RowFault(BAD_NUMBER, text) from error


def number_or(text: str, otherwise: Decimal) -> Decimal:
    return number(text) if text else otherwise


def with_coin(text: str, coins: tuple[str, ...] = ()) -> tuple[Decimal, str]:
    """A number and the coin written behind it: `0.48SOL`, `0.06 ETH`, `1,500.00USDT`.

    Args:
        coins: coins that it may be of; they tell where the number ends in `5.11INCH` (5.1 of 1INCH).

    Raises:
        RowFault: it cannot be read.
    """
    head, _, tail = text.rpartition(" ")
    if head and tail:
        return number(head.strip()), intern(tail)
    for coin in sorted(coins, key=len, reverse=True):
        before = text.removesuffix(coin) if coin else text
        if coin and before != text and _NUMBER.fullmatch(before):
            return number(before), intern(coin)
    found = _NUMBER.match(text)
    word = "" if found is None else text[found.end() :]
    if found is None or _WORD.fullmatch(word) is None:
        raise RowFault(BAD_NUMBER, text)
    return number(found.group()), intern(word)


def plain_amount(text: str, coin: str) -> Decimal:
    """An amount with or without its coin behind it.

    Raises:
        RowFault: it is none.
    """
    return number(text.removesuffix(coin).strip())


def split_pair(pair: str, *amounts: str) -> tuple[str, str]:
    """Base and quote of a pair without a separator, told by the coins written in amounts, else by the usual quotes.

    Raises:
        RowFault: it can be cut at no place.
    """
    for separator in ("/", "_", "-"):
        base, found, quote = pair.partition(separator)
        if found and base and quote:
            return intern(base), intern(quote)
    cuts = [(pair[:at], pair[at:]) for at in range(1, len(pair))]
    for base, quote in cuts:
        if len(amounts) > 1 and _ends(amounts[0], base) and _ends(amounts[1], quote):
            return intern(base), intern(quote)
    for base, quote in cuts:
        if quote in QUOTES:
            return intern(base), intern(quote)
    raise RowFault(BAD_PAIR, pair)


def instant(text: str, zone: tzinfo | None, order: DateOrder | None = None) -> When:
    """An instant of the exchange's own form (year first, two digits or four), or of a spreadsheet's.

    Raises:
        RowFault: there is none, or the zone or the order of day and month must be known first.
    """
    if not text:
        raise RowFault(NO_DATE)
    if SHORT_YEAR.match(text):
        text, order = f"20{text}", "ymd"
    try:
        return read_when(text, "", order, zone)
    except InstantFault as fault:
        raise RowFault(fault.code or NOT_A_DATE, text) from fault


def _ends(text: str, coin: str) -> bool:
    return text.endswith(coin) and _NUMBER.fullmatch(text.removesuffix(coin).strip()) is not None
