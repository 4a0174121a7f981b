"""Recorded answers are played through the whole path, and only to what they were given to."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from bot import importers
from bot.assembly import build_partner, load_prompts
from bot.cli.demo import SAMPLE
from bot.config import Config, DatabaseConfig
from bot.core.model import Message
from bot.core.summary import Suggestions, Summary
from bot.engines import Wanted
from bot.engines.llm import LLMEngine
from bot.engines.quotes import QuotesEngine
from bot.engines.recorded import digest, recorded_chat
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads
from tests.endpoint import Reply, serving
from tests.engines.llm.world import (
    BEN,
    HATS,
    START,
    TOPIC,
    GoodModel,
    configured,
    say,
    with_partner,
)


def recorded(folder: Path) -> str:
    """What the good model answers to the topic on hats."""
    model, answers = GoodModel(), []

    def script(request: dict[str, list[dict[str, str]]]) -> Reply:
        reply = model(request)
        answers.append({"request": digest(request["messages"]), "answer": reply.content})
        return reply

    async def ask(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, "llm")

    with serving(script) as endpoint:
        with_partner(configured(folder, endpoint.url), ask)
    return json.dumps({"model": "large, recorded", "answers": answers})


def played(path: Path, document: str, messages: Sequence[Message] = HATS) -> Summary:
    engine = LLMEngine(recorded_chat(document), load_prompts(None))
    engines = {"llm": engine, "quotes": QuotesEngine()}

    async def work() -> Summary:
        async with DiscussionPartner(ArchiveThreads(path), engines, lambda: START) as partner:
            topic = (await partner.record(TOPIC, messages)).topic_id
            return await partner.summarise(topic)

    return asyncio.run(work())


def test_what_was_recorded_is_played_and_checked_without_a_server(tmp_path: Path) -> None:
    document = recorded(tmp_path)
    shown = played(tmp_path / "played.db", document)
    assert (shown.engine.name, shown.engine.model) == ("llm", "large, recorded")
    assert shown.lead is not None
    assert shown.lead.text == "People talk about it, **and nothing is settled** [1]."
    assert (shown.usage.calls, shown.usage.prompt_tokens) == (1, 0)
    # A false statement goes back, and to that nothing was recorded.
    false = document.replace("People talk about it", "All 40 people talk about it")
    assert played(tmp_path / "false.db", false).engine.name == "quotes"


def test_a_topic_that_was_changed_gets_quotes_and_the_reason(tmp_path: Path) -> None:
    more = [*HATS, say(4, BEN, "I have changed my mind: hats are fine.")]
    shown = played(tmp_path / "played.db", recorded(tmp_path), more)
    assert (shown.engine.name, shown.lead) == ("quotes", None)
    assert "No answer is recorded for this" in (shown.engine.fallback or "")
    assert len(shown.people) == 3


def test_all_that_is_recorded_of_the_sample_answers_its_prompts_and_stands(tmp_path: Path) -> None:
    (thread,) = importers.read(Path(str(SAMPLE))).threads
    config = Config(database=DatabaseConfig(path=tmp_path / "sample.db"))

    async def work() -> tuple[Summary, Suggestions]:
        async with build_partner(config, recorded=True) as partner:
            topic = (await partner.record(thread.topic, thread.messages)).topic_id
            return await partner.summarise(topic), await partner.suggest(topic, Wanted(count=3))

    shown, drafted = asyncio.run(work())
    assert [draft.engine for draft in drafted.suggestions] == ["llm"] * 3
    assert shown.engine.fallback is None
    assert shown.receipt.rejected == ()
    assert shown.lead is not None
    assert all(person.stand for person in shown.people)
