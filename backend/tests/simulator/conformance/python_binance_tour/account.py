"""Every wallet, and what the key may do."""

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import Tour, plain, plains


def tour(tour: Tour, clients: Clients) -> None:
    client = clients.main
    account = client.get_account()
    tour.see("spot", {row["asset"]: plain(row["free"]) for row in account["balances"] if float(row["free"])})
    tour.see("account", [account["canTrade"], account["accountType"], account["permissions"]])
    tour.see("commission rates", plains([account["commissionRates"]["maker"], account["commissionRates"]["taker"]]))
    short = client.get_account(omitZeroBalances="true")["balances"]
    tour.see("zeros are left out", all(float(row["free"]) or float(row["locked"]) for row in short))
    tour.see("one balance", plain(client.get_asset_balance("DOGE")["free"]))
    fee = client.v3_get_account_commission(symbol="BTCUSDT")
    tour.see("commission", [plain(fee["standardCommission"]["taker"]), fee["discount"]["discountAsset"]])
    tour.see("trade fee", [plain(row["takerCommission"]) for row in client.get_trade_fee(symbol="BTCUSDT")])
    rights = client.get_account_api_permissions()
    tour.see("rights", [rights["enableReading"], rights["permitsUniversalTransfer"], rights["ipRestrict"]])
    tour.see("account status", client.get_account_status()["data"])
    tour.see("vip level", client.margin_v1_get_account_info()["vipLevel"])
    coins = {row["coin"]: row["networkList"] for row in client.get_all_coins_info()}
    tour.see("coins have networks", bool(coins["BTC"] and coins["USDT"]))
    tour.see("funding", {row["asset"]: plain(row["free"]) for row in client.funding_wallet()})
    assets = client.get_user_asset(asset="BTC", needBtcValuation="true")
    tour.see("one spot coin and its worth", [[row["asset"], row["btcValuation"] == row["free"]] for row in assets])
    totals = {row["walletName"]: row["balance"] for row in client.margin_v1_get_asset_wallet_balance(quoteAsset="USDT")}
    tour.see("wallet totals", [len(totals), plain(totals["Funding"])])
    flexible = client.get_simple_earn_flexible_product_position()
    tour.see("flexible earn", {row["asset"]: plain(row["totalAmount"]) for row in flexible["rows"]})
    locked = client.get_simple_earn_locked_product_position()
    tour.see("locked earn", {row["asset"]: plain(row["amount"]) for row in locked["rows"]})
    tour.see("earn in USDT", plain(client.get_simple_earn_account()["totalFlexibleAmountInUSDT"]))
    cross = {row["asset"]: row for row in client.get_margin_account()["userAssets"]}
    tour.see("margin debt", plains([cross["USDT"]["borrowed"], cross["USDT"]["interest"], cross["BTC"]["netAsset"]]))
    isolated = client.get_isolated_margin_account()["assets"]
    tour.see("isolated", [[row["symbol"], plain(row["baseAsset"]["netAsset"])] for row in isolated])
    staked = client.margin_v2_get_eth_staking_account()
    tour.see("staked ether", plain(staked["holdingInETH"]))
    tour.see("staked solana", plain(client.margin_v1_get_sol_staking_account()["holdingInSOL"]))
    tour.see("rsa key", clients.rsa.get_account()["canTrade"])
    tour.see("ed25519 key", clients.ed25519.get_account()["canTrade"])
