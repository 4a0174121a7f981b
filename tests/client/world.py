"""A Discord server in memory with the real bot in it, and what people do there.

    async def test_a_post_is_kept(world: World) -> None:
        mira = world.person("mira")
        thread = await world.post(mira, world.forum("ideas"), "Tea", "Tea is better.")
        assert await world.kept(thread) == ["mira: Tea is better."]

A file of such tests says `pytestmark = pytest.mark.anyio` at its top.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import discord
from simcord import Env
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle
from simcord.enums import ChannelType
from simcord.results import InteractionResult, ResponseMessage

from bot.archive import Archive, KeptTopic
from bot.client import MootBot, create_bot
from bot.core.model import Message
from tests.client.simcord_shims import hide_unseen_channels


@dataclass
class World:
    """The server, the bot and the verbs. `env` and `guild` are simcord's, for what is rarer."""

    bot: MootBot
    env: Env = field(init=False)
    guild: GuildHandle = field(init=False)
    forgiven: list[BaseException] = field(default_factory=list)

    def open(self, env: Env) -> None:
        """The bot runs; there is a server."""
        self.env = env
        self.guild = env.create_guild("Tea house")

    def forgive(self) -> list[BaseException]:
        """The bot's errors so far, which are then no reason to fail the test."""
        self.forgiven += self.env.errors
        return self.forgiven

    def person(self, name: str, *roles: RoleHandle, nick: str | None = None) -> MemberActor:
        """A member of the server."""
        return self.guild.add_member(self.env.create_user(name), roles=roles, nick=nick)

    def forum(self, name: str = "ideas", *, chosen: bool = True) -> ChannelHandle:
        """A forum; `chosen` ones are those whose topics the host wants kept."""
        return self.choose(self.guild.create_forum_channel(name), chosen=chosen)

    def channel(self, name: str = "general", *, chosen: bool = True, **more: Any) -> ChannelHandle:
        """A text channel."""
        return self.choose(self.guild.create_text_channel(name, **more), chosen=chosen)

    async def post(
        self, person: MemberActor, forum: ChannelHandle, title: str, words: str
    ) -> ChannelHandle:
        """Opens a forum post: the thread, whose id its first message shares."""
        backend = self.env.backend
        with self.env.time_context():
            thread = backend.create_thread(forum.id, title, person.id, broadcast=False)
            backend.announce_thread_create(thread)
            message = backend.prepare_message(thread.id, person.id, words)
            message.id = thread.id
            backend.commit_message(message)
        await self.env.settle()
        return ChannelHandle(self.env, self.guild, thread)

    async def thread(
        self, person: MemberActor, channel: ChannelHandle, name: str, *, private: bool = False
    ) -> ChannelHandle:
        """Opens a thread in a text channel; a private one has this one member."""
        kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
        opened = self.env.backend.create_thread(channel.id, name, person.id, type=kind)
        await self.env.settle()
        return ChannelHandle(self.env, self.guild, opened)

    async def change(self, thread: ChannelHandle, **metadata: Any) -> None:
        """Renames, archives or locks a thread: `name=`, `archived=`, `locked=`."""
        name = {"name": metadata.pop("name")} if "name" in metadata else {}
        self.env.backend.edit_channel(thread.id, name, thread_metadata=metadata)
        await self.env.settle()

    async def remove(self, thread: ChannelHandle) -> None:
        """Deletes a thread or a channel."""
        self.env.backend.delete_channel(thread.id)
        await self.env.settle()

    async def permit(
        self,
        channel: ChannelHandle,
        whom: RoleHandle | MemberActor | discord.ClientUser,
        **flags: bool | None,
    ) -> None:
        """Sets an overwrite of the channel: `view_channel=False`, ..."""
        allow, deny = discord.PermissionOverwrite(**flags).pair()
        kind = 0 if isinstance(whom, RoleHandle) else 1
        overwrite = Overwrite(target_id=whom.id, type=kind, allow=allow.value, deny=deny.value)
        self.env.backend.set_overwrite(channel.id, overwrite)
        await self.env.settle()

    async def member(self, person: MemberActor) -> discord.Member:
        """The person as the bot is told of them now."""
        return await self._server.fetch_member(person.id)

    def seen(self, channel: ChannelHandle) -> Any:
        """A channel or thread as the bot has it."""
        return self._server.get_channel_or_thread(channel.id)

    def seen_elsewhere(self, guild: GuildHandle, channel: ChannelHandle) -> Any:
        """A channel or thread of another server as the bot has it."""
        other = self.bot.get_guild(guild.id)
        assert other is not None
        return other.get_channel_or_thread(channel.id)

    @asynccontextmanager
    async def absence(self) -> AsyncIterator[None]:
        """The bot is down for the length of the block; then a new one starts on the same file."""
        self.env.backend.subscribers.clear()
        await self.bot.close()
        yield
        self.bot = create_bot(self.bot.config)
        await self.env.restart_bot(self.bot)
        hide_unseen_channels(self.env)

    async def say_chosen(self) -> None:
        """What `/moot setup` does when channels were chosen: the bot reads what is there."""
        with self.env._bot_scope():
            self.bot.dispatch("channels_chosen")
        await self.env.settle()

    async def topic(self, thread: ChannelHandle) -> KeptTopic | None:
        """What the archive has of a thread, if anything."""
        found = [
            each
            for each in await self.bot.partner.topics()
            if (each.topic.source, each.topic.source_id) == ("discord", str(thread.id))
        ]
        return found[0] if found else None

    async def messages(self, thread: ChannelHandle) -> list[Message]:
        """The messages of a thread that are kept."""
        topic = await self.topic(thread)
        return await self.bot.partner.messages(topic.id) if topic else []

    async def kept(self, thread: ChannelHandle) -> list[str]:
        """Who said what, as kept: `mira: Tea is better.`"""
        return [f"{each.author.name}: {each.content}" for each in await self.messages(thread)]

    @property
    def _server(self) -> discord.Guild:
        server = self.bot.get_guild(self.guild.id)
        assert server is not None
        return server

    def choose(self, channel: ChannelHandle, *, chosen: bool = True) -> ChannelHandle:
        """Has the topics of a channel kept, or no longer."""
        server = str(self.guild.id)
        with Archive.open(self.bot.config.database.path) as archive:
            before = archive.settings(server)
            one = {str(channel.id)}
            channels = before.channels | one if chosen else before.channels - one
            archive.keep_settings(server, replace(before, channels=channels))
        return channel


def shown(answer: InteractionResult | ResponseMessage | discord.Message | None) -> str:
    """All text that a person sees in an answer: its content and its text displays, line by line."""
    if isinstance(answer, InteractionResult):
        return "\n".join(filter(None, map(shown, [answer.response, *answer.followups])))
    if answer is None:
        return ""
    parts = answer.components
    plain = [part if isinstance(part, dict) else part.to_dict() for part in parts]
    return "\n".join(filter(None, [answer.content, *_texts(plain)]))


def _texts(components: Sequence[Any]) -> list[str]:
    """The contents of text displays, and the labels of buttons in brackets, from top to bottom."""
    found: list[str] = []
    for part in components:
        if "content" in part:
            found.append(part["content"])
        if part.get("label"):
            found.append(f"[{part['label']}]")
        found += _texts(part.get("components", []))
        if part.get("accessory"):
            found += _texts([part["accessory"]])
    return found
