"""What an examination says of a model: of a real one, and of servers that fail each in its way."""

import asyncio
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.core.finding import Finding, Status
from bot.engines.chat import Chat
from bot.engines.examination import examine
from bot.engines.server import Endpoint, Server
from tests.endpoint import Endpoint as Scripted
from tests.endpoint import Reply, Script, refusal, serving
from tests.engines.small_model import NAME, local_model

GOOD = Reply('{"colour": "teal"}')


def streamed(words: str, prompt_tokens: int = 900, pause: float = 0.05) -> Reply:
    """An answer that comes word by word."""
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": len(words.split())}
    usage["total_tokens"] = sum(usage.values())
    deltas: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}
        for word in words.split()
    ]
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    lines = [f"data: {json.dumps({**chunk, **each})}\n\n" for each in deltas]
    lines += [f"data: {json.dumps({**chunk, 'choices': [], 'usage': usage})}\n\n"]

    def sent() -> Iterator[bytes]:
        for line in [*lines, "data: [DONE]\n\n"]:
            time.sleep(pause)
            yield line.encode()

    return Reply(chunks=sent(), content_type="text/event-stream")


def well(request: dict[str, Any]) -> Reply:
    """A server that does everything right."""
    return streamed("1 2 3 4 5") if request.get("stream") else GOOD


def examined(
    script: Script,
    tell: Callable[[Scripted], None] = lambda endpoint: None,
    context: int | None = None,
    **asked: Any,
) -> dict[str, Finding]:
    """The findings by name."""

    async def work(url: str) -> list[Finding]:
        endpoint = Endpoint("scripted", url, "sk-secret", retries=0)
        chat = Chat(replace(endpoint, **asked))
        try:
            return await examine(chat, context)
        finally:
            await chat.close()

    with serving(script) as endpoint:
        endpoint.model["meta"] = {"n_ctx": 8192}
        tell(endpoint)
        found = asyncio.run(work(endpoint.url))
    assert all(each.todo for each in found if each.status is not Status.OK)
    assert len({each.name for each in found}) == len(found)
    return {each.name: each for each in found}


def test_of_a_real_model_everything_is_told() -> None:
    async def work() -> list[Finding]:
        model = local_model()
        chat = Chat(Server(replace(model.endpoint, timeout=600), runner=model))
        try:
            return await examine(chat)
        finally:
            await chat.close()

    model, schema, speed, context = asyncio.run(work())
    assert model.told.startswith(f"{NAME} at ")
    assert schema.status is Status.OK
    assert "tokens/s in" in speed.told
    assert (context.status, context.told) == (Status.OK, "8,192 tokens.")


def test_a_server_that_does_everything_right_is_all_right() -> None:
    found = examined(well)
    assert list(found) == ["model", "schema", "speed", "context"]
    assert {each.status for each in found.values()} == {Status.OK}
    assert found["context"].told == "8,192 tokens."


def test_the_speed_is_told() -> None:
    told = examined(well)["speed"].told
    read, written = (int(each.replace(",", "")) for each in re.findall(r"(\S+) tokens/s", told))
    assert 0 < read <= 900 / 0.05
    assert written > 0


def test_a_brief_that_would_outlast_the_timeout_is_a_warning() -> None:
    def slow(request: dict[str, Any]) -> Reply:
        return streamed("1 2 3", prompt_tokens=9) if request.get("stream") else GOOD

    speed = examined(slow, timeout=2)["speed"]
    assert speed.status is Status.WARNING
    assert "Raise timeout under [llm], which is 2 s" in (speed.todo or "")


def test_a_server_that_does_not_stream_can_t_be_timed() -> None:
    def plain(request: dict[str, Any]) -> Reply:
        return refusal("stream is not supported") if request.get("stream") else GOOD

    found = examined(plain)
    assert found["speed"].status is Status.WARNING
    assert "stream is not supported" in found["speed"].told
    assert found["context"].status is Status.OK


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_a_problem_and_is_not_repeated(status: int) -> None:
    body = b'{"error": {"message": "Incorrect API key provided: sk-secret"}}'
    found = examined(
        well, lambda endpoint: setattr(endpoint, "listing", Reply(status=status, body=body))
    )
    (model,) = found.values()
    assert model.status is Status.PROBLEM
    assert "refuses the key" in model.told
    assert "sk-secret" not in model.told
    assert "OPENAI_API_KEY" in (model.todo or "")


def test_nobody_there_is_a_problem_told_once() -> None:
    found = examined(well, base_url="http://127.0.0.1:9/v1")
    (model,) = found.values()
    assert model.status is Status.PROBLEM
    assert "can't be reached" in model.told
    assert (model.todo or "").startswith("Start the server")


def test_a_model_that_is_not_listed_is_named_with_those_that_are() -> None:
    model = examined(well, model="skripted")["model"]
    assert model.status is Status.WARNING
    assert "does not list skripted, but scripted" in model.told


def test_a_server_that_lists_no_models_may_answer_all_the_same() -> None:
    found = examined(well, lambda server: setattr(server, "listing", Reply(status=404, body=b"{}")))
    assert found["model"].status is Status.OK
    assert "lists no models" in found["model"].told
    assert found["schema"].status is Status.OK


