"""What an answer, an error or silence makes of an order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import (
    ClockSkewError,
    CredentialsRefusedError,
    DatabaseUnavailableError,
    DomainError,
    DuplicateOrderError,
    ExchangeLimitedError,
    FilterRefusedError,
    InsufficientBalanceError,
    MalformedRequestError,
    OrderLimitError,
    OrderRejectedError,
    OutcomeUnknownError,
    RequestBudgetError,
)
from backend.core.model.orders import FINAL, Order
from backend.core.model.runs import Attempt
from backend.core.rebalancing.orders import (
    AGREEMENTS,
    REVIEW_MS,
    SETTLE_MS,
    Look,
    Search,
    answered,
    client_order_id,
    refusal,
)

ATTEMPT = Attempt(
    run_id=1,
    n=1,
    attempt=1,
    client_order_id="rabc",
    symbol="BTCUSDT",
    side="SELL",
    quantity=Decimal(2),
    price=Decimal(100),
    worth=Decimal(200),
    stamp_ms=1_000_000,
    recv_window_ms=3_000,
    state="SENDING",
)
COUNTS_FROM = ATTEMPT.stamp_ms + ATTEMPT.recv_window_ms + SETTLE_MS


def order(status: str, executed: str, **changes: object) -> Order:
    row = Order(
        symbol="BTCUSDT",
        order_id="77",
        client_id="rabc",
        status=status,
        kind="MARKET",
        side="SELL",
        time_in_force="GTC",
        price=Decimal(0),
        quantity=Decimal(2),
        executed=Decimal(executed),
        executed_quote=Decimal(executed) * 100,
        quote_ordered=None,
        stop_price=None,
        placed_ms=None,
        updated_ms=None,
        expiry_reason=None,
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # fields of the test's choice


@pytest.mark.parametrize(
    ("status", "executed", "state"),
    [
        ("NEW", "0", "OPEN"),
        ("PENDING_NEW", "0", "OPEN"),
        ("PARTIALLY_FILLED", "1", "PARTIAL"),
        ("FILLED", "2", "FILLED"),
        ("EXPIRED", "1", "ENDED"),
        ("EXPIRED_IN_MATCH", "1", "ENDED"),
        ("CANCELED", "0.5", "ENDED"),
        ("EXPIRED", "0", "REJECTED"),
        ("REJECTED", "0", "REJECTED"),
        ("SOMETHING_NEW", "2", "UNKNOWN"),
    ],
)
def test_a_status_says_what_became_of_an_order(status: str, executed: str, state: str) -> None:
    told = answered(ATTEMPT, order(status, executed))
    assert told.state == state
    if state != "UNKNOWN":
        assert (told.order_id, told.executed) == ("77", Decimal(executed))


def test_a_filled_order_with_less_than_was_ordered_is_not_called_filled() -> None:
    assert answered(ATTEMPT, order("FILLED", "1.9")).state == "ENDED"


@pytest.mark.parametrize("other", [{"client_id": "x"}, {"symbol": "ETHUSDT"}, {"side": "BUY"}])
def test_an_answer_about_another_order_says_nothing_of_ours(other: dict[str, str]) -> None:
    told = answered(ATTEMPT, order("FILLED", "2", **other))
    assert (told.state, told.order_id, told.executed) == ("UNKNOWN", None, None)


@given(status=st.text(max_size=12), executed=st.decimals(0, 2, places=4))
def test_nothing_but_an_ended_order_ends_a_leg(status: str, executed: Decimal) -> None:
    told = answered(ATTEMPT, order(status, str(executed)))
    assert (told.state in ("FILLED", "ENDED", "REJECTED")) == (status in FINAL)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (ExchangeLimitedError("429", 7.0, banned=False), "REFUSED"),
        (ExchangeLimitedError("418", 120.0, banned=True), "REFUSED"),
        (RequestBudgetError("ours", 3.0, banned=False), "REFUSED"),
        (OrderLimitError("-1015", -1015, 4.0), "REFUSED"),
        (ClockSkewError("-1021", -1021), "REFUSED"),
        (FilterRefusedError("Filter failure: LOT_SIZE", -1013, "LOT_SIZE"), "REFUSED"),
        (DatabaseUnavailableError("full"), "REFUSED"),
        (InsufficientBalanceError("Account has insufficient balance for requested action.", -2010), "REFUSED"),
        (OrderRejectedError("Market is closed.", -2010), "REJECTED"),
        (OrderRejectedError("This symbol is not permitted for this account.", -2010), "REJECTED"),
        (OrderRejectedError("Something nobody has seen yet", -2010), "UNKNOWN"),
        (DuplicateOrderError("Duplicate order sent.", -2010), "UNKNOWN"),
        (OutcomeUnknownError("timeout"), "UNKNOWN"),
        (CredentialsRefusedError("-2015", -2015), "UNKNOWN"),
        (MalformedRequestError("-1111", -1111), "UNKNOWN"),
        (DomainError("anything else"), "UNKNOWN"),
    ],
    ids=lambda value: str(value),
)
def test_only_a_certain_refusal_is_one(error: DomainError, state: str) -> None:
    assert refusal(error).state == state


def test_a_refusal_of_the_moment_says_how_long_to_wait() -> None:
    assert refusal(ExchangeLimitedError("429", 7.0, banned=False)).wait_s == 7.0
    assert refusal(OrderLimitError("-1015", -1015, 4.0)).wait_s == 4.0


def test_a_filter_is_named() -> None:
    assert refusal(FilterRefusedError("x", -1013, "LOT_SIZE")).code == "filter-lot-size"
    assert refusal(FilterRefusedError("x", -1013)).code == "filter-unknown"


names = st.tuples(st.sampled_from(["demo", "live"]), st.integers(1, 99), st.text(max_size=8), st.integers(1, 50))


@given(one=names, other=names, attempt=st.integers(1, 20))
def test_an_attempt_has_one_id_for_ever_and_no_other_has_it(
    one: tuple[str, int, str, int], other: tuple[str, int, str, int], attempt: int
) -> None:
    made = client_order_id(*one, attempt)
    assert re.fullmatch(r"[A-Za-z0-9]{1,36}", made)
    assert made == client_order_id(*one, attempt)
    assert made != client_order_id(*one, attempt + 1)
    assert (made == client_order_id(*other, attempt)) == (one == other)


def test_not_found_says_nothing_before_reads_must_show_the_order() -> None:
    search = Search(ATTEMPT)
    for _ in range(50):
        search = search.after(Look(COUNTS_FROM, agrees=True))
    assert search.verdict == "look_again"


def test_an_order_is_absent_when_all_reads_agree_twice() -> None:
    once = Search(ATTEMPT).after(Look(COUNTS_FROM + 1, agrees=True))
    assert once.verdict == "look_again"
    assert once.after(Look(COUNTS_FROM + 2, agrees=True)).verdict == "absent"


def test_one_read_that_knows_of_it_makes_the_count_begin_anew() -> None:
    search = Search(ATTEMPT).after(Look(COUNTS_FROM + 1, agrees=True)).after(Look(COUNTS_FROM + 2, agrees=False))
    assert search.after(Look(COUNTS_FROM + 3, agrees=True)).verdict == "look_again"


def disputed(search: Search, from_ms: int, for_ms: int, every_ms: int = 2_000) -> Search:
    for at_ms in range(from_ms, from_ms + for_ms + 1, every_ms):
        search = search.after(Look(at_ms, agrees=False))
    return search


def test_reads_that_do_not_agree_for_five_minutes_are_for_a_person() -> None:
    search = disputed(Search(ATTEMPT), COUNTS_FROM + 1, REVIEW_MS - 2_000)
    assert search.verdict == "look_again"
    assert search.after(Look(COUNTS_FROM + 1 + REVIEW_MS, agrees=False)).verdict == "needs_review"


@pytest.mark.parametrize("silent", [lambda one: one.unanswered(), lambda one: one.after(Look(COUNTS_FROM + 5, None))])
def test_what_an_outage_takes_is_not_counted(silent: Callable[[Search], Search]) -> None:
    hour = 3_600_000
    search = silent(disputed(Search(ATTEMPT), COUNTS_FROM + 1, 10_000))
    search = disputed(search, COUNTS_FROM + hour, REVIEW_MS - 12_000)
    assert search.verdict == "look_again"
    assert disputed(search, COUNTS_FROM + hour + REVIEW_MS - 10_000, 2_000).verdict == "needs_review"


def test_a_machine_that_slept_has_not_looked_meanwhile() -> None:
    search = disputed(Search(ATTEMPT), COUNTS_FROM + 1, 3_600_000, 3_600_000)
    assert search.verdict == "look_again"


def test_a_network_that_is_down_for_an_hour_is_no_verdict() -> None:
    search = Search(ATTEMPT)
    for minute in range(60):
        search = search.after(Look(COUNTS_FROM + 60_000 * minute, agrees=None))
    assert search.verdict == "look_again"


looks = st.lists(st.builds(Look, st.integers(0, 2 * REVIEW_MS), st.sampled_from([True, False, None])), max_size=30)


@given(seen=looks)
def test_absence_needs_two_agreeing_looks_behind_the_window_with_no_objection_between(seen: list[Look]) -> None:
    search = Search(ATTEMPT)
    for look in seen:
        search = search.after(replace(look, at_ms=ATTEMPT.stamp_ms + look.at_ms))
        if search.verdict == "absent":
            break
    counting = [one for one in seen if one.at_ms > COUNTS_FROM - ATTEMPT.stamp_ms and one.agrees is not None]
    run = best = 0
    for one in counting:
        run = run + 1 if one.agrees else 0
        best = max(best, run)
    assert (search.verdict == "absent") == (best >= AGREEMENTS)


@pytest.mark.parametrize(
    ("status", "executed", "state"),
    [("FILLED", "1.9", "FILLED"), ("EXPIRED", "1.9", "ENDED"), ("EXPIRED", "0", "REJECTED")],
)
def test_of_an_amount_of_money_the_exchange_says_whether_all_of_it_was_spent(
    status: str, executed: str, state: str
) -> None:
    attempt = replace(ATTEMPT, quote_quantity=Decimal(200))
    assert answered(attempt, order(status, executed, quantity=Decimal(executed))).state == state
