"""Whatever a server answers, who asked gets an answer, or quotes and one sentence why.

The shapes are those that servers and routers were seen to have; each is met over the wire.
"""

import gzip
import json
import re
import resource
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.summary import Answer, Summary
from bot.partner import DiscussionPartner
from tests.endpoint import Endpoint, Reply, Script, refusal, serving
from tests.engines.llm.world import ANA as SPEAKER
from tests.engines.llm.world import GoodModel, configured, say, with_partner

Request = dict[str, Any]


class Model(GoodModel):
    """Writes well where it is reached, in whichever form it is asked."""

    def good(self, request: Request) -> str:
        """The text of a good answer, whatever the form asked for."""
        format_ = {"json_schema": {"name": "brief"}}
        return super().__call__({**request, "response_format": format_}).content or ""


def body(message: Any, **choice: Any) -> bytes:
    """A completion around a message."""
    whole = {"index": 0, "message": message, "finish_reason": "stop"} | choice
    return json.dumps({"choices": [whole], "usage": {"prompt_tokens": 900}}).encode()


def summarised(folder: Path, script: Script, **settings: Any) -> tuple[Summary, Endpoint]:
    """What a person gets who asks for the summary of the hats."""

    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    with serving(script) as endpoint:
        return with_partner(configured(folder, endpoint.url, **settings), work), endpoint


def answering(shape: Callable[[str], Any]) -> Script:
    """A server that puts a good answer into a shape."""
    model = Model()

    def script(request: Request) -> Reply:
        shaped = shape(model.good(request))
        return shaped if isinstance(shaped, Reply) else Reply(body=body(shaped))

    return script


def refusing(when: Callable[[Request], bool], reply: Reply) -> Script:
    """A server that answers so while a request has what it does not take."""
    model = Model()
    return lambda request: reply if when(request) else Reply(model.good(request))


def sent(name: str) -> Callable[[Request], bool]:
    return lambda request: name in request


def error(status: int, told: Any) -> Reply:
    text = told if isinstance(told, str) else json.dumps(told)
    return Reply(status=status, body=text.encode())


THINKING = [
    {"type": "thinking", "thinking": [{"type": "text", "text": "Let me see {what}."}]},
]


SHAPES: list[Callable[[str], Any]] = [
    lambda good: {"content": [*THINKING, {"type": "text", "text": good}]},
    lambda good: {"content": [good[:9], {"type": "output_text", "text": good[9:]}]},
    lambda good: {"content": {"type": "text", "text": good}},
    lambda good: {"content": json.loads(good)},
    lambda good: {"content": None, "reasoning_content": good},
    lambda good: {"content": "", "reasoning": good},
    lambda good: {"content": None, "tool_calls": [{"function": {"arguments": good}}]},
    lambda good: {"content": f"<think>{{Hm}}</think>{good}"},
    lambda good: {
        "content": f"Sure! Using the {{ids}} you gave:\n```json\n{good}\n```\nOr {{not}}."
    },
    lambda good: {"content": f'So {{"lead": 1}} is out, and {good} is in.'},
    lambda good: good,
    lambda good: Reply(body=json.dumps({"choices": [{"text": good}]}).encode()),
    lambda good: Reply(body=body({"content": good}).decode().encode("utf-16")),
    lambda good: Reply(
        body=body({"content": good}), content_type="application/json; charset=no-such"
    ),
    lambda good: Reply(body=body({"content": good}), content_type="text/plain"),
    lambda good: Reply(
        body=gzip.compress(body({"content": good})), headers={"Content-Encoding": "gzip"}
    ),
    lambda good: Reply(
        body=zlib.compress(body({"content": good})), headers={"Content-Encoding": "deflate"}
    ),
    lambda good: Reply(
        body=zlib.compress(body({"content": good}))[2:-4],
        headers={"Content-Encoding": "deflate"},
    ),
    lambda good: Reply(
        body="".join(
            f"data: {json.dumps({'choices': [{'delta': {'content': each}}]})}\n\n"
            for each in re.findall(r"(?s).{1,50}", good)
        ).encode()
        + b"data: [DONE]\n\n",
        content_type="text/event-stream",
    ),
    lambda good: Reply(good, usage={"prompt_tokens": -5, "completion_tokens": -7}),
    lambda good: Reply(good, usage="none"),  # type: ignore[arg-type]
    lambda good: Reply(good, usage=[1, 2]),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_good_answer_is_found_wherever_it_stands(
    tmp_path: Path, shape: Callable[[str], Any]
) -> None:
    shown, endpoint = summarised(tmp_path, answering(shape))
    assert shown.engine.fallback is None
    assert shown.lead is not None
    assert len(endpoint.requests) == 1


NESTED = {
    "message": "Provider returned error",
    "code": 400,
    "metadata": {
        "raw": json.dumps(
            {
                "error": {
                    "message": "Unsupported value: 'temperature' does not support 0.",
                    "param": "temperature",
                }
            }
        ),
        "provider_name": "P",
    },
}
EXTRA: list[dict[str, Any]] = [
    {
        "type": "extra_forbidden",
        "loc": ["body", "max_completion_tokens"],
        "msg": "Extra inputs are not permitted",
        "input": {"temperature": 0, "response_format": {}},
    }
]


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("temperature", error(400, {"error": NESTED})),
        ("temperature", error(400, "temperature is deprecated here")),
        ("temperature", error(400, [{"errors": [{"reason": "bad field: temperature"}]}])),
        ("temperature", error(500, {"detail": "temperature: not supported"})),
        ("temperature", Reply(body=json.dumps({"error": NESTED}).encode())),
        ("max_completion_tokens", error(422, {"object": "error", "message": {"detail": EXTRA}})),
        ("max_completion_tokens", error(422, {"detail": EXTRA})),
        ("max_completion_tokens", error(400, {"error": "unknown field max_completion_tokens"})),
        (
            "response_format",
            error(
                500,
                {"error": {"message": "Failed to initialize samplers: failed to parse grammar"}},
            ),
        ),
        ("response_format", error(400, {"message": "Invalid schema: uniqueItems"})),
        ("response_format", error(404, {"error": {"param": "response_format"}})),
    ],
)
def test_what_a_server_refuses_is_left_out_wherever_it_names_it(
    tmp_path: Path, name: str, reply: Reply
) -> None:
    shown, endpoint = summarised(tmp_path, refusing(sent(name), reply))
    assert shown.engine.fallback is None
    assert len(endpoint.requests) <= 3
    others = {"temperature", "max_completion_tokens", "response_format"} - {name}
    assert others <= endpoint.requests[-1].keys()
    if name == "max_completion_tokens":
        assert endpoint.requests[-1]["max_tokens"] == endpoint.requests[0][name]


