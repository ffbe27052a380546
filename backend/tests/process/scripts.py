"""The scripted histories. Each has at least 90 days, 5 coins and 20 flows; what each is for stands above it."""

from __future__ import annotations

from typing import Final

from backend.tests.process.stage import History, buy, deposit, sell, trades, withdraw

# Over five outages of 2021, with flows and trades inside them; BNB first has daily candles only, then hourly ones,
# and pays fees. A deposit of June is told by the exchange in August.
ACROSS_GAPS: Final = History(
    "across_gaps",
    joined="2021-07-26T15:20:10",
    end="2021-08-20T09:17:43",
    steps=[
        deposit("2021-02-03T10:24:31", "USDT", "12000"),
        buy("2021-02-03T10:31:12", "BTC", "3000"),
        buy("2021-02-03T10:33:40", "ETH", "3000"),
        deposit("2021-02-07T17:45:08", "ETH", "0.75"),
        deposit("2021-02-11T04:30:15", "SOL", "40"),
        buy("2021-02-11T04:41:00", "ADA", "800"),
        buy("2021-02-14T23:11:59", "BNB", "900"),
        deposit("2021-02-20T00:00:00", "USDT", "1500.5"),
        withdraw("2021-03-01T08:15:27", "USDT", "0.30", "1"),
        deposit("2021-03-06T02:20:20", "DOGE", "15000"),
        deposit("2021-03-15T12:00:00", "BTC", "0.02500001"),
        withdraw("2021-03-22T19:09:33", "SOL", "0.25", "0.01"),
        *trades(11, ["BTC", "ETH", "SOL", "ADA", "DOGE"], "2021-03-07", "2021-04-19", 14),
        deposit("2021-04-05T09:00:00", "USDT", "2000"),
        withdraw("2021-04-20T03:17:41", "ETH", "0.15", "0.005"),
        deposit("2021-04-25T06:13:09", "XRP", "700"),
        sell("2021-04-25T06:44:02", "BTC", "0.2"),
        deposit("2021-05-12T21:58:50", "LINK", "30"),
        withdraw("2021-05-19T13:05:05", "USDT", "0.45", "1"),
        deposit("2021-05-23T16:37:12", "ETH", "1.25"),
        *trades(12, ["BTC", "ETH", "SOL", "ADA", "DOGE", "XRP", "LINK", "BNB"], "2021-05-01", "2021-07-20", 16),
        withdraw("2021-06-08T06:06:06", "DOGE", "0.5", "5"),
        deposit("2021-06-21T12:00:00", "USDT", "3000"),
        withdraw("2021-06-30T22:40:18", "XRP", "0.4", "0.25"),
        deposit("2021-07-11T05:55:55", "ADA", "650.5"),
        withdraw("2021-07-20T14:14:14", "BTC", "0.3", "0.0005"),
        # From here on the program watches.
        deposit("2021-07-29T07:31:44", "USDT", "1000"),
        buy("2021-08-02T18:20:03", "SOL", "700"),
        deposit("2021-06-14T11:22:33", "LTC", "4.2", late="2021-08-06T00:00:00"),
        withdraw("2021-08-10T10:10:10", "ETH", "0.2", "0.004"),
        deposit("2021-08-13T04:26:37", "DOGE", "2500"),
        sell("2021-08-17T20:41:15", "LTC", "0.5"),
    ],
)  # fmt: skip

