"""Balances over time: whatever the order of arrival, they are the sums by instant."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.simulator.accounts import PERMISSIONS, Account, Entry, Position
from backend.exchange.simulator.records import AccountOpened, Change, Deposit, Withdrawal, changes_of
from backend.exchange.simulator.signing import signed_payload

INSTANTS = st.integers(0, 20)
MOVES = st.lists(st.tuples(INSTANTS, st.integers(-5, 9)), max_size=30)


def position(moves: list[tuple[int, int]]) -> Position:
    made = Position()
    for seq, (at, amount) in enumerate(moves):
        made.add(Entry(at, seq, Change("spot", "X", Decimal(amount), "test", str(seq))))
    return made


@settings(deadline=None)
@given(MOVES)
def test_the_balance_after_each_change_is_the_sum_up_to_it(moves: list[tuple[int, int]]) -> None:
    ordered = sorted(enumerate(moves), key=lambda one: (one[1][0], one[0]))
    total = Decimal(0)
    for (entry, after), (seq, (at, amount)) in zip(position(moves).rows(), ordered, strict=True):
        total += amount
        assert (entry.seq, entry.at, after) == (seq, at, total)
    assert position(moves).balance == sum(amount for _, amount in moves)


@settings(deadline=None)
@given(MOVES, INSTANTS)
def test_the_lowest_balance_counts_the_instant_itself_and_all_later_ones(moves: list[tuple[int, int]], at: int) -> None:
    balances = {instant: sum(amount for when, amount in moves if when <= instant) for instant in range(at, 21)}
    lowest = position(moves).lowest_from(at)
    assert lowest <= min(balances.values())
    # within one instant changes take effect one after the other, so it may be lower for a moment, never higher
    single = [move for number, move in enumerate(moves) if all(move[0] != other[0] for other in moves[:number])]
    balances = {instant: sum(amount for when, amount in single if when <= instant) for instant in range(at, 21)}
    assert position(single).lowest_from(at) == min(balances.values())


@settings(deadline=None)
@given(MOVES, INSTANTS, st.integers(1, 9))
def test_an_account_never_goes_below_zero_at_any_instant(moves: list[tuple[int, int]], at: int, asked: int) -> None:
    account = Account(AccountOpened("a", "k", "s", "HMAC", 1, 0, PERMISSIONS))
    seq = 1
    for number, (when, amount) in enumerate([*moves, (at, -asked)]):
        record: Deposit | Withdrawal
        if amount >= 0:
            record = Deposit("k", str(number), when, "spot", "X", Decimal(amount), "", 1, "", "")
        else:
            record = Withdrawal("k", str(number), when, "X", Decimal(-amount), Decimal(0), "", 6, "", "")
        if account.shortfall(record.at, list(changes_of(record))) is None:
            seq = account.apply(record, seq)
    assert all(after >= 0 for _, after in account.ledger())


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([b"a=1", b"b=%20", b"c=x+y", b"signature2=3"]), max_size=4),
    st.lists(st.sampled_from([b"d=1", b"e=%41"]), max_size=3),
    st.booleans(),
)
def test_only_the_signature_is_cut_out_of_what_was_signed(query: list[bytes], body: list[bytes], in_body: bool) -> None:
    signature = b"signature=abc"
    sent_query = b"&".join(query if in_body else [*query, signature])
    sent_body = b"&".join([*body, signature] if in_body else body)
    assert signed_payload(sent_query, sent_body) == (b"&".join(query) + b"&".join(body), b"abc")
