"""What the made-up exchange knows of each coin: name, level in dollars, restlessness, pull of the whole market.

Levels and turnovers are round figures of the right size, not quotations.
"""

import hashlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Coin:
    """`level` is the price in USDT at the anchor day, `daily_deviation` a ratio, `market_pull` 0 for money."""

    asset: str
    name: str
    level: float
    daily_deviation: float
    market_pull: float
    turnover_usd: float = 4e7
    inverse: bool = False  # money quoted as USDTxxx: units of it per USDT are the smooth series


def _coin(asset: str, name: str, level: float, deviation: float, pull: float, turnover: float = 4e7) -> Coin:
    return Coin(asset, name, level, deviation, pull, turnover)


_STABLE: Final = 0.0002
COINS: Final[dict[str, Coin]] = {
    coin.asset: coin
    for coin in (
        _coin("BTC", "Bitcoin", 98000, 0.022, 1.0, 1.6e9),
        _coin("ETH", "Ethereum", 3400, 0.030, 1.2, 9e8),
        _coin("BNB", "BNB", 880, 0.025, 0.9, 2e8),
        _coin("SOL", "Solana", 165, 0.038, 1.4, 4e8),
        _coin("XRP", "XRP", 2.35, 0.036, 1.1, 3e8),
        _coin("ADA", "Cardano", 0.62, 0.036, 1.2, 9e7),
        _coin("DOGE", "Dogecoin", 0.19, 0.040, 1.3, 1.5e8),
        _coin("TRX", "TRON", 0.29, 0.020, 0.7, 6e7),
        _coin("AVAX", "Avalanche", 19.5, 0.040, 1.4),
        _coin("LINK", "Chainlink", 16.2, 0.038, 1.3),
        _coin("DOT", "Polkadot", 3.1, 0.038, 1.3),
        _coin("LTC", "Litecoin", 96, 0.030, 1.0),
        _coin("BCH", "Bitcoin Cash", 520, 0.032, 1.0),
        _coin("XLM", "Stellar", 0.28, 0.036, 1.1),
        _coin("ETC", "Ethereum Classic", 17.5, 0.035, 1.1),
        _coin("UNI", "Uniswap", 7.4, 0.042, 1.3),
        _coin("NEAR", "NEAR Protocol", 2.4, 0.044, 1.4),
        _coin("SHIB", "Shiba Inu", 0.0000098, 0.042, 1.3),
        _coin("PEPE", "Pepe", 0.0000061, 0.055, 1.6),
        _coin("HBAR", "Hedera", 0.17, 0.042, 1.2),
        _coin("TON", "Toncoin", 2.1, 0.034, 1.0),
        _coin("POL", "POL", 0.18, 0.040, 1.2),
        _coin("SUI", "Sui", 2.2, 0.048, 1.5),
        _coin("ARB", "Arbitrum", 0.31, 0.045, 1.4),
        _coin("APT", "Aptos", 3.2, 0.045, 1.4),
        _coin("OP", "Optimism", 0.44, 0.045, 1.4),
        _coin("FIL", "Filecoin", 2.2, 0.042, 1.2),
        _coin("ATOM", "Cosmos", 3.0, 0.036, 1.2),
        _coin("ICP", "Internet Computer", 5.1, 0.044, 1.2),
        _coin("AAVE", "Aave", 215, 0.040, 1.3),
        _coin("ALGO", "Algorand", 0.19, 0.040, 1.2),
        _coin("VET", "VeChain", 0.018, 0.038, 1.2),
        _coin("INJ", "Injective", 8.6, 0.046, 1.4),
        _coin("RENDER", "Render", 2.6, 0.045, 1.4),
        _coin("SEI", "Sei", 0.19, 0.046, 1.4),
        _coin("TIA", "Celestia", 1.1, 0.050, 1.5),
        _coin("FET", "Artificial Superintelligence Alliance", 0.34, 0.050, 1.4),
        _coin("GRT", "The Graph", 0.067, 0.042, 1.2),
        _coin("LDO", "Lido DAO", 0.92, 0.045, 1.3),
        _coin("MKR", "Maker", 1650, 0.036, 1.0),
        _coin("CRV", "Curve", 0.52, 0.045, 1.3),
        _coin("XTZ", "Tezos", 0.58, 0.036, 1.1),
        _coin("SAND", "The Sandbox", 0.21, 0.042, 1.3),
        _coin("ZEC", "Zcash", 310, 0.050, 0.9),
        _coin("PAXG", "PAX Gold", 4050, 0.008, 0.05),
        _coin("WBETH", "Wrapped Beacon ETH", 3680, 0.030, 1.2),
        Coin("USDC", "USDC", 1.0, _STABLE, 0.0, 9e8),
        Coin("FDUSD", "First Digital USD", 0.9985, _STABLE, 0.0, 4e8),
        Coin("TUSD", "TrueUSD", 0.9980, _STABLE, 0.0),
        Coin("BUSD", "BUSD", 1.0, _STABLE, 0.0),
        Coin("DAI", "Dai", 1.0, _STABLE, 0.0),
        Coin("EUR", "Euro", 1.16, 0.004, 0.0, 6e7),
        Coin("GBP", "Pound Sterling", 1.31, 0.004, 0.0),
        Coin("AUD", "Australian Dollar", 0.65, 0.005, 0.0),
        Coin("TRY", "Turkish Lira", 1 / 42.3, 0.002, 0.0, 9e7, inverse=True),
        Coin("BRL", "Brazilian Real", 1 / 5.35, 0.006, 0.0, 4e7, inverse=True),
        Coin("ARS", "Argentine Peso", 1 / 1480, 0.006, 0.0, inverse=True),
        Coin("IDR", "Indonesian Rupiah", 1 / 16700, 0.003, 0.0, inverse=True),
        Coin("JPY", "Japanese Yen", 1 / 155, 0.005, 0.0, inverse=True),
        Coin("MXN", "Mexican Peso", 1 / 18.4, 0.005, 0.0, inverse=True),
        Coin("PLN", "Polish Zloty", 1 / 3.65, 0.005, 0.0, inverse=True),
        Coin("ZAR", "South African Rand", 1 / 17.2, 0.006, 0.0, inverse=True),
        Coin("UAH", "Ukrainian Hryvnia", 1 / 42, 0.003, 0.0, inverse=True),
        Coin("COP", "Colombian Peso", 1 / 3800, 0.005, 0.0, inverse=True),
        Coin("CZK", "Czech Koruna", 1 / 21, 0.005, 0.0, inverse=True),
        Coin("NGN", "Nigerian Naira", 1 / 1450, 0.006, 0.0, inverse=True),
        Coin("RUB", "Russian Ruble", 1 / 81, 0.008, 0.0, inverse=True),
    )
}


def coin_of(asset: str) -> Coin:
    """The coin as listed above, else one invented from its ticker: the same one every time."""
    known = COINS.get(asset)
    if known is not None:
        return known
    draw = int.from_bytes(hashlib.blake2b(asset.encode(), digest_size=4).digest(), "big") / 2**32
    return Coin(asset, asset, round(10 ** (draw * 4 - 2), 4), 0.045, 1.2, 5e6)
