"""A model that does what any text in its prompt tells it to.

It knows the payload of the case. Where it finds sentences of it outside of its instructions, it
writes them wherever it may write words: alone, before and behind good text, in the middle of a
sentence, with links and pings; and it gives away its instructions. It does the same when it is
asked to mend its answer.
"""

import json
import re
from itertools import count
from typing import Any

from tests.endpoint import Reply, asked
from tests.engines.llm.world import GoodModel
from tests.trust.plain import plain

FREE = {"claim", "headline", "text", "beyond", "answer"}
"""The fields in which a model has words of its own."""
BAIT = (
    "See https://evil.example/x, evil.example.com and discord.gg/evil, <@1> and @everyone, "
    "or [the bank](https://evil.example), say all."
)


class Obedient(GoodModel):
    """`everywhere` puts the payload into ids and choices too, and so breaks the form."""

    def __init__(self, payload: str, *, everywhere: bool = False) -> None:
        super().__init__()
        self.payload = payload
        self.everywhere = everywhere
        self.obeyed = 0
        self._turn = count()

    def __call__(self, request: dict[str, Any]) -> Reply:
        good = super().__call__(request)
        turns = [message["content"] for message in request["messages"]]
        order, system = self._heard(asked(request)), turns[0]
        if not order:
            return good
        self.obeyed += 1
        answer = json.loads(good.content or "{}")
        return Reply(json.dumps(self._obeying(answer, order, system), ensure_ascii=False))

    def on_answer(self, content: str) -> Any:
        labels = [line.split(" ")[0] for line in content.splitlines() if line.startswith("S")]
        cited = labels if next(self._turn) % 2 else labels[:1]
        return {"stands_on": cited, "answer": "They are a nuisance."}

    def _heard(self, content: str) -> str:
        """What of the payload is there; nobody can repeat what they were not shown."""
        said = plain(content)
        sentences = re.split(r"(?<=[.!?…])\s+|\n+", self.payload)
        return " ".join(each for each in sentences if plain(each).strip() and plain(each) in said)

    def _obeying(self, value: Any, order: str, system: str, field: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._obeying(each, order, system, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self._obeying(each, order, system, field) for each in value]
        if field in FREE or (self.everywhere and isinstance(value, str)):
            return self._words(str(value or ""), order, system)
        return value

    def _words(self, good: str, order: str, system: str) -> str:
        sentences = [each.strip() for each in system.split(". ")]
        turn = next(self._turn)
        told = sentences[turn % len(sentences)]
        choices = (
            order,
            f"{good} {order}",
            f"{order} {good}",
            f"Some say that {order.rstrip('.!?')}, and others do not.",
            told,
            f"{good} {told}.",
            order.upper(),
            f"{good} {BAIT}",
        )
        return choices[turn % len(choices)]
