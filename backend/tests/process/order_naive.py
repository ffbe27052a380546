"""What most bots do: send, and on silence send again with the same id. Run as a program that can be killed.

`python -m backend.tests.process.order_naive URL KEY SECRET STATE ORDERS`: orders as JSON, those done kept in STATE.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import requests

TIMEOUT_S: Final = 0.3
TRIES: Final = 20


def place(url: str, key: str, secret: str, order: Mapping[str, Any]) -> bool:
    """Send an order until it is answered with an order; True once it is."""
    for _ in range(TRIES):
        try:
            now = requests.get(f"{url}/api/v3/time", timeout=TIMEOUT_S).json()["serverTime"]
            query = urlencode({**order, "timestamp": now})
            signature = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
            address = f"{url}/api/v3/order?{query}&signature={signature}"
            answer = requests.post(address, headers={"X-MBX-APIKEY": key}, timeout=TIMEOUT_S)
            if answer.ok and answer.json()["clientOrderId"] == order["newClientOrderId"]:
                return True
        except (requests.RequestException, ValueError, KeyError, TypeError):
            time.sleep(0.01)
    return False


def main(url: str, key: str, secret: str, state: str, orders: str) -> None:
    file = Path(state)
    done = json.loads(file.read_text("utf-8")) if file.is_file() else []
    for order in json.loads(orders):
        name = order["newClientOrderId"]
        if name not in done and place(url, key, secret, order):
            done.append(name)
            scratch = file.with_suffix(".new")
            scratch.write_text(json.dumps(done), "utf-8")
            scratch.replace(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
