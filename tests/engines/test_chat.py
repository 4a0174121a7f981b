import asyncio
import json
import threading
import time
from typing import Any

import pytest
from pydantic import BaseModel

from bot.core.errors import EngineFailed
from bot.core.summary import Usage
from bot.engines import Meter
from bot.engines.chat import (
    AMPLE,
    MOST_CHARACTERS,
    Chat,
    ContextTooLong,
    Endpoint,
    Request,
    WrongForm,
)
from bot.engines.json_answers import best
from tests.endpoint import Reply, Script, in_turn, refusal, serving


class Shape(BaseModel):
    ids: list[int]
    words: str


SCHEMA = Shape.model_json_schema()
GOOD = json.dumps({"ids": [1], "words": "fine"})
REQUEST = Request("test", "Be stable.", "Say something.", max_tokens=100, temperature=0.0)


def ask(
    script: Script, times: int = 1, timeout: float = 5
) -> tuple[list[Shape], list[dict[str, object]], Meter]:
    meter = Meter()

    async def conversation(url: str) -> list[Shape]:
        chat = Chat(Endpoint("scripted", url, timeout=timeout, retries=0))
        try:
            return [(await chat.ask(REQUEST, Shape, meter, SCHEMA))[0] for _ in range(times)]
        finally:
            await chat.close()

    with serving(script) as endpoint:
        answers = asyncio.run(conversation(endpoint.url))
    return answers, endpoint.requests, meter


def test_an_answer_under_the_schema_is_taken_and_its_cost_counted() -> None:
    (answer,), (sent,), meter = ask(in_turn(Reply(GOOD)))
    assert answer == Shape(ids=[1], words="fine")
    assert sent["response_format"]["json_schema"]["schema"]["required"] == ["ids", "words"]  # type: ignore[index]
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]  # type: ignore[attr-defined]
    assert meter.usage == Usage(calls=1, prompt_tokens=10, completion_tokens=5)


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("Unsupported value: 'temperature' does not support 0.0 with this model.", "temperature"),
        ("Unknown parameter: 'max_completion_tokens'.", "max_completion_tokens"),
    ],
)
def test_a_parameter_that_is_refused_is_left_out_from_then_on(message: str, gone: str) -> None:
    answers, sent, _ = ask(in_turn(refusal(message), Reply(GOOD), Reply(GOOD)), times=2)
    assert len(answers) == 2
    assert [gone in request for request in sent] == [True, False, False]
    if gone == "max_completion_tokens":
        assert sent[1]["max_tokens"] == 100


def test_a_server_without_schemas_is_asked_for_json_and_then_in_words() -> None:
    refuses = "response_format type json_schema is not supported"
    answers, sent, _ = ask(
        in_turn(
            refusal(refuses),
            refusal("json_object is unknown"),
            Reply(f"Sure!\n```json\n{GOOD}\n```"),
        )
    )
    assert answers[0].words == "fine"
    formats = [request.get("response_format", {"type": None})["type"] for request in sent]  # type: ignore[attr-defined]
    assert formats == ["json_schema", "json_object", None]


def test_a_wrong_answer_is_repaired_once_and_told_what_was_wrong() -> None:
    (answer,), sent, meter = ask(in_turn(Reply('{"ids": "x"}'), Reply(GOOD)))
    assert answer.words == "fine"
    repair = sent[1]["messages"][-1]["content"]  # type: ignore[index]
    assert "ids" in repair
    assert "words: Field required" in repair
    assert meter.usage.calls == 2


def test_a_conversation_goes_on_from_the_text_of_an_answer() -> None:
    async def conversation(url: str) -> Shape:
        chat = Chat(Endpoint("scripted", url))
        _, text = await chat.ask(REQUEST, Shape, Meter(), SCHEMA)
        again = REQUEST.followed(text, "Say it better.")
        answer, _ = await chat.ask(again, Shape, Meter(), SCHEMA)
        await chat.close()
        return answer

    better = Reply(json.dumps({"ids": [2], "words": "better"}))
    with serving(in_turn(Reply(f"Sure: {GOOD}"), better)) as endpoint:
        assert asyncio.run(conversation(endpoint.url)).words == "better"
    told = [(turn["role"], turn["content"]) for turn in endpoint.requests[1]["messages"][1:]]
    assert told == [
        ("user", "Say something."),
        ("assistant", f"Sure: {GOOD}"),
        ("user", "Say it better."),
    ]


def test_an_answer_cut_off_gets_one_more_try_with_room() -> None:
    (answer,), sent, meter = ask(in_turn(Reply('{"ids": [', finish="length"), Reply(GOOD)))
    assert answer.words == "fine"
    assert [request["max_completion_tokens"] for request in sent] == [100, 400]
    assert meter.usage.calls == 2


