"""What is not what it should be is refused, wherever it stands; and nothing but an error of the exchange is raised."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.errors import ExchangeError, ExchangeUnavailableError
from backend.core.model.wallets import Wallet
from backend.exchange.binance import (
    fields,
    futures_parse,
    history_parse,
    market_parse,
    orders_parse,
    rules_parse,
    stream_parse,
    wallets_parse,
)
from backend.tests.unit.exchange.wallets.hand_made import AT, HAND_MADE
from backend.tests.unit.exchange.wallets.samples import SHARED, Family, same, sample
from backend.tests.unit.exchange.wallets.trading_families import TRADING
from backend.tests.unit.exchange.wallets.wallet_families import WALLETS

NOT_A_NUMBER: Final[tuple[Any, ...]] = (
    "NaN", "nan", "Infinity", "-Infinity", "1e999", " 1", "1_000", "１", "0x10", "1,5", float("nan"), float("inf"),
    1.5, True, [], {}, ["1"], "words", "9" * 200, 10**200,
)  # fmt: skip
NO_TEXT: Final[tuple[Any, ...]] = ([], {}, True, 1.5, ["x"], {"a": 1}, "x" * 5000)
NO_INSTANT: Final[tuple[Any, ...]] = (
    -1,
    1,
    1_717_243_200,
    9_999_999_999_999,
    10**30,
    "soon",
    "2024-06-01",
    1.5,
    True,
    [],
    "1.5",
)
# Signed by nature.
MAY_BE_NEGATIVE: Final = frozenset({
    "unrealizedProfit", "unRealizedProfit", "walletBalance", "marginBalance", "availableBalance", "balance",
    "crossWalletBalance", "crossUnPnl", "positionAmt", "notional", "notionalValue", "breakEvenPrice", "income",
    "realizedPnl", "commission", "lastFundingRate", "totalNetAssetOfBtc", "interestRate", "cummulativeQuoteQty",
    "maker", "taker", "buyer", "seller", "makerCommission", "takerCommission",
})  # fmt: skip
SIGNED_IN: Final = frozenset({("Pay", "amount")})
UNSIGNED_IN: Final = frozenset({
    ("P2P", "commission"), ("fills of a placed order", "commission"), ("fills of account trades", "commission"),
})  # fmt: skip
# Not told by every version of the answer; a wrong one is refused all the same.
MAY_BE_MISSING: Final = frozenset({
    "marginLevel", "collateralAmount", "cumulativeTotalRewards", "rewardAmt", "redeemingAmt", "breakEvenPrice",
    "notional", "notionalValue", "cumQuote", "avgPrice", "stopPrice", "origQuoteOrderQty", "buyer", "seller",
    "discount",
})  # fmt: skip
MISSING_IN: Final = frozenset({
    ("USD-M positions of the account", "entryPrice"), ("COIN-M positions of the account", "entryPrice"),
    ("futures trades", "quoteQty"),
})  # fmt: skip
LEFT_OUT: Final = frozenset({("price", "price")})


def families() -> Iterator[tuple[str, Family, Any]]:
    for kind, (family, answer) in HAND_MADE.items():
        yield kind, family, answer
    if SHARED.is_dir():
        for kind, family in {**WALLETS, **TRADING}.items():
            if not family.files[0].endswith(".gz"):
                yield kind, family, sample(family.files[0])


ALL: Final = {kind: (family, answer) for kind, family, answer in families()}
every_kind = pytest.mark.parametrize("kind", ALL)


def refused(family: Family, answer: Any) -> bool:
    try:
        family.read(answer)
    except ExchangeUnavailableError as error:
        return str(error).startswith("The exchange answered with")
    return False


def with_field(kind: str, name: str, value: Any) -> Any:
    """The answer with one field of its first row changed; `...` takes it away."""
    family, answer = ALL[kind]
    changed = copy.deepcopy(answer)
    row = family.rows(changed)[0]
    if value is ...:
        row.pop(name, None)
    else:
        row[name] = value
    return changed


def read_fields(kind: str, of: type | tuple[type, ...]) -> list[tuple[str, str]]:
    """The fields of a kind of answer, as (field, name there), whose values are of a type."""
    family, answer = ALL[kind]
    value = family.read(answer)[0]
    names = {field: name for field, name in family.names.items() if not name.startswith("=") and field != "net"}
    return [(field, name) for field, name in names.items() if type(getattr(value, field)) in _types(of)]


def _types(of: type | tuple[type, ...]) -> tuple[type, ...]:
    return of if isinstance(of, tuple) else (of,)


@pytest.mark.parametrize("kind", HAND_MADE)
def test_values_equal_the_strings_of_an_answer_without_a_sample(kind: str) -> None:
    family, answer = HAND_MADE[kind]
    same(family.read(answer), family.rows(answer), family.names)


@every_kind
def test_an_amount_that_is_no_finite_number_is_refused(kind: str) -> None:
    for field, name in read_fields(kind, Decimal):
        for bad in NOT_A_NUMBER:
            assert refused(ALL[kind][0], with_field(kind, name, bad)), f"{field} took {bad!r}"


@every_kind
def test_an_amount_that_is_missing_is_refused_never_zero(kind: str) -> None:
    for field, name in read_fields(kind, Decimal):
        if name in MAY_BE_MISSING or (kind, name) in MISSING_IN:
            continue
        for absent in (..., None, ""):
            assert refused(ALL[kind][0], with_field(kind, name, absent)), f"{field} took {absent!r}"


@every_kind
def test_an_amount_below_zero_is_refused_where_it_cannot_be(kind: str) -> None:
    for field, name in read_fields(kind, Decimal):
        negative_is_right = (name in MAY_BE_NEGATIVE or (kind, name) in SIGNED_IN) and (kind, name) not in UNSIGNED_IN
        changed = with_field(kind, name, "-0.00000001")
        if name == "cummulativeQuoteQty":
            assert getattr(ALL[kind][0].read(changed)[0], field) is None
        elif negative_is_right:
            assert getattr(ALL[kind][0].read(changed)[0], field) == Decimal("-0.00000001")
        else:
            assert refused(ALL[kind][0], changed), f"{field} took a negative"


@every_kind
def test_an_amount_is_the_same_as_a_string_and_as_a_whole_number(kind: str) -> None:
    for field, name in read_fields(kind, Decimal):
        for sent in ("7", 7, "7.0"):
            assert getattr(ALL[kind][0].read(with_field(kind, name, sent))[0], field) == Decimal(7)


@every_kind
def test_a_name_or_an_id_that_is_no_text_is_refused(kind: str) -> None:
    for field, name in read_fields(kind, str):
        for bad in NO_TEXT:
            if field in ("note", "method", "quote_id", "source", "target") and bad == "x" * 5000:
                continue  # words for eyes: cut
            assert refused(ALL[kind][0], with_field(kind, name, bad)), f"{field} took {bad!r}"


@every_kind
def test_an_instant_that_cannot_be_is_refused_and_one_in_a_string_is_read(kind: str) -> None:
    for field, name in read_fields(kind, int):
        if not field.endswith("_ms"):
            continue
        for bad in NO_INSTANT:
            assert refused(ALL[kind][0], with_field(kind, name, bad)), f"{field} took {bad!r}"
        for sent in (AT, str(AT)):
            assert getattr(ALL[kind][0].read(with_field(kind, name, sent))[0], field) == AT


@every_kind
def test_an_id_is_text_whether_it_came_as_number_or_string(kind: str) -> None:
    long_id = 2**62 + 1
    for field, name in read_fields(kind, str):
        if not (field.endswith("_id") or field == "key") or field in ("client_id", "product_id", "quote_id"):
            continue
        for sent in (long_id, str(long_id)):
            assert getattr(ALL[kind][0].read(with_field(kind, name, sent))[0], field) == str(long_id)
        assert refused(ALL[kind][0], with_field(kind, name, "NaN"))


@every_kind
def test_a_flag_that_is_none_is_refused(kind: str) -> None:
    for _, name in read_fields(kind, bool):
        for bad in ("true", 1, 0, None, ...):
            assert refused(ALL[kind][0], with_field(kind, name, bad))


@every_kind
@pytest.mark.parametrize("answer", [None, "", "text", 7, True, [None], ["x"], [[]], [7]])
def test_another_container_is_refused(kind: str, answer: Any) -> None:
    assert refused(ALL[kind][0], answer)


def test_a_page_says_when_there_is_more() -> None:
    assert history_parse.conversions(HAND_MADE["conversions"][1]).more is True
    assert wallets_parse.locked_positions(HAND_MADE["locked positions"][1]).total == 1


def test_every_dust_row_has_a_key_of_its_own_and_bnb_is_what_it_became() -> None:
    answer = copy.deepcopy(HAND_MADE["dust"][1])
    del answer["userAssetDribblets"][0]["userAssetDribbletDetails"][0]["targetAsset"]
    found = history_parse.dust(answer).rows
    assert [(one.key, one.to_asset) for one in found] == [("4359321:USDT", "BNB"), ("4359322:LDO", "BNB")]


def test_a_payment_tells_what_it_was_paid_with() -> None:
    (found,) = history_parse.pay_transactions(HAND_MADE["Pay"][1])
    assert found.parts == (("USDT", Decimal("1.2")), ("ETH", Decimal("0.0001")))


@pytest.mark.parametrize("kind", [0, 3, "x", None])
def test_a_transfer_of_a_sub_account_goes_in_or_out(kind: Any) -> None:
    (row,) = HAND_MADE["own sub-account transfers"][1]
    (out,) = history_parse.own_sub_account_transfers([{**row, "type": "2"}])
    assert (out.towards, out.source, out.target) == ("out", "sub@example.com", "master")
    with pytest.raises(ExchangeUnavailableError):
        history_parse.own_sub_account_transfers([{**row, "type": kind}])


def test_old_interest_without_an_id_is_known_by_what_it_says() -> None:
    answer = copy.deepcopy(HAND_MADE["margin interest"][1])
    del answer["rows"][0]["txId"]
    (found,) = history_parse.margin_interest(answer).rows
    assert found.key == f"BNBUSDT:USDT:ON_BORROW:{AT}:0.00024995"


def test_a_snapshot_of_margin_and_of_futures_tells_its_own() -> None:
    data = {
        "userAssets": [{"asset": "XRP", "borrowed": "1", "free": "3", "interest": "0.5", "locked": "0"}],
        "assets": [{"asset": "USDT", "marginBalance": "118.99", "walletBalance": "120.23"}],
    }
    answer = {"code": 200, "msg": "", "snapshotVos": [{"data": data, "type": "margin", "updateTime": AT}]}
    (margin,) = wallets_parse.day_snapshots(answer)
    assert [one.net for one in margin.balances] == [Decimal("1.5")]
    answer["snapshotVos"][0]["type"] = "futures"  # type: ignore[index]  # a mixed mapping
    (futures,) = wallets_parse.day_snapshots(answer)
    assert [(one.asset, one.wallet_balance, one.margin_balance) for one in futures.futures] == [
        ("USDT", Decimal("120.23"), Decimal("118.99"))
    ]
    answer["snapshotVos"][0]["type"] = "options"  # type: ignore[index]  # a mixed mapping
    with pytest.raises(ExchangeUnavailableError):
        wallets_parse.day_snapshots(answer)


RULES: Final[dict[str, Any]] = {
    "symbols": [
        {
            "symbol": "BTCUSDT", "status": "TRADING", "baseAsset": "BTC", "quoteAsset": "USDT",
            "permissionSets": [["SPOT", "MARGIN"], ["TRD_GRP_004"]],
            "filters": [{"filterType": "LOT_SIZE", "minQty": "0.1", "maxQty": "9", "stepSize": "0.1"},
                        {"filterType": "A_FILTER_OF_TOMORROW", "anything": [1]}],
        }
    ]
}  # fmt: skip


def test_filters_of_unknown_types_are_ignored_and_a_missing_one_is_no_rule() -> None:
    (rules,) = rules_parse.symbol_rules(RULES)
    assert rules.lot is not None
    assert (rules.market_lot, rules.notional, rules.min_notional, rules.percent_price) == (None, None, None, None)


@pytest.mark.parametrize("told", [None, "25.5", "NaN", "-1"])
def test_how_much_may_be_held_is_a_rule_where_it_is_told(told: str | None) -> None:
    answer = copy.deepcopy(RULES)
    if told is not None:
        answer["symbols"][0]["filters"].append({"filterType": "MAX_POSITION", "maxPosition": told})
    if told in ("NaN", "-1"):
        with pytest.raises(ExchangeUnavailableError):
            rules_parse.symbol_rules(answer)
        return
    (rules,) = rules_parse.symbol_rules(answer)
    assert rules.max_position == (None if told is None else Decimal(told))


def test_an_account_needs_a_right_of_every_set() -> None:
    (rules,) = rules_parse.symbol_rules(RULES)
    assert rules.permits(["SPOT", "TRD_GRP_004"])
    assert not rules.permits(["SPOT", "MARGIN"])


@pytest.mark.parametrize("bad", ["NaN", None, "-1", 1.5])
def test_a_filter_with_a_broken_bound_is_refused(bad: Any) -> None:
    answer = copy.deepcopy(RULES)
    answer["symbols"][0]["filters"][0]["stepSize"] = bad
    with pytest.raises(ExchangeUnavailableError):
        rules_parse.symbol_rules(answer)


MODULES: Final = (futures_parse, history_parse, market_parse, orders_parse, rules_parse, stream_parse, wallets_parse)
NEEDS_WALLET: Final = frozenset({"account", "balances", "positions"})


def readers() -> Iterator[Callable[[Any], Any]]:
    """Every public function of the parsers that takes an answer."""
    for module in MODULES:
        for name, one in vars(module).items():
            own = getattr(one, "__module__", "") == module.__name__ and callable(one)
            if own and not name.startswith("_") and name != "position_side":
                of_futures = module is futures_parse and name in NEEDS_WALLET
                yield partial(one, wallet=Wallet.FUTURES_USDM) if of_futures else one


READERS: Final = tuple(readers())
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from([10**300, "0", "1.5", "BTC", AT, str(AT), "\ud800", "000000", "BUY", "BOTH", "1" * 99])
)  # fmt: skip
NAMES = sorted(
    {name for family, _ in ALL.values() for name in family.names.values()}
    | {"code", "msg", "success", "rows", "data", "symbols", "filters", "e", "event", "stream", "a", "o", "B", "P"}
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("read", [fields.identity, fields.whole, fields.instant, fields.moment, fields.amount])
def test_a_number_too_long_to_write_is_refused(read: Callable[[Any, str], object]) -> None:
    with pytest.raises(ExchangeUnavailableError):
        read({"field": 10**5000}, "field")
    with pytest.raises(ExchangeUnavailableError):
        fields.body({"code": 10**5000, "msg": ""})


@settings(max_examples=400, deadline=None)
@given(answer=JSON)
def test_no_answer_raises_anything_but_an_error_of_the_exchange(answer: Any) -> None:
    for read in READERS:
        try:
            read(answer)
        except ExchangeError:
            continue


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for place, one in items:
        yield from ways(one, (*way, place))


@settings(max_examples=600, deadline=None)
@given(kind=st.sampled_from(sorted(ALL)), data=st.data())
def test_a_right_answer_with_one_wrong_part_raises_nothing_else_either(kind: str, data: st.DataObject) -> None:
    family, answer = ALL[kind]
    way = data.draw(st.sampled_from([one for one in ways(answer) if one]))
    changed = copy.deepcopy(answer)
    inner = changed
    for place in way[:-1]:
        inner = inner[place]
    inner[way[-1]] = data.draw(JSON)
    try:
        found = family.read(changed)
    except ExchangeError:
        return
    for value in found:
        if value is None:
            continue  # a part that this answer does not tell
        figures = [getattr(value, field) for field in family.names]
        assert all(figure.is_finite() for figure in figures if isinstance(figure, Decimal))


@settings(max_examples=200, deadline=None)
@given(message=JSON, name=st.sampled_from([*stream_parse.READERS, "ACCOUNT_UPDATE"]))
def test_no_message_of_a_stream_raises_anything_else(message: Any, name: str) -> None:
    row = {**message, "e": name} if isinstance(message, dict) else {"e": name, "a": message, "o": message}
    for sent in (row, {"event": row}, {"stream": "x", "data": row}):
        try:
            stream_parse.user_message(sent)
        except ExchangeError:
            continue


def test_the_hand_made_answers_are_json() -> None:
    for _, answer in HAND_MADE.values():
        assert json.loads(json.dumps(answer)) == answer
