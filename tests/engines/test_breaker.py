"""A server that is away is left alone for a while, then tried once, by one."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.errors import EngineFailed
from bot.engines.breaker import Away, Breaker


class Clock:
    """It stands at noon until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker("The model m", clock)


def ends(breaker: Breaker, error: BaseException | None = None) -> None:
    """A call that is let through ends so."""
    expected: AbstractContextManager[object] = (
        pytest.raises(type(error)) if error else nullcontext()
    )
    with expected, breaker.passing():
        if error:
            raise error


def fails(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        ends(breaker, Away("Nobody there."))


def is_paused(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except Away:
        return True
    return False


def test_after_three_failures_in_a_row_it_says_at_once_since_when_and_until_when(
    breaker: Breaker, clock: Clock
) -> None:
    fails(breaker, 2)
    assert not is_paused(breaker)
    clock.go(5)
    fails(breaker)
    with pytest.raises(Away) as refused, breaker.passing():
        raise AssertionError("no call may be made")
    assert str(refused.value) == (
        "The model m has been away since 2026-03-01 12:00:00 and is tried again at 12:00:35 (UTC)."
    )


def test_failures_that_are_not_in_a_row_are_none(breaker: Breaker) -> None:
    for _ in range(5):
        fails(breaker, 2)
        ends(breaker)
    assert not is_paused(breaker)


def test_a_request_that_is_refused_shows_that_the_server_is_there(breaker: Breaker) -> None:
    fails(breaker, 2)
    ends(breaker, EngineFailed("The model refused."))
    fails(breaker, 2)
    assert not is_paused(breaker)


def test_then_one_call_is_let_through_and_others_are_not_while_it_lasts(
    breaker: Breaker, clock: Clock
) -> None:
    fails(breaker, 3)
    clock.go(30)
    with breaker.passing():
        with pytest.raises(Away, match="is being tried again now"):
            breaker.check()
        with pytest.raises(Away), breaker.passing():
            raise AssertionError("no second call may be made")
    assert not is_paused(breaker)


def test_one_success_closes_it_and_all_is_as_at_first(breaker: Breaker, clock: Clock) -> None:
    fails(breaker, 3)
    clock.go(30)
    fails(breaker)
    clock.go(60)
    ends(breaker)
    fails(breaker, 2)
    assert not is_paused(breaker)
    fails(breaker)
    clock.go(29)
    assert is_paused(breaker)
    clock.go(1)
    assert not is_paused(breaker)


def test_pauses_double_up_to_ten_minutes(breaker: Breaker, clock: Clock) -> None:
    fails(breaker, 3)
    for pause in (30, 60, 120, 240, 480, 600, 600):
        clock.go(pause - 1)
        assert is_paused(breaker)
        clock.go(1)
        fails(breaker)
    assert is_paused(breaker)


def test_calls_that_were_under_way_make_the_pause_no_longer(breaker: Breaker, clock: Clock) -> None:
    under_way = [breaker.passing() for _ in range(20)]
    for call in under_way:
        call.__enter__()
    for call in under_way:
        away = Away("Nobody there.")
        assert not call.__exit__(Away, away, None)
    clock.go(30)
    assert not is_paused(breaker)


def test_a_trial_that_is_broken_off_leaves_the_next_one_free(
    breaker: Breaker, clock: Clock
) -> None:
    fails(breaker, 3)
    clock.go(30)
    ends(breaker, KeyboardInterrupt())
    assert not is_paused(breaker)
    fails(breaker)
    assert is_paused(breaker)
