"""A person opens a topic, finds one, looks into it and closes it."""

import pytest
from simcord.builders import ChannelHandle

from tests.client.tea import tea
from tests.client.test_suggest import found_ids
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_a_topic_is_opened_for_a_person_and_is_theirs(world: World) -> None:
    forum, mira = world.forum(), world.person("mira")

    answer = await mira.slash(
        forum, "topic post", where=forum, title="Green tea?", text="Should we sell *green* tea?"
    )

    assert "Opened: [Green tea?]" in shown(answer)
    topics = await world.bot.partner.topics()
    assert [each.topic.title for each in topics] == ["Green tea?"]
    (kept,) = await world.bot.partner.messages(topics[0].id)
    assert (kept.author.name, kept.content) == ("mira", "Should we sell *green* tea?")


async def test_in_a_text_channel_it_is_a_thread(world: World) -> None:
    channel, mira = world.channel(), world.person("mira")

    answer = await mira.slash(
        channel, "topic post", where=channel, title="Green tea?", text="Should we?"
    )

    assert "Opened: [Green tea?]" in shown(answer)
    assert len(await world.bot.partner.topics()) == 1


async def test_none_is_opened_where_topics_are_not_kept_or_the_person_may_not(
    world: World,
) -> None:
    loose, forum, mira = world.forum("loose", chosen=False), world.forum(), world.person("mira")
    await world.permit(forum, mira, send_messages=False)

    unkept = await mira.slash(loose, "topic post", where=loose, title="A", text="B")
    barred = await mira.slash(loose, "topic post", where=forum, title="A", text="B")

    assert "Topics there are not kept" in shown(unkept)
    assert "You may not open a topic there." in shown(barred)


async def test_lists_and_searches_hold_only_what_the_asker_may_read(world: World) -> None:
    await tea(world, title="The price")
    secret = await tea(world, world.forum("staff"), title="The wages")
    await world.permit(secret.forum, secret.late, view_channel=False)
    lobby = world.channel()

    listed = await secret.late.slash(lobby, "topic list")
    found = await secret.late.slash(lobby, "topic search", words="rent")

    assert "The price" in shown(listed)
    assert "5 messages · 4 people" in shown(listed)
    assert "The rent went up" in shown(found)
    assert shown(found).count("go to the message") == 1
    assert "wages" not in shown(listed) + shown(found)


async def test_odd_words_are_looked_for_as_they_are(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "topic search", words='"NEAR( * ||')

    assert "Nothing that you may read holds" in shown(answer)


async def test_a_topic_is_shown_with_its_latest_messages(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "topic show")

    assert "**dov** · " in shown(answer)
    assert "leave the house pot alone" in shown(answer)


async def test_however_long_the_messages_are_the_newest_is_shown(world: World) -> None:
    scene = await tea(world)
    for n in range(12):
        words = f"{n} " + "I think that the price of a *pot* of tea is much too high. " * 20
        await scene.people["dov"].send(scene.thread, words)
    await scene.people["ines"].send(scene.thread, "And so we closed.")

    answer = shown(await scene.late.slash(scene.thread, "topic show"))

    assert "And so we closed." in answer
    assert "\n11 I think" in answer
    assert answer.index("11 I think") < answer.index("And so we closed.")
    assert " of 18 messages" in answer
    assert "The rent" not in answer


async def test_a_list_that_does_not_fit_says_so(world: World) -> None:
    scene = await tea(world)
    for n in range(10):
        words = f"{n} " + "||I think|| that the price of a *pot* of tea is too high. " * 10
        await scene.people["dov"].send(scene.thread, words)

    found = shown(await scene.late.slash(scene.thread, "topic search", words="price"))

    assert "-# the first " in found
    assert " of 10" in found


async def test_who_posted_later_is_not_who_opened_it(world: World) -> None:
    forum, mira, dov = world.forum(), world.person("mira"), world.person("dov")
    await mira.slash(forum, "topic post", where=forum, title="Tea?", text="I think that we should.")
    (topic,) = await world.bot.partner.topics()
    opened = world.env.backend.channels[int(topic.topic.source_id)]
    thread = ChannelHandle(world.env, world.guild, opened)
    await world.env.advance_time(120)
    drafts = await dov.slash(thread, "suggest")
    ids = [each for each in found_ids(drafts.response.components) if "moot:edit:" in each]
    form = await dov.click(drafts.response, custom_id=ids[0])
    await dov.submit_modal(form, {"text": "I think that we should not."})
    opening, _ = await world.bot.partner.messages(topic.id)
    await world.bot.partner.delete(topic.id, [opening.source_id])

    refused = await dov.slash(thread, "topic close")

    assert "Only whoever opened a topic" in shown(refused)


async def test_only_its_opener_or_a_moderator_closes_a_topic(world: World) -> None:
    scene = await tea(world)

    refused = await scene.late.slash(scene.thread, "topic close")
    closed = await scene.people["mira"].slash(scene.thread, "topic close")

    assert "Only whoever opened a topic" in shown(refused)
    assert "Closed." in shown(closed)
    kept = await world.topic(scene.thread)
    assert kept is not None
    assert kept.topic.closed