def test_a_model_that_fails_is_a_problem_though_it_is_listed() -> None:
    found = examined(lambda request: Reply(status=500, body=b'{"error": {"message": "Oops"}}'))
    assert [each.status for each in found.values()] == [Status.OK, Status.PROBLEM]
    assert "answered 500: Oops." in found["answer"].told


def test_a_key_that_is_asked_for_only_with_a_question_is_told_then() -> None:
    found = examined(lambda request: Reply(status=401, body=b"{}"))
    assert found["model"].status is Status.OK
    assert "refuses the key" in found["answer"].told


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (lambda request: Reply("A clear blue."), "not as a JSON schema says"),
        (
            lambda request: (
                refusal("json_schema is not supported")
                if request.get("response_format", {}).get("type") == "json_schema"
                else GOOD
            ),
            "refuses JSON schemas",
        ),
        (
            lambda request: GOOD if len(request["messages"]) > 2 else Reply('{"colour": "blue"}'),
            "at the second attempt",
        ),
    ],
)
def test_a_schema_that_is_not_kept_to_is_a_warning(script: Script, told: str) -> None:
    def with_stream(request: dict[str, Any]) -> Reply:
        return well(request) if request.get("stream") else script(request)

    found = examined(with_stream)
    assert found["schema"].status is Status.WARNING
    assert told in found["schema"].told
    assert found["speed"].status is Status.OK


def test_a_context_that_is_small_or_untold_is_a_warning() -> None:
    small = examined(well, lambda server: server.model["meta"].update(n_ctx=2048))["context"]
    assert (small.status, small.told) == (Status.WARNING, "2,048 tokens.")
    untold = examined(well, lambda server: server.model.pop("meta"))["context"]
    assert untold.status is Status.WARNING
    assert "Set context" in (untold.todo or "")
    set_ = examined(well, lambda server: server.model.pop("meta"), context=8192)["context"]
    assert set_.status is Status.OK


def _cutting(request: dict[str, Any]) -> Reply:
    """A server with a context of 4,096 tokens that cuts a longer prompt to half of that."""
    if request.get("stream"):
        return well(request)
    words = sum(len(turn["content"].split()) for turn in request["messages"])
    read = words if words <= 4096 else 2050
    return Reply(GOOD.content, usage={"prompt_tokens": read, "completion_tokens": 5})


@pytest.mark.parametrize("context", [None, 8192])
def test_a_server_that_cuts_prompts_in_silence_is_found_out(context: int | None) -> None:
    found = examined(_cutting, lambda server: server.model.pop("meta"), context=context)
    assert found["context"].status is Status.PROBLEM
    assert found["context"].told.startswith("The server read 2,050 of some ")
    assert "set context under [llm] to the same" in (found["context"].todo or "")


def test_a_server_that_counts_nothing_is_not_said_to_cut_prompts() -> None:
    found = examined(well, lambda server: server.model.pop("meta"), context=8192)
    assert found["context"].status is Status.OK


def test_a_context_that_is_set_larger_than_the_servers_is_a_warning() -> None:
    context = examined(well, context=16_384)["context"]
    assert (context.status, context.told) == (
        Status.WARNING,
        "The server takes 8,192 tokens, not 16,384.",
    )


def test_a_server_that_says_that_a_prompt_is_too_long_is_believed() -> None:
    def full(request: dict[str, Any]) -> Reply:
        size = sum(len(turn["content"]) for turn in request["messages"])
        return refusal("Input length exceeds the limit.") if size > 20_000 else well(request)

    context = examined(full, lambda server: server.model.pop("meta"), context=32_000)["context"]
    assert context.status is Status.WARNING
    assert "takes fewer than 15,000 tokens" in context.told


def test_an_address_that_is_none_is_named_with_its_setting() -> None:
    (model,) = examined(well, base_url="localhost:8080/v1").values()
    assert model.status is Status.PROBLEM
    assert 'its address (base_url) is "localhost:8080/v1", not one like ' in model.told
    assert "Set base_url under [llm]" in (model.todo or "")


@pytest.mark.parametrize(
    ("reply", "todo"),
    [
        (Reply(body=b"<html>Welcome</html>"), "Set base_url under [llm]"),
        (Reply(status=404, body=b"404 page not found"), "Set base_url under [llm]"),
        (Reply(status=307), "Set base_url under [llm]"),
        (Reply(GOOD.content, wait=threading.Event()), "Raise timeout under [llm]"),
        (Reply(body=b"{"), "Mend that in the server"),
        (Reply(body=b'{"choices": [{"index": 0, "message": null}]}'), "Mend that in the server"),
    ],
)
def test_what_to_do_is_said_by_the_setting_that_is_wrong(reply: Reply, todo: str) -> None:
    found = examined(lambda request: reply, timeout=0.5)
    if reply.wait:
        reply.wait.set()
    assert found["answer"].status is Status.PROBLEM
    assert (found["answer"].todo or "").startswith(todo)


def test_a_model_that_thinks_without_end_is_told_so() -> None:
    def thinking(request: dict[str, Any]) -> Reply:
        return well(request) if request.get("stream") else Reply("", finish="length")

    schema = examined(thinking)["schema"]
    assert "was cut off at 16,000 tokens" in schema.told
    assert "thinking" in (schema.todo or "")
