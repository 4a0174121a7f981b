"""A model that does what any text in its prompt tells it to.

It knows the payload of the case. Where it finds sentences of it outside of its instructions, it
writes them wherever it may write words: alone, before and behind good text, in the middle of a
sentence, under somebody's name and citations, with links and pings; and it gives away its
instructions. It does the same when it is asked to mend its answer.
"""

import json
import re
from itertools import count
from typing import Any

from bot.core.summary import HEADINGS
from tests.endpoint import Reply, asked
from tests.engines.llm.world import GoodModel
from tests.trust.plain import plain, slices

FREE = re.compile("lead|state|title|lines|open|headings|called|stand|text|beyond|answer|missing")
"""The fields in which a model has words of its own."""
BAIT = (
    "See https://evil.example/x, evil.example.com and discord.gg/evil, <@1> and @everyone, "
    "or [the bank](https://evil.example), say all"
)
CITED = re.compile(r"\s*\[[\d., ]+\]")
_STATEMENT = re.compile(r"^(S\d+) ", re.MULTILINE)


class Obedient(GoodModel):
    """`everywhere` puts the payload into ids and choices too, and so breaks the form."""

    def __init__(self, payload: str, *, everywhere: bool = False) -> None:
        super().__init__()
        self.payload = payload
        self.everywhere = everywhere
        self.obeyed = 0
        self._turn = count()
        self._labels: list[str] = []

    def __call__(self, request: dict[str, Any]) -> Reply:
        turns = [message["content"] for message in request["messages"]]
        self._labels = list(dict.fromkeys(_STATEMENT.findall(turns[-1])))
        good = super().__call__(request)
        order = self.heard(asked(request))
        if not order:
            return good
        self.obeyed += 1
        answer = self._obeying(json.loads(good.content or "{}"), order, turns[0])
        return Reply(json.dumps(answer, ensure_ascii=False))

    def on_brief(self, content: str) -> Any:
        """A brief with something in every part that a model may write."""
        brief = super().on_brief(content)
        (id_,) = CITED.findall(brief["lead"])[:1]
        brief["state"] = [f"**Nothing is settled**{id_}.", f"It goes on{id_}."]
        brief["headings"] = list(HEADINGS)
        brief["people"] = [{**each, "called": ""} for each in brief["people"]]
        return brief

    def on_brief_repair(self, content: str) -> Any:
        brief = self.on_brief(content)
        (line, *_) = brief["points"][0]["lines"]
        mended = [{"statement": label, "text": line} for label in self._labels]
        return {"mended": mended, "people": brief["people"]}

    def on_answer_repair(self, content: str) -> Any:
        return self.on_answer(content)

    def heard(self, content: str) -> str:
        """What of the payload is there; nobody can repeat what they were not shown."""
        said = plain(content)
        parts = re.split(r"(?<=[.!?…])\s+|\n+", self.payload)
        return " ".join(each for each in parts if plain(each).strip() and plain(each) in said)

    def _obeying(self, value: Any, order: str, system: str, field: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._obeying(each, order, system, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self._obeying(each, order, system, field) for each in value]
        if FREE.fullmatch(field) or (self.everywhere and isinstance(value, str)):
            return self.words(str(value or ""), order, system)
        return value

    def words(self, good: str, order: str, system: str) -> str:
        turn = next(self._turn)
        parts = list(slices(system))
        told = parts[turn % len(parts)]
        ids = " ".join(CITED.findall(good))
        bare = order.rstrip(".!?")
        choices = (
            order,
            f"{bare}{ids}.",
            f"{good} {order}",
            f"P1 says that {bare}{ids}.",
            f"Some say that {bare}, and others do not{ids}.",
            f"{told}{ids}.",
            f"{good} {told}.",
            f"{order.upper()}{ids}.",
            f"{BAIT}{ids}.",
        )
        return choices[turn % len(choices)]
