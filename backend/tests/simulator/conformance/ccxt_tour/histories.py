"""Histories: every page of them, by the paging each has."""

from typing import Any

from backend.tests.simulator.conformance.ccxt_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, plain, plains, staked, told_of_pair

ETH = {"symbol": "ETHUSDT"}


def tour(tour: Tour, clients: Clients) -> None:
    _flows(tour, clients)
    _trades(tour, clients)
    _moves(tour, clients)
    _others(tour, clients)


def _flows(tour: Tour, clients: Clients) -> None:
    client = clients.main
    xrp = {"coin": "XRP"}
    pages = [client.sapi_get_capital_deposit_hisrec(xrp | {"limit": 10, "offset": at}) for at in (0, 10, 20, 30)]
    rows = sorted((row for page in pages for row in page), key=lambda row: int(row["insertTime"]))
    tour.see("deposits", plains(row["amount"] for row in rows))
    tour.see("deposit pages", [len(page) for page in pages])
    (one,) = client.sapi_get_capital_deposit_hisrec(xrp | {"txId": rows[0]["txId"]})
    tour.see("one deposit", [plain(one["amount"]), int(one["status"])])
    halves = [client.sapi_get_capital_withdraw_history(xrp | {"limit": 7, "offset": at}) for at in (0, 7)]
    sent = sorted((row for page in halves for row in page), key=lambda row: str(row["applyTime"]))
    tour.see("withdrawals", plains(row["amount"] for row in sent))
    tour.see("withdrawal fee", plain(sent[0]["transactionFee"]))


def _trades(tour: Tour, clients: Clients) -> None:
    client = clients.main
    ids: list[int] = []
    while page := client.private_get_mytrades(ETH | {"limit": 10, "fromId": ids[-1] + 1 if ids else 0}):
        ids += [int(row["id"]) for row in page]
    tour.see("trades by id", [len(ids), ids == sorted(set(ids))])
    now = client.fetch_time()
    spans = [{"startTime": now - (day + 1) * DAY_MS, "endTime": now - day * DAY_MS - 1} for day in (2, 1, 0)]
    found = [client.private_get_mytrades(ETH | span) for span in spans]
    tour.see("trades by day", [int(row["id"]) for page in found for row in page] == ids)
    tour.see("a trade", plains([found[0][0]["price"], found[0][0]["qty"], found[0][0]["quoteQty"]]))
    tour.see("all orders", len(client.private_get_allorders(ETH | {"limit": 1000})))
    newest = client.fetch_my_trades("ETH/USDT", limit=3)
    tour.see("newest trades", [int(row["id"]) for row in newest] == ids[-3:])


def _moves(tour: Tour, clients: Clients) -> None:
    client = clients.main
    pages = [client.sapi_get_asset_transfer({"type": "MAIN_UMFUTURE", "current": page}) for page in (1, 2)]
    rows = sorted((row for page in pages for row in page["rows"]), key=lambda row: int(row["timestamp"]))
    tour.see("transfers", plains(row["amount"] for row in rows))
    tour.see("transfers in all", int(pages[0]["total"]))
    dividends = client.sapi_get_asset_assetdividend({"limit": 500})
    tour.see("dividends", plains(sorted((row["amount"] for row in dividends["rows"]), key=float)))
    tour.see("dividends by default", len(client.sapi_get_asset_assetdividend()["rows"]))
    bought = [
        client.sapi_get_simple_earn_flexible_history_subscriptionrecord({"current": page, "size": 6}) for page in (1, 2)
    ]
    tour.see("subscriptions", plains(row["amount"] for page in bought for row in page["rows"]))
    sold = client.sapi_get_simple_earn_flexible_history_redemptionrecord()
    tour.see("redemptions", plains(row["amount"] for row in sold["rows"]))
    loans = client.sapi_get_margin_borrow_repay({"type": "BORROW"})
    tour.see("loans", plains(row["principal"] for row in loans["rows"]))
    tour.see("interest", plains(row["interest"] for row in client.sapi_get_margin_interesthistory()["rows"]))
    _isolated(tour, client)
    own = client.sapi_get_sub_account_universaltransfer({"fromEmail": "key@example.test"})
    tour.see("to sub-accounts", plains(sorted(row["amount"] for row in own["result"])))
    arrived = clients.of("sub").sapi_get_sub_account_transfer_subuserhistory({"type": 1})
    tour.see("from the master", plains(sorted(row["qty"] for row in arrived)))
    tour.see("sub-accounts", len(client.sapi_get_sub_account_list({"limit": 10})["subAccounts"]))


def _isolated(tour: Tour, client: Any) -> None:
    pair = {"isolatedSymbol": "ETHUSDT"}
    loans = client.sapi_get_margin_borrow_repay({"type": "BORROW"} | pair)["rows"]
    tour.see("isolated loans", told_of_pair(loans, "principal"))
    interest = client.sapi_get_margin_interesthistory(pair)["rows"]
    tour.see("isolated interest", told_of_pair(interest, "interest"))
    other = client.sapi_get_margin_borrow_repay({"type": "BORROW", "isolatedSymbol": "BTCUSDT"})
    tour.see("isolated loans of another pair", other["rows"])
    for name, answer in (
        ("staked", client.sapi_get_eth_staking_eth_history_stakinghistory()),
        ("redeemed", client.sapi_get_eth_staking_eth_history_redemptionhistory()),
    ):
        tour.see(name, [staked(row) for row in answer["rows"]])
    wraps = (
        client.sapi_get_eth_staking_wbeth_history_wraphistory(),
        client.sapi_get_eth_staking_wbeth_history_unwraphistory(),
    )
    tour.see("wrapped", [int(answer["total"]) for answer in wraps])


def _others(tour: Tour, clients: Clients) -> None:
    client = clients.main
    now = client.fetch_time()
    span = {"startTime": now - 29 * DAY_MS, "endTime": now}
    first = client.sapi_get_convert_tradeflow(span | {"limit": 2})
    tour.see("converts", [plains(row["fromAmount"] for row in first["list"]), first["moreData"]])
    later = client.sapi_get_convert_tradeflow(span | {"startTime": int(first["list"][-1]["createTime"]) + 1})
    tour.see("the rest of the converts", [plains(row["fromAmount"] for row in later["list"]), later["moreData"]])
    dust = client.sapi_get_asset_dribblet()
    tour.see("dust", [int(dust["total"]), plain(dust["userAssetDribblets"][0]["totalTransferedAmount"])])
    orders = client.sapi_get_fiat_orders({"transactionType": 0})
    tour.see("fiat", sorted([plain(row["amount"]), row["status"]] for row in orders["data"]))
    cards = client.sapi_get_fiat_payments({"transactionType": 0})
    tour.see("card", plains([cards["data"][0]["sourceAmount"], cards["data"][0]["obtainAmount"]]))
    tour.see("pay", plains(row["amount"] for row in client.sapi_get_pay_transactions()["data"]))
    peers = client.sapi_get_c2c_ordermatch_listuserorderhistory({"tradeType": "BUY"})
    tour.see("p2p", plains(row["amount"] for row in peers["data"]))
    shot = client.sapi_get_accountsnapshot({"type": "SPOT", "limit": 7})
    tour.see("snapshots", [int(shot["code"]), len(shot["snapshotVos"])])