# Minute candles of BTC and ETH from 2024-10-01 to 2024-11-04, hourly ones before and after; flows in mid-hour and
# mid-minute, one on a millisecond, one on the hour, one on the reset of the benchmark. PEPE has daily candles only.
BY_THE_MINUTE: Final = History(
    "by_the_minute",
    joined="2024-10-24T04:05:06",
    end="2024-11-16T18:42:11",
    steps=[
        deposit("2024-08-05T06:30:00", "USDT", "20000"),
        buy("2024-08-05T06:47:21", "BTC", "6000"),
        buy("2024-08-05T07:02:45", "ETH", "5000"),
        buy("2024-08-05T09:12:08", "SOL", "2500"),
        deposit("2024-08-09T13:37:42.125", "LINK", "85.5"),
        deposit("2024-08-12T12:00:00", "USDT", "750"),
        withdraw("2024-08-18T03:29:51", "BTC", "0.05", "0.0002"),
        deposit("2024-08-23T22:22:22", "XRP", "1200"),
        deposit("2024-08-29T11:11:30", "PEPE", "21000000"),
        withdraw("2024-09-04T16:48:29", "USDT", "0.4", "4"),
        deposit("2024-09-10T08:00:00", "ETH", "0.333333"),
        *trades(21, ["BTC", "ETH", "SOL", "LINK", "XRP"], "2024-08-24", "2024-09-30", 14),
        withdraw("2024-09-19T19:19:19", "LINK", "0.35", "0.3"),
        deposit("2024-10-01T02:59:30", "BTC", "0.04"),
        deposit("2024-10-01T03:00:59.999", "ETH", "0.5"),
        withdraw("2024-10-03T15:44:13", "ETH", "0.22", "0.0008"),
        deposit("2024-10-07T12:00:00", "USDT", "2500"),
        deposit("2024-10-10T17:31:07", "USDT", "125.25"),
        withdraw("2024-10-15T09:53:38", "SOL", "0.3", "0.008"),
        deposit("2024-10-18T20:08:41", "BTC", "0.011"),
        *trades(22, ["BTC", "ETH", "SOL", "LINK", "XRP"], "2024-10-01T03:00:00", "2024-10-23", 18),
        withdraw("2024-10-22T00:36:20", "XRP", "0.2", "0.2"),
        # From here on the program watches.
        deposit("2024-10-26T14:29:45", "ETH", "0.8"),
        sell("2024-10-28T10:17:16", "BTC", "0.25"),
        withdraw("2024-10-30T23:59:01", "USDT", "0.5", "1"),
        deposit("2024-09-25T05:45:15", "SOL", "6.5", late="2024-11-02T00:00:00"),
        deposit("2024-11-04T20:30:30", "BTC", "0.02"),
        buy("2024-11-09T01:23:45", "LINK", "600"),
        withdraw("2024-11-13T12:34:56", "PEPE", "0.5", "1000"),
    ],
)  # fmt: skip

# Everything is withdrawn at the end of August, the last coin without a network fee, and money comes back in
# mid-September: nothing was held over 17 days, one of them spent partly in an outage.
LEFT_AND_RETURNED: Final = History(
    "left_and_returned",
    joined="2021-08-25T08:08:08",
    end="2021-10-16T21:05:59",
    steps=[
        deposit("2021-06-20T14:14:14", "USDT", "9000"),
        deposit("2021-06-20T14:20:14", "BNB", "6"),
        buy("2021-06-20T15:01:33", "BTC", "2500"),
        buy("2021-06-20T15:03:10", "ETH", "2500"),
        deposit("2021-06-26T07:45:19", "SOL", "55"),
        deposit("2021-07-02T18:27:36", "ADA", "1500"),
        withdraw("2021-07-08T09:36:52", "SOL", "0.2", "0.01"),
        deposit("2021-07-13T21:50:04", "DOGE", "8000"),
        withdraw("2021-07-19T05:04:03", "ETH", "0.25", "0.006"),
        deposit("2021-07-24T16:16:48", "BTC", "0.0123"),
        *trades(31, ["BTC", "ETH", "SOL", "ADA", "DOGE"], "2021-07-14", "2021-08-18", 24),
        withdraw("2021-08-01T11:31:11", "USDT", "0.3", "1"),
        deposit("2021-08-07T00:30:30", "ETH", "0.9"),
        deposit("2021-08-13T03:33:33", "USDT", "600"),
        withdraw("2021-08-21T10:00:05", "DOGE", "1", "5"),
        withdraw("2021-08-22T10:00:10", "ADA", "1", "1"),
        withdraw("2021-08-23T19:27:15", "SOL", "1", "0.01"),
        # From here on the program watches.
        withdraw("2021-08-28T06:41:20", "BNB", "1", "0.0005"),
        withdraw("2021-08-29T15:12:25", "ETH", "1", "0.003"),
        withdraw("2021-08-30T16:13:30", "BTC", "1", "0.0005"),
        withdraw("2021-08-31T17:14:35", "USDT", "1"),
        deposit("2021-09-17T13:47:09", "USDT", "5000"),
        buy("2021-09-18T02:08:31", "BTC", "1500"),
        buy("2021-09-18T02:10:44", "ETH", "1500"),
        deposit("2021-09-24T08:55:00", "SOL", "12"),
        withdraw("2021-09-29T08:25:00", "USDT", "0.2", "1"),
        deposit("2021-10-05T17:59:59", "XRP", "900"),
        sell("2021-10-11T04:04:04", "ETH", "0.5"),
    ],
)  # fmt: skip

