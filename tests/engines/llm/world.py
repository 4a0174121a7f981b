"""A topic on hats, a partner over a real database, and a scripted model that reads well."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.assembly import build_partner
from bot.config import Config, DatabaseConfig, LLMConfig
from bot.core.model import Author, Message, Topic
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, asked

T = TypeVar("T")
ANA, BEN, CHO = Author("1", "Ana"), Author("2", "Ben"), Author("3", "Cho")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOPIC = Topic("test", "hats", "Should hats come back?")


def say(number: int, author: Author, words: str, reply_to: int | None = None) -> Message:
    return Message(
        f"m{number}",
        author,
        words,
        posted_at=START + timedelta(minutes=number),
        reply_to=f"m{reply_to}" if reply_to else None,
    )


HATS = (
    say(1, ANA, "Hats should come back. They keep the sun out of your eyes. Do you agree?"),
    say(2, BEN, "Hats are a nuisance in every train.", reply_to=1),
    say(3, CHO, "I would wear one if somebody near me could mend it.", reply_to=1),
)


def configured(folder: Path, url: str, **llm: Any) -> Config:
    settings = {"model": "scripted", "base_url": url, "timeout": 5, "window": 4000} | llm
    return Config(
        database=DatabaseConfig(path=folder / "test.db"), llm=LLMConfig.model_validate(settings)
    )


def with_partner(
    config: Config,
    work: Callable[[DiscussionPartner, int], Awaitable[T]],
    messages: tuple[Message, ...] = HATS,
) -> T:
    """Does something with a partner that has the topic."""

    async def opened() -> T:
        async with build_partner(config) as partner:
            recorded = await partner.record(TOPIC, messages)
            return await work(partner, recorded.topic_id)

    return asyncio.run(opened())


class GoodModel:
    """Answers each purpose as a careful model would, as far as form goes.

    It notes the first sentence of every message, places each claim as `places` says (by what the
    claim contains; as a small model, `relations`), merges what `merges` says, and writes fixed
    headlines, replies and answers, which a test may change.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.places: dict[str, str] = {}
        self.relations: dict[str, str] = {}
        self.merges: Callable[[str, str], bool] = lambda one, other: False
        self.headline = "Some would have hats back, and others find them a nuisance."
        self.reply: dict[str, Any] = {"text": "P1, when would you do without?", "beyond": None}
        self.answer: dict[str, Any] = {"stands_on": ["S1"], "answer": "They are a nuisance."}
        self.instead: dict[str, Callable[[str], str]] = {}

    def __call__(self, request: dict[str, Any]) -> Reply:
        purpose = request["response_format"]["json_schema"]["name"]
        content = asked(request)
        self.asked.append(purpose)
        if purpose in self.instead:
            return Reply(self.instead[purpose](content))
        return Reply(json.dumps(getattr(self, f"on_{purpose}")(content)))

    def on_read(self, content: str) -> Any:
        noted = set(re.findall(r"\d+", content.rsplit("Take notes on", 1)[1]))
        notes: list[dict[str, Any]] = []
        for number, place, words in re.findall(r"^(\d+)\.(\d+) \| (.*)$", content, re.MULTILINE):
            if number not in noted:
                continue
            if words.endswith("?"):
                note = {"kind": "question", "claim": words}
            elif place == "1":
                said = re.sub(r"\b([Ii]|me|[Ww]e)\b", "one", words)
                note = {"kind": "view", "claim": f"It is held that {said[:1].lower()}{said[1:]}"}
            else:
                continue
            notes.append({"sentences": [f"{number}.{place}"], "about": None, **note})
        return {"notes": notes}

    def on_points(self, content: str) -> Any:
        return {"kind": "view", "claim": content.partition("Sentence | ")[2]}

    def on_relate(self, content: str) -> Any:
        second = content.rsplit("Second | ", 1)[1]
        said = (relation for words, relation in self.relations.items() if words in second)
        return {"first_view": "", "second_view": "", "relation": next(said, "unrelated")}

    def on_group(self, content: str) -> Any:
        claims = re.findall(r"^(N\d+) [^|]*\| (.*)$", content, re.MULTILINE)
        viewpoints = re.findall(r"^(V\d+) [^|]*\| (.*)$", content, re.MULTILINE)
        placements: list[dict[str, Any]] = []
        for label, words in claims:
            said = next((to for part, to in self.places.items() if part in words), "new")
            for other, its_words in (*viewpoints, *claims):
                said = re.sub(
                    r"\{(.*)\}", lambda m, o=other, w=its_words: o if m[1] in w else m[0], said
                )
            placements.append({"note": label, "place": said, "question": None})
        return {"placements": placements}

    def on_merge(self, content: str) -> Any:
        pairs = re.findall(r"^Pair (\d+)\n(.*)\n(.*)$", content, re.MULTILINE)
        return {
            "verdicts": [
                {"pair": label, "verdict": "same" if self.merges(*shown) else "different"}
                for label, *shown in pairs
            ]
        }

    def on_headline(self, content: str) -> Any:
        return {"covers": re.findall(r"^(V\d+)", content, re.MULTILINE), "headline": self.headline}

    def on_suggest(self, content: str) -> Any:
        return self.reply

    def on_answer(self, content: str) -> Any:
        return self.answer
