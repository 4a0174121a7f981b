"""Examining a model by asking it: is it there, does it answer, in the form asked for, how fast.

It costs some thousand tokens, and some more where the server does not say how many it takes in.
What becomes of the answers, it must not know: they are thrown away.
"""

import difflib
import itertools
import time
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Literal

from pydantic import BaseModel

from bot.core.errors import ContextTooLong, EngineFailed
from bot.core.finding import Finding, ok, problem, warning
from bot.core.inert import one_line, shorten
from bot.engines import Meter
from bot.engines.chat import AnswerCut, Chat, Request, WrongForm
from bot.engines.connecting import BadSetting
from bot.engines.counting import SMALLEST_CONTEXT
from bot.engines.discretion import without_login
from bot.engines.server import KeyRefused

SMALL_CONTEXT = 8_192
"""Tokens: in fewer, hardly a thread fits beside the instructions and the answer."""
BRIEF = 4_000, 900
"""Tokens that the brief of some fifty messages takes in and gives out."""
LONGEST_PROBE = 15_000
"""Tokens of the longest prompt that is sent to see whether it is read whole."""
READ = 0.8
"""The part of the tokens expected of a prompt that shows that it was read whole."""
_WORDS = """the of and to in is that for it as was with be by on not his but at are this have from
or had an they which one you were her all she there would their we him been has when who will"""
"""Words that are one token each in next to every vocabulary."""
_SKY = "What colour is a clear sky?"
TODO = {
    "base_url": "Set base_url under [llm] to the server's whole address, mostly with /v1 last.",
    "timeout": "Raise timeout under [llm], or take a faster model.",
    "gguf": "Set gguf under [llm] to the path of a model's file.",
}
_NAMES_SHOWN = 5
_NAMES_COMPARED = 2_000
_NAME_LENGTH = 100


class _Sky(BaseModel):
    """An answer that nobody gives by chance."""

    colour: Literal["teal", "ochre"]


async def examine(chat: Chat, context: int | None = None) -> list[Finding]:
    """What is to be said of the model; `context` is the one that was configured."""
    return [finding async for finding in _findings(chat, context)]


async def _findings(chat: Chat, context: int | None) -> AsyncIterator[Finding]:
    at = "model"
    try:
        yield await _presence(chat)
        at = "answer"
        yield await _form(chat)
        yield await _pace(chat)
        yield await _room(chat, context)
    except KeyRefused:
        told = f"The server at {_where(chat)} refuses the key."
        yield problem(at, told, "Set its key: OPENAI_API_KEY, or api_key under [llm].")
    except BadSetting as error:
        yield problem(at, error, error.todo)
    except EngineFailed as error:
        yield problem(at, error, _todo(error))


def _todo(error: EngineFailed) -> str:
    """What a host can do, by the setting that the sentence names."""
    told = (todo for setting, todo in TODO.items() if f"({setting})" in str(error))
    if "can't be reached." in str(error):
        return "Start the server, or set base_url under [llm] to where it is."
    return next(told, "Mend that in the server, or in what [llm] says of it.")


async def _presence(chat: Chat) -> Finding:
    """Whether the server lists the model; a server that lists none has yet to answer."""
    begun, model = time.monotonic(), chat.endpoint.model
    names = await chat.listed()
    if names is None:
        return ok("model", f"{model} at {_where(chat)}, which lists no models.")
    if model in names:
        seconds = time.monotonic() - begun
        return ok("model", f"{model} at {_where(chat)}, there after {seconds:.1f} s.")
    short = [shorten(name, _NAME_LENGTH) for name in names[:_NAMES_COMPARED]]
    near = difflib.get_close_matches(model, short, n=_NAMES_SHOWN, cutoff=0.0)
    listed = ", ".join(map(one_line, near)) or "none"
    told = f"The server at {_where(chat)} does not list {model}, but {listed}."
    return warning("model", told, "Set model under [llm] to a name that the server lists.")


