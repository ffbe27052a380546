"""Money that crosses the border of an account beside the chain, as ledger events: fiat, cards, P2P, Pay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from backend.core.model.amounts import ZERO, plain, total
from backend.core.model.history import (
    OWN_MONEY,
    FiatOrder,
    FiatPayment,
    MovementSource,
    P2pOrder,
    Page,
    PayTransaction,
)
from backend.core.model.holdings import EventKind, LedgerEvent, Leg
from backend.core.model.instants import DAY_MS
from backend.core.model.wallets import Wallet
from backend.exchange.binance import history_parse
from backend.exchange.binance.movement_reader import MONTH_MS, QUARTER_MS, MovementPath, Told, not_happened, under_sapi
from backend.exchange.binance.swaps import swap

if TYPE_CHECKING:
    from backend.exchange.binance.client import Endpoints
    from backend.exchange.binance.limits import Pool

Row = TypeVar("Row")
# Rows of other states are listed too. What is in neither set is on its way: waiting for the bank, being given back.
DONE_FIAT: Final = frozenset({"Successful", "Completed", "Finished"})
FAILED_FIAT: Final = frozenset(
    {
        "Failed",
        "Expired",
        "Rejected",
        "Canceled",
        "Cancelled",
        "Refunded",
        "Refund Failed",
        "Order Partial credit Stopped",
    }
)
DONE_P2P: Final = "COMPLETED"
FAILED_P2P: Final = frozenset({"CANCELLED", "CANCELLED_BY_SYSTEM"})
MOST_FIAT: Final = 500
MOST_PAY: Final = 100
SPOT: Final = frozenset({Wallet.SPOT})
FUNDING: Final = frozenset({Wallet.SPOT, Wallet.FUNDING})
# A bank takes days, and the row bears the instant at which it was asked.
BANK_MS: Final = 7 * DAY_MS
FIAT_TIMES: Final = ("beginTime", "endTime")
FIAT_PAGES: Final = ("page", "rows")
# What a bank can move. A currency that is missing here is found by the look that is taken once a day.
MONEY: Final = frozenset(
    {
        "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "INR",
        "JPY", "KZT", "MXN", "NGN", "NOK", "NZD", "PEN", "PHP", "PLN", "RON", "RUB", "SEK", "TRY", "UAH", "USD",
        "VND", "ZAR",
    }
)  # fmt: skip
FIAT_DEPOSITS: Final = MovementSource(
    "fiat_deposit", SPOT, QUARTER_MS, brings=True, dear=True, rare=True, assets=MONEY, overlap_ms=BANK_MS
)
FIAT_WITHDRAWALS: Final = MovementSource(
    "fiat_withdrawal", SPOT, QUARTER_MS, dear=True, rare=True, assets=MONEY, overlap_ms=BANK_MS
)
CARD_PURCHASES: Final = MovementSource("card_purchase", FUNDING, QUARTER_MS, brings=True, overlap_ms=BANK_MS)
CARD_SALES: Final = MovementSource("card_sale", FUNDING, QUARTER_MS, overlap_ms=BANK_MS)
P2P: Final = MovementSource("p2p", FUNDING, MONTH_MS, 180 * DAY_MS, brings=True, overlap_ms=2 * DAY_MS)
PAY: Final = MovementSource("pay", FUNDING, QUARTER_MS, 540 * DAY_MS, brings=True)


def crossing_paths(endpoints: Endpoints) -> Sequence[MovementPath]:
    """What an environment with these addresses tells of money that comes and goes beside the chain."""
    if not endpoints.sapi:
        return ()
    return (
        *(
            _by_bank(source, "sapi_uid", 45_000, "fiat/orders", word, _read(history_parse.fiat_orders, event))
            for source, word, event in (
                (FIAT_DEPOSITS, "0", _fiat_order(FIAT_DEPOSITS.name, incoming=True)),
                (FIAT_WITHDRAWALS, "1", _fiat_order(FIAT_WITHDRAWALS.name, incoming=False)),
            )
        ),
        *(
            _by_bank(source, "sapi_ip", 1, "fiat/payments", word, _read(history_parse.fiat_payments, payment))
            for source, word, payment in (
                (CARD_PURCHASES, "0", _fiat_payment(CARD_PURCHASES.name, bought=True)),
                (CARD_SALES, "1", _fiat_payment(CARD_SALES.name, bought=False)),
            )
        ),
        MovementPath(
            P2P,
            "sapi_ip",
            1,
            under_sapi("c2c/orderMatch/listUserOrderHistory"),
            _read(history_parse.p2p_orders, _p2p_order),
            "pages",
            times=("startTimestamp", "endTimestamp"),
            pages=FIAT_PAGES,
        ),
        MovementPath(PAY, "sapi_uid", 3000, under_sapi("pay/transactions"), _pays, "halves", MOST_PAY),
    )


def _by_bank(
    source: MovementSource, pool: Pool, weight: int, path: str, word: str, read: Callable[[object], Told]
) -> MovementPath:
    """Fiat paths tell one direction, named by a word, in pages of a window."""
    ask = under_sapi(path, transactionType=word)
    return MovementPath(source, pool, weight, ask, read, "pages", MOST_FIAT, FIAT_TIMES, FIAT_PAGES)


def _read(parse: Callable[[object], Page[Row]], event: Callable[[Row], LedgerEvent]) -> Callable[[object], Told]:
    def read(answer: object) -> Told:
        rows = parse(answer).rows
        return Told([event(row) for row in rows], len(rows))

    return read


def crossing(
    source: str, key: str, at_ms: int, asset: str, amount: Decimal, note: str, fee: Decimal = ZERO
) -> LedgerEvent:
    """A flow over the border: in where `amount` is positive. The `fee` leaves the account beside it."""
    incoming = amount > ZERO
    legs = [Leg(asset, amount, "in" if incoming else "out")]
    if fee != ZERO:
        legs.append(Leg(asset, -fee, "fee"))
    kind = EventKind.DEPOSIT if incoming else EventKind.WITHDRAWAL
    return LedgerEvent(source, key, kind, at_ms, tuple(legs), note=note)


def _fiat_order(source: str, incoming: bool) -> Callable[[FiatOrder], LedgerEvent]:
    def event(row: FiatOrder) -> LedgerEvent:
        # Money leaves when it is asked for, and is credited when the order was last told anew, maybe days later.
        at_ms = (row.updated_ms or row.at_ms) if incoming else row.at_ms
        if row.status not in DONE_FIAT or row.amount == ZERO:
            return not_happened(source, row.key, row.at_ms, row.status in DONE_FIAT | FAILED_FIAT)
        # The fee of a deposit is taken before the money arrives.
        amount, fee = (row.amount, ZERO) if incoming else (-row.amount, row.fee)
        return crossing(source, row.key, at_ms, row.currency, amount, row.method, fee)

    return event


def _fiat_payment(source: str, bought: bool) -> Callable[[FiatPayment], LedgerEvent]:
    def event(row: FiatPayment) -> LedgerEvent:
        quantity = row.obtained if bought else row.paid
        if row.status not in DONE_FIAT or quantity == ZERO:
            return not_happened(source, row.key, row.at_ms, row.status in DONE_FIAT | FAILED_FIAT)
        money = row.paid if bought else row.obtained
        note = f"{plain(money)} {row.currency}, {row.method}" if row.method else f"{plain(money)} {row.currency}"
        if row.method == OWN_MONEY:
            coins, cash = (row.asset, quantity), (row.currency, money)
            given, got = (cash, coins) if bought else (coins, cash)
            return swap(source, row.key, row.at_ms, given, got, note, ZERO)
        # A sale bears no method, mostly. One to the own balance shows as money there that nothing explains: it is asked
        # about, and counts as come in meanwhile, as the coin counts as gone.
        return crossing(source, row.key, row.at_ms, row.asset, quantity if bought else -quantity, note)

    return event


def _p2p_order(row: P2pOrder) -> LedgerEvent:
    if row.status != DONE_P2P or row.amount == ZERO:
        return not_happened(P2P.name, row.key, row.at_ms, row.status in FAILED_P2P | {DONE_P2P})
    amount = row.amount if row.side == "BUY" else -row.amount
    note = f"{plain(row.total)} {row.currency}"
    return crossing(P2P.name, row.key, row.at_ms, row.asset, amount, note, row.commission)


def _pays(answer: object) -> Told:
    rows = history_parse.pay_transactions(answer)
    return Told([event for row in rows for event in _payments(row)], len(rows))


def _payments(row: PayTransaction) -> Iterator[LedgerEvent]:
    """One flow for each coin that a payment was made with; what came in is told as one."""
    paid: dict[str, list[Decimal]] = {}
    if row.amount < ZERO:
        for asset, part in row.parts:
            paid.setdefault(asset, []).append(-abs(part))
    for asset, parts in (paid or {row.asset: [row.amount]}).items():
        amount = total(parts)
        if amount != ZERO:
            yield crossing(PAY.name, f"{row.key}:{asset}", row.at_ms, asset, amount, row.kind)
