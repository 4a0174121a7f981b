"""The title that somebody gave a thread is theirs: it goes with them, however they opened it."""

from collections.abc import Awaitable, Callable

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.archive.files import bytes_of
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
CANARY = "zzyzxian"
TITLE = f"My {CANARY} divorce"
WORDS = "I think that I will need some days off for it."


async def forum_post(world: World, quux: MemberActor) -> ChannelHandle:
    return await world.post(quux, world.forum(), TITLE, WORDS)


async def thread_without_a_message(world: World, quux: MemberActor) -> ChannelHandle:
    thread = await world.thread(quux, world.channel("talk"), TITLE)
    await quux.send(thread, WORDS)
    return thread


async def thread_that_they_only_opened(world: World, quux: MemberActor) -> ChannelHandle:
    return await world.thread(quux, world.channel("talk"), TITLE)


async def from_anothers_message(world: World, quux: MemberActor) -> ChannelHandle:
    mira, channel = world.person("mira"), world.channel("talk")
    message = await mira.send(channel, "I think that I need a few days off.")
    return await opened_from(world, channel, message.id, quux)


async def anothers_from_their_message(world: World, quux: MemberActor) -> ChannelHandle:
    """Discord proposes the first words of the message as the title."""
    mira, channel = world.person("mira"), world.channel("talk")
    message = await quux.send(channel, f"{TITLE} is through.")
    return await opened_from(world, channel, message.id, mira)


async def topic_post(world: World, quux: MemberActor) -> ChannelHandle:
    channel = world.channel("talk")
    return await posted(world, quux, channel)


async def topic_post_whose_message_they_took_back(world: World, quux: MemberActor) -> ChannelHandle:
    thread = await topic_post(world, quux)
    await quux.click(thread.history()[0], label="Remove")
    assert thread.history() == []
    return thread


async def topic_post_in_a_forum(world: World, quux: MemberActor) -> ChannelHandle:
    return await posted(world, quux, world.forum())


async def opened_from(
    world: World, channel: ChannelHandle, message: int, who: MemberActor
) -> ChannelHandle:
    thread = world.env.backend.create_thread(channel.id, TITLE, who.id, message_id=message)
    await world.env.settle()
    return ChannelHandle(world.env, world.guild, thread)


async def posted(world: World, quux: MemberActor, where: ChannelHandle) -> ChannelHandle:
    await quux.slash(where, "topic post", where=where, title=TITLE, text=WORDS)
    await world.env.settle()
    threads = [each for each in world.env.backend.channels.values() if each.parent_id == where.id]
    return ChannelHandle(world.env, world.guild, threads[-1])


Open = Callable[[World, MemberActor], Awaitable[ChannelHandle]]
HOW: list[Open] = [
    forum_post,
    thread_without_a_message,
    thread_that_they_only_opened,
    from_anothers_message,
    anothers_from_their_message,
    topic_post,
    topic_post_whose_message_they_took_back,
    topic_post_in_a_forum,
]
however = pytest.mark.parametrize("open_", HOW, ids=lambda each: each.__name__)
gone = pytest.mark.parametrize("way", ["opt_out", "erase"])


async def titles(world: World, lobby: ChannelHandle, asker: MemberActor) -> str:
    """The titles that somebody is shown; empty where no byte of the old one is kept."""
    listed = shown(await asker.slash(lobby, "topic list"))
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)
    return listed


@gone
@however
async def test_it_goes_with_who_opened_the_thread(world: World, open_: Open, way: str) -> None:
    quux, dov = world.person("quux"), world.person("dov")
    thread, lobby = await open_(world, quux), world.channel("lobby")
    await dov.send(thread, "I think that you should take all the time that you need.")
    assert CANARY in shown(await dov.slash(lobby, "topic list"))

    await getattr(world.bot.partner, way)("discord", str(quux.id))

    assert "(untitled)" in await titles(world, lobby, dov)


@gone
@however
async def test_and_nothing_that_happens_later_brings_it_back(
    world: World, open_: Open, way: str
) -> None:
    quux, dov = world.person("quux"), world.person("dov")
    thread, lobby = await open_(world, quux), world.channel("lobby")
    await dov.send(thread, "I think that you should take all the time that you need.")
    await getattr(world.bot.partner, way)("discord", str(quux.id))

    await dov.send(thread, "Or half of it.")
    await world.change(thread, archived=True)
    await world.change(thread, archived=False)
    async with world.absence():
        pass
    await world.env.settle()
    await dov.send(thread, "Or none.")

    assert "(untitled)" in await titles(world, lobby, dov)
    assert "dov: Or none." in await world.kept(thread)


