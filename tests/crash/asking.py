"""Asking: people among whom some ask for a summary, and what they are shown."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import discord
from aiohttp import web

from tests.crash.people import NAMES, People
from tests.wire.server import (
    EVERYTHING,
    MIRA,
    MOOT,
    SERVER,
    Payload,
    _json,
    _member,
    _message,
    _user,
)
from tests.wire.waiting import becomes

_SHOWS = (4, 7)
"""Kinds of a first answer that hold one; others say that it is under way."""
_UNDER_WAY = "messages…"
EPHEMERAL = 1 << 6 | 1 << 15
"""Seen by one person, and made of components."""
_NUMBERS = count()


@dataclass
class Asking(People):
    """Their questions, and the last answer to each as Discord would show it."""

    shown: dict[str, str] = field(default_factory=dict[str, str])
    """By the token of the question; empty while there is none."""
    answers: dict[str, Payload] = field(default_factory=dict[str, Payload])
    """The messages of answers, by token."""
    _asked_in: dict[str, str] = field(default_factory=dict[str, str])

    async def ask(self, thread: str | None = None) -> str:
        """Somebody asks for a summary; the token of their question."""
        async with self.turn:
            place = int(thread) if thread else self.chance.choice(list(self.threads))
            token = f"token{len(self.shown)}"
            self.shown[token] = ""
            self._asked_in[token] = str(place)
            await self.emit("INTERACTION_CREATE", _question(token, self.threads[place]))
            return token

    async def answered(self, token: str, seconds: float) -> str:
        """The answer as soon as there is one; when the time is up, what there is then."""
        return await becomes(lambda: self.shown[token], bool, seconds)

    async def waiting(self) -> int:
        """How many wait for an answer of a bot that was just killed: they wait no longer."""
        waiting = [token for token, shown in self.shown.items() if not shown]
        self.shown.update(dict.fromkeys(waiting, "never"))
        return len(waiting)

    async def api(self, request: web.Request) -> web.Response:
        """As the wire, and keeps what is shown to who asked."""
        if "/interactions/" in request.path or "/webhooks/" in request.path:
            return self._show(request.path.split("/"), await request.json())
        return await super().api(request)

    def _show(self, path: list[str], body: Any) -> web.Response:
        match path:
            case [*_, "interactions", id_, token, "callback"]:
                if body["type"] in _SHOWS:
                    self._keep(token, body["data"])
                return _json({"interaction": {"id": id_, "type": 2}})
            case [*_, "webhooks", _, token, "messages", "@original"] | [*_, "webhooks", _, token]:
                self._keep(token, body)
                return _json(self._message(token, body))
            case _:
                return _json({"message": "Unknown Webhook", "code": 10015}, 404)

    def _keep(self, token: str, body: Any) -> None:
        if _UNDER_WAY not in str(body):
            self.shown[token] = str(body)

    def _message(self, token: str, body: Any) -> Payload:
        """The answer to a question as a message, with what it shows by now."""
        place = int(self._asked_in.get(token, SERVER))
        new = {**_message(now_id(), place, ""), "author": _user(MOOT, "Moot", bot=True)}
        self.answers[token] = {**self.answers.get(token, new), "flags": EPHEMERAL, **body}
        return self.answers[token]

    def _answer(self, path: list[str], request: web.Request) -> web.Response:
        match path:
            case ["guilds", _, "members", id_] if int(id_) in NAMES:
                user = _user(int(id_), NAMES[int(id_)])
                return _json({**_member(), "nick": None, "user": user})
            case _:
                return super()._answer(path, request)


def now_id() -> int:
    """An id of now, like no other."""
    return discord.utils.time_snowflake(discord.utils.utcnow()) + next(_NUMBERS)


def _question(token: str, thread: Payload) -> Payload:
    """`/summary`, asked in a thread."""
    return interaction(token, thread, 2, {"id": "1", "name": "summary", "type": 1})


def interaction(token: str, thread: Payload, kind: int, data: Payload) -> Payload:
    """What somebody asks of Moot in a thread."""
    return {
        "id": str(now_id()),
        "application_id": str(MOOT),
        "type": kind,
        "token": token,
        "version": 1,
        "guild_id": str(SERVER),
        "channel": thread,
        "channel_id": thread["id"],
        "member": {
            **_member(),
            "nick": None,
            "user": _user(MIRA, NAMES[MIRA]),
            "permissions": EVERYTHING,
        },
        "attachment_size_limit": 0,
        "data": data,
    }
