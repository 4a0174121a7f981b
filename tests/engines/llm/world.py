"""A topic on hats, a partner over a real database, and a scripted model that writes well."""

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
_HEAD = re.compile(r"^\[(\d+)\] (P\d+)")
_SENTENCE = re.compile(r"^(\d+)\.(\d+) \| (.*)$")


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
    settings = {"model": "scripted", "base_url": url, "timeout": 5, "context": 32_000} | llm
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


def sentences(content: str) -> list[tuple[str, str, str]]:
    """The sentences that a prompt shows whole: id, person's label, words."""
    found: list[tuple[str, str, str]] = []
    person = ""
    for line in content.splitlines():
        if head := _HEAD.match(line):
            person = head[2]
        elif said := _SENTENCE.match(line):
            found.append((f"{said[1]}.{said[2]}", person, said[3]))
    return found


class GoodModel:
    """Answers each purpose as a careful model would, as far as form goes.

    Its brief has a lead on the first sentence, a point on the first sentence of each of the first
    four people, the questions as open, and a line for everybody. `instead` has other answers in
    the place of these, by purpose: a text, or what makes one of the request's content.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.instead: dict[str, str | Callable[[str], str]] = {}
        self.reply: dict[str, Any] | None = None

    def __call__(self, request: dict[str, Any]) -> Reply:
        purpose = request["response_format"]["json_schema"]["name"]
        content = asked(request)
        self.asked.append(purpose)
        if instead := self.instead.get(purpose):
            return Reply(instead if isinstance(instead, str) else instead(content))
        return Reply(json.dumps(getattr(self, f"on_{purpose}")(content)))

    def on_brief(self, content: str) -> Any:
        said = sentences(content)
        firsts = {person: (id_, words) for id_, person, words in reversed(said)}
        people = list(dict.fromkeys(person for _, person, _ in said))
        return {
            "lead": f"People talk about it, **and nothing is settled** [{said[0][0]}].",
            "points": [
                {
                    "title": "Views",
                    "lines": [f"{p} has a view on it [{firsts[p][0]}]." for p in people[:4]],
                    "for": [],
                }
            ],
            "open": [
                f"{person} asks about it [{id_}]." for id_, person, words in said if "?" in words
            ][:2],
            "people": [
                {"who": person, "stand": "Has a view on it", "cites": [firsts[person][0]]}
                for person in people
            ],
        }

    def on_carry(self, content: str) -> Any:
        new = sentences(content)
        ids = [id_ for id_, _, _ in new] or re.findall(r"\d+\.\d+", content)
        people = self.on_brief(content)["people"] if new else []
        return {
            "lead": f"People go on about it, **and nothing is settled** [{ids[-1]}].",
            "points": [],
            "open": [],
            "people": people,
        }

    def on_brief_repair(self, content: str) -> Any:
        return {"mended": [], "people": []}

    on_carry_repair = on_brief_repair

    def on_suggest(self, content: str) -> Any:
        said = sentences(content)
        firsts = {person: id_ for id_, person, _ in reversed(said)}
        chosen = list(firsts)[:3]
        intents = ("ask", "build", "steelman")
        drafts = [
            {
                "intent": intent,
                "to": [person],
                "cites": [firsts[person]],
                "text": f"{person}, when would you do without?",
                "beyond": None,
            }
            | (self.reply or {})
            for intent, person in zip(intents, chosen, strict=False)
        ]
        return {"drafts": drafts}

    def on_answer(self, content: str) -> Any:
        (id_, person, _), *_ = sentences(content)
        return {"answer": f"{person} has a view on it [{id_}].", "missing": None}

    def on_answer_repair(self, content: str) -> Any:
        return {"answer": None, "missing": None}
