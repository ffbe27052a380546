"""Every sample answer becomes values that equal its strings, field by field, or the error that it should be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pytest

from backend.core.errors import ExchangeError, ExchangeUnavailableError
from backend.core.model.orders import Rates
from backend.core.model.wallets import Wallet
from backend.exchange.binance import (
    fields,
    futures_parse,
    history_parse,
    market_parse,
    orders_parse,
    parse,
    rules_parse,
    wallets_parse,
)
from backend.exchange.binance.errors import translate_order
from backend.tests.unit.exchange.wallets.samples import DOCS, NAUTILUS, NET, SHARED, Names, same, sample
from backend.tests.unit.exchange.wallets.trading_families import TRADING
from backend.tests.unit.exchange.wallets.wallet_families import WALLETS

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared/binance is absent")

FAMILIES: Final = {**WALLETS, **TRADING}
CASES: Final = [(kind, file) for kind, family in FAMILIES.items() for file in family.files]

# Single figures and words: how they are read, and what comes out.
SINGLE: Final[Mapping[str, tuple[Callable[[Any], Any], Any]]] = {
    DOCS + "get_api_v3_avgPrice": (orders_parse.average_price, Decimal("9.35751834")),
    NET + "spot-GetAvgPrice": (orders_parse.average_price, Decimal("9.35751834")),
    NAUTILUS + "spot-avg_price_response": (orders_parse.average_price, Decimal("9.35751834")),
    DOCS + "post_sapi_v1_asset_transfer": (history_parse.transaction_id, "13526853623"),
    DOCS + "post_sapi_v1_margin_borrow-repay": (history_parse.transaction_id, "100000001"),
    DOCS + "post_sapi_v1_sub-account_universalTransfer": (history_parse.transaction_id, "11945860693"),
    DOCS + "get_fapi_v1_multiAssetsMargin": (futures_parse.multi_assets, True),
    NET + "usdfutures-GetMultiAssetsMode": (futures_parse.multi_assets, True),
    DOCS + "get_sapi_v1_account_status": (market_parse.account_status, "Normal"),
    NET + "spot-GetAccountStatus": (market_parse.account_status, "Normal"),
    DOCS + "get_sapi_v1_system_status": (market_parse.in_maintenance, False),
    NET + "spot-GetSystemStatus": (market_parse.in_maintenance, False),
    NET + "usdfutures-GetServerTime": (parse.server_time_ms, 1499827319559),
    DOCS + "post_fapi_v1_listenKey": (
        futures_parse.listen_key,
        "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1",
    ),
    NET + "usdfutures-StartUserStream": (
        futures_parse.listen_key,
        "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1",
    ),
}
# Answers that only say that something was done.
DONE: Final = (
    DOCS + "post_fapi_v1_multiAssetsMargin", DOCS + "post_fapi_v1_positionSide_dual",
    DOCS + "post_sapi_v1_margin_isolated_account", DOCS + "delete_sapi_v1_margin_isolated_account",
    NAUTILUS + "spot-ping_response",
)  # fmt: skip
# Samples without fields that the exchange always sends: refused, not half believed.
DAMAGED: Final[Mapping[str, Callable[[Any], Any]]] = {
    DOCS + "post_api_v3_order": orders_parse.order,
    NET + "spot-GetExchangeInfo": rules_parse.rate_limits,
}
RULES: Final = (
    NET + "spot-GetExchangeInfo", NAUTILUS + "spot-exchange_info_response", DOCS + "get_fapi_v1_exchangeInfo",
    NET + "usdfutures-GetExchangeInfo", NET + "coinfutures-GetExchangeInfo",
)  # fmt: skip
# Read for the running line since the beginning: their own tests are beside those of `parse`.
READ_BY_PARSE: Final = (
    DOCS + "get_api_v3_time", NET + "spot-GetServerTime", NAUTILUS + "spot-server_time_response",
    NET + "spot-GetTicker", NAUTILUS + "spot-ticker_24hr_response",
    NET + "spot-GetKlines", NAUTILUS + "spot-klines_response", NET + "usdfutures-GetKlines",
    DOCS + "get_sapi_v1_capital_deposit_hisrec", NET + "spot-GetDepositHistory",
    DOCS + "get_sapi_v1_capital_withdraw_history", NET + "spot-GetWithdrawalHistory",
    DOCS + "get_sapi_v1_account_apiRestrictions", NET + "spot-GetAPIKeyPermissions",
)  # fmt: skip
# What this program asks nobody for: it places no futures orders, borrows nothing and shows no order book.
NOT_ASKED: Final = (
    DOCS + "get_fapi_v1_leverageBracket", NET + "usdfutures-GetBrackets", DOCS + "get_fapi_v1_positionSide_dual",
    NET + "usdfutures-GetSymbolConfiguration", NET + "usdfutures-GetAccountConfiguration",
    NAUTILUS + "futures-open_algo_orders", DOCS + "get_sapi_v1_margin_allPairs",
    DOCS + "get_sapi_v1_margin_isolated_allPairs", DOCS + "get_sapi_v1_account_info",
    DOCS + "get_sapi_v1_asset_assetDetail", NET + "spot-GetAssetDetails", NET + "spot-GetExecutionRules",
    NAUTILUS + "spot-depth_response", NAUTILUS + "spot-trades_response",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "file"), CASES)
def test_values_equal_the_strings_of_the_sample(kind: str, file: str) -> None:
    family, content = FAMILIES[kind], sample(file)
    same(family.read(content), family.rows(content), family.names)


@pytest.mark.parametrize("file", SINGLE)
def test_a_single_figure_is_what_the_sample_says(file: str) -> None:
    read, expected = SINGLE[file]
    assert read(sample(file)) == expected


@pytest.mark.parametrize("file", DONE)
def test_an_answer_that_something_was_done_is_no_error(file: str) -> None:
    assert fields.body(sample(file)) == sample(file)


@pytest.mark.parametrize("file", DAMAGED)
def test_a_sample_without_its_fields_is_no_usable_answer(file: str) -> None:
    with pytest.raises(ExchangeUnavailableError):
        DAMAGED[file](sample(file))


def test_an_answer_to_an_order_that_cannot_be_read_leaves_its_outcome_unknown() -> None:
    with pytest.raises(ExchangeError) as refusal:
        orders_parse.order(sample(DOCS + "post_api_v3_order"))
    assert translate_order(refusal.value).code == "outcome-unknown"


@pytest.mark.parametrize("file", RULES)
def test_rules_are_read_for_every_symbol(file: str) -> None:
    same(
        rules_parse.symbol_rules(sample(file)),
        [{"status": row.get("contractStatus"), **row} for row in sample(file)["symbols"]],
        {"status": "status"},
    )


def test_every_sample_answer_is_accounted_for() -> None:
    index = json.loads((SHARED / "index.json").read_text(encoding="utf-8"))
    listed = {row["file"].removesuffix(".json") for row in index if row["file"].startswith("responses/")}
    read = {file for _, file in CASES} | {*SINGLE, *DONE, *DAMAGED, *RULES, *READ_BY_PARSE, *NOT_ASKED}
    assert listed - read == set()
    assert not {file for file in NOT_ASKED if file in {one for _, one in CASES}}


def test_pages_tell_their_totals() -> None:
    assert history_parse.wallet_transfers(sample(NET + "spot-GetTransfers")).total == 2
    assert history_parse.universal_transfers(sample(DOCS + "get_sapi_v1_sub-account_universalTransfer")).total == 1
    assert wallets_parse.flexible_positions(sample(NET + "general-GetFlexibleProductPositions")).total == 1


def test_staked_coins_are_their_tokens() -> None:
    tokens = wallets_parse.eth_staking(sample(DOCS + "get_sapi_v2_eth-staking_account")).tokens
    assert [(one.wallet, one.asset, one.free) for one in tokens] == [
        (Wallet.STAKING, "WBETH", Decimal("1.10928781")),
        (Wallet.STAKING, "BETH", Decimal("1.90002112")),
    ]
    (token,) = wallets_parse.sol_staking(sample(DOCS + "get_sapi_v1_sol-staking_account")).tokens
    assert (token.wallet, token.asset, token.net) == (Wallet.STAKING, "BNSOL", Decimal("1.10928781"))


def test_a_test_order_tells_its_rates() -> None:
    found = orders_parse.commission_of_test(sample(NET + "spot-PlaceTestOrder"))
    rates = Rates(Decimal("0.00000112"), Decimal("0.00000114"))
    assert (found.standard, found.special, found.tax, found.symbol) == (rates, None, rates, None)


def test_snapshots_tell_their_day() -> None:
    (day,) = wallets_parse.day_snapshots(sample(NET + "spot-GetDailySpotAccountSnapshot"))
    assert (day.kind, day.at_ms, day.futures) == ("spot", 1576281599000, ())


def test_futures_candles_are_candles() -> None:
    (candle,) = parse.candles(sample(NET + "usdfutures-GetKlines"), 604_800_000)
    assert (candle.open_ms, candle.close) == (1499040000000, Decimal("0.01577100"))


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("exchange-info/spot-mainnet-2023-04-10.json.gz", 1451),
        ("exchange-info/spot-testnet-2024-09-08.json.gz", 825),
        ("exchange-info/usdm-2026-03-31.json.gz", 486),
    ],
)
def test_the_rules_of_a_recorded_day(file: str, count: int) -> None:
    content = sample(file)
    found = rules_parse.symbol_rules(content)
    assert len(found) == count
    for rules, row in zip(found, content["symbols"], strict=True):
        by_type = {one["filterType"]: one for one in row["filters"]}
        assert (rules.symbol.name, rules.symbol.base, rules.symbol.quote) == (
            row["symbol"], row["baseAsset"], row["quoteAsset"],
        )  # fmt: skip
        assert rules.symbol.tradable is (row["status"] == "TRADING")
        assert rules.market_by_quote is row.get("quoteOrderQtyMarketAllowed", False)
        listed: Sequence[Any] = row.get("permissionSets") or [row.get("permissions", [])]
        assert rules.permission_sets == tuple(frozenset(one) for one in listed if one)
        check(rules.lot, by_type.get("LOT_SIZE"), {"minimum": "minQty", "maximum": "maxQty", "step": "stepSize"})
        check(
            rules.market_lot,
            by_type.get("MARKET_LOT_SIZE"),
            {"minimum": "minQty", "maximum": "maxQty", "step": "stepSize"},
        )
        check(
            rules.price, by_type.get("PRICE_FILTER"), {"minimum": "minPrice", "maximum": "maxPrice", "tick": "tickSize"}
        )
        check(
            rules.notional,
            by_type.get("NOTIONAL"),
            {
                "minimum": "minNotional",
                "maximum": "maxNotional",
                "minimum_for_market": "applyMinToMarket",
                "maximum_for_market": "applyMaxToMarket",
                "average_minutes": "avgPriceMins",
            },
        )
        older = {"minimum": "notional"} if file.startswith("exchange-info/usdm") else {
            "minimum": "minNotional", "minimum_for_market": "applyToMarket", "average_minutes": "avgPriceMins",
        }  # fmt: skip
        check(rules.min_notional, by_type.get("MIN_NOTIONAL"), older)
        check(
            rules.percent_price,
            by_type.get("PERCENT_PRICE_BY_SIDE") or by_type.get("PERCENT_PRICE"),
            {"bid_up": "bidMultiplierUp", "bid_down": "bidMultiplierDown", "ask_up": "askMultiplierUp"}
            if "PERCENT_PRICE_BY_SIDE" in by_type
            else {"bid_up": "multiplierUp", "ask_up": "multiplierUp", "ask_down": "multiplierDown"},
        )


def check(found: Any, row: Any, names: Names) -> None:
    """A rule equals its filter; no filter, no rule."""
    assert (found is None) == (row is None)
    if row is not None:
        same([found], [row], names)
