"""How fast an answer came in, by a clock of the test's."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from bot.engines.completions import Object
from bot.engines.pace import Speed, timed

USAGE = {"prompt_tokens": 900, "completion_tokens": 5, "total_tokens": 905}


def chunk(words: str | None, usage: dict[str, int] | None = None) -> Object:
    choices = [{"index": 0, "delta": {"content": words}, "finish_reason": None}]
    return {"choices": [] if usage else choices, "usage": usage}


def speed(times: Sequence[float], *chunks: Object) -> Speed:
    """Of a request sent at 10 s, whose pieces with words came at those times."""

    async def came() -> AsyncIterator[Object]:
        for each in chunks:
            yield each

    clock = iter(times)
    return asyncio.run(timed(10.0, came(), lambda: next(clock)))


def test_what_came_before_the_first_words_was_reading_and_the_rest_writing() -> None:
    words = (chunk(each) for each in ("", "1", "2", "3", "4", "5"))
    told = speed((12.0, 12.5, 13.0, 13.5, 14.0), *words, chunk(None, USAGE))
    assert told == Speed(read=450.0, written=2.0)


def test_tokens_count_not_pieces() -> None:
    told = speed((11.0, 11.5), chunk("1 2"), chunk("3 4 5"), chunk(None, USAGE))
    assert told == Speed(read=900.0, written=8.0)


def test_of_one_piece_or_without_a_count_nothing_is_told() -> None:
    assert speed((11.0,), chunk("1 2 3 4 5"), chunk(None, USAGE)) == Speed()
    assert speed((11.0, 12.0), chunk("1"), chunk("2")) == Speed()
    assert speed((), chunk(None, USAGE)) == Speed()
