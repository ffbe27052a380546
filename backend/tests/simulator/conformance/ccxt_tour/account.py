"""Every wallet, and what the key may do."""

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import Tour, plain, plains


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    account = client.private_get_account()
    tour.see("spot", {row["asset"]: plain(row["free"]) for row in account["balances"] if float(row["free"])})
    tour.see("account", [account["canTrade"], account["accountType"], account["permissions"]])
    tour.see("commission rates", plains([account["commissionRates"]["maker"], account["commissionRates"]["taker"]]))
    short = client.private_get_account({"omitZeroBalances": "true"})["balances"]
    tour.see("zeros are left out", all(float(row["free"]) or float(row["locked"]) for row in short))
    tour.see("one balance", plain(client.fetch_balance()["DOGE"]["free"]))
    fee = client.private_get_account_commission({"symbol": "BTCUSDT"})
    tour.see("commission", [plain(fee["standardCommission"]["taker"]), fee["discount"]["discountAsset"]])
    tour.see("trade fee", [plain(client.fetch_trading_fee("BTC/USDT")["taker"])])
    rights = client.sapi_get_account_apirestrictions()
    tour.see("rights", [rights["enableReading"], rights["permitsUniversalTransfer"], rights["ipRestrict"]])
    tour.see("account status", client.sapi_get_account_status()["data"])
    tour.see("vip level", int(client.sapi_get_account_info()["vipLevel"]))
    coins = client.fetch_currencies()
    tour.see("coins have networks", bool(coins["BTC"]["networks"] and coins["USDT"]["networks"]))
    funding = client.sapi_post_asset_get_funding_asset()
    tour.see("funding", {row["asset"]: plain(row["free"]) for row in funding})
    assets = client.sapiv3_post_asset_getuserasset({"asset": "BTC", "needBtcValuation": "true"})
    tour.see("one spot coin and its worth", [[row["asset"], row["btcValuation"] == row["free"]] for row in assets])
    wallets = client.sapi_get_asset_wallet_balance({"quoteAsset": "USDT"})
    totals = {row["walletName"]: row["balance"] for row in wallets}
    tour.see("wallet totals", [len(totals), plain(totals["Funding"])])
    flexible = client.sapi_get_simple_earn_flexible_position()
    tour.see("flexible earn", {row["asset"]: plain(row["totalAmount"]) for row in flexible["rows"]})
    locked = client.sapi_get_simple_earn_locked_position()
    tour.see("locked earn", {row["asset"]: plain(row["amount"]) for row in locked["rows"]})
    tour.see("earn in USDT", plain(client.sapi_get_simple_earn_account()["totalFlexibleAmountInUSDT"]))
    cross = {row["asset"]: row for row in client.sapi_get_margin_account()["userAssets"]}
    tour.see("margin debt", plains([cross["USDT"]["borrowed"], cross["USDT"]["interest"], cross["BTC"]["netAsset"]]))
    isolated = client.sapi_get_margin_isolated_account()["assets"]
    tour.see("isolated", [[row["symbol"], plain(row["baseAsset"]["netAsset"])] for row in isolated])
    tour.see("staked ether", plain(client.sapiv2_get_eth_staking_account()["holdingInETH"]))
    tour.see("staked solana", plain(client.sapi_get_sol_staking_account()["holdingInSOL"]))
    tour.see("rsa key", clients.rsa.private_get_account()["canTrade"])
    tour.see("ed25519 key", clients.ed25519.private_get_account()["canTrade"])
