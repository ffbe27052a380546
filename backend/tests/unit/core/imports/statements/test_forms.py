"""Every header form that was seen is recognised, and nothing else is."""

from __future__ import annotations

import pytest

from backend.core.imports.answers import Answers
from backend.core.imports.statements.statement_file import StatementFile
from backend.core.model.holdings import EventKind
from backend.tests.builders import ms
from backend.tests.unit.core.imports.statements.told import HISTORY, TRADES, all_legs, legs, opened, reasons, told

NOTHING = Answers()


@pytest.mark.parametrize(
    ("header", "row", "view", "expected"),
    [
        ("User_ID,UTC_Time,Account,Operation,Coin,Change,Remark", '1,2020-01-02 03:04:05,Spot,Deposit,ETH,6.0E-7,""',
         "transactions", [["ETH +0.00000060"]]),
        ("UTC_Time,Account,Operation,Coin,Change,Remark", "2020-01-02 03:04:05,Spot,Withdraw,ETH,-2,",
         "transactions", [["ETH -2"]]),
        (HISTORY, "1,24-01-02 03:04:05,Spot,Deposit,ETH,2,", "transactions", [["ETH +2"]]),
        ("Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin",
         "2020-01-02 03:04:05,LTCBTC,SELL,0.01,2,0.02,0.001,BTC", "trades", [["BTC +0.02", "LTC -2", "(BTC -0.001)"]]),
        ("Date(UTC),Pair,Side,Price,Executed,Amount,Fee",
         "2020-01-02 03:04:05,SOLUSDT,BUY,130,0.48SOL,62.4USDT,0.01BNB",
         "trades", [["SOL +0.48", "USDT -62.4", "(BNB -0.01)"]]),
        (TRADES, '24-01-02 03:04:05,1INCHUSDT,BUY,0.5,5.11INCH,"1,500.0000050000USDT",0.0051INCH',
         "trades", [["1INCH +5.1", "USDT -1500.0000050000", "(1INCH -0.005)"]]),
        ("Čas,Pár,Strana,Cena,Provedeno,Částka,Poplatek", "24-01-02 03:04:05,BTCEUR,SELL,1,2BTC,2EUR,0EUR",
         "trades", [["EUR +2", "BTC -2"]]),
        ("Tiempo,Par,Lado,Precio,Ejecutado,Cantidad,Tarifa", "24-01-02 03:04:05,BTCEUR,SELL,1,2BTC,2EUR,0EUR",
         "trades", [["EUR +2", "BTC -2"]]),
        ("Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
         "2021-04-28 18:15:14,ETH,BSC,0.7,0.1,a,b,,,Completed", "deposits", [["ETH -0.7", "(ETH -0.1)"]]),
        ("Time,Coin,Network,Amount,Address,TXID,Status", "24-01-02 03:04:05,ETH,ETH,0.7,a,b,Completed",
         "deposits", [["ETH +0.7"]]),
        ("Date(UTC+0),Coin,Network,Amount,Fee,Address,TXID,Status", "24-01-02 03:04:05,ETH,ETH,0.7,0.1,a,b,Completed",
         "withdrawals", [["ETH -0.7", "(ETH -0.1)"]]),
        ("Time,Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID",
         "24-01-02 03:04:05,Card,100 EUR,108 USDT,1 EUR,1.1,Completed,77", "fiat_buys", [["USDT +108"]]),
        ("Date,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
         "24-01-02 03:04:05,ETHUSDT,Market,0.06 ETH,1.00000000USDT,1,1,24-01-02 03:04:06,Successful",
         "converts", [["USDT +1.00000000", "ETH -0.06"]]),
        ("Time,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
         "24-01-02 03:04:05,Spot,1INCHUSDT,Market,5.11INCH,2USDT,1,1,24-01-02 03:04:06,Successful",
         "converts", [["USDT +2", "1INCH -5.1"]]),
        ("Order Number,Created Time,Order Type,Asset,Quantity,Total Price,Fiat Type,Counterparty,Status",
         "7,24-01-02 03:04:05,Sell,USDT,10,9,EUR,x,Completed", "p2p", [["USDT -10"]]),
        *(
            ("Order Number,Created Time,Order Type,Asset,Quantity,Price,Total Price,Fee,Fiat Type,Counterparty,Status",
             f"7,24-01-02 03:04:05,{word},USDT,10,0.9,9,{fee},EUR,x,Completed", "p2p", [expected])
            for word, fee, expected in (
                ("Sell", "0.1", ["USDT -10", "(USDT -0.1)"]), ("Buy", "0.01 USDT", ["USDT +10", "(USDT -0.01)"]),
                ("Buy", "0.00", ["USDT +10"]), ("Buy", "", ["USDT +10"]), ("Buy", "0.2 EUR", ["USDT +10"]),
            )
        ),
        ("Time(UTC),Symbol,Side,Position Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade Id,Order Id",
         "2023-01-02 03:04:05,BTCUSDT,SELL,BOTH,1,1,1,0.1 USDT,-5,false,true,9,8",
         "futures_trades", [["USDT -0.1"], ["USDT -5"]]),
        ("Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID",
         "1,24-01-02 03:04:05,BTCUSD_PERP,SELL,1,1,1,0.1 BTC,5,false,true,9,8",
         "futures_trades", [["BTC -0.1"], ["BTC +5"]]),
        ("Date(UTC),type,Amount,Asset,Symbol,Transaction ID", "2023-01-02 03:04:05,FUNDING_FEE,-0.1,USDT,BTCUSDT,5",
         "futures_income", [["USDT -0.1"]]),
        ("Time,Coin,Amount,Type", "24-01-02,BTC,0.1,Bonus Interest", "earn", [["BTC +0.1"]]),
        ("Subscription Date,Coin,Total Amount,Lock Period,Type,From", '24-01-02,BTC,"1,000",30,Locked,Spot',
         "earn_locked", []),
        ("Time,Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID",
         "24-01-02 03:04:05,Cash Balance,20 EUR,0.0004 BTC,0.2 EUR,49500,Completed,78", "fiat_buys",
         [["BTC +0.0004", "EUR -20"]]),
        ("Time,Wrapped BETH Amount,Distributed WBETH Amount,Ratio,Status", "24-01-02 03:04:05,2,1.9,1,Success",
         "staking", [["WBETH +1.9", "BETH -2"]]),
        ("Time,Asset,Ratio,Amount,Position Amount", "24-01-02 03:04:05,BETH,4,0.01,2", "staking", [["BETH +0.01"]]),
        ("Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status",
         "2022-01-05 14:00,ETH,10 USDT,0.5 USDT,0.01 ETH,Spot,Success",
         "auto_invest", [["ETH +0.01", "USDT -9.5", "(USDT -0.5)"]]),
        ("Date(UTC),OrderNo,Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status",
         "2021-01-02 03:04:05,1,BTCUSDT,BUY,1,1,1,1,1,Filled", "orders", [["BTC +1", "USDT -1"]]),
    ],
)  # fmt: skip
def test_a_header_form_is_recognised_and_its_row_read(
    header: str, row: str, view: str, expected: list[list[str]]
) -> None:
    file = opened(header, row)
    assert file.view == view
    found = file.told()
    assert all_legs(found) == expected
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    "header", ["Date,Type,Amount,Note", "Time,Coin,Amount", "Date,Amount", "a,b,c", "Time,Time,Account,Operation"]
)
def test_a_file_of_other_origin_is_no_statement(header: str) -> None:
    assert StatementFile.recognised("a.csv", f"{header}\n24-01-02,1,2,3\n", NOTHING) is None