@pytest.mark.parametrize("thoughts", ["", "<think>Let me see {what}"])
def test_one_that_thoughts_left_no_room_for_gets_ample_room_from_then_on(thoughts: str) -> None:
    answers, sent, _ = ask(
        in_turn(Reply(thoughts, finish="length"), Reply(GOOD), Reply(GOOD)), times=2
    )
    assert len(answers) == 2
    assert [request["max_completion_tokens"] for request in sent] == [100, AMPLE, AMPLE]


def test_one_that_is_cut_off_again_is_given_up_and_told_where() -> None:
    sent: list[int] = []

    def thinking(request: dict[str, Any]) -> Reply:
        sent.append(request["max_completion_tokens"])
        return Reply("", finish="length")

    with pytest.raises(EngineFailed, match="was cut off at 16,000 tokens"):
        ask(thinking)
    assert sent == [100, AMPLE]


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(body=b"<html>hi</html>", content_type="text/html"), r"a web page, .*\(base_url\)"),
        (Reply(body=b"{", content_type="application/json"), "not JSON"),
        (Reply(body=b"[]"), "no chat completion"),
        (Reply(body=b'{"choices": []}'), "no chat completion"),
        (Reply(None, refusal="I won't."), "The model refused: it would not answer."),
        (Reply(None, finish="content_filter"), "The model refused"),
        (Reply(status=500, body=b"{}"), "answered 500"),
        (Reply(status=401, body=b'{"error": {"message": "bad key"}}'), "answered 401"),
        (refusal("The moon is wrong."), "refused the request"),
    ],
)
def test_a_server_that_fails_is_named_in_one_sentence(reply: Reply, sentence: str) -> None:
    with pytest.raises(EngineFailed, match=sentence):
        ask(lambda request: reply)


def test_an_answer_without_measure_is_not_looked_into() -> None:
    (answer,), sent, _ = ask(in_turn(Reply(GOOD + " " * MOST_CHARACTERS), Reply(GOOD)))
    assert answer == Shape(ids=[1], words="fine")
    said, told = sent[1]["messages"][-2:]  # type: ignore[index]
    assert len(said["content"]) == MOST_CHARACTERS
    assert "it is too long" in told["content"]


def test_an_answer_that_stays_broken_is_given_up_after_one_repair() -> None:
    with pytest.raises(EngineFailed, match="not answer in the form asked for, twice"):
        ask(in_turn(Reply("I am a poet."), Reply("Still.")))


def test_a_request_that_is_too_long_is_told_apart() -> None:
    with pytest.raises(ContextTooLong):
        ask(lambda request: refusal("the request exceeds the available context size"))


def test_where_a_second_try_is_too_long_the_first_is_what_counts() -> None:
    too_long = refusal("the request exceeds the available context size")
    (answer,), _, _ = ask(in_turn(Reply(GOOD, finish="length"), too_long))
    assert answer.words == "fine"
    with pytest.raises(WrongForm):
        ask(in_turn(Reply("I am a poet."), too_long))


def test_a_server_that_stalls_is_given_up_in_time() -> None:
    released = threading.Event()
    started = time.monotonic()
    try:
        with pytest.raises(EngineFailed, match=r"did not answer within 0\.3 s"):
            ask(lambda request: Reply(GOOD, wait=released), timeout=0.3)
        assert time.monotonic() - started < 3
    finally:
        released.set()


def test_nobody_listening_is_named() -> None:
    async def conversation() -> None:
        chat = Chat(Endpoint("scripted", "http://127.0.0.1:9/v1", timeout=2, retries=0))
        await chat.ask(REQUEST, Shape, Meter(), SCHEMA)

    with pytest.raises(EngineFailed, match=r"at http://127\.0\.0\.1:9/v1 can't be reached"):
        asyncio.run(conversation())


def test_what_the_server_says_of_the_model_is_asked_once() -> None:
    async def conversation(url: str) -> list[tuple[int | None, int | None]]:
        chat = Chat(Endpoint("scripted", url))
        told = [await chat.model(), await chat.model()]
        await chat.close()
        return [(each.context, each.parameters) for each in told]

    with serving(in_turn()) as endpoint:
        endpoint.model["meta"] = {"n_ctx": 4096, "n_params": 135_000_000}
        assert asyncio.run(conversation(endpoint.url)) == [(4096, 135_000_000)] * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, GOOD),
        (f"<think>Hm {{}}</think>{GOOD}", GOOD),
        (f"Here:\n```json\n{GOOD}\n```\nDone {{x}}", GOOD),
        ("no", "no"),
        ('{"ids": [', '{"ids": ['),
    ],
)
def test_the_json_in_an_answer_is_found(text: str, found: str) -> None:
    assert best(text) == found
