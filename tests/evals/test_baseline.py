"""What other tools do, held to the same measure: quotes that are typed out must be true."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

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


def test_a_typed_quote_points_at_the_message_that_has_it() -> None:
    quotes = [
        typed("Ana", "They keep the sun out."),
        typed("Ben", "They are an annoyance."),
        typed("Ana", "They are a nuisance."),
    ]
    reply = said(headline="On hats.", viewpoints=[{"claim": "Back.", "quotes": quotes}])
    summary, (request,) = baseline(in_turn(reply), lambda it: it.summarise(HATS))
    (viewpoint,) = summary.viewpoints
    assert [each.message_id for each in viewpoint.evidence] == ["1", "", ""]
    assert viewpoint.authors == ("Ana",), "Ben said nothing like it, and Ana nothing of Ben's"
    assert summary.receipt.not_quoted == ("Ben",)
    assert summary.usage.calls == 1
    assert "Ana: Hats should come back." in request["messages"][1]["content"]


def test_a_quote_may_go_over_a_line_that_the_model_was_not_shown() -> None:
    lines = thread(("Ana", "Hats should\n come back."), ("Ben", "Hats should  come back."))
    reply = said(answer="Back.", quotes=[typed("Ana", "Hats should come back."), typed("Ben", "")])
    told, _ = baseline(in_turn(reply), lambda it: it.ask(lines, "Why hats?"))
    assert [(each.message_id, each.quote) for each in told.evidence] == [
        ("1", "Hats should\n come back."),
        ("", ""),
    ]


def test_a_question_and_replies_are_one_call_each() -> None:
    answer = said(answer="Against the sun.", quotes=[typed("Ana", "They keep the sun out.")])
    told, (request,) = baseline(in_turn(answer), lambda it: it.ask(HATS, "Why hats?"))
    schema = request["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["quotes"]["maxItems"] == 20, (
        "a small model ends of itself by chance"
    )
    assert [each.message_id for each in told.evidence] == ["1"]
    replies = said(replies=[{"text": "Why?", "beyond": "Rain."}, {"text": "How?", "beyond": None}])
    drafts, (request,) = baseline(in_turn(replies), lambda it: it.suggest(HATS, Wanted(count=1)))
    assert [(each.text, each.beyond) for each in drafts.suggestions] == [("Why?", "Rain.")]
    assert "Write 1 replies" in request["messages"][1]["content"]


def test_a_thread_that_does_not_fit_is_cut_and_the_receipt_says_so() -> None:
    long = thread(*(("Ana", f"Message {place}. " + "word " * 100) for place in range(100)))
    nothing = said(headline="x", viewpoints=[])
    summary, (request,) = baseline(in_turn(nothing), lambda it: it.summarise(long), context=4_000)
    assert 0 < summary.receipt.read < 100
    assert summary.receipt.skipped[0].count == 100 - summary.receipt.read
    assert "Message 99" not in request["messages"][1]["content"]


def test_a_server_with_less_room_than_it_says_is_sent_half() -> None:
    tight = refusal("the request exceeds the available context size")
    nothing = said(headline="x", viewpoints=[])
    summary, sent = baseline(in_turn(tight, nothing), lambda it: it.summarise(HATS))
    assert len(sent) == 2
    assert summary.receipt.read == 1
