"""The transaction history of an account as the exchange exports it, made of the exchange's own ledger alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from backend.tests.process.reference import milliseconds

OLD_HEADER: Final = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark"
NEW_HEADER: Final = "User ID,Time,Account,Operation,Coin,Change,Remark"
USER: Final = "10000001"
HOURS_EAST: Final = 2
ACCOUNTS: Final = {
    "spot": "Spot", "funding": "Funding", "earn_flexible": "Earn", "earn_locked": "Earn", "margin": "Cross Margin",
    "usdm": "USD-M Futures", "coinm": "Coin-M Futures",
}  # fmt: skip
# The exchange's words. What a card sale is called, no list of operations knows: its lines are refused, not guessed.
CARD_SALE: Final = "Sell Crypto To Fiat"
WORDS: Final = {
    "deposit": "Deposit", "convert": "Binance Convert", "dust": "Small Assets Exchange BNB",
    "fiat_deposit": "Fiat Deposit", "fiat_withdraw": "Fiat Withdraw", "fiat_buy": "Buy Crypto With Card",
    "fiat_sell": CARD_SALE, "pay": "Binance Pay", "p2p": "P2P Trading", "commission": "Transaction Fee",
    "sub_transfer": "Transfer Between Main Account and Sub-Account", "borrow": "Margin Loan",
    "futures_commission": "Fee", "realized_pnl": "Realized Profit and Loss", "funding_fee": "Funding Fee",
}  # fmt: skip
MOVES: Final = {
    "funding": "Transfer Between Main and Funding Wallet",
    "usdm": "Transfer Between Spot Account and UM Futures Account",
    "coinm": "Transfer Between Spot Account and CM Futures Account",
    "margin": "Transfer Between Main Account/Futures and Margin Account",
}
EARN: Final = {"earn_flexible": "Flexible", "earn_locked": "Locked"}
Row = Mapping[str, Any]


def old_export(ledger: Sequence[Row], first: int, last: int) -> tuple[str, str]:
    """Name and text of an export of the first generation: UTC, the year in four digits."""
    rows = _rows(ledger, first, last, ACCOUNTS, "%Y-%m-%d %H:%M:%S", 0)
    return "transaction-history.csv", "\n".join([OLD_HEADER, *rows]) + "\n"


def new_export(
    ledger: Sequence[Row], first: int, last: int, wallets: Collection[str] = tuple(ACCOUNTS)
) -> tuple[str, str]:
    """Name and text of an export of the second generation: the exporter's clock, told by the name; of some wallets."""
    rows = _rows(ledger, first, last, wallets, "%y-%m-%d %H:%M:%S", HOURS_EAST)
    made = datetime.fromtimestamp(last / 1000, UTC).strftime("%Y%m%d%H%M")
    name = f"Binance-Transaction-History-{made}(UTC+{HOURS_EAST}).csv"
    return name, "\ufeff" + "\r\n".join([NEW_HEADER, *rows]) + "\r\n"


def _rows(
    ledger: Sequence[Row], first: int, last: int, wallets: Collection[str], form: str, hours: int
) -> Iterator[str]:
    for at, account, word, coin, change in _lines(
        row for row in ledger if first <= milliseconds(row["at"]) < last and row["wallet"] in wallets
    ):
        local = datetime.fromtimestamp(at // 1000, UTC) + timedelta(hours=hours)
        yield f"{USER},{local.strftime(form)},{account},{word},{coin},{change:f},"


def _lines(rows: Iterable[Row]) -> Iterator[tuple[int, str, str, str, Decimal]]:
    """Instant, account, operation, coin and change of each line."""
    shown = list(rows)
    fees = {row["ref"]: Decimal(row["change"]) for row in shown if row["kind"] == "withdrawal_fee"}
    bought: dict[str, bool] = {}
    moved: dict[str, set[str]] = {}
    for row in shown:
        if row["kind"] == "transfer":
            moved.setdefault(row["ref"], set()).add(row["wallet"])
    for row in shown:
        kind, ref, wallet, change = row["kind"], row["ref"], row["wallet"], Decimal(row["change"])
        if kind == "withdrawal_fee":
            continue
        if kind == "withdrawal":
            word, change = "Withdraw", change + fees.get(ref, Decimal(0))
        elif kind == "trade":
            # The first row of a fill is of the coin that is traded, the second of the one that pays.
            base = ref not in bought
            buying = bought.setdefault(ref, change > 0)
            word = ("Transaction Buy" if base else "Transaction Spend") if buying else (
                "Transaction Sold" if base else "Transaction Revenue"
            )  # fmt: skip
        elif kind == "reward":
            word = "Distribution" if wallet == "spot" else f"Simple Earn {EARN[wallet]} Interest"
        elif kind == "transfer":
            word = _move(moved[ref], wallet, change)
        else:
            word = WORDS[kind]
        yield milliseconds(row["at"]), ACCOUNTS[wallet], word, row["asset"], change


def _move(wallets: set[str], wallet: str, change: Decimal) -> str:
    """What a move between own wallets is called on the side of one of them; a file of one wallet shows one side."""
    earn = next((one for one in wallets if one in EARN), None)
    if earn is not None:
        into = (change > 0) == (wallet == earn)
        return f"Simple Earn {EARN[earn]} {'Subscription' if into else 'Redemption'}"
    return MOVES[next((one for one in sorted(wallets) if one != "spot"), "funding")]
