"""The header forms of the exchange's exports, old and new, in the languages seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.core.imports.statements.entries import View

_BRACKETS: Final = re.compile(r"\(.*?\)")
_OTHER: Final = re.compile(r"[^a-z0-9]")
_TRADES: Final = ("time", "pair", "side", "price", "executed", "amount", "fee")


@dataclass(frozen=True, slots=True)
class Form:
    """A header: the columns it must have and those that it may have, as `key` writes them."""

    view: View
    needed: frozenset[str]
    optional: frozenset[str] = frozenset()


def _form(view: View, needed: str, optional: str = "") -> Form:
    return Form(view, frozenset(needed.split()), frozenset(optional.split()))


FORMS: Final = (
    _form("transactions", "time account operation coin change remark", "userid"),
    _form("trades", "time market type price amount total fee feecoin"),
    _form("trades", " ".join(_TRADES)),
    _form(
        "orders",
        "time pair type orderprice orderamount avgtradingprice filled total status",
        "orderno triggercondition",
    ),
    _form("deposits", "time coin network amount address txid status"),
    _form("withdrawals", "time coin network amount fee address txid status"),
    # One header for both: which of them it is must be told elsewhere.
    _form("deposits", "time coin amount transactionfee address txid status", "network sourceaddress paymentid"),
    _form("fiat", "time coin amount status paymentmethod indicatedamount fee orderid"),
    _form("fiat", "time method amount receiveamount fee status transactionid"),
    _form("fiat_buys", "time method spendamount receiveamount fee price status transactionid"),
    _form("converts", "time pair type sell buy price inverseprice dateupdated status", "wallet"),
    _form(
        "p2p", "ordernumber createdtime ordertype asset quantity totalprice fiattype counterparty status", "price fee"
    ),
    _form(
        "futures_trades",
        "time symbol side price quantity amount fee realizedprofit buyer maker tradeid orderid",
        "uid positionside",
    ),
    _form("futures_income", "time type amount asset symbol transactionid"),
    _form("earn", "time coin amount type"),
    _form("earn_locked", "subscriptiondate coin totalamount lockperiod type from"),
    _form("staking", "time wrappedbethamount distributedwbethamount ratio status"),
    _form("staking", "time asset ratio amount positionamount"),
    _form("staking", "time coin token amount status"),
    _form("auto_invest", "autoinvestdate holdingcoin amountperperiod tradingfee units from status"),
    _form(
        "tax_report",
        "id time type label sentamount sentcurrency sentaddress receivedamount receivedcurrency feeamount feecurrency "
        "comment",
    ),
)
# The language of the site changes the header; the columns stay where they are.
_TRANSLATED: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    ("cas", "par", "strana", "cena", "provedeno", "castka", "poplatek"): _TRADES,
    ("tiempo", "par", "lado", "precio", "ejecutado", "cantidad", "tarifa"): _TRADES,
}
_SAME: Final = {"date": "time", "utctime": "time"}
_FLOW_WORDS: Final = ("deposit", "withdraw", "incoming", "outgoing")


def form_of(headings: Sequence[str], sample: Sequence[str]) -> tuple[Form, dict[str, int]] | None:
    """The form of a header and where its columns are; None when it is no export of the exchange.

    Args:
        sample: the first row, for a header that files of other origin have too.
    """
    keys = tuple(_SAME.get(key(heading), key(heading)) for heading in headings)
    keys = _TRANSLATED.get(keys, keys)
    names = frozenset(keys)
    if len(names) != len(keys):
        return None
    columns = {name: index for index, name in enumerate(keys)}
    for form in FORMS:
        if form.needed <= names <= form.needed | form.optional:
            if form.view == "earn" and _is_list_of_flows(columns, sample):
                return None
            return form, columns
    return None


def key(heading: str) -> str:
    """A heading's letters and digits, in lower case, without accents and without what stands in brackets."""
    lowered = unicodedata.normalize("NFKD", heading.lower())
    return _OTHER.sub("", _BRACKETS.sub("", lowered))


def _is_list_of_flows(columns: Mapping[str, int], sample: Sequence[str]) -> bool:
    """Somebody's own list of deposits has the columns of the Earn export too, and other words in them."""
    index = columns["type"]
    word = sample[index].lower() if index < len(sample) else ""
    return word.startswith(_FLOW_WORDS) or word in ("in", "out")