@pytest.mark.parametrize(
    "told",
    [
        "System role not supported",
        "Conversation roles must be user or assistant; role 'system' is unknown",
        "Developer instruction is not enabled for this model",
    ],
)
def test_where_there_is_no_system_its_words_begin_the_first_turn(tmp_path: Path, told: str) -> None:
    def has_system(request: Request) -> bool:
        return request["messages"][0]["role"] == "system"

    shown, endpoint = summarised(tmp_path, refusing(has_system, refusal(told)))
    assert shown.engine.fallback is None
    first, second = endpoint.requests
    (instructions, *_), (turn, *_) = first["messages"], second["messages"]
    assert turn["role"] == "user"
    assert turn["content"].startswith(instructions["content"])


@pytest.mark.parametrize(
    "told",
    [
        "max_tokens is too large: 16000. This model supports at most 900 completion tokens.",
        "max_completion_tokens must be less than or equal to 900",
    ],
)
def test_a_cap_that_is_too_high_is_lowered_to_what_the_server_says(
    tmp_path: Path, told: str
) -> None:
    shown, endpoint = summarised(
        tmp_path, refusing(lambda request: request["max_completion_tokens"] > 900, refusal(told))
    )
    assert shown.engine.fallback is None
    assert endpoint.requests[-1]["max_completion_tokens"] == 900


@pytest.mark.parametrize(
    "reply",
    [
        refusal(
            "The input token count (5100) exceeds the maximum number of tokens allowed (4096)."
        ),
        refusal("This model's maximum context length is 4096 tokens, however you requested 5100."),
        refusal("prompt is too long: 5100 tokens > 4096 maximum"),
        refusal("Please reduce the length of the messages."),
        error(413, "Payload Too Large"),
        error(500, {"error": {"message": "the request exceeds the available context size, n_ctx"}}),
        error(422, {"detail": "Input is too long for requested model."}),
    ],
)
def test_a_prompt_that_is_too_long_is_read_in_smaller_chapters(
    tmp_path: Path, reply: Reply
) -> None:
    def is_long(request: Request) -> bool:
        return sum(len(turn["content"]) for turn in request["messages"]) > 12_000

    thread = tuple(say(n, SPEAKER, f"Hat {n} is the best. " * 10) for n in range(1, 101))
    model = GoodModel()

    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    def script(request: Request) -> Reply:
        return reply if is_long(request) else model(request)

    with serving(script) as endpoint:
        shown = with_partner(configured(tmp_path, endpoint.url), work, thread)
    assert shown.engine.fallback is None
    assert shown.receipt.read == 100


