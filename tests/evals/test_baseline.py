"""What other tools do, held to the same measure: quotes that are typed out must be true."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.core.summary import Text
from bot.engines import Wanted
from bot.engines.chat import Chat, Endpoint
from bot.evals.baseline import Baseline
from tests.endpoint import Reply, in_turn, refusal, serving
from tests.evals.world import thread

T = TypeVar("T")
HATS = thread(
    ("Ana", "Hats should come back. They keep the sun out."), ("Ben", "They are a nuisance.")
)


def baseline(
    script: Any, work: Callable[[Baseline], Awaitable[T]], context: int | None = None
) -> tuple[T, list[dict[str, Any]]]:
    async def opened(url: str) -> T:
        drafting = Baseline(Chat(Endpoint("scripted", url)), context)
        try:
            return await work(drafting)
        finally:
            await drafting.close()

    with serving(script) as endpoint:
        return asyncio.run(opened(endpoint.url)), endpoint.requests


def typed(author: str, words: str) -> dict[str, str]:
    return {"author": author, "quote": words}


def said(**answer: Any) -> Reply:
    return Reply(json.dumps(answer))


def test_a_summary_is_one_call_for_plain_text_that_cites_nobody() -> None:
    reply = Reply("<think>Hats.</think>\n**In short:** Ana wants hats back [1].")
    summary, (request,) = baseline(in_turn(reply), lambda it: it.summarise(HATS))
    assert summary.lead == Text(("**In short:** Ana wants hats back [1].",), ())
    assert summary.receipt.not_cited == ("Ana", "Ben")
    assert summary.usage.calls == 1
    assert "response_format" not in request
    assert "Ana: Hats should come back." in request["messages"][1]["content"]


def test_a_typed_quote_points_at_the_message_that_has_it() -> None:
    lines = thread(("Ana", "Hats should\n come back."), ("Ben", "Hats should  come back."))
    quotes = [
        typed("Ana", "Hats should come back."),
        typed("Ben", "Hats should go."),
        typed("Cho", "Hats should come back."),
        typed("Ben", ""),
    ]
    reply = said(answer="Back.", quotes=quotes)
    told, (request,) = baseline(in_turn(reply), lambda it: it.ask(lines, "Why hats?"))
    assert told.answer is not None
    assert [(each.message_id, each.quote) for each in told.answer.evidence] == [
        ("1", "Hats should\n come back."),
        ("", "Hats should go."),
        ("", "Hats should come back."),
        ("", ""),
    ]
    assert told.receipt.not_cited == ("Ben",)
    schema = request["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["quotes"]["maxItems"] == 20


def test_where_the_thread_does_not_say_there_is_no_answer() -> None:
    reply = said(answer=None, quotes=[])
    told, _ = baseline(in_turn(reply), lambda it: it.ask(HATS, "Why hats?"))
    assert told.answer is None


def test_replies_are_one_call_for_all() -> None:
    replies = said(replies=[{"text": "Why?", "beyond": "Rain."}, {"text": "How?", "beyond": None}])
    drafts, (request,) = baseline(in_turn(replies), lambda it: it.suggest(HATS, Wanted(count=1)))
    assert [(each.text, each.beyond) for each in drafts.suggestions] == [("Why?", "Rain.")]
    assert "Write 1 replies" in request["messages"][1]["content"]


def test_a_thread_that_does_not_fit_is_cut_and_the_receipt_says_so() -> None:
    long = thread(*(("Ana", f"Message {place}. " + "word " * 100) for place in range(100)))
    summary, (request,) = baseline(
        in_turn(Reply("So.")), lambda it: it.summarise(long), context=4_000
    )
    assert 0 < summary.receipt.read < 100
    assert summary.receipt.skipped[0].count == 100 - summary.receipt.read
    assert "Message 99" not in request["messages"][1]["content"]


def test_a_server_with_less_room_than_it_says_is_sent_half() -> None:
    tight = refusal("the request exceeds the available context size")
    summary, sent = baseline(in_turn(tight, Reply("So.")), lambda it: it.summarise(HATS))
    assert len(sent) == 2
    assert summary.receipt.read == 1