# Over the outage of 33 hours in February 2018. In the end every coin is sold: nothing but trades tells that there were
# any. Only BTC and ETH have hourly candles.
ALL_SOLD_AGAIN: Final = History(
    "all_sold_again",
    joined="2018-05-20T12:34:56",
    end="2018-06-02T07:08:09",
    steps=[
        deposit("2018-01-17T09:41:16", "USDT", "15000"),
        deposit("2018-01-18T10:20:30", "BTC", "0.25"),
        deposit("2018-01-22T20:02:11", "ETH", "3.5"),
        buy("2018-01-25T12:22:44", "BNB", "1200"),
        buy("2018-01-25T12:29:17", "LTC", "1500"),
        withdraw("2018-01-30T15:53:40", "BTC", "0.2", "0.001"),
        deposit("2018-02-08T09:15:45", "USDT", "1000"),
        buy("2018-02-08T20:36:58", "BTC", "900"),
        deposit("2018-02-09T03:10:05", "ETH", "1.1"),
        withdraw("2018-02-09T09:59:58", "ETH", "0.3", "0.01"),
        deposit("2018-02-17T18:44:32", "LTC", "5"),
        withdraw("2018-02-24T22:13:01", "USDT", "0.25", "3"),
        deposit("2018-03-03T06:26:26", "BTC", "0.15"),
        withdraw("2018-03-11T13:39:54", "LTC", "0.3", "0.01"),
        deposit("2018-03-19T12:00:00", "USDT", "2000"),
        withdraw("2018-03-26T04:31:47", "BNB", "0.2", "0.3"),
        deposit("2018-04-02T19:20:12", "ETH", "2.25"),
        *trades(41, ["BTC", "ETH", "BNB", "LTC"], "2018-02-01", "2018-04-17", 24),
        deposit("2018-04-19T07:07:42", "ADA", "3000"),
        withdraw("2018-04-24T23:50:08", "ETH", "0.2", "0.01"),
        deposit("2018-04-30T10:48:53", "ADA", "1250.5"),
        deposit("2018-05-06T15:05:29", "XRP", "600"),
        withdraw("2018-05-12T01:17:34", "BTC", "0.25", "0.001"),
        deposit("2018-05-18T21:32:23", "USDT", "500"),
        sell("2018-05-19T09:01:00.500", "ADA", "1"),
        # From here on the program watches.
        sell("2018-05-23T05:21:13", "XRP", "1"),
        deposit("2018-05-25T16:54:38", "LTC", "2"),
        sell("2018-05-27T02:43:07", "LTC", "1"),
        sell("2018-05-27T02:43:27", "ETH", "1"),
        sell("2018-05-27T02:43:47", "BTC", "1"),
        sell("2018-05-29T11:36:31", "BNB", "1"),
    ],
)  # fmt: skip
