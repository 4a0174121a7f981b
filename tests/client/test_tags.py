"""Forum tags: kept with a topic, shown in lists, and chosen for a new post."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from tests.client.simcord_shims import tag_demanded
from tests.client.test_setup import manager
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
NAMES = ("green", "black, strong", "news")
NO_EMOJI = {"emoji_id": None, "emoji_name": None}
REQUIRE_TAG = 1 << 4


@dataclass
class Tagged:
    """A forum with tags, of which the last is for moderators, and somebody who posts there."""

    forum: ChannelHandle
    mira: MemberActor


@pytest.fixture
def tagged(world: World) -> Tagged:
    forum = world.forum()
    tags = [
        {**NO_EMOJI, "id": str(n), "name": name, "moderated": name == "news"}
        for n, name in enumerate(NAMES, start=1)
    ]
    world.env.backend.edit_channel(forum.id, {"available_tags": tags})
    return Tagged(forum, world.person("mira"))


@pytest.fixture
async def demanding(world: World, tagged: Tagged) -> AsyncIterator[Tagged]:
    """The same forum, which demands a tag of each post."""
    await world.env.settle()
    world.seen(tagged.forum)._flags = REQUIRE_TAG
    with tag_demanded(tagged.forum.id):
        yield tagged


async def opened(tagged: Tagged, **more: str) -> InteractionResult:
    asked = {"title": "Which tea?", "text": "I think that green tea is better.", **more}
    return await tagged.mira.slash(tagged.forum, "topic post", where=tagged.forum, **asked)


async def tags_of(world: World) -> list[tuple[str, ...] | None]:
    return [each.topic.tags for each in await world.bot.partner.topics()]


async def test_tags_are_kept_and_shown_and_follow_their_thread(
    world: World, tagged: Tagged
) -> None:
    thread = await world.post(tagged.mira, tagged.forum, "Tea", "Tea is better.")
    world.env.backend.edit_channel(thread.id, {"applied_tags": [1, 2]})
    await world.env.settle()
    assert await tags_of(world) == [("green", "black, strong")]
    listed = shown(await tagged.mira.slash(tagged.forum, "topic list"))
    assert "green, black, strong" in listed

    world.env.backend.edit_channel(thread.id, {"applied_tags": []})
    await world.env.settle()
    assert await tags_of(world) == [()]


async def test_a_tag_that_was_renamed_is_found_again(world: World, tagged: Tagged) -> None:
    await opened(tagged, tags="green")
    tags = [{**NO_EMOJI, "id": "1", "name": "sencha", "moderated": False}]

    world.env.backend.edit_channel(tagged.forum.id, {"available_tags": tags})
    await world.env.settle()

    assert await tags_of(world) == [("sencha",)]


async def test_in_a_text_channel_there_are_none(world: World) -> None:
    mira, channel = world.person("mira"), world.channel()
    await mira.send(await world.thread(mira, channel, "Tea"), "I think that tea is better.")
    assert await tags_of(world) == [None]


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("green", ("green",)),
        (" GREEN , ", ("green",)),
        ("black, strong", ("black, strong",)),
        ("black, strong, green, green", ("green", "black, strong")),
        ("", ()),
    ],
)
async def test_a_post_gets_the_tags_that_are_named(
    world: World, tagged: Tagged, typed: str, tags: tuple[str, ...]
) -> None:
    told = await opened(tagged, tags=typed) if typed else await opened(tagged)

    assert "Opened:" in shown(told)
    assert await tags_of(world) == [tags]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("blue", "There is no tag “blue” for you there; you may choose of green, black, strong."),
        ("news", "There is no tag “news” for you there"),
        ("green blue", "There is no tag “green blue” for you there"),
    ],
)
async def test_a_tag_that_is_not_there_is_refused_and_the_words_come_back(
    world: World, tagged: Tagged, typed: str, told: str
) -> None:
    answer = shown(await opened(tagged, tags=typed))

    assert told in answer
    assert "I think that green tea is better." in answer
    assert await tags_of(world) == []


async def test_a_moderator_may_choose_a_moderated_tag(world: World, tagged: Tagged) -> None:
    mods = world.guild.create_role("mods", permissions=discord.Permissions(manage_threads=True))
    ole = world.person("ole", mods)
    await opened(Tagged(tagged.forum, ole), tags="news")
    assert await tags_of(world) == [("news",)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["green", "black, strong"]),
        ("re", ["green"]),
        ("green, ", ["green, black, strong"]),
        ("green, bl", ["green, black, strong"]),
        ("news", []),
    ],
)
async def test_tags_are_offered_as_somebody_types(
    world: World, tagged: Tagged, typed: str, offered: list[str]
) -> None:
    choices = await tagged.mira.autocomplete(
        tagged.forum, "topic post", "tags", typed, where=tagged.forum
    )
    assert [each["value"] for each in choices] == offered


async def test_without_a_forum_none_are_offered(world: World) -> None:
    mira, channel = world.person("mira"), world.channel()
    assert await mira.autocomplete(channel, "topic post", "tags", "g", where=channel) == []
    told = await mira.slash(
        channel, "topic post", where=channel, title="Tea", text="Which?", tags="green"
    )
    assert "Only posts in forums have tags" in shown(told)


async def test_a_forum_that_demands_a_tag_gets_one(world: World, demanding: Tagged) -> None:
    told = await opened(demanding, tags="green")

    assert "Opened:" in shown(told)
    assert await tags_of(world) == [("green",)]


async def test_where_none_was_named_a_form_asks_for_it(world: World, demanding: Tagged) -> None:
    form = await opened(demanding)
    assert form.modal is not None
    fields = components(form)
    assert fields["title"]["value"] == "Which tea?"
    assert fields["text"]["value"] == "I think that green tea is better."
    assert [each["label"] for each in fields["tags"]["options"]] == ["green", "black, strong"]
    assert fields["tags"]["min_values"] == 1
    async with world.absence():
        pass

    words = {"title": "Which tea?", "text": "Green *is* better.", "tags": ["2"]}
    told = await demanding.mira.submit_modal(form, words)

    assert "Opened: [Which tea?]" in shown(told)
    assert await tags_of(world) == [("black, strong",)]
    (topic,) = await world.bot.partner.topics()
    (kept,) = await world.bot.partner.messages(topic.id)
    assert (kept.author.name, kept.content) == ("mira", "Green *is* better.")


async def test_without_words_a_form_opens(world: World, tagged: Tagged) -> None:
    form = await tagged.mira.slash(tagged.forum, "topic post", where=tagged.forum)
    words = {"title": "Which tea?", "text": "Green.", "tags": []}

    told = await tagged.mira.submit_modal(form, words)

    assert "Opened: [Which tea?]" in shown(told)
    assert await tags_of(world) == [()]


async def test_no_form_opens_where_nothing_may_be_posted(world: World, tagged: Tagged) -> None:
    loose = world.forum("loose", chosen=False)
    answer = await tagged.mira.slash(loose, "topic post", where=loose)
    assert answer.modal is None
    assert "Topics there are not kept" in shown(answer)


async def test_who_may_not_post_by_then_gets_their_words_back(world: World, tagged: Tagged) -> None:
    form = await tagged.mira.slash(tagged.forum, "topic post", where=tagged.forum)
    await world.permit(tagged.forum, tagged.mira, send_messages=False)

    told = await tagged.mira.submit_modal(form, {"title": "Tea", "text": "My careful words."})

    assert "You may not open a topic there." in shown(told)
    assert "My careful words." in shown(told)


async def test_discord_is_believed_where_moot_has_not_heard_that_a_tag_is_needed(
    world: World, demanding: Tagged
) -> None:
    world.seen(demanding.forum)._flags = 0

    told = shown(await opened(demanding))

    assert "A post there needs a tag: ask again, and choose one." in told
    assert "I think that green tea is better." in told


async def test_a_forum_that_demands_a_tag_is_told_that_its_topics_are_kept(
    world: World, demanding: Tagged
) -> None:
    host, lobby = manager(world), world.channel("lobby")
    world.choose(demanding.forum, chosen=False)
    menus = await host.slash(lobby, "moot setup")

    told = await host.select(menus.response, [demanding.forum], custom_id="moot:channels")

    assert "was not told" not in shown(told)
    (thread,) = world.seen(demanding.forum).threads
    assert [tag.name for tag in thread.applied_tags] == ["green"]


def components(form: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form, by their ids."""
    assert form.modal is not None
    fields = [each["component"] for each in form.modal["components"]]
    return {each["custom_id"]: each for each in fields}
