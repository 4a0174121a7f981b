"""A small Discord on loopback: real HTTP and a real websocket, for what simcord leaves out.

It knows one server with one forum. What is asked of it is noted in `requests`; what it answers out
of turn (429, 500) is put into `out_of_turn`. Its gateway numbers events, forgets none, and sends
the missed ones to who resumes.
"""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import discord
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

Payload = dict[str, Any]

SERVER, FORUM, MOOT, MIRA = 1000, 2000, 3000, 4000
START = discord.utils.utcnow() - timedelta(hours=1)
_OF_A_DELETED_THREAD = ("id", "guild_id", "parent_id", "type")
EVERYTHING = str(discord.Permissions.all().value & ~discord.Permissions.administrator.flag)


@dataclass
class Answer:
    """What is answered in place of the usual."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


def too_many(retry_after: float) -> Answer:
    """The 429 of Discord itself: one without `Via` would be a proxy's, and is not waited for."""
    headers = {"Via": "1.1 google", "Retry-After": str(retry_after)}
    return Answer(429, {"message": "Slow down.", "retry_after": retry_after}, headers)


@dataclass
class Wire:
    """The server's state. Ids of messages grow by one a second, as their times do."""

    token: str = "right"
    intents: int = discord.Intents.all().value
    flags: int = discord.ApplicationFlags(gateway_message_content=True).value
    permissions: str = EVERYTHING
    """What the server grants everyone."""
    threads: dict[int, Payload] = field(default_factory=dict)
    messages: defaultdict[int, dict[int, Payload]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    out_of_turn: defaultdict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    meanwhile: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """What happens, one each time, between the reading of a history and its answer."""
    is_shut_out: bool = False
    requests: list[str] = field(default_factory=list)
    edits: list[Payload] = field(default_factory=list)
    """What edits of messages asked for, as far as they were answered in turn."""
    opcodes: list[int] = field(default_factory=list)
    """What clients sent over the gateway: 2 IDENTIFY, 6 RESUME."""
    events: list[Payload] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    socket: web.WebSocketResponse | None = None
    port: int = 0
    _clock: int = 0

    # What people do

    async def open_thread(self, title: str, words: str) -> int:
        """Opens a forum post; its id is that of its first message."""
        id_ = self._next_id()
        self.threads[id_] = thread = _thread(id_, title)
        await self.emit("THREAD_CREATE", {**thread, "newly_created": True})
        await self.say(id_, words, id_=id_)
        return id_

    async def say(self, thread: int, words: str, *, id_: int | None = None, **more: Any) -> int:
        """Posts a message, `more` are its other fields; whether it is heard depends on who is
        connected."""
        id_ = id_ or self._next_id()
        self.messages[thread][id_] = message = {**_message(id_, thread, words), **more}
        self.threads[thread]["last_message_id"] = str(id_)
        # By an event, not by a history, Discord says who a member is in the server.
        member = {} if "webhook_id" in more else {"member": _member()}
        heard = {
            **message,
            "mentions": [{**each, "member": _member()} for each in message["mentions"]],
        }
        await self.emit("MESSAGE_CREATE", {**heard, "guild_id": str(SERVER), **member})
        return id_

    async def rename(self, thread: int, title: str) -> None:
        """Gives a thread another title."""
        self.threads[thread]["name"] = title
        await self.emit("THREAD_UPDATE", self.threads[thread])

    async def delete(self, thread: int, message: int) -> None:
        """Deletes a message."""
        del self.messages[thread][message]
        ids = {"id": str(message), "channel_id": str(thread), "guild_id": str(SERVER)}
        await self.emit("MESSAGE_DELETE", ids)

    async def delete_thread(self, thread: int) -> None:
        """Deletes a thread."""
        kept = self.threads.pop(thread)
        await self.emit("THREAD_DELETE", {key: kept[key] for key in _OF_A_DELETED_THREAD})

    async def shut_moot_out(self, *, told: bool = True) -> None:
        """Takes from Moot the right to read histories: from now on they come empty.

        Now and then the gateway has not `told` it by then.
        """
        self.is_shut_out = True
        denied = str(discord.Permissions(read_message_history=True).value)
        overwrite = {"id": str(MOOT), "type": 1, "allow": "0", "deny": denied}
        self.messages.clear()
        if told:
            await self.emit("CHANNEL_UPDATE", _forum(overwrite))

    # What the gateway does

    async def emit(self, name: str, data: Payload) -> None:
        """Sends an event to who is connected, and remembers it for who resumes."""
        event = {"op": 0, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_json(event)

    async def drop(self, code: int = 4000) -> None:
        """Closes the connection; nobody hears events until a client comes back."""
        socket, self.socket = self.socket, None
        assert socket is not None
        await socket.close(code=code)

    def forget_sessions(self) -> None:
        """Whoever resumes is told that the session is invalid."""
        self.sessions.clear()

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45_000}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._heard(socket, json.loads(frame.data))
        return socket

    async def _heard(self, socket: web.WebSocketResponse, payload: Payload) -> None:
        self.opcodes.append(payload["op"])
        match payload:
            case {"op": 1}:
                await socket.send_json({"op": 11})
            case {"op": 2, "d": {"intents": wanted}} if wanted & ~self.intents:
                await socket.close(code=4014)
            case {"op": 2}:
                await self._begin(socket)
            case {"op": 6, "d": {"session_id": session}} if session not in self.sessions:
                await socket.send_json({"op": 9, "d": False})
            case {"op": 6, "d": {"seq": seen}}:
                for event in self.events[seen:]:
                    await socket.send_json(event)
                self.socket = socket
                await self.emit("RESUMED", {})

    async def _begin(self, socket: web.WebSocketResponse) -> None:
        self.socket, session = socket, f"session {len(self.opcodes)}"
        self.sessions.add(session)
        await self.emit(
            "READY",
            {
                "v": 10,
                "user": _user(MOOT, "Moot", bot=True),
                "guilds": [{"id": str(SERVER), "unavailable": True}],
                "session_id": session,
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}/",
                "application": {"id": str(MOOT), "flags": 0},
            },
        )
        await self.emit("GUILD_CREATE", _server(list(self.threads.values()), self.permissions))

    # What the API does

    async def api(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/api/v10")
        self.requests.append(f"{request.method} {request.path_qs.removeprefix('/api/v10')}")
        out_of_turn = bool(self.out_of_turn[path])
        answer = self._in_turn(path, request)
        if request.method == "PATCH" and not out_of_turn:
            self.edits.append(await request.json())
        if path.endswith("/messages") and self.meanwhile:
            await self.meanwhile.pop(0)()
        return answer

    def _in_turn(self, path: str, request: web.Request) -> web.Response:
        if self.out_of_turn[path]:
            answer = self.out_of_turn[path].pop(0)
            return _json(answer.body, answer.status, answer.headers)
        if request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        return self._answer(path.strip("/").split("/"), request)

    def _answer(self, path: list[str], request: web.Request) -> web.Response:
        match path:
            case ["users", "@me"]:
                return _json(_user(MOOT, "Moot", bot=True))
            case ["oauth2", "applications", "@me"]:
                return _json(_application(self.flags))
            case ["applications", _, "commands"]:
                return _json([])
            case ["users", "@me", "guilds"]:
                return _json([_server([], self.permissions)])
            case ["guilds", _]:
                return _json(_server([], self.permissions))
            case ["guilds", _, "threads", "active"]:
                return _json({"threads": list(self.threads.values()), "members": []})
            case ["guilds", _, "members", id_] if int(id_) == MOOT:
                return _json({**_member(), "user": _user(MOOT, "Moot", bot=True)})
            case ["guilds", _, "members", id_] if int(id_) == MIRA:
                return _json({**_member(), "user": _user(MIRA, "mira")})
            case ["channels", _, "threads", "archived", "public"]:
                return _json({"threads": [], "members": [], "has_more": False})
            case ["channels", id_] if int(id_) in self.threads:
                return _json(self.threads[int(id_)])
            case ["channels", id_, "messages"] if int(id_) in self.threads:
                return _json(self._page(int(id_), request.query))
            case ["channels", id_, "messages", message] if request.method == "GET":
                return self._one(int(id_), int(message))
            case ["channels", _, "messages", _] if request.method == "DELETE":
                return web.Response(status=204)
            case ["channels", channel, "messages", id_] if request.method == "PATCH":
                return _json(_message(int(id_), int(channel), ""))
            case _:
                return _json({"message": "Unknown Channel", "code": 10003}, 404)

    def _one(self, thread: int, message: int) -> web.Response:
        if self.is_shut_out:
            return _json({"message": "Missing Access", "code": 50001}, 403)
        if message not in self.messages[thread]:
            return _json({"message": "Unknown Message", "code": 10008}, 404)
        return _json(self.messages[thread][message])

    def _page(self, thread: int, query: Any) -> list[Payload]:
        after, limit = int(query.get("after", 0)), int(query["limit"])
        ids = sorted(id_ for id_ in self.messages[thread] if id_ > after)[:limit]
        return [self.messages[thread][id_] for id_ in reversed(ids)]

    def _next_id(self) -> int:
        self._clock += 1
        return discord.utils.time_snowflake(START) + (self._clock * 1000 << 22)


@asynccontextmanager
async def serving(wire: Wire | None = None) -> AsyncIterator[Wire]:
    """Runs the server on a free port, and points discord.py to it, while the block lasts."""
    wire = wire or Wire()
    app = web.Application()
    app.router.add_get("/", wire.gateway)
    app.router.add_route("*", "/api/v10/{path:.*}", wire.api)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wire.port = runner.addresses[0][1]
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = f"http://127.0.0.1:{wire.port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{wire.port}/")
    try:
        yield wire
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
        if wire.socket is not None:
            await wire.socket.close()
        await runner.cleanup()


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Not web.json_response: with a charset in the content type discord.py sees no JSON.
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


