"""The real bot to try in a browser: a Discord server in memory, served on loopback.

For `moot demo --browser` alone. It may know simcord, an optional dependency of tests and demo; it
must not know what the bot answers: whoever sits at the browser asks that.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from bot.archive import GuildSettings
from bot.client.app import MootBot, create_bot
from bot.client.serving import was_stopped
from bot.config import Config
from bot.core.model import Author, Message, Thread

NEWCOMER = Author("newcomer", "Robin")
"""Who comes late to the discussion: the browser shows the server as they see it at first."""
HOST = Author("host", "Host")
LONGEST_ANSWER = 900.0
"""Seconds that a model may take for one answer; Discord's token for it lasts no longer."""
BEAT = 0.5
"""Seconds between two times that the server's clock is set; it stands still in between."""


@dataclass
class Playground:
    """A server with the bot, a host, and the people who have been named."""

    bot: MootBot
    env: simcord.Env
    guild: GuildHandle
    host: MemberActor
    forum: ChannelHandle
    people: dict[str, MemberActor] = field(default_factory=dict[str, MemberActor])
    messages: dict[str, int] = field(default_factory=dict[str, int])

    async def post(self, thread: Thread) -> ChannelHandle:
        """Posts it in the forum, each message by its author and at its distance in time."""
        opening, *rest = thread.messages
        opened = self.env.backend.create_thread(
            self.forum.id, thread.topic.title, self.person(opening.author).id, broadcast=False
        )
        self.env.backend.announce_thread_create(opened)
        self._say(opened.id, opening, opened.id)
        before = opening
        for message in rest:
            self._wait(before, message)
            self._say(opened.id, message)
            await self.env.settle()
            before = message
        return ChannelHandle(self.env, self.guild, opened)

    def person(self, author: Author) -> MemberActor:
        """The member who is that author; they join when they are first named."""
        if author.source_id not in self.people:
            user = self.env.create_user(author.name.casefold(), global_name=author.name)
            self.people[author.source_id] = self.guild.add_member(user)
        return self.people[author.source_id]

    def _say(self, channel: int, message: Message, id_: int | None = None) -> None:
        reply_to = self.messages.get(message.reply_to or "")
        reference = reply_to and {"channel_id": str(channel), "message_id": str(reply_to)}
        said = self.env.backend.prepare_message(
            channel, self.person(message.author).id, message.content, reference=reference or None
        )
        said.id = id_ or said.id
        self.env.backend.commit_message(said)
        self.messages[message.source_id] = said.id

    def _wait(self, before: Message, after: Message) -> None:
        if before.posted_at and after.posted_at and after.posted_at > before.posted_at:
            seconds = (after.posted_at - before.posted_at).total_seconds()
            self.env.backend.clock.advance(seconds)


async def play(
    config: Config, thread: Thread, say: Callable[[str], None], recorded: bool = False
) -> None:
    """Serves the thread in a browser until SIGINT, SIGTERM, or the page's own button to end it.

    `say` is told the address, which lets in whoever has it. `recorded` answers of a model are
    played where none is configured. Raises ConfigError and ArchiveError.
    """
    await was_stopped(_serve(config, thread, say, recorded))


async def _serve(
    config: Config, thread: Thread, say: Callable[[str], None], recorded: bool
) -> None:
    async with opened(config, recorded=recorded) as ground, begun(ground, thread) as preview:
        turn = _taken_in_turns(preview)
        say(preview.url)
        ending = asyncio.create_task(preview.wait_closed())
        while not ending.done():
            await asyncio.wait((ending,), timeout=BEAT)
            async with turn:
                await _catch_up(ground.env)


@asynccontextmanager
async def opened(config: Config, *, recorded: bool = False) -> AsyncGenerator[Playground]:
    """A server whose forum is kept, and nothing in it yet."""
    bot = create_bot(config, recorded=recorded)
    try:
        async with simcord.run(bot, check_errors=False, settle_timeout=LONGEST_ANSWER) as env:
            env.backend.edit_bot_profile("Moot")
            owner = env.create_user(HOST.name.casefold(), global_name=HOST.name)
            guild = env.create_guild("Makers", owner=owner)
            forum = guild.create_forum_channel("ideas")
            chosen = GuildSettings(channels=frozenset({str(forum.id)}))
            await bot.partner.keep_settings(str(guild.id), chosen)
            yield Playground(bot, env, guild, MemberActor(env, guild, owner), forum)
    finally:
        await bot.close()


@asynccontextmanager
async def begun(ground: Playground, thread: Thread) -> AsyncGenerator[simcord.Preview]:
    """The thread posted as if it had just come to its end, and the page that shows it."""
    times = [each.posted_at for each in thread.messages if each.posted_at]
    _set_clock(ground.env, datetime.now(UTC) - (max(times) - min(times)))
    newcomer = ground.person(NEWCOMER)
    post = await ground.post(thread)
    authors = [each for each in ground.people.values() if each is not newcomer]
    viewers = [newcomer, *authors, ground.host]
    async with ground.env.preview(post, viewers=viewers, layout="channel") as preview:
        yield preview


def _set_clock(env: simcord.Env, now: datetime) -> None:
    """simcord 3.2.1 begins in January 2026 and has no verb for another time."""
    clock = env.backend.clock
    clock._epoch = now - timedelta(seconds=clock.elapsed)  # pyright: ignore[reportPrivateUsage]


def _taken_in_turns(preview: simcord.Preview) -> asyncio.Lock:
    """What is done at the page waits for this lock.

    simcord 3.2.1 refuses two operations at once, and the page then gives up on the person's.
    """
    turn = asyncio.Lock()
    act = preview._action  # pyright: ignore[reportPrivateUsage]

    async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with turn:
            return await act(context_id, body)

    preview._action = act_in_turn  # pyright: ignore[reportPrivateUsage]
    return turn


async def _catch_up(env: simcord.Env) -> None:
    """Sets the server's clock to ours, so that what the bot waits for comes about."""
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    await env.advance_time(max(0.0, behind))
