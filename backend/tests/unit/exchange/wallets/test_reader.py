"""Each wallet is asked by its own clock; one that fails is unknown, one that the key has not is absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, cast

import pytest

from backend.core.errors import (
    CredentialsRefusedError,
    ExchangeError,
    ExchangeUnavailableError,
    RequestBudgetError,
    RequestRefusedError,
)
from backend.core.model.wallets import Wallet, WalletBalance, WalletsReading
from backend.exchange.binance.client import TESTNET, ApiClient, Endpoints
from backend.exchange.binance.wallets import ABSENT_S, ASKED_AGAIN_S, PATIENCE_S, WalletReader

EVERYWHERE: Final = Endpoints("api", "sapi", "fapi", "dapi")
LISTED: Final = frozenset({"USDT", "BTC", "ETH", "WBETH", "LDO"})
NO_RIGHT: Final = CredentialsRefusedError("no", -2015)
DOWN: Final = ExchangeUnavailableError("down")
EMPTY: Final[Mapping[str, Any]] = {
    "funding_wallet": [],
    "futures_account": {"assets": [], "positions": []},
    "futures_coin_account": {"assets": [], "positions": []},
    "get_margin_account": {"userAssets": []},
    "get_isolated_margin_account": {"assets": []},
    "get_simple_earn_flexible_product_position": {"rows": [], "total": 0},
    "get_simple_earn_locked_product_position": {"rows": [], "total": 0},
    "margin_v2_get_eth_staking_account": {"holdingInETH": "0", "holdings": {"wbethAmount": "0", "bethAmount": "0"}},
    "margin_v1_get_sol_staking_account": {"bnsolAmount": "0", "holdingInSOL": "0"},
    "margin_v1_get_eth_staking_eth_history_redemption_history": {"rows": [], "total": 0},
    "margin_v1_get_sol_staking_sol_history_redemption_history": {"rows": [], "total": 0},
}
CHEAP: Final = ["funding_wallet", "futures_account", "futures_coin_account"]
NAMES: Final = {
    Wallet.FUNDING: "funding_wallet",
    Wallet.FUTURES_USDM: "futures_account",
    Wallet.FUTURES_COINM: "futures_coin_account",
    Wallet.MARGIN_CROSS: "get_margin_account",
    Wallet.MARGIN_ISOLATED: "get_isolated_margin_account",
    Wallet.EARN_FLEXIBLE: "get_simple_earn_flexible_product_position",
    Wallet.EARN_LOCKED: "get_simple_earn_locked_product_position",
    Wallet.STAKING: "margin_v2_get_eth_staking_account",
}


class Desk:
    """An account as the exchange answers for it: a client that sends nothing, and a clock that tests move."""

    def __init__(self, endpoints: Endpoints = EVERYWHERE) -> None:
        self.endpoints = endpoints
        self.tries = 3
        self.now_s = 0.0
        self.answers: dict[str, Any] = dict(EMPTY)
        self.spot: dict[str, str] = {}
        self.asked: list[str] = []
        self.tried: list[int] = []
        self.reader = WalletReader(cast(ApiClient, self), lambda: self.now_s)

    def server_time_ms(self) -> int:
        return int(self.now_s * 1000)

    def signed(self, pool: str, weight: int, call: Callable[[Any], Any], parsed: Callable[[Any], Any]) -> Any:
        return parsed(call(self))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def answered(**params: Any) -> Any:
            self.asked.append(name)
            self.tried.append(self.tries)
            answer = self.answers[name]
            if callable(answer):
                answer = answer(**params)
            if isinstance(answer, ExchangeError):
                raise answer
            return answer

        return answered

    def read(self, after_s: float = 0.0, fresh: bool = False) -> WalletsReading:
        self.now_s += after_s
        self.asked.clear()
        self.tried.clear()
        rows = [WalletBalance(Wallet.SPOT, asset, Decimal(free)) for asset, free in self.spot.items()]
        return self.reader.read(lambda: rows, lambda: LISTED, fresh)


def rows(reading: WalletsReading) -> list[tuple[str, str, Decimal]]:
    return [(row.wallet.value, row.asset, row.net) for row in reading.balances]


def futures(asset: str, balance: str, unrealized: str) -> dict[str, Any]:
    names = ("marginBalance", "availableBalance")
    row = {"asset": asset, "walletBalance": balance, "unrealizedProfit": unrealized} | dict.fromkeys(names, "0")
    return {"assets": [row], "positions": []}


def flexible(**amounts: str) -> dict[str, Any]:
    found = [{"asset": asset, "totalAmount": amount, "productId": asset} for asset, amount in amounts.items()]
    return {"rows": found, "total": len(found)}


def funding(amount: str) -> list[dict[str, str]]:
    return [{"asset": "USDT", "free": amount, "locked": "0", "freeze": "0", "withdrawing": "0"}]


def test_the_first_reading_asks_every_wallet_and_the_next_only_the_cheap_ones() -> None:
    desk = Desk()
    desk.read()
    assert set(desk.asked) == set(EMPTY)
    desk.read(after_s=30)
    assert desk.asked == CHEAP


def test_a_dear_wallet_stands_as_read_until_its_clock_is_over() -> None:
    desk = Desk()
    desk.answers["get_simple_earn_locked_product_position"] = {
        "rows": [{"asset": "BTC", "amount": "1", "projectId": "x", "positionId": 1}],
        "total": 1,
    }
    desk.read()
    desk.answers["get_simple_earn_locked_product_position"] = DOWN
    reading = desk.read(after_s=299)
    assert rows(reading) == [("earn_locked", "BTC", Decimal(1))]
    assert (reading.complete, reading.read_ms[Wallet.EARN_LOCKED], reading.at_ms) == (True, 0, 299_000)
    reading = desk.read(after_s=1)
    assert [(one.wallet, one.code) for one in reading.unknown] == [(Wallet.EARN_LOCKED, "exchange-unavailable")]
    assert (rows(reading), reading.complete) == ([], False)


def test_earn_that_follows_its_shadow_has_the_instant_of_the_shadow() -> None:
    desk = Desk()
    desk.answers["get_simple_earn_flexible_product_position"] = flexible(USDT="5")
    desk.spot = {"LDUSDT": "5"}
    assert desk.read().read_ms[Wallet.EARN_FLEXIBLE] == 0
    reading = desk.read(after_s=30)
    assert (rows(reading), reading.read_ms[Wallet.EARN_FLEXIBLE]) == ([("earn_flexible", "USDT", Decimal(5))], 0)
    desk.spot = {"LDUSDT": "8"}
    reading = desk.read(after_s=30)
    assert (rows(reading), reading.read_ms[Wallet.EARN_FLEXIBLE]) == ([("earn_flexible", "USDT", Decimal(8))], 60_000)


@pytest.mark.parametrize("wallet", NAMES)
def test_a_wallet_that_fails_is_unknown_and_no_other_with_it(wallet: Wallet) -> None:
    desk = Desk()
    desk.spot = {"USDT": "5"}
    desk.answers[NAMES[wallet]] = DOWN
    reading = desk.read()
    assert [one.wallet for one in reading.unknown] == [wallet]
    assert wallet not in reading.read_ms
    assert rows(reading) == [("spot", "USDT", Decimal(5))]
    desk.answers[NAMES[wallet]] = EMPTY[NAMES[wallet]]
    assert desk.read(after_s=1).complete


def test_one_that_failed_is_asked_last_and_once_each_time() -> None:
    desk = Desk()
    desk.answers["funding_wallet"] = DOWN
    desk.read()
    desk.read(after_s=30)
    assert desk.asked == [*CHEAP[1:], "funding_wallet"]
    assert desk.tried == [3, 3, 1]
    assert desk.tries == 3


def test_a_spot_wallet_that_fails_fails_the_reading() -> None:
    desk = Desk()

    def broken() -> list[WalletBalance]:
        raise DOWN

    with pytest.raises(ExchangeUnavailableError):
        desk.reader.read(broken, lambda: LISTED, fresh=False)


@pytest.mark.parametrize(
    ("wallet", "error", "reason"),
    [
        (Wallet.FUTURES_USDM, NO_RIGHT, "no_right"),
        (Wallet.MARGIN_CROSS, RequestRefusedError("no", -3003), "not_opened"),
        (Wallet.MARGIN_ISOLATED, RequestRefusedError("no", -11001), "not_opened"),
    ],
)
def test_a_wallet_that_the_key_has_not_is_absent_and_rarely_asked_for(
    wallet: Wallet, error: ExchangeError, reason: str
) -> None:
    desk = Desk()
    desk.answers[NAMES[wallet]] = error
    reading = desk.read()
    assert [(one.wallet, one.reason) for one in reading.absent] == [(wallet, reason)]
    assert reading.complete
    desk.read(after_s=ABSENT_S - 1, fresh=True)
    assert NAMES[wallet] not in desk.asked
    desk.answers[NAMES[wallet]] = EMPTY[NAMES[wallet]]
    assert wallet in desk.read(after_s=1).read_ms


def test_a_wallet_that_the_key_has_not_stays_absent_when_asking_again_fails() -> None:
    desk = Desk()
    desk.answers["futures_account"] = NO_RIGHT
    desk.read()
    desk.answers["futures_account"] = DOWN
    assert desk.read(after_s=ABSENT_S).complete
    desk.answers["futures_account"] = EMPTY["futures_account"]
    assert Wallet.FUTURES_USDM in desk.read(after_s=1).read_ms


def test_a_right_that_is_gone_leaves_the_money_unknown_not_absent() -> None:
    desk = Desk()
    desk.answers["futures_account"] = futures("USDT", "10", "0")
    desk.read()
    desk.answers["futures_account"] = NO_RIGHT
    reading = desk.read(after_s=30)
    assert [(one.wallet, one.code) for one in reading.unknown] == [(Wallet.FUTURES_USDM, "credentials-refused")]
    assert reading.absent == ()


def test_a_wallet_seen_with_money_in_an_earlier_run_is_unknown_when_the_key_has_no_right() -> None:
    desk = Desk()
    desk.answers["futures_account"] = NO_RIGHT
    reading = desk.read()
    assert reading.missing({Wallet.SPOT}) is reading
    lost = reading.missing({Wallet.FUTURES_USDM})
    assert ([one.wallet for one in lost.unknown], lost.absent, lost.complete) == ([Wallet.FUTURES_USDM], (), False)


def test_an_environment_without_wallet_paths_has_spot_and_asks_for_nothing_else() -> None:
    desk = Desk(TESTNET)
    desk.spot = {"USDT": "5"}
    reading = desk.read(fresh=True)
    assert desk.asked == []
    assert {one.reason for one in reading.absent} == {"not_here"}
    assert {one.wallet for one in reading.absent} == set(Wallet) - {Wallet.SPOT, Wallet.OUTSIDE, Wallet.STATEMENTS}
    assert (rows(reading), reading.complete) == ([("spot", "USDT", Decimal(5))], True)


def test_futures_keep_wallet_balance_and_unrealised_profit_apart() -> None:
    desk = Desk()
    desk.answers["futures_account"] = futures("USDT", "-10", "25")
    desk.answers["futures_coin_account"] = futures("BTC", "0.5", "-0.1")
    reading = desk.read()
    assert reading.owned() == {"USDT": Decimal(-10), "BTC": Decimal("0.5")}
    assert [(one.wallet, one.asset, one.amount) for one in reading.unrealized] == [
        (Wallet.FUTURES_USDM, "USDT", Decimal(25)),
        (Wallet.FUTURES_COINM, "BTC", Decimal("-0.1")),
    ]


def test_debts_and_their_interest_are_taken_off_what_is_owned() -> None:
    desk = Desk()
    names = ("asset", "free", "locked", "borrowed", "interest")
    margin = [dict(zip(names, ("USDT", "100", "5", "60", "1"), strict=True))]
    side = dict(zip(names, ("USDT", "10", "0", "0", "0"), strict=True))
    debt = dict(zip(names, ("BTC", "0", "0", "1", "0.5"), strict=True))
    desk.answers["get_margin_account"] = {"userAssets": margin}
    desk.answers["get_isolated_margin_account"] = {
        "assets": [{"symbol": "BTCUSDT", "baseAsset": debt, "quoteAsset": side}]
    }
    desk.spot = {"BTC": "2"}
    assert desk.read().owned() == {"USDT": Decimal(54), "BTC": Decimal("0.5")}


def test_flexible_earn_is_counted_once_and_follows_its_shadow_between_two_looks() -> None:
    desk = Desk()
    desk.answers["get_simple_earn_flexible_product_position"] = flexible(USDT="100")
    desk.spot = {"USDT": "900", "LDUSDT": "90", "LDO": "7"}
    assert desk.read().owned() == {"USDT": Decimal(1000), "LDO": Decimal(7)}
    desk.spot = {"USDT": "850", "LDUSDT": "140", "LDBTC": "1"}
    reading = desk.read(after_s=30)
    assert desk.asked == CHEAP
    assert reading.owned() == {"USDT": Decimal(1000), "BTC": Decimal(1)}
    # Ten of it never had a shadow: they secure a loan.
    desk.spot = {"USDT": "990"}
    assert desk.read(after_s=30).owned() == {"USDT": Decimal(1000)}


def test_where_the_key_may_not_read_earn_its_shadows_in_spot_count() -> None:
    desk = Desk()
    desk.answers["get_simple_earn_flexible_product_position"] = NO_RIGHT
    desk.spot = {"LDUSDT": "90"}
    assert rows(desk.read()) == [("earn_flexible", "USDT", Decimal(90))]


def test_staked_tokens_that_stand_in_spot_are_counted_there_alone() -> None:
    desk = Desk()
    desk.answers["margin_v2_get_eth_staking_account"] = {
        "holdingInETH": "5",
        "holdings": {"wbethAmount": "5", "bethAmount": "0"},
    }
    desk.spot = {"WBETH": "3"}
    assert rows(desk.read()) == [("spot", "WBETH", Decimal(3)), ("staking", "WBETH", Decimal(2))]
    desk.spot = {"WBETH": "1", "USDT": "9"}
    assert desk.read(after_s=30).owned() == {"WBETH": Decimal(3), "USDT": Decimal(9)}


def redeemed(status: str, amount: str = "2") -> dict[str, Any]:
    row = {"time": 1_780_000_000_000, "asset": "WBETH", "amount": amount, "distributeAsset": "ETH"}
    return row | {"distributeAmount": "2.2", "status": status}


def test_tokens_on_their_way_out_are_owned_until_their_coins_are_there() -> None:
    desk = Desk()
    history = "margin_v1_get_eth_staking_eth_history_redemption_history"
    desk.answers["margin_v2_get_eth_staking_account"] = {
        "holdingInETH": "3",
        "holdings": {"wbethAmount": "3", "bethAmount": "0"},
    }
    told = [redeemed("PENDING"), redeemed("SUCCESS", "7"), redeemed("FAILED", "9")]
    desk.answers[history] = {"rows": told, "total": 3}
    desk.spot = {"WBETH": "3"}
    reading = desk.read()
    assert rows(reading) == [("spot", "WBETH", Decimal(3)), ("staking", "WBETH", Decimal(2))]
    assert [row.frozen for row in reading.balances if row.wallet is Wallet.STAKING] == [Decimal(2)]
    desk.answers[history] = {"rows": [redeemed("SUCCESS")], "total": 1}
    desk.spot["ETH"] = "2.2"
    assert desk.read(after_s=901).owned() == {"WBETH": Decimal(3), "ETH": Decimal("2.2")}


@pytest.mark.parametrize(("answer", "known"), [(NO_RIGHT, True), (DOWN, False)])
def test_where_redemptions_may_not_be_read_the_tokens_that_are_there_are(answer: ExchangeError, known: bool) -> None:
    desk = Desk()
    desk.answers["margin_v1_get_sol_staking_account"] = {"bnsolAmount": "4", "holdingInSOL": "4"}
    desk.answers["margin_v1_get_eth_staking_eth_history_redemption_history"] = answer
    reading = desk.read()
    assert rows(reading) == ([("staking", "BNSOL", Decimal(4))] if known else [])
    assert reading.complete == known


def test_a_fresh_reading_asks_dear_wallets_when_something_moved_beside_them() -> None:
    desk = Desk()
    desk.spot = {"USDT": "100"}
    desk.read()
    desk.read(after_s=1, fresh=True)
    assert desk.asked == CHEAP
    desk.spot = {"USDT": "60"}
    desk.read(after_s=1)
    desk.read(after_s=1, fresh=True)
    assert set(desk.asked) == set(EMPTY)
    desk.read(after_s=1, fresh=True)
    assert desk.asked == CHEAP


def test_a_fresh_reading_asks_dear_wallets_again_after_a_minute_whatever_moved() -> None:
    desk = Desk()
    desk.read()
    desk.read(after_s=ASKED_AGAIN_S, fresh=True)
    assert set(desk.asked) == set(EMPTY)


def test_without_room_in_our_budget_a_dear_wallet_stays_good_for_three_of_its_clocks() -> None:
    desk = Desk()
    desk.answers["get_margin_account"] = {
        "userAssets": [{"asset": "BTC", "free": "1", "locked": "0", "borrowed": "0", "interest": "0"}]
    }
    desk.read()
    desk.answers["get_margin_account"] = RequestBudgetError("full", 1.0, banned=False)
    assert desk.read(after_s=359).complete
    reading = desk.read(after_s=1)
    assert [(one.wallet, one.code) for one in reading.unknown] == [(Wallet.MARGIN_CROSS, "request-budget")]


def test_wallets_that_hang_do_not_hold_up_a_reading_for_longer_than_its_patience() -> None:
    desk = Desk()

    def hanging(**_: Any) -> Any:
        desk.now_s += PATIENCE_S
        return DOWN

    desk.answers["get_margin_account"] = hanging
    reading = desk.read()
    assert desk.asked == ["get_margin_account"]
    assert len(reading.unknown) == len(NAMES)
    desk.answers["get_margin_account"] = EMPTY["get_margin_account"]
    assert desk.read(after_s=30).complete


def test_pages_of_earn_are_read_to_the_end() -> None:
    desk = Desk()

    def page(current: int, size: int) -> Any:
        assert size == 100
        found = flexible(**{f"C{number}": "1" for number in range((current - 1) * 100, min(current * 100, 250))})
        return found | {"total": 250}

    desk.answers["get_simple_earn_flexible_product_position"] = page
    assert len(desk.read().balances) == 250
    assert desk.asked.count("get_simple_earn_flexible_product_position") == 3


def test_a_reading_with_a_page_that_fails_is_no_half_a_wallet() -> None:
    desk = Desk()
    desk.answers["get_simple_earn_flexible_product_position"] = lambda current, size: (
        DOWN if current > 1 else flexible(USDT="1") | {"total": 2}
    )
    reading = desk.read()
    assert ([one.wallet for one in reading.unknown], rows(reading)) == ([Wallet.EARN_FLEXIBLE], [])
