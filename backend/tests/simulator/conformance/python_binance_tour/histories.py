"""Histories: every page of them, by the paging each has."""

from typing import Any

from backend.tests.simulator.conformance.python_binance_tour.clients import Clients
from backend.tests.simulator.conformance.record import DAY_MS, Tour, plain, plains, staked, told_of_pair


def tour(tour: Tour, clients: Clients) -> None:
    _flows(tour, clients)
    _trades(tour, clients)
    _moves(tour, clients)
    _others(tour, clients)


def _flows(tour: Tour, clients: Clients) -> None:
    client = clients.main
    pages = [client.get_deposit_history(coin="XRP", limit=10, offset=offset) for offset in (0, 10, 20, 30)]
    rows = sorted((row for page in pages for row in page), key=lambda row: int(row["insertTime"]))
    tour.see("deposits", plains(row["amount"] for row in rows))
    tour.see("deposit pages", [len(page) for page in pages])
    (one,) = client.get_deposit_history(coin="XRP", txId=rows[0]["txId"])
    tour.see("one deposit", [plain(one["amount"]), one["status"]])
    halves = [client.get_withdraw_history(coin="XRP", limit=7, offset=offset) for offset in (0, 7)]
    sent = sorted((row for page in halves for row in page), key=lambda row: str(row["applyTime"]))
    tour.see("withdrawals", plains(row["amount"] for row in sent))
    tour.see("withdrawal fee", plain(sent[0]["transactionFee"]))


def _trades(tour: Tour, clients: Clients) -> None:
    client = clients.main
    ids: list[int] = []
    while page := client.get_my_trades(symbol="ETHUSDT", limit=10, fromId=ids[-1] + 1 if ids else 0):
        ids += [row["id"] for row in page]
    tour.see("trades by id", [len(ids), ids == sorted(set(ids))])
    now = client.get_server_time()["serverTime"]
    spans = [(now - (day + 1) * DAY_MS, now - day * DAY_MS - 1) for day in (2, 1, 0)]
    found = [client.get_my_trades(symbol="ETHUSDT", startTime=start, endTime=end) for start, end in spans]
    tour.see("trades by day", [row["id"] for page in found for row in page] == ids)
    tour.see("a trade", plains([found[0][0]["price"], found[0][0]["qty"], found[0][0]["quoteQty"]]))
    tour.see("all orders", len(client.get_all_orders(symbol="ETHUSDT", limit=1000)))
    newest = client.get_my_trades(symbol="ETHUSDT", limit=3)
    tour.see("newest trades", [row["id"] for row in newest] == ids[-3:])


def _moves(tour: Tour, clients: Clients) -> None:
    client = clients.main
    pages = [client.query_universal_transfer_history(type="MAIN_UMFUTURE", current=page) for page in (1, 2)]
    rows = sorted((row for page in pages for row in page["rows"]), key=lambda row: int(row["timestamp"]))
    tour.see("transfers", plains(row["amount"] for row in rows))
    tour.see("transfers in all", pages[0]["total"])
    dividends = client.get_asset_dividend_history(limit=500)
    tour.see("dividends", plains(sorted((row["amount"] for row in dividends["rows"]), key=float)))
    tour.see("dividends by default", len(client.get_asset_dividend_history()["rows"]))
    bought = [
        client.margin_v1_get_simple_earn_flexible_history_subscription_record(current=page, size=6) for page in (1, 2)
    ]
    tour.see("subscriptions", plains(row["amount"] for page in bought for row in page["rows"]))
    sold = client.margin_v1_get_simple_earn_flexible_history_redemption_record()
    tour.see("redemptions", plains(row["amount"] for row in sold["rows"]))
    loans = client.margin_get_borrow_repay_records(type="BORROW")
    tour.see("loans", plains(row["principal"] for row in loans["rows"]))
    interest = client.get_margin_interest_history()
    tour.see("interest", plains(row["interest"] for row in interest["rows"]))
    _isolated(tour, client)
    own = client.get_universal_transfer_history(fromEmail="key@example.test")
    tour.see("to sub-accounts", plains(sorted(row["amount"] for row in own["result"])))
    arrived = clients.of("sub").get_subaccount_transfer_history(type=1)
    tour.see("from the master", plains(sorted(row["qty"] for row in arrived)))
    sent = client.get_sub_account_transfer_history(fromEmail="key@example.test")
    tour.see("sent from spot to spot", plains(sorted(row["qty"] for row in sent)))
    tour.see("sub-accounts", len(client.get_sub_account_list(limit=10)["subAccounts"]))


def _isolated(tour: Tour, client: Any) -> None:
    pair = {"isolatedSymbol": "ETHUSDT"}
    loans = client.margin_get_borrow_repay_records(type="BORROW", **pair)["rows"]
    tour.see("isolated loans", told_of_pair(loans, "principal"))
    interest = client.get_margin_interest_history(**pair)["rows"]
    tour.see("isolated interest", told_of_pair(interest, "interest"))
    other = client.margin_get_borrow_repay_records(type="BORROW", isolatedSymbol="BTCUSDT")
    tour.see("isolated loans of another pair", other["rows"])
    for name, answer in (
        ("staked", client.margin_v1_get_eth_staking_eth_history_staking_history()),
        ("redeemed", client.margin_v1_get_eth_staking_eth_history_redemption_history()),
    ):
        tour.see(name, [staked(row) for row in answer["rows"]])


def _others(tour: Tour, clients: Clients) -> None:
    client = clients.main
    now = client.get_server_time()["serverTime"]
    span = {"startTime": now - 29 * DAY_MS, "endTime": now}
    first = client.get_convert_trade_history(limit=2, **span)
    tour.see("converts", [plains(row["fromAmount"] for row in first["list"]), first["moreData"]])
    later = client.get_convert_trade_history(**(span | {"startTime": first["list"][-1]["createTime"] + 1}))
    tour.see("the rest of the converts", [plains(row["fromAmount"] for row in later["list"]), later["moreData"]])
    dust = client.get_dust_log()
    tour.see("dust", [dust["total"], plain(dust["userAssetDribblets"][0]["totalTransferedAmount"])])
    orders = client.get_fiat_deposit_withdraw_history(transactionType=0)
    tour.see("fiat", sorted([plain(row["amount"]), row["status"]] for row in orders["data"]))
    cards = client.get_fiat_payments_history(transactionType=0)
    tour.see("card", plains([cards["data"][0]["sourceAmount"], cards["data"][0]["obtainAmount"]]))
    tour.see("pay", plains(row["amount"] for row in client.get_pay_trade_history()["data"]))
    tour.see("p2p", plains(row["amount"] for row in client.get_c2c_trade_history(tradeType="BUY")["data"]))
    shot = client.get_account_snapshot(type="SPOT", limit=7)
    tour.see("snapshots", [shot["code"], len(shot["snapshotVos"])])