def _user(id_: int, name: str, *, bot: bool = False) -> Payload:
    return {"id": str(id_), "username": name, "discriminator": "0", "avatar": None, "bot": bot}


def _member() -> Payload:
    return {
        "nick": "Mira M.",
        "roles": [],
        "joined_at": START.isoformat(),
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def _message(id_: int, thread: int, words: str) -> Payload:
    return {
        "id": str(id_),
        "channel_id": str(thread),
        "author": _user(MIRA, "mira"),
        "content": words,
        "timestamp": discord.utils.snowflake_time(id_).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }


def _thread(id_: int, title: str) -> Payload:
    return {
        "id": str(id_),
        "guild_id": str(SERVER),
        "parent_id": str(FORUM),
        "owner_id": str(MIRA),
        "type": 11,
        "name": title,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": START.isoformat(),
            "locked": False,
        },
    }


def _forum(*overwrites: Payload) -> Payload:
    return {
        "id": str(FORUM),
        "guild_id": str(SERVER),
        "type": 15,
        "name": "ideas",
        "position": 0,
        "permission_overwrites": list(overwrites),
        "available_tags": [],
    }


def _server(threads: list[Payload], permissions: str) -> Payload:
    everyone = {
        "id": str(SERVER),
        "name": "@everyone",
        "permissions": permissions,
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
    }
    return {
        "id": str(SERVER),
        "name": "Tea house",
        "owner_id": "9",
        "roles": [everyone],
        "channels": [_forum()],
        "threads": threads,
        "members": [{**_member(), "nick": None, "user": _user(MOOT, "Moot", bot=True)}],
        "member_count": 2,
        "emojis": [],
        "stickers": [],
        "features": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "system_channel_flags": 0,
        "large": False,
        "unavailable": False,
    }


def _application(flags: int) -> Payload:
    return {
        "id": str(MOOT),
        "name": "Moot",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": flags,
        "owner": _user(9, "host"),
        "team": None,
    }
