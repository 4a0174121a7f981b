"""Topics are kept as they grow: what people do in chosen channels, and what is kept of it."""

import pytest
from simcord.backend.models import MessageSticker
from simcord.builders import ChannelHandle

from bot.archive import Archive
from tests.client.world import World

pytestmark = pytest.mark.anyio


async def test_a_post_is_kept_from_its_first_message(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun", nick="June")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    first = thread.history()[0]
    await jun.send(thread, "It is not.", reply_to=first)
    topic = await world.topic(thread)
    assert topic is not None
    assert topic.topic.title == "Tea"
    assert topic.topic.url == f"https://discord.com/channels/{world.guild.id}/{thread.id}"
    opened, answer = await world.messages(thread)
    assert (opened.author.name, opened.content) == ("mira", "Tea is better.")
    assert opened.source_id == str(thread.id)
    assert (answer.author.name, answer.author.source_id) == ("June", str(jun.id))
    assert answer.reply_to == opened.source_id
    assert answer.url == f"{topic.topic.url}/{answer.source_id}"


async def test_what_is_said_elsewhere_is_not_kept(world: World) -> None:
    mira = world.person("mira")
    aside = await world.post(mira, world.forum("chatter", chosen=False), "Tea", "Tea is better.")
    general = world.channel()
    await mira.send(general, "Not in a thread.")
    assert await world.topic(aside) is None
    assert await world.bot.partner.topics() == []


async def test_a_thread_begins_with_the_message_that_it_was_opened_from(world: World) -> None:
    mira, jun, general = world.person("mira"), world.person("jun"), world.channel()
    said = await mira.send(general, "Tea is better.")
    thread = await _thread_from(world, said.id, general, jun.id)
    await jun.send(thread, "It is not.")
    assert await world.kept(thread) == ["mira: Tea is better.", "jun: It is not."]
    await mira.edit(said, "Green tea is better.")
    assert (await world.kept(thread))[0] == "mira: Green tea is better."
    await world.change(thread, archived=True)
    await mira.delete(said)
    assert await world.kept(thread) == ["jun: It is not."]


async def test_edits_and_deletions_are_followed(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    said = await jun.send(thread, "It is nott.")
    await world.env.advance_time(60)
    await jun.edit(said, "It is not.")
    assert await world.kept(thread) == ["mira: Tea is better.", "jun: It is not."]
    await jun.delete(said)
    assert await world.kept(thread) == ["mira: Tea is better."]


async def test_many_are_deleted_at_once(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    spam = [(await mira.send(thread, f"Buy {n}!")).id for n in range(3)]
    world.env.backend.bulk_delete_messages(thread.id, spam)
    await world.env.settle()
    assert await world.kept(thread) == ["mira: Tea is better."]


async def test_a_message_deleted_in_the_moment_it_is_posted_does_not_stay(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    backend = world.env.backend
    opened = backend.create_thread(forum.id, "Tea", mira.id)
    said = backend.create_message(opened.id, mira.id, "Tea is better.")
    backend.delete_message(opened.id, said.id)
    await world.env.settle()
    assert await world.kept(ChannelHandle(world.env, world.guild, opened)) == []


async def test_a_thread_is_renamed_closed_and_opened_again(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")

    async def now() -> tuple[str, bool]:
        topic = await world.topic(thread)
        assert topic is not None
        return topic.topic.title, topic.topic.closed

    await world.change(thread, name="Tea or coffee")
    assert await now() == ("Tea or coffee", False)
    await world.change(thread, archived=True)
    assert await now() == ("Tea or coffee", True)
    await world.change(thread, name="Tea, coffee")
    assert await now() == ("Tea, coffee", True)
    await world.change(thread, archived=False)
    assert await now() == ("Tea, coffee", False)
    await world.change(thread, locked=True)
    assert await now() == ("Tea, coffee", True)


async def test_a_deleted_thread_leaves_nothing(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    other = await world.post(mira, forum, "Rain", "It rains.")
    await world.remove(thread)
    assert await world.topic(thread) is None
    await world.remove(forum)
    assert await world.topic(other) is None


async def test_files_and_stickers_stand_by_their_names(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    await mira.send(thread, "Look:", attachments=[("cup.png", b"")])
    backend = world.env.backend
    sticker = MessageSticker(id=7, name="Teapot", format_type=1, guild_id=world.guild.id)
    backend.commit_message(backend.prepare_message(thread.id, mira.id, stickers=[sticker]))
    await world.env.settle()
    _, with_file, with_sticker = await world.messages(thread)
    assert with_file.attachments == ("cup.png",)
    assert with_sticker.attachments == ("Teapot.sticker",)


async def test_programs_are_marked_and_notices_left_out(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    feed = world.guild.create_webhook(thread, "news")
    await feed.send("Tea prices rise.", username="Tea News")
    backend = world.env.backend
    backend.set_pinned(thread.id, thread.id, True, actor_id=mira.id)
    backend.create_message(thread.id, backend.bot_user.id, "Topics here are kept.")
    await world.env.settle()
    messages = await world.messages(thread)
    assert [(each.author.name, each.author.bot) for each in messages] == [
        ("mira", False),
        ("Tea News", False),
    ]


async def test_a_private_thread_is_kept_once_moot_is_let_in(world: World) -> None:
    mira, general = world.person("mira"), world.channel()
    thread = await world.thread(mira, general, "Secret", private=True)
    await mira.send(thread, "Between us.")
    assert await world.topic(thread) is None
    world.env.backend.add_thread_member(thread.id, world.env.backend.bot_user.id)
    await world.env.settle()
    await mira.send(thread, "And Moot.")
    assert await world.kept(thread) == ["mira: Between us.", "mira: And Moot."]


async def test_what_was_kept_once_is_followed_after_its_channel_is_no_longer_chosen(
    world: World,
) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    world.choose(forum, chosen=False)
    first = thread.history()[0]
    await world.env.advance_time(60)
    await mira.send(thread, "This is not kept.")
    await mira.edit(first, "Milk is better.")
    assert await world.kept(thread) == ["mira: Milk is better."]
    await mira.delete(first)
    assert await world.kept(thread) == []


async def test_what_was_heard_is_written_before_the_bot_stops(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    for n in range(20):
        world.env.backend.create_message(thread.id, mira.id, str(n))
    async with world.absence():
        with Archive.open(world.bot.config.database.path, read_only=True) as archive:
            assert len(archive.messages(archive.topics()[0].id)) == 21


async def _thread_from(
    world: World, message_id: int, channel: ChannelHandle, owner: int
) -> ChannelHandle:
    opened = world.env.backend.create_thread(channel.id, "Tea", owner, message_id=message_id)
    await world.env.settle()
    return ChannelHandle(world.env, world.guild, opened)