@pytest.mark.parametrize("word", ["DELIVERED_SETTELMENT", "AUTO_EXCHANGE", "COIN_SWAP_DEPOSIT", "Coin Swap Withdraw"])
def test_lines_of_a_futures_wallet_bear_the_words_of_the_api(word: str) -> None:
    (entry,) = told("Time,Type,Amount,Asset,Symbol,Transaction ID", f"24-01-02 03:04:05,{word},-5,USDT,,1").entries
    assert (entry.event.kind, legs(entry.event)) == (EventKind.FUTURES_RESULT, ["USDT -5"])


def test_a_list_of_deposits_with_the_columns_of_earn_is_no_statement() -> None:
    assert StatementFile.recognised("a.csv", "Time,Coin,Amount,Type\n2024-01-02,BTC,1,Deposit\n", NOTHING) is None


@pytest.mark.parametrize(
    ("name", "header", "instant"),
    [
        ("Binance-Spot-Trade-History-202403010406(UTC--6).csv", TRADES, "2024-03-01T16:15:20Z"),
        ("Binance-Spot-Trade-History-202403010406(UTC+7).csv", TRADES, "2024-03-01T03:15:20Z"),
        ("export.csv", TRADES.replace("Time", "Date(UTC)"), "2024-03-01T10:15:20Z"),
        ("export(UTC+5).csv", TRADES.replace("Time", "Date(UTC)"), "2024-03-01T10:15:20Z"),
    ],
)
def test_the_zone_is_that_of_the_heading_or_the_name(name: str, header: str, instant: str) -> None:
    row = "24-03-01 10:15:20,BTCUSDT,BUY,1,1BTC,1USDT,0BTC"
    file = opened(header, row, name=name, answers=NOTHING)
    assert file.questions == []
    assert file.told().entries[0].event.at_ms == ms(instant)


def test_a_zone_that_nothing_states_is_asked_and_its_lines_wait() -> None:
    row = "24-03-01 10:15:20,BTCUSDT,BUY,1,1BTC,1USDT,0BTC"
    file = opened(TRADES, row, answers=NOTHING)
    assert [(one.about, one.answer, one.example) for one in file.questions] == [
        ("time_zone", None, "24-03-01 10:15:20")
    ]
    assert reasons(file.told()) == {2: "time_zone_needed"}
    answered = opened(TRADES, row, answers=Answers(time_zone="+02:00"))
    assert answered.told().entries[0].event.at_ms == ms("2024-03-01T08:15:20Z")


