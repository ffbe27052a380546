"""What a tour writes down. Runs under the clients' own interpreters, so it imports the standard library alone."""

import itertools
import json
import re
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

MINUTE_MS, DAY_MS = 60_000, 86_400_000
SERVER_FAULTS = {  # what each fault is called in a tour
    "http_500": "500",
    "http_502_html": "502",
    "http_503_unknown": "503",
    "http_503_overloaded": "overloaded",
    "unknown_1001": "disconnected",
    "unknown_1006": "unexpected answer",
    "unknown_1007": "back end timed out",
    "http_403_html": "403",
    "http_429": "slow down",
    "http_418": "banned for a while",
    "reset_before": "line dropped",
}
INSTANT = re.compile(r"until \d+")


def plain(value: Any) -> str:
    """An amount in its shortest decimal form, whether a client gave text, a float or a Decimal."""
    return format(Decimal(str(value)).normalize() + 0, "f")


def plains(values: Iterable[Any]) -> list[str]:
    return [plain(value) for value in values]


def told_of_pair(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    """Amounts of some rows, the pairs that they name, and the fields that they have."""
    fields = {tuple(sorted(row)) for row in rows}
    return [plains(row[name] for row in rows), [row["isolatedSymbol"] for row in rows], *map(list, fields)]


def staked(row: Mapping[str, Any]) -> list[str]:
    """What was given for what, and whether it happened."""
    given, got = plain(row["amount"]), plain(row["distributeAmount"])
    return [row["asset"], given, row["distributeAsset"], got, row["status"]]


def margin_order(order: Mapping[str, Any]) -> list[Any]:
    """What became of an order on margin."""
    return [order["status"], *plains([order["executedQty"], order["cummulativeQuoteQty"]]), order["isIsolated"]]


def margin_trades(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The one trade of a margin wallet: what it was, the wallet, and its fields."""
    (row,) = rows
    return [plains([row["qty"], row["price"], row["commission"]]), row["isIsolated"], sorted(row)]


def steps(instants: Iterable[int]) -> list[int]:
    """The distances between neighbours, each once: one for rows without a hole."""
    return sorted({later - earlier for earlier, later in itertools.pairwise(instants)})


class Tour:
    """Observations by name, and control of the simulator that is toured.

    Args:
        base: the simulator's address.
        refusals: the exceptions by which the client tells that it was refused.
        describe: such an exception as text, `code message` where the client knows both.
    """

    def __init__(self, base: str, refusals: tuple[type[Exception], ...], describe: Callable[[Exception], str]) -> None:
        self.base = base
        self.seen: dict[str, Any] = {}
        self._refusals, self._describe = refusals, describe
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def see(self, name: str, value: Any) -> None:
        """Write down an observation; a name is used once."""
        if name in self.seen:
            raise KeyError(f"seen twice: {name}")
        self.seen[name] = value

    def refused(self, name: str, call: Callable[[], Any]) -> None:
        """Write down how a call was refused."""
        self.see(f"refused: {name}", self.refusal(call) or "it was accepted")

    def refusal(self, call: Callable[[], Any]) -> str:
        """How a call was refused; empty when it was not."""
        try:
            call()
        except self._refusals as error:
            return INSTANT.sub("until then", self._describe(error))
        return ""

    def control(self, path: str, body: Mapping[str, Any]) -> None:
        """POST a control call. Raises HTTPError when it is not accepted."""
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), method="POST")
        self._opener.open(request, timeout=30).close()

    def streams(self) -> str:
        """Where the simulator's streams are."""
        with self._opener.open(f"{self.base}/sim/streams", timeout=30) as answer:
            return str(json.load(answer)["url"])

    def server_faults(self, time: Callable[[], Any], account: Callable[[], Any], hasty: Callable[[], Any]) -> None:
        """Write down how reading the time fails under each fault, and reading the account in a maintenance.

        Args:
            hasty: reads the time and waits for half a second only.
        """
        self.control("/sim/faults", {"kinds": ["timeout_before"], "count": 1})
        self.refused("no answer in time", hasty)
        for kind, name in SERVER_FAULTS.items():
            self.control("/sim/faults", {"kinds": [kind], "count": 1})
            self.refused(name, time)
        self.control("/sim/maintenance", {"on": True})
        self.refused("maintenance", account)
        self.control("/sim/maintenance", {"on": False})

    def income(self, read: Callable[[int, int], list[dict[str, Any]]], start: int) -> None:
        """Walk through the income of USD-M futures by time, as `page` is no longer accepted.

        Args:
            read: gives the rows of a page, asked with startTime and limit. The next page begins at the last row's
                instant, for rows may share it; known rows are dropped.
        """
        rows: dict[str, dict[str, Any]] = {}
        while True:
            page = read(start, 10)
            fresh = {f"{row['tranId']} {row['incomeType']} {row['asset']}": row for row in page}
            if fresh.keys() <= rows.keys():
                break
            rows |= fresh
            start = int(page[-1]["time"])
        kinds = [row["incomeType"] for row in rows.values()]
        self.see("income", {kind: kinds.count(kind) for kind in ("TRANSFER", "COMMISSION")})
        total = sum(Decimal(row["income"]) for row in rows.values() if row["asset"] == "USDT")
        self.see("income adds up to the wallet", plain(total))

    def until_refused(self, name: str, call: Callable[[], Any], at_most: int) -> None:
        """Repeat a call until it is refused, and write down how."""
        found = next((text for _ in range(at_most) if (text := self.refusal(call))), "it was never refused")
        self.see(f"refused: {name}", found)

    def until_banned(self, call: Callable[[], Any]) -> None:
        """Go on calling beyond a limit until the address is banned for it."""
        texts = (self.refusal(call) for _ in range(200))
        self.see(
            "refused: banned for going on", next((text for text in texts if "banned" in text), "it was not banned")
        )


def run(tour: Tour, chapters: Mapping[str, Callable[[], None]], wanted: str) -> None:
    """Go through the chapters named, joined by commas, and print what was seen as one line of JSON."""
    for chapter in wanted.split(","):
        chapters[chapter]()
    print(json.dumps(tour.seen))  # noqa: T201 - the test reads this line
