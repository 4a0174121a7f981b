"""Sharing: people among whom some press Share on a summary, and the cards that all see."""

from dataclasses import dataclass, field
from re import search
from typing import Any

from aiohttp import web

from tests.crash.asking import Asking, interaction, now_id
from tests.crash.words import words_in
from tests.wire.server import MOOT, Payload, _json, _message, _user


@dataclass
class Sharing(Asking):
    """The cards that were posted in threads, as Discord has them now."""

    cards: dict[int, Payload] = field(default_factory=dict[int, Payload])
    _shares: int = 0

    async def share(self) -> bool:
        """Somebody presses Share under an answer; whether there was one."""
        async with self.turn:
            pressed = [each for each in self.answers.values() if _button(each)]
            if not pressed:
                return False
            answer = self.chance.choice(pressed)
            thread = self.threads.get(int(answer["channel_id"]))
            if thread is None:
                return False
            self._shares += 1
            token = f"share{self._shares}"
            data = {"custom_id": _button(answer), "component_type": 2}
            press = interaction(token, thread, 3, data)
            await self.emit("INTERACTION_CREATE", {**press, "message": answer})
            return True

    async def stale(self) -> list[str]:
        """What is shown of words that are gone: answers that one sees, and cards that all see.

        With its thread a card goes by itself.
        """
        posted = {
            f"card {id_}": str(card)
            for id_, card in self.cards.items()
            if int(card["channel_id"]) in self.threads
        }
        shown = {**self.shown, **posted}
        return [place for place, text in shown.items() if words_in(text) & self.gone]

    async def api(self, request: web.Request) -> web.Response:
        """As the wire, and keeps the cards."""
        match request.method, request.path.split("/")[4:]:
            case "POST", [thread, "messages"] if "/channels/" in request.path:
                return self._post(int(thread), await request.json())
            case "PATCH", [_, "messages", id_] if int(id_) in self.cards:
                card = self.cards[int(id_)]
                card.update(await request.json())
                return _json(card)
            case _:
                return await super().api(request)

    def _post(self, thread: int, body: Any) -> web.Response:
        id_ = now_id()
        message = {**_message(id_, thread, ""), "author": _user(MOOT, "Moot", bot=True)}
        self.cards[id_] = {**message, **body}
        return _json(self.cards[id_])

    def _page(self, thread: int, query: Any) -> list[Payload]:
        after = int(query.get("after", 0))
        cards = [
            card
            for id_, card in sorted(self.cards.items(), reverse=True)
            if id_ > after and card["channel_id"] == str(thread)
        ]
        return [*cards, *super()._page(thread, query)]


def _button(answer: Payload) -> str | None:
    """The id of the button that shares an answer, where it has one."""
    found = search(r"moot:share:\d+", str(answer.get("components")))
    return found[0] if found else None