def test_whether_deposits_or_withdrawals_are_meant_is_told_by_the_name_or_asked() -> None:
    header = "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,Status"
    row = "2021-04-28 18:15:14,ETH,BSC,0.7,0,a,b,Completed"
    assert all_legs(told(header, row, name="Deposit-History.csv")) == [["ETH +0.7"]]
    assert all_legs(told(header, row, name="Withdraw-History.csv")) == [["ETH -0.7"]]
    asked = opened(header, row, answers=NOTHING)
    assert [(one.about, [option.reading for option in one.options]) for one in asked.questions] == [
        ("direction", ["+0.7", "-0.7"])
    ]
    assert reasons(asked.told()) == {2: "direction_needed"}
    assert all_legs(told(header, row, answers=Answers(direction="withdrawal"))) == [["ETH -0.7"]]


def test_dates_of_a_spreadsheet_are_asked_about_where_they_mean_two_days() -> None:
    header = "Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status"
    row = "5/1/2022 14:00,ETH,10 USDT,0 USDT,0.01 ETH,Spot,Success"
    assert [one.about for one in opened(header, row, answers=NOTHING).questions] == ["date_order"]
    found = told(header, row, answers=Answers(date_order="mdy"))
    assert found.entries[0].event.at_ms == ms("2022-05-01T14:00:00Z")


def test_marks_line_ends_and_quotes_of_old_exports_are_read() -> None:
    text = (
        "\ufeffDate(UTC),Pair,Side,Price,Executed,Amount,Fee\r\n"
        '"2020-01-02 03:04:05,BTCUSDT,BUY,1,1BTC,""1,500.5USDT"",0BTC"\n'
        '"2020-01-02 03:04:06,BTCUSDT,BUY,1,1BTC,2USDT,0BTC"\r\n'
    )
    file = StatementFile.recognised("a.csv", text, NOTHING)
    assert file is not None
    found = file.told()
    assert [line.n for line in found.lines] == [2, 3]
    assert all_legs(found) == [["BTC +1", "USDT -1500.5"], ["BTC +1", "USDT -2"]]


def test_an_export_without_rows_says_so_and_moves_nothing() -> None:
    found = told(TRADES, "No data matches the criteria.", answers=NOTHING)
    assert (reasons(found), found.entries) == ({2: "moves_nothing"}, [])
    assert opened(TRADES, "No data matches the criteria.", answers=NOTHING).questions == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("24-01-02 03:04:05,ETH,ETH,0.7,a,b,Rejected", "not_completed"),
        ("24-01-02 03:04:05,ETH,ETH,0.7,a,b,Dokončeno", "status_unknown"),
        ("24-01-02 03:04:05,ETH,ETH,zero,a,b,Completed", "number_unreadable"),
        ("24-13-02 03:04:05,ETH,ETH,1,a,b,Completed", "date_unreadable"),
        (",ETH,ETH,1,a,b,Completed", "date_missing"),
        ("24-01-02 03:04:05,ETH", "cells_missing"),
        ('24-01-02 03:04:05,"ETH,ETH,1,a,b,Completed', "quote_not_closed"),
    ],
)
def test_a_row_that_cannot_be_recorded_says_why(row: str, reason: str) -> None:
    found = told("Time,Coin,Network,Amount,Address,TXID,Status", row)
    assert (reasons(found), found.entries) == ({2: reason}, [])


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("Time,Type,Amount,Asset,Symbol,Transaction ID", "24-01-02 03:04:05,TRANSFER,5,USDT,,1", "own_move"),
        ("Time,Type,Amount,Asset,Symbol,Transaction ID", "24-01-02 03:04:05,MYSTERY,5,USDT,,1", "type_unknown"),
        ("Time,Coin,Amount,Type", "24-01-02,BTC,1,Subscription", "own_move"),
        ("Time,Coin,Amount,Type", "24-01-02,BTC,1,Mystery", "type_unknown"),
        (TRADES, "24-01-02 03:04:05,BTCUSDT,HOLD,1,1BTC,1USDT,0BTC", "type_unknown"),
        (TRADES, "24-01-02 03:04:05,QQQQWW,BUY,1,1,1,0", "pair_unreadable"),
        ("ID,Date,Type,Label,Sent Amount,Sent Currency,Sent Address,Received Amount,Received Currency,Fee Amount,"
         "Fee Currency,Comment", "1,24-01-02,Mystery,,1,BTC,,,,,,", "type_unknown"),
    ],
)  # fmt: skip
def test_a_row_of_an_unknown_kind_is_reported_never_guessed(header: str, row: str, reason: str) -> None:
    assert reasons(told(header, row)) == {2: reason}
