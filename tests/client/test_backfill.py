"""What happened while the bot was away is there when it is back."""

from datetime import timedelta

import pytest
from simcord.builders import ChannelHandle

from bot.core.model import Author, Message
from tests.client.world import World

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1).total_seconds()


async def test_what_was_said_meanwhile_is_kept_in_order_and_once(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    async with world.absence():
        _say(world, mira.id, thread, *map(str, range(250)))
    said = ["mira: Tea is better.", *(f"mira: {n}" for n in range(250))]
    assert await world.kept(thread) == said
    async with world.absence():
        _say(world, mira.id, thread, "last")
    assert await world.kept(thread) == [*said, "mira: last"]


async def test_threads_that_were_opened_and_archived_meanwhile_are_found(world: World) -> None:
    mira, forum, general = world.person("mira"), world.forum(), world.channel()
    async with world.absence():
        threads = [
            await world.post(mira, forum, f"Tea {n}", f"Tea {n} is better.") for n in range(5)
        ]
        threads.append(await world.thread(mira, general, "Rain"))
        _say(world, mira.id, threads[-1], "It rains.")
        for thread in threads:
            await world.env.advance_time(60)
            stamp = world.env.now().isoformat()
            await world.change(thread, archived=True, archive_timestamp=stamp)
    assert [await world.kept(each) for each in threads[:5]] == [
        [f"mira: Tea {n} is better."] for n in range(5)
    ]
    assert await world.kept(threads[5]) == ["mira: It rains."]
    topic = await world.topic(threads[0])
    assert topic is not None
    assert topic.topic.closed


async def test_of_private_threads_those_are_found_that_moot_was_added_to(world: World) -> None:
    mira, general = world.person("mira"), world.channel()
    async with world.absence():
        still_open = await world.thread(mira, general, "Open", private=True)
        world.env.backend.add_thread_member(still_open.id, world.env.backend.bot_user.id)
        _say(world, mira.id, still_open, "Between us.")
        shared = await world.thread(mira, general, "Shared", private=True)
        closed = await world.thread(mira, general, "Closed", private=True)
        world.env.backend.add_thread_member(shared.id, world.env.backend.bot_user.id)
        for thread in (shared, closed):
            _say(world, mira.id, thread, "Between us.")
            await world.change(thread, archived=True)
    assert await world.kept(still_open) == ["mira: Between us."]
    assert await world.kept(shared) == ["mira: Between us."]
    assert await world.topic(closed) is None


async def test_edits_and_deletions_of_the_last_days_are_found(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    old = await jun.send(thread, "It is nott.")
    await world.env.advance_time(8 * DAY)
    await _start_again(world)
    edited = await jun.send(thread, "Coffe.")
    deleted = await mira.send(thread, "Never mind.")
    await mira.send(thread, "Hm.")
    async with world.absence():
        await world.env.advance_time(60)
        backend = world.env.backend
        backend.edit_message(thread.id, old.id, {"content": "It is not."})
        backend.edit_message(thread.id, edited.id, {"content": "Coffee."})
        backend.delete_message(thread.id, deleted.id)
    assert await world.kept(thread) == [
        "mira: Tea is better.",
        "jun: It is nott.",  # older than what is read again
        "jun: Coffee.",
        "mira: Hm.",
    ]


async def test_a_host_says_how_far_back_it_looks(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    old = await mira.send(thread, "It is nott.")
    await world.env.advance_time(8 * DAY)
    await _start_again(world)
    await mira.send(thread, "Hm.")
    config = world.bot.config
    longer = config.discord.model_copy(update={"reread_days": 30})
    world.bot.config = config.model_copy(update={"discord": longer})
    async with world.absence():
        await world.env.advance_time(60)
        world.env.backend.edit_message(thread.id, old.id, {"content": "It is not."})
    assert "mira: It is not." in await world.kept(thread)


async def test_an_absence_of_any_length_is_looked_behind(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    deleted = await mira.send(thread, "Never mind.")
    await _start_again(world)
    async with world.absence():
        world.env.backend.delete_message(thread.id, deleted.id)
        await world.env.advance_time(30 * DAY)
    assert await world.kept(thread) == ["mira: Tea is better."]


async def test_what_a_broken_off_reading_did_not_reach_is_read_whatever_came_since(
    world: World,
) -> None:
    mira, forum = world.person("mira"), world.forum()
    async with world.absence():
        thread = await world.post(mira, forum, "Tea", "Tea is better.")
        _say(world, mira.id, thread, "Still.")
        await world.env.advance_time(30 * DAY)
        world.env.inject_error("GET", f"/channels/{thread.id}/messages")
    await mira.send(thread, "Anybody here?")
    assert await world.kept(thread) == ["mira: Anybody here?"]
    await _start_again(world)
    said = ["mira: Tea is better.", "mira: Still.", "mira: Anybody here?"]
    assert await world.kept(thread) == said


async def test_what_moot_posted_for_a_person_stays_theirs(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    backend = world.env.backend
    posted = backend.create_message(thread.id, backend.bot_user.id, "Coffee is.")
    topic = await world.topic(thread)
    assert topic is not None
    theirs = Message(str(posted.id), Author(str(jun.id), "jun"), "Coffee is.", drafted=True)
    await world.bot.partner.record(topic.topic, [theirs])
    async with world.absence():
        await world.env.advance_time(60)
        backend.edit_message(thread.id, posted.id, {"content": "Coffee is better."})
    said = ["mira: Tea is better.", "jun: Coffee is better."]
    assert await world.kept(thread) == said
    await world.env.advance_time(60)
    backend.edit_message(thread.id, posted.id, {"content": "Coffee."})
    await world.env.settle()
    assert await world.kept(thread) == [said[0], "jun: Coffee."]


async def test_a_thread_deleted_meanwhile_is_deleted_and_a_hidden_one_is_not(world: World) -> None:
    mira, forum, cellar = world.person("mira"), world.forum(), world.forum("cellar")
    gone = await world.post(mira, forum, "Tea", "Tea is better.")
    hidden = await world.post(mira, cellar, "Rain", "It rains.")
    async with world.absence():
        await world.remove(gone)
        await world.permit(cellar, _self(world), view_channel=False)
    assert await world.topic(gone) is None
    assert await world.kept(hidden) == ["mira: It rains."]


async def test_a_history_that_may_not_be_read_is_not_taken_for_an_empty_one(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    async with world.absence():
        await world.permit(forum, _self(world), read_message_history=False)
    assert await world.kept(thread) == ["mira: Tea is better."]
    assert "lacks Read Message History" in caplog.text


async def test_a_channel_is_read_from_its_beginning_once_it_is_chosen(world: World) -> None:
    mira, forum = world.person("mira", nick="Mira M."), world.forum(chosen=False)
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    world.choose(forum)
    await world.say_chosen()
    assert await world.kept(thread) == ["Mira M.: Tea is better."]


async def test_a_quiet_thread_is_not_read_again(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    await world.env.advance_time(8 * DAY)
    await _start_again(world)
    before = len(world.env.http_requests)
    await _start_again(world)
    asked = [each.path for each in world.env.http_requests[before:]]
    assert f"/channels/{thread.id}/messages" not in asked
    assert await world.kept(thread) == ["mira: Tea is better."]


async def test_one_thread_that_fails_holds_up_no_other(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    first = await world.post(mira, forum, "Tea", "Tea is better.")
    second = await world.post(mira, forum, "Rain", "It rains.")
    async with world.absence():
        _say(world, mira.id, first, "Still.")
        _say(world, mira.id, second, "Still.")
        world.env.inject_error("GET", f"/channels/{first.id}/messages")
    assert await world.kept(first) == ["mira: Tea is better."]
    assert await world.kept(second) == ["mira: It rains.", "mira: Still."]


async def test_reading_again_changes_nothing_where_nothing_happened(world: World) -> None:
    mira = world.person("mira", nick="Mira M.")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    before = await world.topic(thread)
    await _start_again(world)
    assert await world.topic(thread) == before


async def _start_again(world: World) -> None:
    async with world.absence():
        pass


def _say(world: World, who: int, thread: ChannelHandle, *words: str) -> None:
    for each in words:
        world.env.backend.create_message(thread.id, who, each)


def _self(world: World) -> object:
    return world.env.backend.bot_user