CUT_AT = 4_096


class Cutting(GoodModel):
    """A server that reads no more than so many tokens, the last ones, and says nothing of it."""

    def __init__(self, reads: int) -> None:
        super().__init__()
        self.reads = reads
        self.cut = 0

    def __call__(self, request: Request) -> Reply:
        words = " ".join(turn["content"] for turn in request["messages"])
        kana = sum(each > "\u3000" for each in words)
        tokens = kana + (len(words) - kana) // 4
        reply = super().__call__(request)
        if tokens > CUT_AT:
            self.cut += 1
            tokens = self.reads
        reply.usage = {"prompt_tokens": tokens, "completion_tokens": len(reply.content or "") // 4}
        return reply


JAPANESE = (
    "屋上の延長工事は来月に始まりますが、費用は誰が払うのでしょうか。当番の表も直してください。"
)


@pytest.mark.parametrize("reads", [2_050, CUT_AT])
def test_a_prompt_that_was_cut_in_silence_is_never_said_to_be_read(
    tmp_path: Path, reads: int
) -> None:
    thread = tuple(say(n, SPEAKER, f"{n}。{JAPANESE * 3}") for n in range(1, 61))
    model = Cutting(reads)

    async def work(partner: DiscussionPartner, topic: int) -> tuple[Summary, int, Answer]:
        shown = await partner.summarise(topic)
        cut = model.cut
        return shown, cut, await partner.ask(topic, "費用は誰が払うのか。")

    with serving(model) as endpoint:
        config = configured(tmp_path, endpoint.url, context=None)
        shown, cut, said = with_partner(config, work, thread)
    assert shown.engine.fallback is None
    assert shown.receipt.read == 60
    assert model.asked.count("brief") > 4, "it was read in chapters that were not cut"
    assert cut == model.cut == 1, "what was found out once is known"
    assert said.receipt.read < 60


def test_where_nothing_fits_what_is_left_uncut_quotes_say_so(tmp_path: Path) -> None:
    thread = tuple(say(n, SPEAKER, f"{n}。{JAPANESE * 3}") for n in range(1, 61))
    model = Cutting(1_050)

    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    with serving(model) as endpoint:
        shown = with_partner(configured(tmp_path, endpoint.url, context=None), work, thread)
    assert shown.engine.name == "quotes"
    assert "took in only the last 1,050 tokens of what it was sent" in (shown.engine.fallback or "")
    assert "its context is too small" in (shown.engine.fallback or "")


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(body=body(None)), "no chat completion"),
        (Reply(body=body(5)), "no chat completion"),
        (Reply(body=b'{"choices": [null]}'), "no chat completion"),
        (Reply(body=b'{"choices": [{"index": 0}]}'), "no chat completion"),
        (Reply(body=b'{"choices": [NaN]}'), "no chat completion"),
        (Reply(body=b'{"choices": {"0": 1}}'), "no chat completion"),
        (Reply(body=b'{"choices": "x"}'), "no chat completion"),
        (Reply(body=b"7"), "no chat completion"),
        (Reply(body=b"null"), "no chat completion"),
        (Reply(body=b'[{"choices": []}]'), "no chat completion"),
        (Reply(body=b""), "not JSON"),
        (Reply(body=b"[" * 100_000 + b"]" * 100_000), "not JSON"),
        (Reply(body=b'{"choices":' + b"9" * 5_000 + b"}"), "not JSON"),
        (Reply(body=b"\xff\xfe\x00"), "not JSON"),
        (Reply(body=b"data: {}\n\ndata: [DONE]\n\n"), "did not answer in the form"),
        (Reply(body=body({"content": 5})), "did not answer in the form"),
        (Reply(body=body({"content": '{"a":' * 50_000})), "did not answer in the form"),
        (Reply(body=body({"content": "{" * 90_000})), "did not answer in the form"),
        (Reply(body=body({"content": '{"lead": "\\ud800"}'})), "did not answer in the form"),
        (
            Reply(body=b"<html>Sign in</html>"),
            "a web page, which is no chat completion: its address (base_url)",
        ),
        (
            error(200, {"error": {"message": "Insufficient credits. Add more.", "code": 402}}),
            "answered 402: Insufficient credits. Add more.",
        ),
        (error(200, {"error": "The model is loading"}), "The model is loading."),
        (
            Reply(
                body=json.dumps({"choices": [{"error": {"message": "Gone", "code": 502}}]}).encode()
            ),
            "answered 502: Gone.",
        ),
        (
            error(404, {"error": {"message": "model 'scripted' not found"}}),
            "answered 404: model 'scripted' not found.",
        ),
        (error(404, "<html>nginx</html>"), "answered 404: nothing is at its address (base_url)."),
        (error(405, {"detail": "Method Not Allowed"}), "nothing is at its address (base_url)"),
        (
            Reply(status=307, headers={"Location": "http://127.0.0.1:9/v1/chat/completions"}),
            "answered 307: its address (base_url) leads elsewhere.",
        ),
        (Reply(status=301, headers={"Location": "/"}), "leads elsewhere"),
        (Reply(body=b"x", headers={"Content-Encoding": "br"}), "can't be unpacked"),
        (Reply(body=b"no gzip", headers={"Content-Encoding": "gzip"}), "can't be unpacked"),
        (Reply(body=b"x", headers={"Content-Encoding": "gzip, gzip"}), "can't be unpacked"),
        (Reply(body=b"{}", headers={"Content-Length": "90"}), "broke off the connection"),
        (error(503, "[" * 50_000), "answered 503"),
        (error(400, {"error": {"message": ["a", {"b": None}], "code": []}}), "refused the request"),
    ],
)
def test_what_is_no_answer_ends_in_quotes_and_the_reason(
    tmp_path: Path, reply: Reply, told: str
) -> None:
    shown, _ = summarised(tmp_path, lambda request: reply)
    assert shown.engine.name == "quotes"
    assert told in (shown.engine.fallback or "")
    assert (shown.engine.fallback or "").count(". ") <= 1
    assert shown.receipt.cited == 3


