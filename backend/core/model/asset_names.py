"""Names of well-known coins, for eyes only. A coin that is not listed goes by its symbol."""

from __future__ import annotations

from typing import Final

NAMES: Final = dict(
    pair.split("=")
    for pair in (
        "BTC=Bitcoin|ETH=Ethereum|BNB=BNB|SOL=Solana|XRP=XRP|ADA=Cardano|DOGE=Dogecoin|DOT=Polkadot|LINK=Chainlink|"
        "LTC=Litecoin|AVAX=Avalanche|TRX=TRON|XLM=Stellar|BCH=Bitcoin Cash|ETC=Ethereum Classic|UNI=Uniswap|"
        "NEAR=NEAR Protocol|SHIB=Shiba Inu|HBAR=Hedera|PEPE=Pepe|TON=Toncoin|POL=Polygon|MATIC=Polygon (old)|"
        "PAXG=Pax Gold|ZEC=Zcash|SUI=Sui|ARB=Arbitrum|OP=Optimism|APT=Aptos|ATOM=Cosmos|FIL=Filecoin|ICP=Internet "
        "Computer|AAVE=Aave|MKR=Maker|ALGO=Algorand|VET=VeChain|SAND=The Sandbox|MANA=Decentraland|GRT=The Graph|"
        "FTM=Fantom|INJ=Injective|LDO=Lido DAO|RUNE=THORChain|CRV=Curve|SNX=Synthetix|COMP=Compound|EOS=EOS|XTZ=Tezos|"
        "THETA=Theta|AXS=Axie Infinity|CHZ=Chiliz|FET=Artificial Superintelligence|RENDER=Render|SEI=Sei|TIA=Celestia|"
        "WLD=Worldcoin|STX=Stacks|IMX=Immutable|FLOKI=FLOKI|BONK=Bonk|WIF=dogwifhat|JUP=Jupiter|PYTH=Pyth|DASH=Dash|"
        "XMR=Monero|NEO=NEO|LUNA=Terra|LUNC=Terra Classic|UST=TerraUSD|USTC=TerraClassicUSD|USDT=Tether|USDC=USD Coin|"
        "FDUSD=First Digital USD|TUSD=TrueUSD|BUSD=Binance USD|DAI=Dai|EUR=Euro|TRY=Turkish lira|BRL=Brazilian real|"
        "GBP=Pound sterling|JPY=Japanese yen|WBETH=Wrapped Beacon ETH|BETH=Beacon ETH|BNSOL=Binance staked SOL"
    ).split("|")
)


def asset_name(asset: str) -> str:
    """The coin's name, or its symbol."""
    return NAMES.get(asset, asset)
