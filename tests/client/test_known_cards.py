"""A card is known before it is shown: no kill, restart or locked database leaves one behind."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.client.tea import Tea, tea
from tests.client.test_killed import kill, pending, start
from tests.client.test_renewal import RENEWED, share
from tests.client.test_withdrawn import RENT, rent, says_nothing_more
from tests.client.world import World, shown
from tests.held import held_from

pytestmark = pytest.mark.anyio


async def take_back(scene: Tea) -> None:
    await scene.people["ines"].delete(rent(scene))


async def test_a_shared_card_though_the_database_was_locked(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    async with held_from(world.bot):
        await scene.late.click(card.response, label="Share here")
        assert RENT in shown(lobby.last_message)
    await asyncio.sleep(1)
    await world.env.settle()
    assert pending(world) == b""

    await take_back(scene)

    assert "read 4 of 4 messages" in shown(lobby.last_message)
    assert RENT not in shown(lobby.last_message)


async def test_and_though_what_it_shows_was_deleted_meanwhile(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    async with held_from(world.bot):
        await scene.late.click(card.response, label="Share here")
        world.env.backend.delete_message(scene.thread.id, rent(scene).id)
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)
    await world.env.settle()
    assert RENT not in shown(lobby.last_message)


async def test_a_shared_card_though_moot_was_killed_as_it_was_posted(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    await scene.people["dov"].send(lobby, "Look at this.")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    async with held_from(world.bot):
        await scene.late.click(card.response, label="Share here")
        await kill(world)
    assert RENT in shown(lobby.last_message)

    await start(world)

    assert pending(world) == b""
    assert "read 5 of 5 messages" in shown(lobby.last_message)
    assert shown(lobby.history()[0]) == "Look at this."
    await take_back(scene)
    assert shown(lobby.last_message) == RENEWED
    await world.env.advance_time(700)
    assert "read 4 of 4 messages" in shown(lobby.last_message)


async def test_a_shared_card_that_never_appeared_is_looked_for_once(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    posted = await share(scene, lobby)
    world.bot.journal.note("shared card", channel=lobby.id, after=posted.id, topic=scene.topic)
    async with world.absence():
        pass
    await world.env.settle()
    assert pending(world) == b""
    assert "shared by lena" in shown(posted)


async def test_one_that_discord_refuses_is_none(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    place = f"/channels/{lobby.id}/messages"
    world.env.inject_error("POST", place, status=403, code=50013)
    await scene.late.click(card.response, label="Share here")
    assert lobby.last_message is None
    assert pending(world) == b""


async def test_one_of_which_discord_does_not_say_whether_it_is_there(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    posted = await share(scene, lobby)
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    place = f"/channels/{lobby.id}/messages"
    world.env.inject_error("POST", place, status=502)
    await scene.late.click(card.response, label="Share here")
    await world.env.settle()
    assert lobby.last_message is not None
    assert lobby.last_message.id == posted.id
    assert pending(world) == b""


@pytest.mark.parametrize("command", ["summary", "suggest", "ask"])
async def test_what_one_person_sees_goes_after_a_restart_too(world: World, command: str) -> None:
    scene = await tea(world)
    more = {"question": "Who pays for the rent?"} if command == "ask" else {}
    card = await scene.late.slash(scene.thread, command, **more)
    assert "rent" in shown(card).lower()
    async with world.absence():
        pass
    await world.env.settle()

    await take_back(scene)

    assert says_nothing_more(card)


async def test_and_what_a_button_led_to(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    people = await scene.late.click(card.response, label="Who said what")
    assert "rent" in shown(people).lower()
    async with world.absence():
        world.env.backend.delete_message(scene.thread.id, rent(scene).id)
    await world.env.settle()
    assert says_nothing_more(card)
    assert says_nothing_more(people)


async def test_and_after_a_kill_as_it_was_shown(world: World) -> None:
    scene = await tea(world)
    async with held_from(world.bot):
        card = await scene.late.slash(scene.thread, "topic search", words="rent")
        assert RENT in shown(card)
        await kill(world)
    await start(world)
    assert says_nothing_more(card)
    assert pending(world) == b""


async def test_after_a_quarter_of_an_hour_discord_takes_no_edit_and_none_is_tried(
    world: World,
) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    async with world.absence():
        pass
    await world.env.settle()
    await world.env.advance_time(16 * 60)
    before = len(world.env.http_requests)

    await take_back(scene)

    later = world.env.http_requests[before:]
    assert not [each for each in later if each.method == "PATCH"]


async def test_the_key_to_an_answer_is_kept_no_longer_than_it_works(world: World) -> None:
    scene = await tea(world)
    path = world.bot.config.database.path
    await scene.late.slash(scene.thread, "summary")
    assert tokens(path) == 1
    await world.env.advance_time(16 * 60)
    await scene.late.slash(scene.thread, "topic show")
    assert tokens(path) == 1


def tokens(path: object) -> int:
    with closing(sqlite3.connect(str(path))) as db:
        (count,) = db.execute("SELECT count(*) FROM cards WHERE token IS NOT NULL").fetchone()
        return int(count)