def test_of_an_error_in_another_the_inner_one_is_told(tmp_path: Path) -> None:
    inner = json.dumps({"error": {"message": "The provider sleeps."}})
    wrapped = {"error": {"message": "Provider returned error", "metadata": {"raw": inner}}}
    shown, _ = summarised(tmp_path, lambda request: error(400, wrapped))
    assert (shown.engine.fallback or "").endswith("refused the request: The provider sleeps.")


def test_what_a_model_cost_that_gave_no_answer_is_told_all_the_same(tmp_path: Path) -> None:
    shown, _ = summarised(tmp_path, lambda request: Reply("I am a poet."))
    assert shown.engine.name == "quotes"
    assert (shown.usage.calls, shown.usage.prompt_tokens) == (2, 20)


def test_an_address_without_its_version_is_told_what_it_lacks(tmp_path: Path) -> None:
    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    with serving(lambda request: error(404, "404 page not found")) as endpoint:
        url = endpoint.url.removesuffix("/v1")
        shown = with_partner(configured(tmp_path, url), work)
    told = "nothing is at its address (base_url), which mostly ends with /v1."
    assert told in (shown.engine.fallback or "")


def test_a_prompt_is_not_carried_to_another_address(tmp_path: Path) -> None:
    with serving(lambda request: Reply("{}")) as other:
        elsewhere = {"Location": f"{other.url}/chat/completions"}
        shown, _ = summarised(tmp_path, lambda request: Reply(status=307, headers=elsewhere))
    assert other.requests == []
    assert shown.engine.name == "quotes"


def _bomb(megabytes: int) -> bytes:
    packing = zlib.compressobj(9)
    whole = packing.compress(b"[")
    for _ in range(megabytes):
        whole += packing.compress(b" " * 1_000_000)
    return whole + packing.flush()


def test_a_bomb_does_not_fill_the_memory(tmp_path: Path) -> None:
    packed = _bomb(400)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reply = Reply(body=packed, headers={"Content-Encoding": "deflate"})
    shown, _ = summarised(tmp_path, lambda request: reply)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    assert "sent more than 8 MB" in (shown.engine.fallback or "")
    assert grown < 100, "MB"


