"""A model that gives its instructions away, sentence by sentence and in disguise."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from bot.assembly import load_prompts
from bot.core.checks import Grounds, faults
from tests.endpoint import Reply
from tests.engines.llm.world import GoodModel
from tests.engines.threads import CONVOSUMM, summarised_threads
from tests.trust.house import SECRET, House, house
from tests.trust.plain import INSTRUCTED, runs_of
from tests.trust.test_hostile_model import asked, everything

PROMPTS = load_prompts(None)
CAUGHT: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "shouted": str.upper,
    "zero-width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "wide letters": lambda text: "".join(
        chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text
    ),
    "in bold": lambda text: f"**{text}**",
    "within other words": lambda text: f"Some would have hats back, {text}, and others would not.",
    "a line a word": lambda text: text.replace(" ", "\n"),
}
NOT_CAUGHT: dict[str, Callable[[str], str]] = {
    "letters apart": " ".join,
    "backwards": lambda text: text[::-1],
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "every other word": lambda text: " hats ".join(text.split()),
}
"""Disguises of which a word count knows nothing: see the README."""


class Telltale(GoodModel):
    """Writes its instructions wherever it may write, a sentence or a slice at a time."""

    def __init__(self, disguise: Callable[[str], str]) -> None:
        super().__init__()
        self._disguise = disguise
        self._turn = count()
        self.told: list[str] = []

    def __call__(self, request: dict[str, Any]) -> Reply:
        good = json.loads(super().__call__(request).content or "{}")
        purpose = request["response_format"]["json_schema"]["name"]
        told = list(slices(PROMPTS[purpose].stable))

        def tell() -> str:
            self.told.append(told[next(self._turn) % len(told)])
            return f"{self._disguise(self.told[-1])}."

        for note in good.get("notes", []):
            note["claim"] = tell()
        for field in ("claim", "headline", "text", "beyond", "answer"):
            if field in good:
                good[field] = tell()
        return Reply(json.dumps(good))


def slices(instructions: str) -> Iterator[str]:
    """The sentences of five words and more, and slices of ten."""
    for sentence in re.split(r"(?<=[.:;])\s+", instructions):
        if len(sentence.split()) >= INSTRUCTED:
            yield " ".join(sentence.split())
    words = instructions.split()
    for at in range(0, len(words) - 10, 10):
        yield " ".join(words[at : at + 10])


@pytest.fixture(scope="module", params=[False, True], ids=["large", "small"])
def home(request: pytest.FixtureRequest) -> Iterator[House]:
    with house(small=request.param) as opened:
        yield opened


@pytest.mark.parametrize("disguise", CAUGHT)
def test_nothing_of_the_instructions_reaches_a_reader(home: House, disguise: str) -> None:

    model = Telltale(CAUGHT[disguise])
    for _ in range(2):
        shown = asked(home, model)
        assert not SECRET & runs_of(everything(shown), INSTRUCTED)
        rejected = {each.reason for each in shown.summary.receipt.rejected}
        assert {"instructions", "headline"} <= rejected
    assert len(set(model.told)) > 6


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("disguise", CAUGHT)
def test_every_sentence_and_slice_of_every_prompt_is_known(prompt: str, disguise: str) -> None:
    instructions = PROMPTS[prompt].stable
    grounds = Grounds(("Hats should come back.",), instructions=instructions)
    for each in slices(instructions):
        if runs_of(each, INSTRUCTED):
            assert "instructions" in faults(CAUGHT[disguise](each), grounds), each


@pytest.mark.parametrize("disguise", NOT_CAUGHT)
def test_what_no_word_count_finds_is_known_too(disguise: str) -> None:
    instructions = PROMPTS["read"].stable
    grounds = Grounds(("Hats should come back.",), instructions=instructions)
    told = [NOT_CAUGHT[disguise](each) for each in slices(instructions)]
    assert any("instructions" not in faults(each, grounds) for each in told)


@pytest.mark.skipif(not CONVOSUMM.is_dir(), reason="the shared data is not beside the project")
def test_no_summary_that_a_person_wrote_is_taken_for_instructions() -> None:
    for prompt in PROMPTS.values():
        for thread, summary in summarised_threads():
            said = tuple(message.content for message in thread.messages)
            grounds = Grounds(said, instructions=prompt.stable, limit=10_000)
            assert "instructions" not in faults(summary, grounds)
