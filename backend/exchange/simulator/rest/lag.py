"""Reads that lag behind: what the last seconds brought is left out of answers."""

import time
from decimal import Decimal

from backend.exchange.simulator.accounts import ZERO, Account
from backend.exchange.simulator.records import SPOT, AccountRecord, changes_of
from backend.exchange.simulator.rest.routes import Call


def hidden_records(call: Call) -> list[AccountRecord]:
    """Records of the account that arrived within the lag; none without lag.

    The lag counts by the exchange's clock where that runs fast, as acceptance windows do.
    """
    if not call.read_lag_s:
        return []
    since = time.monotonic() - call.read_lag_s / float(call.exchange.clock.stretch)
    key = call.account.opened.api_key
    return [record for arrived, record in call.exchange.recent if arrived > since and record.account == key]


def visible_balances(call: Call, wallet: str = SPOT) -> dict[str, Decimal]:
    """Balance of each asset that the wallet ever touched, in order of first touch."""
    account: Account = call.account
    balances = {asset: account.balance(asset, wallet) for asset in account.assets(wallet)}
    for record in hidden_records(call):
        for change in changes_of(record):
            if change.wallet == wallet:
                balances[change.asset] = balances.get(change.asset, ZERO) - change.amount
    return balances