@pytest.mark.parametrize(
    "listing",
    [
        b"[" * 100_000,
        b"<html>",
        b'{"data": null}',
        b'{"data": "x"}',
        b'{"data": [1, null, {"id": null}, {"id": 5, "meta": 7}]}',
        b'{"data": [{"id": "scripted", "meta": {"n_params": "x", "n_ctx": -1}}]}',
        b'{"data": [{"id": "scripted", "meta": {"n_ctx": 0}}]}',
        b'{"data": [{"id": "scripted", "meta": {"n_ctx": true, "n_params": NaN}}]}',
        b'{"data": [{"id": "scripted", "max_model_len": 1}]}',
        b'{"data": [{"id": "scripted", "max_model_len": "32768"}]}',
        b'{"data": [{"id": "scripted", "context_length": 1e400}]}',
        b'{"data": [{"id": "scripted"}], "has_more": true}',
        b'{"models": [{"name": "scripted"}]}',
        b'["scripted"]',
    ],
)
def test_an_odd_listing_of_models_keeps_nobody_from_an_answer(
    tmp_path: Path, listing: bytes
) -> None:
    async def work(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    with serving(GoodModel()) as endpoint:
        endpoint.listing = Reply(body=listing)
        shown = with_partner(configured(tmp_path, endpoint.url, context=None), work)
    assert shown.engine.fallback is None


CAPS = ("max_completion_tokens", "max_tokens")


class Talkative:
    """A server that takes no cap and writes a word at a time, 20,000 of them unless it is left."""

    def __init__(self) -> None:
        self.written = 0

    def __call__(self, request: Request) -> Reply:
        for name in CAPS:
            if name in request:
                return refusal(f"Unknown parameter: {name}", param=name)
        return Reply(chunks=self._words(), content_type="text/event-stream")

    def _words(self) -> Iterator[bytes]:
        piece = {"choices": [{"delta": {"content": "hat " * 10}, "finish_reason": None}]}
        for _ in range(2_000):
            self.written += 10
            yield f"data: {json.dumps(piece)}\n\n".encode()


def test_a_server_that_takes_no_cap_is_left_at_it(tmp_path: Path) -> None:
    model = Talkative()
    shown, endpoint = summarised(tmp_path, model)
    assert "was cut off at " in (shown.engine.fallback or "")
    assert all(request.get("stream") for request in endpoint.requests[2:])
    assert len(endpoint.requests) == 4


def test_one_that_ends_by_itself_is_read_to_its_end(tmp_path: Path) -> None:
    model = Model()

    def script(request: Request) -> Reply:
        if any(name in request for name in CAPS):
            return refusal(f"Not permitted: {' '.join(CAPS)}")
        good = model.good(request)
        pieces: list[dict[str, Any]] = [
            {"choices": [{"delta": {"content": each}}]} for each in re.findall("(?s).{8}|.+", good)
        ]
        usage = {"prompt_tokens": 900, "completion_tokens": 300}
        pieces.append({"choices": [], "usage": usage})
        lines = (f"data: {json.dumps(each)}\n\n".encode() for each in pieces)
        return Reply(chunks=lines, content_type="text/event-stream")

    shown, _ = summarised(tmp_path, script)
    assert shown.engine.fallback is None
    assert (shown.usage.prompt_tokens, shown.usage.completion_tokens) == (900, 300)


def test_one_that_can_be_left_at_no_cap_is_asked_no_second_time(tmp_path: Path) -> None:
    def script(request: Request) -> Reply:
        if any(name in request for name in CAPS):
            return refusal(f"Not permitted: {' '.join(CAPS)}")
        return Reply("hat " * 20_000, usage={"prompt_tokens": 900, "completion_tokens": 20_000})

    async def work(partner: DiscussionPartner, topic: int) -> tuple[Summary, Summary]:
        return await partner.summarise(topic), await partner.summarise(topic)

    with serving(script) as endpoint:
        _, again = with_partner(configured(tmp_path, endpoint.url), work)
    assert "takes no cap on an answer" in (again.engine.fallback or "")
    assert len(endpoint.requests) == 3


def test_a_model_that_thinks_in_a_small_context_gets_the_room_that_there_is(tmp_path: Path) -> None:
    """Room enough for its thoughts would be over the context; four times the room is not."""
    model = Model()

    def script(request: Request) -> Reply:
        cap = request["max_completion_tokens"]
        if cap > 8_000:
            return refusal("This model's maximum context length is 8192 tokens.")
        return Reply("", finish="length") if cap < 4_000 else Reply(model.good(request))

    async def work(partner: DiscussionPartner, topic: int) -> list[Summary]:
        return [await partner.summarise(topic, refresh=True) for _ in range(2)]

    with serving(script) as endpoint:
        shown = with_partner(configured(tmp_path, endpoint.url), work)
    assert [each.engine.fallback for each in shown] == [None, None]
    assert shown[0].receipt.read == 3