async def _form(chat: Chat) -> Finding:
    """Whether an answer keeps to a JSON schema that the question does not mention."""
    request = Request("colour", "Answer in one word.", _SKY, 200, 0.0)
    meter = Meter()
    try:
        await chat.ask(request, _Sky, meter, _Sky.model_json_schema())
    except AnswerCut as error:
        todo = "Switch its thinking off, or take another model: what is cut off can't be used."
        return warning("schema", str(error), todo)
    except WrongForm:
        return _formless("It answers, but not as a JSON schema says.")
    if not chat.takes_schemas:
        return _formless("It answers, but refuses JSON schemas.")
    if meter.usage.calls > 1:
        return _formless("It kept to a JSON schema at the second attempt only.")
    return ok("schema", "Its answers keep to a JSON schema.")


def _formless(told: str) -> Finding:
    todo = "Expect repairs and fallbacks; a server that decodes under a schema has none."
    return warning("schema", told, todo)


async def _pace(chat: Chat) -> Finding:
    """How long a brief takes, from a prompt that no cache can know."""
    numbers = " ".join(map(str, range(1, 201)))
    request = Request("count", "Go on counting.", f"{token_hex(8)} {numbers}", 64, 0.0)
    try:
        speed = await chat.speed(request)
    except EngineFailed as error:
        return warning("speed", str(error), "Nothing: Moot works without, but can't be timed.")
    if speed.read is None or speed.written is None:
        return ok("speed", "The server does not say enough to tell.")
    return _judged(speed.read, speed.written, chat.endpoint.timeout)


def _judged(read: float, written: float, timeout: float) -> Finding:
    seconds = BRIEF[0] / read + BRIEF[1] / written
    told = (
        f"{read:,.0f} tokens/s in, {written:,.0f} tokens/s out: "
        f"the brief of fifty messages takes some {seconds:,.0f} s."
    )
    if seconds > timeout:
        todo = f"Raise timeout under [llm], which is {timeout:g} s, or take a smaller model."
        return warning("speed", told, todo)
    return ok("speed", told)


async def _room(chat: Chat, context: int | None) -> Finding:
    told = (await chat.model()).context
    if context and told and context > told:
        todo = f"Set context under [llm] to {told}, or give the server more."
        return warning("context", f"The server takes {told:,} tokens, not {context:,}.", todo)
    tokens = context or told
    if told is None and chat.endpoint.base_url and (cut := await _cut(chat, tokens)):
        return cut
    if tokens is None:
        return warning("context", "The server does not say it.", "Set context under [llm].")
    if tokens < SMALL_CONTEXT:
        todo = f"Give the server {SMALL_CONTEXT:,} tokens or more: a thread needs the room."
        return warning("context", f"{tokens:,} tokens.", todo)
    return ok("context", f"{tokens:,} tokens.")


async def _cut(chat: Chat, tokens: int | None) -> Finding | None:
    """What is to be said where a long prompt is not read whole; it is sent to see."""
    sent = min(tokens * 9 // 10 if tokens else LONGEST_PROBE, LONGEST_PROBE)
    todo = "Give the server a longer context (Ollama: OLLAMA_CONTEXT_LENGTH), and set context "
    words = " ".join(itertools.islice(itertools.cycle(_WORDS.split()), sent))
    request = Request("colour", "Answer in one word.", f"{words}.\n\n{_SKY}", 200, 0.0)
    try:
        read = await chat.counted(request, _Sky.model_json_schema())
    except ContextTooLong:
        told = f"The server takes fewer than {sent:,} tokens."
        return warning("context", told, f"{todo}under [llm] to the same.")
    except EngineFailed as error:
        todo = "Set context under [llm] to what the server can take in."
        return warning("context", str(error), todo)
    if read is None or not SMALLEST_CONTEXT <= read < READ * sent:
        return None
    told = f"The server read {read:,} of some {sent:,} tokens, and said nothing of it."
    return problem("context", told, f"{todo}under [llm] to the same.")


def _where(chat: Chat) -> str:
    return without_login(chat.endpoint.base_url) or "OpenAI"
