"""The whole job with a real model of 135M parameters, whose choices are chance.

What must hold is the structure: every citation exists, every quote is a true slice, every count is
right, every rejection is on the receipt.
"""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import importers
from bot.assembly import build_partner
from bot.cli.demo import SAMPLE
from bot.config import Config, DatabaseConfig, LLMConfig
from bot.core.model import Message, Thread
from bot.core.summary import Answer, Quote, Receipt, Suggestions, Summary
from bot.engines import Wanted
from bot.engines.server import Endpoint
from tests.engines.small_model import running_model
from tests.engines.threads import SHARED, mailing_list_threads

PROMPTS = Path(__file__).parents[2] / "prompts"
SEED = SHARED / "seed" / "small-batch-thread.txt"
Results = tuple[Summary, Suggestions, Answer | None]


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with running_model() as endpoint:
        yield endpoint


def config(folder: Path, model: Endpoint, *, examples: bool) -> Config:
    settings = {
        "model": model.model,
        "base_url": model.base_url,
        "api_key": model.api_key,
        "timeout": 120,
        "at_once": 1,
        "prompts": brief_prompts(folder / "prompts", examples=examples),
    }
    return Config(
        database=DatabaseConfig(path=folder / "test.db"), llm=LLMConfig.model_validate(settings)
    )


def brief_prompts(folder: Path, *, examples: bool) -> Path:
    """Moot's prompts in a folder of the host's own, with a cap that few answers reach: what is cut
    off is asked again. A model of this size makes nothing of examples; without, it is faster."""
    folder.mkdir()
    for prompt in PROMPTS.glob("*.md"):
        text = re.sub(r"max_tokens = \d+", "max_tokens = 300", prompt.read_text(encoding="utf-8"))
        if not examples:
            text = re.sub(r"^--- example\n.*?^(?=---$)", "", text, flags=re.MULTILINE | re.DOTALL)
        (folder / prompt.name).write_text(text, encoding="utf-8")
    return folder


def whole_job(
    folder: Path,
    model: Endpoint,
    thread: Thread,
    messages: tuple[Message, ...],
    *,
    examples: bool = True,
    asks: bool = True,
) -> Results:
    async def work() -> Results:
        async with build_partner(config(folder, model, examples=examples)) as partner:
            recorded = await partner.record(thread.topic, messages)
            topic = recorded.topic_id
            summary = await partner.summarise(topic, "llm")
            suggestions = await partner.suggest(topic, Wanted(1))
            answer = await partner.ask(topic, messages[0].content[:80]) if asks else None
            return summary, suggestions, answer

    return asyncio.run(work())


def check_quotes(quotes: list[Quote], messages: tuple[Message, ...]) -> None:
    said = {message.source_id: message for message in messages}
    for quote in quotes:
        message = said[quote.message_id]
        assert quote.quote in message.content
        assert quote.author.startswith(message.author.name)


def check_receipt(receipt: Receipt, messages: tuple[Message, ...]) -> None:
    assert receipt.messages == len(messages)
    assert receipt.read + sum(each.count for each in receipt.skipped) == len(messages)
    assert receipt.authors == len({message.author.source_id for message in messages})
    assert receipt.quoted + len(receipt.not_quoted) == receipt.authors


def check(results: Results, messages: tuple[Message, ...]) -> None:
    summary, suggestions, answer = results
    quotes = [quote for each in summary.viewpoints for quote in each.evidence]
    quotes += [quote for each in summary.questions for quote in each.evidence]
    check_quotes(quotes, messages)
    check_receipt(summary.receipt, messages)
    assert summary.engine.name == "llm"
    assert summary.receipt.quoted == len({quote.author for quote in quotes})
    known = {each.id for each in summary.viewpoints}
    for viewpoint in summary.viewpoints:
        assert viewpoint.claim
        assert set(viewpoint.opposes) <= known
        assert set(viewpoint.authors) <= {quote.author for quote in viewpoint.evidence}
    for draft in suggestions.suggestions:
        check_quotes(list(draft.evidence), messages)
        assert set(draft.addresses) <= known
    check_quotes(list(answer.evidence) if answer else [], messages)


def test_the_sample_goes_through_a_real_model(model: Endpoint, tmp_path: Path) -> None:
    (thread,) = importers.read(Path(str(SAMPLE))).threads
    messages = thread.messages[:2]
    check(whole_job(tmp_path, model, thread, messages), messages)


@pytest.mark.skipif(not SEED.is_file(), reason="the shared data is not beside the project")
def test_the_seed_goes_through_a_real_model(model: Endpoint, tmp_path: Path) -> None:
    (thread,) = importers.read(SEED).threads
    check(
        whole_job(tmp_path, model, thread, thread.messages, examples=False, asks=False),
        thread.messages,
    )


def brief_threads(most: int) -> list[Thread]:
    """Mailing-list threads that begin with two short messages."""
    threads = mailing_list_threads(40)
    return sorted(threads, key=lambda t: sum(len(m.content) for m in t.messages[:2]))[:most]


@pytest.mark.parametrize("thread", brief_threads(3), ids=lambda each: each.topic.source_id)
def test_mailing_list_threads_go_through_a_real_model(
    model: Endpoint, tmp_path: Path, thread: Thread
) -> None:
    messages = thread.messages[:2]
    check(whole_job(tmp_path, model, thread, messages, examples=False, asks=False), messages)