@however
async def test_who_opted_out_before_has_none_kept(world: World, open_: Open) -> None:
    quux, dov, lobby = world.person("quux"), world.person("dov"), world.channel("lobby")
    await world.bot.partner.opt_out("discord", str(quux.id))

    thread = await open_(world, quux)
    await dov.send(thread, "I think that you should take all the time that you need.")

    assert "(untitled)" in await titles(world, lobby, dov)


async def test_opting_in_brings_none_back_but_has_the_next_one_kept(world: World) -> None:
    quux, lobby = world.person("quux"), world.channel("lobby")
    thread = await forum_post(world, quux)
    await world.person("dov").send(thread, "Take them.")
    await world.bot.partner.opt_out("discord", str(quux.id))
    await world.bot.partner.opt_in("discord", str(quux.id))

    await world.post(quux, world.forum("more"), "Green tea", "Green tea is better.")

    listed = await titles(world, lobby, quux)
    assert "(untitled)" in listed
    assert "Green tea" in listed


async def test_titles_that_others_gave_stay(world: World) -> None:
    quux, dov, lobby = world.person("quux"), world.person("dov"), world.channel("lobby")
    thread = await world.thread(dov, world.channel("talk"), "The pots")
    await dov.send(thread, "Are they too dear?")
    await quux.send(thread, WORDS)
    post = await world.post(dov, world.forum(), "The cups", "Are they too small?")
    await quux.send(post, WORDS)
    await world.bot.partner.opt_out("discord", str(quux.id))

    await quux.send(thread, WORDS)

    listed = await titles(world, lobby, dov)
    assert "The pots" in listed
    assert "The cups" in listed


@gone
async def test_while_moot_was_away_they_opened_another(world: World, way: str) -> None:
    quux, dov, lobby = world.person("quux"), world.person("dov"), world.channel("lobby")
    channel = world.channel("talk")
    async with world.absence():
        opened = world.env.backend.create_thread(channel.id, TITLE, quux.id)
        world.env.backend.create_message(opened.id, dov.id, "What is this?")
    await world.env.settle()
    assert CANARY in shown(await dov.slash(lobby, "topic list"))

    await getattr(world.bot.partner, way)("discord", str(quux.id))

    assert "(untitled)" in await titles(world, lobby, dov)


async def test_a_title_that_was_changed_leaves_the_files(world: World) -> None:
    mira, lobby = world.person("mira"), world.channel("lobby")
    thread = await world.post(mira, world.forum(), f"The {CANARY} pots", "They are too dear.")
    assert CANARY.encode() in bytes_of(world.bot.config.database.path)

    await world.change(thread, name="The pots")

    assert "The pots" in await titles(world, lobby, mira)


async def test_and_the_shared_card_under_it_is_renewed(world: World) -> None:
    mira, dov, lobby = world.person("mira"), world.person("dov"), world.channel("lobby")
    thread = await world.post(mira, world.forum(), f"The {CANARY} pots", "I think they are dear.")
    kept = await world.topic(thread)
    assert kept is not None
    card = await dov.slash(lobby, "summary", topic=str(kept.id))
    await dov.click(card.response, label="Share here")
    assert CANARY in shown(lobby.last_message)

    await world.change(thread, name="The pots")

    now = shown(lobby.last_message)
    assert CANARY not in now
    assert "The pots" in now


async def test_a_name_that_was_changed_leaves_the_files(world: World) -> None:
    mira, path = world.person("mira", nick=CANARY), world.bot.config.database.path
    thread = await world.post(mira, world.forum(), "The pots", "I think that they are too dear.")
    assert CANARY.encode() in bytes_of(path)
    world.env.backend.get_guild(world.guild.id).members[mira.id].nick = "mira"

    await mira.send(thread, "I think so still.")

    said = ["mira: I think that they are too dear.", "mira: I think so still."]
    assert await world.kept(thread) == said
    assert CANARY.encode() not in bytes_of(path)


async def test_who_only_opened_a_thread_sees_so_in_their_data(world: World) -> None:
    quux = world.person("quux")
    await thread_that_they_only_opened(world, quux)
    kept = await world.bot.partner.export("discord", str(quux.id))
    assert [each["title"] for each in kept["topics"]] == [TITLE]
    await world.bot.partner.erase("discord", str(quux.id))
    assert (await world.bot.partner.export("discord", str(quux.id)))["topics"] == []
