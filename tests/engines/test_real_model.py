"""The whole job with a real model of 135M parameters, whose choices are chance.

What must hold is the structure: everybody has a line, every quote is a true slice, every count is
right, and where the model gives out or takes too long, quotes stand in.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import importers
from bot.assembly import build_partner
from bot.cli.demo import SAMPLE
from bot.config import Config, DatabaseConfig, LLMConfig
from bot.core.model import Message
from bot.core.summary import Evidence, Summary
from bot.engines.llm import VARIABLES
from bot.engines.server import Endpoint
from tests.engines.small_model import running_model
from tests.engines.threads import SHARED

SEED = SHARED / "seed" / "small-batch-thread.txt"
PATIENCE = 10
"""Seconds for a brief."""
PROMPT = f"""+++
purpose = "Write a brief, as far as the smallest of models can."
variables = {list(VARIABLES["brief"])}
temperature = 0.0
max_tokens = 100
+++
You say in JSON what a discussion comes to, each claim with the id of its sentence.
--- example
Title | Tea
[1] P1 | Mia
1.1 | I think that green tea is the best of all.
--- answer
{{"lead": "P1 likes green tea best [1.1].", "points": [], "open": [], "people": []}}
---
{" ".join(f"${name}" for name in VARIABLES["brief"])}
"""


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with running_model() as endpoint:
        yield endpoint


def summarised(folder: Path, model: Endpoint, source: Path) -> tuple[Summary, tuple[Message, ...]]:
    """The summary of the first two messages, by a prompt of the host's own."""
    (thread,) = importers.read(source).threads
    (folder / "brief.md").write_text(PROMPT, encoding="utf-8")
    settings = {
        "model": model.model,
        "base_url": model.base_url,
        "api_key": model.api_key,
        "at_once": 1,
        "patience": PATIENCE,
        "prompts": folder,
    }
    config = Config(
        database=DatabaseConfig(path=folder / "test.db"), llm=LLMConfig.model_validate(settings)
    )

    async def work() -> Summary:
        async with build_partner(config) as partner:
            recorded = await partner.record(thread.topic, thread.messages[:2])
            return await partner.summarise(recorded.topic_id)

    return asyncio.run(work()), thread.messages[:2]


@pytest.mark.parametrize("source", [Path(str(SAMPLE)), SEED], ids=["sample", "seed"])
def test_a_real_model_leaves_nobody_out_and_nothing_unfounded(
    tmp_path: Path, model: Endpoint, source: Path
) -> None:
    if not source.is_file():
        pytest.skip("the shared data is not beside the project")
    shown, messages = summarised(tmp_path, model, source)
    assert shown.engine.name == "llm" or shown.engine.fallback
    names = list(dict.fromkeys(message.author.name for message in messages))
    assert [person.author for person in shown.people] == names
    said = {message.source_id: message for message in messages}
    quotes: list[Evidence] = [quote for text in shown.front for quote in text.evidence]
    quotes += [quote for person in shown.people for quote in person.evidence]
    for quote in quotes:
        assert quote.quote in said[quote.message_id].content
        assert quote.author == said[quote.message_id].author.name
    assert all(text.evidence for text in shown.front)
    receipt = shown.receipt
    assert (receipt.messages, receipt.read, receipt.authors) == (2, 2, len(names))
    assert receipt.cited == len({quote.author for quote in quotes})
