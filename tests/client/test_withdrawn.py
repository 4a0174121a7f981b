"""Somebody takes back words that a card shows: the card takes them back as well."""

import discord
import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot.archive import Archive
from tests.client.tea import Tea, tea
from tests.client.test_suggest import press
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio

WITHDRAWN = "*Withdrawn: a message that this card quoted was changed or deleted."
RENT = "The rent went up by a third"
ENOUGH = 60.0
"""Seconds for a hundred deletions, each of which rewrites the file, on a machine that is busy."""


async def share(scene: Tea, place=None):
    """The late one shares the card, in the thread or elsewhere; the message that others see."""
    where = place or scene.thread
    card = await scene.late.slash(where, "summary", topic=str(scene.topic))
    await scene.late.click(card.response, label="Share here")
    posted = where.last_message
    assert posted is not None
    assert RENT in shown(posted)
    return posted


def says_nothing_more(message: discord.Message | ResponseMessage | InteractionResult) -> bool:
    """Whether no word of the discussion is left on a card, and no button."""
    return shown(message).startswith(WITHDRAWN) and "\n" not in shown(message).strip()


def rent(scene: Tea) -> discord.Message:
    return next(each for each in scene.thread.history() if each.content.startswith(RENT))


async def test_a_deletion_reaches_a_card_that_was_shared(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(lobby.last_message)


async def test_an_edit_does_as_well(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await world.env.advance_time(60)

    await scene.people["ines"].edit(rent(scene), "Never mind the rent.")

    assert says_nothing_more(lobby.last_message)


async def test_what_a_card_does_not_rest_on_leaves_it_as_it_is(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    aside = await scene.people["dov"].send(scene.thread, "thanks!")
    posted = await share(scene, lobby)
    before = shown(posted)

    await scene.people["dov"].delete(aside)
    await scene.people["dov"].send(scene.thread, "Who would like a cup?")

    assert shown(lobby.last_message) == before


async def test_a_hundred_deletions_are_one_edit(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    said = [each.id for each in scene.thread.history()]
    for n in range(95):
        words = f"I think that pot number {n} should stay as it is."
        world.env.backend.create_message(scene.thread.id, scene.people["dov"].id, words)
    await world.env.settle(timeout=ENOUGH)
    posted = await share(scene, lobby)

    purged = [each.id for each in scene.thread.history() if each.id not in said[:1]]
    for id_ in purged:
        world.env.backend.delete_message(scene.thread.id, id_)
    await world.env.settle(timeout=ENOUGH)

    assert len(purged) == 99
    assert says_nothing_more(lobby.last_message)
    edits = [each for each in world.env.http_requests if each.path.endswith(f"/{posted.id}")]
    assert [each.method for each in edits] == ["PATCH"]


async def test_a_purge_reaches_it(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    world.env.backend.bulk_delete_messages(scene.thread.id, [rent(scene).id])
    await world.env.settle()

    assert says_nothing_more(lobby.last_message)


async def test_a_deleted_thread_takes_back_its_cards_elsewhere(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    await world.remove(scene.thread)

    assert says_nothing_more(lobby.last_message)


@pytest.mark.parametrize("way", ["Opt out", "Erase"])
async def test_who_goes_takes_their_words_and_name_along(world: World, way: str) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    asked = await scene.people["dov"].slash(lobby, "privacy")
    sure = await scene.people["dov"].click(asked.response, label=way)
    await scene.people["dov"].click(sure.response, label="Yes, do it")

    assert says_nothing_more(lobby.last_message)


async def test_what_was_deleted_while_the_bot_was_away_is_found(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    async with world.absence():
        world.env.backend.delete_message(scene.thread.id, rent(scene).id)
    await world.env.settle()

    assert says_nothing_more(lobby.last_message)


async def test_what_a_host_erased_from_the_terminal_meanwhile_too(world: World) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)

    async with world.absence():
        world.choose(scene.forum, chosen=False)
        with Archive.open(world.bot.config.database.path) as archive:
            archive.erase("discord", str(scene.people["ines"].id), world.env.now())
    await world.env.settle()

    assert says_nothing_more(lobby.last_message)


async def test_where_moot_may_not_go_any_more_it_says_so_without_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    scene, lobby = await tea(world), world.channel()
    await share(scene, lobby)
    await world.permit(lobby, world.env.backend.bot_user, view_channel=False)

    await scene.people["ines"].delete(rent(scene))

    assert "can't be taken back (403/50001)" in caplog.text
    assert "rent" not in caplog.text
    assert await world.bot.partner.withdrawn_cards() == {}


ASKED = {
    "summary": lambda scene: scene.late.slash(scene.thread, "summary"),
    "ask": lambda scene: scene.late.slash(scene.thread, "ask", question="Who pays for the rent?"),
    "suggest": lambda scene: scene.late.slash(scene.thread, "suggest"),
    "search": lambda scene: scene.late.slash(scene.thread, "topic search", words="rent"),
    "show": lambda scene: scene.late.slash(scene.thread, "topic show"),
}


@pytest.mark.parametrize("kind", ASKED)
async def test_what_one_person_reads_goes_before_their_eyes(world: World, kind: str) -> None:
    scene = await tea(world)
    answer = await ASKED[kind](scene)
    assert "rent" in shown(answer).lower()

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(answer)


@pytest.mark.parametrize("label", ["All quotes", "Suggest a reply", "Refresh"])
async def test_so_does_what_a_button_led_to(world: World, label: str) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    pressed = await scene.late.click(card.response, label=label)

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(card if label == "Refresh" else pressed)


async def test_and_what_came_since_a_visit(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    said = await scene.people["ines"].send(scene.thread, "We should ask the regulars about it.")
    news = await scene.late.slash(scene.thread, "catchup")
    assert "ask the regulars" in shown(news)

    await scene.people["ines"].delete(said)

    assert says_nothing_more(news)


@pytest.mark.parametrize("act", ["copy", "shorter"])
async def test_and_a_draft_by_itself(world: World, act: str) -> None:
    scene = await tea(world)
    drafts = await scene.late.slash(scene.thread, "suggest")
    alone = await press(scene, drafts, act)
    kept = await world.bot.partner.draft(1)

    thread = {str(each.id): each for each in scene.thread.history()}
    world.env.backend.delete_message(scene.thread.id, thread[min(kept.rests_on)].id)
    await world.env.settle()

    assert says_nothing_more(alone)


async def test_what_one_person_read_long_ago_is_let_be(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await world.env.advance_time(16 * 60)
    before = len(world.env.http_requests)

    await scene.people["ines"].delete(rent(scene))

    assert RENT in shown(card)
    assert not [each for each in world.env.http_requests[before:] if "webhooks" in each.path]
    assert await world.bot.partner.withdrawn_cards() == {}


@pytest.mark.parametrize("label", ["Refresh", "All quotes", "Suggest a reply"])
async def test_a_button_of_a_card_too_old_to_be_taken_back_brings_no_words_back(
    world: World, label: str
) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await world.env.advance_time(16 * 60)
    await scene.people["ines"].delete(rent(scene))

    pressed = await scene.late.click(card.response, label=label)

    assert "tomas" in shown(card if label == "Refresh" else pressed)
    assert RENT not in shown(card if label == "Refresh" else pressed)


async def test_a_card_refreshed_meanwhile_stays_and_goes_with_its_own_words(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Refresh")
    pots = scene.thread.history()[3]

    await scene.people["tomas"].delete(pots)

    assert says_nothing_more(card)
