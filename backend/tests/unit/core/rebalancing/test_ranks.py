"""A ticker alone does not make a rank: contracts and names are compared, and what stays open is named."""

from __future__ import annotations

from decimal import Decimal

from backend.core.model.wallets import CoinInfo, Wallet, WalletBalance
from backend.core.rebalancing.ranks import RankedCoin, rank_assets


def coin(coin_id: int, symbol: str, name: str, rank: int, *addresses: str) -> RankedCoin:
    return RankedCoin(coin_id, symbol, name, name.casefold().replace(" ", "-"), rank, frozenset(addresses))


def listed(asset: str, name: str, *contracts: str) -> CoinInfo:
    return CoinInfo(asset, name, False, WalletBalance(Wallet.SPOT, asset, Decimal(0)), frozenset(contracts))


UNI = coin(7083, "UNI", "Uniswap", 30, "0x1f98")
UNICORN = coin(9, "UNI", "Unicorn", 2100, "0xbad")


def test_the_name_tells_two_coins_of_one_ticker_apart() -> None:
    assert rank_assets(["UNI"], [UNICORN, UNI], [listed("UNI", "Uniswap")], {}) == ({"UNI": 30}, ())


def test_the_contract_wins_over_the_name() -> None:
    assert rank_assets(["UNI"], [UNICORN, UNI], [listed("UNI", "Unicorn", "0x1f98")], {})[0] == {"UNI": 30}


def test_a_well_known_name_is_enough_where_the_exchange_tells_none() -> None:
    assert rank_assets(["UNI"], [UNICORN, UNI], [], {})[0] == {"UNI": 30}


def test_a_ticker_that_nothing_tells_apart_has_no_rank_and_is_named() -> None:
    twins = [coin(1, "ABC", "Alphabet", 5), coin(2, "ABC", "A B See", 900)]
    assert rank_assets(["ABC"], twins, [listed("ABC", "Abecedarium")], {}) == ({}, ("ABC",))
    assert rank_assets(["ABC"], twins, [listed("ABC", "Abecedarium")], {"ABC": 2}) == ({"ABC": 900}, ())


def test_the_only_coin_of_a_ticker_is_it_unless_its_contract_says_otherwise() -> None:
    only = coin(1, "XYZ", "Xylophone", 12, "0xaaa")
    assert rank_assets(["XYZ"], [only], [listed("XYZ", "XYZ")], {})[0] == {"XYZ": 12}
    assert rank_assets(["XYZ"], [only], [listed("XYZ", "XYZ", "0xbbb")], {}) == ({}, ("XYZ",))


def test_a_coin_that_is_not_listed_has_no_rank_and_is_not_ambiguous() -> None:
    assert rank_assets(["NEW"], [UNI], [listed("NEW", "New")], {}) == ({}, ())


def test_tickers_are_compared_whatever_their_case() -> None:
    assert rank_assets(["WBETH"], [coin(3, "wBETH", "Wrapped Beacon ETH", 22)], [], {})[0] == {"WBETH": 22}
