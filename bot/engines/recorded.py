"""Answers that a model gave before, played again: for the demo, through the whole path and checker.

An answer belongs to one prompt, word for word. Where the prompt is another by now, or the
discussion is, there is none.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from bot.core.errors import EngineFailed
from bot.core.summary import Usage
from bot.engines import Meter
from bot.engines.asking import Say
from bot.engines.chat import Chat, Model, Request
from bot.engines.completions import Completion
from bot.engines.server import Endpoint

CONTEXT = 128_000
"""Tokens that the model took which gave the answers."""


class NotRecorded(EngineFailed):
    """A prompt that no answer was recorded to."""


class RecordedChat(Chat):
    """Answers by the digest of what was said. Nothing is sent anywhere."""

    def __init__(self, model: str, answers: Mapping[str, str]) -> None:
        super().__init__(Endpoint(model))
        self._answers = answers

    async def model(self) -> Model:
        """What is known of the model that gave the answers."""
        return Model(context=CONTEXT)

    async def _complete(
        self, request: Request, said: Sequence[Say], schema: Mapping[str, Any] | None, meter: Meter
    ) -> Completion:
        answer = self._answers.get(digest(said))
        if answer is None:
            raise NotRecorded("No answer is recorded for this; a configured model would write one.")
        meter.spend(Usage(1))
        return Completion(answer)


def recorded_chat(document: str) -> RecordedChat:
    """The answers of a JSON document: {"model": ..., "answers": [{"request", "answer"}]}."""
    stored = json.loads(document)
    answers = {each["request"]: each["answer"] for each in stored["answers"]}
    return RecordedChat(stored["model"], answers)


def digest(said: Sequence[Say]) -> str:
    """What a conversation comes to, up to the answer that is wanted: 16 characters."""
    told = json.dumps([dict(turn) for turn in said], ensure_ascii=False, sort_keys=True)
    return blake2b(told.encode(errors="replace"), digest_size=8).hexdigest()
