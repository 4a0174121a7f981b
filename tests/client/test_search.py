"""A person searches: every message that they may read, and no trace of any other."""

import pytest

from bot.archive import Archive, GuildSettings
from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
RENT = "The rent went up by a third"


async def test_what_another_server_says_does_not_hide_what_this_one_said(world: World) -> None:
    scene = await tea(world)
    other = world.env.create_guild("Elsewhere")
    ole = other.add_member(world.env.create_user("ole"))
    forum = other.create_forum_channel("ideas")
    with Archive.open(world.bot.config.database.path) as archive:
        archive.keep_settings(str(other.id), GuildSettings(channels=frozenset({str(forum.id)})))
    thread = await world.post(ole, forum, "Rent", "rent")
    for n in range(100):
        world.env.backend.create_message(thread.id, ole.id, f"rent {n}")
    await world.env.settle(timeout=60)

    found = shown(await scene.late.slash(scene.thread, "topic search", words="rent"))

    assert RENT in found
    assert found.count("go to the message") == 1


async def test_search_tells_nothing_of_what_private_threads_say(world: World) -> None:
    scene = await tea(world)
    question = "Will there be any layoffs at the tea house this year or the next one?"
    await scene.late.send(scene.thread, question)
    before = shown(await scene.late.slash(scene.thread, "topic search", words="layoffs"))
    boss, channel = world.person("boss"), world.channel("board")
    secret = await world.thread(boss, channel, "Board", private=True)
    world.env.backend.add_thread_member(secret.id, world.env.backend.bot_user.id)
    await world.env.settle()
    for n in range(101):
        world.env.backend.create_message(secret.id, boss.id, f"layoffs {n}")
    await world.env.settle(timeout=60)
    assert len(await world.kept(secret)) == 101

    after = shown(await scene.late.slash(scene.thread, "topic search", words="layoffs"))

    assert "Will there be any" in after
    assert after == before


async def test_hidden_words_are_not_told(world: World) -> None:
    scene = await tea(world)
    await scene.people["dov"].send(scene.thread, "In the end of the book ||the butler|| did it.")

    by_word = shown(await scene.late.slash(scene.thread, "topic search", words="butler"))
    beside = shown(await scene.late.slash(scene.thread, "topic search", words="book"))

    assert "Nothing that you may read holds" in by_word
    assert "did it" in beside
    assert "butler" not in beside


async def test_a_word_of_two_letters_is_found_in_japanese(world: World) -> None:
    scene = await tea(world)
    await scene.people["dov"].send(scene.thread, "夜の延長は当番が埋まらないので反対です。")

    found = shown(await scene.late.slash(scene.thread, "topic search", words="延長 当番"))

    assert "夜の延長は当番が" in found
